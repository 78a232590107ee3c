//! A disk that is full from the n-th page on, for every n until the step goes through: as SQLite's
//! authors do it with each write that can fail (sqlite.org/testing.html, section 3.2).

use crate::small_disk::{SmallDisk, inside};
use crate::town::MOBILE;
use crate::work::{Step, Work, settle};
use sqlx::{Connection, Row, SqliteConnection};
use std::path::Path;
use vaxkiosk::domain::phone::MobileNumber;
use vaxkiosk::server::engine::EngineError;
use vaxkiosk::server::notify::file::MessageFile;
use vaxkiosk::server::notify::{Gateway, TextMessage};
use vaxkiosk::server::store::database::Address;

/// No step writes so many pages.
const MANY_PAGES: u64 = 200;

/// Writes what is in the log of SQLite into the database and empties the log, so that each step
/// needs new room from its first write on.
async fn empty_the_log(database: &Path) {
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(database);
    let mut db = SqliteConnection::connect_with(&options).await.unwrap();
    let row = sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").fetch_one(&mut db).await.unwrap();
    assert_eq!(row.get::<i64, _>(0), 0, "nobody holds the log");
    db.close().await.unwrap();
}

#[test]
fn a_disk_that_is_full_at_any_write_of_any_step_loses_nothing_and_stops_nothing() {
    inside("full_disk::full_at_any_write", "12m");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "it runs inside of the test before it"]
async fn full_at_any_write() {
    let disk = SmallDisk::here();
    let database = disk.folder.join("bookings.db");
    let address = Address::Sqlite(database.clone());
    settle(&address, 900).await;
    let mut work = Work::start(&address).await;
    let mut people = 1..;
    for step in Step::ALL {
        let (mut failures, mut again) = (0, 0);
        for pages in 0..=MANY_PAGES {
            assert!(pages < MANY_PAGES, "{step:?} never goes through");
            let person = people.next().unwrap();
            work = work.restarted().await;
            work.prepare(step, person).await;
            empty_the_log(&database).await;
            disk.leave(pages);
            let done = work.act(step, person).await;
            let could_write = work.service.store.can_write();
            disk.free();
            if done.is_ok() {
                break;
            }
            failures += 1;
            assert_eq!(done, Err(EngineError::Unavailable), "{step:?}, {pages} pages");
            assert!(!could_write || step == Step::SendMessages, "{step:?}: readyz says so");
            // By itself: whoever asks again is served, at the latest by the third time.
            let mut tries = 1;
            while let Err(error) = work.act(step, person).await {
                tries += 1;
                assert!(tries <= 3, "{step:?}, {pages} pages: {error}");
            }
            again = again.max(tries);
            assert!(work.recover().await);
            work.assert_sound().await;
        }
        println!("{step:?}: {failures} times full, asked again {again} times at most");
        assert!(failures > 0, "{step:?}");
    }
    work.assert_sound().await;
    work.act(Step::SendMessages, 0).await.unwrap();
    work.assert_all_sent().await;
}

fn message(nth: usize) -> TextMessage {
    TextMessage {
        key: format!("{nth:032x}"),
        to: MobileNumber::parse(MOBILE).unwrap(),
        text: "【疫苗預約】已完成預約".repeat(4),
        again: false,
    }
}

/// The keys of the whole lines. A line that was cut off stays as it is, and is none.
fn keys(path: &Path) -> Vec<String> {
    let text = std::fs::read(path).unwrap();
    let lines = text.split(|byte| *byte == b'\n');
    let whole = lines.filter_map(|line| serde_json::from_slice::<serde_json::Value>(line).ok());
    let mut keys: Vec<String> =
        whole.map(|line| line["key"].as_str().expect("a key").to_owned()).collect();
    keys.sort();
    keys
}

fn expected(messages: usize) -> Vec<String> {
    (0..messages).map(|nth| message(nth).key).collect()
}

#[tokio::test]
async fn a_file_of_messages_that_was_cut_off_at_any_byte_has_each_message_once() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let path = folder.join(format!("cut-messages-{}.jsonl", std::process::id()));
    let mut set: Vec<_> = (0..2).map(message).collect();
    let _ = std::fs::remove_file(&path);
    MessageFile::new(path.clone()).send_set(&set).await.unwrap();
    let whole = std::fs::read(&path).unwrap();
    set.iter_mut().for_each(|message| message.again = true);
    for cut in 0..=whole.len() {
        std::fs::write(&path, &whole[..cut]).unwrap();
        MessageFile::new(path.clone()).send_set(&set).await.unwrap();
        assert_eq!(keys(&path), expected(2), "{cut} bytes");
    }
    std::fs::remove_file(&path).unwrap();
}

#[test]
fn a_disk_that_is_full_within_the_file_of_messages_gives_each_line_once_and_whole() {
    inside("full_disk::full_in_the_file_of_messages", "1m");
}

#[tokio::test]
#[ignore = "it runs inside of the test before it"]
async fn full_in_the_file_of_messages() {
    const MESSAGES: usize = 120;
    let disk = SmallDisk::here();
    let mut failures = 0;
    for pages in 0.. {
        let path = disk.folder.join(format!("messages-{pages}.jsonl"));
        let file = MessageFile::new(path.clone());
        let mut set: Vec<_> = (0..MESSAGES).map(message).collect();
        // So that the file is there.
        file.send_set(&set[..1]).await.unwrap();
        disk.leave(pages);
        let sent = file.send_set(&set[1..]).await;
        disk.free();
        if sent.is_err() {
            failures += 1;
            set.iter_mut().for_each(|message| message.again = true);
            file.send_set(&set[1..]).await.unwrap();
        }
        assert_eq!(keys(&path), expected(MESSAGES), "{pages} pages");
        std::fs::remove_file(&path).unwrap();
        if sent.is_ok() {
            break;
        }
    }
    println!("{failures} times full");
    assert!(failures > 3);
}
