//! A sentence in each of the kiosk's languages, one below the other, with a picture beside or
//! below: for whoever stands there before a language was chosen.

use super::column::{Column, middle};
use super::size_class::SizeClass;
use super::ui::{Align, Ui};
use crate::domain::language::Language;
use crate::i18n::messages::Message;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

/// Rows of a language, at least and at most. Two are large type.
const LEAST_ROWS: u16 = 2;
const MOST_ROWS: u16 = 4;
/// Columns that the picture needs.
const PICTURE: u16 = 34;

/// Fills a band and writes the sentence into it. The answer is where the picture goes.
pub fn band(
    ui: &mut Ui<'_>,
    area: Rect,
    languages: &[Language],
    message: &dyn Message,
    style: Style,
) -> Rect {
    ui.fill(area, style);
    let mut band = Column::new(area).inset(1);
    let count = languages.len().max(1) as u16;
    let (lines, picture) = match SizeClass::of(ui.buffer.area) {
        SizeClass::Upright => {
            let rows = (area.height / 2).max(LEAST_ROWS * count);
            (band.take(rows), band.rest())
        }
        SizeClass::Compact | SizeClass::Standard | SizeClass::Wide => {
            let columns = (band.rest().width * 2 / 5).max(PICTURE);
            let picture = band.take_right(columns);
            band.take_right(1);
            (band.rest(), picture)
        }
    };
    let rows = (lines.height / count).clamp(1, MOST_ROWS);
    let mut lines = Column::new(middle(lines, lines.width, rows * count));
    let bold = style.add_modifier(Modifier::BOLD);
    for language in languages {
        let text = ui.texts.say(*language, message);
        ui.heading_in(*language, lines.take(rows), &text, Align::Left, bold);
    }
    picture
}
