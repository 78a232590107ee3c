//! What a command tells on standard output. Whoever reads it may stop reading, as `head` does: then
//! the rest is not wanted, and the program ends.

use std::fmt::Display;
use std::io::{ErrorKind, Write};

/// Prints a line.
pub fn line(text: impl Display) {
    write(format_args!("{text}\n"));
}

/// Prints a text that has its line breaks.
///
/// # Panics
/// If standard output cannot be written for another reason than that nobody reads it.
pub fn write(text: impl Display) {
    let mut out = std::io::stdout().lock();
    match write!(out, "{text}").and_then(|()| out.flush()) {
        Ok(()) => {}
        Err(error) if error.kind() == ErrorKind::BrokenPipe => std::process::exit(0),
        Err(error) => panic!("standard output: {error}"),
    }
}
