//! The receipt printer as a trait, and its faults. The picture that it prints is made in `receipt`.

use crate::receipt::bitmap::Bitmap;
use std::io;
use std::sync::{Mutex, PoisonError, TryLockError};

/// Why nothing was printed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PrintFault {
    PaperOut,
    CoverOpen,
    /// The printer does not answer, or is not there.
    Offline,
    /// The queue keeps copies of what it has printed, where others could find them. So nothing is
    /// printed with it.
    KeepsCopies,
}

/// The kernel's driver of USB printers reports missing paper as ENOSPC; every other error means
/// that the printer is offline.
impl From<io::Error> for PrintFault {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::StorageFull {
            PrintFault::PaperOut
        } else {
            PrintFault::Offline
        }
    }
}

/// A receipt printer. Printing blocks until the paper is out.
pub trait Printer: Send + Sync {
    /// Prints a picture and cuts the paper. After a [`PrintFault`] nothing came out, or not all of
    /// it.
    fn print(&self, picture: &Bitmap) -> Result<(), PrintFault>;

    /// Whether the printer could print now. A printer that does not tell its state passes.
    fn check(&self) -> Result<(), PrintFault>;
}

/// Makes a second page wait until the first is out. While a page is printed the printer is not
/// asked for its state, so that no question gets into the middle of a picture.
#[derive(Debug)]
pub struct OneAtATime<P> {
    printer: P,
    printing: Mutex<()>,
}

impl<P> OneAtATime<P> {
    pub fn new(printer: P) -> Self {
        Self { printer, printing: Mutex::new(()) }
    }
}

impl<P: Printer> Printer for OneAtATime<P> {
    fn print(&self, picture: &Bitmap) -> Result<(), PrintFault> {
        let _alone = self.printing.lock().unwrap_or_else(PoisonError::into_inner);
        self.printer.print(picture)
    }

    /// A printer that is printing counts as ready.
    fn check(&self) -> Result<(), PrintFault> {
        match self.printing.try_lock() {
            Ok(_) | Err(TryLockError::Poisoned(_)) => self.printer.check(),
            Err(TryLockError::WouldBlock) => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc;

    /// Tells when it begins, and goes on when it is let.
    struct Slow(Mutex<(mpsc::Sender<()>, mpsc::Receiver<()>)>);

    impl Printer for Slow {
        fn print(&self, _: &Bitmap) -> Result<(), PrintFault> {
            let line = self.0.try_lock().expect("nobody else prints");
            line.0.send(()).unwrap();
            line.1.recv().unwrap();
            Ok(())
        }

        fn check(&self) -> Result<(), PrintFault> {
            self.0.try_lock().map(drop).map_err(|_| PrintFault::Offline)
        }
    }

    #[test]
    fn two_pages_do_not_mix_and_nobody_asks_in_between() {
        let ((begun, begins), (go, goes)) = (mpsc::channel(), mpsc::channel());
        let printer = OneAtATime::new(Slow(Mutex::new((begun, goes))));
        std::thread::scope(|scope| {
            let pages = [0, 1].map(|_| scope.spawn(|| printer.print(&Bitmap::new(8, 1))));
            for _ in 0..2 {
                begins.recv().unwrap();
                assert_eq!(printer.check(), Ok(()), "it prints, and is not asked");
                go.send(()).unwrap();
            }
            assert!(pages.into_iter().all(|page| page.join().unwrap() == Ok(())));
        });
        assert_eq!(printer.check(), Ok(()));
    }
}
