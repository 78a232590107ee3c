//! A QR code in half blocks: two modules a cell, with explicit black and white, as decoders read no
//! inverted code.

use super::ui::Ui;
use crate::kiosk::theme;
use crate::receipt::qr::Qr;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// Columns and rows that a code takes.
pub fn cells(qr: &Qr) -> (u16, u16) {
    (qr.width() as u16, qr.width().div_ceil(2) as u16)
}

/// Draws the code at the upper left of the area; without room for all of it, it is noted as cut
/// off.
pub fn draw(ui: &mut Ui<'_>, area: Rect, qr: &Qr) {
    let (columns, rows) = cells(qr);
    if area.width < columns || area.height < rows {
        ui.cut_off.push("QR".into());
        return;
    }
    let shade = |dark| if dark { theme::QR_DARK } else { theme::QR_LIGHT };
    for row in 0..rows {
        for column in 0..columns {
            let (x, y) = (usize::from(column), usize::from(row) * 2);
            let style = Style::new().fg(shade(qr.is_dark(x, y))).bg(shade(qr.is_dark(x, y + 1)));
            let cell = &mut ui.buffer[(area.x + column, area.y + row)];
            cell.reset();
            cell.set_symbol("▀").set_style(style);
        }
    }
}
