//! Keyboards on the screen: only the keys that can come next, each at least three rows high.

use super::button::Button;
use super::choices::Grid;
use super::column::Column;
use super::targets::Key;
use super::ui::{Ui, Words};
use crate::i18n::messages as say;
use crate::kiosk::model::action::ScreenAction;
use ratatui::layout::Rect;

/// What may come next.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Keys {
    /// The first of an ID number.
    Letters,
    /// Its second: a digit, or a letter of the old resident numbers.
    Second,
    Digits,
    /// A password: letters of one size, and digits.
    All {
        large: bool,
    },
}

/// What the second character of an ID number can be.
pub const SECOND: [char; 8] = ['1', '2', '8', '9', 'A', 'B', 'C', 'D'];
const KEY_ROWS: u16 = 3;
/// Under so many columns ten digits stand in two rows.
const NARROW: u16 = 70;

fn characters(keys: Keys) -> Vec<char> {
    match keys {
        Keys::Letters => ('A'..='Z').collect(),
        Keys::Second => SECOND.to_vec(),
        Keys::Digits => ('0'..='9').collect(),
        Keys::All { large: true } => ('A'..='Z').chain('0'..='9').collect(),
        Keys::All { large: false } => ('a'..='z').chain('0'..='9').collect(),
    }
}

fn grid(keys: Keys, width: u16) -> Grid {
    match keys {
        Keys::Letters => Grid { columns: 13, rows: 2 },
        Keys::Second => Grid { columns: 8, rows: 1 },
        Keys::Digits if width < NARROW => Grid { columns: 5, rows: 2 },
        Keys::Digits => Grid { columns: 10, rows: 1 },
        Keys::All { .. } => Grid { columns: 12, rows: 3 },
    }
}

/// Rows that a keyboard takes, its bottom row among them.
pub fn height(keys: Keys, width: u16) -> u16 {
    (grid(keys, width).rows + 1) * KEY_ROWS
}

/// The keys, and below them what takes them back. `whole`: all is typed, and a button ends it.
pub fn draw(ui: &mut Ui<'_>, area: Rect, keys: Keys, whole: bool) {
    let mut below = Vec::new();
    let ends = whole || matches!(keys, Keys::All { .. });
    if ends {
        below.push(Button::new(ui.say_alone(&say::EntryDone), ScreenAction::Confirm).main());
    }
    if let Keys::All { large } = keys {
        let shift = if large { "ABC → abc" } else { "abc → ABC" };
        below.push(Button::new(Words::same(shift), ScreenAction::Shift));
    }
    below.push(Button::new(ui.say_alone(&say::PhoneErase), ScreenAction::Erase));
    below.push(Button::new(ui.say_alone(&say::PhoneClear), ScreenAction::ClearAll));
    // Whoever types on a real keyboard ends with Enter: the button that ends has the focus then.
    if ends {
        bottom(ui, area, below);
        characters_of(ui, area, keys);
    } else {
        characters_of(ui, area, keys);
        bottom(ui, area, below);
    }
}

/// Digits, and below them what another picture is asked for with.
pub fn draw_with_picture(ui: &mut Ui<'_>, area: Rect, larger: bool) {
    characters_of(ui, area, Keys::Digits);
    let size =
        if larger { ui.say_alone(&say::GraphicUsual) } else { ui.say_alone(&say::GraphicLarger) };
    let below = vec![
        Button::new(ui.say_alone(&say::GraphicNew), ScreenAction::NewCaptcha),
        Button::new(size, ScreenAction::CaptchaSize),
        Button::new(ui.say_alone(&say::PhoneErase), ScreenAction::Erase),
    ];
    bottom(ui, area, below);
}

fn characters_of(ui: &mut Ui<'_>, area: Rect, keys: Keys) {
    let grid = grid(keys, area.width);
    let room = Column::new(area).take(grid.rows * KEY_ROWS);
    for (at, key) in characters(keys).into_iter().enumerate() {
        let action = key
            .to_digit(10)
            .map_or(ScreenAction::Letter(key), |digit| ScreenAction::Key(digit as u8));
        let mut button = Button::new(Words::same(key.to_string()), action);
        button.key = key.to_digit(10).map(|digit| Key::Digit(digit as u8));
        button.bare().draw(ui, grid.cell(room, at));
    }
}

fn bottom(ui: &mut Ui<'_>, area: Rect, buttons: Vec<Button>) {
    let row = Column::new(area).take_bottom(KEY_ROWS);
    let grid = Grid { columns: buttons.len() as u16, rows: 1 };
    for (at, button) in buttons.into_iter().enumerate() {
        button.draw(ui, grid.cell(row, at));
    }
}
