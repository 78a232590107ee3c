//! The way of bytes to a printer, which never waits for ever; and TCP as such a way.

use std::io::{self, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::time::Duration;

/// A printer that does not take bytes for so long has a jam, or is gone.
pub(super) const PATIENCE: Duration = Duration::from_secs(8);
/// One that does not tell its state within so long does not tell.
pub(super) const STATE_PATIENCE: Duration = Duration::from_millis(800);

/// A way to a printer that never waits for ever.
pub(super) trait PrinterLine {
    fn send(&mut self, bytes: &[u8]) -> io::Result<()>;

    /// One byte; `None` when nothing was told within so long.
    fn answer(&mut self, within: Duration) -> io::Result<Option<u8>>;

    /// After the last byte to a printer that tells nothing: lets what was sent arrive.
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
        // Closed with something unread, TCP would drop what is still on its way (RFC 1122,
        // 4.2.2.13).
        self.shutdown(Shutdown::Write)?;
        while matches!(self.answer(STATE_PATIENCE), Ok(Some(_))) {}
        Ok(())
    }
}
