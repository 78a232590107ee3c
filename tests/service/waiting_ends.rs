//! How offers to those who wait end, when servers, messages or the people themselves come between:
//! the seat goes on to the next, once, and nobody pays for what was not theirs. On both databases.

use crate::databases::{Fresh, Kind};
use crate::plainly::{ask, assert_sound, run};
use crate::town::{DISTRICT, open, round_number};
use crate::waiting::{Server, book, settle, slot, waits, wish};
use jiff::SignedDuration;
use rstest::rstest;
use sqlx::Connection;
use std::time::Duration;
use vaxkiosk::domain::region::DistrictCode;
use vaxkiosk::domain::site::{SiteId, SlotId};
use vaxkiosk::domain::waiting::{DayPart, Places, WaitingWish};
use vaxkiosk::server::engine::Command;
use vaxkiosk::server::engine::closing::close;
use vaxkiosk::server::engine::line::Look;
use vaxkiosk::server::store::database::Address;
use vaxkiosk::server::store::ids::PersonId;
use vaxkiosk::server::store::offers::{NewOffer, Place};

/// Each of so many seats, one an hour, has its person; two others wait.
async fn full(kind: Kind, seats: u32) -> (Fresh, Server) {
    let random = kind.fresh();
    let slots = (1..=seats).map(|id| slot(id, 1, 16, 8 + id as i8, 1)).collect();
    settle(&random, 9, slots).await;
    let server = Server::over(&random).await;
    for person in 1..=seats {
        server.engine.book(book(person, person, person)).await.unwrap();
    }
    for person in [8, 9] {
        waits(&server.store, person, wish(DayPart::Any)).await;
    }
    server.catalog.know_who_waits(true);
    (random, server)
}

async fn outcomes(random: &Fresh, person: u32, outcome: &str) -> i64 {
    let of =
        format!("SELECT COUNT(*) FROM offers WHERE person = {person} AND outcome = '{outcome}'");
    ask(random, &of).await
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_seat_that_was_offered_to_who_then_lost_theirs_is_not_lost(#[case] kind: Kind) {
    let (random, server) = full(kind, 2).await;
    server.cancel(2, 2).await;
    // For a moment, two servers have given person 1 a booking and an offer.
    let until = (open() + SignedDuration::from_mins(30)).as_second();
    run(
        &random,
        &format!(
            "UPDATE holds SET person = 1, reason = 'offer', until = {until} WHERE slot = 2; \
             INSERT INTO offers (id, round, person, place, slot, until, made, code) \
             VALUES (5, 2, 1, 99, 2, {until}, 0, unhex('00'))"
        ),
    )
    .await;
    let chooses = open() + SignedDuration::from_hours(20);
    close(&server.store, &[SlotId(1)], Some(chooses), open()).await.unwrap();
    assert_sound(&random).await;
    assert_eq!(server.store.offers_astray(round_number()).await.unwrap(), 0);
    assert_eq!(outcomes(&random, 1, "withdrawn").await, 1);
    // It is kept for whoever is next: for them, since they lost theirs.
    assert_eq!(server.look().await, (1, 0));
    let aside = "SELECT COUNT(*) FROM holds WHERE slot = 2 AND reason = 'closed-slot'";
    assert_eq!(ask(&random, aside).await, 1);
    assert_sound(&random).await;
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_offer_that_nobody_was_told_of_is_no_lapse(#[case] kind: Kind) {
    let (random, server) = full(kind, 1).await;
    server.cancel(1, 1).await;
    assert_eq!(server.look_untold(Look::GivenUp).await, (1, 0));
    assert_eq!(server.offered().await, [8]);
    server.pass(30);
    assert_eq!(server.look().await, (1, 1), "the gateway takes messages again");
    assert_eq!(server.offered().await, [9], "it goes on all the same");
    assert_eq!(
        (outcomes(&random, 8, "withdrawn").await, outcomes(&random, 8, "lapsed").await),
        (1, 0)
    );
    assert_eq!(ask(&random, "SELECT MAX(lapses) FROM waiting").await, 0);
    let told = "SELECT COUNT(*) FROM messages WHERE kind = 'offered' AND sent IS NOT NULL";
    assert_eq!(ask(&random, told).await, 1, "nobody is told of what is over");
    server.pass(30);
    server.look().await;
    assert_eq!(outcomes(&random, 9, "lapsed").await, 1);
    assert_eq!(ask(&random, "SELECT lapses FROM waiting WHERE person = 9").await, 1);
    assert_sound(&random).await;
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_withdraws_what_they_registered_waits_no_more(#[case] kind: Kind) {
    let (random, server) = full(kind, 1).await;
    run(
        &random,
        "INSERT INTO leftover_line (place, round, person, site, mobile_sealed, language) \
         VALUES (900, 2, 8, 1, unhex('00'), 'en')",
    )
    .await;
    server.cancel(1, 1).await;
    server.look().await;
    assert_eq!(server.offered().await, [8]);
    server.engine.submit(Command::Withdraw { person: PersonId(8) }).await.unwrap();
    assert_sound(&random).await;
    assert_eq!(outcomes(&random, 8, "withdrawn").await, 1);
    for line in ["waiting", "leftover_line"] {
        let there = format!("SELECT COUNT(*) FROM {line} WHERE person = 8");
        assert_eq!(ask(&random, &there).await, 0, "{line}");
    }
    server.look().await;
    assert_eq!(server.offered().await, [9]);
    server.engine.submit(Command::Withdraw { person: PersonId(8) }).await.unwrap();
    assert_sound(&random).await;
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_brand_that_is_registered_no_more_is_not_offered(#[case] kind: Kind) {
    let (random, server) = full(kind, 1).await;
    run(&random, "UPDATE intentions SET brands = 'MO' WHERE person = 8").await;
    server.cancel(1, 1).await;
    server.look().await;
    assert_eq!(server.offered().await, [9]);
    let never = server.store.never_offered(round_number()).await.unwrap();
    assert!(never.iter().all(|one| one.wish.brands.is_empty()), "nor does the audit find it");
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_a_place_those_are_asked_who_would_go_there(#[case] kind: Kind) {
    let (_random, server) = full(kind, 1).await;
    let wish = |places| WaitingWish { places, ..wish(DayPart::Any) };
    let elsewhere = DistrictCode(6_300_400);
    waits(&server.store, 4, wish(Places::Site(SiteId(1)))).await;
    waits(&server.store, 5, wish(Places::Site(SiteId(2)))).await;
    waits(&server.store, 6, wish(Places::Districts(vec![elsewhere, DISTRICT]))).await;
    waits(&server.store, 7, wish(Places::Districts(vec![elsewhere]))).await;
    let asked = async |behind, at_most, places: &[Places]| {
        let line = server.store.line(round_number(), (behind, at_most), places, open()).await;
        let line = line.unwrap();
        let people: Vec<i64> = line.iter().map(|one| one.who.person.0).collect();
        (people, line.last().map_or(0, |one| one.who.place))
    };
    assert_eq!(asked(0, 99, &[]).await.0, [8, 9, 4, 5, 6, 7]);
    let (here, there) = (Places::Districts(vec![DISTRICT]), Places::Site(SiteId(1)));
    assert_eq!(asked(0, 99, &[here.clone(), there.clone()]).await.0, [8, 9, 4, 6]);
    let (first, behind) = asked(0, 3, &[here.clone(), there.clone()]).await;
    assert_eq!(first, [8, 9, 4]);
    assert_eq!(asked(behind, 3, &[here, there]).await.0, [6], "and then those behind");
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn behind_a_seat_that_is_gone_nothing_is_offered_or_given_back(#[case] kind: Kind) {
    let (random, server) = full(kind, 3).await;
    server.cancel(2, 2).await;
    server.cancel(3, 3).await;
    let place = async |person: i64| {
        let place = format!("SELECT place FROM waiting WHERE person = {person}");
        Place { person: PersonId(person), place: ask(&random, &place).await }
    };
    let until = open() + SignedDuration::from_mins(30);
    // The first seat was free when the line was looked at, and is not any more.
    let offers = [
        NewOffer { to: place(8).await, slot: SlotId(1), until },
        NewOffer { to: place(9).await, slot: SlotId(2), until },
    ];
    let version = server.store.line_version().await.unwrap();
    let asked = (round_number(), version);
    let done = server.store.offer(asked, &offers, &[(SlotId(3), 1)], open()).await.unwrap();
    let done = done.expect("the line is as it was");
    assert_eq!((done.offers, done.stopped), (0, true));
    let kept = "SELECT COUNT(*) FROM holds WHERE reason = 'freed'";
    assert_eq!(ask(&random, kept).await, 2, "both are for who has lost theirs by that");
    server.look().await;
    assert_eq!(server.offered().await, [8, 9]);
    assert_sound(&random).await;
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_a_closed_slot_nobody_is_told_any_more(#[case] kind: Kind) {
    let (random, server) = full(kind, 1).await;
    server.cancel(1, 1).await;
    server.look_untold(Look::GivenUp).await;
    close(&server.store, &[SlotId(1)], None, open()).await.unwrap();
    server.send_all().await;
    let told = "SELECT COUNT(*) FROM messages WHERE kind = 'offered' AND sent IS NOT NULL";
    assert_eq!(ask(&random, told).await, 0);
    let waits = "SELECT COUNT(*) FROM messages WHERE kind = 'offered' AND due IS NOT NULL";
    assert_eq!(ask(&random, waits).await, 0, "nor later");
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_the_displaced_did_not_take_is_first_for_those_who_wait(#[case] kind: Kind) {
    let random = kind.fresh();
    settle(&random, 9, vec![slot(1, 1, 16, 9, 1), slot(2, 1, 16, 10, 1)]).await;
    let server = Server::over(&random).await;
    server.engine.book(book(1, 1, 1)).await.unwrap();
    let until = open() + SignedDuration::from_hours(1);
    let closed = close(&server.store, &[SlotId(1)], Some(until), open()).await.unwrap();
    assert_eq!(closed.set_aside, 1);
    waits(&server.store, 8, wish(DayPart::Any)).await;
    server.pass(60);
    assert_eq!(server.store.give_back_ended_holds(until).await.unwrap(), 1);
    assert_sound(&random).await;
    assert_eq!(ask(&random, "SELECT COUNT(*) FROM holds WHERE reason = 'freed'").await, 1);
    assert_eq!(server.look().await, (1, 0));
    let theirs = "SELECT COUNT(*) FROM holds WHERE reason = 'offer' AND person = 8";
    assert_eq!(ask(&random, theirs).await, 1);
    assert_sound(&random).await;
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_cancelled_since_stays_in_the_line(#[case] kind: Kind) {
    let (random, server) = full(kind, 1).await;
    run(
        &random,
        "INSERT INTO waiting (place, round, person, wish, mobile_sealed, language, asked) \
         SELECT 900, 2, 1, wish, mobile_sealed, 'en', 0 FROM waiting WHERE person = 8",
    )
    .await;
    server.store.tidy_line(round_number()).await.unwrap();
    assert_eq!(ask(&random, "SELECT COUNT(*) FROM waiting").await, 2, "whoever has a seat left");
}

/// Another server has ended an offer and made it anew while this one waited for the seats.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_offer_that_is_over_no_more_is_not_ended() {
    let (random, server) = full(Kind::Postgres, 1).await;
    server.cancel(1, 1).await;
    server.look().await;
    server.pass(31);
    let Address::Postgres(url) = &random.address else { panic!("PostgreSQL") };
    let mut db = sqlx::PgConnection::connect(url).await.unwrap();
    let mut other = db.begin().await.unwrap();
    sqlx::query("SELECT slot FROM seats WHERE slot = 1 FOR UPDATE")
        .fetch_all(&mut *other)
        .await
        .unwrap();
    let store = server.store.clone();
    let now = *server.time.lock().unwrap();
    let ending = tokio::spawn(async move { store.end_offers(round_number(), now).await.unwrap() });
    tokio::time::sleep(Duration::from_millis(500)).await;
    sqlx::query("UPDATE holds SET until = until + 1800 WHERE reason = 'offer'")
        .execute(&mut *other)
        .await
        .unwrap();
    other.commit().await.unwrap();
    assert_eq!(ending.await.unwrap(), 0);
    assert_eq!(server.offered().await, [8]);
}
