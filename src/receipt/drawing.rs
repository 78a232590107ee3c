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
