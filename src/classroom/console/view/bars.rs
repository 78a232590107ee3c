//! The row above a page, and the keys below it.

use super::Spot;
use super::pen::Pen;
use crate::classroom::console::seat::{Presence, Seat};
use crate::classroom::console::{Console, Dialog, Key, Page, To};
use crate::domain::taipei;
use crate::i18n::dates::{clock, countdown};
use crate::i18n::fitted::fitted;
use crate::i18n::messages as say;
use crate::i18n::messages::Message;
use crate::kiosk::theme;
use ratatui::layout::Rect;
use ratatui::style::Modifier;
use unicode_width::UnicodeWidthStr;

/// Which room it is: its code, where to reach it, and how many are there.
pub fn room(console: &Console, pen: &mut Pen<'_>, area: Rect) {
    pen.fill(area, theme::HEADER);
    let bold = theme::HEADER.add_modifier(Modifier::BOLD);
    let (here, seats) = (console.room.here(), console.room.seats.len());
    let there = pen.say(&say::TrainerHere { here: here.into(), people: seats.into() });
    pen.right(Rect { width: area.width - 1, ..area }, &there, bold);
    let mut left = Rect { x: area.x + 1, width: area.width - 3 - there.width() as u16, ..area };
    let mut put = |pen: &mut Pen<'_>, text: &str, style| {
        let taken = pen.text(left, text, style) + 2;
        left = Rect { x: left.x + taken, width: left.width.saturating_sub(taken), ..left };
    };
    let training = format!(" {} ", pen.say(&say::Training));
    put(pen, &training, theme::TRAINING);
    let title = pen.say(&say::TrainerTitle);
    put(pen, &title, bold);
    let code = pen.say(&say::TrainerCode { code: console.setting.code.as_str().into() });
    put(pen, &format!(" {code} "), theme::CORNER);
}

/// Whose screen it is, and how far they are.
pub fn trainee(pen: &mut Pen<'_>, area: Rect, seat: &Seat) {
    pen.fill(area, theme::HEADER);
    let bold = theme::HEADER.add_modifier(Modifier::BOLD);
    let facts = format!(
        "{} · {} {} ",
        countdown(seat.progress.seconds.into()),
        pen.say(&say::TrainerMistakes),
        seat.progress.mistakes
    );
    pen.right(area, &facts, bold);
    let mut left = Rect { x: area.x + 1, width: area.width - 2 - facts.width() as u16, ..area };
    let mut put = |pen: &mut Pen<'_>, text: &str, style| {
        let taken = pen.shortened(left, text, style) + 1;
        left = Rect { x: left.x + taken, width: left.width.saturating_sub(taken), ..left };
    };
    let training = format!(" {} ", pen.say(&say::Training));
    put(pen, &training, theme::TRAINING);
    put(pen, &format!(" {} {} ", seat.number, seat.sign), theme::CORNER);
    put(pen, &seat.hello.name, bold);
    if let Some(state) = state(pen, seat) {
        put(pen, &format!(" {state} "), theme::FEW_LEFT);
    }
    put(pen, &doing(seat), theme::HEADER);
}

/// The exercise and the step of it.
fn doing(seat: &Seat) -> String {
    let parts = [seat.progress.exercise.as_deref(), Some(seat.progress.step.as_str())];
    parts.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

/// What is out of the ordinary with a trainee; `None` if nothing is.
pub fn state(pen: &Pen<'_>, seat: &Seat) -> Option<String> {
    match seat.presence {
        Presence::LostSince(when) => {
            // The trainer's own clock, and not that of the practice world.
            let since = clock(taipei::civil(when));
            Some(pen.say(&say::TrainerLostSince { since: since.into() }))
        }
        Presence::Here { .. } if seat.is_paused => Some(pen.say(&say::TrainerIsPaused)),
        Presence::Here { .. } if seat.progress.unread > 0 => Some(pen.say(&say::TrainerUnread)),
        Presence::Here { .. } => {
            let last = seat.results.last().map(|kept| kept.result.score);
            let is_doing = seat.progress.exercise.is_some();
            last.filter(|_| !is_doing)
                .map(|score| pen.say(&say::TrainerScore { score: score.into() }))
        }
    }
}

/// A key, and what it does.
type Named = (Key, &'static str, &'static dyn Message);

const OPEN: Named = (Key::Enter, "Enter", &say::TrainerOpen);
const TO_LIST: Named = (Key::Escape, "Esc", &say::TrainerToList);
const NEXT: Named = (Key::PageDown, "PgDn", &say::TrainerNext);
const TROUBLE: Named = (Key::Letter('t'), "T", &say::TrainerTrouble);
const EXERCISE: Named = (Key::Letter('e'), "E", &say::TrainerExercise);
const MESSAGE: Named = (Key::Letter('m'), "M", &say::TrainerMessage);
const PAUSE: Named = (Key::Letter('p'), "P", &say::TrainerPause);
const END: Named = (Key::Letter('x'), "X", &say::TrainerEnd);
const CLOSE: Named = (Key::Letter('c'), "C", &say::TrainerClose);
const ALL: Named = (Key::Letter('a'), "A", &say::TrainerAll);
const ONE: Named = (Key::Letter('a'), "A", &say::TrainerOne);
const QUIT: Named = (Key::Letter('q'), "Q", &say::TrainerQuit);

/// For whom the keys are, and the keys, on as many rows as they need; how many rows that is.
pub fn keys(console: &Console, pen: &mut Pen<'_>, area: Rect) -> u16 {
    let first: [Named; 2] = match console.page {
        Page::List if console.for_all => [OPEN, ONE],
        Page::List => [OPEN, ALL],
        Page::Live { .. } => [TO_LIST, NEXT],
    };
    let all = first.into_iter().chain([TROUBLE, EXERCISE, MESSAGE, PAUSE, END, CLOSE, QUIT]);
    let words: Vec<(Key, &str, String)> =
        all.map(|(key, name, words)| (key, name, pen.say(words))).collect();
    let room = usize::from(area.width) - 2;
    let mut rows: Vec<Vec<&(Key, &str, String)>> = vec![Vec::new()];
    let mut used = 0;
    for named in &words {
        let width = named.1.width() + named.2.width() + 5;
        if used + width > room + 2 {
            rows.push(Vec::new());
            used = 0;
        }
        used += width;
        rows.last_mut().into_iter().for_each(|row| row.push(named));
    }
    let height = rows.len() as u16 + 1;
    let footer = Rect { y: area.bottom() - height, height, ..area };
    pen.fill(footer, theme::FOOTER);
    addressed(console, pen, Rect { x: area.x + 1, width: area.width - 2, height: 1, ..footer });
    for (row, at) in rows.iter().zip(1..) {
        let mut x = area.x + 1;
        for (key, name, words) in row {
            let width = (name.width() + words.width() + 3) as u16;
            let place = Rect { x, y: footer.y + at, width, height: 1 };
            let chip = pen.text(place, &format!(" {name} "), theme::KEY_CHIP);
            let rest = Rect { x: x + chip, width: width - chip, ..place };
            pen.text(rest, words, theme::FOOTER);
            pen.touch(place, Spot::Key(*key));
            x += width + 2;
        }
    }
    height
}

/// For whom the keys are; and whether results are kept.
fn addressed(console: &Console, pen: &mut Pen<'_>, area: Rect) {
    let kept = match (&console.not_kept, &console.setting.results) {
        (Some(cause), _) => pen.say(&say::TrainerNotKept { cause: cause.as_str().into() }),
        (None, Some(folder)) => pen.say(&say::TrainerKeeps { folder: folder.as_str().into() }),
        (None, None) => pen.say(&say::TrainerKeepsNothing),
    };
    let to = match dialog_to(console).or_else(|| console.addressed()) {
        Some(To::All) => pen.say(&say::TrainerToAll { people: console.room.here().into() }),
        Some(To::One(number)) => {
            let label = console.room.seat(number).map(Seat::label).unwrap_or_default();
            pen.say(&say::TrainerToOne { name: label.into() })
        }
        None => String::new(),
    };
    let bold = theme::FOOTER.add_modifier(Modifier::BOLD);
    let taken = pen.shortened(Rect { width: area.width / 2, ..area }, &to, bold) + 2;
    let rest = Rect { x: area.x + taken, width: area.width - taken, ..area };
    let style = if console.not_kept.is_some() { theme::WARNING_PANEL } else { theme::FOOTER_KEY };
    let kept = fitted(&kept, rest.width);
    pen.right(rest, &kept, style);
}

/// For whom the dialog is that is open.
fn dialog_to(console: &Console) -> Option<To> {
    match console.dialog.as_ref()? {
        Dialog::Troubles { to, .. } | Dialog::Exercises { to, .. } | Dialog::Message { to, .. } => {
            Some(*to)
        }
        Dialog::Sure(_) => None,
    }
}
