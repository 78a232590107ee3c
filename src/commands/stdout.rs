//! What a command tells on standard output. Whoever reads it may stop reading, as `head` does: then
//! the rest is not wanted, and the program ends.

use std::fmt::Arguments;
use std::io::{ErrorKind, Write};

/// Prints a line.
pub fn line(text: Arguments) {
    write(format_args!("{text}\n"));
}

/// Prints a text that has its line breaks.
///
/// # Panics
/// If standard output cannot be written for another reason than that nobody reads it.
pub fn write(text: Arguments) {
    let mut out = std::io::stdout().lock();
    match out.write_fmt(text).and_then(|()| out.flush()) {
        Ok(()) => {}
        Err(error) if error.kind() == ErrorKind::BrokenPipe => std::process::exit(0),
        Err(error) => panic!("standard output: {error}"),
    }
}
