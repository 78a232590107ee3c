//! Rounds as an administrator handles them: listed, opened, closed, settled a set at a time,
//! reported. Which person takes part is the domain's decision.

use super::Store;
use super::audit_trail::{Action, Actor, Entry};
use super::database::{Columns, on, within};
use super::error::StoreError;
use super::ids::PersonId;
use super::outbox::Kind;
use super::people::PersonRecord;
use super::programme::round_number;
use super::values::{narrow, rows};
use crate::domain::round::{Round, RoundNumber};
use crate::server::hexadecimal::hexadecimal;
use jiff::Timestamp;

/// What a report says of a round.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Figures {
    pub registered: u64,
    /// In time for this round.
    pub in_time: u64,
    /// Told that they may book.
    pub settled: u64,
    pub seats: u64,
    pub taken: u64,
    pub booked: u64,
    pub cancelled: u64,
    /// Bookings that ended because their slot was closed.
    pub displaced: u64,
    /// Seats that are set aside for somebody.
    pub held: u64,
    /// Text messages that are still to be sent.
    pub waiting_messages: u64,
}

const CHANGED: &str = "UPDATE changes SET number = number + 1 WHERE what = 'programme'";
/// People with an intention, after a given one; without a booking, as it does not matter here.
const NEXT: &str = "SELECT people.id AS person, people.born_sealed, people.category, \
    intentions.number AS registration, \
     intentions.registered, intentions.mobile_sealed AS registered_mobile, intentions.district, \
     intentions.brands, \
     intentions.language, CAST(NULL AS BIGINT) AS number, \
     CAST(NULL AS BIGINT) AS hold_until FROM intentions JOIN people ON people.id \
     = intentions.person \
     WHERE intentions.person > $1 ORDER BY intentions.person LIMIT 5000";
const TELL: &str = "INSERT INTO messages (once, kind, round, language, person, mobile_sealed, \
    opens, made, due) \
     SELECT value ->> 0, $2, $3, value ->> 1, CAST(value ->> 2 AS BIGINT), unhex(value ->> 3), \
     CAST(value ->> 4 AS BIGINT), $4, $4 \
     FROM {rows} \
     ON CONFLICT DO NOTHING";

/// Somebody who registered, and in which language they are written to.
#[derive(Clone, Debug)]
pub struct Registered {
    pub record: PersonRecord,
    pub language: String,
}

impl Store {
    /// All rounds, in order of their numbers.
    pub async fn rounds(&self) -> Result<Vec<Round>, StoreError> {
        let numbers: Vec<RoundNumber> = on!(&self.readers, db => {
            let rows = sqlx::query("SELECT number FROM rounds ORDER BY \
                number").fetch_all(db).await?;
            rows.iter().map(|row| round_number(row.int("number")?)).collect::<Result<_, _>>()?
        });
        let mut rounds = Vec::with_capacity(numbers.len());
        for number in numbers {
            rounds.extend(self.round(number).await?);
        }
        Ok(rounds)
    }

    /// Moves a round's booking window; `entry` is what the audit trail is told.
    pub async fn set_window(
        &self,
        number: RoundNumber,
        opens: Timestamp,
        closes: Timestamp,
        entry: Entry,
    ) -> Result<(), StoreError> {
        const SET: &str = "UPDATE rounds SET opens = $2, closes = $3 WHERE number = $1";
        let mut transaction = self.writer.begin().await?;
        within!(&mut transaction, db => {
            let query = sqlx::query(SET).bind(i64::from(u8::from(number)));
            query.bind(opens.as_second()).bind(closes.as_second()).execute(&mut *db).await?;
            sqlx::query(CHANGED).execute(db).await?;
        });
        self.commit_with(transaction, &[entry]).await
    }

    /// A set of those who registered, after this person.
    pub async fn registered_after(&self, person: PersonId) -> Result<Vec<Registered>, StoreError> {
        on!(&self.readers, db => {
            let rows = sqlx::query(NEXT).bind(person.0).fetch_all(db).await?;
            let registered = |row| {
                Ok(Registered { record: self.record(row)?, language: row.text("language")? })
            };
            rows.iter().map(|row| registered(row as &dyn Columns)).collect()
        })
    }

    /// Tells these people that they may book: each once a round, however often it is settled.
    pub async fn tell_settled(
        &self,
        round: &Round,
        people: &[Registered],
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let number = u8::from(round.number);
        let row = |person: &Registered| {
            let id = person.record.person.0;
            let mobile = person.record.mobile_sealed.as_deref().unwrap_or_default();
            (
                format!("settled {number} {id}"),
                person.language.clone(),
                id,
                hexadecimal(mobile),
                round.opens_for(person.record.born).as_second(),
            )
        };
        let set = rows(&people.iter().map(row).collect::<Vec<_>>())?;
        let mut transaction = self.writer.begin().await?;
        let statement = transaction.with_rows(TELL);
        within!(&mut transaction, db => {
            let query = sqlx::query(statement).bind(set).bind(Kind::Settled.code())
                .bind(i64::from(number));
            query.bind(now.as_second()).execute(db).await?;
        });
        transaction.commit().await
    }

    /// The round is settled.
    pub async fn set_settled(&self, number: RoundNumber, now: Timestamp) -> Result<(), StoreError> {
        let mut transaction = self.writer.begin().await?;
        within!(&mut transaction, db => {
            let query = sqlx::query("UPDATE rounds SET settled = $2 WHERE number = $1");
            query.bind(i64::from(u8::from(number))).bind(now.as_second()).execute(&mut *db).await?;
            sqlx::query(CHANGED).execute(db).await?;
        });
        let entry = Entry::new(now, Actor::Administrator, Action::ChangeRound);
        let entry = Entry { after: Some(format!("round {} settled", u8::from(number))), ..entry };
        self.commit_with(transaction, &[entry]).await
    }

    /// How many have registered.
    pub async fn count_registered(&self) -> Result<u64, StoreError> {
        on!(&self.readers, db => {
            narrow(sqlx::query("SELECT COUNT(*) AS number FROM \
                intentions").fetch_one(db).await?.int("number")?)
        })
    }

    /// A round in figures.
    pub async fn figures(&self, round: &Round) -> Result<Figures, StoreError> {
        const FIGURES: &str = "SELECT (SELECT COUNT(*) FROM intentions) AS registered, \
             (SELECT COUNT(*) FROM intentions WHERE registered <= $2) AS in_time, \
             (SELECT COUNT(*) FROM messages WHERE round = $1 AND kind = 'settled') AS settled, \
             (SELECT CAST(COALESCE(SUM(capacity), 0) AS BIGINT) FROM seats WHERE round = $1) AS \
             seats, \
             (SELECT CAST(COALESCE(SUM(taken), 0) AS BIGINT) FROM seats WHERE round = $1) AS \
             taken, \
             (SELECT COUNT(*) FROM bookings WHERE round = $1 AND cancelled IS NULL) AS booked, \
             (SELECT COUNT(*) FROM bookings WHERE round = $1 AND cancelled IS NOT NULL \
             AND displaced IS NULL) AS cancelled, \
             (SELECT COUNT(*) FROM bookings WHERE round = $1 AND displaced IS NOT NULL) AS \
             displaced, \
             (SELECT COUNT(slot) FROM holds WHERE round = $1) AS held, \
             (SELECT COUNT(*) FROM messages WHERE due IS NOT NULL) AS waiting";
        on!(&self.readers, db => {
            let query = sqlx::query(FIGURES).bind(i64::from(u8::from(round.number)));
            let row = query.bind(round.registration_until.as_second()).fetch_one(db).await?;
            let figure = |name| narrow(row.int(name)?);
            Ok(Figures {
                registered: figure("registered")?,
                in_time: figure("in_time")?,
                settled: figure("settled")?,
                seats: figure("seats")?,
                taken: figure("taken")?,
                booked: figure("booked")?,
                cancelled: figure("cancelled")?,
                displaced: figure("displaced")?,
                held: figure("held")?,
                waiting_messages: figure("waiting")?,
            })
        })
    }
}
