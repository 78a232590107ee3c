//! What becomes of bookings and intentions after they are made: moved, cancelled, changed,
//! withdrawn. By the engine, over both databases, with a second server beside it.

use crate::databases::{Fresh, Kind};
use crate::town;
use crate::town::{card, open, round_number};
use jiff::Timestamp;
use rstest::rstest;
use std::collections::HashSet;
use std::sync::{Arc, Mutex};
use vaxkiosk::api::bookings::MobileChoice;
use vaxkiosk::domain::booking_number::BookingNumber;
use vaxkiosk::domain::channel::Channel;
use vaxkiosk::domain::language::Language;
use vaxkiosk::domain::phone::MobileNumber;
use vaxkiosk::domain::refusal::Refusal;
use vaxkiosk::domain::round::Brand;
use vaxkiosk::domain::site::SlotId;
use vaxkiosk::server::catalog::Catalog;
use vaxkiosk::server::engine::{
    BookCommand, Command, Engine, EngineError, Outcome, RegisterCommand, RescheduleCommand,
};
use vaxkiosk::server::metrics::Metrics;
use vaxkiosk::server::service::seal;
use vaxkiosk::server::store::Store;
use vaxkiosk::server::store::ids::PersonId;
use vaxkiosk::server::store::people::{Credentials, PersonRecord};

struct Town {
    random: Fresh,
    store: Store,
    time: Arc<Mutex<Timestamp>>,
}

impl Town {
    async fn new(kind: Kind, people: u32, seats: u32) -> Self {
        let random = kind.fresh();
        let store =
            Store::open(&random.address, seal(&town::secrets(), &town::env(open()))).await.unwrap();
        town::settle(&store, people, seats).await;
        Self { random, store, time: Arc::new(Mutex::new(open())) }
    }

    /// A server of its own over the database.
    async fn engine(&self) -> Engine {
        let store = Store::open(&self.random.address, seal(&town::secrets(), &town::env(open())))
            .await
            .unwrap();
        let catalog = Arc::new(Catalog::default());
        catalog.publish(store.programme(round_number()).await.unwrap().unwrap());
        let time = Arc::clone(&self.time);
        let now = Arc::new(move || *time.lock().unwrap());
        let (engine, writing) = Engine::new(store, catalog, Arc::new(Metrics::default()), now);
        tokio::spawn(writing);
        engine
    }

    async fn person(&self, nth: u32) -> PersonRecord {
        let credentials = Credentials { id: card(nth).id, card: Some(card(nth).number) };
        self.store.people(&[credentials], round_number()).await.unwrap().remove(0).unwrap().record
    }

    async fn taken(&self) -> Vec<u32> {
        let mut seats = self.store.seats(round_number()).await.unwrap();
        seats.sort_by_key(|seats| seats.slot);
        seats.iter().map(|seats| seats.taken).collect()
    }

    async fn is_sound(&self) {
        let findings = self.store.audit(round_number()).await.unwrap();
        let wrong = [
            findings.slots_over_capacity,
            findings.slots_with_more_bookings_than_taken_seats,
            findings.people_booked_twice,
            findings.bookings_without_person_or_slot,
            findings.seats_without_booking,
        ];
        assert_eq!(wrong, [0; 5], "{findings:?}");
    }
}

fn book(person: u32, slot: u32) -> BookCommand {
    BookCommand {
        person: PersonId(person.into()),
        slot: SlotId(slot),
        mobile: MobileChoice::Registered,
        channel: Channel::HealthStation,
        key: u128::from(person).to_be_bytes(),
        language: Language::Th,
    }
}

fn reschedule(person: u32, number: BookingNumber, from: u32, to: u32) -> RescheduleCommand {
    let (from, to) = (SlotId(from), SlotId(to));
    RescheduleCommand { person: PersonId(person.into()), number, from, to, language: Language::Th }
}

fn cancel(person: u32, number: BookingNumber, slot: u32) -> Command {
    Command::Cancel {
        person: PersonId(person.into()),
        number,
        slot: SlotId(slot),
        language: Language::Th,
    }
}

fn register(person: u32, mobile: &str, brands: &[Brand]) -> RegisterCommand {
    RegisterCommand {
        person: PersonId(person.into()),
        mobile: MobileChoice::Given(MobileNumber::parse(mobile).unwrap()),
        district: town::DISTRICT,
        brands: brands.to_vec(),
        language: Language::Vi,
    }
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_booking_moves_in_one_step_and_keeps_its_number(#[case] kind: Kind) {
    let town = Town::new(kind, 3, 1).await;
    let engine = town.engine().await;
    let first = engine.book(book(1, 1)).await.unwrap();
    *town.time.lock().unwrap() = open() + jiff::SignedDuration::from_mins(5);
    let moved = engine.reschedule(reschedule(1, first.number, 1, 2)).await.unwrap();
    assert_eq!((moved.number, moved.slot, moved.made), (first.number, SlotId(2), first.made));
    assert!(moved.moved > Some(moved.made));
    assert_eq!(town.taken().await, [0, 1, 0], "the old seat is free again");
    assert_eq!(
        engine.reschedule(reschedule(1, first.number, 1, 2)).await.unwrap(),
        moved,
        "asked again, the same"
    );
    assert_eq!(engine.book(book(1, 1)).await.unwrap(), moved, "and so with the key of the booking");
    // Another takes the seat that was given up; the way back is closed, and the new seat stays.
    engine.book(book(2, 1)).await.unwrap();
    let back = engine.reschedule(reschedule(1, first.number, 2, 1)).await;
    assert_eq!(back, Err(EngineError::Refused(Refusal::SlotFull)));
    assert_eq!(town.person(1).await.live, Some(moved));
    let not_chosen = engine.reschedule(reschedule(1, first.number, 2, 3)).await;
    assert_eq!(not_chosen, Err(EngineError::Refused(Refusal::BrandNotChosen)));
    let of_another = engine.reschedule(reschedule(2, first.number, 2, 1)).await;
    assert_eq!(of_another, Err(EngineError::Refused(Refusal::NoBooking)));
    let stale = engine.reschedule(reschedule(1, first.number, 1, 3)).await;
    assert_eq!(stale, Err(EngineError::Busy), "where it was is not where it is: look again");
    town.is_sound().await;
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_cancelled_booking_gives_its_seat_back_and_its_person_may_book_again(#[case] kind: Kind) {
    let town = Town::new(kind, 3, 1).await;
    let engine = town.engine().await;
    let first = engine.book(book(1, 1)).await.unwrap();
    assert_eq!(engine.book(book(2, 1)).await, Err(EngineError::Refused(Refusal::SlotFull)));
    assert_eq!(engine.submit(cancel(1, first.number, 1)).await, Ok(Outcome::Nothing));
    assert_eq!(town.taken().await, [0, 0, 0]);
    assert!(town.person(1).await.live.is_none());
    let second = engine.book(book(2, 1)).await.unwrap();
    let again = BookCommand { key: [9; 16], ..book(1, 2) };
    let third = engine.book(again).await.unwrap();
    assert_eq!(
        HashSet::from([first.number, second.number, third.number]).len(),
        3,
        "no number comes twice"
    );
    *town.time.lock().unwrap() = town::round(1).round.closes;
    let late = engine.submit(cancel(1, third.number, 2)).await;
    assert!(matches!(late, Err(EngineError::Refused(Refusal::Closed { .. }))), "{late:?}");
    town.is_sound().await;
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn an_intention_is_registered_changed_and_withdrawn(#[case] kind: Kind) {
    let town = Town::new(kind, 2, 1).await;
    let engine = town.engine().await;
    let cut_off = town::round(1).round.registration_until;
    *town.time.lock().unwrap() = cut_off;
    let person = PersonId(1);
    assert_eq!(engine.submit(Command::Withdraw { person }).await, Ok(Outcome::Nothing));
    assert!(town.person(1).await.intention.is_none());
    assert_eq!(
        engine.submit(Command::Withdraw { person }).await,
        Ok(Outcome::Nothing),
        "asked again, it is withdrawn"
    );
    let first = engine.register(register(1, "0911111111", &Brand::ALL)).await.unwrap();
    assert_eq!(
        engine.register(register(1, "0911111111", &Brand::ALL)).await.unwrap(),
        first,
        "asked again, the same"
    );
    *town.time.lock().unwrap() = cut_off;
    let changed = engine.register(register(1, "0922222222", &[Brand::Moderna])).await.unwrap();
    assert_eq!((changed.number, changed.registered), (first.number, first.registered));
    let stored = town.person(1).await.intention.unwrap();
    assert_eq!(
        (stored.mobile.expose(), stored.brands.as_slice()),
        ("0922222222", [Brand::Moderna].as_slice())
    );
    assert_eq!(
        engine.register(register(1, "0922222222", &[])).await,
        Err(EngineError::Senseless),
        "one brand stays"
    );
    *town.time.lock().unwrap() = open();
    let counted = engine.register(register(1, "0933333333", &Brand::ALL)).await;
    assert!(
        matches!(counted, Err(EngineError::Refused(Refusal::IntentionCounted { .. }))),
        "{counted:?}"
    );
    engine.book(book(2, 1)).await.unwrap();
    let booked = engine.submit(Command::Withdraw { person: PersonId(2) }).await;
    assert_eq!(
        booked,
        Err(EngineError::Refused(Refusal::AlreadyBooked)),
        "not from under a booking"
    );
}

/// Fifty others want the one seat that person 1 wants to move to; two servers.
#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn moving_among_fifty_others_never_loses_both_seats_and_never_holds_two(#[case] kind: Kind) {
    for turn in 0..8 {
        let town = Town::new(kind, 52, 1).await;
        let servers = [town.engine().await, town.engine().await];
        let mine = servers[0].book(book(1, 2)).await.unwrap();
        let mut others = Vec::new();
        for nth in 2..=51 {
            let server = servers[nth as usize % 2].clone();
            others.push(tokio::spawn(async move { server.book(book(nth, 1)).await }));
            if nth == 2 + turn * 7 {
                tokio::task::yield_now().await;
            }
        }
        // At two kiosks at once, as one should not.
        let moves: Vec<_> = servers
            .iter()
            .cloned()
            .map(|server| {
                tokio::spawn(
                    async move { server.reschedule(reschedule(1, mine.number, 2, 1)).await },
                )
            })
            .collect();
        let mut booked = 0;
        for other in others {
            match other.await.unwrap() {
                Ok(_) => booked += 1,
                Err(EngineError::Refused(Refusal::SlotFull)) => {}
                Err(error) => panic!("{error}"),
            }
        }
        let mut moved = 0;
        for one in moves {
            match one.await.unwrap() {
                Ok(record) => {
                    assert_eq!((record.number, record.slot), (mine.number, SlotId(1)));
                    moved = 1;
                }
                Err(EngineError::Refused(Refusal::SlotFull)) => {}
                Err(error) => panic!("{error}"),
            }
        }
        assert_eq!(booked + moved, 1, "one seat, one person");
        let live = town.person(1).await.live.expect("a seat, the old one or the new");
        assert_eq!(live.slot, SlotId(if moved == 1 { 1 } else { 2 }));
        assert_eq!(town.taken().await, [1, u32::from(moved == 0), 0]);
        town.is_sound().await;
    }
}

/// What people do at two servers at once, each as fast as it goes: whatever the order, the seats
/// are right.
#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn bookings_moves_and_cancellations_side_by_side_keep_the_seats_right(#[case] kind: Kind) {
    let town = Town::new(kind, 40, 5).await;
    let servers = [town.engine().await, town.engine().await];
    let mut people = Vec::new();
    for nth in 1..=40_u32 {
        let servers = servers.clone();
        people.push(tokio::spawn(async move {
            for turn in 0..6_u32 {
                let server = &servers[((nth + turn) % 2) as usize];
                let ask = BookCommand {
                    key: (u128::from(nth) << 8 | u128::from(turn)).to_be_bytes(),
                    ..book(nth, 1 + nth % 2)
                };
                let Ok(record) = server.book(ask).await else { continue };
                let there = if record.slot.0 == 1 { 2 } else { 1 };
                let moved = servers[(turn % 2) as usize]
                    .reschedule(reschedule(nth, record.number, record.slot.0, there))
                    .await;
                let slot = moved.map_or(record.slot, |moved| moved.slot);
                if turn < 5 {
                    assert_eq!(
                        server.submit(cancel(nth, record.number, slot.0)).await,
                        Ok(Outcome::Nothing)
                    );
                }
            }
        }));
    }
    for person in people {
        person.await.unwrap();
    }
    town.is_sound().await;
}
