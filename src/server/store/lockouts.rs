//! Failed log-ins, so that all servers know of them. How long they lock out is decided in
//! `lockout`.

use super::Store;
use super::database::{Columns, on};
use super::error::StoreError;
use super::ids::{DeviceId, PersonKey};
use super::values::{instant, narrow};
use jiff::Timestamp;

/// Whose log-ins are counted: a person by the keyed hash of the identity number, and a kiosk; each
/// of them apart for numbers that were typed and for cards that were read.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum LoginSubject {
    /// With numbers that were typed.
    Person(PersonKey),
    /// With a card that was read.
    Card(PersonKey),
    /// At a kiosk, with numbers that were typed.
    Device(DeviceId),
    /// At a kiosk, with a card that was read.
    Reader(DeviceId),
    /// Staff, by the keyed hash of their card.
    Staff(PersonKey),
    /// At a kiosk, where staff log in.
    Desk(DeviceId),
}

impl LoginSubject {
    pub fn is_kiosk(self) -> bool {
        match self {
            LoginSubject::Person(_) | LoginSubject::Card(_) | LoginSubject::Staff(_) => false,
            LoginSubject::Device(_) | LoginSubject::Reader(_) | LoginSubject::Desk(_) => true,
        }
    }
}

/// How many log-ins of a subject have failed in a row.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct FailedLogins {
    pub subject: LoginSubject,
    pub count: u32,
    pub last: Timestamp,
}

/// A subject as it is stored: one letter for its kind, then its number.
pub(super) fn bytes(subject: LoginSubject) -> Vec<u8> {
    match subject {
        LoginSubject::Person(key) => [b"p".as_slice(), &key.to_be_bytes()].concat(),
        LoginSubject::Card(key) => [b"c".as_slice(), &key.to_be_bytes()].concat(),
        LoginSubject::Device(device) => [b"d".as_slice(), &device.0.to_be_bytes()].concat(),
        LoginSubject::Reader(device) => [b"r".as_slice(), &device.0.to_be_bytes()].concat(),
        LoginSubject::Staff(key) => [b"s".as_slice(), &key.to_be_bytes()].concat(),
        LoginSubject::Desk(device) => [b"t".as_slice(), &device.0.to_be_bytes()].concat(),
    }
}

fn subject(bytes: &[u8]) -> Result<LoginSubject, StoreError> {
    const WRONG: StoreError = StoreError::Unreadable("a wrong attempt");
    let (kind, number) = bytes.split_first().ok_or(WRONG)?;
    let person = || Ok(u128::from_be_bytes(number.try_into().map_err(|_| WRONG)?));
    let device = || {
        let number = number.try_into().map_err(|_| WRONG)?;
        Ok::<_, StoreError>(DeviceId(i64::from_be_bytes(number)))
    };
    match kind {
        b'p' => person().map(LoginSubject::Person),
        b'c' => person().map(LoginSubject::Card),
        b'd' => device().map(LoginSubject::Device),
        b'r' => device().map(LoginSubject::Reader),
        b's' => person().map(LoginSubject::Staff),
        b't' => device().map(LoginSubject::Desk),
        _ => Err(WRONG),
    }
}

impl Store {
    /// Counts a failed log-in. A count whose last failure was before `forgotten` starts again at
    /// one.
    pub async fn failed(
        &self,
        subjects: &[LoginSubject],
        now: Timestamp,
        forgotten: Timestamp,
    ) -> Result<(), StoreError> {
        const FAILED: &str = "INSERT INTO wrong_attempts (who, count, last) VALUES ($1, 1, $2) ON \
            CONFLICT (who) DO UPDATE SET \
             count = CASE WHEN wrong_attempts.last > $3 THEN wrong_attempts.count + 1 ELSE 1 END, \
             last = excluded.last";
        for subject in subjects {
            on!(&self.writer, db => {
                let query = sqlx::query(FAILED).bind(bytes(*subject)).bind(now.as_second())
                    .bind(forgotten.as_second());
                query.execute(db).await?;
            });
        }
        Ok(())
    }

    /// After a right log-in: deletes the count of the person and lowers that of the kiosk by one.
    pub async fn succeeded(&self, subjects: &[LoginSubject]) -> Result<(), StoreError> {
        const FORGET: &str = "DELETE FROM wrong_attempts WHERE who = $1";
        const LOWER: &str =
            "UPDATE wrong_attempts SET count = count - 1 WHERE who = $1 AND count > 0";
        for subject in subjects {
            let statement = if subject.is_kiosk() { LOWER } else { FORGET };
            on!(&self.writer, db => {
                sqlx::query(statement).bind(bytes(*subject)).execute(db).await?;
            });
        }
        Ok(())
    }

    /// The counts whose last failure was after `since`.
    pub async fn failed_logins(&self, since: Timestamp) -> Result<Vec<FailedLogins>, StoreError> {
        const WRONG: &str = "SELECT who, count, last FROM wrong_attempts WHERE last > $1";
        on!(&self.readers, db => {
            let rows = sqlx::query(WRONG).bind(since.as_second()).fetch_all(db).await?;
            let attempt = |row: &_| attempt(row);
            rows.iter().map(attempt).collect()
        })
    }

    /// Deletes the counts whose last failure was at or before this time.
    pub async fn forget_failed_logins(&self, before: Timestamp) -> Result<(), StoreError> {
        on!(&self.writer, db => {
            sqlx::query("DELETE FROM wrong_attempts WHERE last <= \
                $1").bind(before.as_second()).execute(db).await?;
        });
        Ok(())
    }
}

fn attempt(row: &impl Columns) -> Result<FailedLogins, StoreError> {
    Ok(FailedLogins {
        subject: subject(&row.bytes("who")?)?,
        count: narrow(row.int("count")?)?,
        last: instant(row.int("last")?)?,
    })
}
