//! The screen that waits for somebody: card or touch, the round, the countdown. It speaks the six
//! languages in turn.

use super::context::Context;
use crate::domain::round::Phase;
use crate::i18n::messages as say;
use crate::i18n::messages::Message;
use crate::kiosk::model::action::ScreenAction;
use crate::kiosk::theme;
use crate::kiosk::widgets::button::Button;
use crate::kiosk::widgets::card_picture;
use crate::kiosk::widgets::ui::{Align, Ui};
use ratatui::layout::Rect;

pub fn view(ui: &mut Ui<'_>, area: Rect, context: &Context<'_>) {
    let inner = Rect { x: area.x + 2, width: area.width.saturating_sub(4), ..area };
    let (title, trouble) = invitation(context);
    let title = ui.say(title);
    let rows = ui.lines(Rect { y: inner.y + 1, ..inner }, &title.main, Align::Centre, theme::TITLE);
    let mut y = inner.y + 2 + rows;
    let room = |y: u16, height: u16| Rect {
        y,
        height: height.min(inner.bottom().saturating_sub(y)),
        ..inner
    };
    y += round_lines(ui, room(y, 3), context);
    let start_height = 5;
    let below = room(y, inner.bottom().saturating_sub(y + start_height));
    match trouble {
        None => card_picture::draw(ui, below),
        Some(trouble) => {
            let words = ui.say(trouble);
            ui.lines(Rect { y: below.y + 1, ..below }, &words.main, Align::Centre, theme::PLAIN);
        }
    }
    let width = 40.min(inner.width);
    let start = Rect {
        x: inner.x + (inner.width - width) / 2,
        y: area.bottom().saturating_sub(start_height),
        width,
        height: start_height,
    };
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

fn round_lines(ui: &mut Ui<'_>, area: Rect, context: &Context<'_>) -> u16 {
    let Some(round) = &context.machine.round else {
        let words = if context.machine.line_up {
            ui.say(&say::AttractConnecting)
        } else {
            ui.say(&say::LineLost)
        };
        return ui.lines(area, &words.main, Align::Centre, theme::QUIET_TEXT);
    };
    let number = format!("{:02}", u8::from(round.number));
    match round.phase(context.machine.now.wall) {
        Phase::Open { closes } => {
            let until = ui.texts.moment(ui.language, closes);
            let words =
                ui.say(&say::AttractRoundOpen { round: number.into(), until: until.into() });
            ui.lines(area, &words.main, Align::Centre, theme::PLAIN)
        }
        Phase::NotOpenYet { opens } => {
            let text = ui.texts.moment(ui.language, opens);
            let words =
                ui.say(&say::AttractRoundWaits { round: number.into(), opens: text.into() });
            let rows = ui.lines(area, &words.main, Align::Centre, theme::PLAIN);
            let words = ui.countdown_to(opens, context.machine.now.wall);
            let below = Rect { y: area.y + rows, height: area.height.saturating_sub(rows), ..area };
            rows + ui.lines(below, &words.main, Align::Centre, theme::TITLE)
        }
        Phase::Closed { .. } => {
            let words = ui.say(&say::AttractRoundClosed { round: number.into() });
            ui.lines(area, &words.main, Align::Centre, theme::PLAIN)
        }
    }
}
