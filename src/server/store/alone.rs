//! Opens the database for one program alone: to change its keys.

use super::Store;
use super::audit_trail::Trail;
use super::database::{Address, NO_LIMIT_OF_TIME, PATIENCE, Pool, file, make_private};
use super::error::StoreError;
use super::fence::Fence;
use super::primary::{self, ALWAYS_BY_INDEX};
use super::seal::Seal;
use super::state::{OpenFile, Writes};
use sqlx::postgres::PgPoolOptions;
use sqlx::sqlite::{SqliteLockingMode, SqlitePoolOptions};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

/// How long one who wants a file alone waits for it.
const FILE_WITHIN: Duration = Duration::from_secs(1);

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
        let is_file = matches!(address, Address::Sqlite(_));
        let pool = pool.map_err(|error| fence.told(error, is_file))?;
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
            fence.pass_alone(connection).await
        })
    });
    Ok(Pool::Postgres(pool.connect_with(options).await?))
}
