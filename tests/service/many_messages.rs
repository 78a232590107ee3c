//! The messages of a settlement: thousands, each once, through a gateway that fails, is down or
//! says that they are too many, by two servers, over a crash, and after the bookings.
#![allow(clippy::disallowed_methods, reason = "a test that waits for a gateway measures time")]

use crate::databases::{Fresh, Kind};
use crate::loopback_gateway::served;
use crate::running::{Running, generous, start, start_over};
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use jiff::SignedDuration;
use rstest::rstest;
use sqlx::Connection;
use std::collections::{HashMap, HashSet};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use vaxkiosk::api::bookings::MobileChoice;
use vaxkiosk::domain::channel::Channel;
use vaxkiosk::domain::language::Language;
use vaxkiosk::domain::site::SlotId;
use vaxkiosk::server::engine::BookCommand;
use vaxkiosk::server::notify::file::MessageFile;
use vaxkiosk::server::notify::http::HttpGateway;
use vaxkiosk::server::notify::{AtOnce, Gateway, Pace, Sending, TextMessage, deliver};
use vaxkiosk::server::store::database::Address;
use vaxkiosk::server::store::ids::PersonId;

/// What the gateway does with a request, by its number and whether it has the message.
type Mood = fn(usize, bool) -> Answer;

#[derive(Clone, Copy, PartialEq)]
enum Answer {
    Takes,
    /// Takes it, and a proxy answers that nothing came back.
    SaysNothing,
    Fails,
    TooMany,
}

struct Inbox {
    mood: Mutex<Mood>,
    takes: Duration,
    requests: AtomicUsize,
    at_once: AtomicUsize,
    most_at_once: AtomicUsize,
    /// How often each message was taken, by its key.
    taken: Mutex<HashMap<String, usize>>,
}

impl Inbox {
    fn count(&self) -> usize {
        self.taken.lock().unwrap().len()
    }

    fn requests(&self) -> usize {
        self.requests.load(Ordering::SeqCst)
    }
}

async fn take(State(inbox): State<Arc<Inbox>>, headers: HeaderMap) -> Response {
    let key = headers["idempotency-key"].to_str().unwrap().to_owned();
    let nth = inbox.requests.fetch_add(1, Ordering::SeqCst);
    let at_once = inbox.at_once.fetch_add(1, Ordering::SeqCst) + 1;
    inbox.most_at_once.fetch_max(at_once, Ordering::SeqCst);
    tokio::time::sleep(inbox.takes).await;
    inbox.at_once.fetch_sub(1, Ordering::SeqCst);
    let mut taken = inbox.taken.lock().unwrap();
    let has = taken.contains_key(&key);
    let answer = (*inbox.mood.lock().unwrap())(nth, has);
    if matches!(answer, Answer::Takes | Answer::SaysNothing) && !has {
        *taken.entry(key).or_default() += 1;
    }
    match answer {
        Answer::Takes if has => StatusCode::CONFLICT.into_response(),
        Answer::Takes => StatusCode::ACCEPTED.into_response(),
        Answer::SaysNothing => StatusCode::GATEWAY_TIMEOUT.into_response(),
        Answer::Fails => StatusCode::SERVICE_UNAVAILABLE.into_response(),
        Answer::TooMany => {
            (StatusCode::TOO_MANY_REQUESTS, [(header::RETRY_AFTER, "60")]).into_response()
        }
    }
}

/// A gateway of another program that takes so long for each.
async fn inbox(mood: Mood, takes: Duration) -> (String, Arc<Inbox>) {
    let inbox = Arc::new(Inbox {
        mood: Mutex::new(mood),
        takes,
        requests: AtomicUsize::new(0),
        at_once: AtomicUsize::new(0),
        most_at_once: AtomicUsize::new(0),
        taken: Mutex::default(),
    });
    (served(post(take), Arc::clone(&inbox)).await, inbox)
}

fn gateway(url: &str, in_flight: usize) -> Arc<dyn Gateway> {
    Arc::new(HttpGateway::new(url.to_owned(), None).unwrap().with_in_flight(in_flight))
}

/// So many people, each told that they may book.
async fn settled(kind: Kind, people: u32) -> Running {
    let running = start(kind, people, 1000).await;
    let store = &running.service.store;
    let round = store.rounds().await.unwrap().remove(0);
    let now = *running.time.lock().unwrap();
    let mut last = PersonId(0);
    loop {
        let set = store.registered_after(last).await.unwrap();
        let Some(end) = set.last() else { return running };
        last = end.record.person;
        store.tell_settled(&round, &set, now).await.unwrap();
    }
}

/// Another server over the same database.
async fn beside(running: &Running) -> Running {
    let random = Arc::new(Fresh::at(running.random.address.clone()));
    let now = *running.time.lock().unwrap();
    start_over(random, now, generous()).await
}

async fn waiting(running: &Running) -> u64 {
    let store = &running.service.store;
    let round = store.rounds().await.unwrap().remove(0);
    store.figures(&round).await.unwrap().waiting_messages
}

/// Waits until nothing waits to be sent. The clocks move on while nothing is sent, because waits
/// between attempts are long; a claim must not be over while its set is on its way. `sent` counts
/// what has gone out so far.
async fn all_sent(servers: &[&Running], sent: impl Fn() -> usize) {
    let (began, mut before) = (Instant::now(), (0, 0));
    loop {
        let left = waiting(servers[0]).await;
        if left == 0 {
            return;
        }
        assert!(began.elapsed() < Duration::from_secs(180), "{left}");
        let seen = (left, sent());
        if seen == before {
            for running in servers {
                *running.time.lock().unwrap() += SignedDuration::from_secs(3);
            }
        }
        before = seen;
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

#[rstest]
#[case::one(Kind::Sqlite, 1)]
#[case::two(Kind::Postgres, 2)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_is_told_once_through_a_gateway_that_fails(
    #[case] kind: Kind,
    #[case] servers: usize,
) {
    const PEOPLE: usize = 5000;
    let running = settled(kind, PEOPLE as u32).await;
    let mood: Mood = |nth, _| match nth % 100 {
        3 | 23 | 43 | 63 | 83 => Answer::Fails,
        7 => Answer::SaysNothing,
        _ => Answer::Takes,
    };
    let (url, inbox) = inbox(mood, Duration::from_millis(5)).await;
    let other = beside(&running).await;
    for server in [&running, &other].into_iter().take(servers) {
        tokio::spawn(deliver(Arc::clone(&server.service), gateway(&url, 20), Pace::Steady));
    }
    all_sent(&[&running, &other], || inbox.requests()).await;
    let taken = inbox.taken.lock().unwrap();
    assert_eq!(taken.len(), PEOPLE);
    assert!(taken.values().all(|times| *times == 1));
    let most = inbox.most_at_once.load(Ordering::SeqCst);
    assert!((10..=20 * servers).contains(&most), "{most} at once");
    // 5 % fail, and 1 % of the answers are lost: each such message is sent once more, and no other.
    assert!(inbox.requests() < PEOPLE + PEOPLE / 10, "{} requests", inbox.requests());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_sent_for_as_long_as_the_gateway_asks() {
    let running = settled(Kind::Sqlite, 3000).await;
    let mood: Mood = |nth, _| if nth < 500 { Answer::Takes } else { Answer::TooMany };
    let (url, inbox) = inbox(mood, Duration::from_millis(1)).await;
    tokio::spawn(deliver(Arc::clone(&running.service), gateway(&url, 10), Pace::Steady));
    let began = Instant::now();
    while inbox.requests() <= 500 {
        assert!(began.elapsed() < Duration::from_secs(20));
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    tokio::time::sleep(Duration::from_millis(1500)).await;
    let so_far = inbox.requests();
    assert!(so_far <= 510, "those that were on their way got 429 too: {so_far}");
    *inbox.mood.lock().unwrap() = |_, _| Answer::Takes;
    *running.time.lock().unwrap() += SignedDuration::from_secs(55);
    tokio::time::sleep(Duration::from_millis(700)).await;
    assert_eq!(inbox.requests(), so_far, "the minute is not over");
    all_sent(&[&running], || inbox.requests()).await;
    assert_eq!(inbox.count(), 3000);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_gateway_that_is_down_gets_few_attempts_and_then_each_message_once() {
    let running = settled(Kind::Sqlite, 3000).await;
    let (url, inbox) = inbox(|_, _| Answer::Fails, Duration::ZERO).await;
    tokio::spawn(deliver(Arc::clone(&running.service), gateway(&url, 8), Pace::Steady));
    tokio::time::sleep(Duration::from_secs(2)).await;
    let tried = inbox.requests();
    assert!((32..=5 * 40).contains(&tried), "{tried} in four or five looks, not 3,000");
    *inbox.mood.lock().unwrap() = |_, _| Answer::Takes;
    all_sent(&[&running], || inbox.requests()).await;
    assert_eq!((inbox.count(), inbox.requests() - tried <= 3000 + 40), (3000, true));
}

/// Writes a set, and never says that it did: the service dies before it can settle it.
struct DiesAfterwards {
    file: MessageFile,
    wrote: Arc<AtomicBool>,
}

impl Gateway for DiesAfterwards {
    fn send<'a>(&'a self, message: &'a TextMessage) -> Sending<'a> {
        self.send_set(std::slice::from_ref(message))
    }

    fn at_once(&self) -> AtOnce {
        AtOnce::Set
    }

    fn send_set<'a>(&'a self, messages: &'a [TextMessage]) -> Sending<'a> {
        Box::pin(async move {
            self.file.send_set(messages).await.unwrap();
            self.wrote.store(true, Ordering::SeqCst);
            std::future::pending().await
        })
    }
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_crash_between_writing_and_settling_doubles_and_loses_none(#[case] kind: Kind) {
    const PEOPLE: usize = 5000;
    let running = settled(kind, PEOPLE as u32).await;
    let folder = std::path::PathBuf::from(env!("CARGO_TARGET_TMPDIR"))
        .join(format!("many-messages-{}-{kind:?}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    // Small files, so that what the crash left is in one that was renamed.
    let file = || MessageFile::new(folder.join("messages.jsonl")).rotated_at(100_000);
    for _ in 0..2 {
        let wrote = Arc::new(AtomicBool::new(false));
        let gateway = DiesAfterwards { file: file(), wrote: Arc::clone(&wrote) };
        let dies =
            tokio::spawn(deliver(Arc::clone(&running.service), Arc::new(gateway), Pace::Steady));
        let began = Instant::now();
        while !wrote.load(Ordering::SeqCst) {
            assert!(began.elapsed() < Duration::from_secs(20), "a set was written");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        dies.abort();
    }
    let next = beside(&running).await;
    tokio::spawn(deliver(Arc::clone(&next.service), Arc::new(file()), Pace::Steady));
    all_sent(&[&next, &running], || 0).await;
    let (mut lines, mut keys) = (0, HashSet::new());
    for entry in std::fs::read_dir(&folder).unwrap() {
        for line in std::fs::read_to_string(entry.unwrap().path()).unwrap().lines() {
            lines += 1;
            keys.insert(line[..44].to_owned());
        }
    }
    assert_eq!((lines, keys.len()), (PEOPLE, PEOPLE));
    std::fs::remove_dir_all(&folder).unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn nothing_is_begun_while_many_bookings_wait() {
    let running = settled(Kind::Sqlite, 2000).await;
    let (url, inbox) = inbox(|_, _| Answer::Takes, Duration::from_millis(5)).await;
    tokio::spawn(deliver(Arc::clone(&running.service), gateway(&url, 4), Pace::Steady));
    let began = Instant::now();
    while inbox.requests() < 20 {
        assert!(began.elapsed() < Duration::from_secs(20));
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    // Another program holds the database's lock, so that bookings wait.
    let Address::Sqlite(path) = &running.random.address else { panic!() };
    let mut lock =
        sqlx::SqliteConnection::connect(&format!("sqlite:{}", path.display())).await.unwrap();
    sqlx::raw_sql("BEGIN IMMEDIATE").execute(&mut lock).await.unwrap();
    let mut bookings = Vec::new();
    for nth in 1..=200_u32 {
        let engine = running.service.engine.clone();
        let command = BookCommand {
            person: PersonId(nth.into()),
            slot: SlotId(2),
            mobile: MobileChoice::Registered,
            channel: Channel::Pharmacy,
            key: u128::from(nth).to_be_bytes(),
            language: Language::En,
        };
        bookings.push(tokio::spawn(async move { engine.book(command).await }));
        if nth == 1 {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }
    tokio::time::sleep(Duration::from_millis(100)).await;
    let before = inbox.requests();
    assert!(before < 2000, "the set is not all sent before the lock is held");
    tokio::time::sleep(Duration::from_secs(1)).await;
    assert_eq!(inbox.requests(), before, "bookings wait");
    sqlx::raw_sql("ROLLBACK").execute(&mut lock).await.unwrap();
    for booking in bookings {
        booking.await.unwrap().unwrap();
    }
    let began = Instant::now();
    while inbox.count() < 2000 + 200 {
        assert!(began.elapsed() < Duration::from_secs(30), "{} messages", inbox.count());
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}
