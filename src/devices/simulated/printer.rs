//! The simulated printer of the training.

use crate::devices::printer::{PrintFault, Printer};
use crate::receipt::bitmap::Bitmap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::Duration;

/// A printer that prints nothing and reports success, unless the trainer has unplugged it.
#[derive(Debug, Default)]
pub struct SimulatedPrinter {
    unplugged: AtomicBool,
    jams: AtomicBool,
    folder: Option<PathBuf>,
    printed: AtomicU32,
}

impl SimulatedPrinter {
    /// Writes each receipt into `folder`, as a PNG and as a PDF; writes nothing if it is `None`.
    pub fn new(folder: Option<PathBuf>) -> Self {
        Self { folder, ..Self::default() }
    }

    pub fn plug(&self, plugged: bool) {
        self.unplugged.store(!plugged, Ordering::SeqCst);
    }

    /// From now on the paper jams in the middle of a page, or does not any more.
    pub fn jam(&self, jams: bool) {
        self.jams.store(jams, Ordering::SeqCst);
    }
}

impl Printer for SimulatedPrinter {
    fn print(&self, picture: &Bitmap) -> Result<(), PrintFault> {
        std::thread::sleep(Duration::from_millis(400));
        self.check()?;
        // Half of the page is out. A printer that is stuck does not say more than that.
        if self.jams.load(Ordering::SeqCst) {
            return Err(PrintFault::Offline);
        }
        std::thread::sleep(Duration::from_millis(400));
        self.check()?;
        let Some(folder) = &self.folder else { return Ok(()) };
        let nth = self.printed.fetch_add(1, Ordering::SeqCst) + 1;
        let png = picture.to_png().map_err(|_| PrintFault::Offline)?;
        let written =
            std::fs::write(folder.join(format!("receipt-{nth}.png")), png).and_then(|()| {
                std::fs::write(folder.join(format!("receipt-{nth}.pdf")), picture.to_pdf())
            });
        written.map_err(|_| PrintFault::Offline)
    }

    fn check(&self) -> Result<(), PrintFault> {
        let unplugged = self.unplugged.load(Ordering::SeqCst);
        if unplugged { Err(PrintFault::Offline) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_simulated_printer_leaves_a_picture_and_a_page() {
        let folder = std::env::temp_dir().join(format!("vaxkiosk-paper-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let printer = SimulatedPrinter::new(Some(folder.clone()));
        assert_eq!(printer.print(&Bitmap::new(576, 100)), Ok(()));
        let pdf = std::fs::read(folder.join("receipt-1.pdf")).unwrap();
        assert!(pdf.starts_with(b"%PDF-") && pdf.windows(10).any(|part| part == b"/Width 576"));
        assert!(std::fs::read(folder.join("receipt-1.png")).unwrap().starts_with(b"\x89PNG"));
        printer.jam(true);
        assert_eq!(printer.print(&Bitmap::new(576, 100)), Err(PrintFault::Offline));
        assert!(!folder.join("receipt-2.png").exists(), "half a page is no receipt");
        printer.jam(false);
        assert_eq!(printer.print(&Bitmap::new(576, 100)), Ok(()));
        printer.plug(false);
        assert_eq!(printer.print(&Bitmap::new(576, 100)), Err(PrintFault::Offline));
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
