//! Who comes along: those who are in, and what the next one does. Cards come and go here.

use super::super::context::Context;
use super::{GroupAnswer, people, typed_way};
use crate::domain::together::PEOPLE_AT_MOST;
use crate::i18n::messages as say;
use crate::i18n::messages::Message;
use crate::kiosk::model::action::ScreenAction;
use crate::kiosk::model::group::{Group, Newcomer};
use crate::kiosk::theme;
use crate::kiosk::widgets::button::Button;
use crate::kiosk::widgets::column::Column;
use crate::kiosk::widgets::graphic::CardWay;
use crate::kiosk::widgets::pictogram::Pictogram;
use crate::kiosk::widgets::size_class::SizeClass;
use crate::kiosk::widgets::ui::Ui;
use ratatui::layout::Rect;

/// Rows from which on the picture of the card is shown.
const CARD_ROWS: u16 = 5;
/// Keys that are no person's.
const COMPLETE: u8 = 7;
const WITHOUT_CARD: u8 = 8;
const ALONE: u8 = 9;

fn group<'a>(context: &Context<'a>) -> Option<&'a Group> {
    context.visit?.group.as_ref()
}

pub fn act(action: ScreenAction, context: &Context<'_>) -> Option<GroupAnswer> {
    let people = group(context)?.people();
    match action {
        ScreenAction::Confirm => (people > 1).then_some(GroupAnswer::Complete),
        ScreenAction::OtherWays => (people < PEOPLE_AT_MOST
            && typed_way(context.machine).is_some())
        .then_some(GroupAnswer::WithoutCard),
        ScreenAction::OnlyMe => Some(GroupAnswer::Alone),
        ScreenAction::Member(nth) => (nth < people).then_some(GroupAnswer::Member(nth)),
        _ => None,
    }
}

/// What is to be done next, and a sentence about it.
fn said(group: &Group, context: &Context<'_>) -> (Box<dyn Message>, &'static dyn Message) {
    let people = group.people();
    if people >= PEOPLE_AT_MOST {
        let all = say::GroupFull { people: people.into() };
        let hint: &dyn Message =
            if context.machine.card_in { &say::GroupTakeOut } else { &say::GroupFullHint };
        return (Box::new(all), hint);
    }
    match group.newcomer {
        Newcomer::Reading => (Box::new(say::CardReadingTitle), &say::CardReadingBody),
        _ if context.machine.reader_lost => (Box::new(say::CardNoReaderTitle), &say::GroupNextHint),
        _ if context.machine.card_in => (Box::new(say::GroupTakeOut), &say::GroupTakeOutHint),
        Newcomer::Nobody | Newcomer::Card(_) | Newcomer::Typing | Newcomer::Known(_) => {
            (Box::new(say::GroupNextCard), &say::GroupNextHint)
        }
    }
}

/// The button by which the visit's person books alone.
pub fn only_me(ui: &Ui<'_>) -> Button {
    let words = ui.say_alone(&say::GroupOnlyMe);
    Button::new(words, ScreenAction::OnlyMe).digit(ALONE).pictogram(Pictogram::Person)
}

pub fn view(ui: &mut Ui<'_>, area: Rect, context: &Context<'_>) {
    let Some(group) = group(context) else { return };
    let class = SizeClass::of(ui.buffer.area);
    let (title, hint) = said(group, context);
    let (title, hint) = (ui.say(&*title), ui.say_alone(hint));
    let hint = Some(&hint).filter(|_| title.zh.is_none());
    let mut page = Column::headed(ui, area, &title, hint);
    let people = group.people();
    let (foot, main) = match class {
        SizeClass::Compact => (3, 3),
        SizeClass::Standard | SizeClass::Upright => (4, 4),
        SizeClass::Wide => (5, 5),
    };
    let foot = page.take_bottom(foot);
    if people > 1 {
        let main = page.take_bottom(main);
        let words = ui.say(&say::GroupFind { people: people.into() });
        let find = Button::new(words, ScreenAction::Confirm).digit(COMPLETE).main();
        find.pictogram(Pictogram::Time).draw(ui, main);
    }
    let half = foot.width / 2;
    let typed = people < PEOPLE_AT_MOST && typed_way(context.machine).is_some();
    let alone = Rect { x: foot.x + half, width: foot.width - half, ..foot };
    if typed {
        let words = ui.say_alone(&say::GroupWithoutCard);
        let button = Button::new(words, ScreenAction::OtherWays).digit(WITHOUT_CARD);
        button.draw(ui, Rect { width: half.saturating_sub(1), ..foot });
    }
    only_me(ui).draw(ui, if typed { alone } else { foot });
    let rows = people::rows(ui, people);
    people::draw(ui, page.take(rows), context, 1);
    page.gap(u16::from(page.rest().height > CARD_ROWS));
    if page.rest().height >= CARD_ROWS && people < PEOPLE_AT_MOST && !context.machine.reader_lost {
        let way = if context.machine.card_in && group.newcomer != Newcomer::Reading {
            CardWay::Out
        } else {
            CardWay::In
        };
        ui.fill(page.rest(), theme::PANEL);
        ui.card(page.rest(), way, context.card_frame(), theme::PANEL);
    }
}
