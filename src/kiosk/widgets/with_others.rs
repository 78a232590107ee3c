//! The quieter choice beside "book" and "confirm": others come along.

use super::button::Button;
use super::column::Column;
use super::pictogram::Pictogram;
use super::ui::Ui;
use crate::domain::together::PEOPLE_AT_MOST;
use crate::i18n::messages as say;
use crate::kiosk::model::action::ScreenAction;
use ratatui::layout::Rect;

/// Columns of the button, in percent of its row.
const SHARE: u16 = 40;

/// Rows of a button with one row of words.
const ONE_ROW: u16 = 3;

/// Takes its place from the right of the row.
pub fn take(row: &mut Column) -> Rect {
    let room = row.take_right(row.rest().width * SHARE / 100);
    row.take_right(1);
    room
}

pub fn draw(ui: &mut Ui<'_>, area: Rect, digit: u8) {
    let button = Button::new(ui.say_alone(&say::GroupWithOthers), ScreenAction::WithOthers);
    let most = ui.say_alone(&say::GroupWithMost { most: PEOPLE_AT_MOST.into() });
    // On one row there is room for the choice alone.
    let button = if area.height > ONE_ROW { button.detail(most) } else { button };
    button.digit(digit).pictogram(Pictogram::Family).draw(ui, area);
}
