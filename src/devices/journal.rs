//! A journal on the machine: records that are sealed, appended and synced one by one, a file a day.
//! What was appended is there after a power cut. What was not appended whole is dropped when the
//! file is opened again, and never taken for a record. What a record means is not known here.
//!
//! A file begins with a head: a mark, the day, and bytes by which no other file is like it. A
//! record is its length, a nonce, and the text sealed with AES-256-GCM (NIST SP 800-38D), to which
//! head and place in the file belong: a record of another day, device or place does not open.

use aws_lc_rs::aead::{AES_256_GCM, Aad, Nonce, RandomizedNonceKey};
use jiff::civil::Date;
use std::fs::{File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

const MARK: &[u8; 6] = b"VAXJ1\n";
const DAY: usize = 10;
const HEAD: usize = MARK.len() + DAY + 16;
const NONCE: usize = 12;
const TAG: usize = 16;
/// Bytes of a record's length.
const LENGTH: usize = 4;
/// Bytes of a sealed record at most.
const LONGEST: usize = 1 << 16;
/// How many records in a row may be lost for the one behind them to be found.
const LOST_AT_MOST: u64 = 64;

/// Why the journal does not take or give records.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum JournalFault {
    #[error("the disk is full")]
    Full,
    #[error("another program has the journal open")]
    InUse,
    #[error("the file cannot be written or read")]
    Failed,
}

impl From<io::Error> for JournalFault {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => JournalFault::Full,
            _ => JournalFault::Failed,
        }
    }
}

/// The folder of a desk's journals. While it is open no other program opens it.
#[derive(Debug)]
pub struct JournalFolder {
    path: PathBuf,
    _lock: File,
}

/// A record's text. It is wiped when it is dropped.
pub type Record = Zeroizing<Vec<u8>>;

/// A day's journal.
pub struct Journal {
    folder: PathBuf,
    day: Date,
    key: RandomizedNonceKey,
    /// `None` while there is no record.
    file: Option<Open>,
}

/// A file that has records.
struct Open {
    file: File,
    head: [u8; HEAD],
    /// How many bytes of the file are whole records. What is behind them was never confirmed.
    good: u64,
    count: u64,
    /// Whether its name is on the disk too. Before that no record of it is safe.
    is_named: bool,
}

/// What was found in a day's file.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Found {
    pub records: Vec<Record>,
    /// Whether some of it could not be opened. The file as it was is then kept beside.
    pub damaged: bool,
}

impl JournalFolder {
    /// Makes the folder if there is none, and takes it for this program alone.
    ///
    /// # Errors
    /// `InUse` if another program has it.
    pub fn open(path: &Path) -> Result<Self, JournalFault> {
        std::fs::create_dir_all(path)?;
        let lock = OpenOptions::new().create(true).append(true).open(path.join("lock"))?;
        lock.try_lock().map_err(|_| JournalFault::InUse)?;
        Ok(Self { path: path.to_owned(), _lock: lock })
    }

    /// The days of which there are files, the oldest first.
    pub fn days(&self) -> Result<Vec<Date>, JournalFault> {
        let mut days = Vec::new();
        for file in std::fs::read_dir(&self.path)? {
            let name = file?.file_name();
            let day = name.to_str().and_then(|name| name.strip_suffix(".journal"));
            days.extend(day.and_then(|day| day.parse::<Date>().ok()));
        }
        days.sort_unstable();
        Ok(days)
    }

    /// Opens a day's journal with its key, and what is in it.
    pub fn day(&self, day: Date, key: &[u8; 32]) -> Result<(Journal, Found), JournalFault> {
        let key = RandomizedNonceKey::new(&AES_256_GCM, key).map_err(|_| JournalFault::Failed)?;
        let mut journal = Journal { folder: self.path.clone(), day, key, file: None };
        let mut file = match OpenOptions::new().read(true).write(true).open(journal.path("")) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Ok((journal, Found::default()));
            }
            Err(error) => return Err(error.into()),
        };
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes)?;
        let (found, head, good) = journal.read(&bytes);
        match head {
            Some(head) if !found.damaged => {
                let count = found.records.len() as u64;
                let mut open = Open { file, head, good, count, is_named: true };
                if good < bytes.len() as u64 {
                    open.cut()?;
                }
                journal.file = Some(open);
            }
            Some(_) | None => {
                journal.keep_beside()?;
                journal.replace(&found.records)?;
            }
        }
        Ok((journal, found))
    }
}

impl Journal {
    /// Appends a record. When this returns it is on the disk.
    ///
    /// # Errors
    /// The record is then not in the journal, and what was there before still is.
    pub fn append(&mut self, record: &[u8]) -> Result<(), JournalFault> {
        self.name()?;
        let Some(open) = &mut self.file else { return self.begin(record) };
        let sealed = seal(&self.key, &open.head, open.count, record)?;
        // What an append that failed has left behind is no record.
        open.cut()?;
        let written = open.file.write_all(&sealed).and_then(|()| open.file.sync_data());
        match written {
            Ok(()) => {
                open.good += sealed.len() as u64;
                open.count += 1;
                Ok(())
            }
            Err(error) => {
                let _ = open.cut();
                Err(error.into())
            }
        }
    }

    /// The first record makes the file.
    fn begin(&mut self, record: &[u8]) -> Result<(), JournalFault> {
        let begun = self.replace(&[Record::new(record.into())]);
        if let (Err(_), Some(open)) = (&begun, &mut self.file) {
            (open.good, open.count) = (HEAD as u64, 0);
            let _ = open.cut();
        }
        begun
    }

    /// Sees to it that a file that has taken the place of another is found after a power cut.
    fn name(&mut self) -> Result<(), JournalFault> {
        if self.file.as_ref().is_some_and(|open| !open.is_named) {
            self.sync_folder()?;
        }
        if let Some(open) = &mut self.file {
            open.is_named = true;
        }
        Ok(())
    }

    /// Puts these records in the place of all that are there, at once: after a power cut there are
    /// the ones or the others. Without records there is no file.
    pub fn replace(&mut self, records: &[Record]) -> Result<(), JournalFault> {
        if records.is_empty() {
            self.file = None;
            return match std::fs::remove_file(self.path("")) {
                Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
                removed => removed.map_err(JournalFault::from).and_then(|()| self.sync_folder()),
            };
        }
        let mut head = [0; HEAD];
        head[..MARK.len()].copy_from_slice(MARK);
        head[MARK.len()..MARK.len() + DAY].copy_from_slice(self.day.to_string().as_bytes());
        aws_lc_rs::rand::fill(&mut head[MARK.len() + DAY..]).map_err(|_| JournalFault::Failed)?;
        let mut bytes = head.to_vec();
        for (place, record) in (0..).zip(records) {
            bytes.extend(seal(&self.key, &head, place, record)?);
        }
        let new = self.path(".new");
        let mut file =
            OpenOptions::new().create(true).truncate(true).read(true).write(true).open(&new)?;
        file.write_all(&bytes)?;
        file.sync_all()?;
        std::fs::rename(&new, self.path(""))?;
        // What is appended from now on goes to this file: the one before has no name any more.
        let (good, count) = (bytes.len() as u64, records.len() as u64);
        self.file = Some(Open { file, head, good, count, is_named: false });
        self.name()
    }

    fn path(&self, more: &str) -> PathBuf {
        self.folder.join(format!("{}.journal{more}", self.day))
    }

    /// A name that is new in the folder is on the disk once the folder is.
    fn sync_folder(&self) -> Result<(), JournalFault> {
        Ok(File::open(&self.folder)?.sync_all()?)
    }

    /// Keeps the file as it is under another name too, for whoever looks after the machine. What
    /// can be read of it stays under its own until others have taken its place.
    ///
    /// # Errors
    /// Nothing is changed then.
    pub fn keep_beside(&self) -> Result<(), JournalFault> {
        let free = (1..).map(|nth| self.path(&format!(".damaged-{nth}")));
        let free = free.take(1000).find(|path| !path.exists()).ok_or(JournalFault::Failed)?;
        // A file system without links has the bytes twice.
        if std::fs::hard_link(self.path(""), &free).is_err() {
            std::fs::copy(self.path(""), &free)?;
            File::open(&free)?.sync_all()?;
        }
        self.sync_folder()
    }

    /// The records, the head, and how many bytes are whole. A record at the end that is not whole
    /// was never confirmed: it is what a power cut leaves. One that does not open before others was
    /// changed, or is another device's. Where it is its length that was changed, the next one is
    /// looked for.
    fn read(&self, bytes: &[u8]) -> (Found, Option<[u8; HEAD]>, u64) {
        let mut found = Found::default();
        let head: Option<[u8; HEAD]> = bytes.get(..HEAD).and_then(|head| head.try_into().ok());
        let head = head.filter(|head| {
            head.starts_with(MARK)
                && head[MARK.len()..].starts_with(self.day.to_string().as_bytes())
        });
        let Some(head) = head else { return (Found { damaged: true, ..found }, None, 0) };
        let (mut at, mut place) = (HEAD, 0);
        while at < bytes.len() {
            let sealed = sealed_at(bytes, at);
            let record = sealed.and_then(|sealed| unseal(&self.key, &head, place, sealed));
            match (record, sealed) {
                (Some(record), Some(sealed)) => {
                    found.records.push(record);
                    (at, place) = (at + LENGTH + sealed.len(), place + 1);
                }
                _ => match self.next_that_opens(bytes, &head, at, place) {
                    Some(next) => {
                        found.damaged = true;
                        (at, place) = next;
                    }
                    None => {
                        let is_torn = bytes.len() - at <= LENGTH + LONGEST && place > 0;
                        let is_more = sealed.is_some_and(|it| at + LENGTH + it.len() < bytes.len());
                        found.damaged |= !is_torn || is_more;
                        break;
                    }
                },
            }
        }
        (found, Some(head), at as u64)
    }

    /// Where behind a record that does not open there is one that does, and which one it is.
    fn next_that_opens(
        &self,
        bytes: &[u8],
        head: &[u8; HEAD],
        at: usize,
        place: u64,
    ) -> Option<(usize, u64)> {
        (at + 1..bytes.len()).find_map(|at| {
            let sealed = sealed_at(bytes, at)?;
            let mut places = place..place + LOST_AT_MOST;
            let place = places.find(|place| unseal(&self.key, head, *place, sealed).is_some())?;
            Some((at, place))
        })
    }
}

impl std::fmt::Debug for Journal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Journal({})", self.day)
    }
}

impl Open {
    /// Cuts off what is behind the whole records, and goes there.
    fn cut(&mut self) -> Result<(), JournalFault> {
        if self.file.metadata()?.len() != self.good {
            self.file.set_len(self.good)?;
            self.file.sync_all()?;
        }
        self.file.seek(SeekFrom::Start(self.good))?;
        Ok(())
    }
}

/// The sealed record that begins here, if its length can be one.
fn sealed_at(bytes: &[u8], at: usize) -> Option<&[u8]> {
    let (length, rest) = bytes.get(at..)?.split_first_chunk::<LENGTH>()?;
    let length = u32::from_le_bytes(*length) as usize;
    rest.get(..length).filter(|_| (NONCE + TAG..=LONGEST).contains(&length))
}

fn bound(head: &[u8; HEAD], place: u64) -> Aad<Vec<u8>> {
    Aad::from([&head[..], &place.to_le_bytes()].concat())
}

fn seal(
    key: &RandomizedNonceKey,
    head: &[u8; HEAD],
    place: u64,
    record: &[u8],
) -> Result<Vec<u8>, JournalFault> {
    if record.len() > LONGEST - NONCE - TAG {
        return Err(JournalFault::Failed);
    }
    let mut text = record.to_vec();
    let nonce = key
        .seal_in_place_append_tag(bound(head, place), &mut text)
        .map_err(|_| JournalFault::Failed)?;
    let length = (NONCE + text.len()) as u32;
    Ok([&length.to_le_bytes()[..], &nonce.as_ref()[..], &text].concat())
}

fn unseal(
    key: &RandomizedNonceKey,
    head: &[u8; HEAD],
    place: u64,
    sealed: &[u8],
) -> Option<Record> {
    let (nonce, text) = sealed.split_first_chunk::<NONCE>()?;
    let mut text = Zeroizing::new(text.to_vec());
    let nonce = Nonce::assume_unique_for_key(*nonce);
    let length = key.open_in_place(nonce, bound(head, place), &mut text).ok()?.len();
    text.truncate(length);
    Some(text)
}
