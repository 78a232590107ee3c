//! The use-cases that write, and the door. Each is one task that takes all that waits and settles
//! it together: so that two people never get one seat, an answer is never taken back, and a crowd
//! costs little more than one person. No HTTP, no SQL.

pub mod ledger;
pub mod numbers;
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
use crate::domain::booking_number::BookingNumber;
use crate::domain::channel::Channel;
use crate::domain::intention::Intention;
use crate::domain::language::Language;
use crate::domain::refusal::Refusal;
use crate::domain::region::DistrictCode;
use crate::domain::round::Brand;
use crate::domain::site::SlotId;
use jiff::Timestamp;
use ledger::Ledger;
use std::collections::HashSet;
use std::sync::Arc;
use tokio::sync::{Notify, mpsc, oneshot};

/// What may wait for the writer; beyond that the service says at once that it is busy.
pub const WAITING_AT_MOST: usize = 4096;
/// What goes into one commit. More would not be faster, and the first of them would wait longer.
pub const BATCH_AT_MOST: usize = 1024;

/// What is asked of the writer.
#[derive(Clone, Debug)]
pub enum Ask {
    Book(BookAsk),
    Move(MoveAsk),
    Cancel {
        person: PersonId,
        number: BookingNumber,
        slot: SlotId,
        language: Language,
    },
    Register(RegisterAsk),
    Withdraw {
        person: PersonId,
    },
    /// The early end of a session.
    End(EndedSession),
}

/// A person's wish for a seat.
#[derive(Clone, Debug)]
pub struct BookAsk {
    pub person: PersonId,
    pub slot: SlotId,
    pub mobile: MobileChoice,
    pub channel: Channel,
    pub key: Key,
    pub language: Language,
}

/// A person's wish for another seat.
#[derive(Clone, Copy, Debug)]
pub struct MoveAsk {
    pub person: PersonId,
    pub number: BookingNumber,
    /// The seat that the booking has.
    pub from: SlotId,
    pub to: SlotId,
    pub language: Language,
}

/// A person's intention: new, or changed.
#[derive(Clone, Debug)]
pub struct RegisterAsk {
    pub person: PersonId,
    pub mobile: MobileChoice,
    pub district: DistrictCode,
    pub brands: Vec<Brand>,
    pub language: Language,
}

impl Ask {
    fn person(&self) -> Option<PersonId> {
        match self {
            Ask::Book(ask) => Some(ask.person),
            Ask::Move(ask) => Some(ask.person),
            Ask::Register(ask) => Some(ask.person),
            Ask::Cancel { person, .. } | Ask::Withdraw { person } => Some(*person),
            Ask::End(_) => None,
        }
    }

    /// The slots whose seats it may change.
    fn slots(&self) -> [Option<SlotId>; 2] {
        match self {
            Ask::Book(ask) => [Some(ask.slot), None],
            Ask::Move(ask) => [Some(ask.from), Some(ask.to)],
            Ask::Cancel { slot, .. } => [Some(*slot), None],
            Ask::Register(_) | Ask::Withdraw { .. } | Ask::End(_) => [None, None],
        }
    }

    /// Whether it asks for a seat in one of these.
    fn wants(&self, slots: &HashSet<SlotId>) -> bool {
        match self {
            Ask::Book(ask) => slots.contains(&ask.slot),
            Ask::Move(ask) => slots.contains(&ask.to),
            Ask::Cancel { .. } | Ask::Register(_) | Ask::Withdraw { .. } | Ask::End(_) => false,
        }
    }
}

/// What was done.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Done {
    Booking(BookingRecord),
    Intention(Intention),
    Nothing,
}

/// What the writer answers.
pub type Answer = Result<Done, EngineError>;

/// Why there is no booking.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EngineError {
    #[error(transparent)]
    Refused(#[from] Refusal),
    #[error("the idempotency key belongs to another booking")]
    KeyReused,
    #[error("what is to be registered makes no sense: a brand or a district that there is not")]
    Senseless,
    #[error("the queue is full: nothing was done")]
    Busy,
    #[error(
        "the database failed, or no round is there; whether anything was done is found with the same key"
    )]
    Unavailable,
}

impl From<StoreError> for EngineError {
    fn from(_: StoreError) -> Self {
        EngineError::Unavailable
    }
}

#[derive(Debug)]
pub(super) struct Command {
    ask: Ask,
    answer: oneshot::Sender<Answer>,
}

/// The clock, handed in.
pub type Now = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// The handle to the writer. The writer ends when the last handle is dropped, after what waits is
/// settled.
#[derive(Clone, Debug)]
pub struct Engine {
    commands: mpsc::Sender<Command>,
    written: Arc<Notify>,
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
        let written = Arc::new(Notify::new());
        let writer = writer::Writer::new(ledger, board, metrics, now, Arc::clone(&written));
        (Self { commands, written }, writer.run(waiting))
    }

    /// Books a seat. Asked again with the same key it gives the same booking.
    ///
    /// # Errors
    /// [`EngineError`].
    pub async fn book(&self, ask: BookAsk) -> Result<BookingRecord, EngineError> {
        booking(self.ask(Ask::Book(ask)).await?)
    }

    /// Gives a booking another seat. Asked again it is the same booking with that seat.
    ///
    /// # Errors
    /// [`EngineError`]; the old seat then is as it was.
    pub async fn shift(&self, ask: MoveAsk) -> Result<BookingRecord, EngineError> {
        booking(self.ask(Ask::Move(ask)).await?)
    }

    /// Registers an intention, or changes the one that is there.
    ///
    /// # Errors
    /// [`EngineError`].
    pub async fn register(&self, ask: RegisterAsk) -> Result<Intention, EngineError> {
        match self.ask(Ask::Register(ask)).await? {
            Done::Intention(intention) => Ok(intention),
            Done::Booking(_) | Done::Nothing => Err(EngineError::Unavailable),
        }
    }

    /// Asks for something, and waits until it is settled and on disk.
    ///
    /// # Errors
    /// [`EngineError`].
    pub async fn ask(&self, ask: Ask) -> Answer {
        let (answer, answered) = oneshot::channel();
        self.send(Command { ask, answer })?;
        answered.await.map_err(|_| EngineError::Unavailable)?
    }

    /// Waits until something was written since this was last asked. For one who asks.
    pub async fn written(&self) {
        self.written.notified().await;
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

fn booking(done: Done) -> Result<BookingRecord, EngineError> {
    match done {
        Done::Booking(record) => Ok(record),
        Done::Intention(_) | Done::Nothing => Err(EngineError::Unavailable),
    }
}
