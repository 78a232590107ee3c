//! The transaction in which slots are closed: what is there is read and locked, and what was
//! decided is written, all or nothing. Which seats are set aside for whom is the engine's decision.

use super::Store;
use super::audit_trail::{Action, Actor, Entry};
use super::database::{Columns, Transaction, in_time, within};
use super::error::StoreError;
use super::holds;
use super::ids::PersonId;
use super::line_version::line_changes;
use super::outbox::{self, Kind, Telling};
use super::people::{as_integer, booking_number};
use super::programme::Seats;
use super::values::{instant, narrow, rows};
use crate::domain::booking_number::BookingNumber;
use crate::domain::language::Language;
use crate::domain::round::RoundNumber;
use crate::domain::site::SlotId;
use jiff::Timestamp;
use sqlx::AssertSqlSafe;
use std::collections::{BTreeMap, HashMap};

/// What is told in one row of the outbox: as much as a set of the writer puts there.
const TOLD_AT_ONCE: usize = 1024;
/// Why a seat is set aside, as it is stored.
const REASON: &str = "closed-slot";

/// A slot whose seats are locked.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct LockedSlot {
    pub seats: Seats,
    pub closed: Option<Timestamp>,
}

/// Somebody who loses their seat with a slot: it is their booking's, or was set aside for them.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Losing {
    pub person: PersonId,
    /// Of their booking, or of the one that they lost before.
    pub number: BookingNumber,
    pub slot: SlotId,
    pub language: Language,
    /// `None` if it is their booking's seat; else until when it was set aside for them.
    pub held_until: Option<Timestamp>,
}

/// What was decided of somebody who loses their seat.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Displaced {
    pub who: Losing,
    /// The seat that is set aside for them.
    pub held: Option<SlotId>,
    /// Until when they choose before others.
    pub until: Timestamp,
}

/// A closing under way. Dropped without [`ClosingTx::write`], the database is as it was.
#[derive(Debug)]
pub struct ClosingTx {
    transaction: Transaction,
    store: Store,
    round: RoundNumber,
    pub slots: HashMap<SlotId, LockedSlot>,
    /// In the order in which they booked.
    pub losing: Vec<Losing>,
}

// There is no index of bookings by slot, as it would cost each booking something: all live bookings
// of the round are read once.
const BOOKED: &str = "SELECT number, person, slot, language, made, \
     CAST(NULL AS BIGINT) AS until FROM bookings WHERE round = $2 AND cancelled IS NULL \
     AND slot IN (SELECT CAST(value ->> 0 AS BIGINT) FROM {rows}) \
     UNION ALL SELECT bookings.number, bookings.person, holds.slot, bookings.language, \
     bookings.made, holds.until FROM holds JOIN bookings ON bookings.number = holds.booking \
     WHERE holds.round = $2 AND holds.slot IN (SELECT CAST(value ->> 0 AS BIGINT) FROM {rows}) \
     ORDER BY made, number";
const LOCK: &str = "SELECT slot, capacity, taken, closed FROM seats WHERE slot IN \
     (SELECT CAST(value ->> 0 AS BIGINT) FROM {rows}) ORDER BY slot{lock}";
// Whoever had checked in before their slot began has not come to anything.
const END: &str = "UPDATE bookings SET cancelled = $2, displaced = $2, came = NULL WHERE number IN \
     (SELECT CAST(value ->> 0 AS BIGINT) FROM {rows})";
const CLOSE: &str = "UPDATE seats SET capacity = 0, taken = 0, closed = $2 WHERE slot IN \
     (SELECT CAST(value ->> 0 AS BIGINT) FROM {rows})";
const HOLD: &str = "INSERT INTO holds (round, person, slot, until, reason, origin, booking) \
     SELECT $2, CAST(value ->> 0 AS BIGINT), CAST(value ->> 1 AS BIGINT), \
     CAST(value ->> 2 AS BIGINT), $3, CAST(value ->> 3 AS BIGINT), CAST(value ->> 4 AS BIGINT) \
     FROM {rows} \
     ON CONFLICT (round, person) DO UPDATE SET slot = excluded.slot, until = excluded.until, \
     reason = excluded.reason, origin = excluded.origin, booking = excluded.booking";
// Whoever loses a seat may have been offered another at the same moment. That one goes to the next,
// since a row of holds that is written over would leave its seat taken for ever.
const OFFERED: &str = "SELECT person FROM holds WHERE round = $2 AND reason = 'offer' \
     AND person IN (SELECT CAST(value ->> 0 AS BIGINT) FROM {rows})";
const NEEDED_NO_MORE: &str = "UPDATE offers SET ended = $3, outcome = 'withdrawn' WHERE round = $2 \
     AND ended IS NULL AND person IN (SELECT CAST(value ->> 0 AS BIGINT) FROM {rows})";
// Whoever waits and was offered a seat there goes on waiting.
const NOT_OFFERED: &str = "UPDATE offers SET ended = $2, outcome = 'withdrawn' WHERE ended IS NULL \
     AND slot IN (SELECT CAST(value ->> 0 AS BIGINT) FROM {rows})";
const NOT_HELD: &str = "DELETE FROM holds WHERE reason IN ('offer', 'freed') AND slot IN \
     (SELECT CAST(value ->> 0 AS BIGINT) FROM {rows})";
const CHANGED: &str = "UPDATE changes SET number = number + 1 WHERE what = 'programme'";

impl Store {
    /// Begins to close `closing`: these slots and `candidates` are locked, and who has a seat in
    /// `closing` is read.
    ///
    /// # Errors
    /// If the database fails or others keep the slots locked for too long; nothing was done.
    pub async fn begin_closing(
        &self,
        round: RoundNumber,
        closing: &[SlotId],
        candidates: &[SlotId],
    ) -> Result<ClosingTx, StoreError> {
        in_time(self.lock_and_read(round, closing, candidates)).await
    }

    async fn lock_and_read(
        &self,
        round: RoundNumber,
        closing: &[SlotId],
        candidates: &[SlotId],
    ) -> Result<ClosingTx, StoreError> {
        self.check_place()?;
        let mut transaction = self.writer.begin().await?;
        line_changes(&mut transaction).await?;
        let lock = match &mut transaction {
            Transaction::Sqlite(_) => "",
            Transaction::Postgres(db) => {
                // The writer's plans never read a whole table; this one does.
                sqlx::query("SET LOCAL enable_seqscan = on").execute(&mut **db).await?;
                " FOR UPDATE"
            }
        };
        let set = |slots: &mut dyn Iterator<Item = &SlotId>| {
            rows(&slots.map(|slot| (slot.0,)).collect::<Vec<_>>())
        };
        let all = set(&mut closing.iter().chain(candidates))?;
        let AssertSqlSafe(locking) = transaction.with_rows(LOCK);
        let locking = AssertSqlSafe(locking.replace("{lock}", lock));
        let losing = transaction.with_rows(BOOKED);
        let round_number = i64::from(u8::from(round));
        let (slots, losing) = within!(&mut transaction, db => {
            let found = sqlx::query(locking).bind(all).fetch_all(&mut *db).await?;
            let slot = |row: &_| locked_slot(row);
            let slots = found.iter().map(slot).collect::<Result<HashMap<_, _>, StoreError>>()?;
            let query = sqlx::query(losing).bind(set(&mut closing.iter())?).bind(round_number);
            let found = query.fetch_all(db).await?;
            let who = |row: &_| who_loses(row);
            (slots, found.iter().map(who).collect::<Result<Vec<_>, StoreError>>()?)
        });
        Ok(ClosingTx { transaction, store: self.clone(), round, slots, losing })
    }
}

fn locked_slot(row: &impl Columns) -> Result<(SlotId, LockedSlot), StoreError> {
    let seats = super::programme::seats(row)?;
    let closed = row.maybe_int("closed")?.map(instant).transpose()?;
    Ok((seats.slot, LockedSlot { seats, closed }))
}

fn who_loses(row: &impl Columns) -> Result<Losing, StoreError> {
    Ok(Losing {
        person: PersonId(row.int("person")?),
        number: booking_number(row.int("number")?)?,
        slot: SlotId(narrow(row.int("slot")?)?),
        language: Language::from_tag(&row.text("language")?).unwrap_or_default(),
        held_until: row.maybe_int("until")?.map(instant).transpose()?,
    })
}

impl ClosingTx {
    /// Closes the slots, ends their bookings, sets seats aside, has the people told, and makes all
    /// of it durable.
    ///
    /// # Errors
    /// If the database fails. Unless the connection was lost or it took too long, nothing of it was
    /// done.
    pub async fn write(
        self,
        closing: &[SlotId],
        displaced: &[Displaced],
        now: Timestamp,
    ) -> Result<(), StoreError> {
        in_time(self.write_all(closing, displaced, now)).await
    }

    async fn write_all(
        mut self,
        closing: &[SlotId],
        displaced: &[Displaced],
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.pass_offers_on(displaced, now).await?;
        let ended = displaced.iter().filter(|one| one.who.held_until.is_none());
        let ended = ended.map(|one| (as_integer(one.who.number),)).collect::<Vec<_>>();
        let closed: Vec<(u32,)> = closing.iter().map(|slot| (slot.0,)).collect();
        let hold = |one: &Displaced| {
            let held = one.held.map(|slot| slot.0);
            let until = one.until.as_second();
            (one.who.person.0, held, until, one.who.slot.0, as_integer(one.who.number))
        };
        let held: Vec<_> = displaced.iter().map(hold).collect();
        let mut taken: BTreeMap<SlotId, i64> = BTreeMap::new();
        displaced.iter().filter_map(|one| one.held).for_each(|slot| {
            *taken.entry(slot).or_default() += 1;
        });
        let with_rows = |statement| self.transaction.with_rows(statement);
        let (end, close, set_aside) = (with_rows(END), with_rows(CLOSE), with_rows(HOLD));
        let (not_held, not_offered) = (with_rows(NOT_HELD), with_rows(NOT_OFFERED));
        let at = now.as_second();
        within!(&mut self.transaction, db => {
            sqlx::query(end).bind(rows(&ended)?).bind(at).execute(&mut *db).await?;
            sqlx::query(not_held).bind(rows(&closed)?).execute(&mut *db).await?;
            sqlx::query(not_offered).bind(rows(&closed)?).bind(at).execute(&mut *db).await?;
            sqlx::query(close).bind(rows(&closed)?).bind(at).execute(&mut *db).await?;
            let query = sqlx::query(set_aside).bind(rows(&held)?);
            let query = query.bind(i64::from(u8::from(self.round))).bind(REASON);
            query.execute(&mut *db).await?;
            sqlx::query(CHANGED).execute(db).await?;
        });
        holds::give(&mut self.transaction, &taken).await?;
        let tellings: Vec<Telling> = displaced.iter().map(|one| telling(one, now)).collect();
        for set in tellings.chunks(TOLD_AT_ONCE) {
            let id = self.store.seal.random_number();
            outbox::put(&mut self.transaction, id, now, set).await?;
        }
        let entries = self.entries(closing, displaced, now);
        self.store.commit_with(self.transaction, &entries).await
    }

    /// What was offered to those who lose a seat is kept for whoever is next.
    async fn pass_offers_on(
        &mut self,
        displaced: &[Displaced],
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let people = rows(&displaced.iter().map(|one| (one.who.person.0,)).collect::<Vec<_>>())?;
        let with_rows = |statement| self.transaction.with_rows(statement);
        let (offered, end) = (with_rows(OFFERED), with_rows(NEEDED_NO_MORE));
        let (round, at) = (i64::from(u8::from(self.round)), now.as_second());
        let offered: Vec<i64> = within!(&mut self.transaction, db => {
            let query = sqlx::query(offered).bind(&people).bind(round);
            let found = query.fetch_all(&mut *db).await?;
            sqlx::query(end).bind(people).bind(round).bind(at).execute(db).await?;
            found.iter().map(|row| row.int("person")).collect::<Result<_, StoreError>>()?
        });
        for person in offered {
            let (person, held) = (PersonId(person), self.store.seal.random_number());
            holds::pass_on(&mut self.transaction, self.round, person, held, now).await?;
        }
        Ok(())
    }

    /// What the audit trail is told: each slot, and each booking.
    fn entries(&self, closing: &[SlotId], displaced: &[Displaced], now: Timestamp) -> Vec<Entry> {
        let entry = |action| Entry::new(now, Actor::Administrator, action);
        let slot = |id: &SlotId| {
            let of = || displaced.iter().filter(|one| one.who.slot == *id);
            let (people, held) = (of().count(), of().filter(|one| one.held.is_some()).count());
            let before = self.slots.get(id).map(|slot| {
                let Seats { capacity, taken, .. } = slot.seats;
                format!("slot {}: {capacity} seats, {taken} taken", id.0)
            });
            let after = format!("slot {} closed: {people} displaced, {held} seats set aside", id.0);
            Entry { before, after: Some(after), ..entry(Action::CloseSlot) }
        };
        let one = |one: &Displaced| Entry {
            number: Some(as_integer(one.who.number)),
            person: Some(one.who.person),
            before: Some(format!("slot {}", one.who.slot.0)),
            after: one.held.map(|slot| format!("slot {} set aside until {}", slot.0, one.until)),
            ..entry(Action::Displace)
        };
        closing.iter().map(slot).chain(displaced.iter().map(one)).collect()
    }
}

fn telling(one: &Displaced, now: Timestamp) -> Telling {
    Telling {
        kind: Kind::Displaced,
        number: one.who.number,
        slot: one.who.slot,
        language: one.who.language,
        at: now.as_second(),
        held: one.held,
        until: Some(one.until.as_second()),
        not_before: None,
    }
}
