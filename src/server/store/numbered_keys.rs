//! With which keys the database is sealed: whether they are those of the service, whether a change
//! to others is under way, and the keys of before, which the audit trail still needs.

use super::Store;
use super::database::{Columns, Pool, on};
use super::error::StoreError;
use super::ids::PersonId;
use super::seal::{Column, Lookup, Seal};
use super::values::{instant, narrow};
use jiff::Timestamp;
use std::collections::BTreeMap;
use zeroize::Zeroizing;

/// What the canary says once it is opened.
const CANARY: &str = "vaxkiosk";
/// The canary belongs to no person.
const NOBODY: PersonId = PersonId(0);

/// The number of the root key with which the database is sealed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct KeyNumbers {
    pub at: u32,
    /// To which it is changing, if a change was begun and is not done.
    pub to: Option<u32>,
}

/// The keys of what desks keep.
pub struct AttendanceKeys {
    pub now: Zeroizing<[u8; 32]>,
    /// Until when each was in use.
    pub earlier: Vec<(Timestamp, Zeroizing<[u8; 32]>)>,
}

impl Seal {
    /// A value that tells later whether the keys are these.
    pub(super) fn canary(&self) -> Vec<u8> {
        self.seal(Column::Keys, NOBODY, CANARY)
    }

    /// # Errors
    /// [`StoreError::OtherKeys`] if it was made with other keys.
    pub(super) fn opens_canary(&self, sealed: Vec<u8>) -> Result<(), StoreError> {
        self.has_sealed(Column::Keys, NOBODY, sealed)
    }

    fn has_sealed(&self, as_: Column, of: PersonId, sealed: Vec<u8>) -> Result<(), StoreError> {
        self.open(as_, of, sealed).map(drop).map_err(|_| StoreError::OtherKeys)
    }
}

impl Store {
    /// Checks that the keys are those with which this database was written, and that no change of
    /// keys is under way. In a new database they become its keys.
    ///
    /// # Errors
    /// [`StoreError::OtherKeys`], [`StoreError::OtherKeyNumber`] or [`StoreError::KeysChanging`].
    pub(super) async fn check_keys(&self) -> Result<(), StoreError> {
        let number = self.seal.number();
        if let Some((numbers, sealed)) = found(&self.writer).await? {
            return match numbers {
                KeyNumbers { to: Some(_), .. } => Err(StoreError::KeysChanging),
                KeyNumbers { at, to: None } if at != number => {
                    Err(StoreError::OtherKeyNumber { database: at, file: number })
                }
                KeyNumbers { .. } => self.seal.opens_canary(sealed),
            };
        }
        // A database of an earlier version has no canary, but people.
        const ANYBODY: &str =
            "SELECT id, born_sealed FROM people WHERE length(born_sealed) > 0 LIMIT 1";
        let anybody = on!(&self.writer, db => {
            let row = sqlx::query(ANYBODY).fetch_optional(db).await?;
            let born = |row: &_| born(row);
            row.as_ref().map(born).transpose()?
        });
        if let Some((person, sealed)) = anybody {
            self.seal.has_sealed(Column::Born, person, sealed)?;
        }
        const KEEP: &str = "INSERT INTO service_state (name, at, sealed, key_number) \
            VALUES ('keys', 0, $1, $2) ON CONFLICT DO NOTHING";
        on!(&self.writer, db => {
            let query = sqlx::query(KEEP).bind(self.seal.canary()).bind(i64::from(number));
            query.execute(db).await?;
        });
        Ok(())
    }

    /// With which keys the database is sealed. A new one is sealed with those of this store.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn key_numbers(&self) -> Result<KeyNumbers, StoreError> {
        match found(&self.writer).await? {
            Some((numbers, _)) => Ok(numbers),
            None => {
                self.check_keys().await?;
                Ok(KeyNumbers { at: self.seal.number(), to: None })
            }
        }
    }

    /// Checks that these keys are those of the database.
    pub(super) async fn check_canary(&self) -> Result<(), StoreError> {
        match found(&self.writer).await? {
            Some((numbers, sealed)) if numbers.at == self.seal.number() => {
                self.seal.opens_canary(sealed)
            }
            _ => Err(StoreError::OtherKeys),
        }
    }

    /// The keys of what desks of vaccination sites keep: that of now, and those of before, each
    /// with the moment at which another took its place, the oldest first.
    ///
    /// # Errors
    /// If the database fails, or was sealed with other keys.
    pub async fn attendance_keys(&self) -> Result<AttendanceKeys, StoreError> {
        const EARLIER: &str = "SELECT number, sealed, until FROM earlier_keys \
            WHERE until IS NOT NULL ORDER BY number";
        let rows: Vec<(u32, Vec<u8>, i64)> = on!(&self.readers, db => {
            let rows = sqlx::query(EARLIER).fetch_all(db).await?;
            let key = |row: &_| replaced(row);
            rows.iter().map(key).collect::<Result<_, StoreError>>()?
        });
        let open = |(number, sealed, until)| {
            Ok((instant(until)?, self.seal.earlier_attendance(number, sealed)?))
        };
        let earlier = rows.into_iter().map(open).collect::<Result<_, StoreError>>()?;
        Ok(AttendanceKeys { now: self.seal.attendance(), earlier })
    }

    /// The keys of keyed hashes from before, by the number of their root.
    pub(super) async fn earlier_lookups(&self) -> Result<BTreeMap<u32, Lookup>, StoreError> {
        const EARLIER: &str = "SELECT number, sealed FROM earlier_keys";
        let sealed: Vec<(u32, Vec<u8>)> = on!(&self.readers, db => {
            let rows = sqlx::query(EARLIER).fetch_all(db).await?;
            let key = |row: &_| earlier(row);
            rows.iter().map(key).collect::<Result<_, StoreError>>()?
        });
        let open = |(number, sealed)| Ok((number, self.seal.open_lookup(number, sealed)?));
        sealed.into_iter().map(open).collect()
    }
}

/// The numbers and the canary; `None` in a database that has none yet.
async fn found(pool: &Pool) -> Result<Option<(KeyNumbers, Vec<u8>)>, StoreError> {
    const FIND: &str = "SELECT key_number, sealed, (SELECT MAX(number) FROM key_rotation) AS next \
        FROM service_state WHERE name = 'keys'";
    on!(pool, db => {
        let row = sqlx::query(FIND).fetch_optional(db).await?;
        let numbers = |row: &_| numbers(row);
        row.as_ref().map(numbers).transpose()
    })
}

fn numbers(row: &impl Columns) -> Result<(KeyNumbers, Vec<u8>), StoreError> {
    let to = row.maybe_int("next")?.map(narrow).transpose()?;
    Ok((KeyNumbers { at: narrow(row.int("key_number")?)?, to }, row.bytes("sealed")?))
}

fn born(row: &impl Columns) -> Result<(PersonId, Vec<u8>), StoreError> {
    Ok((PersonId(row.int("id")?), row.bytes("born_sealed")?))
}

fn earlier(row: &impl Columns) -> Result<(u32, Vec<u8>), StoreError> {
    Ok((narrow(row.int("number")?)?, row.bytes("sealed")?))
}

fn replaced(row: &impl Columns) -> Result<(u32, Vec<u8>, i64), StoreError> {
    let (number, sealed) = earlier(row)?;
    Ok((number, sealed, row.int("until")?))
}
