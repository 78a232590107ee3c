//! Families under the same schedules: all of one are booked, or none, whatever fails and whoever
//! gives up waiting; and nobody's seat is sold twice.

use super::{Model, SCHEDULES, SEATS, ask, server};
use shuttle::future::{block_on, spawn, yield_now};
use shuttle::rand::{Rng, thread_rng};
use vaxkiosk::domain::booking_number::BookingNumber;
use vaxkiosk::domain::refusal::Refusal;
use vaxkiosk::domain::site::SlotId;
use vaxkiosk::server::engine::{BookCommand, Engine, EngineError};
use vaxkiosk::server::store::ids::PersonId;

/// Two who want the small slot, under one key.
fn family(first: i64, key: u128) -> Vec<BookCommand> {
    (first..first + 2).map(|person| ask(person, 1, key)).collect()
}

/// As a kiosk does: the same key until there is an answer, at whichever server; now and then it
/// gives up waiting and asks again.
async fn kiosk(
    servers: Vec<Engine>,
    people: Vec<BookCommand>,
) -> Result<Vec<BookingNumber>, Refusal> {
    loop {
        let server = servers[thread_rng().gen_range(0..servers.len())].clone();
        if thread_rng().gen_range(0..4) == 0 {
            let (server, people) = (server.clone(), people.clone());
            let waiting = spawn(async move { server.book_together(people).await });
            yield_now().await;
            waiting.abort();
        }
        match server.book_together(people.clone()).await {
            Ok(records) => return Ok(records.iter().map(|record| record.number).collect()),
            Err(EngineError::OneRefused { refusal, .. } | EngineError::Refused(refusal)) => {
                return Err(refusal);
            }
            Err(EngineError::Busy | EngineError::Unavailable) => yield_now().await,
            Err(error @ (EngineError::KeyReused | EngineError::Senseless)) => panic!("{error}"),
        }
    }
}

/// Three families of two, one with a member who stands at a kiosk of their own too, want a slot of
/// two seats.
fn families(servers: usize, fails: u32) {
    let model = Model::new(fails);
    block_on(async move {
        let servers: Vec<Engine> = (0..servers).map(|_| server(&model, 64)).collect();
        let families = [family(1, 1), family(3, 2), family(5, 3)];
        let alone = spawn(super::kiosk(servers.clone(), ask(5, 1, 50), Default::default()));
        let mut kiosks = Vec::new();
        for family in &families {
            kiosks.push(spawn(kiosk(servers.clone(), family.clone())));
        }
        let mut whole = 0;
        for (family, kiosk) in families.iter().zip(kiosks) {
            let outcome = kiosk.await.unwrap();
            let kept = |tables: &super::Tables, person: PersonId| {
                tables.live.get(&person).map(|live| live.number)
            };
            match outcome {
                Ok(numbers) => {
                    whole += 1;
                    let tables = model.tables.lock().unwrap();
                    for (one, number) in family.iter().zip(&numbers) {
                        assert_eq!(kept(&tables, one.person), Some(*number), "each has their own");
                    }
                    drop(tables);
                    let again = kiosk_again(&servers, family).await;
                    assert_eq!(again, numbers, "and asked again they have the same");
                }
                Err(Refusal::SlotFull | Refusal::AlreadyBooked) => {
                    let tables = model.tables.lock().unwrap();
                    let booked = family.iter().filter(|one| tables.live.contains_key(&one.person));
                    let by_themselves = |one: &&BookCommand| one.person == PersonId(5);
                    assert!(
                        booked.into_iter().all(|one| by_themselves(&one)),
                        "a family is parted"
                    );
                }
                Err(refusal) => panic!("{refusal}"),
            }
        }
        let alone = alone.await.unwrap();
        let tables = model.tables.lock().unwrap();
        let taken = tables.seats[&SlotId(1)].taken;
        assert_eq!(tables.live.len(), taken as usize);
        assert!(taken <= SEATS);
        match alone {
            // With one seat gone no family has room any more.
            Ok(_) if whole == 0 => assert_eq!(taken, 1),
            Ok(_) => panic!("a family of two and one more have three seats"),
            Err(_) => assert_eq!((whole, taken), (1, SEATS), "the first who asked has both"),
        }
        assert!(tables.locked.is_empty());
    });
}

async fn kiosk_again(servers: &[Engine], family: &[BookCommand]) -> Vec<BookingNumber> {
    kiosk(servers.to_vec(), family.to_vec()).await.unwrap()
}

#[test]
fn families_at_one_server_over_a_database_that_fails() {
    shuttle::check_random(|| families(1, 8), SCHEDULES);
}

#[test]
fn families_at_two_servers_over_one_database_that_fails() {
    shuttle::check_random(|| families(2, 8), SCHEDULES);
}
