//! Draws a page as a picture of dots, each inked or white.

use super::bitmap::Bitmap;
use super::page::{Page, Part};
use super::qr::Qr;
use super::typesetting::{TextStyle, Typesetter, has_all_letters};
use crate::domain::language::Language;
use parley::{Alignment, Layout};

/// Dots across the paper of a receipt printer: 72 mm of 80, at 203 dots an inch.
pub const PAPER: usize = 576;
/// The white dots at each side of the page, and above and below it.
const MARGIN: usize = 12;
/// A dot is inked if its share of the glyph is at least this, of 255.
const INK_FROM: u8 = 112;

/// Draws pages. It is kept between receipts, because it looks up the machine's fonts only once.
#[derive(Default)]
pub struct Drawer {
    setter: Typesetter,
}

/// A part of the page that has been measured. All parts are measured before the first is drawn,
/// since the length of the paper follows from their heights.
enum Placed {
    Text(Box<Layout<()>>),
    Qr(Qr, usize),
    Rule,
}

impl Drawer {
    /// Draws a page on paper that is `width` dots across.
    pub fn draw(&mut self, page: &Page, width: usize) -> Bitmap {
        let mut placed = Vec::new();
        let mut y = MARGIN;
        for part in &page.parts {
            let (part, height) = self.place(part, page.language, width);
            placed.push((part, y));
            y += height;
        }
        let mut paper = Bitmap::new(width, y + MARGIN);
        for (part, top) in placed {
            match part {
                Placed::Text(layout) => self.text(&mut paper, &layout, top),
                Placed::Qr(code, scale) => qr(&mut paper, &code, scale, top),
                Placed::Rule => (MARGIN..width - MARGIN).for_each(|x| {
                    paper.ink(x, top + 8);
                    paper.ink(x, top + 9);
                }),
            }
        }
        paper
    }

    /// Whether the machine's fonts have every letter of a text.
    pub fn has_letters(&mut self, text: &str) -> bool {
        let (Placed::Text(layout), _) =
            self.place(&Part::Text(text.to_owned()), Language::ZhTw, PAPER)
        else {
            return false;
        };
        has_all_letters(&layout)
    }

    /// Measures a part, and returns it with its height in dots.
    fn place(&mut self, part: &Part, language: Language, width: usize) -> (Placed, usize) {
        let (text, size, weight, alignment) = match part {
            Part::Title(text) => (text, 36.0, 700.0, Alignment::Center),
            Part::Number(text) => (text, 56.0, 700.0, Alignment::Center),
            Part::Text(text) => (text, 28.0, 400.0, Alignment::Start),
            Part::Small(text) => (text, 24.0, 400.0, Alignment::Start),
            Part::Rule => return (Placed::Rule, 20),
            Part::Qr(code) => {
                // As large as the paper allows, with its quiet zone.
                let modules = code.width();
                let scale = (width / modules).clamp(1, 8);
                return (Placed::Qr(code.clone(), scale), modules * scale);
            }
        };
        // Small parts are always Chinese, whatever the person's language is.
        let fonts = match part {
            Part::Small(_) => Language::ZhTw.fonts(),
            Part::Title(_) | Part::Number(_) | Part::Text(_) | Part::Qr(_) | Part::Rule => {
                language.fonts()
            }
        };
        let style = TextStyle { fonts, size, weight };
        let layout = self.setter.layout(text, style, Some((width - 2 * MARGIN) as f32), alignment);
        let height = layout.height().ceil() as usize + 6;
        (Placed::Text(Box::new(layout)), height)
    }

    fn text(&mut self, paper: &mut Bitmap, layout: &Layout<()>, top: usize) {
        for line in layout.lines() {
            self.setter.ink(&line, (MARGIN as f32, top as f32), |x, y, alpha| {
                if alpha >= INK_FROM {
                    paper.ink(x, y);
                }
            });
        }
    }
}

fn qr(paper: &mut Bitmap, code: &Qr, scale: usize, top: usize) {
    let size = code.width();
    let left = (paper.width() - size * scale) / 2;
    for y in 0..size * scale {
        for x in 0..size * scale {
            if code.is_dark(x / scale, y / scale) {
                paper.ink(left + x, top + y);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::receipt::qr::QrSize;

    fn drawn(parts: Vec<Part>, width: usize) -> Bitmap {
        Drawer::default().draw(&Page { parts, language: Language::En }, width)
    }

    /// The inked dots as (x, y), row by row.
    fn ink(paper: &Bitmap) -> Vec<(usize, usize)> {
        let all = (0..paper.height()).flat_map(|y| (0..paper.width()).map(move |x| (x, y)));
        all.filter(|(x, y)| paper.is_ink(*x, *y)).collect()
    }

    /// First and last column, first and last row of the ink.
    fn bounds(paper: &Bitmap) -> [usize; 4] {
        let ink = ink(paper);
        let (xs, ys) = (ink.iter().map(|dot| dot.0), ink.iter().map(|dot| dot.1));
        [xs.clone().min().unwrap(), xs.max().unwrap(), ys.clone().min().unwrap(), ys.max().unwrap()]
    }

    fn text(text: &str) -> Part {
        Part::Text(text.to_owned())
    }

    #[test]
    fn a_rule_and_a_code_are_drawn_to_the_dot() {
        let code = Qr::new("VAX1:7", QrSize::Small).unwrap();
        // Three dots a module, and two to spare.
        let size = code.width() * 3;
        let paper = drawn(vec![Part::Rule, Part::Qr(code.clone())], size + 2);
        assert_eq!((paper.width(), paper.height()), (size + 2, 12 + 20 + size + 12));
        for (x, y) in (0..paper.height()).flat_map(|y| (0..size + 2).map(move |x| (x, y))) {
            let in_rule = (20..22).contains(&y) && (12..size + 2 - 12).contains(&x);
            let in_code = y >= 32 && x >= 1 && code.is_dark((x - 1) / 3, (y - 32) / 3);
            assert_eq!(paper.is_ink(x, y), in_rule || in_code, "{x}, {y}");
        }
    }

    #[test]
    fn a_letter_stands_where_its_line_begins() {
        let paper = drawn(vec![text("H")], PAPER);
        let [left, right, top, bottom] = bounds(&paper);
        assert!((13..=18).contains(&left) && (14..30).contains(&top), "{left}, {top}");
        assert!((18..32).contains(&(paper.height() - bottom)), "{bottom} of {}", paper.height());
        // Two stems, a bar between them, and nothing over the bar.
        let column = |x| (top..=bottom).all(|y| paper.is_ink(x, y));
        assert!(column(left + 1) && column(right - 1), "{:?}", ink(&paper));
        let middle = left.midpoint(right);
        assert!(!paper.is_ink(middle, top) && !paper.is_ink(middle, bottom));
        assert!((top..bottom).any(|y| (left..=right).all(|x| paper.is_ink(x, y))));
        let below = drawn(vec![Part::Rule, text("H")], PAPER);
        let moved: Vec<_> = ink(&paper).into_iter().map(|(x, y)| (x, y + 20)).collect();
        assert!(ink(&below).ends_with(&moved));
    }

    #[test]
    fn a_title_is_in_the_middle_and_lines_end_before_the_margin() {
        let [left, right, ..] = bounds(&drawn(vec![Part::Title("HOH".to_owned())], PAPER));
        assert!(left.abs_diff(PAPER - 1 - right) <= 2, "{left}, {right}");
        let [left, right, top, bottom] = bounds(&drawn(vec![text(&"H ".repeat(200))], PAPER));
        assert!(left >= 12 && (PAPER - 50..PAPER - 12).contains(&right), "{left}, {right}");
        assert!(bottom - top > 100, "several lines");
    }

    #[test]
    fn a_letter_that_no_font_has_is_missed() {
        let mut drawer = Drawer::default();
        assert!(drawer.has_letters("Abc 疫苗 ภาษา"));
        // Of the last plane for private use.
        assert!(!drawer.has_letters("Abc \u{10fffd}"));
        assert!(!drawer.has_letters("\u{10fffd} Abc"));
    }
}
