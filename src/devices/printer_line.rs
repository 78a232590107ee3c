//! A line to a printer as a trait: bytes out and in, each with a time limit. TCP implements it
//! here, a device file in `device_line`.

use std::io::{self, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::time::Duration;

/// How long a printer may take no bytes before it counts as jammed or gone.
pub(super) const PATIENCE: Duration = Duration::from_secs(8);
/// How long a printer may take to tell its state before it counts as one that does not tell.
pub(super) const STATE_PATIENCE: Duration = Duration::from_millis(800);

/// A line to a printer. None of its methods blocks without a time limit.
pub(super) trait PrinterLine {
    fn send(&mut self, bytes: &[u8]) -> io::Result<()>;

    /// Reads one byte; `None` if none came within `within`.
    fn answer(&mut self, within: Duration) -> io::Result<Option<u8>>;

    /// Lets all that was sent arrive. It is called after the last byte to a printer that does not
    /// tell its state.
    fn finish(&mut self) -> io::Result<()>;
}

impl PrinterLine for TcpStream {
    fn send(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.write_all(bytes)
    }

    fn answer(&mut self, within: Duration) -> io::Result<Option<u8>> {
        self.set_read_timeout(Some(within))?;
        let mut byte = [0; 1];
        match self.read(&mut byte) {
            Ok(0) => Err(io::ErrorKind::UnexpectedEof.into()),
            Ok(_) => Ok(Some(byte[0])),
            Err(error)
                if matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut) =>
            {
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }

    fn finish(&mut self) -> io::Result<()> {
        // A connection that is closed with unread bytes is reset, and what is still on its way is
        // lost (RFC 1122, 4.2.2.13). So the other side's bytes are read first.
        self.shutdown(Shutdown::Write)?;
        while matches!(self.answer(STATE_PATIENCE), Ok(Some(_))) {}
        Ok(())
    }
}
