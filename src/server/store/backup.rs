//! Copies of a database while it is in use, and what has to be done with one that is put in its
//! place: numbers that were given since the copy must not be given again.

use super::Store;
use super::database::{Columns, Pool, on};
use super::error::StoreError;
use std::fs::{File, OpenOptions};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

/// By how much the numbers of each round jump after a restore: more than any round has given
/// between two backups. A round has a hundred million.
pub const NUMBERS_JUMP: i64 = 10_000_000;

/// What a database holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Contents {
    pub people: u64,
    pub bookings: u64,
}

impl Store {
    /// Writes a copy of a SQLite database as it is at this moment, while others go on reading and
    /// writing (`VACUUM INTO`, sqlite.org/lang_vacuum). Only its owner may read the file.
    ///
    /// # Errors
    /// If the file is there already or cannot be written, or if the database is PostgreSQL, which
    /// has programs of its own for this.
    pub async fn backup(&self, file: &Path) -> Result<(), StoreError> {
        let Pool::Sqlite(db) = &self.readers else { return Err(StoreError::NotForPostgres) };
        let name = file.to_str().ok_or(StoreError::Unreadable("the name of the file"))?;
        let io = |error| StoreError::Database(sqlx::Error::Io(error));
        // SQLite writes into a file that is there only if it is empty.
        OpenOptions::new().write(true).create_new(true).mode(0o600).open(file).map_err(io)?;
        let copied = sqlx::query("VACUUM INTO $1").bind(name).execute(db).await;
        let copied = copied.map_err(StoreError::from).and_then(|_| {
            // Durable before it is called done, so that the original may be deleted.
            File::open(file).and_then(|file| file.sync_all()).map_err(io)
        });
        if copied.is_err() {
            // What is left of it is no backup.
            let _ = std::fs::remove_file(file);
        }
        copied
    }

    /// Checks every page and every index of a SQLite database.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] if something is wrong with them.
    pub async fn check_file(&self) -> Result<(), StoreError> {
        let Pool::Sqlite(db) = &self.readers else { return Ok(()) };
        let found: String = sqlx::query_scalar("PRAGMA integrity_check").fetch_one(db).await?;
        if found == "ok" { Ok(()) } else { Err(StoreError::Damaged) }
    }

    /// Moves the numbers of every round on, so that none that was given after the backup is given
    /// again.
    ///
    /// # Errors
    /// If a round has not so many numbers left (its columns have a check), or the database fails.
    pub async fn jump_numbers(&self) -> Result<(), StoreError> {
        const JUMP: &str = "UPDATE rounds SET last_sequence = last_sequence + $1, \
            last_registration = last_registration + $1";
        on!(&self.writer, db => { sqlx::query(JUMP).bind(NUMBERS_JUMP).execute(db).await?; });
        Ok(())
    }

    /// How much the database holds.
    ///
    /// # Errors
    /// If it cannot be read.
    pub async fn contents(&self) -> Result<Contents, StoreError> {
        const COUNT: &str = "SELECT (SELECT COUNT(*) FROM people) AS people, \
            (SELECT COUNT(*) FROM bookings) AS bookings";
        on!(&self.readers, db => {
            let row = sqlx::query(COUNT).fetch_one(db).await?;
            let number = |column| Ok::<_, StoreError>(row.int(column)?.unsigned_abs());
            Ok(Contents { people: number("people")?, bookings: number("bookings")? })
        })
    }
}
