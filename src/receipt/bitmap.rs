//! Ink and paper: one bit a dot.

/// A picture of dots.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Bitmap {
    width: usize,
    height: usize,
    /// Rows of whole bytes, the leftmost dot in the highest bit; 1 is ink.
    bytes: Vec<u8>,
}

impl Bitmap {
    /// White paper, so many dots wide and high.
    pub fn new(width: usize, height: usize) -> Self {
        Self { width, height, bytes: vec![0; width.div_ceil(8) * height] }
    }

    pub fn width(&self) -> usize {
        self.width
    }

    pub fn height(&self) -> usize {
        self.height
    }

    /// Bytes a row.
    pub fn stride(&self) -> usize {
        self.width.div_ceil(8)
    }

    /// All rows, one after another.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Puts ink on a dot; outside of the paper nothing happens.
    pub fn ink(&mut self, x: usize, y: usize) {
        if x < self.width && y < self.height {
            let at = y * self.stride() + x / 8;
            self.bytes[at] |= 0x80 >> (x % 8);
        }
    }

    pub fn is_ink(&self, x: usize, y: usize) -> bool {
        x < self.width && y < self.height && self.bytes[y * self.stride() + x / 8] & (0x80 >> (x % 8)) != 0
    }

    /// As a PNG, one bit a dot.
    ///
    /// # Errors
    /// None that could happen in memory.
    #[cfg(feature = "kiosk")]
    pub fn to_png(&self) -> Result<Vec<u8>, png::EncodingError> {
        let mut out = Vec::new();
        let (width, height) = (self.width as u32, self.height as u32);
        let mut encoder = png::Encoder::new(&mut out, width, height);
        encoder.set_color(png::ColorType::Grayscale);
        encoder.set_depth(png::BitDepth::One);
        // 203 dots an inch, as receipt printers have.
        encoder.set_pixel_dims(Some(png::PixelDimensions { xppu: 7992, yppu: 7992, unit: png::Unit::Meter }));
        let white: Vec<u8> = self.bytes.iter().map(|byte| !byte).collect();
        let mut writer = encoder.write_header()?;
        writer.write_image_data(&white)?;
        writer.finish()?;
        Ok(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dot_is_a_bit_and_outside_is_nothing() {
        let mut paper = Bitmap::new(10, 2);
        paper.ink(0, 0);
        paper.ink(9, 1);
        paper.ink(10, 0);
        paper.ink(0, 2);
        assert_eq!(paper.bytes(), [0x80, 0, 0, 0x40]);
        assert!(paper.is_ink(9, 1) && !paper.is_ink(8, 1) && !paper.is_ink(10, 0));
    }
}
