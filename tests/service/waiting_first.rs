//! Who comes before those who wait: people whose slot was closed and for whom no seat was left. And
//! how often seats came free, as it is told to whoever waits. On both databases.

use crate::databases::{Fresh, Kind};
use crate::plainly::{ask, assert_sound};
use crate::running::{generous, start_over};
use crate::town::{open, round_number};
use crate::waiting::{Server, book, settle, slot, waits, wish};
use crate::waiting_calls::ask_by_call;
use jiff::SignedDuration;
use rstest::rstest;
use std::sync::Arc;
use vaxkiosk::domain::language::Language;
use vaxkiosk::domain::refusal::Refusal;
use vaxkiosk::domain::site::SlotId;
use vaxkiosk::domain::waiting::DayPart;
use vaxkiosk::server::engine::EngineError;
use vaxkiosk::server::engine::closing::close;
use vaxkiosk::server::engine::line::Look;

/// Persons 1 and 2 have the seats of slot 1, which is closed; 3 has that of slot 2, and 4 waits.
/// No seat is left for anybody.
async fn two_lost_theirs(kind: Kind) -> (Fresh, Server) {
    let random = kind.fresh();
    settle(&random, 9, vec![slot(1, 1, 16, 9, 2), slot(2, 1, 17, 9, 1)]).await;
    let server = Server::over(&random).await;
    for (person, slot) in [(2, 1), (1, 1), (3, 2)] {
        server.engine.book(book(person, slot, person)).await.unwrap();
        *server.time.lock().unwrap() += SignedDuration::from_secs(1);
    }
    waits(&server.store, 4, wish(DayPart::Any)).await;
    let until = open() + SignedDuration::from_hours(40);
    let now = *server.time.lock().unwrap();
    let closed = close(&server.store, &[SlotId(1)], Some(until), now).await.unwrap();
    assert_eq!((closed.people, closed.set_aside), (2, 0));
    server.catalog.know_who_waits(true);
    (random, server)
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_lost_a_seat_comes_before_those_who_wait(#[case] kind: Kind) {
    let (random, server) = two_lost_theirs(kind).await;
    server.cancel(3, 2).await;
    assert_eq!(server.look().await, (1, 0));
    let aside =
        |person: u32| format!("SELECT COUNT(*) FROM holds WHERE slot = 2 AND person = {person}");
    assert_eq!(ask(&random, &aside(2)).await, 1, "who had booked first");
    assert_sound(&random).await;
    let told = "SELECT COUNT(*) FROM outbox WHERE told LIKE '%\"displaced\"%\"held\":2%'";
    assert_eq!(ask(&random, told).await, 1, "they are told of it");
    for (person, slot) in [(4, 2), (1, 2), (5, 2)] {
        let full = server.engine.book(book(person, slot, 100 + person)).await.map(|_| ());
        assert_eq!(full, Err(EngineError::Refused(Refusal::SlotFull)), "{person}");
    }
    server.engine.book(book(2, 2, 200)).await.unwrap();
    assert_sound(&random).await;
    // Their time to choose is over for the other: now it is for whoever waits.
    server.pass(60 * 40);
    server.cancel(2, 2).await;
    server.look().await;
    assert_eq!(ask(&random, &aside(4)).await, 1);
    assert_sound(&random).await;
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_seat_of_a_closed_slot_is_offered_no_more(#[case] kind: Kind) {
    let (random, server) = two_lost_theirs(kind).await;
    server.cancel(3, 2).await;
    server.engine.book(book(5, 2, 5)).await.unwrap_err();
    server.look().await;
    let until = open() + SignedDuration::from_hours(40);
    let now = *server.time.lock().unwrap();
    // The seat that is set aside for person 2 is lost once more, and nobody has two rights.
    let closed = close(&server.store, &[SlotId(2)], Some(until), now).await.unwrap();
    assert_eq!(closed.people, 1);
    assert_sound(&random).await;
    assert_eq!(server.look_at(Look::All).await, (0, 0));
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_offer_ends_with_its_slot_and_its_person_waits_on(#[case] kind: Kind) {
    let random = kind.fresh();
    settle(&random, 9, vec![slot(1, 1, 16, 9, 2), slot(2, 1, 17, 9, 1)]).await;
    let server = Server::over(&random).await;
    for (person, slot) in [(1, 1), (2, 1), (3, 2)] {
        server.engine.book(book(person, slot, person)).await.unwrap();
    }
    for person in [4, 5] {
        waits(&server.store, person, wish(DayPart::Any)).await;
    }
    server.catalog.know_who_waits(true);
    server.cancel(1, 1).await;
    server.look().await;
    server.cancel(2, 1).await;
    let now = *server.time.lock().unwrap();
    let closed = close(&server.store, &[SlotId(1)], None, now).await.unwrap();
    assert_eq!(closed.people, 0, "whoever waits has lost no seat of theirs");
    assert_sound(&random).await;
    assert_eq!(server.offered().await, Vec::<i64>::new());
    server.cancel(3, 2).await;
    server.look().await;
    assert_eq!(server.offered().await, [4], "still the first");
    assert_sound(&random).await;
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn chances_are_what_came_free_or_that_nothing_is_known(#[case] kind: Kind) {
    let random = Arc::new(kind.fresh());
    settle(&random, 9, vec![slot(1, 1, 16, 9, 3), slot(2, 2, 17, 9, 1)]).await;
    let server = Server::over(&random).await;
    for person in [1, 2, 3] {
        server.engine.book(book(person, 1, person)).await.unwrap();
    }
    let running = start_over(Arc::clone(&random), open(), generous()).await;
    assert_eq!(ask_by_call(&running, 4, Language::Ja).await.chances, None, "nothing is known");
    server.catalog.know_who_waits(true);
    for person in [1, 2] {
        waits(&server.store, 4 + person, wish(DayPart::Any)).await;
        server.cancel(person, 1).await;
        server.look().await;
    }
    let said = ask_by_call(&running, 7, Language::Th).await;
    let chances = said.chances.expect("something is known");
    assert_eq!((chances.seats, chances.since), (2, open()));
    assert_eq!(said.place, 4, "three asked before");
    assert!(server.store.somebody_waits(round_number(), open()).await.unwrap());
}
