//! A journal whose bytes have changed on the disk, or that another version wrote: what can be read
//! is sent, and what cannot be is kept beside.

use crate::desk_journal::{HEAD, KEY, LENGTH, Place, TODAY, record, reopened, written};
use crate::site_receipts::{cut, scan, works};
use crate::stage::desk::attendance::receipt_of;
use vaxkiosk::devices::journal::{Found, JournalFolder, Record};
use vaxkiosk::domain::personal::Personal;
use vaxkiosk::kiosk::model::effect::JournalEffect;
use vaxkiosk::kiosk::model::event::JournalEvent;
use vaxkiosk::kiosk::runtime::journal::Journals;

#[test]
fn a_changed_length_costs_its_own_record_alone() {
    let place = Place::new();
    written(&place.0, 5);
    let whole = std::fs::read(place.file()).unwrap();
    let each = (whole.len() - HEAD) / 5;
    for (byte, bit) in (0..LENGTH).flat_map(|byte| (0..8).map(move |bit| (byte, bit))) {
        let mut changed = whole.clone();
        changed[HEAD + each + byte] ^= 1 << bit;
        std::fs::write(place.file(), &changed).unwrap();
        let found = reopened(&place.0, &KEY);
        let records = [0, 2, 3, 4].map(record).into();
        assert_eq!(found, Found { records, damaged: true }, "bit {bit} of byte {byte}");
        assert!(!reopened(&place.0, &KEY).damaged, "it is told once");
    }
    let aside = std::fs::read_dir(&place.0)
        .unwrap()
        .filter(|file| file.as_ref().unwrap().file_name().to_string_lossy().contains("damaged"));
    assert_eq!(aside.count(), 32, "each is kept as it was");
}

#[test]
fn a_damaged_file_stays_under_its_name_until_another_has_taken_its_place() {
    let place = Place::new();
    written(&place.0, 3);
    let mut changed = std::fs::read(place.file()).unwrap();
    changed[HEAD + LENGTH + 20] ^= 1;
    std::fs::write(place.file(), &changed).unwrap();
    // Nothing new can be written, as on a full disk.
    std::fs::create_dir(place.0.join("2027-07-16.journal.new")).unwrap();
    assert!(JournalFolder::open(&place.0).unwrap().day(TODAY, &KEY).is_err());
    assert_eq!(std::fs::read(place.file()).unwrap(), changed);
    std::fs::remove_dir(place.0.join("2027-07-16.journal.new")).unwrap();
    assert_eq!(reopened(&place.0, &KEY).records, [record(1), record(2)]);
}

#[test]
fn what_was_appended_after_the_others_went_is_in_the_file_that_has_the_name() {
    let place = Place::new();
    let folder = JournalFolder::open(&place.0).unwrap();
    let (mut journal, _) = folder.day(TODAY, &KEY).unwrap();
    (0..3).for_each(|nth| journal.append(&record(nth)).unwrap());
    // The new file has the name, and the folder cannot be synced.
    let away = place.0.with_extension("away");
    journal.replace(&[record(2)]).unwrap();
    std::fs::rename(&place.0, &away).unwrap();
    assert!(journal.replace(&[record(9)]).is_err());
    std::fs::rename(&away, &place.0).unwrap();
    journal.append(&record(3)).unwrap();
    assert_eq!(folder.day(TODAY, &KEY).unwrap().1.records, [record(2), record(3)]);
}

#[test]
fn records_of_another_version_are_kept_beside_and_told_once() {
    let place = Place::new();
    let mut stage = works();
    cut(&mut stage);
    scan(&mut stage, &receipt_of(4));
    stage.keys("1");
    let kept = stage.journal.days.values().next().unwrap()[0].clone();
    {
        let (mut journal, _) = JournalFolder::open(&place.0).unwrap().day(TODAY, &KEY).unwrap();
        journal.append(b"{\"from\":\"another version\"}").unwrap();
        journal.append(&Record::new(serde_json::to_vec(&kept).unwrap())).unwrap();
    }
    let before = std::fs::read(place.file()).unwrap();
    let open = || {
        let key = Personal::new(hex::encode(KEY));
        let effect = JournalEffect::Open { day: TODAY, key };
        match Journals::new(place.0.clone()).perform(effect) {
            Some(JournalEvent::Opened { outcome, .. }) => outcome.unwrap(),
            other => panic!("{other:?}"),
        }
    };
    let opened = open();
    assert!(opened.damaged && opened.kept == [kept.clone()]);
    let beside = place.0.join("2027-07-16.journal.damaged-1");
    assert_eq!(std::fs::read(beside).unwrap(), before);
    let again = open();
    assert!(!again.damaged && again.kept == [kept]);
}
