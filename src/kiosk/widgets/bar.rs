//! A bar that fills or runs down, with words on it.

use super::column::Column;
use super::ui::{Align, Ui};
use crate::kiosk::theme;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

/// Draws a bar of which so many percent are full.
pub fn draw(ui: &mut Ui<'_>, area: Rect, percent: u16, words: &str) {
    ui.fill(area, theme::BAR_AHEAD);
    let full = u32::from(area.width) * u32::from(percent.min(100)) / 100;
    ui.fill(Column::new(area).take_left(full as u16), theme::BAR);
    // Only the ink is set: the ground below the words shows how full the bar is.
    let ink = Style::new().add_modifier(Modifier::BOLD);
    let row = Rect { y: area.y + area.height / 2, height: area.height.min(1), ..area };
    if !words.is_empty() {
        ui.line(Column::new(row).inset(1).rest(), words, Align::Left, ink);
    }
}
