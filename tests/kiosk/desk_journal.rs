//! The journal on a real disk: cut at every byte, changed, emptied, and taken by one program.

use jiff::civil::{Date, date};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use vaxkiosk::devices::journal::{Found, JournalFault, JournalFolder, Record};

pub const TODAY: Date = date(2027, 7, 16);
pub const KEY: [u8; 32] = [7; 32];
/// Bytes of a file's head, of a record's length, and of the longest record.
pub const HEAD: usize = 32;
pub const LENGTH: usize = 4;
const LONGEST: usize = 1 << 16;

/// A folder of its own, which is removed afterwards.
pub struct Place(pub PathBuf);

impl Place {
    pub fn new() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let nth = NEXT.fetch_add(1, Ordering::Relaxed);
        let path = Path::new(env!("CARGO_TARGET_TMPDIR"))
            .join(format!("journal-{}-{nth}", std::process::id()));
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    pub fn file(&self) -> PathBuf {
        self.0.join("2027-07-16.journal")
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

pub fn record(nth: usize) -> Record {
    Record::new(format!("{{\"entry\":{nth},\"of\":\"王〇明\"}}").into_bytes())
}

/// The journal with the first `count` records.
pub fn written(place: &Path, count: usize) {
    let (mut journal, found) = JournalFolder::open(place).unwrap().day(TODAY, &KEY).unwrap();
    assert_eq!(found, Found::default());
    (0..count).for_each(|nth| journal.append(&record(nth)).unwrap());
}

pub fn reopened(place: &Path, key: &[u8; 32]) -> Found {
    JournalFolder::open(place).unwrap().day(TODAY, key).unwrap().1
}

#[test]
fn what_was_appended_is_there_when_it_is_opened_again_and_nobody_reads_it_without_the_key() {
    let place = Place::new();
    written(&place.0, 3);
    let found = reopened(&place.0, &KEY);
    assert_eq!(found, Found { records: (0..3).map(record).collect(), damaged: false });
    let bytes = std::fs::read(place.file()).unwrap();
    assert!(!String::from_utf8_lossy(&bytes).contains("entry"), "it is sealed");
    assert_eq!(JournalFolder::open(&place.0).unwrap().days().unwrap(), [TODAY]);
}

#[test]
fn cut_at_every_byte_it_has_each_record_that_was_whole_and_no_other() {
    let place = Place::new();
    written(&place.0, 3);
    let whole = std::fs::read(place.file()).unwrap();
    let each = (whole.len() - HEAD) / 3;
    assert_eq!(each * 3 + HEAD, whole.len(), "the three are of one length");
    // A file begins with its head and a record at once, so that it is never shorter.
    for length in HEAD + each..=whole.len() {
        std::fs::write(place.file(), &whole[..length]).unwrap();
        let left = (length - HEAD) / each;
        let folder = JournalFolder::open(&place.0).unwrap();
        let (mut journal, found) = folder.day(TODAY, &KEY).unwrap();
        let expected = Found { records: (0..left).map(record).collect(), damaged: false };
        assert_eq!(found, expected, "cut at {length}");
        // It goes on behind what was whole.
        journal.append(&record(9)).unwrap();
        drop((journal, folder));
        let again = reopened(&place.0, &KEY).records;
        assert_eq!(again.len(), left + 1, "cut at {length}");
        assert_eq!(again[left], record(9));
    }
}

#[test]
fn a_last_record_of_which_only_the_length_came_to_the_disk_is_dropped() {
    let place = Place::new();
    written(&place.0, 2);
    let mut bytes = std::fs::read(place.file()).unwrap();
    let each = (bytes.len() - HEAD) / 2;
    let from = bytes.len() - each + LENGTH + 9;
    bytes[from..].fill(0);
    std::fs::write(place.file(), &bytes).unwrap();
    let found = reopened(&place.0, &KEY);
    assert_eq!(found, Found { records: vec![record(0)], damaged: false });
}

#[test]
fn what_was_changed_or_moved_does_not_open_and_the_rest_is_kept() {
    let place = Place::new();
    written(&place.0, 3);
    let whole = std::fs::read(place.file()).unwrap();
    let each = (whole.len() - HEAD) / 3;
    let mut changed = whole.clone();
    changed[HEAD + each + 30] ^= 1;
    std::fs::write(place.file(), &changed).unwrap();
    let found = reopened(&place.0, &KEY);
    assert_eq!(found, Found { records: vec![record(0), record(2)], damaged: true });
    assert_eq!(std::fs::read(place.0.join("2027-07-16.journal.damaged-1")).unwrap(), changed);
    assert!(!reopened(&place.0, &KEY).damaged, "it is told once");

    let mut swapped = whole.clone();
    swapped[HEAD..].rotate_left(each);
    std::fs::write(place.file(), &swapped).unwrap();
    assert!(reopened(&place.0, &KEY).damaged, "a record belongs to its place");
    // Another device's, or another day's.
    std::fs::write(place.file(), &whole).unwrap();
    assert_eq!(reopened(&place.0, &[8; 32]), Found { records: vec![], damaged: true });
    let other = String::from_utf8_lossy(&whole[..16]).replace("16", "17");
    std::fs::write(place.file(), [other.as_bytes(), &whole[16..]].concat()).unwrap();
    assert_eq!(reopened(&place.0, &KEY), Found { records: vec![], damaged: true });
}

#[test]
fn what_was_answered_goes_and_the_rest_stays() {
    let place = Place::new();
    let folder = JournalFolder::open(&place.0).unwrap();
    let (mut journal, _) = folder.day(TODAY, &KEY).unwrap();
    (0..4).for_each(|nth| journal.append(&record(nth)).unwrap());
    journal.replace(&[record(2), record(3)]).unwrap();
    journal.append(&record(4)).unwrap();
    let (_, found) = folder.day(TODAY, &KEY).unwrap();
    assert_eq!(found.records, [record(2), record(3), record(4)]);
    journal.replace(&[]).unwrap();
    assert!(folder.days().unwrap().is_empty() && !place.file().exists());
    journal.append(&record(5)).unwrap();
    assert_eq!(folder.day(TODAY, &KEY).unwrap().1.records, [record(5)]);
}

#[test]
fn one_program_has_it_at_a_time() {
    let place = Place::new();
    let first = JournalFolder::open(&place.0).unwrap();
    assert_eq!(JournalFolder::open(&place.0).unwrap_err(), JournalFault::InUse);
    drop(first);
    assert!(JournalFolder::open(&place.0).is_ok());
}

#[test]
fn where_nothing_can_be_written_nothing_is_said_to_be() {
    let place = Place::new();
    let folder = JournalFolder::open(&place.0).unwrap();
    let (mut journal, _) = folder.day(TODAY, &KEY).unwrap();
    journal.append(&record(0)).unwrap();
    assert_eq!(journal.append(&vec![0; LONGEST]), Err(JournalFault::Failed));
    journal.append(&record(1)).unwrap();
    assert_eq!(folder.day(TODAY, &KEY).unwrap().1.records, [record(0), record(1)]);
    std::fs::remove_dir_all(&place.0).unwrap();
    assert_eq!(journal.replace(&[record(2)]), Err(JournalFault::Failed));
}
