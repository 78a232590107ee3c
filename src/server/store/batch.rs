//! One transaction of the writer: a set of people and slots is read, the slots locked in their
//! order, and what was decided is written and committed. What to write is the engine's decision.

use super::Store;
use super::database::{Columns, Transaction, on, within};
use super::decided::{Cancellation, Decided, Move, NewBooking, Registration, Series};
use super::error::StoreError;
use super::ids::PersonId;
use super::outbox::{self, Kind, Telling};
use super::people::{PersonRecord, as_integer};
use super::programme::{Seats, seats};
use super::seal::Column;
use super::values::{narrow, rows};
use crate::domain::round::RoundNumber;
use crate::domain::site::SlotId;
use jiff::Timestamp;
use std::collections::{BTreeMap, HashMap, HashSet};

/// An open transaction with what was read in it. Dropped without [`Batch::write`], nothing of it
/// stays.
#[derive(Debug)]
pub struct Batch {
    transaction: Transaction,
    store: Store,
    pub people: HashMap<PersonId, PersonRecord>,
    /// Locked: nobody else takes a seat of them before this transaction ends.
    pub seats: HashMap<SlotId, Seats>,
}

const LOCK_SQLITE: &str = "SELECT seats.slot, seats.capacity, seats.taken FROM json_each($1) AS \
    asked \
     CROSS JOIN seats ON seats.slot = asked.value";
// In the order of their numbers: two servers that want the same slots wait for each other, never
// for ever.
const LOCK_POSTGRES: &str =
    "SELECT slot, capacity, taken FROM seats WHERE slot = ANY($1) ORDER BY slot FOR UPDATE";

const WRITE_SQLITE: &str = "INSERT INTO bookings (number, round, person, slot, mobile_sealed, \
    channel, idempotency_key, made, language) \
     SELECT value ->> 0, $2, value ->> 1, value ->> 2, unhex(value ->> 3), value ->> 4, \
     unhex(value ->> 5), value ->> 6, \
     value ->> 7 FROM json_each($1)";
const SEAT: &str = "UPDATE seats SET taken = taken + asked.seats FROM \
     (SELECT CAST(value ->> 0 AS BIGINT) AS at, CAST(value ->> 1 AS BIGINT) AS seats FROM {rows}) \
     AS asked \
     WHERE seats.slot = asked.at";
// Another server may have booked the same person since they were read here: the index tells, and
// that row is left out. Rows go in by person, so that two servers with the same people cannot wait
// for each other either.
const WRITE_POSTGRES: &str = "WITH written AS (INSERT INTO bookings (number, round, person, slot, \
    mobile_sealed, channel, idempotency_key, made, language) \
       SELECT number, $8, person, slot, mobile, channel, key, made, language \
       FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bytea[], $5::text[], $6::bytea[], \
       $7::bigint[], $9::text[]) \
         AS asked(number, person, slot, mobile, channel, key, made, language) \
       ORDER BY person ON CONFLICT DO NOTHING RETURNING number, slot), \
     seated AS (UPDATE seats SET taken = taken + counted.seats \
       FROM (SELECT slot, COUNT(*) AS seats FROM written GROUP BY slot) AS counted WHERE \
       seats.slot = counted.slot) \
     SELECT number FROM written";

// Only as long as it is what was read: another server may have changed it since.
const MOVE: &str = "UPDATE bookings SET slot = asked.aim, moved = asked.at, language = \
    asked.speech FROM \
     (SELECT CAST(value ->> 0 AS BIGINT) AS n, CAST(value ->> 1 AS BIGINT) AS origin, CAST(value \
     ->> 2 AS BIGINT) AS aim, \
     CAST(value ->> 3 AS BIGINT) AS at, value ->> 4 AS speech FROM {rows}) AS asked \
     WHERE number = asked.n AND slot = asked.origin AND cancelled IS NULL RETURNING number";
const CANCEL: &str = "UPDATE bookings SET cancelled = asked.at, language = asked.speech FROM \
     (SELECT CAST(value ->> 0 AS BIGINT) AS n, CAST(value ->> 1 AS BIGINT) AS origin, CAST(value \
     ->> 2 AS BIGINT) AS at, \
     value ->> 3 AS speech FROM {rows}) AS asked \
     WHERE number = asked.n AND slot = asked.origin AND cancelled IS NULL RETURNING number";
// A person whom another server has registered meanwhile keeps that number: theirs here is left out.
const REGISTER: &str = "INSERT INTO intentions (person, number, registered, mobile_sealed, \
    district, brands, language) \
     SELECT CAST(value ->> 0 AS BIGINT), CAST(value ->> 1 AS BIGINT), CAST(value ->> 2 AS BIGINT), \
     unhex(value ->> 3), \
     CAST(value ->> 4 AS BIGINT), value ->> 5, value ->> 6 FROM {rows} \
     ON CONFLICT (person) DO UPDATE SET mobile_sealed = excluded.mobile_sealed, district = \
     excluded.district, \
     brands = excluded.brands, language = excluded.language WHERE intentions.number = \
     excluded.number RETURNING person";
const WITHDRAW: &str =
    "DELETE FROM intentions WHERE person IN (SELECT CAST(value ->> 0 AS BIGINT) FROM {rows})";

impl Store {
    /// Begins a transaction that knows these people and holds these slots. Both are given in order
    /// and without repeats.
    pub async fn batch(
        &self,
        round: RoundNumber,
        people: &[PersonId],
        slots: &[SlotId],
    ) -> Result<Batch, StoreError> {
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

    /// Takes the next `count` sequences of a round for the one who asks, for good. Returns the
    /// first.
    ///
    /// # Errors
    /// [`StoreError::Database`] when the round has no more numbers.
    pub async fn reserve(
        &self,
        round: RoundNumber,
        series: Series,
        count: u32,
    ) -> Result<u32, StoreError> {
        const BOOKINGS: &str = "UPDATE rounds SET last_sequence = last_sequence + $1 WHERE number \
            = $2 RETURNING last_sequence AS last";
        const REGISTRATIONS: &str = "UPDATE rounds SET last_registration = last_registration + $1 \
            WHERE number = $2 \
             RETURNING last_registration AS last";
        let reserve = match series {
            Series::Bookings => BOOKINGS,
            Series::Registrations => REGISTRATIONS,
        };
        let last = on!(&self.writer, db => {
            let query = sqlx::query(reserve).bind(i64::from(count))
                .bind(i64::from(u8::from(round)));
            query.fetch_one(db).await?.int("last")?
        });
        narrow(last + 1 - i64::from(count))
    }
}

impl Batch {
    /// Writes what was decided, and what people are to be told of it, and makes all of it durable.
    /// Returns those with whom it was not done, because another server has changed the same thing
    /// meanwhile.
    ///
    /// # Errors
    /// [`StoreError`]: then nothing of any of them happened.
    pub async fn write(
        mut self,
        round: RoundNumber,
        decided: &Decided,
    ) -> Result<HashSet<PersonId>, StoreError> {
        let mut lost = HashSet::new();
        // Seats that are given up go first, so that those who take them find them.
        self.change(decided, &mut lost).await?;
        self.book(round, &decided.bookings, &mut lost).await?;
        self.register(decided, &mut lost).await?;
        if !decided.spent.is_empty() {
            super::spent_tokens::write(&mut self.transaction, &decided.spent).await?;
        }
        let tellings = tellings(decided, &lost);
        if let Some(first) = tellings.first() {
            let made = Timestamp::from_second(first.at).unwrap_or_default();
            outbox::put(&mut self.transaction, self.store.seal.number(), made, &tellings).await?;
        }
        self.transaction.commit().await?;
        Ok(lost)
    }

    async fn book(
        &mut self,
        round: RoundNumber,
        bookings: &[NewBooking],
        lost: &mut HashSet<PersonId>,
    ) -> Result<(), StoreError> {
        if bookings.is_empty() {
            return Ok(());
        }
        let round = i64::from(u8::from(round));
        let columns = self.columns(bookings);
        if let Transaction::Sqlite(db) = &mut self.transaction {
            let rows = rows(&columns.as_rows(bookings))?;
            sqlx::query(WRITE_SQLITE).bind(rows).bind(round).execute(&mut **db).await?;
            let mut taken = BTreeMap::new();
            bookings.iter().for_each(|booking| *taken.entry(booking.slot).or_default() += 1);
            return self.seat(&taken).await;
        }
        if let Transaction::Postgres(db) = &mut self.transaction {
            let made: Vec<i64> = bookings.iter().map(|booking| booking.made.as_second()).collect();
            let channels: Vec<&str> =
                bookings.iter().map(|booking| booking.channel.code()).collect();
            let languages: Vec<&str> =
                bookings.iter().map(|booking| booking.language.tag()).collect();
            let keys: Vec<&[u8]> = bookings.iter().map(|booking| booking.key.as_slice()).collect();
            let slots: Vec<i64> =
                bookings.iter().map(|booking| i64::from(booking.slot.0)).collect();
            let people: Vec<i64> = bookings.iter().map(|booking| booking.person.0).collect();
            let query =
                sqlx::query(WRITE_POSTGRES).bind(&columns.numbers).bind(&people).bind(&slots);
            let query =
                query.bind(&columns.mobiles).bind(&channels).bind(&keys).bind(&made).bind(round);
            let written = query.bind(&languages).fetch_all(&mut **db).await?;
            let written: HashSet<i64> =
                written.iter().map(|row| row.int("number")).collect::<Result<_, _>>()?;
            let missing =
                bookings.iter().filter(|booking| !written.contains(&as_integer(booking.number)));
            lost.extend(missing.map(|booking| booking.person));
        }
        Ok(())
    }

    async fn change(
        &mut self,
        decided: &Decided,
        lost: &mut HashSet<PersonId>,
    ) -> Result<(), StoreError> {
        let Decided { moves, cancellations, .. } = decided;
        let mut seats: BTreeMap<SlotId, i64> = BTreeMap::new();
        if !moves.is_empty() {
            let row = |m: &Move| {
                (as_integer(m.number), m.from.0, m.to.0, m.at.as_second(), m.language.tag())
            };
            let done =
                self.returning(MOVE, &moves.iter().map(row).collect::<Vec<_>>(), "number").await?;
            for one in moves {
                if done.contains(&as_integer(one.number)) {
                    *seats.entry(one.from).or_default() -= 1;
                    *seats.entry(one.to).or_default() += 1;
                } else {
                    lost.insert(one.person);
                }
            }
        }
        if !cancellations.is_empty() {
            let row = |c: &Cancellation| {
                (as_integer(c.number), c.slot.0, c.at.as_second(), c.language.tag())
            };
            let done = self
                .returning(CANCEL, &cancellations.iter().map(row).collect::<Vec<_>>(), "number")
                .await?;
            for one in cancellations {
                if done.contains(&as_integer(one.number)) {
                    *seats.entry(one.slot).or_default() -= 1;
                } else {
                    lost.insert(one.person);
                }
            }
        }
        self.seat(&seats).await
    }

    async fn register(
        &mut self,
        decided: &Decided,
        lost: &mut HashSet<PersonId>,
    ) -> Result<(), StoreError> {
        if !decided.registrations.is_empty() {
            let mut rows = Vec::with_capacity(decided.registrations.len());
            for Registration { person, intention, language } in &decided.registrations {
                let mobile =
                    self.store.seal.seal(Column::Mobile, *person, intention.mobile.expose());
                rows.push((
                    person.0,
                    as_integer(intention.number.0),
                    intention.registered.as_second(),
                    hex::encode(&mobile),
                    intention.district.0,
                    super::import::codes(&intention.brands),
                    language.tag(),
                ));
            }
            let done = self.returning(REGISTER, &rows, "person").await?;
            let people = decided.registrations.iter().map(|registration| registration.person);
            lost.extend(people.filter(|person| !done.contains(&person.0)));
        }
        if !decided.withdrawals.is_empty() {
            let people: Vec<(i64,)> =
                decided.withdrawals.iter().map(|person| (person.0,)).collect();
            let statement = self.transaction.with_rows(WITHDRAW);
            let people = rows(&people)?;
            within!(&mut self.transaction, db => {
                sqlx::query(statement).bind(people).execute(db).await?;
            });
        }
        Ok(())
    }

    /// Seats taken, and given back.
    async fn seat(&mut self, seats: &BTreeMap<SlotId, i64>) -> Result<(), StoreError> {
        let seats: Vec<(u32, i64)> =
            seats.iter().filter(|(_, n)| **n != 0).map(|(slot, n)| (slot.0, *n)).collect();
        if !seats.is_empty() {
            let (statement, seats) = (self.transaction.with_rows(SEAT), rows(&seats)?);
            within!(&mut self.transaction, db => {
                sqlx::query(statement).bind(seats).execute(db).await?;
            });
        }
        Ok(())
    }

    /// Runs a statement over a set of rows; which it says were changed.
    async fn returning(
        &mut self,
        statement: &'static str,
        set: &impl serde::Serialize,
        column: &'static str,
    ) -> Result<HashSet<i64>, StoreError> {
        let (statement, set) = (self.transaction.with_rows(statement), rows(set)?);
        within!(&mut self.transaction, db => {
            let done = sqlx::query(statement).bind(set).fetch_all(db).await?;
            done.iter().map(|row| row.int(column)).collect()
        })
    }

    fn columns(&self, bookings: &[NewBooking]) -> Columnar {
        let seal = |booking: &NewBooking| match &booking.mobile_sealed {
            Some(sealed) => sealed.clone(),
            None => self.store.seal.seal(Column::Mobile, booking.person, booking.mobile.expose()),
        };
        Columnar {
            numbers: bookings.iter().map(|booking| as_integer(booking.number)).collect(),
            mobiles: bookings.iter().map(seal).collect(),
        }
    }
}

fn tellings(decided: &Decided, lost: &HashSet<PersonId>) -> Vec<Telling> {
    let telling = |kind, number, slot, language, at: Timestamp| Telling {
        kind,
        number,
        slot,
        language,
        at: at.as_second(),
    };
    let happened = |person: PersonId| !lost.contains(&person);
    let booked = decided.bookings.iter().filter(|new| happened(new.person));
    let booked =
        booked.map(|new| telling(Kind::Booked, new.number, new.slot, new.language, new.made));
    let moved = decided.moves.iter().filter(|one| happened(one.person));
    let moved = moved.map(|one| telling(Kind::Moved, one.number, one.to, one.language, one.at));
    let cancelled = decided.cancellations.iter().filter(|one| happened(one.person));
    let cancelled =
        cancelled.map(|one| telling(Kind::Cancelled, one.number, one.slot, one.language, one.at));
    booked.chain(moved).chain(cancelled).collect()
}

/// The columns that are not a booking's own fields.
struct Columnar {
    numbers: Vec<i64>,
    mobiles: Vec<Vec<u8>>,
}

/// A booking's row: number, person, slot, mobile, channel, key, when, language.
type Row<'a> = (i64, i64, u32, String, &'a str, String, i64, &'a str);

impl Columnar {
    fn as_rows<'a>(&self, bookings: &'a [NewBooking]) -> Vec<Row<'a>> {
        let row = |((booking, number), mobile): ((&'a NewBooking, &i64), &Vec<u8>)| {
            let (key, made) = (hex::encode(booking.key), booking.made.as_second());
            let (channel, language) = (booking.channel.code(), booking.language.tag());
            (
                *number,
                booking.person.0,
                booking.slot.0,
                hex::encode(mobile),
                channel,
                key,
                made,
                language,
            )
        };
        bookings.iter().zip(&self.numbers).zip(&self.mobiles).map(row).collect()
    }
}
