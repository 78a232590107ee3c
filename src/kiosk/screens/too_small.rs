//! The window is too small: the size that is needed, said plainly. It recovers by itself when the
//! window grows.

use crate::domain::language::Language;
use crate::i18n::messages as say;
use crate::kiosk::theme;
use crate::kiosk::widgets::column::Column;
use crate::kiosk::widgets::ui::{Align, Ui};
use ratatui::layout::Rect;

/// Columns and rows that every screen fits into, lying and standing.
pub const LANDSCAPE: (u16, u16) = (80, 24);
pub const PORTRAIT: (u16, u16) = (60, 40);

/// Columns and rows that are enough for pages that are turned: half of each.
const LANDSCAPE_TURNED: (u16, u16) = (40, 12);
const PORTRAIT_TURNED: (u16, u16) = (30, 20);

/// Whether a screen that is too small is large enough for pages that are turned.
pub fn can_turn_pages(area: Rect) -> bool {
    let fits = |size: (u16, u16)| area.width >= size.0 && area.height >= size.1;
    fits(LANDSCAPE_TURNED) || fits(PORTRAIT_TURNED)
}

pub fn is_too_small(area: Rect) -> bool {
    let fits = |size: (u16, u16)| area.width >= size.0 && area.height >= size.1;
    !fits(LANDSCAPE) && !fits(PORTRAIT)
}

/// In these languages, as many as the window has rows for.
pub fn view(ui: &mut Ui<'_>, area: Rect, languages: &[Language]) {
    let message = say::TooSmall { columns: LANDSCAPE.0.into(), rows: LANDSCAPE.1.into() };
    let mut page = Column::new(area);
    for language in languages {
        let text = ui.texts.say(*language, &message);
        page.lines(ui, &text, Align::Left, theme::PLAIN);
    }
}
