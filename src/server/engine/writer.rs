//! The one task that writes: it takes all that waits, settles it, commits once, and answers each after the commit. What is granted
//! is decided in `settle`, how it is kept in the store.

use super::ledger::{Ledger, Page};
use super::settle::{Known, Settled, settle};
use super::{BATCH_AT_MOST, BookAsk, Command, EngineError, Now};
use crate::domain::booking::BookingNumber;
use crate::domain::eligibility::Refusal;
use crate::domain::round::RoundNumber;
use crate::domain::site::SlotId;
use crate::server::board::{Board, Showing};
use crate::server::metrics::Metrics;
use crate::server::store::people::BookingRecord;
use crate::server::store::programme::Seats;
use crate::server::store::sessions::EndedSession;
use crate::server::store::{PersonId, StoreError};
use std::collections::{BTreeSet, HashSet, VecDeque};
use std::ops::Range;
use std::sync::Arc;
use tokio::sync::mpsc;

/// Numbers taken from the round at a time. What a server has not given out when it ends is never given: gaps in the numbers harm
/// nobody, and servers side by side need not wait for each other.
const NUMBERS_AT_A_TIME: u32 = 1000;

pub(super) struct Writer<L> {
    ledger: L,
    board: Arc<Board>,
    metrics: Arc<Metrics>,
    now: Now,
    numbers: Numbers,
}

/// The answers to a set of commands, each in its place; none for those that have to be settled once more.
type Outcomes = Vec<Option<Outcome>>;
type Outcome = Result<Option<BookingRecord>, EngineError>;

impl<L: Ledger> Writer<L> {
    pub fn new(ledger: L, board: Arc<Board>, metrics: Arc<Metrics>, now: Now) -> Self {
        Self { ledger, board, metrics, now, numbers: Numbers::default() }
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
            return answer(commands, |_| Some(Err(EngineError::Unavailable)));
        };
        while !commands.is_empty() {
            self.metrics.batch(commands.len());
            match self.apply(&showing, &commands).await {
                Ok(outcomes) => commands = answer_some(commands, outcomes),
                // The set as a whole was refused, and nothing of it happened. Alone, only what a constraint refuses fails.
                Err(error) if error.is_refusal() && commands.len() > 1 => {
                    self.metrics.set_refused();
                    for command in commands {
                        Box::pin(self.settle_all(vec![command])).await;
                    }
                    return;
                }
                Err(error) => {
                    tracing::error!(%error, "a set of writes failed");
                    return answer(commands, |_| Some(Err(EngineError::Unavailable)));
                }
            }
        }
    }

    /// All commands in one transaction. An `Err` means that nothing of any of them happened, or that this is not known.
    async fn apply(&mut self, showing: &Showing, commands: &[Command]) -> Result<Outcomes, StoreError> {
        let round = showing.round.number;
        let asks: Vec<&BookAsk> = commands.iter().filter_map(Command::ask).collect();
        let ended: Vec<EndedSession> = commands.iter().filter_map(Command::ended).collect();
        let people: BTreeSet<PersonId> = asks.iter().map(|ask| ask.person).collect();
        let slots: BTreeSet<SlotId> = asks.iter().map(|ask| ask.slot).collect();
        self.numbers.top_up(&self.ledger, round, asks.len() as u32).await?;
        let (people, slots): (Vec<_>, Vec<_>) = (people.into_iter().collect(), slots.into_iter().collect());
        let mut page = self.ledger.page(round, &people, &slots).await?;
        let (people, seats) = page.read();
        let mut known = Known { people, seats };
        let now = (self.now)();
        let Settled { answers, bookings } = settle(showing, &asks, &mut known, &mut self.numbers, now);
        let written = page.write(round, &bookings, &ended).await?;
        let lost: Vec<_> =
            bookings.iter().zip(&written).filter(|(_, written)| !**written).map(|(new, _)| new).collect();
        let mut seats = known.seats;
        for new in &lost {
            if let Some(seats) = seats.get_mut(&new.slot) {
                seats.taken -= 1;
            }
        }
        self.board.committed(taken(&bookings, &seats));
        // Another server booked these people meanwhile: what was settled for them here was settled on what is no longer so. And who
        // found no seat because one of them seemed to have it must not go away without.
        let again: HashSet<PersonId> = lost.iter().map(|new| new.person).collect();
        let freed: HashSet<SlotId> = lost.iter().map(|new| new.slot).collect();
        let mut answers = answers.into_iter();
        let outcome = |command: &Command| match command {
            Command::Book { ask, .. } => {
                let answer = answers.next().unwrap_or(Err(EngineError::Unavailable));
                let missed = answer == Err(Refusal::SlotFull.into()) && freed.contains(&ask.slot);
                (!missed && !again.contains(&ask.person)).then(|| answer.map(Some))
            }
            Command::End { .. } => Some(Ok(None)),
        };
        let outcomes: Outcomes = commands.iter().map(outcome).collect();
        self.metrics.settled(&outcomes);
        Ok(outcomes)
    }
}

/// The seats of the slots that were booked.
fn taken<'a>(
    bookings: &'a [crate::server::store::batch::NewBooking],
    seats: &'a std::collections::HashMap<SlotId, Seats>,
) -> impl Iterator<Item = Seats> + 'a {
    let slots: BTreeSet<SlotId> = bookings.iter().map(|new| new.slot).collect();
    slots.into_iter().filter_map(|slot| seats.get(&slot).copied())
}

impl Command {
    fn ask(&self) -> Option<&BookAsk> {
        match self {
            Command::Book { ask, .. } => Some(ask),
            Command::End { .. } => None,
        }
    }

    fn ended(&self) -> Option<EndedSession> {
        match self {
            Command::Book { .. } => None,
            Command::End { session, .. } => Some(*session),
        }
    }
}

/// Whoever does not wait any more (a cut line) is no error: the booking stands, and their key finds it.
fn answer(commands: Vec<Command>, mut outcome: impl FnMut(&Command) -> Option<Outcome>) {
    for command in commands {
        if let Some(outcome) = outcome(&command) {
            tell(command, outcome);
        }
    }
}

/// Answers those that have an answer, and gives back the others.
fn answer_some(commands: Vec<Command>, outcomes: Outcomes) -> Vec<Command> {
    let mut again = Vec::new();
    for (command, outcome) in commands.into_iter().zip(outcomes) {
        match outcome {
            Some(outcome) => tell(command, outcome),
            None => again.push(command),
        }
    }
    again
}

fn tell(command: Command, outcome: Outcome) {
    match command {
        Command::Book { answer, .. } => {
            let _ = answer.send(outcome.and_then(|record| record.ok_or(EngineError::Unavailable)));
        }
        Command::End { answer, .. } => {
            let _ = answer.send(outcome.map(|_| ()));
        }
    }
}

/// Booking numbers that are this writer's to give.
#[derive(Debug, Default)]
struct Numbers {
    round: Option<RoundNumber>,
    ranges: VecDeque<Range<u32>>,
}

impl Numbers {
    /// Makes sure that there are at least `count`.
    async fn top_up(&mut self, ledger: &impl Ledger, round: RoundNumber, count: u32) -> Result<(), StoreError> {
        if self.round != Some(round) {
            *self = Self { round: Some(round), ranges: VecDeque::new() };
        }
        let left: u32 = self.ranges.iter().map(|range| range.end - range.start).sum();
        if left < count {
            let more = NUMBERS_AT_A_TIME.max(count - left);
            let first = ledger.reserve(round, more).await?;
            self.ranges.push_back(first..first + more);
        }
        Ok(())
    }
}

impl Iterator for Numbers {
    type Item = BookingNumber;

    fn next(&mut self) -> Option<BookingNumber> {
        loop {
            let range = self.ranges.front_mut()?;
            match range.next() {
                Some(sequence) => return BookingNumber::new(self.round?, sequence).ok(),
                None => self.ranges.pop_front(),
            };
        }
    }
}
