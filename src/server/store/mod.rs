//! The only SQL of the project: rows in, domain types out. No rule is decided here; the constraints in `schema.sql` hold
//! whatever the engine decides.

pub mod batch;
pub mod import;
mod rows;

use crate::domain::booking::BookingNumber;
use crate::domain::card::CardNumber;
use crate::domain::eligibility::Applicant;
use crate::domain::identity::IdNumber;
use crate::domain::intention::Intention;
use crate::domain::person::{BirthDate, Category};
use crate::domain::phone::MobileNumber;
use crate::domain::region::DistrictCode;
use crate::domain::round::Round;
use crate::domain::site::{Site, SiteId, Slot};
use jiff::{Timestamp, civil::DateTime};
use sqlx::sqlite::{SqliteConnectOptions, SqlitePool, SqlitePoolOptions};

/// A person's row.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct PersonId(pub i64);

/// What is stored of a person for one round.
#[derive(Debug)]
pub struct PersonRecord {
    pub born: BirthDate,
    pub category: Option<Category>,
    pub intention: Option<Intention>,
    pub live: Option<BookingRecord>,
}

impl PersonRecord {
    /// The person as the rules see them.
    pub fn applicant(&self) -> Applicant<'_> {
        Applicant {
            born: self.born,
            category: self.category,
            intention: self.intention.as_ref(),
            live: self.live.as_ref().map(|booking| booking.number),
        }
    }
}

/// A booking's row with what is needed to show it.
#[derive(Clone, Debug)]
pub struct BookingRecord {
    pub number: BookingNumber,
    pub person: PersonId,
    pub slot: u32,
    pub made: Timestamp,
    pub site: Site,
    pub starts: DateTime,
    pub ends: DateTime,
    pub mobile: MobileNumber,
}

/// What can go wrong in the store. Its Display holds no stored value.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    #[error("the database failed")]
    Database(#[source] sqlx::Error),
    #[error("a stored value cannot be read: {0}")]
    Unreadable(&'static str),
    #[error("there is no round")]
    NoRound,
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        StoreError::Database(error)
    }
}

/// The database.
#[derive(Clone, Debug)]
pub struct Store {
    pool: SqlitePool,
}

impl Store {
    /// An empty database in memory: for the training and for tests. It has one connection, which lives as long as the store,
    /// and nothing that wakes up by itself.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn in_memory() -> Result<Self, StoreError> {
        let options = SqliteConnectOptions::new().filename(":memory:").foreign_keys(true);
        let pool = SqlitePoolOptions::new()
            .max_connections(1)
            .min_connections(1)
            .idle_timeout(None)
            .max_lifetime(None)
            .connect_with(options)
            .await?;
        sqlx::raw_sql(include_str!("schema.sql")).execute(&pool).await?;
        Ok(Self { pool })
    }

    /// The round with the highest number.
    ///
    /// # Errors
    /// [`StoreError::NoRound`] before the first import.
    pub async fn current_round(&self) -> Result<Round, StoreError> {
        rows::current_round(&mut *self.pool.acquire().await?).await
    }

    /// The person to whom both numbers belong.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn person(&self, id: &IdNumber, card: &CardNumber) -> Result<Option<PersonId>, StoreError> {
        let found: Option<i64> = sqlx::query_scalar("SELECT id FROM people WHERE id_number = $1 AND card = $2")
            .bind(id.expose())
            .bind(card.expose())
            .fetch_optional(&self.pool)
            .await?;
        Ok(found.map(PersonId))
    }

    /// What is stored of a person for this round.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn record(&self, person: PersonId, round: &Round) -> Result<PersonRecord, StoreError> {
        rows::record(&mut *self.pool.acquire().await?, person, round.number).await
    }

    /// Free seats of each district with a site in this round, full ones included.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn seats(&self, round: &Round) -> Result<Vec<(DistrictCode, u32)>, StoreError> {
        let rows: Vec<(i64, i64)> = sqlx::query_as(
            "SELECT sites.district, SUM(slots.capacity - slots.taken) FROM sites JOIN slots ON slots.site = sites.id \
             WHERE sites.round = $1 GROUP BY sites.district",
        )
        .bind(i64::from(u8::from(round.number)))
        .fetch_all(&self.pool)
        .await?;
        rows.into_iter()
            .map(|(district, free)| Ok((DistrictCode(rows::small(district)?), rows::small(free)?)))
            .collect()
    }

    /// The sites of a district in this round, with their free seats.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn sites(&self, round: &Round, district: DistrictCode) -> Result<Vec<(Site, u32)>, StoreError> {
        rows::sites(&mut *self.pool.acquire().await?, round.number, district).await
    }

    /// A site's slots in order of time; none for a site that does not exist.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn slots(&self, site: SiteId) -> Result<Vec<Slot>, StoreError> {
        rows::slots(&mut *self.pool.acquire().await?, site).await
    }

    /// Remembers a session, and forgets all that are over.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn open_session(
        &self,
        token_hash: &str,
        person: PersonId,
        now: Timestamp,
        expires: Timestamp,
    ) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM sessions WHERE expires <= $1").bind(now.as_second()).execute(&self.pool).await?;
        sqlx::query("INSERT INTO sessions (token_hash, person, expires) VALUES ($1, $2, $3)")
            .bind(token_hash)
            .bind(person.0)
            .bind(expires.as_second())
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    /// Whose session it is, if it is not over.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn session(&self, token_hash: &str, now: Timestamp) -> Result<Option<PersonId>, StoreError> {
        let found: Option<i64> =
            sqlx::query_scalar("SELECT person FROM sessions WHERE token_hash = $1 AND expires > $2")
                .bind(token_hash)
                .bind(now.as_second())
                .fetch_optional(&self.pool)
                .await?;
        Ok(found.map(PersonId))
    }

    /// Forgets a session.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn close_session(&self, token_hash: &str) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM sessions WHERE token_hash = $1").bind(token_hash).execute(&self.pool).await?;
        Ok(())
    }
}
