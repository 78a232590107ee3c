//! Several people who book in one visit get a seat each, or none does: by the engine and by the
//! calls, on both databases, with servers side by side and one that is killed.

use crate::databases::{Fresh, Kind};
use crate::plainly::assert_sound;
use crate::running::{Running, generous, key, start, start_over};
use crate::town;
use crate::town::{open, round_number};
use crate::town_store::{store_at, town_at};
use rstest::rstest;
use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;
use vaxkiosk::api::bookings::MobileChoice;
use vaxkiosk::api::problem::{Code, Problem};
use vaxkiosk::api::together::{BookTogether, TogetherSeat};
use vaxkiosk::client::calls::{Answer, Call, Fault, Reply};
use vaxkiosk::domain::booking_number::BookingNumber;
use vaxkiosk::domain::channel::Channel;
use vaxkiosk::domain::language::Language;
use vaxkiosk::domain::phone::MobileNumber;
use vaxkiosk::domain::refusal::Refusal;
use vaxkiosk::domain::site::SlotId;
use vaxkiosk::server::catalog::Catalog;
use vaxkiosk::server::engine::{BookCommand, Engine, EngineError};
use vaxkiosk::server::metrics::Metrics;
use vaxkiosk::server::store::Store;
use vaxkiosk::server::store::decided::{Decided, NewBooking};
use vaxkiosk::server::store::error::StoreError;
use vaxkiosk::server::store::ids::PersonId;

const FAMILY: u32 = 6;

/// A server of its own over the database, and what runs it.
async fn server(random: &Fresh, runs: &tokio::runtime::Handle) -> Engine {
    let store = store_at(random).await;
    let catalog = Arc::new(Catalog::default());
    catalog.publish(store.programme(round_number()).await.unwrap().unwrap());
    let (engine, writing) =
        Engine::new(store, catalog, Arc::new(Metrics::default()), town::env(open()).now);
    runs.spawn(writing);
    engine
}

pub async fn here(random: &Fresh) -> Engine {
    server(random, &tokio::runtime::Handle::current()).await
}

pub fn one(person: u32, slot: u32, key: u128) -> BookCommand {
    BookCommand {
        person: PersonId(person.into()),
        slot: SlotId(slot),
        mobile: MobileChoice::Registered,
        channel: Channel::ConvenienceStore,
        key: key.to_be_bytes(),
        language: Language::Id,
    }
}

fn all(people: &[u32], slot: u32, key: u128) -> Vec<BookCommand> {
    people.iter().map(|person| one(*person, slot, key)).collect()
}

async fn taken(store: &Store, slot: u32) -> u32 {
    let seats = store.seats(round_number()).await.unwrap();
    seats.iter().find(|seats| seats.slot == SlotId(slot)).unwrap().taken
}

fn refused(person: usize, refusal: Refusal) -> EngineError {
    EngineError::OneRefused { person, refusal }
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_who_may_not_keeps_the_others_from_a_seat_until_they_go_without(#[case] kind: Kind) {
    let (random, store) = town_at(kind, 8, 6).await;
    let engine = here(&random).await;
    engine.book(one(3, 2, 9)).await.unwrap();
    let with = engine.book_together(all(&[1, 2, 3, 4], 1, 1)).await;
    assert_eq!(with, Err(refused(2, Refusal::AlreadyBooked)));
    assert_eq!(taken(&store, 1).await, 0);
    let without = engine.book_together(all(&[1, 2, 4], 1, 2)).await.unwrap();
    let people: Vec<i64> = without.iter().map(|record| record.person.0).collect();
    assert_eq!(people, [1, 2, 4], "in the order in which they were given");
    // Four seats are wanted, three are left: whoever comes fourth finds it full, and none is taken.
    let more = engine.book_together(all(&[5, 6, 7, 8], 1, 3)).await;
    assert_eq!(more, Err(refused(3, Refusal::SlotFull)));
    assert_eq!(taken(&store, 1).await, 3);
    let findings = store.audit(round_number()).await.unwrap();
    assert_eq!((findings.live_bookings, findings.seats_without_booking), (4, 0));
    assert_sound(&random).await;
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_key_gives_the_same_bookings_at_either_server(#[case] kind: Kind) {
    let (random, store) = town_at(kind, 8, 6).await;
    let servers = [here(&random).await, here(&random).await];
    let mut asking = Vec::new();
    for nth in 0..20 {
        let server = servers[nth % 2].clone();
        asking.push(tokio::spawn(async move {
            server.book_together(all(&[1, 2, 3], 1, 7)).await.unwrap()
        }));
    }
    let mut answers = HashSet::new();
    for asked in asking {
        let records = asked.await.unwrap();
        answers.insert(records.iter().map(|record| record.number).collect::<Vec<_>>());
    }
    assert_eq!(answers.len(), 1, "twenty times the same: {answers:?}");
    assert_eq!(taken(&store, 1).await, 3);
    let engine = &servers[0];
    assert_eq!(engine.book_together(all(&[1, 2, 3], 2, 7)).await, Err(EngineError::KeyReused));
    assert_eq!(engine.book_together(all(&[1, 2, 4], 1, 7)).await, Err(EngineError::KeyReused));
    let moved = vaxkiosk::server::engine::RescheduleCommand {
        person: PersonId(2),
        number: engine.book_together(all(&[1, 2, 3], 1, 7)).await.unwrap()[1].number,
        from: SlotId(1),
        to: SlotId(2),
        language: Language::Id,
    };
    engine.reschedule(moved).await.unwrap();
    let again = engine.book_together(all(&[1, 2, 3], 1, 7)).await.unwrap();
    let slots: Vec<u32> = again.iter().map(|record| record.slot.0).collect();
    assert_eq!(slots, [1, 2, 1], "each moves alone, and the key finds them all the same");
}

#[rstest]
#[case::nobody(&[], 1)]
#[case::seven(&[1, 2, 3, 4, 5, 6, 7], 1)]
#[case::the_same_card_twice(&[1, 2, 1], 1)]
#[tokio::test]
async fn who_is_not_up_to_six_different_people_is_no_party(
    #[case] people: &[u32],
    #[case] slot: u32,
) {
    let (random, store) = town_at(Kind::Sqlite, 8, 6).await;
    let engine = here(&random).await;
    assert_eq!(engine.book_together(all(people, slot, 1)).await, Err(EngineError::Senseless));
    // Site 1 and site 2 at the same hour.
    let apart = vec![one(1, 1, 2), one(2, 3, 2)];
    assert_eq!(engine.book_together(apart).await, Err(EngineError::Senseless));
    assert_eq!((taken(&store, 1).await, taken(&store, 3).await), (0, 0));
}

/// Families who share a member, at two servers at once: only one of the two can have them.
#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn families_who_share_somebody_are_whole_or_not_at_all(#[case] kind: Kind) {
    let (random, store) = town_at(kind, 200, 1000).await;
    let servers = [here(&random).await, here(&random).await];
    let mut asking = Vec::new();
    for nth in 0..50_u32 {
        let first = 1 + nth * 4;
        let two = [[first, first + 1, first + 2], [first + 2, first + 3, first + 1]];
        for (at, people) in two.into_iter().enumerate() {
            let (server, key) = (servers[at].clone(), u128::from(nth) << 8 | at as u128);
            let slot = 1 + nth % 2;
            let single = servers[1 - at].clone();
            asking.push(tokio::spawn(async move {
                let alone = single.book(one(people[0], slot, key | 1 << 64));
                let together = server.book_together(all(&people, slot, key));
                let (together, alone) = tokio::join!(together, alone);
                (people, together, alone)
            }));
        }
    }
    let mut booked: BTreeMap<i64, BookingNumber> = BTreeMap::new();
    let mut whole = 0;
    for asked in asking {
        let (people, together, alone) = asked.await.unwrap();
        match together {
            Ok(records) => {
                assert_eq!(records.len(), people.len());
                whole += 1;
                for record in records {
                    assert!(booked.insert(record.person.0, record.number).is_none());
                }
            }
            Err(EngineError::OneRefused { refusal: Refusal::AlreadyBooked, .. }) => {}
            Err(error) => panic!("{error}"),
        }
        match alone {
            Ok(record) => assert!(booked.insert(record.person.0, record.number).is_none()),
            Err(EngineError::Refused(Refusal::AlreadyBooked)) => {}
            Err(error) => panic!("{error}"),
        }
    }
    let findings = store.audit(round_number()).await.unwrap();
    assert_eq!(findings.live_bookings, booked.len() as u64, "nobody has a seat who was not told");
    let numbers: Vec<BookingNumber> = booked.into_values().collect();
    assert_eq!(store.missing(&numbers).await.unwrap(), []);
    println!("{whole} of 100 families were whole");
    assert_sound(&random).await;
}

/// As a kiosk does: the same key until there is an answer.
async fn family(servers: &[Engine], nth: u32) -> Result<HashSet<BookingNumber>, EngineError> {
    let people: Vec<u32> = (0..FAMILY).map(|member| 1 + nth * FAMILY + member).collect();
    let asks = all(&people, 1, u128::from(nth) + 1);
    for at in nth as usize.. {
        match servers[at % servers.len()].book_together(asks.clone()).await {
            Ok(records) => return Ok(records.iter().map(|record| record.number).collect()),
            Err(EngineError::Busy | EngineError::Unavailable) => {
                tokio::time::sleep(std::time::Duration::from_millis(5)).await;
            }
            Err(error) => return Err(error),
        }
    }
    unreachable!("families are asked for until there is an answer")
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
fn fifty_families_of_six_want_one_hour_with_a_hundred_seats_and_a_server_is_killed(
    #[case] kind: Kind,
) {
    let stays = tokio::runtime::Runtime::new().unwrap();
    let dies = tokio::runtime::Runtime::new().unwrap();
    let (random, store) = stays.block_on(town_at(kind, 306, 100));
    let servers = stays.block_on(async {
        [server(&random, stays.handle()).await, server(&random, dies.handle()).await]
    });
    let asking: Vec<_> = (0..50)
        .map(|nth| {
            let servers = servers.clone();
            stays.spawn(async move { family(&servers, nth).await })
        })
        .collect();
    stays.block_on(async {
        while taken(&store, 1).await < FAMILY {
            tokio::time::sleep(std::time::Duration::from_millis(1)).await;
        }
    });
    dies.shutdown_background();
    let mut numbers = HashSet::new();
    let mut whole = 0;
    for asked in asking {
        match stays.block_on(asked).unwrap() {
            Ok(booked) => {
                assert_eq!(booked.len() as u32, FAMILY, "a whole family");
                numbers.extend(booked);
                whole += 1;
            }
            Err(EngineError::OneRefused { refusal: Refusal::SlotFull, .. }) => {}
            Err(error) => panic!("{error}"),
        }
    }
    assert_eq!((whole, numbers.len()), (16, 96), "as many whole families as have room");
    stays.block_on(async {
        assert_eq!(taken(&store, 1).await, 96);
        assert_eq!(store.missing(&numbers.into_iter().collect::<Vec<_>>()).await.unwrap(), []);
        // Four seats are left: a seat short for five, just enough for four.
        let five = servers[0].book_together(all(&[301, 302, 303, 304, 305], 1, 500)).await;
        assert_eq!(five, Err(refused(4, Refusal::SlotFull)));
        servers[0].book_together(all(&[301, 302, 303, 304], 1, 501)).await.unwrap();
        assert_eq!(taken(&store, 1).await, 100);
        assert_sound(&random).await;
    });
}

async fn call(running: &Running, people: &[u32], slots: &[u32], nth: u32) -> Reply {
    let mut seats = Vec::new();
    for (person, slot) in people.iter().zip(slots) {
        let session = running.session(*person).await;
        seats.push(TogetherSeat { session, slot: SlotId(*slot), mobile: MobileChoice::Registered });
    }
    let ask = BookTogether { people: seats, language: Language::Vi };
    running.client.call(Call::BookTogether { ask, key: key(nth) }).await
}

pub fn problem(reply: Reply) -> Problem {
    match reply {
        Err(Fault::Problem(problem)) => *problem,
        other => panic!("{other:?}"),
    }
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_family_books_by_one_call_and_each_has_a_receipt_of_their_own(#[case] kind: Kind) {
    let running = start(kind, 8, 6).await;
    let beside = start_over(Arc::clone(&running.random), open(), generous()).await;
    let booked = call(&running, &[1, 2, 3, 4], &[1; 4], 1).await;
    let Ok(Answer::BookedTogether(booked)) = booked else { panic!("{booked:?}") };
    let receipts: HashSet<_> = booked.bookings.iter().map(|one| one.receipt.clone()).collect();
    assert_eq!((booked.bookings.len(), receipts.len()), (4, 4));
    let again = call(&beside, &[1, 2, 3, 4], &[1; 4], 1).await;
    assert_eq!(again, Ok(Answer::BookedTogether(booked)), "the same key, another server");
    let full = problem(call(&running, &[5, 6, 7], &[1; 3], 2).await);
    let said = (full.code, full.refusal, full.person);
    assert_eq!(said, (Code::Refused, Some(Refusal::SlotFull), Some(2)));
    let apart = problem(call(&running, &[5, 6], &[1, 3], 3).await);
    assert_eq!(apart.code, Code::BadRequest);
    assert_sound(&running.random).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_of_them_shows_who_they_are() {
    let running = start(Kind::Sqlite, 3, 6).await;
    let ended = running.session(2).await;
    let close = Call::CloseSession { token: ended.clone() };
    running.client.call(close).await.unwrap();
    let seat =
        |session| TogetherSeat { session, slot: SlotId(1), mobile: MobileChoice::Registered };
    let people = vec![seat(running.session(1).await), seat(ended)];
    let ask = BookTogether { people, language: Language::En };
    let over = problem(running.client.call(Call::BookTogether { ask, key: key(1) }).await);
    assert_eq!((over.code, over.person), (Code::SessionOver, Some(1)));
    let standing = running.client.call(Call::Standing { token: running.session(1).await }).await;
    let Ok(Answer::Standing(standing)) = standing else { panic!("{standing:?}") };
    assert_eq!(standing.booking, None, "the other has no seat without them");
}

/// One of a family is booked at another server between what was read and what is written: of the
/// others nothing is written either, and a constraint is not what stops it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_would_part_a_family_is_not_written() {
    let (random, store) = town_at(Kind::Postgres, 3, 6).await;
    let engine = here(&random).await;
    let people = [PersonId(1), PersonId(2), PersonId(3)];
    let batch = store.batch(round_number(), &people, &[SlotId(1)]).await.unwrap();
    engine.book(one(2, 2, 9)).await.unwrap();
    let new = |person: PersonId| NewBooking {
        number: BookingNumber::new(round_number(), 5000 + person.0 as u32).unwrap(),
        person,
        slot: SlotId(1),
        mobile: MobileNumber::parse(town::MOBILE).unwrap(),
        mobile_sealed: None,
        channel: Channel::Pharmacy,
        key: [7; 16],
        language: Language::En,
        made: open(),
    };
    let decided = Decided {
        bookings: people.map(new).to_vec(),
        together: vec![people.to_vec()],
        ..Decided::default()
    };
    let written = batch.write(round_number(), &decided).await;
    assert!(matches!(written, Err(StoreError::Parted)), "{written:?}");
    assert_eq!(taken(&store, 1).await, 0);
    assert_eq!(store.audit(round_number()).await.unwrap().live_bookings, 1);
    assert_sound(&random).await;
}
