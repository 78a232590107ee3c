//! The publication of free slots: what a stranger reads of a service that runs, and when it is
//! made anew.

use super::{Folder, Rushed, assert_coherent, assert_valid, lines, of_type};
use crate::databases::Kind;
use crate::plainly;
use crate::running::{Running, generous, start_with};
use crate::town;
use jiff::{SignedDuration, Timestamp};
use rstest::rstest;
use serde_json::Value;
use std::collections::BTreeMap;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use vaxkiosk::api::paths;
use vaxkiosk::domain::language::Language;
use vaxkiosk::server::catalog::RENEWED_AFTER;

struct Answer {
    status: u16,
    head: String,
    body: String,
}

/// A read by a stranger, or with what `more` says.
async fn get(base: &str, path: &str, more: &str) -> Answer {
    let mut stream =
        tokio::net::TcpStream::connect(base.trim_start_matches("http://")).await.unwrap();
    let request = format!("GET {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n{more}\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.unwrap();
    let answer = String::from_utf8(answer).unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    Answer { status: head[9..12].parse().unwrap(), head: head.into(), body: body.into() }
}

impl Answer {
    fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
    }

    fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }
}

fn capacity(slot: &Value) -> u64 {
    let of = |extension: &&Value| extension["url"].as_str().unwrap().ends_with("slot-capacity");
    slot["extension"].as_array().unwrap().iter().find(of).unwrap()["valueInteger"].as_u64().unwrap()
}

fn seats_with(slots: &[Value], status: &str) -> u64 {
    slots.iter().filter(|slot| slot["status"] == status).map(capacity).sum()
}

/// Free seats as kiosks are told them.
async fn free(base: &str, token: &str) -> u64 {
    let token = format!("{}: {token}\r\n", paths::DEVICE_HEADER);
    let seats = get(base, paths::SEATS, &token).await.json();
    seats["districts"].as_array().unwrap().iter().map(|one| one["free"].as_u64().unwrap()).sum()
}

const BASE: &str = "https://booking.example";

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_service_publishes_holds_before_others(#[case] kind: Kind) {
    let page = "https://1922.gov.tw/";
    let settings = format!("[fhir]\nbase = \"{BASE}/\"\nbooking_url = \"{page}\"\n");
    let rushed = Rushed::new(kind, &settings);
    let _server = rushed.program.serve();
    rushed.rush();
    let base = rushed.program.url();
    let manifest = get(&base, paths::FHIR_PUBLICATION, "").await;
    assert_eq!((manifest.status, manifest.header("content-type")), (200, Some("application/json")));
    let manifest = manifest.json();
    assert_eq!(manifest["request"], format!("{BASE}/fhir/$bulk-publish"));
    manifest["transactionTime"].as_str().unwrap().parse::<Timestamp>().unwrap();
    let (mut resources, mut kept) = (Vec::new(), Vec::new());
    let folder = Folder::new(&format!("published-{}", rushed.program.port));
    for output in manifest["output"].as_array().unwrap() {
        let path = output["url"].as_str().unwrap().strip_prefix(BASE).unwrap();
        let file = get(&base, path, "").await;
        assert_eq!(file.header("content-type"), Some("application/fhir+ndjson"));
        let read = lines(&file.body);
        assert!(!read.is_empty() && read.iter().all(|one| one["resourceType"] == output["type"]));
        kept.push(folder.write(path.rsplit('/').next().unwrap(), &file.body));
        resources.extend(read);
    }
    assert_valid(&kept, resources.len());
    assert_coherent(&resources);
    let slots: Vec<Value> = of_type(&resources, "Slot").into_iter().cloned().collect();
    assert_eq!((slots.len(), of_type(&resources, "Location").len()), (96, 3));
    let booked =
        plainly::ask(&rushed.database, "SELECT COUNT(*) FROM bookings WHERE cancelled IS NULL");
    let booked = u64::try_from(booked.await).unwrap();
    assert!(booked > 0);
    let free = free(&base, &rushed.token).await;
    assert_eq!(seats_with(&slots, "free"), free);
    assert_eq!(free, 96 * 2 - booked);
    assert!(slots.iter().all(|slot| slot["extension"][2]["valueUrl"] == page));
}

/// Without its public URL a service has nothing at these paths.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_published_unless_the_settings_say_so() {
    let rushed = Rushed::new(Kind::Sqlite, "");
    let _server = rushed.program.serve();
    for path in
        [paths::FHIR_PUBLICATION, paths::FHIR_LOCATIONS, paths::FHIR_SCHEDULES, paths::FHIR_SLOTS]
    {
        let answer = get(&rushed.program.url(), path, "").await;
        let kind = answer.header("content-type").unwrap_or_default();
        assert_eq!((answer.status, kind), (404, "application/problem+json"), "{path}");
        assert_eq!(answer.json()["code"], "not-found");
    }
}

async fn slots(running: &Running) -> Vec<Value> {
    let answer = get(&running.base, paths::FHIR_SLOTS, "").await;
    assert_eq!(answer.status, 200, "{}", answer.head);
    lines(&answer.body)
}

/// Seats that are free, and seats that are busy.
async fn told(running: &Running) -> (u64, u64) {
    let slots = slots(running).await;
    (seats_with(&slots, "free"), seats_with(&slots, "busy"))
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_seat_is_free_only_while_it_can_be_booked(#[case] kind: Kind) {
    let second = SignedDuration::from_secs(1);
    let running = start_with(kind, 3, 1, town::open() - second, generous()).await;
    let clock = |at: Timestamp| *running.time.lock().unwrap() = at;
    assert_eq!(told(&running).await, (0, 2001), "the round opens in a second");
    clock(town::open());
    assert_eq!(told(&running).await, (2001, 0), "and it is open, to the second");
    assert_eq!(told(&running).await.0, free(&running.base, town::TOKEN).await);
    // The one seat of slot 1 goes.
    running.book_given(1, 1, Language::En).await;
    running.book_given(2, 2, Language::En).await;
    clock(town::open() + RENEWED_AFTER);
    assert_eq!(told(&running).await, (1999, 1), "slot 1 is full, slot 2 has a seat less");
    assert_eq!(told(&running).await.0, free(&running.base, town::TOKEN).await);
    // A clock that is set back does not keep the last one.
    clock(town::open() - second);
    assert_eq!(told(&running).await, (0, 2001));
    clock(town::civil(15, 17) - second);
    assert_eq!(told(&running).await, (1999, 1));
    clock(town::civil(15, 17));
    assert_eq!(told(&running).await, (0, 2001), "closed");
    clock(town::civil(16, 9) - second);
    assert_eq!(told(&running).await, (0, 2001));
    clock(town::civil(16, 9));
    assert_eq!(told(&running).await, (0, 0), "all have begun");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_known_is_not_sent_again() {
    let running = start_with(Kind::Sqlite, 1, 5, town::open(), generous()).await;
    let mut tags = BTreeMap::new();
    for path in
        [paths::FHIR_PUBLICATION, paths::FHIR_LOCATIONS, paths::FHIR_SCHEDULES, paths::FHIR_SLOTS]
    {
        let first = get(&running.base, path, "").await;
        assert_eq!((first.status, first.body.is_empty()), (200, false));
        assert_eq!(first.header("cache-control"), Some("public, max-age=60"));
        let tag = first.header("etag").unwrap().to_owned();
        let again = get(&running.base, path, &format!("if-none-match: {tag}\r\n")).await;
        assert_eq!((again.status, again.body.as_str()), (304, ""));
        assert_eq!(again.header("cache-control"), Some("public, max-age=60"));
        assert_eq!(again.header("etag"), Some(tag.as_str()));
        tags.insert(path, tag);
    }
    // Others ask for what has changed since some moment; the whole is an answer to that too.
    let since = format!("{}?_since=2027-01-01T00:00:00Z", paths::FHIR_PUBLICATION);
    assert_eq!(get(&running.base, &since, "accept: application/json\r\n").await.status, 200);
    // A new publication of the same seats has the same files.
    *running.time.lock().unwrap() = town::open() + RENEWED_AFTER;
    for (path, tag) in tags {
        let later = get(&running.base, path, &format!("if-none-match: {tag}\r\n")).await;
        let is_same = later.status == 304;
        assert_eq!(is_same, path != paths::FHIR_PUBLICATION, "{path}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn beyond_what_may_be_on_its_way_strangers_come_again() {
    let running = start_with(Kind::Sqlite, 1, 5, town::open(), generous()).await;
    let service = &running.service;
    let taken: Vec<_> = std::iter::from_fn(|| service.publishing.place()).collect();
    let refused = get(&running.base, paths::FHIR_SLOTS, "").await;
    assert_eq!(refused.status, 503);
    assert!(refused.header("retry-after").is_some(), "{}", refused.head);
    drop(taken);
    let answered = get(&running.base, paths::FHIR_SLOTS, "").await;
    assert_eq!(answered.status, 200);
    let length = answered.header("content-length").unwrap();
    assert_eq!(length.parse(), Ok(answered.body.len()));
    let tag = format!("if-none-match: {}\r\n", answered.header("etag").unwrap());
    let taken: Vec<_> = std::iter::from_fn(|| service.publishing.place()).collect();
    assert_eq!(get(&running.base, paths::FHIR_SLOTS, &tag).await.status, 304);
    drop(taken);
}
