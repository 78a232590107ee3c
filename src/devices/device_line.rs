//! A device file as a line to a printer. Reads and writes have a time limit, and a serial line is
//! set so that it changes no byte. What the bytes mean is in `escpos`.

use super::printer_line::{PATIENCE, PrinterLine};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fs::{Mode, OFlags, open};
use rustix::io::retry_on_intr;
use rustix::termios::{
    ControlModes, InputModes, OptionalActions, QueueSelector, isatty, tcflush, tcgetattr, tcsetattr,
};
use std::fs::File;
use std::io::{self, Read, Write};
use std::os::unix::fs::FileTypeExt;
use std::path::Path;
use std::time::Duration;

pub(super) struct DeviceLine {
    file: File,
    /// Whether the file can be read too. If it cannot, the printer tells nothing.
    tells: bool,
}

impl DeviceLine {
    /// Opens a character device. `speed` is that of a serial line in bits a second; `None` leaves
    /// the line as it is set.
    pub fn open(path: &Path, speed: Option<u32>) -> io::Result<Self> {
        let usual = OFlags::NOCTTY | OFlags::NONBLOCK | OFlags::CLOEXEC;
        let both = open(path, OFlags::RDWR | usual, Mode::empty());
        let tells = both.is_ok();
        let file = File::from(both.or_else(|_| open(path, OFlags::WRONLY | usual, Mode::empty()))?);
        if !file.metadata()?.file_type().is_char_device() {
            return Err(io::ErrorKind::InvalidInput.into());
        }
        if isatty(&file) {
            let mut modes = tcgetattr(&file)?;
            // A picture contains every byte, so none may be taken as a line's end or a control
            // character. Only XOFF is obeyed, by which the printer says "wait".
            modes.make_raw();
            modes.input_modes |= InputModes::IXON;
            modes.control_modes |= ControlModes::CLOCAL | ControlModes::CREAD;
            if let Some(speed) = speed {
                modes.set_speed(speed)?;
            }
            tcsetattr(&file, OptionalActions::Now, &modes)?;
        }
        let mut line = Self { file, tells };
        // Bytes that wait already answer an earlier question and are thrown away.
        for _ in 0..64 {
            if line.answer(Duration::ZERO)?.is_none() {
                break;
            }
        }
        Ok(line)
    }

    /// Waits until the device can be read or written (`what`), at most `within`; `false` if it
    /// cannot by then.
    fn ready(&self, what: PollFlags, within: Duration) -> io::Result<bool> {
        let within =
            Timespec { tv_sec: within.as_secs() as i64, tv_nsec: i64::from(within.subsec_nanos()) };
        let mut waiting = [PollFd::new(&self.file, what)];
        let ready = retry_on_intr(|| poll(&mut waiting, Some(&within)))? > 0;
        let found = waiting[0].revents();
        if !found.intersects(what)
            && found.intersects(PollFlags::ERR | PollFlags::HUP | PollFlags::NVAL)
        {
            return Err(io::ErrorKind::BrokenPipe.into());
        }
        Ok(ready)
    }

    fn write(&mut self, mut bytes: &[u8]) -> io::Result<()> {
        while !bytes.is_empty() {
            match self.file.write(bytes) {
                Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
                Ok(count) => bytes = &bytes[count..],
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                    if !self.ready(PollFlags::OUT, PATIENCE)? {
                        return Err(io::ErrorKind::TimedOut.into());
                    }
                }
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }
}

impl PrinterLine for DeviceLine {
    fn send(&mut self, bytes: &[u8]) -> io::Result<()> {
        let sent = self.write(bytes);
        if sent.is_err() {
            // Without this the kernel goes on sending, and the rest comes out in front of another
            // person. Only a serial line has such a buffer.
            let _ = tcflush(&self.file, QueueSelector::OFlush);
        }
        sent
    }

    fn answer(&mut self, within: Duration) -> io::Result<Option<u8>> {
        if !self.tells || !self.ready(PollFlags::IN, within)? {
            return Ok(None);
        }
        let mut byte = [0; 1];
        match self.file.read(&mut byte) {
            Ok(1) => Ok(Some(byte[0])),
            // Some devices open for reading and fail only here, each with its own error. They count
            // as devices that tell nothing.
            Ok(_) | Err(_) => Ok(None),
        }
    }

    fn finish(&mut self) -> io::Result<()> {
        // Nothing to do: when a serial line is closed, the kernel waits until all is sent.
        Ok(())
    }
}
