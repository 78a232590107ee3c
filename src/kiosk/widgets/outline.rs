//! What a page says and offers, written down while it is drawn: for a screen whose type is too
//! large for the page as it is laid out, and which turns pages instead.

use super::choice::{Button, Tile};
use super::pictogram::Pictogram;
use crate::domain::personal::Personal;
use crate::kiosk::model::action::Action;
use crate::receipt::qr::Qr;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// A part of a page, and where the page has it.
#[derive(Clone, PartialEq, Debug)]
pub struct Piece {
    pub area: Rect,
    pub what: What,
}

#[derive(Clone, PartialEq, Debug)]
pub enum What {
    /// A paragraph. It may be about a person.
    Text {
        text: Personal,
        style: Style,
    },
    Button(Button),
    Tile(Tile),
    /// A touch of the page, wherever it is.
    Anywhere(Action),
    Pictogram(Pictogram, Style),
    /// A receipt's code.
    Code(Qr),
    /// A picture in rows of `#` and `.`.
    Ink(Vec<String>),
}

/// The pieces of a page.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Outline {
    pieces: Vec<Piece>,
}

impl Outline {
    /// Adds a piece. A text without a letter, a digit or a place for one is an ornament of the
    /// page, and is left out.
    pub fn add(&mut self, area: Rect, what: What) {
        if let What::Text { text, .. } = &what
            && !text.expose().chars().any(|c| c.is_alphanumeric() || c == '_')
        {
            return;
        }
        self.pieces.push(Piece { area, what });
    }

    /// Takes away what lies under an area that is drawn over.
    pub fn cover(&mut self, area: Rect) {
        self.pieces.retain(|piece| !piece.area.intersects(area));
    }

    /// All pieces in the order of reading: from above, and from the left.
    pub fn into_pieces(mut self) -> Vec<Piece> {
        self.pieces.sort_by_key(|piece| (piece.area.y, piece.area.x));
        self.pieces
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_drawn_over_and_what_says_nothing_is_not_kept() {
        let mut outline = Outline::default();
        let mut add = |y: u16, text: &str| {
            let what = What::Text { text: Personal::new(text), style: Style::new() };
            outline.add(Rect::new(0, y, 20, 1), what);
        };
        add(0, "a page");
        add(1, "│ ──▶");
        add(2, "09__ ___");
        add(8, "below it");
        outline.cover(Rect::new(5, 0, 5, 2));
        let left: Vec<u16> = outline.into_pieces().iter().map(|piece| piece.area.y).collect();
        assert_eq!(left, [2, 8]);
    }
}
