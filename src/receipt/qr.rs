//! A receipt's text as a QR code: dark and light modules, with the quiet zone around them. A screen
//! draws the modules as cells, a printed page as dots; neither is known here.

use qrcode::{EcLevel, QrCode, Version, types::Color};
use std::fmt;
use zeroize::{Zeroize, ZeroizeOnDrop};

/// The width of the quiet zone in modules (ISO/IEC 18004 asks for four).
pub const QUIET: usize = 4;

/// The two sizes of codes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum QrSize {
    /// Version 5-L, 45 modules with its quiet zone. Drawn as half blocks it fits a screen of 24
    /// rows.
    Small,
    /// Version 6-M, 49 modules with its quiet zone. It corrects more errors, such as glare on a
    /// screen.
    Large,
}

/// The modules of a code, row by row, quiet zone included. It holds a person's booking, so it is
/// wiped when dropped and not shown by Debug.
#[derive(Clone, PartialEq, Eq, Hash, Zeroize, ZeroizeOnDrop)]
pub struct Qr {
    width: usize,
    dark: Vec<bool>,
}

impl fmt::Debug for Qr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Qr({} modules)", self.width)
    }
}

/// The text is too long for a code of that size, which holds 154 characters of the alphanumeric
/// set.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("the text is too long for its QR code")]
pub struct QrError;

impl QrSize {
    /// The modules on a side, with the quiet zone.
    pub fn width(self) -> usize {
        match self {
            QrSize::Small => 37 + 2 * QUIET,
            QrSize::Large => 41 + 2 * QUIET,
        }
    }
}

impl Qr {
    /// Makes the code of a text.
    pub fn new(text: &str, size: QrSize) -> Result<Self, QrError> {
        let (version, level) = match size {
            QrSize::Small => (Version::Normal(5), EcLevel::L),
            QrSize::Large => (Version::Normal(6), EcLevel::M),
        };
        let code = QrCode::with_version(text, version, level).map_err(|_| QrError)?;
        let inner = code.width();
        let width = inner + 2 * QUIET;
        let mut dark = vec![false; width * width];
        for (at, color) in code.into_colors().into_iter().enumerate() {
            dark[(at / inner + QUIET) * width + at % inner + QUIET] = color == Color::Dark;
        }
        Ok(Self { width, dark })
    }

    /// The modules on a side, with the quiet zone.
    pub fn width(&self) -> usize {
        self.width
    }

    /// Whether a module is dark. Outside the code all are light.
    pub fn is_dark(&self, x: usize, y: usize) -> bool {
        x < self.width && y < self.width && self.dark[y * self.width + x]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_of_each_size_is_read_back_by_a_decoder() {
        let text = format!("VAX1:{}", "7".repeat(144));
        for size in [QrSize::Small, QrSize::Large] {
            let qr = Qr::new(&text, size).unwrap();
            assert_eq!(qr.width(), size.width());
            let last = qr.width() - 1;
            assert!(!qr.is_dark(last + 1, last) && !qr.is_dark(0, last + 1), "outside it is light");
            let dots = 4 * qr.width();
            let mut image = rqrr::PreparedImage::prepare_from_greyscale(dots, dots, |x, y| {
                if qr.is_dark(x / 4, y / 4) { 0 } else { 255 }
            });
            let (_, read) = image.detect_grids()[0].decode().unwrap();
            assert_eq!(read, text);
        }
    }

    #[test]
    fn a_longer_text_than_fits_is_an_error() {
        assert_eq!(Qr::new(&"7".repeat(400), QrSize::Small), Err(QrError));
    }
}
