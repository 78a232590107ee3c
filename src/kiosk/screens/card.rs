//! The card: asked for, being read, or why it cannot be used and what to do.

use super::context::Context;
use crate::devices::card_reader::CardFault;
use crate::i18n::messages as say;
use crate::i18n::messages::Message;
use crate::kiosk::model::action::ScreenAction;
use crate::kiosk::model::visit::CardState;
use crate::kiosk::theme;
use crate::kiosk::widgets::button::Button;
use crate::kiosk::widgets::column::Column;
use crate::kiosk::widgets::graphic::{CARD_STILL, CardWay};
use crate::kiosk::widgets::ui::Ui;
use ratatui::layout::Rect;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CardAnswer {
    OtherWays,
}

pub fn act(action: ScreenAction, context: &Context<'_>) -> Option<CardAnswer> {
    let offered = action == ScreenAction::OtherWays && !context.machine.profile.ways.is_empty();
    offered.then_some(CardAnswer::OtherWays)
}

fn card_state<'a>(context: &Context<'a>) -> &'a CardState {
    context.visit.map_or(&CardState::Absent, |visit| &visit.card)
}

/// Whether no card can be read, or not this one.
pub fn shows_trouble(context: &Context<'_>) -> bool {
    context.machine.reader_lost || matches!(card_state(context), CardState::Faulty(_))
}

pub fn view(ui: &mut Ui<'_>, area: Rect, context: &Context<'_>) {
    let state = card_state(context);
    let (title, body): (&dyn Message, &dyn Message) = match state {
        CardState::Absent if context.machine.reader_lost => {
            (&say::CardNoReaderTitle, &say::CardNoReaderBody)
        }
        CardState::Absent => (&say::CardInsertTitle, &say::CardInsertBody),
        CardState::Reading | CardState::Read(_) => (&say::CardReadingTitle, &say::CardReadingBody),
        CardState::Faulty(CardFault::Unreadable) => {
            (&say::CardUnreadableTitle, &say::CardUnreadableBody)
        }
        CardState::Faulty(CardFault::NotAnNhiCard) => (&say::CardOtherTitle, &say::CardOtherBody),
        CardState::Faulty(CardFault::PulledTooSoon) => {
            (&say::CardTooSoonTitle, &say::CardTooSoonBody)
        }
    };
    let mut page = Column::under(ui, area, title);
    if !context.machine.profile.ways.is_empty()
        && matches!(state, CardState::Absent | CardState::Faulty(_))
    {
        let words = ui.say_alone(&say::CardWays);
        let foot = page.take_bottom(3);
        Button::new(words, ScreenAction::OtherWays).digit(1).draw(ui, foot);
    }
    let mut page = page.inset(2);
    page.gap(1);
    let words = ui.say(body);
    page.paragraph(ui, &words, theme::PLAIN);
    page.gap(1);
    if !context.machine.reader_lost {
        ui.card(page.rest(), CardWay::In, CARD_STILL, theme::PLAIN);
    }
}
