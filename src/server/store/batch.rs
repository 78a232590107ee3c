//! One transaction of the writer: a set of people and slots is read, the slots locked in their
//! order, and what was decided is written and committed. What to write is the engine's decision.

use super::Store;
use super::audit_trail::{self, Appended};
use super::batch_sql::{
    CANCEL, LEAVE_LINES, LOCK_POSTGRES, LOCK_SQLITE, MOVE, REGISTER, WITHDRAW, WRITE_POSTGRES,
    WRITE_SQLITE,
};
use super::database::{Columns, Transaction, in_time, on, within};
use super::decided::{Cancellation, Decided, Move, NewBooking, Registration, Series};
use super::earlier_slots;
use super::error::StoreError;
use super::holds::{self, Counted, changed};
use super::ids::PersonId;
use super::outbox::{self, Told};
use super::people::{PersonRecord, as_integer};
use super::programme::{Seats, brand_codes, seats};
use super::seal::Column;
use super::values::{narrow, rows};
use crate::domain::round::RoundNumber;
use crate::domain::site::SlotId;
use crate::server::hexadecimal::hexadecimal;
use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap, HashSet};

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

impl Store {
    /// Begins a transaction that knows these people and holds these slots. Both are given in order
    /// and without repeats.
    pub async fn batch(
        &self,
        round: RoundNumber,
        people: &[PersonId],
        slots: &[SlotId],
    ) -> Result<Batch, StoreError> {
        self.writes.note(in_time(self.begin_batch(round, people, slots)).await)
    }

    /// Who books gives back the seat that was set aside for them, so its slot has to be locked too.
    /// Slots are locked in one order, so that no two servers wait for each other for ever:
    /// when a person turns out to have such a seat, all is begun again with its slot.
    async fn begin_batch(
        &self,
        round: RoundNumber,
        people: &[PersonId],
        slots: &[SlotId],
    ) -> Result<Batch, StoreError> {
        let mut batch = self.begin_once(round, people, slots).await?;
        loop {
            let held = batch.people.values().filter_map(|person| person.hold?.slot);
            let held: BTreeSet<SlotId> =
                held.filter(|slot| !batch.seats.contains_key(slot)).collect();
            if held.is_empty() {
                return Ok(batch);
            }
            let slots: BTreeSet<SlotId> = batch.seats.keys().copied().chain(held).collect();
            batch.transaction.commit().await?;
            let slots: Vec<SlotId> = slots.into_iter().collect();
            batch = self.begin_once(round, people, &slots).await?;
        }
    }

    async fn begin_once(
        &self,
        round: RoundNumber,
        people: &[PersonId],
        slots: &[SlotId],
    ) -> Result<Batch, StoreError> {
        self.check_place()?;
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
    /// If a constraint refuses it or the database fails: then nothing of any of them happened, but
    /// after [`StoreError::TooSlow`] or a lost connection that is not known.
    pub async fn write(
        self,
        round: RoundNumber,
        decided: &Decided,
    ) -> Result<HashSet<PersonId>, StoreError> {
        let writes = self.store.writes.clone();
        writes.note(in_time(self.write_all(round, decided)).await)
    }

    async fn write_all(
        mut self,
        round: RoundNumber,
        decided: &Decided,
    ) -> Result<HashSet<PersonId>, StoreError> {
        let mut lost = HashSet::new();
        // What is given up, moved and kept for those who wait comes to one change of the seats: a
        // cancelled one that is kept to none. It goes first, so that those who take seats that are
        // given up find them.
        let mut seats = Counted::new();
        if !decided.ended_holds.is_empty() {
            let ended = &decided.ended_holds;
            holds::end(&mut self.transaction, round, ended, &mut lost, &mut seats).await?;
        }
        self.change(decided, &mut lost, &mut seats).await?;
        if !decided.freed.is_empty() {
            let (freed, seal) = (&decided.freed, &self.store.seal);
            holds::keep_freed(&mut self.transaction, round, freed, &lost, seal, &mut seats).await?;
        }
        let there = decided.bookings.iter().filter(|new| !lost.contains(&new.person));
        let there = match lost.is_empty() {
            true => Cow::Borrowed(&decided.bookings),
            false => Cow::Owned(there.cloned().collect()),
        };
        // What the trail is told is made while the database writes, as if nobody were lost by that.
        let (store, lost_before) = (self.store.clone(), lost.clone());
        let (booked, prepared) = tokio::join!(self.book(round, &there, seats, &mut lost), async {
            store.prepare(&audit_trail::entries(decided, &lost_before))
        });
        booked?;
        if decided.parts(&lost) {
            return Err(StoreError::Parted);
        }
        self.register(decided, &mut lost).await?;
        if let Some(at) = decided.hold_ended() {
            super::offers::taken(&mut self.transaction, round, &decided.ended_holds, at).await?;
        }
        if !decided.spent.is_empty() {
            super::spent_tokens::write(&mut self.transaction, &decided.spent).await?;
        }
        let told = Told::of(self.store.seal.random_number(), &outbox::tellings(decided, &lost))?;
        let prepared = match lost == lost_before {
            true => prepared?,
            false => self.store.prepare(&audit_trail::entries(decided, &lost))?,
        };
        let appended = self.store.append(&mut self.transaction, prepared, told).await?;
        self.transaction.commit().await?;
        appended.into_iter().for_each(Appended::committed);
        Ok(lost)
    }

    async fn book(
        &mut self,
        round: RoundNumber,
        bookings: &[NewBooking],
        mut seats: Counted,
        lost: &mut HashSet<PersonId>,
    ) -> Result<(), StoreError> {
        if bookings.is_empty() {
            return self.seat(&seats).await;
        }
        let round = i64::from(u8::from(round));
        let columns = self.columns(bookings);
        if let Transaction::Sqlite(db) = &mut self.transaction {
            bookings.iter().for_each(|booking| *seats.entry(booking.slot).or_default() += 1);
            let query = sqlx::query(WRITE_SQLITE).bind(rows(&columns.as_rows(bookings))?);
            query.bind(round).bind(changed(&seats)?).execute(&mut **db).await?;
            return Ok(());
        }
        self.seat(&seats).await?;
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
        seats: &mut Counted,
    ) -> Result<(), StoreError> {
        let Decided { moves, cancellations, .. } = decided;
        if !moves.is_empty() {
            let row = |m: &Move| {
                (as_integer(m.number), m.from.0, m.to.0, m.at.as_second(), m.language.tag())
            };
            let done =
                self.returning(MOVE, &moves.iter().map(row).collect::<Vec<_>>(), "number").await?;
            earlier_slots::keep(&mut self.transaction, moves, &done).await?;
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
        Ok(())
    }

    async fn register(
        &mut self,
        decided: &Decided,
        lost: &mut HashSet<PersonId>,
    ) -> Result<(), StoreError> {
        if !decided.registrations.is_empty() {
            let mut rows = Vec::with_capacity(decided.registrations.len());
            for Registration { person, intention, language, .. } in &decided.registrations {
                let mobile =
                    self.store.seal.seal(Column::Mobile, *person, intention.mobile.expose());
                rows.push((
                    person.0,
                    as_integer(intention.number.0),
                    intention.registered.as_second(),
                    hexadecimal(&mobile),
                    intention.district.0,
                    brand_codes(&intention.brands),
                    language.tag(),
                ));
            }
            let done = self.returning(REGISTER, &rows, "person").await?;
            let people = decided.registrations.iter().map(|registration| registration.person);
            lost.extend(people.filter(|person| !done.contains(&person.0)));
        }
        if !decided.withdrawals.is_empty() {
            let there = decided.withdrawals.iter().filter(|one| !lost.contains(&one.person));
            let people = rows(&there.map(|one| (one.person.0,)).collect::<Vec<_>>())?;
            let statements = [WITHDRAW, LEAVE_LINES[0], LEAVE_LINES[1]];
            let statements = statements.map(|statement| self.transaction.with_rows(statement));
            within!(&mut self.transaction, db => {
                for statement in statements {
                    sqlx::query(statement).bind(&people).execute(&mut *db).await?;
                }
            });
        }
        Ok(())
    }

    /// Seats taken, and given back.
    async fn seat(&mut self, seats: &Counted) -> Result<(), StoreError> {
        if seats.values().any(|seats| *seats != 0) {
            holds::give(&mut self.transaction, seats).await?;
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
            let (key, made) = (hexadecimal(booking.key), booking.made.as_second());
            let (channel, language) = (booking.channel.code(), booking.language.tag());
            (
                *number,
                booking.person.0,
                booking.slot.0,
                hexadecimal(mobile),
                channel,
                key,
                made,
                language,
            )
        };
        bookings.iter().zip(&self.numbers).zip(&self.mobiles).map(row).collect()
    }
}
