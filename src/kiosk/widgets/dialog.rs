//! The panel of a dialog that lies over a screen while time runs out: a sign, what it is about, the
//! time that is left, and what happens then. Its buttons stand below.

use super::column::{Column, middle};
use super::pictogram::Pictogram;
use super::ui::{Align, Ui, Words};
use crate::i18n::dates::countdown;
use crate::kiosk::theme;
use ratatui::layout::Rect;
use std::time::Duration;

/// Columns and rows of the sign.
const SIGN: (u16, u16) = (12, 6);

pub fn panel(ui: &mut Ui<'_>, area: Rect, title: &Words, left: Duration, body: &Words) {
    ui.fill(area, theme::PANEL);
    let mut page = Column::new(area).inset(1);
    let sign = Column::new(page.take_left(SIGN.0)).take(SIGN.1 + 2);
    ui.pictogram(middle(sign, SIGN.0, SIGN.1), Pictogram::Wait, theme::PANEL_TITLE);
    page.take_left(2);
    ui.heading(page.take(2), &title.main, Align::Left, theme::PANEL_TITLE);
    if let Some(zh) = &title.zh {
        page.lines(ui, zh, Align::Left, theme::PANEL_QUIET);
    }
    // Rounded up, so that it never says that nothing is left while something is.
    let seconds = left.as_millis().div_ceil(1000) as u64;
    ui.key_fact(page.take(3), &countdown(seconds), Align::Left, theme::PANEL_TITLE);
    if page.rest().height > 5 {
        page.gap(1);
    }
    page.paragraph(ui, body, theme::PANEL);
}
