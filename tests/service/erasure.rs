//! People who are erased: nothing of them is left, and the counts stay right.

use crate::databases::{Fresh, Kind};
use crate::program::Program;
use crate::running;
use crate::running::{code, start, with_card};
use crate::town;
use crate::town::{card, open, round_number};
use jiff::SignedDuration;
use rstest::rstest;
use std::io::Write;
use std::process::Stdio;
use vaxkiosk::api::problem::Code;
use vaxkiosk::domain::taipei;
use vaxkiosk::server::retention::forget;
use vaxkiosk::server::store::audit_read::TrailFilter;
use vaxkiosk::server::store::database::Address;
use vaxkiosk::server::store::erasure::Erased;
use vaxkiosk::server::store::ids::PersonId;

/// How many rows of a table this holds for.
async fn rows(fresh: &Fresh, query: &'static str) -> i64 {
    match &fresh.address {
        Address::Sqlite(path) => {
            let options = sqlx::sqlite::SqliteConnectOptions::new().filename(path);
            let db = <sqlx::SqliteConnection as sqlx::Connection>::connect_with(&options);
            sqlx::query_scalar(query).fetch_one(&mut db.await.unwrap()).await.unwrap()
        }
        Address::Postgres(url) => {
            let db = <sqlx::PgConnection as sqlx::Connection>::connect(url);
            sqlx::query_scalar(query).fetch_one(&mut db.await.unwrap()).await.unwrap()
        }
    }
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_a_person_who_is_erased_only_a_count_is_left(#[case] kind: Kind) {
    let running = start(kind, 2, 5).await;
    let store = &running.service.store;
    let token = running.session(1).await;
    running.book(&token, 1, running::key(1)).await.unwrap();
    let other = running.session(2).await;
    running.book(&other, 1, running::key(2)).await.unwrap();
    let erase = async |now| store.erase_person(PersonId(1), now, taipei::civil(now)).await;
    assert_eq!(erase(open()).await.unwrap(), Erased::Booked, "it is still to come");
    let after = open() + SignedDuration::from_hours(24 * 30);
    assert_eq!(erase(after).await.unwrap(), Erased::Done);
    let gone = running.client.call(with_card(card(1).id, card(1).number)).await;
    assert_eq!(code(gone), Some(Code::UnknownPerson));
    let still = running.client.call(with_card(card(2).id, card(2).number)).await;
    assert!(still.is_ok(), "{still:?}");
    for (query, expected) in [
        ("SELECT COUNT(*) FROM intentions WHERE person = 1", 0),
        ("SELECT COUNT(*) FROM messages WHERE person = 1", 0),
        ("SELECT COUNT(*) FROM bookings WHERE person = 1", 0),
        ("SELECT COUNT(*) FROM bookings WHERE length(mobile_sealed) = 0", 1),
        ("SELECT COUNT(*) FROM people WHERE length(identity_sealed) = 0", 1),
        ("SELECT COUNT(*) FROM people WHERE length(identity_sealed) > 0", 1),
    ] {
        assert_eq!(rows(&running.random, query).await, expected, "{query}");
    }
    let findings = store.audit(round_number()).await.unwrap();
    assert_eq!((findings.live_bookings, findings.bookings_without_person_or_slot), (2, 0));
    assert!(store.verify_trail().await.unwrap().broken.is_empty());
    let erased = |person| TrailFilter {
        action: Some("erase".into()),
        person: Some(PersonId(person)),
        limit: 10,
        ..TrailFilter::default()
    };
    let told = [store.trail(&erased(1)).await.unwrap(), store.trail(&erased(2)).await.unwrap()];
    assert_eq!(told.map(|rows| rows.len()), [1, 0], "the trail says whose");
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_old_round_is_forgotten_when_its_time_is_over(#[case] kind: Kind) {
    const KNOWN: &str = "SELECT COUNT(*) FROM bookings WHERE person > 0";
    let running = start(kind, 3, 5).await;
    for nth in 1..=3 {
        let token = running.session(nth).await;
        running.book(&token, 1, running::key(nth)).await.unwrap();
    }
    let closes = town::round(5).round.closes;
    *running.time.lock().unwrap() = closes + SignedDuration::from_hours(24 * 180 - 1);
    forget(&running.service, 180).await.unwrap();
    assert_eq!(rows(&running.random, KNOWN).await, 3, "an hour too early");
    *running.time.lock().unwrap() = closes + SignedDuration::from_hours(24 * 180);
    forget(&running.service, 180).await.unwrap();
    assert_eq!(rows(&running.random, KNOWN).await, 0);
    assert_eq!(rows(&running.random, "SELECT COUNT(*) FROM messages").await, 0);
    assert_eq!(rows(&running.random, "SELECT COUNT(*) FROM intentions").await, 3, "they stay");
    let findings = running.service.store.audit(round_number()).await.unwrap();
    assert_eq!((findings.live_bookings, findings.bookings_without_person_or_slot), (3, 0));
}

#[test]
fn the_administrator_erases_by_a_number_that_is_in_no_list_of_commands() {
    let fresh = Kind::Sqlite.fresh();
    let program = Program::new(&fresh);
    let size = ["--people", "3", "--kiosks", "1", "--sites", "1"];
    program.succeed(&[&["admin", "practice"], size.as_slice()].concat());
    let id = vaxkiosk::commands::practice_people::card(1).id;
    let erase = |id: &str| {
        let mut command = program.command(&["admin", "person", "erase"]);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        writeln!(child.stdin.take().unwrap(), "{id}").unwrap();
        child.wait_with_output().unwrap().status.code()
    };
    assert_eq!(erase(id.expose()), Some(0));
    assert_eq!(erase(id.expose()), Some(1), "nobody has it any more");
    assert_eq!(erase("nonsense"), Some(1));
}
