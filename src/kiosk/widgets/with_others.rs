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

/// Takes its place from the right of the row.
pub fn take(row: &mut Column) -> Rect {
    let room = row.take_right(row.rest().width * SHARE / 100);
    row.take_right(1);
    room
}

pub fn draw(ui: &mut Ui<'_>, area: Rect, digit: u8) {
    let words = ui.say_alone(&say::GroupWithOthers { most: PEOPLE_AT_MOST.into() });
    let button = Button::new(words, ScreenAction::WithOthers).digit(digit);
    button.pictogram(Pictogram::Family).draw(ui, area);
}
