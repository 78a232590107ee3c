//! The map of Taiwan: each county filled by how many seats are free there, with its number, the
//! borders as thin lines and a thick one around the county that has the focus.

use super::coverage::Rgb;
use crate::domain::language::Language;
use crate::domain::outline::{NORTH, SOUTH, WIDTH, county_smoothed};
use crate::domain::region::{CountyIndex, counties, north_to_south};
use crate::kiosk::widgets::graphic::Map;
use crate::receipt::typesetting::{TextStyle, Typesetter};
use parley::Alignment;
use ratatui::style::Color;
use zeroize::Zeroizing;

/// Strengths of ink on each fill.
const STRENGTHS: u8 = 16;
/// The strength of a border.
const BORDER: u8 = 10;
/// Half the width of the border around the county that has the focus, in dots.
const FOCUS: usize = 2;
/// The size of a number, as a share of a row of cells.
const NUMBER: f32 = 0.5;
const BOLD: f32 = 700.0;
/// Capitals and figures have their middle so far above the line, as a share of an em.
const MIDDLE: f32 = 0.36;
/// Numbers that have no room inside of their county, or would lie on another: moved east and north,
/// in hundredths of a degree of latitude.
const MOVED: [(&str, i16, i16); 9] = [
    ("基隆市", 24, 6),
    ("臺北市", -2, 0),
    ("新北市", 12, -20),
    ("新竹市", -20, 4),
    ("嘉義市", -32, 2),
    ("嘉義縣", 8, -4),
    ("澎湖縣", 0, -14),
    ("金門縣", 0, -20),
    ("連江縣", 2, -20),
];

/// A picture whose dots are entries of a palette.
pub struct Coloured {
    size: (usize, usize),
    dots: Vec<u8>,
    palette: Vec<Rgb>,
}

impl Coloured {
    /// The encoder's errors are those of writing, which cannot happen in memory.
    pub fn to_png(&self) -> Result<Zeroizing<Vec<u8>>, png::EncodingError> {
        let mut out = Zeroizing::new(Vec::new());
        let (width, height) = (self.size.0 as u32, self.size.1 as u32);
        let mut encoder = png::Encoder::new(&mut *out, width, height);
        encoder.set_color(png::ColorType::Indexed);
        encoder.set_depth(png::BitDepth::Eight);
        encoder.set_compression(png::Compression::Fast);
        encoder.set_palette(self.palette.iter().flat_map(|c| [c.0, c.1, c.2]).collect::<Vec<u8>>());
        let mut writer = encoder.write_header()?;
        writer.write_image_data(&self.dots)?;
        writer.finish()?;
        Ok(out)
    }

    #[cfg(test)]
    fn colour(&self, x: usize, y: usize) -> Rgb {
        self.palette[usize::from(self.dots[y * self.size.0 + x])]
    }
}

/// Draws the map. Which county each dot is of, and where each county's middle is, is found once for
/// a size: the colours and the focus change with every key.
#[derive(Default)]
pub struct MapDrawer {
    size: (usize, usize),
    counties: Vec<Option<CountyIndex>>,
    /// The mean of each county's dots.
    middles: Vec<Option<(f64, f64)>>,
}

impl MapDrawer {
    /// The map in an area of so many dots, of which a row of cells has `row`.
    pub fn draw(
        &mut self,
        setter: &mut Typesetter,
        map: &Map,
        (size, row): ((usize, usize), usize),
        (ink, ground): (Rgb, Rgb),
    ) -> Coloured {
        self.measure(size);
        let mut fills = vec![ground];
        let of_county: Vec<u8> = map.fills.iter().map(|fill| entry(&mut fills, *fill)).collect();
        let fill = |county: Option<CountyIndex>| {
            county.and_then(|county| of_county.get(county.0)).map_or(0, |at| at * STRENGTHS)
        };
        let mut dots: Vec<u8> = self.counties.iter().map(|county| fill(*county)).collect();
        self.borders(&mut dots, map.focused);
        self.numbers(setter, &mut dots, row);
        let palette = fills.iter().flat_map(|fill| shades(ink, *fill)).collect();
        Coloured { size, dots, palette }
    }

    fn measure(&mut self, (width, height): (usize, usize)) {
        if self.size == (width, height) {
            return;
        }
        self.size = (width, height);
        let place = |at: usize| {
            let (x, y) = ((at % width) as f64 + 0.5, (at / width) as f64 + 0.5);
            (x / width as f64 * WIDTH, NORTH - y / height as f64 * (NORTH - SOUTH))
        };
        let county = |at: usize| {
            let (east, lat) = place(at);
            county_smoothed(east, lat)
        };
        self.counties = (0..width * height).map(county).collect();
        let mut sums = vec![(0_usize, 0_usize, 0_usize); counties().len()];
        for (at, county) in self.counties.iter().enumerate() {
            if let Some(sum) = county.and_then(|county| sums.get_mut(county.0)) {
                *sum = (sum.0 + 1, sum.1 + at % width, sum.2 + at / width);
            }
        }
        let mean = |(n, x, y): (usize, usize, usize)| {
            (n > 0).then(|| (x as f64 / n as f64, y as f64 / n as f64))
        };
        self.middles = sums.into_iter().map(mean).collect();
    }

    /// Where two counties or a county and the sea meet.
    fn borders(&self, dots: &mut [u8], focused: CountyIndex) {
        let (width, height) = self.size;
        let at = |x: usize, y: usize| self.counties[y * width + x];
        for y in 0..height.saturating_sub(1) {
            for x in 0..width.saturating_sub(1) {
                let (here, east, south) = (at(x, y), at(x + 1, y), at(x, y + 1));
                if here == east && here == south {
                    continue;
                }
                let is_focus = [here, east, south].contains(&Some(focused));
                let (reach, strength) = if is_focus { (FOCUS, STRENGTHS - 1) } else { (1, BORDER) };
                for dy in y.saturating_sub(reach - 1)..(y + reach).min(height) {
                    for dx in x.saturating_sub(reach - 1)..(x + reach).min(width) {
                        ink(&mut dots[dy * width + dx], strength);
                    }
                }
            }
        }
    }

    /// Each county's number in the middle of it.
    fn numbers(&self, setter: &mut Typesetter, dots: &mut [u8], row: usize) {
        let (width, height) = self.size;
        let scale = height as f64 / (NORTH - SOUTH);
        let size = row as f32 * NUMBER;
        let style = TextStyle { fonts: Language::En.fonts(), size, weight: BOLD };
        for (place, county) in north_to_south().iter().enumerate() {
            let Some((x, y)) = self.middles[county.0] else { continue };
            let name = county.county().zh;
            let moved = MOVED.iter().find(|(zh, ..)| *zh == name);
            let (east, north) = moved.map_or((0.0, 0.0), |(_, east, north)| {
                (f64::from(*east) / 100.0 * scale, f64::from(*north) / 100.0 * scale)
            });
            let text = format!("{:02}", place + 1);
            let layout = setter.layout(&text, style, None, Alignment::Start);
            let Some(line) = layout.lines().next() else { continue };
            let half = layout.width() / 2.0;
            let left = (x + east) as f32 - half;
            let left = left.clamp(0.0, (width as f32 - 2.0 * half).max(0.0)).round();
            let baseline = ((y - north) as f32 + MIDDLE * size).round();
            setter.ink(&line, (left, baseline - line.metrics().baseline), |x, y, share| {
                if x < width && y < height {
                    let strength = u16::from(share) * u16::from(STRENGTHS - 1) / 255;
                    ink(&mut dots[y * width + x], strength as u8);
                }
            });
        }
    }
}

/// Inks a dot at least so strongly on the fill that it has.
fn ink(dot: &mut u8, strength: u8) {
    let fill = *dot / STRENGTHS * STRENGTHS;
    *dot = fill + (*dot - fill).max(strength);
}

/// Which of the fills a colour is; a new one is added. The terminal's own colours are not known:
/// what has one of these is not filled.
fn entry(fills: &mut Vec<Rgb>, colour: Color) -> u8 {
    let Color::Rgb(red, green, blue) = colour else { return 0 };
    let fill = (red, green, blue);
    let at = fills.iter().position(|other| *other == fill).unwrap_or_else(|| {
        fills.push(fill);
        fills.len() - 1
    });
    at.min(usize::from(u8::MAX / STRENGTHS)) as u8
}

/// A fill, inked more and more.
fn shades(ink: Rgb, fill: Rgb) -> impl Iterator<Item = Rgb> {
    let most = u16::from(STRENGTHS - 1);
    let mix = move |ink: u8, fill: u8, strength: u16| {
        ((u16::from(ink) * strength + u16::from(fill) * (most - strength) + most / 2) / most) as u8
    };
    (0..=most).map(move |strength| {
        (mix(ink.0, fill.0, strength), mix(ink.1, fill.1, strength), mix(ink.2, fill.2, strength))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIZE: (usize, usize) = (276, 448);
    const INK: Rgb = (10, 62, 88);
    const GROUND: Rgb = (250, 248, 243);

    fn drawn(focused: usize) -> (MapDrawer, Coloured) {
        let fills: Vec<Color> =
            (0..counties().len()).map(|at| Color::Rgb(100, 150, 200 + (at % 2) as u8)).collect();
        let map = Map { fills, focused: CountyIndex(focused) };
        let mut drawer = MapDrawer::default();
        let mut setter = Typesetter::default();
        let drawn = drawer.draw(&mut setter, &map, (SIZE, 32), (INK, GROUND));
        (drawer, drawn)
    }

    #[test]
    fn counties_have_their_colours_and_the_sea_the_ground() {
        let (drawer, drawn) = drawn(0);
        assert_eq!(drawn.colour(2, 447), GROUND, "the sea");
        for at in 0..counties().len() {
            let own: Vec<usize> = (0..SIZE.0 * SIZE.1)
                .filter(|dot| drawer.counties[*dot] == Some(CountyIndex(at)))
                .collect();
            let fill = (100, 150, 200 + (at % 2) as u8);
            let filled =
                own.iter().filter(|dot| drawn.colour(*dot % SIZE.0, *dot / SIZE.0) == fill);
            assert!(filled.count() * 5 > own.len(), "{} is filled", counties()[at].zh);
        }
    }

    #[test]
    fn the_county_with_the_focus_has_a_thick_border_and_every_number_has_room_of_its_own() {
        let inked = |drawn: &Coloured| drawn.dots.iter().filter(|dot| *dot % 16 == 15).count();
        let hualien = CountyIndex::named("花蓮縣").unwrap().0;
        let lienchiang = CountyIndex::named("連江縣").unwrap().0;
        assert!(inked(&drawn(hualien).1) > inked(&drawn(lienchiang).1) + 500);
        let (drawer, _) = drawn(0);
        let mut places: Vec<(f64, f64)> = Vec::new();
        for county in north_to_south() {
            let (x, y) = drawer.middles[county.0].unwrap();
            let moved = MOVED.iter().find(|(zh, ..)| *zh == county.county().zh);
            let (east, north) = moved.map_or((0, 0), |(_, east, north)| (*east, *north));
            let scale = SIZE.1 as f64 / (NORTH - SOUTH) / 100.0;
            let (x, y) = (x + f64::from(east) * scale, y - f64::from(north) * scale);
            for (other_x, other_y) in &places {
                let apart = (x - other_x).abs() >= 19.0 || (y - other_y).abs() >= 13.0;
                assert!(apart, "{} lies on another number", county.county().zh);
            }
            places.push((x, y));
        }
    }

    #[test]
    fn a_png_of_it_has_its_size() {
        let png = drawn(0).1.to_png().unwrap();
        let reader = png::Decoder::new(std::io::Cursor::new(&**png)).read_info().unwrap();
        assert_eq!((reader.info().width, reader.info().height), (276, 448));
    }
}
