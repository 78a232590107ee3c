//! The only SQL of the project: rows in, domain types out, on SQLite and PostgreSQL alike. No rule
//! is decided here; the constraints in `migrations/` hold whatever the engine decides.

pub mod attempts;
pub mod audit;
pub mod batch;
pub mod database;
pub mod devices;
pub mod import;
pub mod messages;
pub mod outbox;
pub mod people;
pub mod programme;
pub mod rounds;
pub mod seal;
pub mod sessions;

use database::{Address, Pool, Pools};
use seal::Seal;

/// A person's row.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct PersonId(pub i64);

/// A device's row.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct DeviceId(pub i64);

/// What can go wrong in the store. Its Display holds no stored value.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    #[error("the database failed: {}", cause(.0))]
    Database(#[from] sqlx::Error),
    #[error("the tables could not be brought up to date: {0}")]
    Migration(#[from] sqlx::migrate::MigrateError),
    #[error("{0} cannot be read")]
    Unreadable(&'static str),
    #[error("{0} is there already")]
    Taken(&'static str),
    #[error("the database already holds a programme")]
    NotEmpty,
}

impl StoreError {
    /// Whether the database itself said no (a constraint, a deadlock), so that nothing was done;
    /// otherwise it was not reached, or did not answer.
    pub fn is_refusal(&self) -> bool {
        matches!(self, StoreError::Database(sqlx::Error::Database(_)))
    }
}

/// The kind of failure and the database's own code; never its message, which may quote a row.
fn cause(error: &sqlx::Error) -> String {
    match error {
        sqlx::Error::Database(error) => match (error.code(), error.constraint()) {
            (Some(code), Some(constraint)) => format!("code {code}, constraint {constraint}"),
            (Some(code), None) => format!("code {code}"),
            (None, _) => "no code".into(),
        },
        sqlx::Error::Io(error) => format!("connection: {}", error.kind()),
        sqlx::Error::PoolTimedOut => "no connection was free in time".into(),
        sqlx::Error::Configuration(_) => "its address cannot be read".into(),
        _ => "connection or protocol".into(),
    }
}

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
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn in_memory(seal: Seal) -> Result<Self, StoreError> {
        let pool = Pool::in_memory().await?;
        pool.migrate().await?;
        Ok(Self { writer: pool.clone(), sets: pool.clone(), readers: pool, seal })
    }

    /// Opens the database and brings its tables up to date.
    ///
    /// # Errors
    /// [`StoreError`].
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

/// A number from a column into its type.
fn small<T: TryFrom<i64>>(value: i64) -> Result<T, StoreError> {
    T::try_from(value).map_err(|_| StoreError::Unreadable("a number out of its range"))
}

fn instant(seconds: i64) -> Result<jiff::Timestamp, StoreError> {
    jiff::Timestamp::from_second(seconds).map_err(|_| StoreError::Unreadable("an instant"))
}

fn civil<T: std::str::FromStr>(text: &str) -> Result<T, StoreError> {
    text.parse().map_err(|_| StoreError::Unreadable("a date or time"))
}

/// JSON for a statement that takes a set of rows in one parameter.
fn rows<T: serde::Serialize>(rows: &T) -> Result<String, StoreError> {
    serde_json::to_string(rows).map_err(|_| StoreError::Unreadable("the rows of a set"))
}
