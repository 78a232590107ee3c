//! The one task that writes: it takes all that waits, settles it, commits once, and answers each
//! after the commit. What is granted is decided in `settle`, how it is kept in the store.

use super::numbers::Numbers;
use super::settle::{Known, Numbering, Settled, settle};
use super::write_store::{WriteStore, WriteTx};
use super::{BATCH_AT_MOST, Command, CommandResult, EngineError, Outcome, Request};
use crate::domain::refusal::Refusal;
use crate::domain::site::SlotId;
use crate::server::catalog::{Catalog, Snapshot};
use crate::server::env::Now;
use crate::server::metrics::{Metrics, WriteOutcome};
use crate::server::store::audit_trail::Actor;
use crate::server::store::decided::{Decided, Series};
use crate::server::store::error::StoreError;
use crate::server::store::ids::PersonId;
use crate::server::store::programme::Seats;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;
use tokio::sync::{Notify, mpsc};

pub(super) struct Writer<L> {
    store: L,
    catalog: Arc<Catalog>,
    metrics: Arc<Metrics>,
    now: Now,
    written: Arc<Notify>,
    numbers: Numbering<Numbers, Numbers>,
}

/// The answers to a set of requests, each in its place; `None` for those that have to be settled
/// once more.
type Results = Vec<Option<CommandResult>>;

impl<L: WriteStore> Writer<L> {
    pub fn new(
        store: L,
        catalog: Arc<Catalog>,
        metrics: Arc<Metrics>,
        now: Now,
        written: Arc<Notify>,
    ) -> Self {
        let numbers = Numbering {
            bookings: Numbers::new(Series::Bookings),
            registrations: Numbers::new(Series::Registrations),
        };
        Self { store, catalog, metrics, now, written, numbers }
    }

    pub async fn run(mut self, mut waiting: mpsc::Receiver<Request>) {
        let mut requests = Vec::new();
        while waiting.recv_many(&mut requests, BATCH_AT_MOST).await > 0 {
            self.settle_all(std::mem::take(&mut requests)).await;
        }
    }

    /// Answers every request of a set.
    async fn settle_all(&mut self, mut requests: Vec<Request>) {
        let Some(snapshot) = self.catalog.snapshot() else {
            return answer(requests, &Err(EngineError::Unavailable));
        };
        while !requests.is_empty() {
            self.metrics.batch(requests.len());
            match self.apply(&snapshot, &requests).await {
                Ok(outcomes) => requests = answer_some(requests, outcomes),
                // The set as a whole was refused, and nothing of it happened. Alone, only what a
                // constraint refuses fails.
                Err(error) if error.is_refusal() && requests.len() > 1 => {
                    self.metrics.set_refused();
                    for request in requests {
                        Box::pin(self.settle_all(vec![request])).await;
                    }
                    return;
                }
                Err(error) => {
                    tracing::error!(%error, "a set of writes failed");
                    return answer(requests, &Err(EngineError::Unavailable));
                }
            }
        }
    }

    /// All requests in one transaction. An `Err` means that nothing of any of them happened, or
    /// that this is not known.
    async fn apply(
        &mut self,
        snapshot: &Snapshot,
        requests: &[Request],
    ) -> Result<Results, StoreError> {
        let round = snapshot.round.number;
        let commands: Vec<&Command> = requests.iter().map(|request| &request.command).collect();
        let people: BTreeSet<PersonId> =
            commands.iter().filter_map(|command| command.person()).collect();
        let slots: BTreeSet<SlotId> =
            commands.iter().flat_map(|command| command.slots()).flatten().collect();
        let count =
            |is: fn(&Command) -> bool| commands.iter().filter(|command| is(command)).count() as u32;
        let (new, registering) = (
            count(|command| matches!(command, Command::Book(_))),
            count(|command| matches!(command, Command::Register { .. })),
        );
        self.numbers.bookings.top_up(&self.store, round, new).await?;
        self.numbers.registrations.top_up(&self.store, round, registering).await?;
        let (people, slots): (Vec<_>, Vec<_>) =
            (people.into_iter().collect(), slots.into_iter().collect());
        let mut tx = self.store.begin(round, &people, &slots).await?;
        let (people, seats) = tx.read();
        let mut known = Known { people, seats };
        let now = (self.now)();
        let Settled { answers, mut decided } =
            settle(snapshot, &commands, &mut known, &mut self.numbers, now);
        decided.by = actors(requests, &answers);
        let lost = tx.write(round, &decided).await?;
        self.written.notify_one();
        let (touched, freed) = (touched(&decided, &lost), not_taken(&decided, &lost));
        let mut seats = known.seats;
        undo(&decided, &lost, &mut seats);
        self.catalog.committed(touched.into_iter().filter_map(|slot| seats.get(&slot).copied()));
        // Another server changed these people meanwhile: what was settled for them here was settled
        // on what is no longer so. And who found no seat because one of them seemed to have it must
        // not go away without.
        let outcome = |(request, answer): (&Request, Option<CommandResult>)| {
            let missed = |answer: &CommandResult| {
                *answer == Err(Refusal::SlotFull.into()) && request.command.wants(&freed)
            };
            let again = request.command.person().is_some_and(|person| lost.contains(&person));
            answer.filter(|answer| !again && !missed(answer))
        };
        let outcomes: Results = requests.iter().zip(answers).map(outcome).collect();
        outcomes.iter().filter_map(counted).for_each(|outcome| self.metrics.wrote(outcome));
        Ok(outcomes)
    }
}

/// By whom it was done what was decided for each person.
fn actors(requests: &[Request], answers: &Results) -> HashMap<PersonId, Actor> {
    let mut actors = HashMap::new();
    for (request, answer) in requests.iter().zip(answers) {
        if let (Some(person), Some(by), Some(Ok(_))) =
            (request.command.person(), request.by, answer)
        {
            actors.entry(person).or_insert(by);
        }
    }
    actors
}

/// As what a result is counted; `None` for what is not a booking or an intention.
fn counted(result: &Option<CommandResult>) -> Option<WriteOutcome> {
    Some(match result {
        Some(Ok(Outcome::Booking(_) | Outcome::Intention(_))) => WriteOutcome::Done,
        Some(Ok(Outcome::Nothing)) => return None,
        Some(Err(EngineError::Refused(_))) => WriteOutcome::Refused,
        Some(Err(EngineError::KeyReused | EngineError::Senseless)) => WriteOutcome::KeyReused,
        None => WriteOutcome::Again,
        Some(Err(EngineError::Busy | EngineError::Unavailable)) => WriteOutcome::Failed,
    })
}

/// The slots whose seats have changed.
fn touched(decided: &Decided, lost: &HashSet<PersonId>) -> BTreeSet<SlotId> {
    let there = |person: PersonId| !lost.contains(&person);
    let booked = decided.bookings.iter().filter(|new| there(new.person)).map(|new| new.slot);
    let moved =
        decided.moves.iter().filter(|one| there(one.person)).flat_map(|one| [one.from, one.to]);
    let cancelled =
        decided.cancellations.iter().filter(|one| there(one.person)).map(|one| one.slot);
    let held = decided.ended_holds.iter().filter(|hold| there(hold.person));
    booked.chain(moved).chain(cancelled).chain(held.filter_map(|hold| hold.slot)).collect()
}

/// The slots in which somebody seemed to have a seat and has not.
fn not_taken(decided: &Decided, lost: &HashSet<PersonId>) -> HashSet<SlotId> {
    let booked =
        decided.bookings.iter().filter(|new| lost.contains(&new.person)).map(|new| new.slot);
    let moved = decided.moves.iter().filter(|one| lost.contains(&one.person)).map(|one| one.to);
    booked.chain(moved).collect()
}

/// The seats as they are without those of the lost.
fn undo(decided: &Decided, lost: &HashSet<PersonId>, seats: &mut HashMap<SlotId, Seats>) {
    if lost.is_empty() {
        return;
    }
    let mut add = |slot: SlotId, by: i32| {
        if let Some(seats) = seats.get_mut(&slot) {
            seats.taken = seats.taken.saturating_add_signed(by);
        }
    };
    decided
        .bookings
        .iter()
        .filter(|new| lost.contains(&new.person))
        .for_each(|new| add(new.slot, -1));
    for one in decided.moves.iter().filter(|one| lost.contains(&one.person)) {
        add(one.to, -1);
        add(one.from, 1);
    }
    decided
        .cancellations
        .iter()
        .filter(|one| lost.contains(&one.person))
        .for_each(|one| add(one.slot, 1));
    decided
        .ended_holds
        .iter()
        .filter(|hold| lost.contains(&hold.person))
        .filter_map(|hold| hold.slot)
        .for_each(|slot| add(slot, 1));
}

/// Whoever does not wait any more (a cut line) is no error: the booking stands, and their key finds
/// it.
fn answer(requests: Vec<Request>, outcome: &CommandResult) {
    for request in requests {
        let _ = request.answer.send(outcome.clone());
    }
}

/// Answers those that have an answer, and gives back the others.
fn answer_some(requests: Vec<Request>, outcomes: Results) -> Vec<Request> {
    let mut again = Vec::new();
    for (request, outcome) in requests.into_iter().zip(outcomes) {
        match outcome {
            Some(outcome) => {
                let _ = request.answer.send(outcome);
            }
            None => again.push(request),
        }
    }
    again
}
