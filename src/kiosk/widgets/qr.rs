//! A QR code in cells, with explicit black and white, as decoders read no inverted code: two
//! modules a cell, or a module on two cells where there is room for that.

use super::graphic::Figure;
use super::outline::What;
use super::ui::Ui;
use crate::kiosk::theme;
use crate::receipt::qr::{Qr, QrSize};
use ratatui::layout::Rect;
use ratatui::style::Style;

/// A receipt's code in both sizes: made once, as encoding costs more than all the rest of a frame.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Codes {
    small: Option<Qr>,
    large: Option<Qr>,
}

impl Codes {
    pub fn new(receipt: &str) -> Self {
        let code = |size| Qr::new(receipt, size).ok();
        Self { small: code(QrSize::Small), large: code(QrSize::Large) }
    }

    /// The one that corrects more errors where there is room for it. A code of which each module
    /// has two cells is read better still.
    pub fn for_room(&self, room: Rect) -> Option<&Qr> {
        let (small, large) = (self.small.as_ref()?, self.large.as_ref()?);
        let best = [large, small].into_iter().find(|code| is_double(code, room));
        Some(best.unwrap_or_else(|| {
            let (columns, rows) = single(large);
            if columns <= room.width && rows <= room.height { large } else { small }
        }))
    }

    /// The one whose modules are larger in the same room.
    pub fn smallest(&self) -> Option<&Qr> {
        self.small.as_ref()
    }

    /// Whether there is room for a code of which each module has two cells.
    pub fn doubles(&self, room: Rect) -> bool {
        self.small.as_ref().is_some_and(|code| is_double(code, room))
    }
}

/// Columns and rows of a code that is a picture: with cells of 12x32 dots a module has six.
pub const PICTURE: (u16, u16) = (23, 9);

/// A code as a picture over its cells, which stay blank: for terminals with pictures only.
pub fn picture(ui: &mut Ui<'_>, area: Rect, qr: &Qr) {
    ui.fill(area, Style::new().fg(theme::QR_DARK).bg(theme::QR_LIGHT));
    ui.outline(area, || What::Code(qr.clone()));
    let is_it = |figure: &Figure| matches!(figure, Figure::Code(seen) if seen == qr);
    let colours = (theme::QR_DARK, theme::QR_LIGHT);
    ui.graphics.record(area, colours, is_it, || Figure::Code(qr.clone()));
}

/// Columns and rows with two modules a cell.
fn single(qr: &Qr) -> (u16, u16) {
    (qr.width() as u16, qr.width().div_ceil(2) as u16)
}

fn is_double(qr: &Qr, room: Rect) -> bool {
    room.width >= 2 * qr.width() as u16 && room.height >= qr.width() as u16
}

/// Columns and rows that a code takes in this room.
pub fn cells(qr: &Qr, room: Rect) -> (u16, u16) {
    let width = qr.width() as u16;
    if is_double(qr, room) { (2 * width, width) } else { single(qr) }
}

/// Draws the code at the upper left of the area; without room for all of it, it is noted as cut
/// off.
pub fn draw(ui: &mut Ui<'_>, area: Rect, qr: &Qr) {
    let (columns, rows) = cells(qr, area);
    ui.outline(Rect { width: columns, height: rows, ..area }, || What::Code(qr.clone()));
    if area.width < columns || area.height < rows {
        ui.cut_off.push("QR".into());
        return;
    }
    let double = is_double(qr, area);
    let shade = |dark| if dark { theme::QR_DARK } else { theme::QR_LIGHT };
    for row in 0..rows {
        for column in 0..columns {
            let (x, y) = (usize::from(column), usize::from(row));
            let (above, below) = match double {
                true => (qr.is_dark(x / 2, y), qr.is_dark(x / 2, y)),
                false => (qr.is_dark(x, y * 2), qr.is_dark(x, y * 2 + 1)),
            };
            let cell = &mut ui.buffer[(area.x + column, area.y + row)];
            cell.reset();
            cell.set_symbol("▀").set_style(Style::new().fg(shade(above)).bg(shade(below)));
        }
    }
}
