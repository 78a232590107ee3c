//! A picture as the share of each dot that is inked, and as a PNG between two colours.

use zeroize::Zeroizing;

/// Red, green and blue.
pub type Rgb = (u8, u8, u8);

/// The PNG has four bits a dot: so many strengths of ink, and one value more for a dot that is not
/// there.
const STRENGTHS: u8 = 15;

/// How much of each dot is inked, 0 to 255, row by row. It is wiped when dropped, because the
/// picture may be of a person's telephone number.
pub struct Coverage {
    width: usize,
    dots: Zeroizing<Vec<u8>>,
    /// Rows of dots at the top and at the bottom that are transparent.
    clear: usize,
}

impl Coverage {
    /// Nothing inked.
    pub fn new(width: usize, height: usize) -> Self {
        Self { width, dots: Zeroizing::new(vec![0; width * height]), clear: 0 }
    }

    /// Inks a dot at least so much. A dot outside the picture is ignored.
    pub fn ink(&mut self, x: usize, y: usize, share: u8) {
        if x < self.width
            && let Some(dot) = self.dots.get_mut(y * self.width + x)
        {
            *dot = (*dot).max(share);
        }
    }

    /// Leaves so many rows of dots at the top and at the bottom transparent.
    pub fn clear(&mut self, rows: usize) {
        self.clear = rows;
    }

    pub fn width(&self) -> usize {
        self.width
    }

    pub fn height(&self) -> usize {
        self.dots.len() / self.width.max(1)
    }

    /// As a PNG with a palette from the ground to the ink. The encoder's errors are those of
    /// writing, which cannot happen in memory.
    pub fn to_png(&self, ink: Rgb, ground: Rgb) -> Result<Zeroizing<Vec<u8>>, png::EncodingError> {
        // Room enough from the beginning: a buffer that grows leaves copies in freed memory.
        let mut out = Zeroizing::new(Vec::with_capacity(self.dots.len() / 2 + 1024));
        let (width, height) = (self.width as u32, self.height() as u32);
        let mut encoder = png::Encoder::new(&mut *out, width, height);
        encoder.set_color(png::ColorType::Indexed);
        encoder.set_depth(png::BitDepth::Four);
        encoder.set_palette(palette(ink, ground));
        let see_through = self.clear > 0;
        if see_through {
            encoder.set_trns(alphas());
        }
        let mut packed = Zeroizing::new(Vec::with_capacity(self.width.div_ceil(2) * self.height()));
        let strength = |dot: u8| (u16::from(dot) * u16::from(STRENGTHS - 1) + 127) / 255;
        let shown = self.clear..self.height() - self.clear.min(self.height());
        for (y, row) in self.dots.chunks(self.width.max(1)).enumerate() {
            if see_through && !shown.contains(&y) {
                packed.extend(row.chunks(2).map(|_| STRENGTHS << 4 | STRENGTHS));
                continue;
            }
            for pair in row.chunks(2) {
                let right = pair.get(1).map_or(0, |dot| strength(*dot));
                packed.push((strength(pair[0]) << 4 | right) as u8);
            }
        }
        let mut writer = encoder.write_header()?;
        writer.write_image_data(&packed)?;
        writer.finish()?;
        Ok(out)
    }
}

/// Of each value of a dot: all strengths are opaque, and the last is not there.
fn alphas() -> Vec<u8> {
    (0..STRENGTHS).map(|_| u8::MAX).chain([0]).collect()
}

/// The strengths from the ground to the ink, and the ground again for a dot that is not there.
fn palette(ink: Rgb, ground: Rgb) -> Vec<u8> {
    let mix = |ink: u8, ground: u8, strength: u8| {
        let (ink, ground, strength) = (u16::from(ink), u16::from(ground), u16::from(strength));
        let most = u16::from(STRENGTHS - 1);
        ((ink * strength + ground * (most - strength) + most / 2) / most) as u8
    };
    (0..STRENGTHS)
        .chain([0])
        .flat_map(|strength| {
            [(ink.0, ground.0), (ink.1, ground.1), (ink.2, ground.2)]
                .map(|(ink, ground)| mix(ink, ground, strength))
        })
        .collect()
}

#[cfg(test)]
impl Coverage {
    pub fn share(&self, x: usize, y: usize) -> u8 {
        self.dots[y * self.width + x]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_png_is_opaque_and_goes_from_the_ground_to_the_ink() {
        let mut coverage = Coverage::new(3, 2);
        coverage.ink(1, 0, 255);
        coverage.ink(2, 1, 128);
        coverage.ink(3, 1, 255);
        let (ink, ground) = ((10, 62, 88), (250, 248, 243));
        let png = coverage.to_png(ink, ground).unwrap();
        let mut decoder = png::Decoder::new(std::io::Cursor::new(&**png));
        decoder.set_transformations(png::Transformations::EXPAND);
        let mut reader = decoder.read_info().unwrap();
        let mut dots = vec![0; reader.output_buffer_size().unwrap()];
        let info = reader.next_frame(&mut dots).unwrap();
        assert_eq!((info.width, info.height, info.color_type), (3, 2, png::ColorType::Rgb));
        assert_eq!(dots[..6], [250, 248, 243, 10, 62, 88]);
        assert_eq!(dots[15..18], [130, 155, 166], "half inked");
    }

    #[test]
    fn rows_that_are_left_clear_are_transparent() {
        let mut coverage = Coverage::new(3, 4);
        coverage.ink(0, 0, 255);
        coverage.ink(0, 1, 255);
        coverage.clear(1);
        let png = coverage.to_png((10, 62, 88), (250, 248, 243)).unwrap();
        let mut decoder = png::Decoder::new(std::io::Cursor::new(&**png));
        decoder.set_transformations(png::Transformations::EXPAND);
        let mut reader = decoder.read_info().unwrap();
        let mut dots = vec![0; reader.output_buffer_size().unwrap()];
        assert_eq!(reader.next_frame(&mut dots).unwrap().color_type, png::ColorType::Rgba);
        let alpha: Vec<u8> = dots.iter().skip(3).step_by(4).copied().collect();
        assert_eq!(alpha, [0, 0, 0, 255, 255, 255, 255, 255, 255, 0, 0, 0]);
        assert_eq!(dots[12..16], [10, 62, 88, 255], "ink");
    }
}
