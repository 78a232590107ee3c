//! Receipt printers: what they have in common, the training's, and ESC/POS by TCP or a device file. What is printed is a picture made
//! in `receipt`.

use crate::receipt::bitmap::Bitmap;
use std::fs::{File, OpenOptions};
use std::io::{self, Read, Write};
use std::net::{TcpStream, ToSocketAddrs};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::Duration;

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

/// A printer. Printing blocks for as long as the paper moves.
pub trait Printer: Send + Sync {
    /// Prints a picture and cuts the paper.
    ///
    /// # Errors
    /// [`PrintFault`]: then nothing came out, or not all of it.
    fn print(&self, picture: &Bitmap) -> Result<(), PrintFault>;

    /// Whether it could print now, as far as it tells.
    ///
    /// # Errors
    /// [`PrintFault`].
    fn check(&self) -> Result<(), PrintFault>;
}

/// The training's: prints nothing, and says that it has. It can be unplugged.
#[derive(Debug, Default)]
pub struct SimulatedPrinter {
    unplugged: AtomicBool,
    folder: Option<PathBuf>,
    printed: AtomicU32,
}

impl SimulatedPrinter {
    /// `folder`: where each receipt goes as a picture and as a page, to be looked at; none: nowhere.
    pub fn new(folder: Option<PathBuf>) -> Self {
        Self { folder, ..Self::default() }
    }

    pub fn plug(&self, plugged: bool) {
        self.unplugged.store(!plugged, Ordering::SeqCst);
    }
}

impl Printer for SimulatedPrinter {
    fn print(&self, picture: &Bitmap) -> Result<(), PrintFault> {
        std::thread::sleep(Duration::from_millis(800));
        self.check()?;
        let Some(folder) = &self.folder else { return Ok(()) };
        let nth = self.printed.fetch_add(1, Ordering::SeqCst) + 1;
        let png = picture.to_png().map_err(|_| PrintFault::Offline)?;
        let written = std::fs::write(folder.join(format!("receipt-{nth}.png")), png)
            .and_then(|()| std::fs::write(folder.join(format!("receipt-{nth}.pdf")), picture.to_pdf()));
        written.map_err(|_| PrintFault::Offline)
    }

    fn check(&self) -> Result<(), PrintFault> {
        let unplugged = self.unplugged.load(Ordering::SeqCst);
        if unplugged { Err(PrintFault::Offline) } else { Ok(()) }
    }
}

/// Rows in one command: printers' buffers are small.
const BAND: usize = 240;
/// A printer that does not take bytes for so long has a jam, or is gone.
const PATIENCE: Duration = Duration::from_secs(8);
/// One that does not tell its state within so long does not tell.
const STATE_PATIENCE: Duration = Duration::from_millis(400);

/// `ESC @`: as after switching on.
const BEGIN: [u8; 2] = [0x1B, b'@'];
/// Feeds six lines and cuts all but a corner (`ESC d`, `GS V`).
const END: [u8; 7] = [0x1B, b'd', 6, 0x1D, b'V', 66, 0];
/// `DLE EOT n`: asks for the state at once. 2: why it is offline; 4: the paper.
const ASK_OFFLINE: [u8; 3] = [0x10, 0x04, 2];
const ASK_PAPER: [u8; 3] = [0x10, 0x04, 4];

/// A picture in ESC/POS: `GS v 0` in bands.
pub fn escpos(picture: &Bitmap) -> Vec<u8> {
    let mut bytes = BEGIN.to_vec();
    let stride = picture.stride();
    for band in picture.bytes().chunks(stride * BAND) {
        let (across, rows) = (stride as u16, (band.len() / stride) as u16);
        bytes.extend_from_slice(&[0x1D, b'v', b'0', 0]);
        bytes.extend_from_slice(&across.to_le_bytes());
        bytes.extend_from_slice(&rows.to_le_bytes());
        bytes.extend_from_slice(band);
    }
    bytes.extend_from_slice(&END);
    bytes
}

/// What the two answers say; a byte whose fixed bits (0b0xx1_xx10) are wrong is none.
fn state(offline: u8, paper: u8) -> Result<(), PrintFault> {
    let is_answer = |byte: u8| byte & 0b1001_0011 == 0b0001_0010;
    if is_answer(paper) && paper & 0b0110_0000 != 0 {
        return Err(PrintFault::PaperOut);
    }
    if is_answer(offline) {
        if offline & 0b0000_0100 != 0 {
            return Err(PrintFault::CoverOpen);
        }
        if offline & 0b0010_0000 != 0 {
            return Err(PrintFault::PaperOut);
        }
        if offline & 0b0100_0000 != 0 {
            return Err(PrintFault::Offline);
        }
    }
    Ok(())
}

/// An ESC/POS printer at `host:port`.
#[derive(Clone, Debug)]
pub struct TcpPrinter {
    pub address: String,
}

impl TcpPrinter {
    fn connect(&self) -> io::Result<TcpStream> {
        let address = self.address.to_socket_addrs()?.next().ok_or(io::ErrorKind::NotFound)?;
        let stream = TcpStream::connect_timeout(&address, Duration::from_secs(2))?;
        stream.set_write_timeout(Some(PATIENCE))?;
        stream.set_read_timeout(Some(STATE_PATIENCE))?;
        Ok(stream)
    }

    /// Asks for the state. A printer that does not tell is taken as ready.
    fn ask(stream: &mut TcpStream) -> Result<(), PrintFault> {
        let mut answers = [0; 2];
        for (answer, question) in answers.iter_mut().zip([ASK_OFFLINE, ASK_PAPER]) {
            stream.write_all(&question).map_err(|_| PrintFault::Offline)?;
            let mut byte = [0; 1];
            match stream.read(&mut byte) {
                Ok(0) => return Err(PrintFault::Offline),
                Ok(_) => *answer = byte[0],
                Err(error) if matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut) => {
                    return Ok(());
                }
                Err(_) => return Err(PrintFault::Offline),
            }
        }
        state(answers[0], answers[1])
    }
}

impl Printer for TcpPrinter {
    fn print(&self, picture: &Bitmap) -> Result<(), PrintFault> {
        let mut stream = self.connect().map_err(|_| PrintFault::Offline)?;
        Self::ask(&mut stream)?;
        stream.write_all(&escpos(picture)).map_err(|_| PrintFault::Offline)?;
        // The state afterwards: paper that ended meanwhile is told.
        Self::ask(&mut stream)
    }

    fn check(&self) -> Result<(), PrintFault> {
        Self::ask(&mut self.connect().map_err(|_| PrintFault::Offline)?)
    }
}

/// An ESC/POS printer behind a device file: USB or serial. Such a file tells no state.
#[derive(Clone, Debug)]
pub struct DevicePrinter {
    pub path: PathBuf,
}

impl DevicePrinter {
    fn open(&self) -> Result<File, PrintFault> {
        OpenOptions::new().write(true).open(&self.path).map_err(|_| PrintFault::Offline)
    }
}

impl Printer for DevicePrinter {
    fn print(&self, picture: &Bitmap) -> Result<(), PrintFault> {
        let mut device = self.open()?;
        device.write_all(&escpos(picture)).and_then(|()| device.flush()).map_err(|error| match error.raw_os_error() {
            // The USB printer class tells no paper so (ENOSPC).
            Some(28) => PrintFault::PaperOut,
            _ => PrintFault::Offline,
        })
    }

    fn check(&self) -> Result<(), PrintFault> {
        self.open().map(drop)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::ready(0b0001_0010, 0b0001_0010, Ok(()))]
    #[case::cover(0b0001_0110, 0b0001_0010, Err(PrintFault::CoverOpen))]
    #[case::paper_by_its_sensor(0b0001_0010, 0b0111_0010, Err(PrintFault::PaperOut))]
    #[case::paper_near_its_end(0b0001_0010, 0b0001_1110, Ok(()))]
    #[case::stopped_for_paper(0b0011_0010, 0b0001_0010, Err(PrintFault::PaperOut))]
    #[case::error(0b0101_0010, 0b0001_0010, Err(PrintFault::Offline))]
    #[case::no_answers_at_all(0xFF, 0x00, Ok(()))]
    fn a_printer_tells_its_state(#[case] offline: u8, #[case] paper: u8, #[case] expected: Result<(), PrintFault>) {
        assert_eq!(state(offline, paper), expected);
    }

    #[test]
    fn a_picture_goes_in_bands_and_the_paper_is_cut() {
        let bytes = escpos(&Bitmap::new(576, 500));
        assert!(bytes.starts_with(&[0x1B, b'@', 0x1D, b'v', b'0', 0, 72, 0, 240, 0]));
        assert!(bytes.ends_with(&END));
        assert_eq!(bytes.len(), 2 + 3 * 8 + 72 * 500 + END.len());
    }

    #[test]
    fn the_simulated_printer_leaves_a_picture_and_a_page() {
        let folder = std::env::temp_dir().join(format!("vaxkiosk-paper-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let printer = SimulatedPrinter::new(Some(folder.clone()));
        assert_eq!(printer.print(&Bitmap::new(576, 100)), Ok(()));
        let pdf = std::fs::read(folder.join("receipt-1.pdf")).unwrap();
        assert!(pdf.starts_with(b"%PDF-") && pdf.windows(10).any(|part| part == b"/Width 576"));
        assert!(std::fs::read(folder.join("receipt-1.png")).unwrap().starts_with(b"\x89PNG"));
        printer.plug(false);
        assert_eq!(printer.print(&Bitmap::new(576, 100)), Err(PrintFault::Offline));
        std::fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn a_printer_that_is_not_there_is_offline() {
        let nowhere = TcpPrinter { address: "127.0.0.1:9".into() };
        assert_eq!(nowhere.print(&Bitmap::new(8, 1)), Err(PrintFault::Offline));
        let nothing = DevicePrinter { path: "/nowhere/lp0".into() };
        assert_eq!(
            (nothing.check(), nothing.print(&Bitmap::new(8, 1))),
            (Err(PrintFault::Offline), Err(PrintFault::Offline))
        );
    }
}
