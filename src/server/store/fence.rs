//! Keeps programs apart while the keys of a database change. Who works on the database shares it
//! with others of the same keys; who changes its keys has it alone. With SQLite the lock is that of
//! the file, which every connection in WAL mode holds for as long as it is open
//! (sqlite.org/pragma.html#pragma_locking_mode); with PostgreSQL it is an advisory lock of the
//! session (PostgreSQL 15, section 13.3.5).

use super::Store;
use super::audit_trail::Trail;
use super::database::{Address, NO_LIMIT_OF_TIME, PATIENCE, Pool, file, make_private};
use super::error::StoreError;
use super::primary::{self, ALWAYS_BY_INDEX};
use super::seal::Seal;
use super::state::{OpenFile, Writes};
use sqlx::postgres::{PgConnection, PgPoolOptions};
use sqlx::sqlite::{SqliteConnection, SqliteLockingMode, SqlitePoolOptions};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

/// The number of the advisory lock: the bytes of "vaxkkeys".
const LOCK: i64 = i64::from_be_bytes(*b"vaxkkeys");
/// How long one who wants a file alone waits for it.
const FILE_WITHIN: Duration = Duration::from_secs(1);
const KEYS: &str = "SELECT key_number, (SELECT COUNT(*) FROM key_rotation) FROM service_state \
    WHERE name = 'keys'";

/// What each new connection has to pass.
#[derive(Clone, Debug, Default)]
pub(super) struct Fence {
    /// The keys of this program, once they are known to be those of the database.
    number: Arc<OnceLock<u32>>,
    refused: Arc<AtomicBool>,
}

impl Fence {
    /// From now on connections are refused if the database is at other keys than these: they were
    /// changed while this program had no connection open.
    pub fn close_to_others(&self, number: u32) {
        self.number.get_or_init(|| number);
    }

    /// A failure to connect, as it is told.
    pub fn told(&self, error: sqlx::Error, address: &Address) -> StoreError {
        let is_busy = match &error {
            // SQLITE_BUSY in the lower byte (sqlite.org/rescode.html).
            sqlx::Error::Database(error) => {
                let code = error.code().and_then(|code| code.parse::<u32>().ok());
                code.is_some_and(|code| code & 0xff == 5)
            }
            // A lock is waited for as long as a connection.
            sqlx::Error::PoolTimedOut => matches!(address, Address::Sqlite(_)),
            _ => false,
        };
        let refused = self.refused.load(Ordering::SeqCst);
        if is_busy || refused { StoreError::InUse } else { error.into() }
    }

    pub async fn pass_sqlite(&self, connection: &mut SqliteConnection) -> Result<(), sqlx::Error> {
        if self.number.get().is_none() {
            return Ok(());
        }
        let found: Option<(i64, i64)> = sqlx::query_as(KEYS).fetch_optional(connection).await?;
        self.compare(found)
    }

    pub async fn pass_postgres(&self, connection: &mut PgConnection) -> Result<(), sqlx::Error> {
        const SHARE: &str = "SELECT pg_try_advisory_lock_shared($1)";
        let shared = sqlx::query_scalar(SHARE).bind(LOCK).fetch_one(&mut *connection).await?;
        self.let_in(shared)?;
        if self.number.get().is_none() {
            return Ok(());
        }
        let found: Option<(i64, i64)> = sqlx::query_as(KEYS).fetch_optional(connection).await?;
        self.compare(found)
    }

    fn compare(&self, found: Option<(i64, i64)>) -> Result<(), sqlx::Error> {
        let own = self.number.get().copied().map(i64::from);
        self.let_in(found.is_none_or(|(number, changing)| Some(number) == own && changing == 0))
    }

    fn let_in(&self, fits: bool) -> Result<(), sqlx::Error> {
        self.refused.store(!fits, Ordering::SeqCst);
        match fits {
            true => Ok(()),
            false => Err(sqlx::Error::Protocol("the keys of the database are others".into())),
        }
    }
}

impl Store {
    /// Opens the database for this program alone, brings its tables up to date, and does not ask
    /// which keys it is at: to change them.
    ///
    /// # Errors
    /// [`StoreError::InUse`] if another program has it open.
    pub async fn open_alone(address: &Address, seal: Seal) -> Result<Self, StoreError> {
        let fence = Fence::default();
        let pool = match address {
            Address::Sqlite(path) => sqlite_alone(path).await,
            Address::Postgres(url) => postgres_alone(url, fence.clone()).await,
        };
        let pool = pool.map_err(|error| fence.told(error, address))?;
        pool.migrate().await?;
        let place = match address {
            Address::Sqlite(path) => Some(OpenFile::at(path.clone()).map_err(sqlx::Error::Io)?),
            Address::Postgres(_) => None,
        };
        Ok(Self {
            writer: pool.clone(),
            sets: pool.clone(),
            readers: pool,
            seal,
            writes: Writes::default(),
            trail: Trail::default(),
            file: place,
            hosts: Arc::new([]),
        })
    }
}

async fn sqlite_alone(path: &Path) -> Result<Pool, sqlx::Error> {
    make_private(path).map_err(sqlx::Error::Io)?;
    let options = file(path).locking_mode(SqliteLockingMode::Exclusive).busy_timeout(FILE_WITHIN);
    // What was sealed with the old key is overwritten, not only marked as free.
    let options = options.pragma("secure_delete", "on");
    let pool = SqlitePoolOptions::new().max_connections(1).min_connections(1);
    let pool = pool.acquire_timeout(PATIENCE).idle_timeout(None).max_lifetime(None);
    Ok(Pool::Sqlite(pool.connect_with(options).await?))
}

async fn postgres_alone(url: &str, fence: Fence) -> Result<Pool, sqlx::Error> {
    const ALONE: &str = "SELECT pg_try_advisory_lock($1)";
    let hosts = primary::hosts(url)?;
    let several = hosts.len() > 1;
    let first = if several { primary::find(&hosts).await } else { 0 };
    let options = hosts[first].clone().options(ALWAYS_BY_INDEX).options(NO_LIMIT_OF_TIME);
    let pool = PgPoolOptions::new().max_connections(1).min_connections(1);
    let pool = pool.acquire_timeout(PATIENCE).idle_timeout(None).max_lifetime(None);
    let pool = pool.after_connect(move |connection, _| {
        let fence = fence.clone();
        Box::pin(async move {
            if several && primary::is_standby(connection).await? {
                return Err(sqlx::Error::Protocol("a standby".into()));
            }
            let query = sqlx::query_scalar(ALONE).bind(LOCK);
            fence.let_in(query.fetch_one(connection).await?)
        })
    });
    Ok(Pool::Postgres(pool.connect_with(options).await?))
}
