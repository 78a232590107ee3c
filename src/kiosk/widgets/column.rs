//! A column: what is drawn one below the other, each part as high as it needs to be. Rows are taken
//! from the top or, for buttons that stand at the foot, from the bottom.

use super::ui::{Align, Ui, Words};
use crate::i18n::messages::Message;
use ratatui::layout::{Margin, Rect};
use ratatui::style::Style;

/// What is left of an area.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    left: Rect,
}

impl Column {
    pub fn new(area: Rect) -> Self {
        Self { left: area }
    }

    /// What is left under a heading.
    pub fn under(ui: &mut Ui<'_>, area: Rect, title: &dyn Message) -> Self {
        let title = ui.say(title);
        Self::new(ui.heading(area, &title, None))
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

    /// A paragraph with the Chinese beside it; then comes what is below.
    pub fn paragraph(&mut self, ui: &mut Ui<'_>, words: &Words, style: Style) {
        let rows = ui.paragraph(self.left, words, style);
        self.take(rows);
    }

    /// Centred words with the Chinese under them.
    pub fn centred(&mut self, ui: &mut Ui<'_>, words: &Words, style: Style) {
        let rows = ui.centred(self.left, words, style);
        self.take(rows);
    }

    /// A text broken into lines.
    pub fn lines(&mut self, ui: &mut Ui<'_>, text: &str, align: Align, style: Style) {
        let rows = ui.lines(self.left, text, align, style);
        self.take(rows);
    }

    /// A text on one row.
    pub fn line(&mut self, ui: &mut Ui<'_>, text: &str, align: Align, style: Style) {
        let row = self.take(1);
        ui.line(row, text, align, style);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_come_from_above_and_below_until_none_is_left() {
        let mut column = Column::new(Rect::new(3, 5, 40, 10));
        assert_eq!(column.take(3), Rect::new(3, 5, 40, 3));
        assert_eq!(column.take_bottom(4), Rect::new(3, 11, 40, 4));
        column.gap(1);
        assert_eq!(column.inset(2).rest(), Rect::new(5, 9, 36, 2));
        assert_eq!((column.take(9).height, column.take_bottom(9).height), (2, 0));
    }
}
