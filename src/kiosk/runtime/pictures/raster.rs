//! Draws a figure as a picture of dots: type by its fonts, pictograms from SVG.

use super::card;
use super::coverage::{Coverage, Rgb};
use super::lettering;
use super::map::MapDrawer;
use super::svg::{self, Place};
use crate::kiosk::widgets::graphic::Figure;
use crate::receipt::qr::Qr;
use crate::receipt::typesetting::Typesetter;
use zeroize::Zeroizing;

/// Each pictogram's box, in its own units.
const BOX: (f32, f32) = (96.0, 96.0);

/// Draws figures. It is made with the first one, because looking up the machine's fonts takes
/// longer than a frame.
#[derive(Default)]
pub struct Raster {
    setter: Option<Typesetter>,
    map: MapDrawer,
}

impl Raster {
    /// A figure as a PNG, in its ink on its ground. `None` as for [`draw`](Self::draw).
    pub fn png(
        &mut self,
        figure: &Figure,
        size: (usize, usize),
        row: usize,
        (ink, ground): (Rgb, Rgb),
    ) -> Option<Zeroizing<Vec<u8>>> {
        match figure {
            Figure::Map(map) => {
                let setter = self.setter.get_or_insert_default();
                self.map.draw(setter, map, (size, row), (ink, ground)).to_png().ok()
            }
            Figure::Text(_)
            | Figure::Pictogram(_)
            | Figure::Card { .. }
            | Figure::Code(_)
            | Figure::Dots(_) => self.draw(figure, size, row)?.to_png(ink, ground).ok(),
        }
    }

    /// A figure of one ink in an area of so many dots, of which a row of cells has `row`. `None` if
    /// it cannot be shown there larger than the usual type.
    fn draw(&mut self, figure: &Figure, size: (usize, usize), row: usize) -> Option<Coverage> {
        match figure {
            Figure::Text(text) => {
                lettering::draw(self.setter.get_or_insert_default(), text, size, row)
            }
            Figure::Pictogram(pictogram) => {
                let mut coverage = Coverage::new(size.0, size.1);
                svg::draw(&mut coverage, pictogram.svg(), Place::inside(size, BOX), 1.0);
                Some(coverage)
            }
            Figure::Card { way, frame } => {
                let mut coverage = Coverage::new(size.0, size.1);
                card::draw(&mut coverage, size, *way, *frame);
                Some(coverage)
            }
            Figure::Code(code) => modules(code, size),
            Figure::Map(_) => None,
            Figure::Dots(rows) => {
                let columns = rows.iter().map(String::len).max().unwrap_or(0);
                let is_dark =
                    |x: usize, y: usize| rows[y].as_bytes().get(x).is_some_and(|dot| *dot == b'#');
                whole_dots((columns, rows.len()), size, is_dark)
            }
        }
    }

    /// Drops what shaping has kept of texts.
    pub fn forget(&mut self) {
        if let Some(setter) = &mut self.setter {
            setter.forget();
        }
    }
}

/// A code in the middle of so many dots, each module as many whole dots wide as there is room for:
/// a camera finds the edges of others in the wrong place. `None` where a module would have one.
fn modules(code: &Qr, size: (usize, usize)) -> Option<Coverage> {
    whole_dots((code.width(), code.width()), size, |x, y| code.is_dark(x, y))
}

/// A picture of so many columns and rows, of which `is_dark` tells each.
fn whole_dots(
    (columns, rows): (usize, usize),
    (width, height): (usize, usize),
    is_dark: impl Fn(usize, usize) -> bool,
) -> Option<Coverage> {
    let each = (width / columns.max(1)).min(height / rows.max(1));
    if each < 2 {
        return None;
    }
    let mut coverage = Coverage::new(width, height);
    let (left, top) = ((width - each * columns) / 2, (height - each * rows) / 2);
    for y in 0..each * rows {
        for x in 0..each * columns {
            if is_dark(x / each, y / each) {
                coverage.ink(left + x, top + y, u8::MAX);
            }
        }
    }
    Some(coverage)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kiosk::widgets::graphic::{CARD_FRAMES, CardWay};
    use crate::kiosk::widgets::pictogram::Pictogram;

    #[test]
    fn every_pictogram_is_a_picture_of_its_own_that_stays_in_its_box() {
        let mut seen: Vec<Vec<u8>> = Vec::new();
        for &pictogram in Pictogram::ALL {
            assert!(pictogram.svg().contains(r#" viewBox="0 0 96 96" "#), "{pictogram:?}");
            let figure = Figure::Pictogram(pictogram);
            let drawn = Raster::default().draw(&figure, (96, 96), 32).unwrap();
            let inked = (0..96).filter(|x| (0..96).any(|y| drawn.share(*x, y) > 0)).count();
            assert!(inked > 40, "{pictogram:?} is {inked} dots wide");
            let edge = |at| drawn.share(0, at) | drawn.share(95, at) | drawn.share(at, 0);
            assert!((0..96).all(|at| edge(at) == 0), "{pictogram:?} leaves its box");
            let png = drawn.to_png((0, 0, 0), (255, 255, 255)).unwrap().to_vec();
            assert!(!seen.contains(&png), "{pictogram:?} looks like another one");
            seen.push(png);
        }
    }

    #[test]
    fn a_code_is_read_from_its_dots() {
        let text = "6BFOXN".repeat(20);
        let code = Qr::new(&text, crate::receipt::qr::QrSize::Small).unwrap();
        let (width, height) = (276, 288);
        let drawn = Raster::default().draw(&Figure::Code(code.clone()), (width, height), 32);
        let drawn = drawn.unwrap();
        let shade = |x, y| 255 - drawn.share(x, y);
        let mut seen = rqrr::PreparedImage::prepare_from_greyscale(width, height, shade);
        let grids = seen.detect_grids();
        assert_eq!(grids[0].decode().unwrap().1, text);
        assert!(Raster::default().draw(&Figure::Code(code), (80, 80), 16).is_none(), "one dot");
    }

    #[test]
    fn rows_of_dots_are_as_large_as_they_can_be() {
        let rows = vec!["#..".to_owned(), "..#".to_owned()];
        let drawn = Raster::default().draw(&Figure::Dots(rows), (20, 14), 32).unwrap();
        let inked = (0..14).flat_map(|y| (0..20).map(move |x| (x, y)));
        let inked = inked.filter(|(x, y)| drawn.share(*x, *y) > 0).count();
        assert_eq!(inked, 2 * 6 * 6, "two of six dots, each six wide");
        assert!(drawn.share(1, 1) > 0 && drawn.share(13, 7) > 0 && drawn.share(7, 1) == 0);
    }

    #[test]
    fn the_card_moves_with_every_frame_and_both_ways() {
        let mut seen: Vec<Vec<u8>> = Vec::new();
        for way in [CardWay::In, CardWay::Out] {
            for frame in 0..CARD_FRAMES {
                let figure = Figure::Card { way, frame };
                let png = Raster::default().draw(&figure, (408, 352), 32).unwrap();
                seen.push(png.to_png((0, 0, 0), (255, 255, 255)).unwrap().to_vec());
            }
        }
        seen.dedup();
        assert_eq!(seen.len(), usize::from(CARD_FRAMES) * 2);
    }
}
