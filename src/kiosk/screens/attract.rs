//! The screen that waits for somebody: card or touch, the round, the countdown. It speaks the six
//! languages in turn.

use super::context::Context;
use crate::domain::round::Phase;
use crate::i18n::messages as say;
use crate::i18n::messages::Message;
use crate::i18n::names::round_number;
use crate::kiosk::model::action::ScreenAction;
use crate::kiosk::theme;
use crate::kiosk::widgets::button::Button;
use crate::kiosk::widgets::column::{Column, middle};
use crate::kiosk::widgets::graphic::{CARD_STILL, CardWay};
use crate::kiosk::widgets::ui::{Align, Ui, Words};
use ratatui::layout::Rect;

/// Columns and rows of the button to begin.
const START: (u16, u16) = (40, 5);

pub fn view(ui: &mut Ui<'_>, area: Rect, context: &Context<'_>) {
    let (title, trouble) = invitation(context);
    let mut page = Column::new(area);
    let foot = page.take_bottom(START.1);
    let mut page = page.inset(2);
    page.gap(1);
    let title = ui.say(title);
    page.lines(ui, &title.main, Align::Centre, theme::TITLE);
    page.gap(1);
    round_lines(&mut page, ui, context);
    match trouble {
        None => ui.card(page.rest(), CardWay::In, CARD_STILL, theme::PLAIN),
        Some(trouble) => {
            page.gap(1);
            let words = ui.say(trouble);
            page.lines(ui, &words.main, Align::Centre, theme::PLAIN);
        }
    }
    let start = middle(foot, START.0, START.1);
    Button::new(ui.say(&say::AttractStart), ScreenAction::Start).digit(1).main().draw(ui, start);
    // Any touch of the body begins; the button lies on top of it in meaning, not in place.
    ui.record(area, ScreenAction::Start, None);
}

/// What people are asked to do, and why they cannot use a card.
fn invitation(context: &Context<'_>) -> (&'static dyn Message, Option<&'static dyn Message>) {
    match (context.machine.reader_lost, context.machine.profile.ways.is_empty()) {
        (false, _) => (&say::AttractTitle, None),
        (true, false) => (&say::AttractTouch, Some(&say::CardNoReaderTitle)),
        (true, true) => (&say::CardNoReaderTitle, Some(&say::CardNoReaderBody)),
    }
}

fn round_lines(page: &mut Column, ui: &mut Ui<'_>, context: &Context<'_>) {
    let mut say = |ui: &mut Ui<'_>, words: Words, style| {
        page.lines(ui, &words.main, Align::Centre, style);
    };
    let Some(round) = &context.machine.round else {
        let message: &dyn Message =
            if context.machine.line_up { &say::AttractConnecting } else { &say::LineLost };
        return say(ui, ui.say(message), theme::QUIET_TEXT);
    };
    let number = round_number(ui.language, round.number);
    match round.phase(context.machine.now.wall) {
        Phase::Open { closes } => {
            let until = ui.texts.moment(ui.language, closes);
            let message = say::AttractRoundOpen { round: number.into(), until: until.into() };
            say(ui, ui.say(&message), theme::PLAIN);
        }
        Phase::NotOpenYet { opens } => {
            let text = ui.texts.moment(ui.language, opens);
            let message = say::AttractRoundWaits { round: number.into(), opens: text.into() };
            say(ui, ui.say(&message), theme::PLAIN);
            say(ui, ui.countdown_to(opens, context.machine.now.wall), theme::TITLE);
        }
        Phase::Closed { .. } => {
            let message = say::AttractRoundClosed { round: number.into() };
            say(ui, ui.say(&message), theme::PLAIN);
        }
    }
}
