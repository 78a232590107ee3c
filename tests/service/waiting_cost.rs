//! What it costs to give up a seat while many wait: the writer keeps the seat and no more, and the
//! line is looked at beside it. On both databases.
#![allow(clippy::disallowed_methods, reason = "a test that waits for servers measures time")]

use crate::databases::{Fresh, Kind};
use crate::extent::extent;
use crate::plainly::{ask, assert_sound, run};
use crate::town::{open, round_number};
use crate::waiting::{Server, book, settle, slot, wish};
use rstest::rstest;
use std::time::{Duration, Instant};
use vaxkiosk::domain::language::Language;
use vaxkiosk::domain::site::SlotId;
use vaxkiosk::domain::waiting::DayPart;
use vaxkiosk::server::engine::Command;
use vaxkiosk::server::engine::line::{Look, look};
use vaxkiosk::server::store::ids::PersonId;

const CANCELLED: u32 = 200;

/// So many in the line; each second one waits for an evening, of which there is none.
async fn fill_line(random: &Fresh, people: u32) {
    let json = |part| serde_json::to_string(&wish(part)).unwrap();
    let (evening, any) = (json(DayPart::Evening), json(DayPart::Any));
    let fill = format!(
        "INSERT INTO waiting (place, round, person, wish, mobile_sealed, language, asked) \
         WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {people}) \
         SELECT 1000 + i, 2, 1000000 + i, CASE WHEN i % 2 = 0 THEN '{any}' ELSE '{evening}' END, \
         unhex('00'), 'en', {} FROM n",
        open().as_second()
    );
    let register = |columns: &str, values: &str| {
        format!(
            "INSERT INTO {columns} WITH RECURSIVE n(i) AS \
             (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {people}) \
             SELECT 1000000 + i, {values} FROM n"
        )
    };
    let hash = "unhex('0' || CAST(1000000 + i AS TEXT)), unhex('00'), unhex('00'), unhex('00')";
    let columns = "people (id, id_hash, card_hash, identity_sealed, born_sealed)";
    run(random, &register(columns, hash)).await;
    let columns = "intentions (person, number, registered, mobile_sealed, district, brands, \
        language)";
    run(random, &register(columns, "i, 0, unhex('00'), 6300300, 'AZ', 'en'")).await;
    run(random, &fill).await;
}

/// `LINE`, or a small part of it. With `COST` a cancellation must take no more milliseconds at p99.
#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_cancellation_keeps_its_seat_for_those_who_wait_and_costs_little(#[case] kind: Kind) {
    let random = kind.fresh();
    settle(&random, CANCELLED, vec![slot(1, 1, 16, 9, CANCELLED)]).await;
    let server = Server::over(&random).await;
    let mut numbers = Vec::new();
    for person in 1..=CANCELLED {
        numbers.push(server.engine.book(book(person, 1, person)).await.unwrap().number);
    }
    fill_line(&random, extent("LINE", 2_000)).await;
    server.catalog.know_who_waits(true);
    let (store, snapshot) = (server.store.clone(), server.catalog.snapshot().unwrap());
    let looks = tokio::spawn(async move {
        loop {
            look(&store, &snapshot, Look::GivenUp, open()).await.unwrap();
            tokio::time::sleep(Duration::from_millis(500)).await;
        }
    });
    let mut took = Vec::new();
    for (person, number) in (1..=CANCELLED).zip(numbers) {
        let began = Instant::now();
        let (person, slot, language) = (PersonId(person.into()), SlotId(1), Language::En);
        let cancel = Command::Cancel { person, number, slot, language };
        server.engine.submit(cancel).await.unwrap();
        took.push(began.elapsed());
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    took.sort();
    let p99 = took[took.len() * 99 / 100];
    println!("{kind:?}: p50 {:?}, p99 {p99:?}, longest {:?}", took[took.len() / 2], took.last());
    let most: u64 = extent("COST", 1_000);
    assert!(p99 < Duration::from_millis(most), "{p99:?}");
    let idle = "SELECT COUNT(*) FROM holds WHERE reason = 'freed'";
    let began = Instant::now();
    while ask(&random, idle).await > 0 {
        assert!(began.elapsed() < Duration::from_secs(5), "a seat is idle");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    looks.abort();
    let offered = ask(&random, "SELECT COUNT(*) FROM offers").await;
    assert_eq!(offered, i64::from(CANCELLED), "each seat is offered");
    let last = ask(&random, "SELECT MAX(place) FROM offers").await;
    assert_eq!(last, 1000 + 2 * i64::from(CANCELLED), "to the first whom it suits");
    assert_sound(&random).await;
    assert!(server.store.somebody_waits(round_number(), open()).await.unwrap());
}

/// Rows of bookings and holds that were read so far, by index or one after another.
const READ: &str = "(SELECT COALESCE(SUM(idx_tup_read), 0) FROM pg_stat_user_indexes \
    WHERE relname IN ('bookings', 'holds')) + (SELECT COALESCE(SUM(seq_tup_read), 0) \
    FROM pg_stat_user_tables WHERE relname IN ('bookings', 'holds'))";

/// A plan that was made while the tables were empty is kept, and is a good one.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_of_the_line_is_looked_up_also_while_postgres_does_not_know_its_tables() {
    const BOOKED: u32 = 300;
    let random = Kind::Postgres.fresh();
    settle(&random, BOOKED, vec![slot(1, 1, 16, 9, BOOKED)]).await;
    for table in ["bookings", "holds", "waiting", "intentions"] {
        run(&random, &format!("ALTER TABLE {table} SET (autovacuum_enabled = off)")).await;
    }
    let server = Server::over(&random).await;
    for _ in 0..20 {
        let line = server.store.line(round_number(), (0, 256), &[], open()).await.unwrap();
        assert!(line.is_empty());
    }
    for person in 1..=BOOKED {
        server.engine.book(book(person, 1, person)).await.unwrap();
    }
    fill_line(&random, 1_000).await;
    server.catalog.know_who_waits(true);
    for person in 1..=20 {
        server.cancel(person, 1).await;
    }
    assert_eq!(server.look().await, (20, 0));
    // A connection tells what it has read when it ends.
    server.store.close().await;
    let others = "SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database() \
        AND pid <> pg_backend_pid() AND application_name = 'vaxkiosk'";
    let began = Instant::now();
    while ask(&random, others).await > 0 {
        assert!(began.elapsed() < Duration::from_secs(20), "the connections end");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let read = ask(&random, &format!("SELECT {READ}")).await;
    println!("{read} rows of bookings and holds were read");
    assert!((1..5_000).contains(&read), "{read} rows: for each of them all were read");
}
