//! Two engines over one database, as two servers would be: no seat twice, no person twice.

use crate::databases::{Fresh, Kind};
use crate::town;
use crate::town::{open, round_number};
use crate::town_store::{store_at, town_at};
use rstest::rstest;
use std::collections::HashSet;
use std::sync::Arc;
use vaxkiosk::api::bookings::MobileChoice;
use vaxkiosk::domain::channel::Channel;
use vaxkiosk::domain::language::Language;
use vaxkiosk::domain::refusal::Refusal;
use vaxkiosk::domain::site::SlotId;
use vaxkiosk::server::catalog::Catalog;
use vaxkiosk::server::engine::{BookCommand, Engine, EngineError};
use vaxkiosk::server::metrics::Metrics;
use vaxkiosk::server::store::Store;
use vaxkiosk::server::store::ids::PersonId;

async fn taken(store: &Store) -> Vec<u32> {
    let mut seats = store.seats(round_number()).await.unwrap();
    seats.sort_by_key(|seats| seats.slot);
    seats.iter().map(|seats| seats.taken).collect()
}

/// A writer of its own over the same database, as another server would be.
async fn engine(random: &Fresh) -> Engine {
    let store = store_at(random).await;
    let catalog = Arc::new(Catalog::default());
    catalog.publish(store.programme(round_number()).await.unwrap().unwrap());
    let (engine, writing) =
        Engine::new(store, catalog, Arc::new(Metrics::default()), town::env(open()).now);
    tokio::spawn(writing);
    engine
}

fn ask(person: i64, slot: u32, key: u128) -> BookCommand {
    BookCommand {
        person: PersonId(person),
        slot: SlotId(slot),
        mobile: MobileChoice::Registered,
        channel: Channel::ConvenienceStore,
        key: key.to_be_bytes(),
        language: Language::En,
    }
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn two_servers_sell_no_seat_twice_and_nobody_two_seats(#[case] kind: Kind) {
    let (random, store) = town_at(kind, 300, 20).await;
    let servers = [engine(&random).await, engine(&random).await];
    let mut asking = Vec::new();
    for person in 1..=300_u32 {
        // Everybody asks both servers at once, for both slots, with a key each.
        for (at, server) in servers.iter().enumerate() {
            let (server, slot) = (server.clone(), 1 + (person + at as u32) % 2);
            let ask = ask(person.into(), slot, u128::from(person) << 8 | at as u128);
            asking.push(tokio::spawn(async move { (person, server.book(ask).await) }));
        }
    }
    let (mut booked, mut numbers) = (HashSet::new(), HashSet::new());
    for asked in asking {
        let (person, outcome) = asked.await.unwrap();
        match outcome {
            Ok(record) => {
                assert!(booked.insert(person), "{person} has two seats");
                assert!(numbers.insert(record.number));
            }
            Err(EngineError::Refused(Refusal::SlotFull | Refusal::AlreadyBooked)) => {}
            Err(error) => panic!("{error}"),
        }
    }
    assert_eq!(booked.len(), 300, "the large slot has room for whoever did not get the small one");
    let findings = store.audit(round_number()).await.unwrap();
    assert_eq!(
        (findings.live_bookings, findings.slots_over_capacity, findings.people_booked_twice),
        (300, 0, 0)
    );
    assert_eq!(store.missing(&numbers.into_iter().collect::<Vec<_>>()).await.unwrap(), []);
    assert_eq!(taken(&store).await.iter().sum::<u32>(), 300);
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn the_same_key_gives_the_same_booking_at_either_server(#[case] kind: Kind) {
    let (random, _store) = town_at(kind, 40, 1000).await;
    let servers = [engine(&random).await, engine(&random).await];
    let mut asking = Vec::new();
    for nth in 0..400_u32 {
        let (server, person) = (servers[nth as usize % 2].clone(), 1 + nth / 10);
        let ask = ask(person.into(), 1, u128::from(person));
        asking.push(tokio::spawn(async move { (person, server.book(ask).await.unwrap()) }));
    }
    let mut numbers = std::collections::HashMap::new();
    for asked in asking {
        let (person, record) = asked.await.unwrap();
        assert_eq!(*numbers.entry(person).or_insert(record.number), record.number);
    }
    let reused = servers[0].book(ask(1, 2, 1)).await;
    assert_eq!(reused, Err(EngineError::KeyReused), "the key is of another slot");
}
