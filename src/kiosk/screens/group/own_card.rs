//! Whoever began the visit goes on without the others: their own card is asked for, as the reader
//! is empty or has another's. Nothing is lost before it is in, and they can stay together.

use super::super::context::Context;
use crate::devices::card_reader::CardFault;
use crate::i18n::messages as say;
use crate::kiosk::model::action::{GlobalAction, ScreenAction};
use crate::kiosk::model::group::Newcomer;
use crate::kiosk::theme;
use crate::kiosk::widgets::button::Button;
use crate::kiosk::widgets::card_fault::card_fault;
use crate::kiosk::widgets::column::Column;
use crate::kiosk::widgets::graphic::CardWay;
use crate::kiosk::widgets::pictogram::Pictogram;
use crate::kiosk::widgets::size_class::SizeClass;
use crate::kiosk::widgets::ui::{Ui, Words};
use ratatui::layout::Rect;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct OwnCard {
    pub aim: Aim,
    pub seen: SeenCard,
}

/// What they want to do alone.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Aim {
    /// What they were booking before there were others.
    BookAlone,
    /// Back to the services.
    Services,
}

/// The card that was put in since it was asked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SeenCard {
    Nothing,
    Another,
    Faulty(CardFault),
}

impl OwnCard {
    /// In large, and the sentence below it. `reading`: a card is being read.
    fn said(self, ui: &Ui<'_>, context: &Context<'_>, reading: bool) -> (Words, Words) {
        let shown = context.visit.and_then(|visit| visit.shown(0));
        let (name, _) = shown.unwrap_or_default();
        let (title, body): (&dyn say::Message, &dyn say::Message) = match self.seen {
            _ if reading => (&say::CardReadingTitle, &say::CardReadingBody),
            _ if context.machine.reader_lost => (&say::CardNoReaderTitle, &say::CardNoReaderBody),
            SeenCard::Faulty(fault @ (CardFault::Unreadable | CardFault::PulledTooSoon)) => {
                card_fault(fault)
            }
            SeenCard::Another | SeenCard::Faulty(CardFault::NotAnNhiCard) => {
                let title = ui.say(&say::GroupOwnCardOther { name: name.into() });
                return (title, ui.say(&say::GroupOwnCardInstead));
            }
            SeenCard::Nothing => {
                let title = ui.say(&say::GroupOwnCard { name: name.into() });
                let body: &dyn say::Message = match context.machine.card_in {
                    true => &say::GroupOwnCardInstead,
                    false => &say::GroupOwnCardHint,
                };
                return (title, ui.say(body));
            }
        };
        (ui.say(title), ui.say(body))
    }

    pub fn view(self, ui: &mut Ui<'_>, area: Rect, context: &Context<'_>) {
        let group = context.visit.and_then(|visit| visit.group.as_ref());
        let reading = group.is_some_and(|group| group.newcomer == Newcomer::Reading);
        let (title, body) = self.said(ui, context, reading);
        let mut page = Column::headed(ui, area, &title, None);
        let rows = match SizeClass::of(ui.buffer.area) {
            SizeClass::Compact => 3,
            SizeClass::Standard | SizeClass::Upright => 4,
            SizeClass::Wide => 5,
        };
        let leave = page.take_bottom(rows);
        let together = page.take_bottom(rows);
        let trouble = context.machine.reader_lost || self.seen != SeenCard::Nothing;
        let style = if trouble && !reading { theme::WARNING_PANEL } else { theme::PANEL };
        ui.fill(page.rest(), style);
        page = page.inset(1);
        page.gap(u16::from(page.rest().height >= 12));
        page.paragraph_on(ui, &body, style);
        if !context.machine.reader_lost {
            let out = context.machine.card_in && !reading;
            let way = if out { CardWay::Out } else { CardWay::In };
            ui.card(page.rest(), way, context.card_frame(), style);
        }
        let words = ui.say(&say::GroupTogetherAfterAll);
        let button = Button::new(words, ScreenAction::Confirm).digit(1).main();
        button.pictogram(Pictogram::Person).draw(ui, together);
        let button = Button::new(ui.say(&say::Leave), GlobalAction::Leave).digit(2);
        button.pictogram(Pictogram::Out).draw(ui, leave);
    }
}
