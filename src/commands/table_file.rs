//! A table of text lines on the disk, to which a program adds at the end: what a trainer's console
//! and a demo keep of exercises.

use std::fs::{File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

/// Adds lines at the end of a table, which may have been changed since by others: an editor may
/// have left its last line without an end. A table that is not there is made, for its owner alone,
/// and an empty one gets `head`. Both are whole lines, each with its end.
///
/// # Errors
/// When the table cannot be opened, read or written. It is as it was before then.
pub fn add_lines(table: &Path, head: &[u8], lines: &[u8]) -> io::Result<()> {
    let mut table =
        OpenOptions::new().read(true).append(true).create(true).mode(0o600).open(table)?;
    let length = table.metadata()?.len();
    let mut added = match length {
        0 => head.to_vec(),
        _ if ends_in_a_line(&mut table)? => Vec::new(),
        _ => b"\n".to_vec(),
    };
    added.extend(lines);
    let written = table.write_all(&added).and_then(|()| table.sync_data());
    if written.is_err() {
        // Half a line would be taken for a result.
        table.set_len(length)?;
    }
    written
}

fn ends_in_a_line(table: &mut File) -> io::Result<bool> {
    let mut last = [0];
    table.seek(SeekFrom::End(-1))?;
    table.read_exact(&mut last)?;
    Ok(last == *b"\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_last_line_without_an_end_is_ended_before_the_next_one() {
        let name = format!("vaxkiosk-table-{}", std::process::id());
        let table = std::env::temp_dir().join(name);
        let text = || std::fs::read_to_string(&table).unwrap();
        add_lines(&table, b"head\n", b"").unwrap();
        add_lines(&table, b"head\n", b"one\n").unwrap();
        assert_eq!(text(), "head\none\n");
        std::fs::write(&table, "head\nof an editor").unwrap();
        add_lines(&table, b"head\n", b"two\nthree\n").unwrap();
        assert_eq!(text(), "head\nof an editor\ntwo\nthree\n");
        std::fs::remove_file(&table).unwrap();
    }
}
