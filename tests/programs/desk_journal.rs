//! The journal of a vaccination site's desk on a disk that is full at any page, and in a program
//! that is killed while it writes: what was confirmed is there, and nothing else is.

use crate::small_disk::{SmallDisk, inside};
use jiff::civil::{Date, date};
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;
use vaxkiosk::devices::journal::{JournalFault, JournalFolder, Record};

const TODAY: Date = date(2027, 7, 16);
const KEY: [u8; 32] = [7; 32];

/// An entry's record has some 300 bytes.
fn record(nth: usize) -> Record {
    Record::new(format!("{nth:08}{}", "x".repeat(292)).into_bytes())
}

fn read(folder: &Path) -> Vec<Record> {
    let (_, found) = JournalFolder::open(folder).unwrap().day(TODAY, &KEY).unwrap();
    assert!(!found.damaged);
    found.records
}

#[test]
fn a_disk_that_is_full_at_any_page_takes_an_entry_or_says_that_it_does_not() {
    inside("desk_journal::full_at_any_page", "1m");
}

#[test]
#[ignore = "it runs inside of the test before it"]
fn full_at_any_page() {
    let disk = SmallDisk::here();
    let path = disk.folder.join("journal");
    let (mut confirmed, mut refused) = (Vec::new(), 0);
    let folder = JournalFolder::open(&path).unwrap();
    let (mut journal, _) = folder.day(TODAY, &KEY).unwrap();
    let mut next = 0;
    for pages in 0..6 {
        disk.leave(pages);
        // Until it is full: then each one is refused, and the file stays as it is.
        for _ in 0..40 {
            match journal.append(&record(next)) {
                Ok(()) => confirmed.push(record(next)),
                Err(fault) => {
                    assert_eq!(fault, JournalFault::Full);
                    refused += 1;
                }
            }
            next += 1;
        }
        // To take out what was answered needs room for another file. Without it all stays.
        let rest = confirmed.split_off(confirmed.len() / 2);
        match journal.replace(&rest) {
            Ok(()) => confirmed = rest,
            Err(fault) => {
                assert_eq!(fault, JournalFault::Full);
                confirmed.extend(rest);
            }
        }
        disk.free();
        // With room again it goes on.
        journal.append(&record(next)).unwrap();
        confirmed.push(record(next));
        next += 1;
        let (again, found) = folder.day(TODAY, &KEY).unwrap();
        assert_eq!(found.records, confirmed, "{pages} pages");
        journal = again;
    }
    assert!(refused > 20, "the disk was never full: {refused}");
}

/// Appends until it is killed, and says which are on the disk.
#[test]
#[ignore = "it is killed by the test after it"]
fn writes_until_killed() {
    let folder = PathBuf::from(std::env::var_os("FOLDER").unwrap());
    let (mut journal, found) = JournalFolder::open(&folder).unwrap().day(TODAY, &KEY).unwrap();
    let mut out = std::io::stdout().lock();
    for nth in found.records.len().. {
        journal.append(&record(nth)).unwrap();
        writeln!(out, "confirmed {nth}").unwrap();
        out.flush().unwrap();
        // What is answered is taken out now and then: here all stay, in another file.
        if nth % 7 == 6 {
            let all: Vec<Record> = (0..=nth).map(record).collect();
            journal.replace(&all).unwrap();
        }
    }
}

#[test]
fn a_program_that_is_killed_while_it_writes_has_all_that_it_confirmed() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join(format!("journal-killed-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    let mut confirmed = 0;
    for kill in 0..25_u64 {
        let mut command = Command::new(std::env::current_exe().unwrap());
        command.args(["--exact", "desk_journal::writes_until_killed", "--ignored", "--nocapture"]);
        let mut writer =
            command.env("FOLDER", &folder).stdout(Stdio::piped()).spawn().expect("it starts");
        let out = BufReader::new(writer.stdout.take().unwrap());
        let mut lines = out.lines().map_while(Result::ok).filter_map(|line| {
            line.rsplit_once("confirmed ").and_then(|(_, nth)| nth.parse::<usize>().ok())
        });
        let first = lines.next().expect("it writes");
        std::thread::sleep(Duration::from_micros(kill * 1700 % 23_000));
        writer.kill().unwrap();
        writer.wait().unwrap();
        confirmed = confirmed.max(first + 1).max(lines.last().map_or(0, |last| last + 1));
        let found = read(&folder);
        assert!(found.len() >= confirmed, "{} of {confirmed}", found.len());
        // What was written and not yet told is one at most.
        assert!(found.len() <= confirmed + 1, "{} of {confirmed}", found.len());
        let expected: Vec<Record> = (0..found.len()).map(record).collect();
        assert_eq!(found, expected);
    }
    assert!(confirmed > 25);
    std::fs::remove_dir_all(folder).unwrap();
}
