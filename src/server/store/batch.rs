//! One transaction of the writer: reads and writes of several bookings that are committed together. What to write is the
//! engine's decision.

use super::{BookingRecord, PersonId, PersonRecord, Store, StoreError, rows};
use crate::domain::booking::BookingNumber;
use crate::domain::channel::Channel;
use crate::domain::phone::MobileNumber;
use crate::domain::round::{Brand, Round};
use crate::domain::site::{Slot, SlotId};
use jiff::Timestamp;

/// An open transaction: dropped without [`Batch::commit`], nothing of it stays.
#[derive(Debug)]
pub struct Batch {
    pub(super) transaction: sqlx::Transaction<'static, sqlx::Sqlite>,
}

/// A booking to be written.
#[derive(Debug)]
pub struct NewBooking<'a> {
    pub person: PersonId,
    pub slot: SlotId,
    pub mobile: &'a MobileNumber,
    pub channel: Channel,
    pub key: &'a str,
    pub made: Timestamp,
}

impl Store {
    /// Begins a transaction that writes.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn batch(&self) -> Result<Batch, StoreError> {
        Ok(Batch { transaction: self.pool.begin_with("BEGIN IMMEDIATE").await? })
    }
}

impl Batch {
    /// # Errors
    /// [`StoreError`].
    pub async fn round(&mut self) -> Result<Round, StoreError> {
        rows::current_round(&mut self.transaction).await
    }

    /// # Errors
    /// [`StoreError`].
    pub async fn record(&mut self, person: PersonId, round: &Round) -> Result<PersonRecord, StoreError> {
        rows::record(&mut self.transaction, person, round.number).await
    }

    /// # Errors
    /// [`StoreError`].
    pub async fn slot(&mut self, round: &Round, slot: SlotId) -> Result<Option<(Slot, Brand)>, StoreError> {
        rows::slot(&mut self.transaction, round.number, slot).await
    }

    /// # Errors
    /// [`StoreError`].
    pub async fn booking_by_key(&mut self, key: &str) -> Result<Option<BookingRecord>, StoreError> {
        rows::booking_by_key(&mut self.transaction, key).await
    }

    /// Takes a seat, gives the next number of the round and writes the booking.
    ///
    /// # Errors
    /// [`StoreError::Database`] when a constraint says no: the whole batch must then be dropped.
    pub async fn book(&mut self, round: &Round, new: &NewBooking<'_>) -> Result<BookingNumber, StoreError> {
        sqlx::query("UPDATE slots SET taken = taken + 1 WHERE id = $1")
            .bind(i64::from(new.slot.0))
            .execute(&mut *self.transaction)
            .await?;
        let number = i64::from(u8::from(round.number));
        let sequence: i64 = sqlx::query_scalar(
            "UPDATE rounds SET last_sequence = last_sequence + 1 WHERE number = $1 RETURNING last_sequence",
        )
        .bind(number)
        .fetch_one(&mut *self.transaction)
        .await?;
        sqlx::query(
            "INSERT INTO bookings (round, sequence, person, slot, mobile, channel, idempotency_key, made) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        )
        .bind(number)
        .bind(sequence)
        .bind(new.person.0)
        .bind(i64::from(new.slot.0))
        .bind(new.mobile.expose())
        .bind(new.channel.code())
        .bind(new.key)
        .bind(new.made.as_second())
        .execute(&mut *self.transaction)
        .await?;
        BookingNumber::new(round.number, rows::small(sequence)?).map_err(|_| StoreError::Unreadable("a sequence"))
    }

    /// Gives the slot no more seats than are taken.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn close_slot(&mut self, slot: SlotId) -> Result<(), StoreError> {
        sqlx::query("UPDATE slots SET capacity = taken WHERE id = $1")
            .bind(i64::from(slot.0))
            .execute(&mut *self.transaction)
            .await?;
        Ok(())
    }

    /// Makes all of it durable.
    ///
    /// # Errors
    /// [`StoreError::Database`]: then nothing of it happened.
    pub async fn commit(self) -> Result<(), StoreError> {
        Ok(self.transaction.commit().await?)
    }
}
