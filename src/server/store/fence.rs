//! Keeps programs apart while the keys of a database change. Who works on the database shares it
//! with others of the same keys; who changes its keys has it alone. With SQLite the lock is that of
//! the file, which every connection in WAL mode holds for as long as it is open
//! (sqlite.org/pragma.html#pragma_locking_mode); with PostgreSQL it is an advisory lock of the
//! session (PostgreSQL 15, section 13.3.5).

use super::error::StoreError;
use sqlx::postgres::PgConnection;
use sqlx::sqlite::SqliteConnection;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

/// The number of the advisory lock: the bytes of "vaxkkeys".
const LOCK: i64 = i64::from_be_bytes(*b"vaxkkeys");
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

    /// A failure to connect, to a file or to a server, as it is told.
    pub fn told(&self, error: sqlx::Error, is_file: bool) -> StoreError {
        let is_busy = match &error {
            // SQLITE_BUSY in the lower byte (sqlite.org/rescode.html).
            sqlx::Error::Database(error) => {
                let code = error.code().and_then(|code| code.parse::<u32>().ok());
                code.is_some_and(|code| code & 0xff == 5)
            }
            // A lock is waited for as long as a connection.
            sqlx::Error::PoolTimedOut => is_file,
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

    /// As [`Fence::pass_postgres`], for one who wants the database alone.
    pub async fn pass_alone(&self, connection: &mut PgConnection) -> Result<(), sqlx::Error> {
        const ALONE: &str = "SELECT pg_try_advisory_lock($1)";
        self.let_in(sqlx::query_scalar(ALONE).bind(LOCK).fetch_one(connection).await?)
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
