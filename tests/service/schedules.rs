//! The writer under thousands of schedules (shuttle): servers side by side over a model of a
//! database that fails at any step, people who go away while they wait, a queue that is full. The
//! model is only as strict as PostgreSQL: slots are locked, people are not.

mod together;

use crate::constraint::Constraint;
use crate::town;
use crate::town::open;
use shuttle::future::{block_on, spawn, yield_now};
use shuttle::rand::{Rng, thread_rng};
use shuttle::sync::Mutex;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use vaxkiosk::api::bookings::MobileChoice;
use vaxkiosk::domain::attendance::Presence;
use vaxkiosk::domain::channel::Channel;
use vaxkiosk::domain::language::Language;
use vaxkiosk::domain::refusal::Refusal;
use vaxkiosk::domain::round::RoundNumber;
use vaxkiosk::domain::site::SlotId;
use vaxkiosk::server::catalog::Catalog;
use vaxkiosk::server::engine::write_store::{WriteStore, WriteTx};
use vaxkiosk::server::engine::{BookCommand, Engine, EngineError};
use vaxkiosk::server::metrics::Metrics;
use vaxkiosk::server::store::decided::{Decided, Series};
use vaxkiosk::server::store::error::StoreError;
use vaxkiosk::server::store::ids::PersonId;
use vaxkiosk::server::store::people::{BookingRecord, PersonRecord};
use vaxkiosk::server::store::programme::{Programme, Seats};

const SCHEDULES: usize = 3000;
/// The small slot's seats; the other has room for all.
const SEATS: u32 = 2;

#[derive(Default)]
struct Tables {
    live: BTreeMap<PersonId, BookingRecord>,
    seats: BTreeMap<SlotId, Seats>,
    locked: BTreeSet<SlotId>,
    last_sequence: u32,
}

#[derive(Clone)]
struct Model {
    tables: Arc<Mutex<Tables>>,
    /// One step in so many fails; none if 0.
    fails: u32,
}

struct ModelTx {
    model: Model,
    people: Vec<PersonId>,
    slots: Vec<SlotId>,
}

fn line_cut() -> StoreError {
    StoreError::Database(sqlx::Error::Io(std::io::ErrorKind::ConnectionReset.into()))
}

impl Model {
    fn new(fails: u32) -> Self {
        let seats = |slot: &vaxkiosk::domain::site::Slot| {
            (slot.id, Seats { slot: slot.id, capacity: slot.capacity, taken: slot.taken })
        };
        let tables = Tables {
            seats: town::round(SEATS).slots.iter().map(seats).collect(),
            ..Tables::default()
        };
        Self { tables: Arc::new(Mutex::new(tables)), fails }
    }

    fn unlucky(&self) -> bool {
        self.fails > 0 && thread_rng().gen_range(0..self.fails) == 0
    }
}

impl WriteStore for Model {
    type Tx = ModelTx;

    async fn begin(
        &self,
        _: RoundNumber,
        people: &[PersonId],
        slots: &[SlotId],
    ) -> Result<ModelTx, StoreError> {
        let mut page = ModelTx { model: self.clone(), people: people.to_vec(), slots: Vec::new() };
        for &slot in slots {
            // As a row's lock: whoever has it keeps it until the transaction ends. Two who wait for
            // each other wait for ever, and the schedule is refused for its length.
            while !self.tables.lock().unwrap().locked.insert(slot) {
                yield_now().await;
            }
            page.slots.push(slot);
        }
        yield_now().await;
        if self.unlucky() { Err(line_cut()) } else { Ok(page) }
    }

    async fn reserve(&self, _: RoundNumber, _: Series, count: u32) -> Result<u32, StoreError> {
        yield_now().await;
        if self.unlucky() {
            return Err(line_cut());
        }
        let mut tables = self.tables.lock().unwrap();
        tables.last_sequence += count;
        Ok(tables.last_sequence + 1 - count)
    }
}

impl WriteTx for ModelTx {
    fn read(&mut self) -> (HashMap<PersonId, PersonRecord>, HashMap<SlotId, Seats>) {
        let tables = self.model.tables.lock().unwrap();
        let person = |person: &PersonId| {
            let entry = town::person(1);
            let record = PersonRecord {
                person: *person,
                born: entry.card.born,
                category: entry.category,
                intention: entry.intention,
                mobile_sealed: None,
                live: tables.live.get(person).cloned(),
                cancelled: Vec::new(),
                hold: None,
            };
            (*person, record)
        };
        let people = self.people.iter().map(person).collect();
        (people, self.slots.iter().map(|slot| (*slot, tables.seats[slot])).collect())
    }

    async fn write(
        self,
        _: RoundNumber,
        decided: &Decided,
    ) -> Result<HashSet<PersonId>, StoreError> {
        yield_now().await;
        if self.model.unlucky() {
            return Err(line_cut());
        }
        if self.model.unlucky() {
            return Err(StoreError::Database(sqlx::Error::Database(Box::new(Constraint))));
        }
        let mut lost = HashSet::new();
        self.model.tables.lock().unwrap().write(decided, &mut lost);
        yield_now().await;
        // Committed, and the answer was lost on its way.
        if self.model.unlucky() { Err(line_cut()) } else { Ok(lost) }
    }
}

impl Tables {
    fn write(&mut self, decided: &Decided, lost: &mut HashSet<PersonId>) {
        let has = |tables: &Self, person, number, slot| {
            tables
                .live
                .get(&person)
                .is_some_and(|live: &BookingRecord| live.number == number && live.slot == slot)
        };
        for one in &decided.moves {
            if !has(self, one.person, one.number, one.from) {
                lost.insert(one.person);
                continue;
            }
            self.seats.get_mut(&one.from).unwrap().taken -= 1;
            self.seats.get_mut(&one.to).unwrap().taken += 1;
            let live = self.live.get_mut(&one.person).unwrap();
            (live.slot, live.moved) = (one.to, Some(one.at));
        }
        for one in &decided.cancellations {
            if has(self, one.person, one.number, one.slot) {
                self.seats.get_mut(&one.slot).unwrap().taken -= 1;
                self.live.remove(&one.person);
            } else {
                lost.insert(one.person);
            }
        }
        for new in &decided.bookings {
            if self.live.contains_key(&new.person) {
                lost.insert(new.person);
                continue;
            }
            self.seats.get_mut(&new.slot).unwrap().taken += 1;
            let record = BookingRecord {
                number: new.number,
                person: new.person,
                slot: new.slot,
                made: new.made,
                moved: None,
                mobile: new.mobile.clone(),
                key: new.key,
                presence: Presence::Expected,
            };
            assert!(
                self.live.values().all(|other| other.number != new.number),
                "a number was given twice"
            );
            self.live.insert(new.person, record);
        }
        for seats in self.seats.values() {
            assert!(seats.taken <= seats.capacity, "a seat was sold twice");
        }
    }
}

impl Drop for ModelTx {
    fn drop(&mut self) {
        let mut tables = self.model.tables.lock().unwrap();
        for slot in &self.slots {
            tables.locked.remove(slot);
        }
    }
}

fn server(model: &Model, queue: usize) -> Engine {
    let catalog = Arc::new(Catalog::default());
    let town = town::round(SEATS);
    catalog.publish(Programme { round: town.round, sites: town.sites, slots: town.slots });
    let now = town::env(open()).now;
    let (engine, writing) =
        Engine::with_queue(queue, model.clone(), catalog, Arc::new(Metrics::default()), now);
    spawn(writing);
    engine
}

fn ask(person: i64, slot: u32, key: u128) -> BookCommand {
    BookCommand {
        person: PersonId(person),
        slot: SlotId(slot),
        mobile: MobileChoice::Registered,
        channel: Channel::Pharmacy,
        key: key.to_be_bytes(),
        language: Language::Th,
    }
}

/// As a kiosk does: the same key until there is an answer, at whichever server; now and then it
/// gives up waiting and asks again.
async fn kiosk(
    servers: Vec<Engine>,
    ask: BookCommand,
    busy: Arc<AtomicUsize>,
) -> Result<BookingRecord, Refusal> {
    loop {
        let server = &servers[thread_rng().gen_range(0..servers.len())];
        if thread_rng().gen_range(0..4) == 0 {
            let (server, ask) = (server.clone(), ask.clone());
            let waiting = spawn(async move { server.book(ask).await });
            yield_now().await;
            waiting.abort();
        }
        match server.book(ask.clone()).await {
            Ok(record) => return Ok(record),
            Err(EngineError::Refused(refusal)) => return Err(refusal),
            Err(EngineError::Busy) => {
                busy.fetch_add(1, Ordering::Relaxed);
                yield_now().await;
            }
            Err(EngineError::Unavailable) => yield_now().await,
            Err(
                error @ (EngineError::KeyReused
                | EngineError::Senseless
                | EngineError::OneRefused { .. }),
            ) => panic!("{error}"),
        }
    }
}

fn crowd(servers: usize, queue: usize, fails: u32, busy: &Arc<AtomicUsize>) {
    let model = Model::new(fails);
    let busy = Arc::clone(busy);
    block_on(async move {
        let servers: Vec<Engine> = (0..servers).map(|_| server(&model, queue)).collect();
        // Persons 1 to 4 want the small slot; person 5 stands at two kiosks at once.
        let asks: Vec<BookCommand> = (1..=4)
            .map(|nth| ask(nth, 1, nth as u128))
            .chain([ask(5, 1, 50), ask(5, 2, 51)])
            .collect();
        let mut kiosks = Vec::new();
        for ask in &asks {
            kiosks.push(spawn(kiosk(servers.clone(), ask.clone(), Arc::clone(&busy))));
        }
        let mut acknowledged = BTreeMap::new();
        for (ask, kiosk) in asks.iter().zip(kiosks) {
            match kiosk.await.unwrap() {
                Ok(record) => assert!(
                    acknowledged.insert(ask.person, (ask, record.number)).is_none(),
                    "two seats"
                ),
                Err(Refusal::SlotFull | Refusal::AlreadyBooked) => {}
                Err(refusal) => panic!("{refusal}"),
            }
        }
        for (person, (ask, number)) in &acknowledged {
            let kept = model.tables.lock().unwrap().live.get(person).map(|live| live.number);
            assert_eq!(kept, Some(*number), "an acknowledged booking is there");
            let again = kiosk_again(&servers, ask, &busy).await;
            assert_eq!(again, *number, "and asked again it has the same number");
        }
        let tables = model.tables.lock().unwrap();
        for seats in tables.seats.values() {
            let booked = tables.live.values().filter(|live| live.slot == seats.slot).count();
            assert_eq!(booked, seats.taken as usize);
        }
        assert_eq!(tables.seats[&SlotId(1)].taken, SEATS, "five wanted two seats: both are gone");
        assert!(tables.locked.is_empty());
    });
}

async fn kiosk_again(
    servers: &[Engine],
    ask: &BookCommand,
    busy: &Arc<AtomicUsize>,
) -> vaxkiosk::domain::booking_number::BookingNumber {
    kiosk(servers.to_vec(), ask.clone(), Arc::clone(busy)).await.unwrap().number
}

#[test]
fn one_server_over_a_database_that_fails() {
    let busy = Arc::new(AtomicUsize::new(0));
    shuttle::check_random(move || crowd(1, 64, 8, &busy), SCHEDULES);
}

#[test]
fn two_servers_over_one_database() {
    let busy = Arc::new(AtomicUsize::new(0));
    shuttle::check_random(move || crowd(2, 64, 0, &busy), SCHEDULES);
}

#[test]
fn two_servers_over_one_database_that_fails() {
    let busy = Arc::new(AtomicUsize::new(0));
    shuttle::check_random(move || crowd(2, 64, 8, &busy), SCHEDULES);
}

#[test]
fn a_full_queue_says_so_at_once_and_nobody_is_lost() {
    let busy = Arc::new(AtomicUsize::new(0));
    let seen = Arc::clone(&busy);
    shuttle::check_random(move || crowd(1, 1, 0, &seen), SCHEDULES);
    assert!(busy.load(Ordering::Relaxed) > 0, "the queue was never full");
}
