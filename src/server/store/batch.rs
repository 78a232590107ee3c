//! One transaction of the writer: a set of people and slots is read, the slots locked in their order, and a set of bookings is
//! written and committed. What to write is the engine's decision.

use super::database::{Columns, Transaction, on};
use super::people::{Key, PersonRecord, as_integer};
use super::programme::{Seats, seats};
use super::seal::Column;
use super::sessions::EndedSession;
use super::{PersonId, Store, StoreError, rows, small};
use crate::domain::booking::BookingNumber;
use crate::domain::channel::Channel;
use crate::domain::phone::MobileNumber;
use crate::domain::round::RoundNumber;
use crate::domain::site::SlotId;
use crate::server::keys::hex;
use jiff::Timestamp;
use std::collections::{HashMap, HashSet};

/// An open transaction with what was read in it. Dropped without [`Batch::write`], nothing of it stays.
#[derive(Debug)]
pub struct Batch {
    transaction: Transaction,
    store: Store,
    pub people: HashMap<PersonId, PersonRecord>,
    /// Locked: nobody else takes a seat of them before this transaction ends.
    pub seats: HashMap<SlotId, Seats>,
}

/// A booking to be written.
#[derive(Clone, Debug)]
pub struct NewBooking {
    pub number: BookingNumber,
    pub person: PersonId,
    pub slot: SlotId,
    pub mobile: MobileNumber,
    /// The same sealed, where it is stored already: sealing costs.
    pub mobile_sealed: Option<Vec<u8>>,
    pub channel: Channel,
    pub key: Key,
    pub made: Timestamp,
}

const LOCK_SQLITE: &str = "SELECT seats.slot, seats.capacity, seats.taken FROM json_each($1) AS asked \
     CROSS JOIN seats ON seats.slot = asked.value";
// In the order of their numbers: two servers that want the same slots wait for each other, never for ever.
const LOCK_POSTGRES: &str = "SELECT slot, capacity, taken FROM seats WHERE slot = ANY($1) ORDER BY slot FOR UPDATE";

const WRITE_SQLITE: &str = "INSERT INTO bookings (number, round, person, slot, mobile_sealed, channel, idempotency_key, made) \
     SELECT value ->> 0, $2, value ->> 1, value ->> 2, unhex(value ->> 3), value ->> 4, unhex(value ->> 5), value ->> 6 \
     FROM json_each($1)";
const TAKE_SQLITE: &str = "UPDATE seats SET taken = taken + asked.seats FROM \
     (SELECT value ->> 0 AS slot, value ->> 1 AS seats FROM json_each($1)) AS asked WHERE seats.slot = asked.slot";
// Another server may have booked the same person since they were read here: the index tells, and that row is left out. Rows go in
// by person, so that two servers with the same people cannot wait for each other either.
const WRITE_POSTGRES: &str = "WITH written AS (INSERT INTO bookings (number, round, person, slot, mobile_sealed, channel, idempotency_key, made) \
       SELECT number, $8, person, slot, mobile, channel, key, made \
       FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bytea[], $5::text[], $6::bytea[], $7::bigint[]) \
         AS asked(number, person, slot, mobile, channel, key, made) \
       ORDER BY person ON CONFLICT DO NOTHING RETURNING number, slot), \
     seated AS (UPDATE seats SET taken = taken + counted.seats \
       FROM (SELECT slot, COUNT(*) AS seats FROM written GROUP BY slot) AS counted WHERE seats.slot = counted.slot) \
     SELECT number FROM written";

impl Store {
    /// Begins a transaction that knows these people and holds these slots. Both are given in order and without repeats.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn batch(&self, round: RoundNumber, people: &[PersonId], slots: &[SlotId]) -> Result<Batch, StoreError> {
        let mut transaction = self.writer.begin().await?;
        let mut locked = HashMap::with_capacity(slots.len());
        let mut known = HashMap::new();
        if !slots.is_empty() {
            let asked: Vec<i64> = slots.iter().map(|slot| i64::from(slot.0)).collect();
            let mut keep = |row: &dyn Columns| {
                let seats = seats(row)?;
                locked.insert(seats.slot, seats);
                Ok::<_, StoreError>(())
            };
            match &mut transaction {
                Transaction::Sqlite(db) => {
                    let query = sqlx::query(LOCK_SQLITE).bind(rows(&asked)?);
                    query.fetch_all(&mut **db).await?.iter().try_for_each(|row| keep(row))?;
                }
                Transaction::Postgres(db) => {
                    let query = sqlx::query(LOCK_POSTGRES).bind(&asked);
                    query.fetch_all(&mut **db).await?.iter().try_for_each(|row| keep(row))?;
                }
            }
        }
        if !people.is_empty() {
            known = self.records(&mut transaction, people, round).await?;
        }
        Ok(Batch { transaction, store: self.clone(), people: known, seats: locked })
    }

    /// Takes the next `count` sequences of a round for the one who asks, for good. Returns the first.
    ///
    /// # Errors
    /// [`StoreError::Database`] when the round has no more numbers.
    pub async fn reserve(&self, round: RoundNumber, count: u32) -> Result<u32, StoreError> {
        const RESERVE: &str =
            "UPDATE rounds SET last_sequence = last_sequence + $1 WHERE number = $2 RETURNING last_sequence";
        let last = on!(&self.writer, db => {
            let query = sqlx::query(RESERVE).bind(i64::from(count)).bind(i64::from(u8::from(round)));
            query.fetch_one(db).await?.int("last_sequence")?
        });
        small(last + 1 - i64::from(count))
    }
}

impl Batch {
    /// Writes the bookings and the ended sessions and makes all of it durable. Tells for each booking whether it was written:
    /// not when another server has booked the same person meanwhile.
    ///
    /// # Errors
    /// [`StoreError`]: then nothing of any of them happened.
    pub async fn write(
        mut self,
        round: RoundNumber,
        bookings: &[NewBooking],
        ended: &[EndedSession],
    ) -> Result<Vec<bool>, StoreError> {
        let mut written = HashSet::new();
        if !bookings.is_empty() {
            let round = i64::from(u8::from(round));
            let columns = self.columns(bookings)?;
            match &mut self.transaction {
                Transaction::Sqlite(db) => {
                    sqlx::query(WRITE_SQLITE)
                        .bind(rows(&columns.as_rows(bookings))?)
                        .bind(round)
                        .execute(&mut **db)
                        .await?;
                    sqlx::query(TAKE_SQLITE).bind(rows(&taken(bookings))?).execute(&mut **db).await?;
                    written.extend(columns.numbers);
                }
                Transaction::Postgres(db) => {
                    let made: Vec<i64> = bookings.iter().map(|booking| booking.made.as_second()).collect();
                    let channels: Vec<&str> = bookings.iter().map(|booking| booking.channel.code()).collect();
                    let keys: Vec<&[u8]> = bookings.iter().map(|booking| booking.key.as_slice()).collect();
                    let slots: Vec<i64> = bookings.iter().map(|booking| i64::from(booking.slot.0)).collect();
                    let people: Vec<i64> = bookings.iter().map(|booking| booking.person.0).collect();
                    let rows = sqlx::query(WRITE_POSTGRES)
                        .bind(&columns.numbers)
                        .bind(&people)
                        .bind(&slots)
                        .bind(&columns.mobiles)
                        .bind(&channels)
                        .bind(&keys)
                        .bind(&made)
                        .bind(round)
                        .fetch_all(&mut **db)
                        .await?;
                    for row in &rows {
                        written.insert(row.int("number")?);
                    }
                }
            }
        }
        if !ended.is_empty() {
            super::sessions::end(&mut self.transaction, ended).await?;
        }
        self.transaction.commit().await?;
        Ok(bookings.iter().map(|booking| written.contains(&as_integer(booking.number))).collect())
    }

    fn columns(&self, bookings: &[NewBooking]) -> Result<Columnar, StoreError> {
        let seal = |booking: &NewBooking| match &booking.mobile_sealed {
            Some(sealed) => Ok(sealed.clone()),
            None => self.store.seal.seal(Column::Mobile, booking.person, booking.mobile.expose()),
        };
        Ok(Columnar {
            numbers: bookings.iter().map(|booking| as_integer(booking.number)).collect(),
            mobiles: bookings.iter().map(seal).collect::<Result<_, _>>()?,
        })
    }
}

/// The columns that are not a booking's own fields.
struct Columnar {
    numbers: Vec<i64>,
    mobiles: Vec<Vec<u8>>,
}

impl Columnar {
    fn as_rows<'a>(&self, bookings: &'a [NewBooking]) -> Vec<(i64, i64, u32, String, &'a str, String, i64)> {
        let row = |((booking, number), mobile): ((&'a NewBooking, &i64), &Vec<u8>)| {
            let key = hex(&booking.key);
            (
                *number,
                booking.person.0,
                booking.slot.0,
                hex(mobile),
                booking.channel.code(),
                key,
                booking.made.as_second(),
            )
        };
        bookings.iter().zip(&self.numbers).zip(&self.mobiles).map(row).collect()
    }
}

/// How many seats of each slot.
fn taken(bookings: &[NewBooking]) -> Vec<(u32, u32)> {
    let mut taken: HashMap<u32, u32> = HashMap::new();
    for booking in bookings {
        *taken.entry(booking.slot.0).or_default() += 1;
    }
    taken.into_iter().collect()
}
