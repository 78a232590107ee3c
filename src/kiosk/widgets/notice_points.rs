//! The three points of the privacy notice, each with a sign, above the buttons that answer it.

use super::choices::Grid;
use super::column::Column;
use super::pictogram::Pictogram;
use super::size_class::SizeClass;
use super::ui::Ui;
use crate::i18n::messages as say;
use crate::i18n::messages::Message;
use crate::kiosk::theme;
use ratatui::layout::Rect;

const POINTS: [(Pictogram, &dyn Message); 3] = [
    (Pictogram::Card, &say::PrivacyWhat),
    (Pictogram::Book, &say::PrivacyWhy),
    (Pictogram::Check, &say::PrivacyKept),
];

/// Takes the places of the two buttons from the foot of a page: to agree, and not to.
pub fn take_buttons(ui: &Ui<'_>, page: &mut Column) -> [Rect; 2] {
    let stacked = SizeClass::of(ui.buffer.area) == SizeClass::Upright;
    let grid = if stacked { Grid { columns: 1, rows: 2 } } else { Grid { columns: 2, rows: 1 } };
    let buttons = page.take_bottom(grid.rows * if ui.bilingual { 5 } else { 4 });
    [grid.cell(buttons, 0), grid.cell(buttons, 1)]
}

pub fn draw(ui: &mut Ui<'_>, area: Rect) {
    ui.fill(area, theme::PANEL);
    let mut page = Column::new(area);
    // Without room for a line between them, the three points stand close.
    let height = area.height;
    let gap = if ui.bilingual { u16::from(height >= 13) } else { (height / 6).min(2) };
    page.gap(gap);
    let mut page = page.inset(1);
    for (sign, point) in POINTS {
        let mut text = page;
        // Beside the Chinese there is no room for signs.
        if !ui.bilingual {
            ui.pictogram(Column::new(text.take_left(4)).take(2), sign, theme::PANEL_TITLE);
            text.take_left(1);
        }
        let words = ui.say(point);
        text.paragraph(ui, &words, theme::PANEL);
        page.gap(text.rest().y - page.rest().y + gap);
    }
}
