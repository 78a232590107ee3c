//! Pictures: one of ink and paper that the service sent, drawn with blocks, and the one of an NHI
//! card and which way it goes in.

use super::column::middle;
use super::graphic::{CardWay, Figure};
use super::outline::What;
use super::ui::{Align, Ui};
use crate::kiosk::theme;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// By upper left, upper right, lower left, lower right, as bits from the highest.
const QUADRANTS: [&str; 16] =
    [" ", "▗", "▖", "▄", "▝", "▐", "▞", "▟", "▘", "▚", "▌", "▙", "▀", "▜", "▛", "█"];

/// Draws rows of `#` and `.` in the middle of an area, two of them a cell, and where they are too
/// wide two columns a cell too. What has no room is noted.
pub fn draw(ui: &mut Ui<'_>, area: Rect, rows: &[String]) {
    ui.outline(area, || What::Ink(rows.to_vec()));
    let width = rows.iter().map(String::len).max().unwrap_or(0);
    let fine = width > usize::from(area.width);
    let columns = if fine { width.div_ceil(2) } else { width };
    let lines = rows.len().div_ceil(2);
    if columns > usize::from(area.width) || lines > usize::from(area.height) {
        ui.cut_off.push("a picture".into());
        return;
    }
    let at = middle(area, columns as u16, lines as u16);
    let ink =
        |x: usize, y: usize| rows.get(y).is_some_and(|row| row.as_bytes().get(x) == Some(&b'#'));
    quadrants(ui, at, |x, y| ink(if fine { x } else { x / 2 }, y), theme::PLAIN);
}

/// Rows of `#` and `.` as a picture over its cells, which stay blank: for terminals with pictures
/// only.
pub fn draw_large(ui: &mut Ui<'_>, area: Rect, rows: &[String]) {
    ui.fill(area, theme::PLAIN);
    let is_it = |figure: &Figure| matches!(figure, Figure::Dots(seen) if seen == rows);
    let colours = (theme::PLAIN.fg.unwrap_or_default(), theme::PLAIN.bg.unwrap_or_default());
    ui.graphics.record(area, colours, is_it, || Figure::Dots(rows.to_vec()));
}

/// Draws rows of `#` and `.` from the upper left of an area, two columns and two rows a cell.
pub fn draw_dots(ui: &mut Ui<'_>, area: Rect, rows: &[&str], style: Style) {
    let ink =
        |x: usize, y: usize| rows.get(y).is_some_and(|row| row.as_bytes().get(x) == Some(&b'#'));
    quadrants(ui, area, ink, style);
}

/// Fills an area with quadrants: `ink` tells of each dot whether it is inked.
fn quadrants(ui: &mut Ui<'_>, area: Rect, ink: impl Fn(usize, usize) -> bool, style: Style) {
    for line in 0..area.height {
        for column in 0..area.width {
            let (x, y) = (usize::from(column) * 2, usize::from(line) * 2);
            let dots = [(x, y), (x + 1, y), (x, y + 1), (x + 1, y + 1)];
            let bits = dots.iter().fold(0, |bits, dot| bits << 1 | usize::from(ink(dot.0, dot.1)));
            if let Some(cell) = ui.buffer.cell_mut((area.x + column, area.y + line)) {
                cell.set_symbol(QUADRANTS[bits]).set_style(style);
            }
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

/// Draws the card and the way it goes in the middle of the area. Where there is no room for it, it
/// is left out whole; the answer is whether it was drawn.
pub fn draw_card(ui: &mut Ui<'_>, area: Rect, way: CardWay, style: Style) -> bool {
    let height = CARD.len() as u16;
    if area.height < height || area.width < CARD_COLUMNS {
        return false;
    }
    let rows = middle(area, area.width, height).rows();
    ui.unwritten(|ui| {
        for (line, row) in CARD.iter().zip(rows) {
            match way {
                CardWay::In => ui.line(row, line, Align::Centre, style),
                CardWay::Out => ui.line(row, &line.replace("──▶", "◀──"), Align::Centre, style),
            }
        }
    });
    true
}
