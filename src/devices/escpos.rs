//! ESC/POS: what is sent to a receipt printer, what it answers about its state, and the printers at
//! the two kinds of line, TCP and a device file.

use super::device_line::DeviceLine;
use super::printer::{PrintFault, Printer};
use super::printer_line::{PATIENCE, PrinterLine, STATE_PATIENCE};
use crate::receipt::bitmap::Bitmap;
use std::io;
use std::net::{TcpStream, ToSocketAddrs};
use std::path::PathBuf;
use std::time::Duration;

/// The rows of dots in one command. Printers' buffers are small, so a picture is sent in bands.
const BAND: usize = 240;
/// How long a printer that told its state before printing may take to tell it again after the last
/// byte. It is long because a serial line is slow and bytes wait in buffers on the way. After it
/// the printer counts as stopped before the end.
const END_PATIENCE: Duration = Duration::from_secs(60);

/// `ESC @` resets the printer to its state after switching on.
const BEGIN: [u8; 2] = [0x1B, b'@'];
/// `ESC d` feeds six lines, and `GS V` cuts the paper except for a corner.
const END: [u8; 7] = [0x1B, b'd', 6, 0x1D, b'V', 66, 0];
/// `DLE EOT n` asks for the state and is answered at once: with n = 2 why the printer is offline,
/// with n = 4 how much paper there is.
const ASK_OFFLINE: [u8; 3] = [0x10, 0x04, 2];
const ASK_PAPER: [u8; 3] = [0x10, 0x04, 4];

/// Writes a picture in ESC/POS, as bands of `GS v 0`.
fn escpos(picture: &Bitmap) -> Vec<u8> {
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

/// Reads the two answers. A byte whose fixed bits (0b0xx1_xx10) are wrong is no answer and is
/// ignored.
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

/// Asks the printer for its state; `None` if it does not answer within `within`.
fn ask(line: &mut impl PrinterLine, within: Duration) -> Result<Option<()>, PrintFault> {
    let mut answers = [0; 2];
    for (answer, question) in answers.iter_mut().zip([ASK_OFFLINE, ASK_PAPER]) {
        line.send(&question)?;
        match line.answer(within)? {
            Some(byte) => *answer = byte,
            None => return Ok(None),
        }
    }
    state(answers[0], answers[1]).map(Some)
}

/// Checks the state of the printer. One that does not answer is taken as ready.
fn check(line: &mut impl PrinterLine) -> Result<(), PrintFault> {
    ask(line, STATE_PATIENCE).map(|_| ())
}

fn print(line: &mut impl PrinterLine, picture: &Bitmap) -> Result<(), PrintFault> {
    let tells = ask(line, STATE_PATIENCE)?.is_some();
    line.send(&escpos(picture))?;
    if !tells {
        return Ok(line.finish()?);
    }
    // Asks again after printing, since the paper may have run out meanwhile. A printer that
    // answered before and does not now has stopped.
    ask(line, END_PATIENCE)?.ok_or(PrintFault::Offline)
}

/// An ESC/POS printer at `host:port`.
#[derive(Clone, Debug)]
pub struct TcpPrinter {
    pub address: String,
}

impl TcpPrinter {
    fn line(&self) -> io::Result<TcpStream> {
        let address = self.address.to_socket_addrs()?.next().ok_or(io::ErrorKind::NotFound)?;
        let stream = TcpStream::connect_timeout(&address, Duration::from_secs(2))?;
        stream.set_write_timeout(Some(PATIENCE))?;
        Ok(stream)
    }
}

impl Printer for TcpPrinter {
    fn print(&self, picture: &Bitmap) -> Result<(), PrintFault> {
        print(&mut self.line()?, picture)
    }

    fn check(&self) -> Result<(), PrintFault> {
        check(&mut self.line()?)
    }
}

/// An ESC/POS printer behind a device file of USB or of a serial line. `speed` is the serial line's
/// in bits a second; `None` leaves the line as it is set.
#[derive(Clone, Debug)]
pub struct DevicePrinter {
    pub path: PathBuf,
    pub speed: Option<u32>,
}

impl DevicePrinter {
    fn line(&self) -> io::Result<DeviceLine> {
        DeviceLine::open(&self.path, self.speed)
    }
}

impl Printer for DevicePrinter {
    fn print(&self, picture: &Bitmap) -> Result<(), PrintFault> {
        print(&mut self.line()?, picture)
    }

    fn check(&self) -> Result<(), PrintFault> {
        check(&mut self.line()?)
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
    fn a_printer_tells_its_state(
        #[case] offline: u8,
        #[case] paper: u8,
        #[case] expected: Result<(), PrintFault>,
    ) {
        assert_eq!(state(offline, paper), expected);
    }

    /// A printer that gives these answers, and then none.
    struct Says(Vec<u8>);

    impl PrinterLine for Says {
        fn send(&mut self, bytes: &[u8]) -> io::Result<()> {
            assert!(!bytes.is_empty());
            Ok(())
        }

        fn answer(&mut self, _: Duration) -> io::Result<Option<u8>> {
            Ok((!self.0.is_empty()).then(|| self.0.remove(0)))
        }

        fn finish(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[rstest]
    #[case::told_before_and_after(vec![0x12, 0x12, 0x12, 0x12], Ok(()))]
    #[case::never_tells(vec![], Ok(()))]
    #[case::stands_still(vec![0x12, 0x12], Err(PrintFault::Offline))]
    #[case::no_paper_before(vec![0x12, 0x72], Err(PrintFault::PaperOut))]
    #[case::opened_meanwhile(vec![0x12, 0x12, 0x16, 0x12], Err(PrintFault::CoverOpen))]
    fn printed_is_what_a_printer_that_tells_has_told(
        #[case] answers: Vec<u8>,
        #[case] expected: Result<(), PrintFault>,
    ) {
        assert_eq!(print(&mut Says(answers), &Bitmap::new(576, 10)), expected);
    }

    #[test]
    fn a_picture_goes_in_bands_and_the_paper_is_cut() {
        let bytes = escpos(&Bitmap::new(576, 500));
        assert!(bytes.starts_with(&[0x1B, b'@', 0x1D, b'v', b'0', 0, 72, 0, 240, 0]));
        assert!(bytes.ends_with(&END));
        assert_eq!(bytes.len(), 2 + 3 * 8 + 72 * 500 + END.len());
    }

    #[test]
    fn a_printer_that_is_not_there_is_offline() {
        let nowhere = TcpPrinter { address: "127.0.0.1:9".into() };
        assert_eq!(nowhere.print(&Bitmap::new(8, 1)), Err(PrintFault::Offline));
        let nothing = DevicePrinter { path: "/nowhere/lp0".into(), speed: None };
        assert_eq!(
            (nothing.check(), nothing.print(&Bitmap::new(8, 1))),
            (Err(PrintFault::Offline), Err(PrintFault::Offline))
        );
    }
}
