//! Large type, pictograms and the moving card. Each is written into the cells first: a heading as
//! bold lines, a number in blocks or as a bold line, a pictogram in dots where there is room. Then
//! the graphic is recorded that the runtime lays over these cells, where the terminal can.

use super::column::middle;
use super::digits;
use super::graphic::{CardWay, Figure, Lettering};
use super::outline::What;
use super::pictogram::Pictogram;
use super::picture;
use super::ui::{Align, Ui};
use crate::domain::language::Language;
use crate::domain::personal::Personal;
use crate::i18n::wrap::wrap;
use crate::kiosk::theme;
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier, Style};

/// Type is drawn large from so many rows on; one row is the usual type.
const LARGE_FROM: u16 = 2;
/// Columns and rows of a pictogram that is drawn in dots.
const DOTS: (u16, u16) = (12, 6);

impl Ui<'_> {
    /// A heading as large as the area allows, in the person's language. Two rows give letters twice
    /// as high as the usual type.
    pub fn heading(&mut self, area: Rect, text: &str, align: Align, style: Style) {
        self.heading_in(self.language, area, text, align, style);
    }

    /// A heading in another language than the person's.
    pub fn heading_in(
        &mut self,
        language: Language,
        area: Rect,
        text: &str,
        align: Align,
        style: Style,
    ) {
        let area = area.intersection(self.buffer.area);
        self.fill(area, style);
        self.outline_text(area, text, style.add_modifier(Modifier::BOLD));
        self.bold_lines(area, text, align, style);
        self.lettering(language, (area, text), (align, style), false);
    }

    /// A key in large type over the cells that have it already.
    pub fn key_over(&mut self, area: Rect, text: &str, style: Style) {
        self.lettering(self.language, (area, text), (Align::Centre, style), false);
    }

    /// The words of a filled button of three rows, larger than the one row inside of it allows. The
    /// edges are drawn already.
    pub fn label(&mut self, area: Rect, text: &str, align: Align, style: Style) {
        let area = area.intersection(self.buffer.area);
        self.bold_lines(Rect { y: area.y + 1, height: 1, ..area }, text, align, style);
        self.lettering(self.language, (area, text), (align, style), true);
    }

    /// A number, a time or a code as large as the area allows. Without pictures, what has only
    /// digits, `:`, `-` and spaces is drawn in blocks where three rows and the width suffice.
    pub fn key_fact(&mut self, area: Rect, text: &str, align: Align, style: Style) {
        let area = area.intersection(self.buffer.area);
        self.fill(area, style);
        self.outline_text(area, text, style.add_modifier(Modifier::BOLD));
        match digits::width(text) {
            Some(columns) if area.height >= digits::ROWS && columns <= area.width => {
                let spare = area.width - columns;
                let left = match align {
                    Align::Left => 0,
                    Align::Centre => spare / 2,
                    Align::Right => spare,
                };
                let top = (area.height - digits::ROWS) / 2;
                let at = Rect::new(area.x + left, area.y + top, columns, digits::ROWS);
                digits::draw(self, at, text, style);
            }
            Some(_) | None => self.bold_lines(area, text, align, style),
        }
        self.lettering(self.language, (area, text), (align, style), false);
    }

    /// A pictogram in the middle of the area. Without pictures it is drawn in dots, if the area has
    /// 12x6 cells and it is one that dots can show; else the area stays blank.
    pub fn pictogram(&mut self, area: Rect, pictogram: Pictogram, style: Style) {
        let area = area.intersection(self.buffer.area);
        self.fill(area, style);
        if area.is_empty() {
            return;
        }
        self.outline(area, || What::Pictogram(pictogram, style));
        if let Some(dots) = pictogram.dots()
            && area.width >= DOTS.0
            && area.height >= DOTS.1
        {
            picture::draw_dots(self, middle(area, DOTS.0, DOTS.1), dots, style);
        }
        let figure = Figure::Pictogram(pictogram);
        self.graphics.record(area, colours(style), |seen| *seen == figure, || figure.clone());
    }

    /// The NHI card and the reader, in the middle of the area. `frame` counts from 0 to
    /// `graphic::CARD_FRAMES`, and then begins anew.
    pub fn card(&mut self, area: Rect, way: CardWay, frame: u8, style: Style) {
        let area = area.intersection(self.buffer.area);
        self.fill(area, style);
        if !picture::draw_card(self, area, way, style) {
            return;
        }
        let figure = Figure::Card { way, frame };
        self.graphics.record(area, colours(style), |seen| *seen == figure, || figure.clone());
    }

    /// Lines of the usual type in the middle of the area's height.
    fn bold_lines(&mut self, area: Rect, text: &str, align: Align, style: Style) {
        let lines = wrap(text, usize::from(area.width).max(2));
        let above = area.height.saturating_sub(lines.len() as u16) / 2;
        let area = Rect { y: area.y + above, height: area.height - above, ..area };
        self.broken(area, &lines, align, style.add_modifier(Modifier::BOLD));
    }

    fn lettering(
        &mut self,
        language: Language,
        (area, text): (Rect, &str),
        (align, style): (Align, Style),
        is_label: bool,
    ) {
        if area.height < LARGE_FROM || area.width == 0 || text.trim().is_empty() {
            return;
        }
        let is_same = |figure: &Figure| match figure {
            Figure::Text(seen) => {
                seen.text.expose() == text
                    && (seen.language, seen.align, seen.is_label) == (language, align, is_label)
            }
            Figure::Pictogram(_)
            | Figure::Card { .. }
            | Figure::Code(_)
            | Figure::Map(_)
            | Figure::Dots(_) => false,
        };
        let text =
            || Figure::Text(Lettering { text: Personal::new(text), language, align, is_label });
        self.graphics.record(area, colours(style), is_same, text);
    }
}

fn colours(style: Style) -> (Color, Color) {
    let or_plain = |colour: Option<Color>, plain: Option<Color>| colour.or(plain);
    (
        or_plain(style.fg, theme::PLAIN.fg).unwrap_or_default(),
        or_plain(style.bg, theme::PLAIN.bg).unwrap_or_default(),
    )
}
