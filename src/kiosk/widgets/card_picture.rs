//! A picture of an NHI card and which way it goes in.

use super::ui::{Align, Ui};
use crate::kiosk::theme;
use ratatui::layout::Rect;

const PICTURE: [&str; 7] = [
    "╭──────────────────────╮     ╔══╗",
    "│  全民健康保險        │     ║  ║",
    "│  ┌───┐               │ ──▶ ║  ║",
    "│  │▒▒▒│               │ ──▶ ║  ║",
    "│  └───┘               │     ║  ║",
    "│  0000 0000 0000      │     ║  ║",
    "╰──────────────────────╯     ╚══╝",
];

/// Draws it in the middle of the area; where there is no room for it, it is left out whole.
pub fn draw(ui: &mut Ui<'_>, area: Rect) {
    let height = PICTURE.len() as u16;
    if area.height < height || area.width < 34 {
        return;
    }
    let top = area.y + (area.height - height) / 2;
    for (line, row) in PICTURE.iter().zip(0..) {
        ui.line(Rect { y: top + row, height: 1, ..area }, line, Align::Centre, theme::PLAIN);
    }
}
