//! The use-cases that write, and the door. Each is one task that takes all that waits and settles it together: so that two people
//! never get one seat, an answer is never taken back, and a crowd costs little more than one person. No HTTP, no SQL.

pub mod ledger;
pub mod reception;
pub mod settle;
pub mod writer;

use super::board::Board;
use super::metrics::Metrics;
use super::store::PersonId;
use super::store::StoreError;
use super::store::people::{BookingRecord, Key};
use super::store::sessions::EndedSession;
use crate::api::bookings::MobileChoice;
use crate::domain::channel::Channel;
use crate::domain::eligibility::Refusal;
use crate::domain::site::SlotId;
use jiff::Timestamp;
use ledger::Ledger;
use std::sync::Arc;
use tokio::sync::{mpsc, oneshot};

/// What may wait for the writer; beyond that the service says at once that it is busy.
pub const WAITING_AT_MOST: usize = 4096;
/// What goes into one commit. More would not be faster, and the first of them would wait longer.
pub const BATCH_AT_MOST: usize = 1024;

/// A person's wish for a seat.
#[derive(Clone, Debug)]
pub struct BookAsk {
    pub person: PersonId,
    pub slot: SlotId,
    pub mobile: MobileChoice,
    pub channel: Channel,
    pub key: Key,
}

/// Why there is no booking.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EngineError {
    #[error(transparent)]
    Refused(#[from] Refusal),
    #[error("the idempotency key belongs to another booking")]
    KeyReused,
    #[error("the queue is full: nothing was done")]
    Busy,
    #[error("the database failed, or no round is there; whether anything was done is found with the same key")]
    Unavailable,
}

impl From<StoreError> for EngineError {
    fn from(_: StoreError) -> Self {
        EngineError::Unavailable
    }
}

pub(super) enum Command {
    Book { ask: BookAsk, answer: oneshot::Sender<Result<BookingRecord, EngineError>> },
    End { session: EndedSession, answer: oneshot::Sender<Result<(), EngineError>> },
}

/// The clock, handed in.
pub type Now = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// The handle to the writer. The writer ends when the last handle is dropped, after what waits is settled.
#[derive(Clone, Debug)]
pub struct Engine {
    commands: mpsc::Sender<Command>,
}

impl std::fmt::Debug for Command {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Command::Book { .. } => "Book",
            Command::End { .. } => "End",
        })
    }
}

impl Engine {
    /// The handle, and the writer's work: a future for the caller to run.
    pub fn new<L: Ledger>(
        ledger: L,
        board: Arc<Board>,
        metrics: Arc<Metrics>,
        now: Now,
    ) -> (Self, impl Future<Output = ()> + Send) {
        Self::with_queue(WAITING_AT_MOST, ledger, board, metrics, now)
    }

    /// As [`Engine::new`], with another length of the queue.
    pub fn with_queue<L: Ledger>(
        waiting_at_most: usize,
        ledger: L,
        board: Arc<Board>,
        metrics: Arc<Metrics>,
        now: Now,
    ) -> (Self, impl Future<Output = ()> + Send) {
        let (commands, waiting) = mpsc::channel(waiting_at_most);
        let writer = writer::Writer::new(ledger, board, metrics, now);
        (Self { commands }, writer.run(waiting))
    }

    /// Books a seat. Asked again with the same key it gives the same booking.
    ///
    /// # Errors
    /// [`EngineError`].
    pub async fn book(&self, ask: BookAsk) -> Result<BookingRecord, EngineError> {
        let (answer, answered) = oneshot::channel();
        self.send(Command::Book { ask, answer })?;
        answered.await.map_err(|_| EngineError::Unavailable)?
    }

    /// Ends a session before its time, for every server.
    ///
    /// # Errors
    /// [`EngineError::Busy`] or [`EngineError::Unavailable`].
    pub async fn end_session(&self, session: EndedSession) -> Result<(), EngineError> {
        let (answer, answered) = oneshot::channel();
        self.send(Command::End { session, answer })?;
        answered.await.map_err(|_| EngineError::Unavailable)?
    }

    /// What waits for the writer.
    pub fn waiting(&self) -> usize {
        self.commands.max_capacity() - self.commands.capacity()
    }

    fn send(&self, command: Command) -> Result<(), EngineError> {
        self.commands.try_send(command).map_err(|error| match error {
            mpsc::error::TrySendError::Full(_) => EngineError::Busy,
            mpsc::error::TrySendError::Closed(_) => EngineError::Unavailable,
        })
    }
}
