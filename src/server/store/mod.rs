//! The only SQL of the project: rows in, domain types out, on SQLite and PostgreSQL alike. No rule
//! is decided here; the constraints in `migrations/` hold whatever the engine decides.

pub mod absences;
mod actor;
mod alone;
pub mod appointments;
pub mod attendance;
pub mod audit;
pub mod audit_read;
pub mod audit_trail;
pub mod backup;
pub mod batch;
mod batch_sql;
pub mod chances;
pub mod closings;
mod corrections;
pub mod database;
pub mod decided;
pub mod devices;
mod earlier_slots;
pub mod entry_conflicts;
pub mod erasure;
pub mod error;
mod fence;
mod follow;
pub mod holds;
pub mod ids;
pub mod import;
pub mod institutions;
mod lapses;
pub mod leftover_given;
pub mod leftovers;
mod line_version;
pub mod listing;
mod locked_seats;
pub mod lockouts;
pub mod messages;
mod migrations;
pub mod numbered_keys;
pub mod offer_codes;
pub mod offers;
pub mod offers_made;
pub mod outbox;
pub mod people;
pub mod placing;
mod primary;
pub mod programme;
pub mod roster;
pub mod rotation;
mod rotation_chains;
mod rotation_codes;
mod rotation_staff;
pub mod rounds;
pub mod seal;
pub mod site_days;
pub mod spent_tokens;
pub mod staff;
pub mod staff_card;
pub mod standing;
mod state;
mod step;
mod values;
pub mod waiting;

use audit_trail::Trail;
use database::{Address, Pool, Pools};
use error::StoreError;
use fence::Fence;
use seal::Seal;
use sqlx::postgres::PgConnectOptions;
use state::{OpenFile, Writes};
use std::sync::Arc;

/// The database.
#[derive(Clone, Debug)]
pub struct Store {
    writer: Pool,
    readers: Pool,
    sets: Pool,
    seal: Seal,
    writes: Writes,
    trail: Trail,
    /// `None` for a database that is no file.
    file: Option<OpenFile>,
    /// The PostgreSQL servers of which one is the primary; empty for SQLite.
    hosts: Arc<[PgConnectOptions]>,
}

impl Store {
    /// An empty database in memory: for the training and for tests.
    pub async fn in_memory(seal: Seal) -> Result<Self, StoreError> {
        let pool = Pool::in_memory().await?;
        pool.migrate().await?;
        let (writer, sets) = (pool.clone(), pool.clone());
        Ok(Self {
            writer,
            sets,
            readers: pool,
            seal,
            writes: Writes::default(),
            trail: Trail::default(),
            file: None,
            hosts: Arc::new([]),
        })
    }

    /// Opens the database and brings its tables up to date.
    ///
    /// # Errors
    /// If it cannot be reached or read, if a later program wrote it, if it was written with other
    /// keys, or while its keys change.
    pub async fn open(address: &Address, seal: Seal) -> Result<Self, StoreError> {
        let fence = Fence::default();
        let Pools { writer, readers, sets, hosts } = Pool::open(address, &fence).await?;
        writer.migrate().await?;
        let file = match address {
            Address::Sqlite(path) => Some(OpenFile::at(path.clone()).map_err(sqlx::Error::Io)?),
            Address::Postgres(_) => None,
        };
        let store = Self {
            writer,
            readers,
            sets,
            seal,
            writes: Writes::default(),
            trail: Trail::default(),
            file,
            hosts: hosts.into(),
        };
        store.check_keys().await?;
        fence.close_to_others(store.seal.number());
        Ok(store)
    }

    /// Lets go of all connections, after what they are at is done.
    pub async fn close(&self) {
        for pool in [&self.writer, &self.readers] {
            database::on!(pool, db => db.close().await);
        }
    }
}
