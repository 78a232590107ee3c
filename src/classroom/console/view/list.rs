//! The list of trainees, a row each; before the first comes, how one joins.

use super::Spot;
use super::bars::state;
use super::pen::Pen;
use crate::classroom::console::seat::Seat;
use crate::classroom::console::{Console, Setting};
use crate::i18n::dates::countdown;
use crate::i18n::messages as say;
use crate::i18n::messages::Message;
use crate::kiosk::theme;
use ratatui::layout::Rect;
use ratatui::style::Modifier;

/// The columns' least widths: number, sign, name, exercise, step, time, mistakes, state.
const LEAST: [u16; 8] = [3, 6, 12, 14, 14, 6, 6, 13];
/// What is over goes to name, exercise and step, in these shares.
const SHARES: [u16; 8] = [0, 0, 1, 2, 2, 0, 0, 1];

pub fn draw(console: &Console, pen: &mut Pen<'_>, area: Rect) {
    if console.room.seats.is_empty() {
        return how_to_join(console, pen, area);
    }
    let columns = columns(area);
    let titles: [&dyn Message; 8] = [
        &say::TrainerSeat,
        &say::TrainerSign,
        &say::TrainerName,
        &say::TrainerExercise,
        &say::TrainerStep,
        &say::TrainerTime,
        &say::TrainerMistakes,
        &say::TrainerState,
    ];
    let head = Rect { height: 1, ..area };
    pen.fill(head, theme::PANEL_TITLE);
    for (title, (x, width)) in titles.iter().zip(columns) {
        let words = pen.say(*title);
        pen.shortened(Rect { x, width: width - 1, ..head }, &words, theme::PANEL_TITLE);
    }
    let rows = usize::from(area.height) - 1;
    // The marked row is always among those that are shown.
    let first = (console.marked + 1).saturating_sub(rows);
    let shown = console.room.seats.iter().enumerate().skip(first).take(rows);
    for ((at, seat), y) in shown.zip(area.y + 1..) {
        let place = Rect { y, height: 1, ..area };
        row(console, pen, (place, columns), (at, seat));
        pen.touch(place, Spot::Row(at));
    }
    // Who comes later needs it too.
    if console.room.seats.len() + 1 < rows {
        let last = Rect { x: area.x + 1, y: area.bottom() - 1, width: area.width - 2, height: 1 };
        for command in commands(console).take(1) {
            pen.shortened(last, &command, theme::QUIET_TEXT);
        }
    }
}

/// What trainees type, with each address of this machine.
fn commands(console: &Console) -> impl Iterator<Item = String> {
    let Setting { addresses, code, .. } = &console.setting;
    addresses.iter().map(move |to| format!("vaxkiosk demo --trainer {to} --code {code}"))
}

type Columns = [(u16, u16); 8];

/// Where each column begins, and how wide it is.
fn columns(area: Rect) -> Columns {
    let (least, shares): (u16, u16) = (LEAST.iter().sum(), SHARES.iter().sum());
    let over = area.width.saturating_sub(least + 2);
    let mut x = area.x + 1;
    let mut at = 0;
    LEAST.map(|width| {
        let width = width + over * SHARES[at] / shares;
        at += 1;
        x += width;
        (x - width, width)
    })
}

fn row(
    console: &Console,
    pen: &mut Pen<'_>,
    (area, columns): (Rect, Columns),
    (at, seat): (usize, &Seat),
) {
    let is_marked = console.marked == at && !console.for_all || console.for_all && seat.is_here();
    let style = match (is_marked, seat.is_here()) {
        (true, _) => theme::CHOSEN.add_modifier(Modifier::BOLD),
        (false, true) => theme::PLAIN,
        (false, false) => theme::DISABLED,
    };
    pen.fill(area, style);
    if console.marked == at {
        pen.text(Rect { width: 1, ..area }, "▶", style);
    }
    let progress = &seat.progress;
    let time = progress.exercise.as_ref().map(|_| countdown(progress.seconds.into()));
    let state = state(pen, seat).unwrap_or_else(|| pen.say(&say::TrainerIsHere));
    let texts = [
        seat.number.to_string(),
        seat.sign.clone(),
        seat.hello.name.clone(),
        progress.exercise.clone().unwrap_or_default(),
        progress.step.clone(),
        time.unwrap_or_default(),
        progress.mistakes.to_string(),
        state,
    ];
    for (text, (x, width)) in texts.iter().zip(columns) {
        pen.shortened(Rect { x, width: width - 1, ..area }, text, style);
    }
}

fn how_to_join(console: &Console, pen: &mut Pen<'_>, area: Rect) {
    let mut rest =
        Rect { x: area.x + 2, y: area.y + 1, width: area.width - 4, height: area.height - 1 };
    let mut down = |rows: u16| {
        rest.y += rows;
        rest.height = rest.height.saturating_sub(rows);
        rest
    };
    let mut place = down(0);
    for words in [&say::TrainerNobody as &dyn Message, &say::TrainerHow] {
        let words = pen.say(words);
        place = down(pen.lines(place, &words) + 1);
    }
    for command in commands(console) {
        pen.shortened(place, &command, theme::PLAIN.add_modifier(Modifier::BOLD));
        place = down(1);
    }
    place = down(1);
    let words = pen.say(&say::TrainerSignHint);
    pen.lines(place, &words);
}
