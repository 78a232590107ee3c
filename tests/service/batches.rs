//! Sets of decisions as the store writes them, on both databases: what another server has changed
//! meanwhile is left out, and nobody is told of it.

use crate::databases::{Fresh, Kind};
use crate::town;
use crate::town::{open, round_number};
use jiff::SignedDuration;
use rstest::rstest;
use std::collections::{BTreeSet, HashSet};
use vaxkiosk::domain::booking_number::BookingNumber;
use vaxkiosk::domain::channel::Channel;
use vaxkiosk::domain::intention::RegistrationNumber;
use vaxkiosk::domain::language::Language;
use vaxkiosk::domain::phone::MobileNumber;
use vaxkiosk::domain::site::SlotId;
use vaxkiosk::server::service::seal;
use vaxkiosk::server::store::Store;
use vaxkiosk::server::store::database::Address;
use vaxkiosk::server::store::decided::{
    Cancellation, Decided, Move, NewBooking, Registration, Withdrawal,
};
use vaxkiosk::server::store::ids::PersonId;

async fn town_at(kind: Kind, seats: u32) -> (Fresh, Store) {
    let fresh = kind.fresh();
    let store = Store::open(&fresh.address, seal(&town::secrets(), &town::env(open()))).await;
    let store = store.unwrap();
    town::settle(&store, 4, seats).await;
    (fresh, store)
}

fn number(sequence: u32) -> BookingNumber {
    BookingNumber::new(round_number(), sequence).unwrap()
}

fn book(sequence: u32, person: i64, slot: u32) -> NewBooking {
    NewBooking {
        number: number(sequence),
        person: PersonId(person),
        slot: SlotId(slot),
        mobile: MobileNumber::parse(town::MOBILE).unwrap(),
        mobile_sealed: None,
        language: Language::En,
        channel: Channel::Pharmacy,
        key: u128::from(sequence).to_be_bytes(),
        made: open(),
    }
}

fn reschedule(sequence: u32, person: i64, from: u32, to: u32) -> Move {
    Move {
        number: number(sequence),
        person: PersonId(person),
        from: SlotId(from),
        to: SlotId(to),
        language: Language::Vi,
        at: open() + SignedDuration::from_mins(1),
    }
}

fn cancel(sequence: u32, person: i64, slot: u32) -> Cancellation {
    Cancellation {
        number: number(sequence),
        person: PersonId(person),
        slot: SlotId(slot),
        language: Language::Th,
        at: open() + SignedDuration::from_mins(2),
    }
}

fn booked(bookings: &[NewBooking]) -> Decided {
    Decided { bookings: bookings.to_vec(), ..Decided::default() }
}

fn moved(one: Move) -> Decided {
    Decided { moves: vec![one], ..Decided::default() }
}

fn cancelled(one: Cancellation) -> Decided {
    Decided { cancellations: vec![one], ..Decided::default() }
}

/// Writes a set; the people with whom it was not done.
async fn write(store: &Store, decided: &Decided) -> HashSet<PersonId> {
    let slots: BTreeSet<SlotId> = [1, 2, 3].map(SlotId).into();
    let people: BTreeSet<PersonId> = [1, 2, 3, 4].map(PersonId).into();
    let (people, slots): (Vec<_>, Vec<_>) =
        (people.into_iter().collect(), slots.into_iter().collect());
    let batch = store.batch(round_number(), &people, &slots).await.unwrap();
    batch.write(round_number(), decided).await.unwrap()
}

async fn taken(store: &Store) -> Vec<u32> {
    let mut seats = store.seats(round_number()).await.unwrap();
    seats.sort_by_key(|seats| seats.slot);
    seats.iter().map(|seats| seats.taken).collect()
}

/// All that people are to be told, in the order in which it was written.
async fn told(fresh: &Fresh) -> String {
    const TOLD: &str = "SELECT told FROM outbox ORDER BY made, id";
    let told: Vec<String> = match &fresh.address {
        Address::Sqlite(path) => {
            let options = sqlx::sqlite::SqliteConnectOptions::new().filename(path);
            let db = <sqlx::SqliteConnection as sqlx::Connection>::connect_with(&options);
            sqlx::query_scalar(TOLD).fetch_all(&mut db.await.unwrap()).await.unwrap()
        }
        Address::Postgres(url) => {
            let db = <sqlx::PgConnection as sqlx::Connection>::connect(url);
            sqlx::query_scalar(TOLD).fetch_all(&mut db.await.unwrap()).await.unwrap()
        }
    };
    told.concat()
}

fn only(person: i64) -> HashSet<PersonId> {
    HashSet::from([PersonId(person)])
}

/// On SQLite the index refuses such a set as a whole, and the writer tries its parts alone.
#[tokio::test(flavor = "multi_thread")]
async fn who_was_booked_by_another_server_is_left_out_and_not_told() {
    let (fresh, store) = town_at(Kind::Postgres, 5).await;
    assert!(write(&store, &booked(&[book(11, 1, 1)])).await.is_empty());
    let lost = write(&store, &booked(&[book(12, 1, 2), book(13, 2, 2)])).await;
    assert_eq!(lost, only(1));
    assert_eq!(taken(&store).await, [1, 1, 0]);
    let told = told(&fresh).await;
    let says = |sequence| told.contains(&number(sequence).to_string());
    assert_eq!([says(11), says(12), says(13)], [true, false, true], "{told}");
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_seat_given_up_and_taken_in_one_set(#[case] kind: Kind) {
    let (_fresh, store) = town_at(kind, 1).await;
    assert!(write(&store, &booked(&[book(1, 1, 1)])).await.is_empty());
    let decided = Decided { bookings: vec![book(2, 2, 1)], ..cancelled(cancel(1, 1, 1)) };
    assert!(write(&store, &decided).await.is_empty());
    assert_eq!(taken(&store).await, [1, 0, 0]);
    let findings = store.audit(round_number()).await.unwrap();
    assert_eq!((findings.live_bookings, findings.seats_without_booking), (1, 0));
}

/// What was decided on a booking that has changed since is not done.
#[rstest]
#[case::cancelled_before_it_is_moved(
    cancelled(cancel(1, 1, 1)),
    moved(reschedule(1, 1, 1, 2)),
    [0, 0, 0]
)]
#[case::cancelled_twice(
    cancelled(cancel(1, 1, 1)),
    cancelled(cancel(1, 1, 1)),
    [0, 0, 0]
)]
#[case::moved_before_it_is_cancelled(
    moved(reschedule(1, 1, 1, 2)),
    cancelled(cancel(1, 1, 1)),
    [0, 1, 0]
)]
#[case::moved_twice(
    moved(reschedule(1, 1, 1, 2)),
    moved(reschedule(1, 1, 1, 3)),
    [0, 1, 0]
)]
#[tokio::test(flavor = "multi_thread")]
async fn a_booking_that_has_changed_since_is_left_as_it_is(
    #[case] first: Decided,
    #[case] second: Decided,
    #[case] seats: [u32; 3],
    #[values(Kind::Sqlite, Kind::Postgres)] kind: Kind,
) {
    let (fresh, store) = town_at(kind, 5).await;
    write(&store, &booked(&[book(1, 1, 1)])).await;
    assert!(write(&store, &first).await.is_empty());
    let before = told(&fresh).await;
    assert_eq!(write(&store, &second).await, only(1));
    assert_eq!(taken(&store).await, seats);
    assert_eq!(told(&fresh).await, before, "nobody is told of what was not done");
}

/// A person who was registered elsewhere meanwhile keeps the number that they were given there.
#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_second_registration_with_another_number_is_left_out(#[case] kind: Kind) {
    let (_fresh, store) = town_at(kind, 5).await;
    let before = town::person(1).intention.unwrap();
    let withdrawals = vec![Withdrawal { person: PersonId(1), before, at: open() }];
    write(&store, &Decided { withdrawals, ..Decided::default() }).await;
    let register = |sequence: u32, mobile: &str| {
        let mut intention = town::person(1).intention.unwrap();
        intention.number = RegistrationNumber(number(sequence));
        intention.mobile = MobileNumber::parse(mobile).unwrap();
        let registration = Registration {
            person: PersonId(1),
            intention,
            before: None,
            language: Language::En,
            at: open(),
        };
        Decided { registrations: vec![registration], ..Decided::default() }
    };
    assert!(write(&store, &register(5, "0911111111")).await.is_empty());
    assert_eq!(write(&store, &register(6, "0922222222")).await, only(1));
    assert!(write(&store, &register(5, "0933333333")).await.is_empty(), "the same is changed");
    let batch = store.batch(round_number(), &[PersonId(1)], &[]).await.unwrap();
    let intention = batch.people[&PersonId(1)].intention.clone().unwrap();
    assert_eq!(intention.number, RegistrationNumber(number(5)));
    assert_eq!(intention.mobile.expose(), "0933333333");
}

/// The language of a booking is the one that its person used last: the reminder is in it.
#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_move_changes_the_language_of_a_booking(#[case] kind: Kind) {
    const LANGUAGE: &str = "SELECT language FROM bookings";
    let (fresh, store) = town_at(kind, 5).await;
    write(&store, &booked(&[book(1, 1, 1)])).await;
    write(&store, &moved(reschedule(1, 1, 1, 2))).await;
    let language: String = match &fresh.address {
        Address::Sqlite(path) => {
            let options = sqlx::sqlite::SqliteConnectOptions::new().filename(path);
            let db = <sqlx::SqliteConnection as sqlx::Connection>::connect_with(&options);
            sqlx::query_scalar(LANGUAGE).fetch_one(&mut db.await.unwrap()).await.unwrap()
        }
        Address::Postgres(url) => {
            let db = <sqlx::PgConnection as sqlx::Connection>::connect(url);
            sqlx::query_scalar(LANGUAGE).fetch_one(&mut db.await.unwrap()).await.unwrap()
        }
    };
    assert_eq!(language, "vi");
}
