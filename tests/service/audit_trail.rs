//! Who did what: what is in the trail, and that a changed, missing or moved row is found.

use crate::databases::{Fresh, Kind};
use crate::log_in::at_a_health_station;
use crate::program::Program;
use crate::running;
use crate::running::{Running, number, start, with_card};
use crate::town;
use crate::town::{card, open};
use jiff::SignedDuration;
use rstest::rstest;
use std::sync::Arc;
use vaxkiosk::server::service::seal;
use vaxkiosk::server::store::Store;
use vaxkiosk::server::store::audit_read::TrailFilter;
use vaxkiosk::server::store::audit_trail::{Action, Actor, Entry};
use vaxkiosk::server::store::database::Address;
use vaxkiosk::server::store::ids::PersonId;

const ALL: TrailFilter = TrailFilter {
    number: None,
    person: None,
    actor: None,
    action: None,
    since: None,
    until: None,
    limit: 1000,
};

async fn execute(fresh: &Fresh, statement: &'static str) {
    match &fresh.address {
        Address::Sqlite(path) => {
            let options = sqlx::sqlite::SqliteConnectOptions::new().filename(path);
            let db = <sqlx::SqliteConnection as sqlx::Connection>::connect_with(&options);
            sqlx::raw_sql(statement).execute(&mut db.await.unwrap()).await.unwrap();
        }
        Address::Postgres(url) => {
            let db = <sqlx::PgConnection as sqlx::Connection>::connect(url);
            sqlx::raw_sql(statement).execute(&mut db.await.unwrap()).await.unwrap();
        }
    }
}

/// Actor, action, before and after of every row about bookings.
async fn told(running: &Running) -> Vec<(String, String, String, String)> {
    let rows = running.service.store.trail(&ALL).await.unwrap();
    let text = |text: Option<String>| text.unwrap_or_default();
    let of_bookings = rows.into_iter().filter(|row| row.number.is_some());
    of_bookings.map(|row| (row.actor, row.action, text(row.before), text(row.after))).collect()
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_change_is_told_with_its_device(#[case] kind: Kind) {
    let running = start(kind, 3, 5).await;
    let store = &running.service.store;
    let station = at_a_health_station(&running).await;
    let mine = running.session(1).await;
    let booked = number(running.book(&mine, 1, running::key(1)).await);
    // The same once more is no other booking.
    running.book(&mine, 1, running::key(1)).await.unwrap();
    use vaxkiosk::api::bookings::{CancelBooking, MoveBooking};
    use vaxkiosk::client::calls::{Answer, Call};
    use vaxkiosk::domain::booking_number::BookingNumber;
    use vaxkiosk::domain::language::Language;
    use vaxkiosk::domain::site::SlotId;
    let number = BookingNumber::parse(&booked).unwrap();
    let token = match station.call(with_card(card(1).id, card(1).number)).await {
        Ok(Answer::Session(opened)) => opened.token,
        other => panic!("{other:?}"),
    };
    let ask = MoveBooking { number, slot: SlotId(2), language: Language::Vi };
    station.call(Call::Reschedule { token: token.clone(), ask }).await.unwrap();
    let ask = CancelBooking { number, language: Language::Vi };
    station.call(Call::Cancel { token: token.clone(), ask }).await.unwrap();
    station.call(Call::Withdraw { token }).await.unwrap();
    let told = told(&running).await;
    let told: Vec<_> = told.iter().map(|(a, b, c, d)| [a.as_str(), b, c, d]).collect();
    assert_eq!(
        told,
        [
            ["device 1", "book", "", "slot 1"],
            ["device 2", "move", "slot 1", "slot 2"],
            ["device 2", "cancel", "slot 2", ""],
            ["device 2", "withdraw", "district 6300300, AZ", ""],
        ]
    );
    // By person, by device, by action.
    let rows = async |filter: TrailFilter| store.trail(&filter).await.unwrap().len();
    assert_eq!(rows(TrailFilter { person: Some(PersonId(1)), ..ALL }).await, 4);
    assert_eq!(rows(TrailFilter { person: Some(PersonId(2)), ..ALL }).await, 0);
    assert_eq!(rows(TrailFilter { actor: Some("device 1".into()), ..ALL }).await, 1);
    assert_eq!(rows(TrailFilter { actor: Some("device 2".into()), ..ALL }).await, 3);
    assert_eq!(rows(TrailFilter { action: Some("add-device".into()), ..ALL }).await, 2);
    // By number, and by time. Booking and registration are both the first of their series.
    let booking = booked.parse().ok();
    assert_eq!(rows(TrailFilter { number: booking, ..ALL }).await, 4);
    assert_eq!(rows(TrailFilter { number: booking.map(|number: i64| number + 1), ..ALL }).await, 0);
    let theirs = || TrailFilter { person: Some(PersonId(1)), ..ALL };
    let (before, after) =
        (open() - SignedDuration::from_secs(1), open() + SignedDuration::from_secs(1));
    assert_eq!(rows(TrailFilter { since: Some(open()), until: Some(open()), ..theirs() }).await, 4);
    assert_eq!(rows(TrailFilter { since: Some(after), ..theirs() }).await, 0);
    assert_eq!(rows(TrailFilter { until: Some(before), ..theirs() }).await, 0);
    let verified = store.verify_trail().await.unwrap();
    assert!(verified.broken.is_empty() && verified.rows >= 5, "{verified:?}");
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_damaged_trail_is_found(
    #[case] kind: Kind,
    #[values(
        "UPDATE audit_trail SET entries = replace(entries, 'row 5', 'row 6')",
        "UPDATE audit_trail SET entries = '[]' WHERE entries LIKE '%row 5%'",
        "DELETE FROM audit_trail WHERE entries LIKE '%row 5%'",
        "DELETE FROM audit_trail WHERE entries LIKE '%row 9%'",
        "DELETE FROM audit_trail WHERE entries LIKE '%row 0%'",
        "DELETE FROM audit_trail",
        "DELETE FROM audit_chains",
        "UPDATE audit_chains SET length = 9",
        "DELETE FROM audit_trail WHERE entries LIKE '%row 9%'; UPDATE audit_chains SET length = 9, \
         last = (SELECT hash FROM audit_trail WHERE entries LIKE '%row 8%')",
        "UPDATE audit_trail SET id = id + 100 WHERE entries LIKE '%row 9%'",
        "UPDATE audit_trail SET at = at + 1 WHERE entries LIKE '%row 2%'"
    )]
    damage: &'static str,
) {
    let fresh = Arc::new(kind.fresh());
    let env = town::env(open());
    let store = Store::open(&fresh.address, seal(&town::secrets(), &env)).await.unwrap();
    let entry = |nth| Entry {
        person: Some(PersonId(7)),
        after: Some(format!("row {nth}")),
        ..Entry::new(open(), Actor::Administrator, Action::Import)
    };
    for nth in 0..10 {
        store.add_to_trail(&[entry(nth)]).await.unwrap();
    }
    let verified = store.verify_trail().await.unwrap();
    assert_eq!((verified.rows, verified.chains, verified.broken.len()), (10, 1, 0));
    execute(&fresh, damage).await;
    let verified = store.verify_trail().await.unwrap();
    assert_eq!(verified.broken.len(), 1, "{verified:?}");
}

/// Another program's rows are a chain of their own, and both are whole.
#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_program_has_a_chain_of_its_own(#[case] kind: Kind) {
    let fresh = kind.fresh();
    let env = town::env(open());
    let mut chains = Vec::new();
    for _ in 0..3 {
        let secrets = town::secrets();
        let real = vaxkiosk::commands::machine::env();
        let store = Store::open(&fresh.address, seal(&secrets, &real)).await.unwrap();
        let entry = Entry::new((env.now)(), Actor::Service, Action::RefusedLogIns);
        store.add_to_trail(&[entry.clone(), entry]).await.unwrap();
        chains.push(store.verify_trail().await.unwrap());
    }
    let last = chains.last().unwrap();
    assert_eq!((last.rows, last.chains, last.broken.len()), (3, 3, 0));
}

#[test]
fn the_administrator_reads_the_trail_and_checks_it() {
    let fresh = Kind::Sqlite.fresh();
    let program = Program::new(&fresh);
    let add = ["admin", "device", "add", "shop-17", "--channel", "pharmacy"];
    program.succeed(&[add.as_slice(), &["--institution", "1"]].concat());
    program.succeed(&["admin", "device", "revoke", "shop-17"]);
    let shown = program.succeed(&["admin", "audit", "show"]);
    // Two programs in one second: which comes first is not known.
    let mut lines: Vec<Vec<&str>> =
        shown.lines().map(|line| line.split('\t').skip(1).collect()).collect();
    lines.sort();
    assert_eq!(
        lines,
        [
            ["administrator", "add-device", "", "", "shop-17"],
            ["administrator", "revoke-device", "", "shop-17", ""]
        ]
    );
    let one = program.succeed(&["admin", "audit", "show", "--action", "add-device"]);
    assert_eq!(one.lines().count(), 1);
    assert_eq!(program.succeed(&["admin", "audit", "show", "--by", "nobody"]), "");
    program.succeed(&["admin", "audit", "verify"]);
    let network = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    network.block_on(execute(&fresh, "DELETE FROM audit_trail WHERE entries LIKE '%add-device%'"));
    let done = program.run(&["admin", "audit", "verify"]);
    assert_eq!(done.status.code(), Some(1));
}
