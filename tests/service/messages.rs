//! Text messages: each thing told once, in the person's language, whatever the gateway does; over a
//! real loopback gateway and a file.
#![allow(clippy::disallowed_methods, reason = "a test that waits for a gateway measures time")]

use crate::databases::Kind;
use crate::loopback_gateway::served;
use crate::running;
use crate::running::{Running, number, start};
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use jiff::SignedDuration;
use jiff::civil::date;
use rstest::rstest;
use serde_json::Value;
use sqlx::Connection;
use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use vaxkiosk::domain::language::Language;
use vaxkiosk::domain::site::SlotId;
use vaxkiosk::domain::taipei::instant;
use vaxkiosk::server::engine::{Command, RescheduleCommand};
use vaxkiosk::server::notify::file::MessageFile;
use vaxkiosk::server::notify::http::HttpGateway;
use vaxkiosk::server::notify::{Gateway, Pace, Sending, TextMessage, deliver};
use vaxkiosk::server::store::database::Address;
use vaxkiosk::server::store::ids::PersonId;
use vaxkiosk::server::store::messages::SendOutcome;

/// What the gateway does with the next request.
#[derive(Clone, Copy, PartialEq, Debug)]
enum Mood {
    Fails,
    /// Takes it, and the answer is lost.
    LosesItsAnswer,
    /// Takes it, late.
    Slow,
    Never,
}

#[derive(Default)]
struct Inbox {
    /// By key: to, text.
    delivered: HashMap<String, (String, String)>,
    requests: usize,
    moods: Vec<Mood>,
}

type Shared = Arc<Mutex<Inbox>>;

async fn take(
    State(inbox): State<Shared>,
    headers: HeaderMap,
    Json(body): Json<Value>,
) -> StatusCode {
    let key = headers["idempotency-key"].to_str().unwrap().to_owned();
    let (mood, known) = {
        let mut inbox = inbox.lock().unwrap();
        inbox.requests += 1;
        let known = inbox.delivered.contains_key(&key);
        (inbox.moods.pop(), known)
    };
    match mood {
        Some(Mood::Fails) => return StatusCode::INTERNAL_SERVER_ERROR,
        Some(Mood::Never) => return StatusCode::UNPROCESSABLE_ENTITY,
        Some(Mood::Slow) => tokio::time::sleep(Duration::from_millis(700)).await,
        Some(Mood::LosesItsAnswer) | None => {}
    }
    if known {
        return StatusCode::CONFLICT;
    }
    let text = |name: &str| body[name].as_str().unwrap().to_owned();
    assert!(
        inbox.lock().unwrap().delivered.insert(key, (text("to"), text("text"))).is_none(),
        "delivered twice"
    );
    if mood == Some(Mood::LosesItsAnswer) {
        StatusCode::GATEWAY_TIMEOUT
    } else {
        StatusCode::ACCEPTED
    }
}

/// A gateway of another program, with its own list of what it has.
async fn gateway(moods: &[Mood]) -> (Arc<dyn Gateway>, Shared) {
    let inbox = Shared::default();
    inbox.lock().unwrap().moods = moods.iter().rev().copied().collect();
    let url = served(post(take), Arc::clone(&inbox)).await;
    (Arc::new(HttpGateway::new(url, None).unwrap()), inbox)
}

/// Waits until it is so, and moves the service's clock on: waits between attempts are long.
async fn until(running: &Running, what: &str, so: impl Fn() -> bool) {
    let began = Instant::now();
    while !so() {
        assert!(began.elapsed() < Duration::from_secs(30), "waited for {what}");
        tokio::time::sleep(Duration::from_millis(100)).await;
        *running.time.lock().unwrap() += SignedDuration::from_secs(5);
    }
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_is_told_once_in_their_language_whatever_the_gateway_does(#[case] kind: Kind) {
    let running = start(kind, 6, 20).await;
    let moods = [
        Mood::Fails,
        Mood::LosesItsAnswer,
        Mood::Slow,
        Mood::Fails,
        Mood::LosesItsAnswer,
        Mood::Fails,
    ];
    let (gateway, inbox) = gateway(&moods).await;
    tokio::spawn(deliver(Arc::clone(&running.service), gateway, Pace::Steady));
    let mut numbers = Vec::new();
    for (nth, language) in (1..=6).zip(Language::ALL) {
        numbers.push(running.book_given(nth, 1, language).await.to_string());
    }
    until(&running, "six messages", || inbox.lock().unwrap().delivered.len() == 6).await;
    until(&running, "an end", || {
        running.service.metrics.text(0).contains("text_messages_total{outcome=\"sent\"} 6")
    })
    .await;
    let inbox = inbox.lock().unwrap();
    assert!(inbox.requests > 6, "some were tried again");
    for (nth, number) in (1..).zip(&numbers) {
        let to = format!("09{nth:08}");
        let told: Vec<_> = inbox.delivered.values().filter(|(at, _)| *at == to).collect();
        assert_eq!(told.len(), 1, "{to}");
        assert!(told[0].1.contains(number.as_str()), "{}", told[0].1);
    }
    let text = |nth: u32| {
        inbox.delivered.values().find(|(to, _)| *to == format!("09{nth:08}")).unwrap().1.clone()
    };
    assert!(
        text(1).starts_with("【疫苗預約】已完成預約")
            && text(4).contains("Đã đặt lịch")
            && text(6).contains("จองแล้ว")
    );
    assert!(inbox.delivered.values().all(|(_, text)| !text.contains("http")), "no link to press");
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_move_and_a_cancellation_are_told_too_and_a_reminder_the_day_before(#[case] kind: Kind) {
    let running = start(kind, 2, 20).await;
    let (gateway, inbox) = gateway(&[]).await;
    let number = running.book_given(1, 1, Language::En).await;
    let second = running.book_given(2, 1, Language::En).await;
    *running.time.lock().unwrap() += SignedDuration::from_secs(60);
    let person = PersonId(1);
    let ask = RescheduleCommand {
        person,
        number,
        from: SlotId(1),
        to: SlotId(2),
        language: Language::Id,
    };
    running.service.engine.reschedule(ask).await.unwrap();
    let cancel = Command::Cancel { person, number, slot: SlotId(2), language: Language::Id };
    running.service.engine.submit(cancel).await.unwrap();
    tokio::spawn(deliver(Arc::clone(&running.service), gateway, Pace::Steady));
    until(&running, "four messages", || inbox.lock().unwrap().delivered.len() == 4).await;
    let texts = || {
        inbox.lock().unwrap().delivered.values().map(|(_, text)| text.clone()).collect::<Vec<_>>()
    };
    assert!(
        texts().iter().any(|text| text.contains("Diubah"))
            && texts().iter().any(|text| text.contains("Dibatalkan"))
    );
    // The slots are on the sixteenth; who has cancelled is not reminded.
    *running.time.lock().unwrap() = instant(date(2027, 7, 15).at(9, 0, 0, 0));
    until(&running, "a reminder", || inbox.lock().unwrap().delivered.len() == 5).await;
    tokio::time::sleep(Duration::from_millis(1500)).await;
    let reminders: Vec<_> = texts().into_iter().filter(|text| text.contains("Reminder")).collect();
    assert_eq!(reminders.len(), 1, "once");
    assert!(reminders[0].contains(&second.to_string()));
}

/// Panics at its first message.
struct PanicsOnce {
    panicked: AtomicBool,
    gateway: Arc<dyn Gateway>,
}

impl Gateway for PanicsOnce {
    fn send<'a>(&'a self, message: &'a TextMessage) -> Sending<'a> {
        assert!(self.panicked.swap(true, Ordering::SeqCst), "the first message");
        self.gateway.send(message)
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_message_whose_sending_panics_costs_no_other_and_is_tried_again() {
    let running = start(Kind::Sqlite, 3, 20).await;
    let (gateway, inbox) = gateway(&[]).await;
    for nth in 1..=3 {
        running.book_given(nth, 1, Language::Vi).await;
    }
    let gateway = Arc::new(PanicsOnce { panicked: AtomicBool::new(false), gateway });
    tokio::spawn(deliver(Arc::clone(&running.service), gateway, Pace::Steady));
    until(&running, "three messages", || inbox.lock().unwrap().delivered.len() == 3).await;
}

/// A server alone sleeps for a minute at a time, and is woken by what it writes.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_alone_sends_as_soon_as_it_has_written() {
    let running = start(Kind::Sqlite, 1, 20).await;
    let (gateway, inbox) = gateway(&[]).await;
    tokio::spawn(deliver(Arc::clone(&running.service), gateway, Pace::WhenWritten));
    // The first look finds nothing.
    tokio::time::sleep(Duration::from_millis(500)).await;
    running.book_given(1, 1, Language::En).await;
    until(&running, "a message", || inbox.lock().unwrap().delivered.len() == 1).await;
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_dies_while_sending_leaves_it_to_the_next(#[case] kind: Kind) {
    let running = start(kind, 3, 20).await;
    for nth in 1..=3 {
        running.book_given(nth, 1, Language::Ja).await;
    }
    let store = &running.service.store;
    while store.take_outbox_apart(jiff::Timestamp::MAX).await.unwrap() > 0 {}
    let now = *running.time.lock().unwrap();
    let until_then = now + SignedDuration::from_secs(120);
    let claimed = store.claim_messages(now, until_then, 10).await.unwrap().due;
    assert_eq!(claimed.len(), 3);
    assert!(store.claim_messages(now, until_then, 10).await.unwrap().due.is_empty(), "taken");
    // One of them was delivered before its sender died.
    let path = running_folder().join(format!("messages-{}-{kind:?}", std::process::id()));
    let _ = std::fs::remove_file(&path);
    let file = MessageFile::new(path.clone());
    let key = hex::encode(&vaxkiosk::server::keys::fingerprint(claimed[0].once.as_bytes())[..16]);
    let text = "delivered before".to_owned();
    let to = claimed[0].mobile.clone();
    file.send(&vaxkiosk::server::notify::TextMessage { key, to, text, again: false })
        .await
        .unwrap();
    *running.time.lock().unwrap() += SignedDuration::from_secs(121);
    tokio::spawn(deliver(Arc::clone(&running.service), Arc::new(file), Pace::Steady));
    let sent =
        || running.service.metrics.text(0).contains("text_messages_total{outcome=\"sent\"} 3");
    until(&running, "three messages", sent).await;
    let text = std::fs::read_to_string(&path).unwrap();
    assert_eq!(text.lines().count(), 3, "the one that was delivered is not written again: {text}");
    std::fs::remove_file(&path).unwrap();
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_was_held_up_for_longer_than_its_claim_does_not_take_back_what_another_sent(
    #[case] kind: Kind,
) {
    let running = start(kind, 1, 20).await;
    running.book_given(1, 1, Language::Id).await;
    let store = &running.service.store;
    while store.take_outbox_apart(jiff::Timestamp::MAX).await.unwrap() > 0 {}
    let (now, minute) = (*running.time.lock().unwrap(), SignedDuration::from_secs(60));
    let held_up = store.claim_messages(now, now + minute, 10).await.unwrap().due.remove(0);
    let later = now + minute + minute;
    let other = store.claim_messages(later, later + minute, 10).await.unwrap().due.remove(0);
    assert_eq!(held_up.once, other.once);
    store.settle_messages(&[(other.once, SendOutcome::Sent(later))]).await.unwrap();
    store.settle_messages(&[(held_up.once, SendOutcome::Later(later))]).await.unwrap();
    let round = store.rounds().await.unwrap().remove(0);
    let figures = store.figures(&round).await.unwrap();
    assert_eq!(figures.waiting_messages, 0, "sent is sent");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_message_that_cannot_be_read_holds_up_no_other() {
    let running = start(Kind::Sqlite, 3, 20).await;
    for nth in 1..=3 {
        running.book_given(nth, 1, Language::Vi).await;
    }
    while running.service.store.take_outbox_apart(jiff::Timestamp::MAX).await.unwrap() > 0 {}
    let Address::Sqlite(path) = &running.random.address else { panic!() };
    let mut file =
        sqlx::SqliteConnection::connect(&format!("sqlite:{}", path.display())).await.unwrap();
    let torn = "UPDATE messages SET mobile_sealed = x'00' WHERE rowid = 2";
    assert_eq!(sqlx::query(torn).execute(&mut file).await.unwrap().rows_affected(), 1);
    let (gateway, inbox) = gateway(&[]).await;
    tokio::spawn(deliver(Arc::clone(&running.service), gateway, Pace::Steady));
    let told = || {
        let text = running.service.metrics.text(0);
        let counted = |outcome| format!("text_messages_total{{outcome=\"{outcome}\"}}");
        text.contains(&format!("{} 2", counted("sent")))
            && text.contains(&format!("{} 1", counted("never")))
    };
    until(&running, "two messages, and one that is given up", told).await;
    drop(inbox);
}

fn running_folder() -> std::path::PathBuf {
    std::path::PathBuf::from(env!("CARGO_TARGET_TMPDIR"))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_gateway_will_never_take_is_not_tried_again() {
    let running = start(Kind::Sqlite, 1, 20).await;
    let (gateway, inbox) = gateway(&[Mood::Never]).await;
    tokio::spawn(deliver(Arc::clone(&running.service), gateway, Pace::Steady));
    running.book_given(1, 1, Language::Th).await;
    until(&running, "one attempt", || inbox.lock().unwrap().requests == 1).await;
    *running.time.lock().unwrap() += SignedDuration::from_hours(2);
    tokio::time::sleep(Duration::from_millis(1500)).await;
    let inbox = inbox.lock().unwrap();
    assert_eq!((inbox.requests, inbox.delivered.len()), (1, 0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_booking_that_is_asked_for_again_is_told_once() {
    let running = start(Kind::Sqlite, 1, 20).await;
    let (gateway, inbox) = gateway(&[]).await;
    tokio::spawn(deliver(Arc::clone(&running.service), gateway, Pace::Steady));
    let token = running.session(1).await;
    let first = number(running.book(&token, 1, running::key(1)).await);
    for _ in 0..20 {
        assert_eq!(number(running.book(&token, 1, running::key(1)).await), first);
    }
    until(&running, "a message", || !inbox.lock().unwrap().delivered.is_empty()).await;
    tokio::time::sleep(Duration::from_millis(1200)).await;
    assert_eq!(inbox.lock().unwrap().requests, 1);
}
