//! Erases people: one who asks for it, and all of a round whose time is over. Bookings stay as
//! counts without anybody, so that seats and figures stay right; their person is then the negative
//! of their number, which is nobody's.

use super::Store;
use super::audit_trail::{Action, Actor, Entry};
use super::database::{Columns, Transaction, on, within};
use super::error::StoreError;
use super::ids::PersonId;
use super::programme::round_number;
use super::seal::Column;
use crate::domain::card::CardNumber;
use crate::domain::identity::IdNumber;
use crate::domain::person::Name;
use crate::domain::round::RoundNumber;
use jiff::Timestamp;
use jiff::civil::DateTime;

/// What became of a wish to be erased.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Erased {
    Done,
    /// The person has a booking that is still to come, and must cancel it first.
    Booked,
}

/// Bookings that are emptied in one transaction, so that nobody who books waits long.
const AT_ONCE: i64 = 5_000;

impl Store {
    /// Erases a person: what they registered, their messages, their name, numbers and birth date.
    /// Nothing of the database tells afterwards whose bookings those were. `civil` is Taiwan's time
    /// of `now`.
    ///
    /// # Errors
    /// If the database fails; then nothing of it was done.
    pub async fn erase_person(
        &self,
        person: PersonId,
        now: Timestamp,
        civil: DateTime,
    ) -> Result<Erased, StoreError> {
        const TO_COME: &str = "SELECT COUNT(*) AS n FROM bookings JOIN slots \
            ON slots.id = bookings.slot WHERE person = $1 AND cancelled IS NULL AND starts > $2";
        const STEPS: [&str; 5] = [
            "UPDATE seats SET taken = taken - 1 WHERE slot IN (SELECT slot FROM holds \
             WHERE person = $1 AND slot IS NOT NULL)",
            "DELETE FROM holds WHERE person = $1",
            "DELETE FROM messages WHERE person = $1",
            "DELETE FROM intentions WHERE person = $1",
            "UPDATE bookings SET person = -number, mobile_sealed = unhex('') WHERE person = $1",
        ];
        // The row stays, so that its number is not given to somebody else while a session of its
        // old owner is open.
        const EMPTY: &str = "UPDATE people SET id_hash = $2, card_hash = $2, \
            identity_sealed = unhex(''), born_sealed = unhex(''), category = NULL, \
            password_hash = NULL WHERE id = $1";
        let mut transaction = self.writer.begin().await?;
        let booked = within!(&mut transaction, db => {
            let query = sqlx::query(TO_COME).bind(person.0).bind(civil.to_string());
            query.fetch_one(db).await?.int("n")? > 0
        });
        if booked {
            return Ok(Erased::Booked);
        }
        if let Some(id) = self.id_number(&mut transaction, person).await? {
            self.erase_staff(&mut transaction, id, now).await?;
        }
        let nobody = self.seal.nobody();
        within!(&mut transaction, db => {
            for step in STEPS {
                sqlx::query(step).bind(person.0).execute(&mut *db).await?;
            }
            sqlx::query(EMPTY).bind(person.0).bind(nobody).execute(db).await?;
        });
        let entry = Entry::new(now, Actor::Administrator, Action::Erase);
        let entry = Entry { person: Some(person), ..entry };
        self.commit_with(transaction, &[entry]).await?;
        Ok(Erased::Done)
    }

    /// A person's identity number; `None` of somebody who is erased already.
    async fn id_number(
        &self,
        transaction: &mut Transaction,
        person: PersonId,
    ) -> Result<Option<IdNumber>, StoreError> {
        const IDENTITY: &str = "SELECT identity_sealed FROM people WHERE id = $1";
        let sealed = within!(transaction, db => {
            let row = sqlx::query(IDENTITY).bind(person.0).fetch_optional(db).await?;
            row.map(|row| row.bytes("identity_sealed")).transpose()?
        });
        let opened =
            sealed.and_then(|sealed| self.seal.open(Column::Identity, person, sealed).ok());
        let read = opened.and_then(|opened| {
            serde_json::from_str::<(IdNumber, CardNumber, Name)>(opened.expose()).ok()
        });
        Ok(read.map(|(id, ..)| id))
    }

    /// The rounds that closed at or before this time and still know whose their bookings are.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn rounds_to_forget(
        &self,
        closed: Timestamp,
    ) -> Result<Vec<RoundNumber>, StoreError> {
        const OLD: &str = "SELECT number FROM rounds WHERE closes <= $1 AND EXISTS \
            (SELECT 1 FROM bookings WHERE bookings.round = rounds.number AND person > 0)";
        on!(&self.readers, db => {
            let rows = sqlx::query(OLD).bind(closed.as_second()).fetch_all(db).await?;
            rows.iter().map(|row| round_number(row.int("number")?)).collect()
        })
    }

    /// Forgets whose the bookings of a round are, and all its messages. What people registered
    /// stays: it counts for the next round, until they withdraw it.
    ///
    /// # Errors
    /// If the database fails; then what is left is forgotten the next time.
    pub async fn forget_round(&self, round: RoundNumber, now: Timestamp) -> Result<(), StoreError> {
        const EMPTY: &str = "UPDATE bookings SET person = -number, mobile_sealed = unhex('') \
            WHERE number IN (SELECT number FROM bookings WHERE round = $1 AND person > 0 LIMIT $2)";
        const MESSAGES: &str = "DELETE FROM messages WHERE round = $1";
        // Seats that are still set aside are given back.
        const HOLDS: [&str; 2] = [
            "UPDATE seats SET taken = taken - (SELECT COUNT(*) FROM holds \
             WHERE holds.slot = seats.slot) WHERE slot IN (SELECT slot FROM holds \
             WHERE round = $1 AND slot IS NOT NULL)",
            "DELETE FROM holds WHERE round = $1",
        ];
        let number = i64::from(u8::from(round));
        loop {
            let emptied = on!(&self.writer, db => {
                let query = sqlx::query(EMPTY).bind(number).bind(AT_ONCE);
                query.execute(db).await?.rows_affected()
            });
            if emptied == 0 {
                break;
            }
        }
        let mut transaction = self.writer.begin().await?;
        within!(&mut transaction, db => {
            for step in HOLDS {
                sqlx::query(step).bind(number).execute(&mut *db).await?;
            }
            sqlx::query(MESSAGES).bind(number).execute(db).await?;
        });
        let entry = Entry::new(now, Actor::Service, Action::Erase);
        let entry = Entry { before: Some(format!("round {number}")), ..entry };
        self.commit_with(transaction, &[entry]).await
    }
}
