//! Whether the database can be written now, and whether its keys are those of the service.

use super::Store;
use super::database::{Columns, Pool, in_time, on, within};
use super::error::StoreError;
use super::ids::PersonId;
use super::seal::{Column, Seal};
use jiff::Timestamp;
use std::os::unix::fs::MetadataExt;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// What the canary says once it is opened.
const CANARY: &str = "vaxkiosk";
/// The canary belongs to no person.
const NOBODY: PersonId = PersonId(0);

/// Whether the last write came through.
#[derive(Clone, Debug)]
pub(super) struct Writes(Arc<AtomicBool>);

impl Default for Writes {
    fn default() -> Self {
        Self(Arc::new(AtomicBool::new(true)))
    }
}

impl Writes {
    /// Notes how a write went. A write that a constraint refused has reached the database.
    pub fn note<T>(&self, written: Result<T, StoreError>) -> Result<T, StoreError> {
        let well = written.as_ref().err().is_none_or(StoreError::is_refusal);
        self.0.store(well, Ordering::SeqCst);
        written
    }
}

/// The file of a SQLite database as it was when it was opened: device and inode (stat(2)).
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct OpenFile {
    path: PathBuf,
    identity: (u64, u64),
}

impl OpenFile {
    /// # Errors
    /// If there is no file at this path.
    pub fn at(path: PathBuf) -> std::io::Result<Self> {
        let file = std::fs::metadata(&path)?;
        Ok(Self { path, identity: (file.dev(), file.ino()) })
    }

    fn is_there(&self) -> bool {
        OpenFile::at(self.path.clone()).is_ok_and(|now| now == *self)
    }
}

impl Store {
    /// Whether the last write came through: of the writer, or of [`Store::try_write`].
    pub fn can_write(&self) -> bool {
        self.writes.0.load(Ordering::SeqCst)
    }

    /// Writes one small row durably, to see whether that is possible.
    ///
    /// # Errors
    /// If it is not, or if the database's file is no longer where it was: what is written then is
    /// in a file that nobody finds again.
    pub async fn try_write(&self, now: Timestamp) -> Result<(), StoreError> {
        const WRITE: &str = "UPDATE service_state SET at = $1 WHERE name = 'writer'";
        let written = in_time(async {
            self.check_place()?;
            let mut transaction = self.writer.begin().await?;
            within!(&mut transaction, db => {
                sqlx::query(WRITE).bind(now.as_second()).execute(db).await?;
            });
            transaction.commit().await
        });
        self.writes.note(written.await)
    }

    /// Checks that the database's file is still where it was opened: what is written into one that
    /// was moved or removed is in a file that nobody finds again. One stat(2) for a set of writes.
    ///
    /// # Errors
    /// [`StoreError::FileReplaced`] if it is not.
    pub(super) fn check_place(&self) -> Result<(), StoreError> {
        match self.file.as_ref().is_none_or(OpenFile::is_there) {
            true => Ok(()),
            false => Err(StoreError::FileReplaced),
        }
    }

    /// Checks that the keys are those with which this database was written. In a new database they
    /// become its keys.
    ///
    /// # Errors
    /// [`StoreError::OtherKeys`] if they are not.
    pub(super) async fn check_keys(&self) -> Result<(), StoreError> {
        const FIND: &str = "SELECT sealed FROM service_state WHERE name = 'keys'";
        const KEEP: &str = "INSERT INTO service_state (name, at, sealed) VALUES ('keys', 0, $1) \
            ON CONFLICT DO NOTHING";
        let canary = find(&self.writer, FIND).await?;
        let opens = |seal: &Seal, column, person, sealed| match seal.open(column, person, sealed) {
            Ok(_) => Ok(()),
            Err(_) => Err(StoreError::OtherKeys),
        };
        if let Some((_, sealed)) = canary {
            return opens(&self.seal, Column::Keys, NOBODY, sealed);
        }
        // A database of an earlier version has no canary, but people.
        const ANYBODY: &str = "SELECT id, born_sealed AS sealed FROM people LIMIT 1";
        if let Some((person, sealed)) = find(&self.writer, ANYBODY).await? {
            opens(&self.seal, Column::Born, PersonId(person), sealed)?;
        }
        let sealed = self.seal.seal(Column::Keys, NOBODY, CANARY);
        on!(&self.writer, db => { sqlx::query(KEEP).bind(sealed).execute(db).await?; });
        Ok(())
    }
}

/// One sealed value, and whose it is.
async fn find(pool: &Pool, statement: &'static str) -> Result<Option<(i64, Vec<u8>)>, StoreError> {
    on!(pool, db => {
        let row = sqlx::query(statement).fetch_optional(db).await?;
        row.map(|row| Ok((row.int("id").unwrap_or_default(), row.bytes("sealed")?))).transpose()
    })
}
