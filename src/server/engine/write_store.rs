//! What the writer needs of a database, so that its schedules can be tried out on a model of one
//! (`tests/service/schedules.rs`).

use crate::domain::round::RoundNumber;
use crate::domain::site::SlotId;
use crate::server::store::Store;
use crate::server::store::batch::Batch;
use crate::server::store::decided::{Decided, Series};
use crate::server::store::error::StoreError;
use crate::server::store::ids::PersonId;
use crate::server::store::people::PersonRecord;
use crate::server::store::programme::Seats;
use std::collections::{HashMap, HashSet};

/// A database as the writer sees it.
pub trait WriteStore: Send + Sync + 'static {
    type Tx: WriteTx;

    /// Begins a transaction that knows these people and holds these slots: in order, without
    /// repeats.
    fn begin(
        &self,
        round: RoundNumber,
        people: &[PersonId],
        slots: &[SlotId],
    ) -> impl Future<Output = Result<Self::Tx, StoreError>> + Send;

    /// The first of `count` sequences that nobody else is given.
    fn reserve(
        &self,
        round: RoundNumber,
        series: Series,
        count: u32,
    ) -> impl Future<Output = Result<u32, StoreError>> + Send;
}

/// A transaction of it.
pub trait WriteTx: Send {
    /// What was read: people, and seats that nobody else takes meanwhile.
    fn read(&mut self) -> (HashMap<PersonId, PersonRecord>, HashMap<SlotId, Seats>);

    /// Writes, and makes it durable. Tells with whom it was not done, because somebody else has
    /// changed the same thing meanwhile.
    fn write(
        self,
        round: RoundNumber,
        decided: &Decided,
    ) -> impl Future<Output = Result<HashSet<PersonId>, StoreError>> + Send;
}

impl WriteStore for Store {
    type Tx = Batch;

    async fn begin(
        &self,
        round: RoundNumber,
        people: &[PersonId],
        slots: &[SlotId],
    ) -> Result<Batch, StoreError> {
        self.batch(round, people, slots).await
    }

    async fn reserve(
        &self,
        round: RoundNumber,
        series: Series,
        count: u32,
    ) -> Result<u32, StoreError> {
        Store::reserve(self, round, series, count).await
    }
}

impl WriteTx for Batch {
    fn read(&mut self) -> (HashMap<PersonId, PersonRecord>, HashMap<SlotId, Seats>) {
        (std::mem::take(&mut self.people), std::mem::take(&mut self.seats))
    }

    async fn write(
        self,
        round: RoundNumber,
        decided: &Decided,
    ) -> Result<HashSet<PersonId>, StoreError> {
        Batch::write(self, round, decided).await
    }
}
