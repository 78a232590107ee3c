//! The two databases behind one face: pools, transactions, rows, migrations. What is asked of them
//! is in the files beside this one; a statement that both understand is written once, through
//! `on!`.

use super::error::StoreError;
use super::migrations::{Dialect, migrator};
use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions, PgRow};
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteRow,
    SqliteSynchronous,
};
use sqlx::{AssertSqlSafe, Row};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Where the bookings are kept.
#[derive(Clone, PartialEq, Eq)]
pub enum Address {
    /// A database file; made when it is not there.
    Sqlite(PathBuf),
    /// `postgres://…`
    Postgres(String),
}

impl std::fmt::Debug for Address {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Address::Sqlite(path) => write!(f, "SQLite at {}", path.display()),
            // The URL may hold a password.
            Address::Postgres(_) => f.write_str("PostgreSQL"),
        }
    }
}

/// Connections of one of the two.
#[derive(Clone, Debug)]
pub(super) enum Pool {
    Sqlite(SqlitePool),
    Postgres(PgPool),
}

/// The connections of a server, by what they are for.
#[derive(Clone, Debug)]
pub(super) struct Pools {
    pub writer: Pool,
    pub readers: Pool,
    /// Which look people up by the set.
    pub sets: Pool,
}

/// A transaction of one of the two. Dropped without a commit, nothing of it stays.
#[derive(Debug)]
pub(super) enum Transaction {
    Sqlite(sqlx::Transaction<'static, sqlx::Sqlite>),
    Postgres(sqlx::Transaction<'static, sqlx::Postgres>),
}

/// Runs the same code on whichever database it is: `on!(pool, db => …)` for a pool,
/// `on!(transaction, tx => …)` for a transaction.
macro_rules! on {
    ($pool:expr, $db:ident => $code:expr) => {
        match $pool {
            $crate::server::store::database::Pool::Sqlite($db) => $code,
            $crate::server::store::database::Pool::Postgres($db) => $code,
        }
    };
}
macro_rules! within {
    ($transaction:expr, $db:ident => $code:expr) => {
        match $transaction {
            $crate::server::store::database::Transaction::Sqlite(transaction) => {
                let $db = &mut **transaction;
                $code
            }
            $crate::server::store::database::Transaction::Postgres(transaction) => {
                let $db = &mut **transaction;
                $code
            }
        }
    };
}
pub(super) use {on, within};

/// PostgreSQL connections of one server in each of its two pools.
const POSTGRES_CONNECTIONS: u32 = 4;
/// A set is always looked up row by row, by index. A plan is made early and kept: made in the first
/// second of a round, when there is no booking yet, it would read the whole table for each set, and
/// go on so until the next autovacuum, a minute and a hundred thousand bookings later.
const ALWAYS_BY_INDEX: [(&str, &str); 4] = [
    ("enable_seqscan", "off"),
    ("enable_hashjoin", "off"),
    ("enable_mergejoin", "off"),
    ("enable_material", "off"),
];
/// SQLite connections that read. One writes.
const SQLITE_READERS: u32 = 2;
/// For a lock or a free connection.
const PATIENCE: Duration = Duration::from_secs(5);

impl Pool {
    /// An empty database in memory: one connection that lives as long as the pool, and nothing that
    /// wakes up by itself.
    pub async fn in_memory() -> Result<Self, StoreError> {
        let options = SqliteConnectOptions::new().filename(":memory:").foreign_keys(true);
        let pool = SqlitePoolOptions::new().max_connections(1).min_connections(1);
        Ok(Self::Sqlite(pool.idle_timeout(None).max_lifetime(None).connect_with(options).await?))
    }

    pub async fn open(address: &Address) -> Result<Pools, StoreError> {
        match address {
            Address::Sqlite(path) => {
                let writer = SqlitePoolOptions::new().max_connections(1).acquire_timeout(PATIENCE);
                let writer =
                    writer.max_lifetime(None).idle_timeout(None).connect_with(file(path)).await?;
                let readers = SqlitePoolOptions::new()
                    .max_connections(SQLITE_READERS)
                    .acquire_timeout(PATIENCE);
                let readers =
                    readers.max_lifetime(None).idle_timeout(None).connect_with(file(path)).await?;
                let readers = Self::Sqlite(readers);
                Ok(Pools { writer: Self::Sqlite(writer), sets: readers.clone(), readers })
            }
            Address::Postgres(url) => {
                let options = url.parse::<PgConnectOptions>()?.application_name("vaxkiosk");
                let pool = || {
                    PgPoolOptions::new()
                        .max_connections(POSTGRES_CONNECTIONS)
                        .acquire_timeout(PATIENCE)
                };
                let by_index = options.clone().options(ALWAYS_BY_INDEX);
                let writer = Self::Postgres(pool().connect_with(by_index).await?);
                let readers = Self::Postgres(pool().connect_with(options).await?);
                Ok(Pools { sets: writer.clone(), writer, readers })
            }
        }
    }

    /// Begins a transaction that writes. SQLite takes its one write lock at once, so that nobody
    /// has to step back later.
    pub async fn begin(&self) -> Result<Transaction, StoreError> {
        Ok(match self {
            Pool::Sqlite(pool) => Transaction::Sqlite(pool.begin_with("BEGIN IMMEDIATE").await?),
            Pool::Postgres(pool) => Transaction::Postgres(pool.begin().await?),
        })
    }

    /// Brings the tables to what this program knows. Servers that start side by side do it one
    /// after another.
    pub async fn migrate(&self) -> Result<(), StoreError> {
        match self {
            Pool::Sqlite(db) => migrator(Dialect::Sqlite).run(db).await?,
            Pool::Postgres(db) => migrator(Dialect::Postgres).run(db).await?,
        }
        Ok(())
    }
}

fn file(path: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true)
        .foreign_keys(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .busy_timeout(PATIENCE)
        // The rows of a whole set come over at once, not fifty at a time.
        .row_buffer_size(1024)
        .pragma("cache_size", "-65536")
        .pragma("wal_autocheckpoint", "4000")
}

impl Transaction {
    /// Where a statement says `{rows}`, the rows of its first parameter: a JSON array, each element
    /// a `value`.
    pub fn with_rows(&self, statement: &'static str) -> AssertSqlSafe<String> {
        let rows = match self {
            Transaction::Sqlite(_) => "json_each($1) AS asked WHERE true",
            Transaction::Postgres(_) => "jsonb_array_elements($1::jsonb) AS asked(value)",
        };
        AssertSqlSafe(statement.replace("{rows}", rows))
    }

    pub async fn commit(self) -> Result<(), StoreError> {
        match self {
            Transaction::Sqlite(transaction) => transaction.commit().await?,
            Transaction::Postgres(transaction) => transaction.commit().await?,
        }
        Ok(())
    }
}

/// A row of either database, read by column.
pub(super) trait Columns {
    fn int(&self, column: &'static str) -> Result<i64, StoreError>;
    fn maybe_int(&self, column: &'static str) -> Result<Option<i64>, StoreError>;
    fn text(&self, column: &'static str) -> Result<String, StoreError>;
    fn maybe_text(&self, column: &'static str) -> Result<Option<String>, StoreError>;
    fn bytes(&self, column: &'static str) -> Result<Vec<u8>, StoreError>;
    fn maybe_bytes(&self, column: &'static str) -> Result<Option<Vec<u8>>, StoreError>;
}

macro_rules! columns {
    ($row:ty) => {
        impl Columns for $row {
            fn int(&self, column: &'static str) -> Result<i64, StoreError> {
                Ok(self.try_get(column)?)
            }
            fn maybe_int(&self, column: &'static str) -> Result<Option<i64>, StoreError> {
                Ok(self.try_get(column)?)
            }
            fn text(&self, column: &'static str) -> Result<String, StoreError> {
                Ok(self.try_get(column)?)
            }
            fn maybe_text(&self, column: &'static str) -> Result<Option<String>, StoreError> {
                Ok(self.try_get(column)?)
            }
            fn bytes(&self, column: &'static str) -> Result<Vec<u8>, StoreError> {
                Ok(self.try_get(column)?)
            }
            fn maybe_bytes(&self, column: &'static str) -> Result<Option<Vec<u8>>, StoreError> {
                Ok(self.try_get(column)?)
            }
        }
    };
}
columns!(SqliteRow);
columns!(PgRow);
