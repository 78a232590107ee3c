//! A backup of a service that goes on booking, and what is put back from it.

use crate::databases::{Fresh, Kind};
use crate::practice::{book, kiosk, practice};
use crate::program::Program;
use std::collections::BTreeMap;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tokio::runtime::Runtime;
use vaxkiosk::domain::booking_number::BookingNumber;
use vaxkiosk::server::store::database::Address;

fn network() -> Runtime {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap()
}

fn file_of(fresh: &Fresh) -> PathBuf {
    let Address::Sqlite(path) = &fresh.address else { unreachable!() };
    path.clone()
}

/// What was said on standard error by a command that must fail.
fn refused(program: &Program, arguments: &[&str]) -> String {
    let done = program.run(arguments);
    assert!(!done.status.success(), "{arguments:?}");
    String::from_utf8(done.stderr).unwrap()
}

fn mode(path: &Path) -> u32 {
    std::fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[test]
fn what_was_acknowledged_before_a_backup_is_there_after_a_restore_and_no_number_comes_twice() {
    let fresh = Kind::Sqlite.fresh();
    let (program, network, database) = (Program::new(&fresh), network(), file_of(&fresh));
    practice(&program);
    assert_eq!(mode(&database), 0o600);
    let server = program.serve();
    let there = kiosk(&program, program.url());
    let mut before = BTreeMap::new();
    for nth in 0..30 {
        before.insert(nth, network.block_on(book(&there, nth)).unwrap());
    }
    // Others book while the copy is made, and after.
    let stop = Arc::new(AtomicBool::new(false));
    let (busy, ended) = (kiosk(&program, program.url()), Arc::clone(&stop));
    let crowd = network.spawn(async move {
        let mut numbers: Vec<BookingNumber> = Vec::new();
        for nth in 1000.. {
            if ended.load(Ordering::SeqCst) {
                break;
            }
            numbers.push(book(&busy, nth).await.unwrap());
        }
        numbers
    });
    let copy = program.folder.join("copy.db");
    program.succeed(&["admin", "backup", copy.to_str().unwrap()]);
    assert_eq!(mode(&copy), 0o600);
    std::thread::sleep(std::time::Duration::from_millis(300));
    stop.store(true, Ordering::SeqCst);
    let mut given = network.block_on(crowd).unwrap();
    assert!(given.len() > 5, "others booked meanwhile: {}", given.len());
    let twice = refused(&program, &["admin", "backup", copy.to_str().unwrap()]);
    assert!(!twice.is_empty(), "a backup is not written over another");
    server.kill();
    let there_already = refused(&program, &["admin", "restore", copy.to_str().unwrap()]);
    assert!(there_already.contains("bookings.db"), "{there_already}");
    for end in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(format!("{}{end}", database.display()));
    }
    program.succeed(&["admin", "restore", copy.to_str().unwrap()]);
    assert_eq!(mode(&database), 0o600);
    let server = program.serve();
    let there = kiosk(&program, program.url());
    for (nth, number) in &before {
        assert_eq!(network.block_on(book(&there, *nth)), Ok(*number), "person {nth}");
    }
    given.extend(before.values());
    for nth in 5000..5050 {
        let number = network.block_on(book(&there, nth)).unwrap();
        assert!(!given.contains(&number), "{number} was given before");
    }
    drop(server);
}

#[test]
fn a_damaged_copy_or_one_of_other_keys_is_not_put_back() {
    let fresh = Kind::Sqlite.fresh();
    let (program, database) = (Program::new(&fresh), file_of(&fresh));
    practice(&program);
    let copy = program.folder.join("copy.db");
    program.succeed(&["admin", "backup", copy.to_str().unwrap()]);
    for end in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(format!("{}{end}", database.display()));
    }
    let mut bytes = std::fs::read(&copy).unwrap();
    let damaged = program.folder.join("damaged.db");
    for page in bytes.chunks_mut(4096).skip(20).step_by(7) {
        page[..200].fill(0xAA);
    }
    std::fs::write(&damaged, bytes).unwrap();
    refused(&program, &["admin", "restore", damaged.to_str().unwrap()]);
    assert!(!database.exists(), "nothing is in its place");
    let keys = program.folder.join("keys.toml");
    let right = std::fs::read(&keys).unwrap();
    std::fs::remove_file(&keys).unwrap();
    program.succeed(&["admin", "keys"]);
    let other = refused(&program, &["admin", "restore", copy.to_str().unwrap()]);
    assert!(other.contains("keys"), "{other}");
    assert!(!database.exists());
    std::fs::write(&keys, right).unwrap();
    program.succeed(&["admin", "restore", copy.to_str().unwrap()]);
    let left: Vec<_> = std::fs::read_dir(database.parent().unwrap())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    assert_eq!(left, ["bookings.db"], "no half of it is left");
}

/// PostgreSQL is put back by its own programs; the numbers jump all the same.
#[test]
fn after_a_restore_of_postgresql_the_numbers_jump() {
    let fresh = Kind::Postgres.fresh();
    let (program, network) = (Program::new(&fresh), network());
    practice(&program);
    let there = |nth| {
        let server = program.serve();
        let number = network.block_on(book(&kiosk(&program, program.url()), nth)).unwrap();
        drop(server);
        number
    };
    let first = there(1);
    let copy = program.folder.join("copy.db");
    assert!(refused(&program, &["admin", "backup", copy.to_str().unwrap()]).contains("pg_dump"));
    program.succeed(&["admin", "restore"]);
    let second = there(2);
    assert!(second.sequence() > first.sequence() + 9_000_000, "{first} {second}");
}
