//! Whether the database can be written now, and whether its file is where it was.

use super::Store;
use super::database::{in_time, within};
use super::error::StoreError;
use jiff::Timestamp;
use std::os::unix::fs::MetadataExt;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

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
}
