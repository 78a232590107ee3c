//! The one task that writes: it takes all that waits, settles it, commits once, and answers each
//! after the commit. What is granted is decided in `settle`, how it is kept in the store.

use super::ledger::{Ledger, Page};
use super::numbers::Numbers;
use super::settle::{Known, Numbering, Settled, settle};
use super::{Answer, Ask, BATCH_AT_MOST, Command, EngineError, Now};
use crate::domain::refusal::Refusal;
use crate::domain::site::SlotId;
use crate::server::board::{Board, Showing};
use crate::server::metrics::Metrics;
use crate::server::store::batch::{Decided, Series};
use crate::server::store::programme::Seats;
use crate::server::store::{PersonId, StoreError};
use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;
use tokio::sync::{Notify, mpsc};

pub(super) struct Writer<L> {
    ledger: L,
    board: Arc<Board>,
    metrics: Arc<Metrics>,
    now: Now,
    written: Arc<Notify>,
    numbers: Numbering<Numbers, Numbers>,
}

/// The answers to a set of commands, each in its place; none for those that have to be settled once
/// more.
type Outcomes = Vec<Option<Answer>>;

impl<L: Ledger> Writer<L> {
    pub fn new(
        ledger: L,
        board: Arc<Board>,
        metrics: Arc<Metrics>,
        now: Now,
        written: Arc<Notify>,
    ) -> Self {
        let numbers = Numbering {
            bookings: Numbers::new(Series::Bookings),
            registrations: Numbers::new(Series::Registrations),
        };
        Self { ledger, board, metrics, now, written, numbers }
    }

    pub async fn run(mut self, mut waiting: mpsc::Receiver<Command>) {
        let mut commands = Vec::new();
        while waiting.recv_many(&mut commands, BATCH_AT_MOST).await > 0 {
            self.settle_all(std::mem::take(&mut commands)).await;
        }
    }

    /// Answers every command of a set.
    async fn settle_all(&mut self, mut commands: Vec<Command>) {
        let Some(showing) = self.board.showing() else {
            return answer(commands, &Err(EngineError::Unavailable));
        };
        while !commands.is_empty() {
            self.metrics.batch(commands.len());
            match self.apply(&showing, &commands).await {
                Ok(outcomes) => commands = answer_some(commands, outcomes),
                // The set as a whole was refused, and nothing of it happened. Alone, only what a
                // constraint refuses fails.
                Err(error) if error.is_refusal() && commands.len() > 1 => {
                    self.metrics.set_refused();
                    for command in commands {
                        Box::pin(self.settle_all(vec![command])).await;
                    }
                    return;
                }
                Err(error) => {
                    tracing::error!(%error, "a set of writes failed");
                    return answer(commands, &Err(EngineError::Unavailable));
                }
            }
        }
    }

    /// All commands in one transaction. An `Err` means that nothing of any of them happened, or
    /// that this is not known.
    async fn apply(
        &mut self,
        showing: &Showing,
        commands: &[Command],
    ) -> Result<Outcomes, StoreError> {
        let round = showing.round.number;
        let asks: Vec<&Ask> = commands.iter().map(|command| &command.ask).collect();
        let people: BTreeSet<PersonId> = asks.iter().filter_map(|ask| ask.person()).collect();
        let slots: BTreeSet<SlotId> = asks.iter().flat_map(|ask| ask.slots()).flatten().collect();
        let count = |is: fn(&Ask) -> bool| asks.iter().filter(|ask| is(ask)).count() as u32;
        let (new, registering) = (
            count(|ask| matches!(ask, Ask::Book(_))),
            count(|ask| matches!(ask, Ask::Register { .. })),
        );
        self.numbers.bookings.top_up(&self.ledger, round, new).await?;
        self.numbers.registrations.top_up(&self.ledger, round, registering).await?;
        let (people, slots): (Vec<_>, Vec<_>) =
            (people.into_iter().collect(), slots.into_iter().collect());
        let mut page = self.ledger.page(round, &people, &slots).await?;
        let (people, seats) = page.read();
        let mut known = Known { people, seats };
        let now = (self.now)();
        let Settled { answers, decided } =
            settle(showing, &asks, &mut known, &mut self.numbers, now);
        let lost = page.write(round, &decided).await?;
        self.written.notify_one();
        let (touched, freed) = (touched(&decided, &lost), not_taken(&decided, &lost));
        let mut seats = known.seats;
        undo(&decided, &lost, &mut seats);
        self.board.committed(touched.into_iter().filter_map(|slot| seats.get(&slot).copied()));
        // Another server changed these people meanwhile: what was settled for them here was settled
        // on what is no longer so. And who found no seat because one of them seemed to have it must
        // not go away without.
        let outcome = |(command, answer): (&Command, Option<Answer>)| {
            let missed = |answer: &Answer| {
                *answer == Err(Refusal::SlotFull.into()) && command.ask.wants(&freed)
            };
            let again = command.ask.person().is_some_and(|person| lost.contains(&person));
            answer.filter(|answer| !again && !missed(answer))
        };
        let outcomes: Outcomes = commands.iter().zip(answers).map(outcome).collect();
        self.metrics.settled(&outcomes);
        Ok(outcomes)
    }
}

/// The slots whose seats have changed.
fn touched(decided: &Decided, lost: &HashSet<PersonId>) -> BTreeSet<SlotId> {
    let there = |person: PersonId| !lost.contains(&person);
    let booked = decided.bookings.iter().filter(|new| there(new.person)).map(|new| new.slot);
    let moved =
        decided.moves.iter().filter(|one| there(one.person)).flat_map(|one| [one.from, one.to]);
    let cancelled =
        decided.cancellations.iter().filter(|one| there(one.person)).map(|one| one.slot);
    booked.chain(moved).chain(cancelled).collect()
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
}

/// Whoever does not wait any more (a cut line) is no error: the booking stands, and their key finds
/// it.
fn answer(commands: Vec<Command>, outcome: &Answer) {
    for command in commands {
        let _ = command.answer.send(outcome.clone());
    }
}

/// Answers those that have an answer, and gives back the others.
fn answer_some(commands: Vec<Command>, outcomes: Outcomes) -> Vec<Command> {
    let mut again = Vec::new();
    for (command, outcome) in commands.into_iter().zip(outcomes) {
        match outcome {
            Some(outcome) => {
                let _ = command.answer.send(outcome);
            }
            None => again.push(command),
        }
    }
    again
}
