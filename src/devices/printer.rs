//! What receipt printers have in common. What is printed is a picture made in `receipt`.

use crate::receipt::bitmap::Bitmap;
use std::io;
use std::sync::{Mutex, PoisonError, TryLockError};

/// Why nothing was printed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PrintFault {
    PaperOut,
    CoverOpen,
    /// It does not answer, or is not there.
    Offline,
    /// The queue keeps what it has printed, where people may find it: nothing more is given to it.
    KeepsCopies,
}

/// The USB printer class says of itself that there is no paper (ENOSPC).
impl From<io::Error> for PrintFault {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::StorageFull {
            PrintFault::PaperOut
        } else {
            PrintFault::Offline
        }
    }
}

/// A printer. Printing blocks for as long as the paper moves.
pub trait Printer: Send + Sync {
    /// Prints a picture and cuts the paper.
    ///
    /// # Errors
    /// [`PrintFault`]: then nothing came out, or not all of it.
    fn print(&self, picture: &Bitmap) -> Result<(), PrintFault>;

    /// Whether it could print now, as far as it tells.
    fn check(&self) -> Result<(), PrintFault>;
}

/// A printer for whom a second page waits until the first is out, and who is not asked how it is in
/// the middle of one.
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

    /// One that prints is well.
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
