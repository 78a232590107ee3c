//! What lies over a page: a list to choose from, a message to type, a question.

use super::Spot;
use super::pen::Pen;
use crate::classroom::console::dialog::{Dialog, Sure, To, digit};
use crate::classroom::console::{Console, Key};
use crate::classroom::wire::Trouble;
use crate::i18n::messages as say;
use crate::i18n::messages::Message;
use crate::i18n::wrap::wrap;
use crate::kiosk::theme;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

const WIDTH: u16 = 64;

pub fn draw(console: &Console, pen: &mut Pen<'_>, body: Rect, dialog: &Dialog) {
    match dialog {
        Dialog::Troubles { marked, .. } => {
            let names: Vec<String> = Trouble::ALL.map(|it| pen.say(trouble(it))).to_vec();
            choices(pen, body, &say::TrainerTroubleTitle, &names, *marked);
        }
        Dialog::Exercises { to, marked } => {
            let names: Vec<String> =
                console.choices(*to).into_iter().map(|choice| choice.title).collect();
            if names.is_empty() {
                let area = panel(pen, body, &say::TrainerExerciseTitle, 4);
                let words = pen.say(&say::TrainerNoExercises);
                panel_lines(pen, area, &words);
                return;
            }
            choices(pen, body, &say::TrainerExerciseTitle, &names, *marked);
        }
        Dialog::Message { text, .. } => message(pen, body, text),
        Dialog::Sure(sure) => question(console, pen, body, *sure),
    }
}

/// A panel in the middle with its title; what is left of it below the title.
fn panel(pen: &mut Pen<'_>, body: Rect, title: &dyn Message, rows: u16) -> Rect {
    let (width, height) = (WIDTH.min(body.width), (rows + 3).min(body.height));
    let (x, y) = (body.x + (body.width - width) / 2, body.y + (body.height - height) / 2);
    let area = Rect { x, y, width, height };
    pen.fill(area, theme::PANEL);
    pen.fill(Rect { height: 1, ..area }, theme::STEP_DONE);
    let words = pen.say(title);
    pen.text(Rect { x: x + 2, width: width - 4, height: 1, ..area }, &words, theme::STEP_DONE);
    Rect { x: x + 2, y: y + 2, width: width - 4, height: height.saturating_sub(3) }
}

fn panel_lines(pen: &mut Pen<'_>, area: Rect, text: &str) -> u16 {
    let lines = wrap(text, usize::from(area.width));
    for (line, row) in lines.iter().zip(area.rows()) {
        pen.text(row, line, theme::PANEL);
    }
    lines.len() as u16
}

fn choices(pen: &mut Pen<'_>, body: Rect, title: &dyn Message, names: &[String], marked: usize) {
    let area = panel(pen, body, title, names.len() as u16);
    let rows = usize::from(area.height);
    let first = (marked + 1).saturating_sub(rows);
    for ((at, name), row) in names.iter().enumerate().skip(first).zip(area.rows()) {
        let is_marked = at == marked;
        let style: Style = if is_marked { theme::MAIN_BUTTON } else { theme::PANEL };
        pen.fill(row, style);
        let key = digit(at).unwrap_or(' ');
        let mark = if is_marked { "▶" } else { " " };
        pen.shortened(row, &format!("{mark}{key} {name}"), style);
        pen.touch(row, Spot::Choice(at));
    }
}

fn message(pen: &mut Pen<'_>, body: Rect, text: &str) {
    let area = panel(pen, body, &say::TrainerMessageTitle, 8);
    let field = Rect { height: 6, ..area };
    pen.fill(field, theme::PLAIN);
    // The end of what is typed is what one looks at.
    let typed = format!("{text}▏");
    let lines = wrap(&typed, usize::from(field.width));
    let first = lines.len().saturating_sub(usize::from(field.height));
    for (line, row) in lines.iter().skip(first).zip(field.rows()) {
        pen.shortened(row, line, theme::PLAIN);
    }
    answers(pen, Rect { y: area.y + 7, height: 1, ..area }, &say::TrainerSend);
}

fn question(console: &Console, pen: &mut Pen<'_>, body: Rect, sure: Sure) {
    let whom = |to: To| match to {
        To::All => pen.say(&say::TrainerToAll { people: console.room.here().into() }),
        To::One(number) => {
            let label = console.room.seat(number).map(|seat| seat.label()).unwrap_or_default();
            pen.say(&say::TrainerToOne { name: label.into() })
        }
    };
    let (title, words, yes): (&dyn Message, String, &dyn Message) = match sure {
        Sure::EndExercise(to) => (&say::TrainerEndSure, whom(to), &say::TrainerEnd),
        Sure::Close(to) => (&say::TrainerCloseSure, whom(to), &say::TrainerClose),
        Sure::Quit => (&say::TrainerQuitSure, pen.say(&say::TrainerQuitDetail), &say::TrainerQuit),
    };
    let area = panel(pen, body, title, 4);
    panel_lines(pen, Rect { height: 2, ..area }, &words);
    answers(pen, Rect { y: area.y + 3, height: 1, ..area }, yes);
}

/// Enter does it, Esc does not.
fn answers(pen: &mut Pen<'_>, row: Rect, yes: &dyn Message) {
    let mut x = row.x;
    for (key, name, words) in
        [(Key::Enter, "Enter", yes), (Key::Escape, "Esc", &say::TrainerNo as &dyn Message)]
    {
        let begins = x;
        let place = |x| Rect { x, width: row.right().saturating_sub(x), ..row };
        x += pen.text(place(x), &format!(" {name} "), theme::KEY_CHIP) + 1;
        let words = pen.say(words);
        x += pen.text(place(x), &words, theme::PANEL.add_modifier(Modifier::BOLD));
        pen.touch(Rect { x: begins, width: x - begins, ..row }, Spot::Key(key));
        x += 3;
    }
}

/// What goes wrong, in words.
fn trouble(trouble: Trouble) -> &'static dyn Message {
    match trouble {
        Trouble::SlowLine => &say::TroubleSlowLine,
        Trouble::CutLine => &say::TroubleCutLine,
        Trouble::PrinterJam => &say::TroublePrinterJam,
        Trouble::PrinterOut => &say::TroublePrinterOut,
        Trouble::ReaderGone => &say::TroubleReaderGone,
        Trouble::SlotFilled => &say::TroubleSlotFilled,
        Trouble::AnotherCard => &say::TroubleAnotherCard,
        Trouble::OpeningMinute => &say::TroubleOpeningMinute,
        Trouble::PowerCut => &say::TroublePowerCut,
        Trouble::AllWell => &say::TroubleAllWell,
    }
}
