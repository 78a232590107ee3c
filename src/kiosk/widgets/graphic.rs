//! The large type and the pictures of a frame, recorded while it is drawn. The cells have the same
//! content as plain text, so a terminal without pictures, a snapshot and a test lose nothing; where
//! the terminal can show pictures, the runtime lays each graphic over its cells.

use super::align::Align;
use super::pictogram::Pictogram;
use crate::domain::language::Language;
use crate::domain::personal::Personal;
use crate::domain::region::CountyIndex;
use crate::receipt::qr::Qr;
use ratatui::layout::Rect;
use ratatui::style::Color;

/// A picture that covers its cells. It is opaque: what is not ink has the colour of the ground.
/// Only above and below a label one sees the cells.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Graphic {
    pub area: Rect,
    pub figure: Figure,
    pub ink: Color,
    pub ground: Color,
}

/// What a graphic shows, in strengths of its one ink.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Figure {
    Text(Lettering),
    Pictogram(Pictogram),
    Card {
        way: CardWay,
        frame: u8,
    },
    /// A receipt's code with its quiet zone, as large as whole dots a module allow.
    Code(Qr),
    Map(Map),
    /// Rows of `#` and `.`, such as a captcha, as large as whole dots of the screen for each allow.
    Dots(Vec<String>),
}

/// A bold text as large as its area allows. The text is wiped with it, because it may be a person's
/// telephone number or booking.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Lettering {
    pub text: Personal,
    /// Decides which fonts are used, and so whether a character has its Chinese or Japanese form.
    pub language: Language,
    pub align: Align,
    /// The words of a filled button of three rows: its edges stay to be seen.
    pub is_label: bool,
}

/// Taiwan, each county filled by its colour and with its number.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Map {
    /// In the order of [`counties`](crate::domain::region::counties).
    pub fills: Vec<Color>,
    /// The one that has the focus: its border is thick.
    pub focused: CountyIndex,
}

/// Where the NHI card goes.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum CardWay {
    In,
    Out,
}

/// How many pictures the moving card has; the last but one is the one that tells most by itself.
pub const CARD_FRAMES: u8 = 4;
/// The frame of the card that is shown when nothing should move.
pub const CARD_STILL: u8 = 2;

/// All graphics of a frame. The list is kept from frame to frame: what is recorded again unchanged
/// takes no new memory.
#[derive(Clone, Debug, Default)]
pub struct Graphics {
    list: Vec<Graphic>,
    /// How many were recorded in this frame. Those behind are of the frame before.
    recorded: usize,
}

impl Graphics {
    /// Begins a frame.
    pub fn begin(&mut self) {
        self.recorded = 0;
    }

    /// Ends a frame: what is not shown any more is wiped.
    pub fn end(&mut self) {
        self.list.truncate(self.recorded);
    }

    /// What was recorded since the frame began.
    pub fn all(&self) -> &[Graphic] {
        &self.list[..self.recorded]
    }

    /// Records a graphic, made only if the frame before had another one at this place of the list.
    pub fn record(
        &mut self,
        area: Rect,
        (ink, ground): (Color, Color),
        is_same: impl Fn(&Figure) -> bool,
        make: impl FnOnce() -> Figure,
    ) {
        match self.list.get_mut(self.recorded) {
            Some(graphic) => {
                if !is_same(&graphic.figure) {
                    graphic.figure = make();
                }
                (graphic.area, graphic.ink, graphic.ground) = (area, ink, ground);
            }
            None => self.list.push(Graphic { area, figure: make(), ink, ground }),
        }
        self.recorded += 1;
    }

    /// Takes away what lies under an area that is drawn over.
    pub fn cover(&mut self, area: Rect) {
        for at in (0..self.recorded).rev() {
            if self.list[at].area.intersects(area) {
                self.list.remove(at);
                self.recorded -= 1;
            }
        }
    }

    /// Changes the colours of all, as those of the cells are changed.
    pub fn recolour(&mut self, change: impl Fn(Color, Color) -> (Color, Color)) {
        for graphic in &mut self.list[..self.recorded] {
            if let Figure::Map(map) = &mut graphic.figure {
                map.fills.iter_mut().for_each(|fill| *fill = change(graphic.ink, *fill).1);
            }
            (graphic.ink, graphic.ground) = change(graphic.ink, graphic.ground);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::Cell;

    const COLOURS: (Color, Color) = (Color::Rgb(0, 0, 0), Color::Rgb(255, 255, 255));

    fn record(graphics: &mut Graphics, x: u16, pictogram: Pictogram, made: &Cell<usize>) {
        graphics.record(
            Rect::new(x, 0, 4, 2),
            COLOURS,
            |figure| *figure == Figure::Pictogram(pictogram),
            || {
                made.set(made.get() + 1);
                Figure::Pictogram(pictogram)
            },
        );
    }

    #[test]
    fn a_frame_that_is_the_same_makes_nothing_anew() {
        let (mut graphics, made) = (Graphics::default(), Cell::new(0));
        for frame in 0..3 {
            graphics.begin();
            record(&mut graphics, 0, Pictogram::Home, &made);
            record(&mut graphics, 10 + frame, Pictogram::Back, &made);
            graphics.end();
        }
        assert_eq!((graphics.all().len(), made.get()), (2, 2));
        assert_eq!(graphics.all()[1].area.x, 12, "a graphic that moves is moved");
        graphics.begin();
        record(&mut graphics, 0, Pictogram::Back, &made);
        graphics.end();
        assert_eq!((graphics.all().len(), made.get()), (1, 3));
        assert_eq!(graphics.all()[0].figure, Figure::Pictogram(Pictogram::Back));
    }

    #[test]
    fn what_is_drawn_over_is_not_shown() {
        let (mut graphics, made) = (Graphics::default(), Cell::new(0));
        graphics.begin();
        for x in [0, 10, 20] {
            record(&mut graphics, x, Pictogram::Home, &made);
        }
        graphics.cover(Rect::new(8, 1, 4, 4));
        graphics.end();
        let left: Vec<u16> = graphics.all().iter().map(|graphic| graphic.area.x).collect();
        assert_eq!(left, [0, 20]);
    }
}
