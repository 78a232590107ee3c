//! The window is too small: the size that is needed, said plainly. It recovers by itself when the
//! window grows.

use crate::i18n::messages as say;
use crate::kiosk::theme;
use crate::kiosk::widgets::ui::{Align, Ui};
use ratatui::layout::Rect;

/// Columns and rows that every screen fits into, lying and standing.
pub const LANDSCAPE: (u16, u16) = (80, 24);
pub const PORTRAIT: (u16, u16) = (60, 40);

pub fn is_too_small(area: Rect) -> bool {
    let fits = |size: (u16, u16)| area.width >= size.0 && area.height >= size.1;
    !fits(LANDSCAPE) && !fits(PORTRAIT)
}

pub fn view(ui: &mut Ui<'_>, area: Rect) {
    let words = ui.say(&say::TooSmall { columns: LANDSCAPE.0.into(), rows: LANDSCAPE.1.into() });
    ui.lines(area, &words.main, Align::Left, theme::PLAIN);
}
