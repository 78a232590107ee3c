//! A connection that is cut at every byte of a request and of its answer: whoever asks again with
//! the same key has one booking, and seats and bookings agree.

use crate::databases::Kind;
use crate::extent::extent;
use crate::log_in;
use crate::log_in::at_a_health_station;
use crate::running::{Running, ask_until_answered, client, key, start, with_card};
use crate::town::card;
use crate::work::assert_sound;
use rstest::rstest;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use vaxkiosk::api::bookings::{BookSlot, CancelBooking, MobileChoice, MoveBooking};
use vaxkiosk::api::sessions::SessionToken;
use vaxkiosk::client::calls::{Answer, Call, Fault, Reply};
use vaxkiosk::client::http::Client;
use vaxkiosk::domain::booking_number::BookingNumber;
use vaxkiosk::domain::language::Language;
use vaxkiosk::domain::site::SlotId;

/// How many bytes go through, each way, before the connection is cut.
#[derive(Clone, Copy, Debug)]
struct Cut {
    request: usize,
    answer: usize,
}

/// Nothing is cut.
const WHOLE: Cut = Cut { request: usize::MAX, answer: usize::MAX };

/// Passes on at most so many bytes; how many there were. It ends at the last of them.
async fn pass(
    mut from: impl AsyncRead + Unpin,
    mut to: impl AsyncWrite + Unpin,
    most: usize,
    passed: &Mutex<usize>,
) {
    let mut buffer = [0; 4096];
    let mut left = most;
    while left > 0 {
        let room = buffer.len().min(left);
        let Ok(count @ 1..) = from.read(&mut buffer[..room]).await else { return };
        if to.write_all(&buffer[..count]).await.is_err() {
            return;
        }
        *passed.lock().unwrap() += count;
        left -= count;
    }
}

/// A line to the service that is cut. Where it is reached, and what has passed each way.
async fn line(service: &str, cut: Cut) -> (String, Arc<[Mutex<usize>; 2]>) {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let service = service.trim_start_matches("http://").to_owned();
    let passed = Arc::new([Mutex::new(0), Mutex::new(0)]);
    let counts = Arc::clone(&passed);
    tokio::spawn(async move {
        let (kiosk, _) = listener.accept().await.unwrap();
        // Nobody comes a second time.
        drop(listener);
        let there = TcpStream::connect(service).await.unwrap();
        let ((kiosk_reads, kiosk_writes), (reads, writes)) =
            (kiosk.into_split(), there.into_split());
        tokio::select! {
            () = pass(kiosk_reads, writes, cut.request, &counts[0]) => {}
            () = pass(reads, kiosk_writes, cut.answer, &counts[1]) => {}
        }
    });
    (url, passed)
}

/// A call over a line that is cut: its reply, and how many bytes have passed each way.
async fn over(running: &Running, cut: Cut, call: Call) -> (Reply, [usize; 2]) {
    let (url, passed) = line(&running.base, cut).await;
    let reply = client(&url, "station").call(call).await;
    let passed = [*passed[0].lock().unwrap(), *passed[1].lock().unwrap()];
    (reply, passed)
}

fn book(token: &SessionToken, nth: u32) -> Call {
    let ask =
        BookSlot { slot: SlotId(2), mobile: MobileChoice::Registered, language: Language::Vi };
    Call::Book { token: token.clone(), ask, key: key(nth) }
}

fn number(reply: Reply) -> BookingNumber {
    match reply {
        Ok(Answer::Booked(booking)) => booking.number,
        other => panic!("{other:?}"),
    }
}

/// What a person does in turn: each call, over the line that is cut and then asked again.
async fn all_of_it(
    running: Arc<Running>,
    station: Client,
    nth: u32,
    cut: Cut,
) -> (Option<BookingNumber>, [usize; 3]) {
    let card = card(nth);
    let opened = ask_until_answered(&station, with_card(card.id, card.number)).await;
    let token = log_in::token(opened);
    let mut unanswered = [0; 3];
    let (first, _) = over(&running, cut, book(&token, nth)).await;
    let booked = number(ask_until_answered(&station, book(&token, nth)).await);
    match first {
        Err(Fault::Gone) => unanswered[0] += 1,
        first => assert_eq!(number(first), booked, "{cut:?}"),
    }
    let ask = MoveBooking { number: booked, slot: SlotId(1), language: Language::Vi };
    let moving = Call::Reschedule { token: token.clone(), ask };
    let (first, _) = over(&running, cut, moving.clone()).await;
    let moved = ask_until_answered(&station, moving).await;
    match first {
        Err(Fault::Gone) => unanswered[1] += 1,
        first => assert_eq!(first, moved, "{cut:?}"),
    }
    assert_eq!(number(moved), booked);
    if nth.is_multiple_of(2) {
        return (Some(booked), unanswered);
    }
    let ask = CancelBooking { number: booked, language: Language::Vi };
    let cancel = Call::Cancel { token, ask };
    let (first, _) = over(&running, cut, cancel.clone()).await;
    let second = ask_until_answered(&station, cancel).await;
    assert_eq!(second, Ok(Answer::Cancelled), "{cut:?}: the same answer");
    match first {
        Err(Fault::Gone) => unanswered[2] += 1,
        first => assert_eq!(first, Ok(Answer::Cancelled), "{cut:?}"),
    }
    (None, unanswered)
}

/// Every byte, or every so many of them: `EVERY`, or all on SQLite and each seventh on PostgreSQL.
fn step(kind: Kind) -> usize {
    let usual = if kind == Kind::Sqlite { 1 } else { 7 };
    extent("EVERY", usual)
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_connection_cut_at_any_byte_makes_one_booking(#[case] kind: Kind) {
    const PEOPLE: u32 = 3000;
    const AT_ONCE: usize = 16;
    let running = Arc::new(start(kind, PEOPLE, 1000).await);
    let station = at_a_health_station(&running).await;
    // How long they are: those of a whole call, and some more, since lengths differ by a digit.
    let last = card(PEOPLE);
    let token = log_in::token(ask_until_answered(&station, with_card(last.id, last.number)).await);
    let (whole, [request, answer]) = over(&running, WHOLE, book(&token, PEOPLE)).await;
    let mut acknowledged = vec![number(whole)];
    println!("a request of {request} bytes, an answer of {answer}");
    let requests = (0..request + 8).map(|request| Cut { request, ..WHOLE });
    let answers = (0..answer + 8).map(|answer| Cut { answer, ..WHOLE });
    let cuts: Vec<_> = requests.chain(answers).step_by(step(kind)).collect();
    assert!(cuts.len() < PEOPLE as usize);
    let (mut tasks, mut waiting) = (tokio::task::JoinSet::new(), (1..).zip(cuts.iter().copied()));
    let mut unanswered: BTreeMap<usize, usize> = BTreeMap::new();
    loop {
        while tasks.len() < AT_ONCE {
            let Some((nth, cut)) = waiting.next() else { break };
            tasks.spawn(all_of_it(Arc::clone(&running), station.clone(), nth, cut));
        }
        let Some(done) = tasks.join_next().await else { break };
        let (kept, gone) = done.unwrap();
        acknowledged.extend(kept);
        (0..3).for_each(|at| *unanswered.entry(at).or_default() += gone[at]);
    }
    println!("{} cuts; without an answer: {unanswered:?}", cuts.len());
    assert!(unanswered[&0] * 10 > cuts.len() * 9, "most of them were cut: {unanswered:?}");
    assert_sound(&running.random.address, &acknowledged).await;
}
