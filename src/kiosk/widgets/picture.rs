//! Pictures: one of ink and paper that the service sent, drawn with blocks, and the one of an NHI
//! card and which way it goes in.

use super::column::middle;
use super::ui::{Align, Ui};
use crate::kiosk::theme;
use ratatui::layout::Rect;

/// By upper left, upper right, lower left, lower right, as bits from the highest.
const QUADRANTS: [&str; 16] =
    [" ", "▗", "▖", "▄", "▝", "▐", "▞", "▟", "▘", "▚", "▌", "▙", "▀", "▜", "▛", "█"];

/// Draws rows of `#` and `.` in the middle of an area, two of them a cell, and where they are too
/// wide two columns a cell too. What has no room is noted.
pub fn draw(ui: &mut Ui<'_>, area: Rect, rows: &[String]) {
    let width = rows.iter().map(String::len).max().unwrap_or(0);
    let fine = width > usize::from(area.width);
    let columns = if fine { width.div_ceil(2) } else { width };
    let lines = rows.len().div_ceil(2);
    if columns > usize::from(area.width) || lines > usize::from(area.height) {
        ui.cut_off.push("a picture".into());
        return;
    }
    let at = middle(area, columns as u16, lines as u16);
    let ink = |x: usize, y: usize| {
        usize::from(rows.get(y).is_some_and(|row| row.as_bytes().get(x) == Some(&b'#')))
    };
    for line in 0..lines {
        for column in 0..columns {
            let (x, y) = (if fine { column * 2 } else { column }, line * 2);
            let right = if fine { x + 1 } else { x };
            let bits = ink(x, y) << 3 | ink(right, y) << 2 | ink(x, y + 1) << 1 | ink(right, y + 1);
            let cell = &mut ui.buffer[(at.x + column as u16, at.y + line as u16)];
            cell.set_symbol(QUADRANTS[bits]).set_style(theme::PLAIN);
        }
    }
}

const CARD_COLUMNS: u16 = 34;
const CARD: [&str; 7] = [
    "╭──────────────────────╮     ╔══╗",
    "│  全民健康保險        │     ║  ║",
    "│  ┌───┐               │ ──▶ ║  ║",
    "│  │▒▒▒│               │ ──▶ ║  ║",
    "│  └───┘               │     ║  ║",
    "│  0000 0000 0000      │     ║  ║",
    "╰──────────────────────╯     ╚══╝",
];

/// Draws the card in the middle of the area; where there is no room for it, it is left out whole.
pub fn draw_card(ui: &mut Ui<'_>, area: Rect) {
    let height = CARD.len() as u16;
    if area.height < height || area.width < CARD_COLUMNS {
        return;
    }
    let rows = middle(area, area.width, height).rows();
    for (line, row) in CARD.iter().zip(rows) {
        ui.line(row, line, Align::Centre, theme::PLAIN);
    }
}
