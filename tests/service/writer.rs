//! The writer over a store whose answers the test writes: what happens to a set that is refused,
//! and to whom another server came first.

use crate::constraint::Constraint;
use crate::town;
use crate::town::{MOBILE, open, round_number};
use rstest::rstest;
use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use vaxkiosk::api::bookings::MobileChoice;
use vaxkiosk::domain::attendance::Presence;
use vaxkiosk::domain::booking_number::BookingNumber;
use vaxkiosk::domain::channel::Channel;
use vaxkiosk::domain::language::Language;
use vaxkiosk::domain::phone::MobileNumber;
use vaxkiosk::domain::refusal::Refusal;
use vaxkiosk::domain::round::RoundNumber;
use vaxkiosk::domain::site::{SiteId, Slot, SlotId};
use vaxkiosk::server::catalog::Catalog;
use vaxkiosk::server::engine::write_store::{WriteStore, WriteTx};
use vaxkiosk::server::engine::{
    BookCommand, Command, CommandResult, Engine, EngineError, Outcome, RescheduleCommand,
};
use vaxkiosk::server::metrics::Metrics;
use vaxkiosk::server::store::decided::{Decided, Series};
use vaxkiosk::server::store::error::StoreError;
use vaxkiosk::server::store::ids::PersonId;
use vaxkiosk::server::store::people::{BookingRecord, PersonRecord};
use vaxkiosk::server::store::programme::{Programme, Seats};

/// What the database answers to a transaction's write.
enum Write {
    Done,
    /// A constraint refuses the whole set.
    Refused,
    /// Another server came first with this person, who now has a booking in this slot.
    Lost(PersonId, SlotId),
}

#[derive(Default)]
struct State {
    live: HashMap<PersonId, BookingRecord>,
    seats: HashMap<SlotId, Seats>,
    writes: VecDeque<Write>,
    /// The people of each transaction that was written.
    sets: Vec<Vec<PersonId>>,
    sequence: u32,
}

#[derive(Clone, Default)]
struct Scripted(Arc<Mutex<State>>);

struct ScriptedTx {
    state: Arc<Mutex<State>>,
    people: Vec<PersonId>,
    slots: Vec<SlotId>,
}

impl WriteStore for Scripted {
    type Tx = ScriptedTx;

    async fn begin(
        &self,
        _: RoundNumber,
        people: &[PersonId],
        slots: &[SlotId],
    ) -> Result<ScriptedTx, StoreError> {
        let (people, slots) = (people.to_vec(), slots.to_vec());
        Ok(ScriptedTx { state: Arc::clone(&self.0), people, slots })
    }

    async fn reserve(&self, _: RoundNumber, _: Series, count: u32) -> Result<u32, StoreError> {
        let mut state = self.0.lock().unwrap();
        state.sequence += count;
        Ok(state.sequence + 1 - count)
    }
}

impl WriteTx for ScriptedTx {
    fn read(&mut self) -> (HashMap<PersonId, PersonRecord>, HashMap<SlotId, Seats>) {
        let state = self.state.lock().unwrap();
        let entry = town::person(1);
        let record = |person: &PersonId| PersonRecord {
            person: *person,
            born: entry.card.born,
            category: None,
            intention: entry.intention.clone(),
            mobile_sealed: None,
            live: state.live.get(person).cloned(),
            cancelled: Vec::new(),
            hold: None,
        };
        let people = self.people.iter().map(|person| (*person, record(person))).collect();
        (people, self.slots.iter().map(|slot| (*slot, state.seats[slot])).collect())
    }

    async fn write(
        self,
        _: RoundNumber,
        decided: &Decided,
    ) -> Result<HashSet<PersonId>, StoreError> {
        let mut state = self.state.lock().unwrap();
        state.sets.push(self.people.clone());
        let lost = match state.writes.pop_front().unwrap_or(Write::Done) {
            Write::Done => HashSet::new(),
            Write::Refused => {
                return Err(StoreError::Database(sqlx::Error::Database(Box::new(Constraint))));
            }
            Write::Lost(person, slot) => {
                state.live.insert(person, record(person, 900, slot));
                HashSet::from([person])
            }
        };
        for new in decided.bookings.iter().filter(|new| !lost.contains(&new.person)) {
            state.seats.get_mut(&new.slot).unwrap().taken += 1;
            let sequence = new.number.sequence();
            state.live.insert(new.person, record(new.person, sequence, new.slot));
        }
        for one in decided.moves.iter().filter(|one| !lost.contains(&one.person)) {
            state.seats.get_mut(&one.from).unwrap().taken -= 1;
            state.seats.get_mut(&one.to).unwrap().taken += 1;
            state.live.get_mut(&one.person).unwrap().slot = one.to;
        }
        for one in decided.cancellations.iter().filter(|one| !lost.contains(&one.person)) {
            state.seats.get_mut(&one.slot).unwrap().taken -= 1;
            state.live.remove(&one.person);
        }
        Ok(lost)
    }
}

fn record(person: PersonId, sequence: u32, slot: SlotId) -> BookingRecord {
    BookingRecord {
        number: BookingNumber::new(round_number(), sequence).unwrap(),
        person,
        slot,
        made: open(),
        moved: None,
        mobile: MobileNumber::parse(MOBILE).unwrap(),
        key: [0; 16],
        presence: Presence::Expected,
    }
}

/// A store with these people booked, where the database answers as written.
fn store(seats: u32, booked: &[(i64, u32)], writes: Vec<Write>) -> Scripted {
    let store = Scripted::default();
    let mut state = store.0.lock().unwrap();
    for slot in town::round(seats).slots {
        let seats = Seats { slot: slot.id, capacity: slot.capacity, taken: 0 };
        state.seats.insert(slot.id, seats);
    }
    for &(person, slot) in booked {
        let slot = SlotId(slot);
        state.seats.get_mut(&slot).unwrap().taken += 1;
        state.live.insert(PersonId(person), record(PersonId(person), person as u32, slot));
    }
    state.writes = writes.into();
    drop(state);
    store
}

struct Done {
    answers: Vec<CommandResult>,
    /// Seats taken in the slots 1 and 2, as the crowd is shown them.
    shown: [u32; 2],
    metrics: String,
}

/// Submits all commands as one set.
async fn submit(seats: u32, store: &Scripted, commands: Vec<Command>) -> Done {
    let catalog = Arc::new(Catalog::default());
    let mut town = town::round(seats);
    for slot in &mut town.slots {
        slot.taken = store.0.lock().unwrap().seats[&slot.id].taken;
    }
    catalog.publish(Programme { round: town.round, sites: town.sites, slots: town.slots });
    let metrics = Arc::new(Metrics::default());
    let now = town::env(open()).now;
    let (engine, writing) =
        Engine::new(store.clone(), Arc::clone(&catalog), Arc::clone(&metrics), now);
    let tasks: Vec<_> = commands
        .into_iter()
        .map(|command| {
            let engine = engine.clone();
            tokio::spawn(async move { engine.submit(command).await })
        })
        .collect();
    // All of them wait before the writer begins.
    while engine.waiting() < tasks.len() {
        tokio::task::yield_now().await;
    }
    tokio::spawn(writing);
    let mut answers = Vec::new();
    for task in tasks {
        answers.push(task.await.unwrap());
    }
    let snapshot = catalog.snapshot().unwrap();
    let body = snapshot.slots_body(SiteId(1)).unwrap().bytes;
    let slots: Vec<Slot> = serde_json::from_slice(&body).unwrap();
    let taken = |at: usize| slots[at].taken;
    Done { answers, shown: [taken(0), taken(1)], metrics: metrics.text(0) }
}

fn book(person: i64) -> Command {
    Command::Book(BookCommand {
        person: PersonId(person),
        slot: SlotId(1),
        mobile: MobileChoice::Registered,
        channel: Channel::ConvenienceStore,
        key: [person as u8; 16],
        language: Language::En,
    })
}

/// From slot 2 to slot 1.
fn reschedule(person: i64) -> Command {
    Command::Reschedule(RescheduleCommand {
        person: PersonId(person),
        number: BookingNumber::new(round_number(), person as u32).unwrap(),
        from: SlotId(2),
        to: SlotId(1),
        language: Language::En,
    })
}

fn cancel(person: i64) -> Command {
    Command::Cancel {
        person: PersonId(person),
        number: BookingNumber::new(round_number(), person as u32).unwrap(),
        slot: SlotId(2),
        language: Language::En,
    }
}

fn is_booked(answer: &CommandResult) -> bool {
    matches!(answer, Ok(Outcome::Booking(_)))
}

#[tokio::test]
async fn a_refused_set_is_tried_one_by_one() {
    // The set, then the first alone, the second alone (refused again), the third alone.
    let writes = vec![Write::Refused, Write::Done, Write::Refused, Write::Done];
    let store = store(10, &[], writes);
    let done = submit(10, &store, vec![book(1), book(2), book(3)]).await;
    assert!(is_booked(&done.answers[0]) && is_booked(&done.answers[2]), "{:?}", done.answers);
    assert_eq!(done.answers[1], Err(EngineError::Unavailable));
    let sets: Vec<usize> = store.0.lock().unwrap().sets.iter().map(Vec::len).collect();
    assert_eq!(sets, [3, 1, 1, 1]);
    assert!(done.metrics.contains("sets_refused_total 1"), "{}", done.metrics);
    assert_eq!(done.shown, [2, 0]);
}

/// The seat that somebody seemed to take goes to whoever was told in the same set that it is full.
#[tokio::test]
async fn the_seat_of_one_who_was_booked_elsewhere_goes_to_the_next() {
    let store = store(1, &[], vec![Write::Lost(PersonId(5), SlotId(2))]);
    let done = submit(1, &store, vec![book(5), book(6)]).await;
    assert_eq!(done.answers[0], Err(Refusal::AlreadyBooked.into()));
    assert!(is_booked(&done.answers[1]), "{:?}", done.answers);
    assert_eq!(done.shown[0], 1);
}

#[tokio::test]
async fn the_seat_of_one_whose_booking_was_moved_elsewhere_goes_to_the_next() {
    let store = store(1, &[(5, 2)], vec![Write::Lost(PersonId(5), SlotId(3))]);
    let done = submit(1, &store, vec![reschedule(5), book(6)]).await;
    assert_eq!(done.answers[0], Err(Refusal::NoBooking.into()), "their booking is another");
    assert!(is_booked(&done.answers[1]), "{:?}", done.answers);
    assert_eq!(done.shown[0], 1);
}

/// Somebody else changes the same slots in the same set, so that they are shown anew: with what
/// these others did and without the loss.
#[rstest]
#[case::of_a_booking(&[], vec![book(5), book(6)], [1, 0])]
#[case::of_a_move(&[(5, 2), (7, 2)], vec![reschedule(5), book(6), cancel(7)], [1, 1])]
#[case::of_a_cancellation(&[(5, 2), (7, 2)], vec![cancel(5), cancel(7)], [0, 1])]
#[tokio::test]
async fn a_loss_is_not_among_the_seats_that_are_shown(
    #[case] booked: &[(i64, u32)],
    #[case] commands: Vec<Command>,
    #[case] shown: [u32; 2],
) {
    let store = store(10, booked, vec![Write::Lost(PersonId(5), SlotId(3))]);
    let done = submit(10, &store, commands).await;
    assert!(done.answers[0].is_err(), "{:?}", done.answers);
    assert!(done.answers[1..].iter().all(Result::is_ok), "{:?}", done.answers);
    assert_eq!(done.shown, shown);
}

/// Whoever stops the service waits for the writer, and what waited for it is written before.
#[tokio::test]
async fn the_writer_ends_with_the_last_handle_after_what_waits() {
    let store = store(10, &[], Vec::new());
    let catalog = Arc::new(Catalog::default());
    let town = town::round(10);
    catalog.publish(Programme { round: town.round, sites: town.sites, slots: town.slots });
    let now = town::env(open()).now;
    let (engine, writing) = Engine::new(store.clone(), catalog, Arc::default(), now);
    let submitting = tokio::spawn(async move { engine.submit(book(1)).await });
    tokio::time::timeout(Duration::from_secs(20), writing).await.expect("it ends");
    assert!(is_booked(&submitting.await.unwrap()));
    assert_eq!(store.0.lock().unwrap().sets.len(), 1);
}
