//! The keys of the messages that stand in the file and in those that were renamed: asked for only
//! after an attempt whose end is unknown. Each byte of a file is read once, however many sets ask,
//! so that a million messages after a full disk cost one reading and not one for each set.

use serde::Deserialize;
use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::io::{BufRead, BufReader, ErrorKind, Read, Result, Seek, SeekFrom};
use std::path::{Path, PathBuf};

/// Bytes at the beginning by which a file is known again under another name: the first key is among
/// them, and no two files begin with the same one.
const BEGINNING: usize = 48;
/// The keys are forgotten after so many sets that did not ask: 16 bytes for each message in the
/// files.
const FORGET_AFTER: u32 = 256;

/// What was read of the files.
#[derive(Debug, Default)]
pub struct Written {
    /// How far each file was read, by its beginning.
    read: HashMap<Vec<u8>, u64>,
    keys: HashSet<u128>,
    /// Sets since the last that asked.
    quiet: u32,
}

#[derive(Deserialize)]
struct Line<'a> {
    key: &'a str,
}

impl Written {
    /// Gets ready for a set. If it asks for keys, reads what was added to the files since.
    pub fn prepare(&mut self, asks: bool, path: &Path) -> Result<()> {
        if asks {
            self.quiet = 0;
            for (_, old) in rotated(path)? {
                self.catch_up(&old)?;
            }
            return self.catch_up(path);
        }
        self.quiet = self.quiet.saturating_add(1);
        if self.quiet == FORGET_AFTER {
            (self.read, self.keys) = (HashMap::new(), HashSet::new());
        }
        Ok(())
    }

    /// Whether a message with this key was written.
    pub fn has(&self, key: &str) -> bool {
        number(key).is_some_and(|key| self.keys.contains(&key))
    }

    fn catch_up(&mut self, path: &Path) -> Result<()> {
        let mut file = match File::open(path) {
            // Somebody has collected it meanwhile.
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
            file => file?,
        };
        let mut beginning = Vec::with_capacity(BEGINNING);
        Read::by_ref(&mut file).take(BEGINNING as u64).read_to_end(&mut beginning)?;
        let mut at = self.read.get(&beginning).copied().unwrap_or_default();
        file.seek(SeekFrom::Start(at))?;
        let mut lines = BufReader::with_capacity(1 << 16, file);
        let mut line = Vec::new();
        // A line that a crash cut off does not parse and counts as no message; a line of which only
        // the line break is missing counts. Such a line is read again with what follows.
        while lines.read_until(b'\n', &mut line)? > 0 {
            if line.ends_with(b"\n") {
                at += line.len() as u64;
            }
            let parsed = serde_json::from_slice::<Line<'_>>(&line);
            self.keys.extend(parsed.ok().and_then(|line| number(line.key)));
            line.clear();
        }
        if beginning.len() == BEGINNING {
            self.read.insert(beginning, at);
        }
        Ok(())
    }
}

fn number(key: &str) -> Option<u128> {
    u128::from_str_radix(key, 16).ok()
}

/// The files that were renamed and are still there, with their numbers, in order.
pub fn rotated(path: &Path) -> Result<Vec<(u64, PathBuf)>> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder.unwrap_or(Path::new(".")))? {
        let path = entry?.path();
        let its = path.file_name().unwrap_or_default().to_string_lossy();
        let number = its.strip_prefix(&name).and_then(|rest| rest.strip_prefix('.'));
        if let Some(number) = number.and_then(|number| number.parse().ok()) {
            found.push((number, path.clone()));
        }
    }
    found.sort_unstable();
    Ok(found)
}
