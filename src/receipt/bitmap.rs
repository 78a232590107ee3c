//! A picture in black and white, one bit a dot, as receipt printers take it; and the same as PNG
//! and PDF.

/// The resolution of receipt printers, 8 dots a millimetre.
#[cfg(feature = "kiosk")]
const DOTS_AN_INCH: f32 = 203.0;

/// A picture of dots, each white or inked.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Bitmap {
    width: usize,
    height: usize,
    /// The rows, each of whole bytes. The leftmost dot is in the highest bit, and 1 is ink.
    bytes: Vec<u8>,
}

impl Bitmap {
    /// White paper of this size in dots.
    pub fn new(width: usize, height: usize) -> Self {
        Self { width, height, bytes: vec![0; width.div_ceil(8) * height] }
    }

    pub fn width(&self) -> usize {
        self.width
    }

    pub fn height(&self) -> usize {
        self.height
    }

    /// The number of bytes in a row.
    pub fn stride(&self) -> usize {
        self.width.div_ceil(8)
    }

    /// All rows, one after another.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Puts ink on a dot. A dot outside the paper is ignored.
    pub fn ink(&mut self, x: usize, y: usize) {
        if x < self.width && y < self.height {
            let at = y * self.stride() + x / 8;
            self.bytes[at] |= 0x80 >> (x % 8);
        }
    }

    pub fn is_ink(&self, x: usize, y: usize) -> bool {
        x < self.width
            && y < self.height
            && self.bytes[y * self.stride() + x / 8] & (0x80 >> (x % 8)) != 0
    }

    /// As a PNG, one bit a dot. The encoder's errors are those of writing, which cannot happen in
    /// memory.
    #[cfg(feature = "kiosk")]
    pub fn to_png(&self) -> Result<Vec<u8>, png::EncodingError> {
        let mut out = Vec::new();
        let (width, height) = (self.width as u32, self.height as u32);
        let mut encoder = png::Encoder::new(&mut out, width, height);
        encoder.set_color(png::ColorType::Grayscale);
        encoder.set_depth(png::BitDepth::One);
        // The resolution again, in dots a metre.
        encoder.set_pixel_dims(Some(png::PixelDimensions {
            xppu: 7992,
            yppu: 7992,
            unit: png::Unit::Meter,
        }));
        let white: Vec<u8> = self.bytes.iter().map(|byte| !byte).collect();
        let mut writer = encoder.write_header()?;
        writer.write_image_data(&white)?;
        writer.finish()?;
        Ok(out)
    }

    /// As a PDF of one page, as large as the paper.
    #[cfg(feature = "kiosk")]
    pub fn to_pdf(&self) -> Vec<u8> {
        use pdf_writer::{Content, Finish, Name, Pdf, Rect, Ref};
        let [catalog, tree, page, image, content] = [1, 2, 3, 4, 5].map(Ref::new);
        let points = |dots: usize| dots as f32 * 72.0 / DOTS_AN_INCH;
        let (width, height) = (points(self.width), points(self.height));
        let mut pdf = Pdf::new();
        pdf.catalog(catalog).pages(tree);
        pdf.pages(tree).kids([page]).count(1);
        let mut sheet = pdf.page(page);
        sheet.media_box(Rect::new(0.0, 0.0, width, height)).parent(tree).contents(content);
        sheet.resources().x_objects().pair(Name(b"Paper"), image);
        sheet.finish();
        let white: Vec<u8> = self.bytes.iter().map(|byte| !byte).collect();
        let mut picture = pdf.image_xobject(image, &white);
        picture.width(self.width as i32).height(self.height as i32).bits_per_component(1);
        picture.color_space().device_gray();
        picture.finish();
        let mut drawn = Content::new();
        drawn
            .save_state()
            .transform([width, 0.0, 0.0, height, 0.0, 0.0])
            .x_object(Name(b"Paper"))
            .restore_state();
        pdf.stream(content, &drawn.finish());
        pdf.finish()
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
        assert_eq!((paper.width(), paper.height(), paper.stride()), (10, 2, 2));
    }

    /// A row of whole bytes ends where the next one begins.
    #[test]
    fn beside_and_below_the_paper_there_is_no_ink() {
        let mut paper = Bitmap::new(24, 2);
        paper.ink(0, 1);
        paper.ink(20, 0);
        assert_eq!(paper.bytes(), [0, 0, 0x08, 0x80, 0, 0]);
        assert!(paper.is_ink(20, 0) && paper.is_ink(0, 1));
        assert!(!paper.is_ink(24, 0) && !paper.is_ink(0, 2));
    }

    #[cfg(feature = "kiosk")]
    #[test]
    fn a_sheet_is_as_large_as_the_paper() {
        // 203 dots are an inch, and an inch is 72 points.
        let pdf = Bitmap::new(203, 406).to_pdf();
        let text = String::from_utf8_lossy(&pdf);
        assert!(text.contains("/MediaBox [0 0 72 144]"), "{text}");
        assert!(text.contains("72 0 0 144 0 0 cm"), "{text}");
    }
}
