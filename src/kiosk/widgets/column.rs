//! A column: what is drawn one below the other, each part as high as it needs to be. Parts are
//! taken from what is left: from the top, from the bottom for buttons that stand at the foot, or
//! from a side for what stands beside the rest.

use super::size_class::SizeClass;
use super::ui::{Align, Ui, Words};
use crate::i18n::messages::Message;
use crate::i18n::wrap::wrap;
use crate::kiosk::theme;
use ratatui::layout::{Margin, Rect};
use ratatui::style::Style;

/// Columns between a text and the Chinese beside it.
const BETWEEN: u16 = 2;

/// A text, and the Chinese beside it, as lines for a width.
pub struct Paragraph {
    main: (String, Vec<String>),
    width: u16,
    zh: Option<(String, Vec<String>)>,
}

impl Paragraph {
    pub fn rows(&self) -> u16 {
        let zh = self.zh.as_ref().map_or(0, |(_, lines)| lines.len());
        self.main.1.len().max(zh) as u16
    }
}

/// What is left of an area.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    left: Rect,
}

impl Column {
    pub fn new(area: Rect) -> Self {
        Self { left: area }
    }

    /// What is left under the one thing asked.
    pub fn under(ui: &mut Ui<'_>, area: Rect, title: &dyn Message) -> Self {
        let title = ui.say(title);
        Self::headed(ui, area, &title, None)
    }

    /// What is left under a heading and the sentence below it: a hint, or else the Chinese.
    pub fn headed(ui: &mut Ui<'_>, area: Rect, title: &Words, hint: Option<&Words>) -> Self {
        let mut column = Self::new(area);
        let class = SizeClass::of(ui.buffer.area);
        let heading = column.take(class.heading());
        ui.heading(Self::new(heading).inset(1).rest(), &title.main, Align::Left, theme::TITLE);
        let below = hint.map(|hint| &hint.main).or(title.zh.as_ref());
        let sentence = column.take(if class == SizeClass::Upright { 2 } else { 1 });
        if let Some(below) = below {
            ui.lines(Self::new(sentence).inset(1).rest(), below, Align::Left, theme::QUIET_TEXT);
        }
        column
    }

    /// What is left, without so many columns at both sides.
    pub fn inset(&self, columns: u16) -> Self {
        Self { left: self.left.inner(Margin::new(columns, 0)) }
    }

    /// What is left.
    pub fn rest(&self) -> Rect {
        self.left
    }

    /// Leaves rows out.
    pub fn gap(&mut self, rows: u16) {
        self.take(rows);
    }

    /// Takes rows from the top: fewer if there are not so many.
    pub fn take(&mut self, rows: u16) -> Rect {
        let rows = rows.min(self.left.height);
        let taken = Rect { height: rows, ..self.left };
        self.left.y += rows;
        self.left.height -= rows;
        taken
    }

    /// Takes rows from the bottom: fewer if there are not so many.
    pub fn take_bottom(&mut self, rows: u16) -> Rect {
        let rows = rows.min(self.left.height);
        self.left.height -= rows;
        Rect { y: self.left.bottom(), height: rows, ..self.left }
    }

    /// Takes columns from the left: fewer if there are not so many.
    pub fn take_left(&mut self, columns: u16) -> Rect {
        let columns = columns.min(self.left.width);
        let taken = Rect { width: columns, ..self.left };
        self.left.x += columns;
        self.left.width -= columns;
        taken
    }

    /// Takes columns from the right: fewer if there are not so many.
    pub fn take_right(&mut self, columns: u16) -> Rect {
        let columns = columns.min(self.left.width);
        self.left.width -= columns;
        Rect { x: self.left.right(), width: columns, ..self.left }
    }

    /// A paragraph with the Chinese beside it, when that is on.
    pub fn paragraph(&mut self, ui: &mut Ui<'_>, words: &Words, style: Style) {
        self.paragraph_with(ui, words, style, theme::QUIET_TEXT);
    }

    /// The same on a panel.
    pub fn paragraph_on(&mut self, ui: &mut Ui<'_>, words: &Words, style: Style) {
        self.paragraph_with(ui, words, style, theme::PANEL_QUIET);
    }

    fn paragraph_with(&mut self, ui: &mut Ui<'_>, words: &Words, style: Style, quiet: Style) {
        let paragraph = self.paragraph_of(words);
        self.put(ui, &paragraph, style, quiet);
    }

    /// A paragraph's lines, to know its rows before it is drawn.
    pub fn paragraph_of(&self, words: &Words) -> Paragraph {
        let mut side = *self;
        let main = match words.zh {
            Some(_) => side.take_left(self.left.width.saturating_sub(BETWEEN) * 3 / 5).width,
            None => self.left.width,
        };
        side.take_left(BETWEEN);
        let broken = |text: &str, width: u16| (text.to_owned(), wrap(text, width.max(2).into()));
        let zh = words.zh.as_ref().map(|zh| broken(zh, side.left.width));
        Paragraph { main: broken(&words.main, main), width: main, zh }
    }

    /// Draws a paragraph.
    pub fn put(&mut self, ui: &mut Ui<'_>, paragraph: &Paragraph, style: Style, quiet: Style) {
        let mut side = *self;
        let main = Self { left: side.take_left(paragraph.width) };
        side.take_left(BETWEEN);
        let mut rows = ui.paragraph(main.left, &paragraph.main, style);
        if let Some(zh) = &paragraph.zh {
            rows = rows.max(ui.paragraph(side.left, zh, quiet));
        }
        self.gap(rows);
    }

    /// Centred words with the Chinese under them.
    pub fn centred(&mut self, ui: &mut Ui<'_>, words: &Words, style: Style) {
        self.lines(ui, &words.main, Align::Centre, style);
        if let Some(zh) = &words.zh {
            self.lines(ui, zh, Align::Centre, style);
        }
    }

    /// A text broken into lines.
    pub fn lines(&mut self, ui: &mut Ui<'_>, text: &str, align: Align, style: Style) {
        let rows = ui.lines(self.left, text, align, style);
        self.gap(rows);
    }

    /// A text on one row.
    pub fn line(&mut self, ui: &mut Ui<'_>, text: &str, align: Align, style: Style) {
        let row = self.take(1);
        ui.line(row, text, align, style);
    }
}

/// The middle of an area, of this size at most. An odd column is left over at the right, an odd row
/// at the bottom.
pub fn middle(area: Rect, columns: u16, rows: u16) -> Rect {
    let (columns, rows) = (columns.min(area.width), rows.min(area.height));
    let (left, top) = ((area.width - columns) / 2, (area.height - rows) / 2);
    Rect::new(area.x + left, area.y + top, columns, rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_come_from_all_sides_until_nothing_is_left() {
        let mut column = Column::new(Rect::new(3, 5, 40, 10));
        assert_eq!(column.take(3), Rect::new(3, 5, 40, 3));
        assert_eq!(column.take_bottom(4), Rect::new(3, 11, 40, 4));
        column.gap(1);
        assert_eq!(column.inset(2).rest(), Rect::new(5, 9, 36, 2));
        assert_eq!(column.take_left(10), Rect::new(3, 9, 10, 2));
        assert_eq!(column.take_right(12), Rect::new(31, 9, 12, 2));
        assert_eq!((column.take_left(99).width, column.take_right(99).width), (18, 0));
        assert_eq!((column.take(9).height, column.take_bottom(9).height), (2, 0));
    }

    #[test]
    fn the_middle_leaves_what_is_odd_at_the_right_and_the_bottom() {
        let area = Rect::new(1, 1, 11, 6);
        assert_eq!(middle(area, 4, 3), Rect::new(4, 2, 4, 3));
        assert_eq!(middle(area, 99, 99), area);
    }
}
