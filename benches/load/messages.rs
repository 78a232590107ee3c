//! The messages of a settlement: how many a second leave into the file and to a slow gateway, and
//! what a rush of bookings loses meanwhile, measured in turns of one run.

use super::town::Bench;
use super::{TURN, median, send};
use crate::databases::Kind;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use vaxkiosk::commands::machine;
use vaxkiosk::server::notify::file::MessageFile;
use vaxkiosk::server::notify::http::HttpGateway;
use vaxkiosk::server::notify::{Gateway, Pace, deliver};
use vaxkiosk::server::service::Service;
use vaxkiosk::server::store::ids::PersonId;

/// How often each turn is measured beside a rush.
const TURNS: usize = 4;
/// How long the slow gateway takes for each message.
const SLOW: Duration = Duration::from_millis(50);

/// What the slow gateway was asked, and which messages it has.
#[derive(Default)]
struct Inbox {
    requests: AtomicUsize,
    /// Requests for a message that it has already.
    known: AtomicUsize,
    taken: Mutex<HashSet<String>>,
}

async fn take(State(inbox): State<Arc<Inbox>>, headers: HeaderMap) -> StatusCode {
    tokio::time::sleep(SLOW).await;
    if inbox.requests.fetch_add(1, Ordering::SeqCst) % 20 == 7 {
        return StatusCode::SERVICE_UNAVAILABLE;
    }
    let key = headers["idempotency-key"].to_str().unwrap().to_owned();
    if inbox.taken.lock().unwrap().insert(key) {
        return StatusCode::ACCEPTED;
    }
    inbox.known.fetch_add(1, Ordering::SeqCst);
    StatusCode::CONFLICT
}

/// A gateway with a thread of its own that takes 50 ms and answers 5 % of 503.
fn slow_gateway() -> (Arc<dyn Gateway>, Arc<Inbox>) {
    let inbox = Arc::new(Inbox::default());
    let listener = std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap();
    listener.set_nonblocking(true).unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    let state = Arc::clone(&inbox);
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let router =
                axum::Router::new().route("/", axum::routing::post(take)).with_state(state);
            let listener = tokio::net::TcpListener::from_std(listener).unwrap();
            axum::serve(listener, router).await.unwrap();
        });
    });
    (Arc::new(HttpGateway::new(url, None).unwrap()), inbox)
}

/// Messages that were sent so far.
fn sent(service: &Service) -> u64 {
    let text = service.metrics.text(0);
    let line = text.lines().find(|line| line.contains("text_messages_total{outcome=\"sent\"}"));
    line.and_then(|line| line.rsplit(' ').next()?.parse().ok()).unwrap_or_default()
}

/// Everybody is told that they may book.
fn settle(bench: &Bench, service: &Service) {
    bench.runtime.block_on(async {
        let round = service.store.rounds().await.unwrap().remove(0);
        let mut last = PersonId(0);
        loop {
            let set = service.store.registered_after(last).await.unwrap();
            let Some(end) = set.last() else { return };
            last = end.record.person;
            service.store.tell_settled(&round, &set, machine::now()).await.unwrap();
        }
    });
}

/// Sends for as long as `until` says. Messages a second.
fn sending(
    bench: &Bench,
    service: &Arc<Service>,
    gateway: &Arc<dyn Gateway>,
    until: impl FnOnce(),
) -> f64 {
    let (before, began) = (sent(service), Instant::now());
    let sender =
        bench.runtime.spawn(deliver(Arc::clone(service), Arc::clone(gateway), Pace::Steady));
    until();
    let rate = (sent(service) - before) as f64 / began.elapsed().as_secs_f64();
    sender.abort();
    let _ = bench.runtime.block_on(sender);
    rate
}

fn file(folder: &Path) -> Arc<dyn Gateway> {
    let _ = std::fs::remove_dir_all(folder);
    std::fs::create_dir_all(folder).unwrap();
    Arc::new(MessageFile::new(folder.join("messages.jsonl")))
}

/// Lines in the files of a folder, of which none has the key of another.
fn lines(folder: &Path) -> usize {
    let mut keys = HashSet::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        for line in std::fs::read_to_string(entry.unwrap().path()).unwrap().lines() {
            assert!(keys.insert(line[8..40].to_owned()), "a message is there twice: {line}");
        }
    }
    keys.len()
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("messages-{}", std::process::id()))
}

/// All messages of a settlement, without a rush: into the file, each once, and a while to the slow
/// gateway.
pub fn alone(kind: Kind, people: u32) {
    println!("\n{kind:?}: the messages of a settlement of {people} people, no rush");
    let bench = Bench::new(kind, people, 320);
    let (_, service) = bench.serve();
    settle(&bench, &service);
    let (gateway, inbox) = slow_gateway();
    let rate = sending(&bench, &service, &gateway, || std::thread::sleep(TURN * 5));
    println!("  to a gateway of 50 ms, 5 % of 503 (at least 1000) {rate:>8.0}/s");
    assert_eq!(inbox.known.load(Ordering::SeqCst), 0, "each once");
    let folder = folder();
    let gateway = file(&folder);
    let (settled, taken) = (sent(&service), inbox.taken.lock().unwrap().len());
    // What the sender that was cut off had claimed of PostgreSQL stays claimed for a minute, which
    // is not waited for.
    let all = match kind {
        Kind::Sqlite => people,
        Kind::Postgres => people - 4096,
    };
    let most = Instant::now() + Duration::from_secs(1200);
    let rate = sending(&bench, &service, &gateway, || {
        while sent(&service) < u64::from(all) && Instant::now() < most {
            std::thread::sleep(Duration::from_millis(50));
        }
    });
    println!("  into the file (at least 2000)                     {rate:>8.0}/s");
    let written = lines(&folder);
    println!("  lines in the file, no key twice                   {written:>8}");
    // The messages of the set that this bench cut off went to both, or wait for their claim's end.
    println!("  taken by the gateway: {taken}, of which settled: {settled}");
    std::fs::remove_dir_all(&folder).unwrap();
}

/// Bookings a second with and without a settlement, into the file and to the slow gateway.
pub fn beside_a_rush(kind: Kind, people: u32, connections: usize) {
    println!("\n{kind:?}: a rush, {connections} connections, beside a settlement's messages");
    let folder = folder();
    rush_beside("the file", &file(&folder), kind, people, connections);
    lines(&folder);
    std::fs::remove_dir_all(&folder).unwrap();
    let (gateway, _) = slow_gateway();
    rush_beside("a gateway of 50 ms, 5 % of 503", &gateway, kind, people, connections);
}

fn rush_beside(
    what: &str,
    gateway: &Arc<dyn Gateway>,
    kind: Kind,
    people: u32,
    connections: usize,
) {
    let bench = Bench::new(kind, people, 320);
    let (address, service) = bench.serve();
    settle(&bench, &service);
    let mut person = 0;
    let mut rush = || {
        let some = (person..people).take(200_000);
        let requests = bench.bookings_of(&service, some, "/v1/bookings");
        let seen = send(address, requests, connections, TURN * 3 / 4, None, b"201");
        assert_eq!(seen.wrong, 0);
        person += (seen.answers + connections) as u32;
        seen.a_second()
    };
    let (mut ratios, mut rates, mut before) = (vec![], vec![], rush());
    for _ in 0..TURNS {
        let mut with = 0.0;
        let rate = sending(&bench, &service, gateway, || with = rush());
        let after = rush();
        println!(
            "  bookings {before:>6.0}/s, with messages {with:>6.0}/s, without {after:>6.0}/s; \
                {rate:.0} messages/s"
        );
        ratios.push(with / f64::midpoint(before, after));
        rates.push(rate);
        before = after;
    }
    println!("  {what}: messages {:>8.0}/s", median(rates));
    println!("  bookings with : without (at least 0.90) {:>8.2}", median(ratios));
}
