//! The use-cases that write. One task, the writer, takes all that waits, decides with the domain's rules, commits once and
//! answers each after the commit: so two people never get one seat, and an answer is never taken back. No HTTP, no SQL.

use super::store::batch::{Batch, NewBooking};
use super::store::{BookingRecord, PersonId, Store, StoreError};
use crate::api::bookings::MobileChoice;
use crate::domain::booking::decide;
use crate::domain::channel::Channel;
use crate::domain::eligibility::Refusal;
use crate::domain::site::SlotId;
use jiff::Timestamp;
use std::sync::Arc;
use tokio::sync::{mpsc, oneshot};

/// Bookings that may wait for the writer; beyond that the service says at once that it is busy.
const WAITING_AT_MOST: usize = 4096;
/// Bookings in one commit.
const BATCH_AT_MOST: usize = 256;

/// A person's wish for a seat.
#[derive(Clone, Debug)]
pub struct BookAsk {
    pub person: PersonId,
    pub slot: SlotId,
    pub mobile: MobileChoice,
    pub channel: Channel,
    pub key: String,
}

/// Why there is no booking.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EngineError {
    #[error(transparent)]
    Refused(#[from] Refusal),
    #[error("the idempotency key belongs to another booking")]
    KeyReused,
    #[error("the writer is busy or the database failed; nothing was done")]
    Unavailable,
}

impl From<StoreError> for EngineError {
    fn from(_: StoreError) -> Self {
        EngineError::Unavailable
    }
}

enum Command {
    Book { ask: BookAsk, answer: oneshot::Sender<Result<BookingRecord, EngineError>> },
    CloseSlot { slot: SlotId, answer: oneshot::Sender<Result<(), EngineError>> },
}

/// The handle to the writer. The writer ends when the last handle is dropped.
#[derive(Clone)]
pub struct Engine {
    commands: mpsc::Sender<Command>,
}

impl Engine {
    /// Starts the writer on the current tokio runtime.
    pub fn start(store: Store, now: Arc<dyn Fn() -> Timestamp + Send + Sync>) -> Self {
        let (commands, waiting) = mpsc::channel(WAITING_AT_MOST);
        tokio::spawn(write(store, now, waiting));
        Self { commands }
    }

    /// Books a seat. Asked again with the same key it gives the same booking.
    ///
    /// # Errors
    /// [`EngineError`].
    pub async fn book(&self, ask: BookAsk) -> Result<BookingRecord, EngineError> {
        let (answer, answered) = oneshot::channel();
        self.commands.try_send(Command::Book { ask, answer }).map_err(|_| EngineError::Unavailable)?;
        answered.await.map_err(|_| EngineError::Unavailable)?
    }

    /// Leaves a slot no more seats than are taken (a site that has too few doses; in the training: "fill a slot").
    ///
    /// # Errors
    /// [`EngineError::Unavailable`].
    pub async fn close_slot(&self, slot: SlotId) -> Result<(), EngineError> {
        let (answer, answered) = oneshot::channel();
        self.commands.try_send(Command::CloseSlot { slot, answer }).map_err(|_| EngineError::Unavailable)?;
        answered.await.map_err(|_| EngineError::Unavailable)?
    }
}

async fn write(store: Store, now: Arc<dyn Fn() -> Timestamp + Send + Sync>, mut waiting: mpsc::Receiver<Command>) {
    let mut commands = Vec::new();
    while waiting.recv_many(&mut commands, BATCH_AT_MOST).await > 0 {
        let all = std::mem::take(&mut commands);
        if let Ok(outcomes) = apply(&store, &all, now()).await {
            answer(all, outcomes);
            continue;
        }
        // The batch as a whole failed and was rolled back: alone, only the command that a constraint refuses fails.
        for command in all {
            let outcome = apply(&store, std::slice::from_ref(&command), now()).await;
            answer(vec![command], outcome.unwrap_or_else(|_| vec![Err(EngineError::Unavailable)]));
        }
    }
}

type Outcome = Result<Option<BookingRecord>, EngineError>;

/// All commands in one transaction. An `Err` means that nothing of any of them happened.
async fn apply(store: &Store, commands: &[Command], now: Timestamp) -> Result<Vec<Outcome>, StoreError> {
    let mut batch = store.batch().await?;
    let mut outcomes = Vec::with_capacity(commands.len());
    for command in commands {
        outcomes.push(match command {
            Command::Book { ask, .. } => match book(&mut batch, ask, now).await? {
                Ok(record) => Ok(Some(record)),
                Err(refused) => Err(refused),
            },
            Command::CloseSlot { slot, .. } => {
                batch.close_slot(*slot).await?;
                Ok(None)
            }
        });
    }
    batch.commit().await?;
    Ok(outcomes)
}

async fn book(
    batch: &mut Batch,
    ask: &BookAsk,
    now: Timestamp,
) -> Result<Result<BookingRecord, EngineError>, StoreError> {
    if let Some(before) = batch.booking_by_key(&ask.key).await? {
        let same = before.person == ask.person && before.slot == ask.slot.0;
        return Ok(if same { Ok(before) } else { Err(EngineError::KeyReused) });
    }
    let round = batch.round().await?;
    let record = batch.record(ask.person, &round).await?;
    let slot = batch.slot(&round, ask.slot).await?;
    if let Err(refusal) = decide(&round, &record.applicant(), slot.as_ref().map(|(slot, brand)| (slot, *brand)), now) {
        return Ok(Err(refusal.into()));
    }
    let mobile = match (&ask.mobile, &record.intention) {
        (MobileChoice::Given(mobile), _) => mobile,
        (MobileChoice::Registered, Some(intention)) => &intention.mobile,
        (MobileChoice::Registered, None) => return Ok(Err(Refusal::NotRegistered.into())),
    };
    let new = NewBooking { person: ask.person, slot: ask.slot, mobile, channel: ask.channel, key: &ask.key, made: now };
    batch.book(&round, &new).await?;
    let written = batch.booking_by_key(&ask.key).await?;
    written.map(Ok).ok_or(StoreError::Unreadable("the booking just written"))
}

/// Whoever does not wait any more (a cut line) is no error: the booking stands, and their key finds it.
fn answer(commands: Vec<Command>, outcomes: Vec<Outcome>) {
    for (command, outcome) in commands.into_iter().zip(outcomes) {
        match command {
            Command::Book { answer, .. } => {
                let _ = answer.send(outcome.and_then(|record| record.ok_or(EngineError::Unavailable)));
            }
            Command::CloseSlot { answer, .. } => {
                let _ = answer.send(outcome.map(|_| ()));
            }
        }
    }
}
