//! Messages into a file, a JSON document a line: for whoever collects them there, and to try a
//! service out. No network. A set is written with one sync; a file that has grown large is renamed,
//! and a new one begun. Several servers may write to one file.

mod written;

use super::{AtOnce, Gateway, SendError, Sending, TextMessage};
use serde::Serialize;
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Error, ErrorKind, Read, Result, Seek, SeekFrom, Write};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use written::{Written, rotated};

/// A file that has so many bytes is renamed: some 250,000 messages.
pub const ROTATE_AT: u64 = 64_000_000;
/// How often, and after which waits, the lock of another server's set is asked for: 5 s in all.
const LOCK_TRIES: u32 = 500;
const LOCK_WAIT: Duration = Duration::from_millis(10);

/// The file.
#[derive(Clone, Debug)]
pub struct MessageFile {
    path: PathBuf,
    phones: bool,
    rotate_at: u64,
    written: Arc<Mutex<Written>>,
}

#[derive(Serialize)]
struct Line<'a> {
    key: &'a str,
    to: &'a str,
    text: &'a str,
}

impl MessageFile {
    /// A file that shows the masked phone of each message, and is rotated at [`ROTATE_AT`].
    pub fn new(path: PathBuf) -> Self {
        Self { path, phones: false, rotate_at: ROTATE_AT, written: Arc::default() }
    }

    /// The same file with whole phone numbers: for a program that sends what it finds there.
    #[must_use]
    pub fn with_phones(self, phones: bool) -> Self {
        Self { phones, ..self }
    }

    /// The same file, renamed at another size.
    #[must_use]
    pub fn rotated_at(self, bytes: u64) -> Self {
        Self { rotate_at: bytes, ..self }
    }

    /// Writes those of a set that are not there, and returns when all of it is on disk.
    fn write(&self, messages: &[TextMessage]) -> Result<()> {
        let mut file = self.open()?;
        let mut written = self.written.lock().unwrap_or_else(PoisonError::into_inner);
        let asks = messages.iter().any(|message| message.again);
        written.prepare(asks, &self.path)?;
        let mut bytes = Vec::new();
        if !ends_with_newline(&mut file)? {
            // A crash or a full disk has cut off the last line, which stays a line of its own.
            bytes.push(b'\n');
        }
        for message in messages.iter().filter(|one| !one.again || !written.has(&one.key)) {
            let masked = message.to.masked();
            let to = if self.phones { message.to.expose() } else { &masked };
            let line = Line { key: &message.key, to, text: &message.text };
            serde_json::to_writer(&mut bytes, &line)?;
            bytes.push(b'\n');
        }
        file.write_all(&bytes)?;
        // Lines that stand there already may not be on disk yet, as their attempt's end is unknown.
        file.sync_data()?;
        if file.metadata()?.len() >= self.rotate_at {
            self.rotate()?;
        }
        Ok(())
    }

    /// Opens the file, made if it is not there, and locks it against other servers.
    fn open(&self) -> Result<File> {
        loop {
            let is_new = !self.path.exists();
            // Only its owner may read the file, because texts and phone numbers are in it.
            let mut options = OpenOptions::new();
            let file = options.create(true).append(true).read(true).mode(0o600).open(&self.path)?;
            lock(&file)?;
            if is_new {
                sync_folder(&self.path)?;
            }
            // Another server may have renamed the file before it gave the lock away.
            let identity = |meta: &std::fs::Metadata| (meta.dev(), meta.ino());
            match std::fs::metadata(&self.path) {
                Ok(there) if identity(&there) == identity(&file.metadata()?) => return Ok(file),
                Ok(_) => {}
                Err(error) if error.kind() == ErrorKind::NotFound => {}
                Err(error) => return Err(error),
            }
        }
    }

    /// Gives the file the next number. The service removes none: it does not know who has read it.
    fn rotate(&self) -> Result<()> {
        let last = rotated(&self.path)?.last().map_or(0, |(number, _)| *number);
        let mut name = self.path.as_os_str().to_owned();
        name.push(format!(".{}", last + 1));
        std::fs::rename(&self.path, name)?;
        sync_folder(&self.path)
    }
}

/// Locks a file until it is closed. Another server's set takes some 20 ms.
fn lock(file: &File) -> Result<()> {
    for _ in 0..LOCK_TRIES {
        match file.try_lock() {
            Ok(()) => return Ok(()),
            Err(TryLockError::Error(error)) => return Err(error),
            Err(TryLockError::WouldBlock) => std::thread::sleep(LOCK_WAIT),
        }
    }
    Err(Error::from(ErrorKind::TimedOut))
}

/// Makes a new name in the file's folder durable.
fn sync_folder(path: &Path) -> Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
}

/// Whether the last line of the file is whole; an empty file has none that is not.
fn ends_with_newline(file: &mut File) -> Result<bool> {
    if file.metadata()?.len() == 0 {
        return Ok(true);
    }
    let mut last = [0];
    file.seek(SeekFrom::End(-1))?;
    file.read_exact(&mut last)?;
    Ok(last == *b"\n")
}

impl Gateway for MessageFile {
    fn send<'a>(&'a self, message: &'a TextMessage) -> Sending<'a> {
        self.send_set(std::slice::from_ref(message))
    }

    fn at_once(&self) -> AtOnce {
        AtOnce::Set
    }

    fn send_set<'a>(&'a self, messages: &'a [TextMessage]) -> Sending<'a> {
        let (file, messages) = (self.clone(), messages.to_vec());
        Box::pin(async move {
            let writing = tokio::task::spawn_blocking(move || file.write(&messages));
            writing.await.map_err(Error::other).flatten().map_err(|error| {
                tracing::warn!(kind = %error.kind(), "the file of text messages cannot be written");
                SendError::Later
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::phone::MobileNumber;

    /// A folder of the test's own, removed at its end.
    struct Folder(PathBuf);

    impl Folder {
        fn new(name: &str) -> Self {
            let folder = std::env::temp_dir()
                .join(format!("vaxkiosk-messages-{name}-{}", std::process::id()));
            let _ = std::fs::remove_dir_all(&folder);
            std::fs::create_dir_all(&folder).unwrap();
            Self(folder)
        }

        fn file(&self) -> PathBuf {
            self.0.join("messages.jsonl")
        }

        /// All lines of all files.
        fn lines(&self) -> Vec<String> {
            let files = std::fs::read_dir(&self.0).unwrap().map(|entry| entry.unwrap().path());
            files
                .flat_map(|file| {
                    let text = std::fs::read_to_string(file).unwrap();
                    text.lines().map(ToOwned::to_owned).collect::<Vec<_>>()
                })
                .collect()
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            let _ = std::fs::remove_dir_all(&self.0);
        }
    }

    fn message(key: u128, again: bool) -> TextMessage {
        TextMessage {
            key: format!("{key:032x}"),
            to: MobileNumber::parse("0912345678").unwrap(),
            text: "text".into(),
            again,
        }
    }

    fn set(keys: std::ops::Range<u128>, again: bool) -> Vec<TextMessage> {
        keys.map(|key| message(key, again)).collect()
    }

    #[tokio::test]
    async fn a_message_that_stands_there_is_not_written_again() {
        let folder = Folder::new("again");
        let file = MessageFile::new(folder.file());
        file.send(&message(0xa, false)).await.unwrap();
        let cut = format!("{{\"key\":\"{:032x}\",\"to", 0xb);
        let mut torn = OpenOptions::new().append(true).open(folder.file()).unwrap();
        torn.write_all(cut.as_bytes()).unwrap();
        file.send(&message(0xa, true)).await.unwrap();
        file.send(&message(0xb, true)).await.unwrap();
        file.send(&message(0xb, true)).await.unwrap();
        assert_eq!(folder.lines().len(), 3, "{:?}", folder.lines());
        let nowhere = MessageFile::new("/nowhere/at/all".into());
        assert_eq!(nowhere.send(&message(0xa, false)).await, Err(SendError::Later));
    }

    #[tokio::test]
    async fn a_set_that_a_crash_cut_off_is_made_whole_and_each_line_is_once() {
        let folder = Folder::new("crash");
        let before = MessageFile::new(folder.file());
        before.send_set(&set(0..100, false)).await.unwrap();
        let text = std::fs::read_to_string(folder.file()).unwrap();
        // The machine stopped in the middle of the set, at any byte of it.
        for cut in [0, 1, 47, 48, 49, text.len() / 2, text.len() - 1, text.len()] {
            std::fs::write(folder.file(), &text[..cut]).unwrap();
            let after = MessageFile::new(folder.file());
            after.send_set(&set(0..100, true)).await.unwrap();
            after.send_set(&set(50..150, true)).await.unwrap();
            let lines = folder.lines();
            for key in 0..150 {
                let whole =
                    |line: &&String| line.ends_with('}') && line.contains(&format!("{key:032x}"));
                assert_eq!(lines.iter().filter(whole).count(), 1, "key {key} after a cut at {cut}");
            }
        }
    }

    #[tokio::test]
    async fn a_renamed_file_keeps_its_lines_and_is_looked_into() {
        let folder = Folder::new("rotated");
        let file = MessageFile::new(folder.file()).rotated_at(3000);
        for at in 0..10 {
            file.send_set(&set(at * 50..(at + 1) * 50, false)).await.unwrap();
        }
        assert!(folder.0.join("messages.jsonl.10").exists() && !folder.file().exists());
        // Another server begins, and knows of nothing.
        let next = MessageFile::new(folder.file()).rotated_at(3000);
        next.send_set(&set(0..501, true)).await.unwrap();
        assert_eq!(folder.lines().len(), 501);
        next.send_set(&set(0..501, true)).await.unwrap();
        assert_eq!(folder.lines().len(), 501);
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn two_servers_write_to_one_file_while_it_is_renamed() {
        let folder = Folder::new("two");
        let one = MessageFile::new(folder.file()).rotated_at(10_000);
        let other = MessageFile::new(folder.file()).rotated_at(10_000);
        let write = |file: MessageFile, first: u128| async move {
            for at in 0..40 {
                file.send_set(&set(first + at * 20..first + (at + 1) * 20, false)).await.unwrap();
            }
        };
        let (one, two) = (tokio::spawn(write(one, 0)), tokio::spawn(write(other.clone(), 800)));
        one.await.unwrap();
        two.await.unwrap();
        other.send_set(&set(0..1600, true)).await.unwrap();
        let mut keys: Vec<String> =
            folder.lines().iter().map(|line| line[..44].to_owned()).collect();
        assert_eq!(keys.len(), 1600);
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), 1600);
    }

    #[tokio::test]
    async fn phones_stand_in_the_file_only_if_that_is_asked_for() {
        let folder = Folder::new("phones");
        let masked = MessageFile::new(folder.file());
        masked.send(&message(1, false)).await.unwrap();
        assert!(folder.lines()[0].contains("0912 *** 678"));
        masked.with_phones(true).send(&message(2, false)).await.unwrap();
        assert!(folder.lines()[1].contains("0912345678"));
    }
}
