//! The two databases behind one face: pools, transactions, rows, migrations. What is asked of them
//! is in the files beside this one; a statement that both understand is written once, through
//! `on!`.

use super::error::StoreError;
use super::fence::Fence;
use super::migrations::{Dialect, migrator};
use super::primary::{self, ALWAYS_BY_INDEX};
use sqlx::pool::PoolConnection;
use sqlx::postgres::{PgConnectOptions, PgConnection, PgPool, PgPoolOptions, PgRow};
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteRow,
    SqliteSynchronous,
};
use sqlx::{AssertSqlSafe, Connection, Row};
use std::fs::OpenOptions;
use std::ops::{Deref, DerefMut};
use std::os::unix::fs::OpenOptionsExt;
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
    /// The PostgreSQL servers of which one is the primary.
    pub hosts: Vec<PgConnectOptions>,
}

/// A transaction of one of the two. Dropped without a commit, nothing of it stays.
#[derive(Debug)]
pub(super) enum Transaction {
    Sqlite(sqlx::Transaction<'static, sqlx::Sqlite>),
    Postgres(PostgresTransaction),
}

/// A PostgreSQL connection on which a transaction is open. Dropped without a commit, the connection
/// is closed and not given back: a pool pings what comes back without a limit of time, and a
/// database that has vanished would hold its connections for ever.
#[derive(Debug)]
pub(super) struct PostgresTransaction {
    connection: Option<PoolConnection<sqlx::Postgres>>,
}

impl PostgresTransaction {
    async fn begin(pool: &PgPool) -> Result<Self, StoreError> {
        let mut transaction = Self { connection: Some(pool.acquire().await?) };
        sqlx::raw_sql("BEGIN").execute(&mut *transaction).await?;
        Ok(transaction)
    }

    /// Makes it durable, and gives the connection back. A statement that failed before must have
    /// ended the transaction: PostgreSQL answers the commit of a failed one without an error.
    async fn commit(mut self) -> Result<(), StoreError> {
        sqlx::raw_sql("COMMIT").execute(&mut *self).await?;
        drop(self.connection.take());
        Ok(())
    }
}

impl Deref for PostgresTransaction {
    type Target = PgConnection;

    fn deref(&self) -> &PgConnection {
        self.connection.as_deref().expect("it is there until the commit")
    }
}

impl DerefMut for PostgresTransaction {
    fn deref_mut(&mut self) -> &mut PgConnection {
        self.connection.as_deref_mut().expect("it is there until the commit")
    }
}

impl Drop for PostgresTransaction {
    fn drop(&mut self) {
        if let Some(connection) = self.connection.take() {
            drop(connection.detach());
        }
    }
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
/// SQLite connections that read. One writes.
const SQLITE_READERS: u32 = 2;
/// For a lock or a free connection.
pub(super) const PATIENCE: Duration = Duration::from_secs(5);
/// How long one step of a writing transaction may take: its reads, or its writes and commit. A
/// commit that waits for a standby is ended by no setting of PostgreSQL, so it is counted here.
const STEP_WITHIN: Duration = Duration::from_secs(10);

/// What a migration needs of them. A later option replaces an earlier one.
pub(super) const NO_LIMIT_OF_TIME: [(&str, &str); 2] =
    [("lock_timeout", "0"), ("statement_timeout", "0")];

/// Ends a step that takes longer than [`STEP_WITHIN`].
///
/// # Errors
/// Its own, or [`StoreError::TooSlow`]: then it is not known whether it was done.
pub(super) async fn in_time<T>(
    step: impl Future<Output = Result<T, StoreError>>,
) -> Result<T, StoreError> {
    tokio::time::timeout(STEP_WITHIN, step).await.unwrap_or(Err(StoreError::TooSlow))
}

impl Pool {
    /// An empty database in memory: one connection that lives as long as the pool, and nothing that
    /// wakes up by itself.
    pub async fn in_memory() -> Result<Self, StoreError> {
        let options = SqliteConnectOptions::new().filename(":memory:").foreign_keys(true);
        let pool = SqlitePoolOptions::new().max_connections(1).min_connections(1);
        Ok(Self::Sqlite(pool.idle_timeout(None).max_lifetime(None).connect_with(options).await?))
    }

    pub async fn open(address: &Address, fence: &Fence) -> Result<Pools, StoreError> {
        let opened = match address {
            Address::Sqlite(path) => open_sqlite(path, fence).await,
            Address::Postgres(url) => open_postgres(url, fence).await,
        };
        let is_file = matches!(address, Address::Sqlite(_));
        opened.map_err(|error| fence.told(error, is_file))
    }

    /// Begins a transaction that writes. SQLite takes its one write lock at once, so that nobody
    /// has to step back later.
    pub async fn begin(&self) -> Result<Transaction, StoreError> {
        Ok(match self {
            Pool::Sqlite(pool) => Transaction::Sqlite(pool.begin_with("BEGIN IMMEDIATE").await?),
            Pool::Postgres(pool) => Transaction::Postgres(PostgresTransaction::begin(pool).await?),
        })
    }

    /// Brings the tables to what this program knows. Servers that start side by side do it one
    /// after another.
    pub async fn migrate(&self) -> Result<(), StoreError> {
        match self {
            Pool::Sqlite(db) => migrator(Dialect::Sqlite).run(db).await?,
            // An index over a large table may take minutes, and servers that start side by side
            // wait for each other: one connection of its own without the limits of the others.
            Pool::Postgres(db) => {
                let options = db.connect_options().as_ref().clone().options(NO_LIMIT_OF_TIME);
                let patient = PgPoolOptions::new().max_connections(1).connect_with(options).await?;
                migrator(Dialect::Postgres).run(&patient).await?;
                patient.close().await;
            }
        }
        Ok(())
    }
}

async fn open_sqlite(path: &Path, fence: &Fence) -> Result<Pools, sqlx::Error> {
    make_private(path).map_err(sqlx::Error::Io)?;
    let pool = |connections| {
        let fence = fence.clone();
        SqlitePoolOptions::new()
            .max_connections(connections)
            .acquire_timeout(PATIENCE)
            .max_lifetime(None)
            .idle_timeout(None)
            .after_connect(move |connection, _| {
                let fence = fence.clone();
                Box::pin(async move { fence.pass_sqlite(connection).await })
            })
    };
    // SQLite ends a transaction by itself when the disk is full or fails (sqlite.org,
    // lang_transaction, section 3). The connection then still counts itself as in one, and would
    // refuse to begin another for ever, so it is closed and a new one opened.
    let writer = pool(1).before_acquire(|connection, _| {
        Box::pin(async move { Ok(!Connection::is_in_transaction(connection)) })
    });
    let writer = Pool::Sqlite(writer.connect_with(file(path)).await?);
    let readers = Pool::Sqlite(pool(SQLITE_READERS).connect_with(file(path)).await?);
    Ok(Pools { writer, sets: readers.clone(), readers, hosts: Vec::new() })
}

async fn open_postgres(url: &str, fence: &Fence) -> Result<Pools, sqlx::Error> {
    let hosts = primary::hosts(url)?;
    let several = hosts.len() > 1;
    let first = if several { primary::find(&hosts).await } else { 0 };
    let options = hosts[first].clone();
    let pool = || {
        let fence = fence.clone();
        PgPoolOptions::new()
            .max_connections(POSTGRES_CONNECTIONS)
            .acquire_timeout(PATIENCE)
            .after_connect(move |connection, _| {
                let fence = fence.clone();
                Box::pin(async move {
                    // A standby answers reads, and would be taken for the primary.
                    if several && primary::is_standby(connection).await? {
                        return Err(sqlx::Error::Protocol("a standby".into()));
                    }
                    fence.pass_postgres(connection).await
                })
            })
    };
    let by_index = options.clone().options(ALWAYS_BY_INDEX);
    let writer = Pool::Postgres(pool().connect_with(by_index).await?);
    let readers = Pool::Postgres(pool().connect_with(options).await?);
    Ok(Pools { sets: writer.clone(), writer, readers, hosts })
}

/// Makes the file if it is not there, so that only its owner may read it. SQLite gives the files
/// beside it the same rights.
pub(super) fn make_private(path: &Path) -> std::io::Result<()> {
    OpenOptions::new().write(true).create(true).truncate(false).mode(0o600).open(path).map(|_| ())
}

pub(super) fn file(path: &Path) -> SqliteConnectOptions {
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
    /// a `value`. Where it says `{keys}`, the same, by which the rows of a table are looked up one
    /// by one: PostgreSQL would take them for a hundred, and a table that it does not know yet for
    /// a few, and walk through that one instead. What is true of each of them makes them few.
    pub fn with_rows(&self, statement: &'static str) -> AssertSqlSafe<String> {
        AssertSqlSafe(self.with_rows_of(statement, 1))
    }

    fn with_rows_of(&self, statement: &'static str, parameter: u8) -> String {
        let rows = match self {
            Transaction::Sqlite(_) => format!("jsonb_each(${parameter}) AS asked WHERE true"),
            Transaction::Postgres(_) => {
                format!("jsonb_array_elements(${parameter}::jsonb) AS asked(value)")
            }
        };
        let few = match self {
            Transaction::Sqlite(_) => "",
            Transaction::Postgres(_) => " WHERE jsonb_typeof(asked.value) BETWEEN 'a' AND 'z'",
        };
        statement.replace("{keys}", &format!("{rows}{few}")).replace("{rows}", &rows)
    }

    /// Statements that change different rows, made one: each way to the database and back costs as
    /// much as a small statement, and others wait for the locks as long. With each, which parameter
    /// its rows are; the parameters are those of all. None may need what another changes.
    pub fn together(&self, statements: &[(&'static str, u8)]) -> AssertSqlSafe<String> {
        let with_rows =
            |(statement, rows): &(&'static str, u8)| self.with_rows_of(statement, *rows);
        let mut all: Vec<String> = statements.iter().map(with_rows).collect();
        AssertSqlSafe(match self {
            Transaction::Sqlite(_) => all.join("; "),
            Transaction::Postgres(_) => {
                let last = all.pop().unwrap_or_default();
                let before = all.iter().enumerate();
                let before: Vec<String> =
                    before.map(|(nth, one)| format!("change_{nth} AS ({one})")).collect();
                format!("WITH {} {last}", before.join(", "))
            }
        })
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
