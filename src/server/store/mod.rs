//! The only SQL of the project: rows in, domain types out, on SQLite and PostgreSQL alike. No rule
//! is decided here; the constraints in `migrations/` hold whatever the engine decides.

pub mod audit;
pub mod batch;
pub mod database;
pub mod decided;
pub mod devices;
pub mod error;
pub mod ids;
pub mod import;
pub mod lockouts;
pub mod messages;
mod migrations;
pub mod outbox;
pub mod people;
pub mod programme;
pub mod rounds;
pub mod seal;
pub mod spent_tokens;
mod values;

use database::{Address, Pool, Pools};
use error::StoreError;
use seal::Seal;

/// The database.
#[derive(Clone, Debug)]
pub struct Store {
    writer: Pool,
    readers: Pool,
    sets: Pool,
    seal: Seal,
}

impl Store {
    /// An empty database in memory: for the training and for tests.
    pub async fn in_memory(seal: Seal) -> Result<Self, StoreError> {
        let pool = Pool::in_memory().await?;
        pool.migrate().await?;
        Ok(Self { writer: pool.clone(), sets: pool.clone(), readers: pool, seal })
    }

    /// Opens the database and brings its tables up to date.
    pub async fn open(address: &Address, seal: Seal) -> Result<Self, StoreError> {
        let Pools { writer, readers, sets } = Pool::open(address).await?;
        writer.migrate().await?;
        Ok(Self { writer, readers, sets, seal })
    }

    /// Lets go of all connections, after what they are at is done.
    pub async fn close(&self) {
        for pool in [&self.writer, &self.readers] {
            database::on!(pool, db => db.close().await);
        }
    }
}
