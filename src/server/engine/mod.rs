//! The use-cases that write, and the lookup of people. Each is one task that takes all that waits
//! and settles it together, so that two people never get one seat, an answer is never taken back,
//! and a crowd costs little more than one person. No HTTP, no SQL.

pub mod attendance;
pub mod closing;
pub mod numbers;
pub mod person_lookup;
pub mod settle;
pub mod write_store;
pub mod writer;

use super::catalog::Catalog;
use super::env::Now;
use super::metrics::Metrics;
use super::store::audit_trail::Actor;
use super::store::error::StoreError;
use super::store::ids::{DeviceId, PersonId};
use super::store::people::{BookingRecord, Key};
use super::store::spent_tokens::SpentToken;
use crate::api::bookings::MobileChoice;
use crate::domain::booking_number::BookingNumber;
use crate::domain::channel::Channel;
use crate::domain::intention::Intention;
use crate::domain::language::Language;
use crate::domain::refusal::Refusal;
use crate::domain::region::DistrictCode;
use crate::domain::round::Brand;
use crate::domain::site::SlotId;
use std::collections::HashSet;
use std::sync::Arc;
use tokio::sync::{Notify, mpsc, oneshot};
use write_store::WriteStore;

/// What may wait for the writer; beyond that the service says at once that it is busy.
pub const WAITING_AT_MOST: usize = 4096;
/// What goes into one commit. More would not be faster, and the first of them would wait longer.
pub const BATCH_AT_MOST: usize = 1024;

/// A change that the writer is to make.
#[derive(Clone, Debug)]
pub enum Command {
    Book(BookCommand),
    Reschedule(RescheduleCommand),
    Cancel {
        person: PersonId,
        number: BookingNumber,
        slot: SlotId,
        language: Language,
    },
    Register(RegisterCommand),
    Withdraw {
        person: PersonId,
    },
    /// The early end of a session.
    End(SpentToken),
}

/// A person's wish for a seat.
#[derive(Clone, Debug)]
pub struct BookCommand {
    pub person: PersonId,
    pub slot: SlotId,
    pub mobile: MobileChoice,
    pub channel: Channel,
    pub key: Key,
    pub language: Language,
}

/// A person's wish for another seat.
#[derive(Clone, Copy, Debug)]
pub struct RescheduleCommand {
    pub person: PersonId,
    pub number: BookingNumber,
    /// The seat that the booking has.
    pub from: SlotId,
    pub to: SlotId,
    pub language: Language,
}

/// A person's intention: new, or changed.
#[derive(Clone, Debug)]
pub struct RegisterCommand {
    pub person: PersonId,
    pub mobile: MobileChoice,
    pub district: DistrictCode,
    pub brands: Vec<Brand>,
    pub language: Language,
}

impl Command {
    fn person(&self) -> Option<PersonId> {
        match self {
            Command::Book(command) => Some(command.person),
            Command::Reschedule(command) => Some(command.person),
            Command::Register(command) => Some(command.person),
            Command::Cancel { person, .. } | Command::Withdraw { person } => Some(*person),
            Command::End(_) => None,
        }
    }

    /// The slots whose seats it may change.
    fn slots(&self) -> [Option<SlotId>; 2] {
        match self {
            Command::Book(command) => [Some(command.slot), None],
            Command::Reschedule(command) => [Some(command.from), Some(command.to)],
            Command::Cancel { slot, .. } => [Some(*slot), None],
            Command::Register(_) | Command::Withdraw { .. } | Command::End(_) => [None, None],
        }
    }

    /// Whether it needs a seat in one of these.
    fn wants(&self, slots: &HashSet<SlotId>) -> bool {
        match self {
            Command::Book(command) => slots.contains(&command.slot),
            Command::Reschedule(command) => slots.contains(&command.to),
            Command::Cancel { .. }
            | Command::Register(_)
            | Command::Withdraw { .. }
            | Command::End(_) => false,
        }
    }
}

/// What was done.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Outcome {
    Booking(BookingRecord),
    Intention(Intention),
    Nothing,
}

/// What the writer answers.
pub type CommandResult = Result<Outcome, EngineError>;

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
        "the database failed, or no round is there; whether anything was done is found with the \
            same key"
    )]
    Unavailable,
}

impl From<StoreError> for EngineError {
    fn from(_: StoreError) -> Self {
        EngineError::Unavailable
    }
}

#[derive(Debug)]
pub(super) struct Request {
    /// `None` for what the service does by itself.
    by: Option<Actor>,
    command: Command,
    answer: oneshot::Sender<CommandResult>,
}

/// The handle to the writer. The writer ends when the last handle is dropped, after what waits is
/// settled.
#[derive(Clone, Debug)]
pub struct Engine {
    requests: mpsc::Sender<Request>,
    written: Arc<Notify>,
    /// Who gives the commands; `None` for those of the service itself.
    by: Option<Actor>,
}

impl Engine {
    /// The handle, and the writer's work: a future for the caller to run.
    pub fn new<L: WriteStore>(
        store: L,
        catalog: Arc<Catalog>,
        metrics: Arc<Metrics>,
        now: Now,
    ) -> (Self, impl Future<Output = ()> + Send) {
        Self::with_queue(WAITING_AT_MOST, store, catalog, metrics, now)
    }

    /// As [`Engine::new`], with another length of the queue.
    pub fn with_queue<L: WriteStore>(
        waiting_at_most: usize,
        store: L,
        catalog: Arc<Catalog>,
        metrics: Arc<Metrics>,
        now: Now,
    ) -> (Self, impl Future<Output = ()> + Send) {
        let (requests, waiting) = mpsc::channel(waiting_at_most);
        let written = Arc::new(Notify::new());
        let writer = writer::Writer::new(store, catalog, metrics, now, Arc::clone(&written));
        (Self { requests, written, by: None }, writer.run(waiting))
    }

    /// The same engine for commands that are given at a device.
    pub fn at(&self, device: DeviceId) -> Self {
        self.by(Actor::Device(device))
    }

    /// The same engine for commands that somebody gives.
    pub fn by(&self, actor: Actor) -> Self {
        Self { by: Some(actor), ..self.clone() }
    }

    /// Books a seat. A second command with the same key gives the same booking.
    ///
    /// # Errors
    /// [`EngineError::Refused`] with the rule that speaks against it, `KeyReused` if the key made a
    /// booking of another slot, `Busy` if [`WAITING_AT_MOST`] commands wait already, `Unavailable`
    /// if the database fails or no round was imported.
    pub async fn book(&self, command: BookCommand) -> Result<BookingRecord, EngineError> {
        booking(self.submit(Command::Book(command)).await?)
    }

    /// Gives a booking another seat. A second time it is the same booking with that seat.
    ///
    /// # Errors
    /// As [`Engine::book`] but for the key, and `Busy` too if the booking was moved by somebody
    /// else since it was looked up. The old seat then is as it was.
    pub async fn reschedule(
        &self,
        command: RescheduleCommand,
    ) -> Result<BookingRecord, EngineError> {
        booking(self.submit(Command::Reschedule(command)).await?)
    }

    /// Registers an intention, or changes the one that is there.
    ///
    /// # Errors
    /// As [`Engine::book`] but for the key, and `Senseless` if the round has no such brand or the
    /// district does not exist.
    pub async fn register(&self, command: RegisterCommand) -> Result<Intention, EngineError> {
        match self.submit(Command::Register(command)).await? {
            Outcome::Intention(intention) => Ok(intention),
            Outcome::Booking(_) | Outcome::Nothing => Err(EngineError::Unavailable),
        }
    }

    /// Submits a command, and waits until it is settled and on disk.
    ///
    /// # Errors
    /// As the method for the command; after `Unavailable` it may have been done all the same.
    pub async fn submit(&self, command: Command) -> CommandResult {
        let (answer, answered) = oneshot::channel();
        self.send(Request { by: self.by, command, answer })?;
        answered.await.map_err(|_| EngineError::Unavailable)?
    }

    /// Waits until something was written since the last call. For one caller only.
    pub async fn written(&self) {
        self.written.notified().await;
    }

    /// What waits for the writer.
    pub fn waiting(&self) -> usize {
        self.requests.max_capacity() - self.requests.capacity()
    }

    fn send(&self, request: Request) -> Result<(), EngineError> {
        self.requests.try_send(request).map_err(|error| match error {
            mpsc::error::TrySendError::Full(_) => EngineError::Busy,
            mpsc::error::TrySendError::Closed(_) => EngineError::Unavailable,
        })
    }
}

fn booking(done: Outcome) -> Result<BookingRecord, EngineError> {
    match done {
        Outcome::Booking(record) => Ok(record),
        Outcome::Intention(_) | Outcome::Nothing => Err(EngineError::Unavailable),
    }
}
