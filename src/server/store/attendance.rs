//! The transaction in which entries of a vaccination site's desks are written: what is known of
//! their bookings is read and locked, and what was decided is written, all or nothing. What becomes
//! of an entry is decided in `engine::attendance`.

use super::Store;
use super::audit_trail::Entry;
use super::database::{Columns, Transaction, in_time, within};
use super::entry_conflicts::{self, EntryConflict};
use super::error::StoreError;
use super::ids::{DeviceId, PersonId};
use super::people::{as_integer, booking_number};
use super::programme::round_number;
use super::values::{civil, instant, narrow, rows};
use crate::domain::booking_number::BookingNumber;
use crate::domain::round::RoundNumber;
use crate::domain::site::{SiteId, SlotId};
use crate::server::hexadecimal::hexadecimal;
use jiff::Timestamp;
use jiff::civil::DateTime;
use std::collections::{HashMap, HashSet};

pub use super::step::{EntryId, Stage, Step};

/// A booking as entries find it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AttendedBooking {
    pub number: BookingNumber,
    pub round: RoundNumber,
    pub person: PersonId,
    pub slot: SlotId,
    pub site: SiteId,
    pub starts: DateTime,
    pub cancelled: bool,
    /// Whether the day is closed at its site: who has not come is absent.
    pub closed: bool,
    /// Where it was before it was moved.
    pub earlier: Vec<(SiteId, DateTime)>,
    /// The steps so far; the last is how things stand.
    pub steps: Vec<Step>,
}

/// An entry that counts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct CountedEntry {
    pub id: EntryId,
    pub number: BookingNumber,
    /// By the desk's clock.
    pub made: Timestamp,
}

/// What was decided of a set of entries.
#[derive(Clone, Debug, Default)]
pub struct DecidedEntries {
    /// The bookings that have changed, as they are now.
    pub bookings: Vec<AttendedBooking>,
    pub entries: Vec<CountedEntry>,
    /// What does not count, for the desks whose entries do.
    pub conflicts: Vec<EntryConflict>,
    pub trail: Vec<Entry>,
}

/// Entries under way. Dropped without [`AttendanceTx::write`], the database is as it was.
#[derive(Debug)]
pub struct AttendanceTx {
    transaction: Transaction,
    store: Store,
    pub bookings: HashMap<BookingNumber, AttendedBooking>,
    /// Which of the entries count already.
    pub counted: HashSet<EntryId>,
    /// The names of the desks of all steps.
    pub desks: HashMap<DeviceId, String>,
}

// Whoever moves or cancels a booking has its slot's seats locked, in this order, so that they and
// a check-in see each other.
const LOCK: &str = "SELECT slot FROM seats WHERE slot IN (SELECT slot FROM bookings WHERE number \
     IN (SELECT CAST(value ->> 0 AS BIGINT) FROM {rows})) ORDER BY slot FOR UPDATE";
const BOOKINGS: &str = "SELECT bookings.number, bookings.round, bookings.person, bookings.slot, \
     bookings.cancelled, slots.site, slots.starts, attendance.state, attendance.at, \
     attendance.lot, attendance.device, attendance.earlier, \
     CAST(CASE WHEN EXISTS (SELECT 1 FROM closed_days WHERE closed_days.site = slots.site \
     AND closed_days.day = substr(slots.starts, 1, 10)) THEN 1 ELSE 0 END AS BIGINT) AS closed \
     FROM bookings \
     JOIN slots ON slots.id = bookings.slot \
     LEFT JOIN attendance ON attendance.number = bookings.number \
     WHERE bookings.number IN (SELECT CAST(value ->> 0 AS BIGINT) FROM {rows})";
const EARLIER: &str = "SELECT earlier_slots.number, slots.site, slots.starts FROM earlier_slots \
     JOIN slots ON slots.id = earlier_slots.slot \
     WHERE earlier_slots.number IN (SELECT CAST(value ->> 0 AS BIGINT) FROM {rows})";
const COUNTED: &str = "SELECT id FROM attendance_entries WHERE id IN \
     (SELECT unhex(value ->> 0) FROM {rows})";
const DESKS: &str = "SELECT id, name FROM devices WHERE id IN \
     (SELECT CAST(value ->> 0 AS BIGINT) FROM {rows})";
// Only as long as it is what was read: with several servers it may have been moved before its slot
// was locked.
const PRESENCE: &str = "UPDATE bookings SET came = asked.c, absent = asked.a FROM \
     (SELECT CAST(value ->> 0 AS BIGINT) AS n, CAST(value ->> 1 AS BIGINT) AS s, \
     CAST(value ->> 2 AS BIGINT) AS c, CAST(value ->> 3 AS BIGINT) AS a FROM {rows}) AS asked \
     WHERE number = asked.n AND slot = asked.s AND cancelled IS NULL RETURNING number";
const STEPS: &str = "INSERT INTO attendance (number, round, site, state, at, lot, device, \
     earlier) SELECT CAST(value ->> 0 AS BIGINT), CAST(value ->> 1 AS BIGINT), \
     CAST(value ->> 2 AS BIGINT), value ->> 3, CAST(value ->> 4 AS BIGINT), value ->> 5, \
     CAST(value ->> 6 AS BIGINT), value ->> 7 FROM {rows} \
     ON CONFLICT (number) DO UPDATE SET site = excluded.site, state = excluded.state, \
     at = excluded.at, lot = excluded.lot, device = excluded.device, earlier = excluded.earlier";
const NO_STEPS: &str = "DELETE FROM attendance WHERE number IN \
     (SELECT CAST(value ->> 0 AS BIGINT) FROM {rows})";
const COUNT: &str = "INSERT INTO attendance_entries (id, number, made, taken) \
     SELECT unhex(value ->> 0), CAST(value ->> 1 AS BIGINT), CAST(value ->> 2 AS BIGINT), $2 \
     FROM {rows}";

/// A step in the JSON of the steps before the last: stage, when, lot, desk.
type StoredStep = (String, i64, Option<String>, Option<i64>);

impl Step {
    fn as_stored(&self) -> StoredStep {
        let lot = self.stage.lot().map(str::to_owned);
        (self.stage.code().into(), self.at.as_second(), lot, self.desk.map(|desk| desk.0))
    }

    fn of_stored((code, at, lot, desk): StoredStep) -> Result<Self, StoreError> {
        let stage = Stage::stored(&code, lot)?;
        Ok(Self { stage, at: instant(at)?, desk: desk.map(DeviceId) })
    }
}

impl AttendedBooking {
    /// When its person came and was marked as absent, for the row of the booking.
    fn presence(&self) -> (Option<i64>, Option<i64>) {
        let Some(last) = self.steps.last() else { return (None, None) };
        let at = Some(last.at.as_second());
        match last.stage {
            Stage::CheckedIn | Stage::Vaccinated { .. } | Stage::Left => (at, None),
            Stage::Absent => (None, at),
        }
    }
}

impl Store {
    /// Begins to write what a desk has entered: what is known of these bookings, and whether these
    /// entries count already. `desk` is where they were entered.
    pub async fn begin_entries(
        &self,
        numbers: &[BookingNumber],
        ids: &[EntryId],
        desk: DeviceId,
    ) -> Result<AttendanceTx, StoreError> {
        self.writes.note(in_time(self.lock_and_read_entries(numbers, ids, desk)).await)
    }

    async fn lock_and_read_entries(
        &self,
        numbers: &[BookingNumber],
        ids: &[EntryId],
        desk: DeviceId,
    ) -> Result<AttendanceTx, StoreError> {
        self.check_place()?;
        let mut transaction = self.writer.begin().await?;
        let asked: Vec<(i64,)> = numbers.iter().map(|number| (as_integer(*number),)).collect();
        let (asked, lock) = (rows(&asked)?, transaction.with_rows(LOCK));
        if let Transaction::Postgres(db) = &mut transaction {
            sqlx::query(lock).bind(&asked).fetch_all(&mut **db).await?;
        }
        let mut tx = AttendanceTx {
            transaction,
            store: self.clone(),
            bookings: HashMap::with_capacity(numbers.len()),
            counted: HashSet::new(),
            desks: HashMap::new(),
        };
        tx.read(&asked).await?;
        tx.read_counted(ids).await?;
        tx.read_desks(desk).await?;
        Ok(tx)
    }
}

impl AttendanceTx {
    async fn read(&mut self, asked: &str) -> Result<(), StoreError> {
        let bookings = self.transaction.with_rows(BOOKINGS);
        let found: Vec<AttendedBooking> = within!(&mut self.transaction, db => {
            let found = sqlx::query(bookings).bind(asked).fetch_all(db).await?;
            let booking = |row: &_| booking(row);
            found.iter().map(booking).collect::<Result<_, StoreError>>()?
        });
        self.bookings.extend(found.into_iter().map(|booking| (booking.number, booking)));
        let earlier = self.transaction.with_rows(EARLIER);
        let left: Vec<_> = within!(&mut self.transaction, db => {
            let left = sqlx::query(earlier).bind(asked).fetch_all(db).await?;
            let place = |row: &_| earlier_place(row);
            left.iter().map(place).collect::<Result<_, StoreError>>()?
        });
        for (number, site, starts) in left {
            self.bookings.entry(number).and_modify(|booking| booking.earlier.push((site, starts)));
        }
        Ok(())
    }

    async fn read_counted(&mut self, ids: &[EntryId]) -> Result<(), StoreError> {
        let ids = rows(&ids.iter().map(|id| (hexadecimal(id),)).collect::<Vec<_>>())?;
        let statement = self.transaction.with_rows(COUNTED);
        let found: Vec<Vec<u8>> = within!(&mut self.transaction, db => {
            let found = sqlx::query(statement).bind(ids).fetch_all(db).await?;
            found.iter().map(|row| row.bytes("id")).collect::<Result<_, StoreError>>()?
        });
        for id in found {
            let unreadable = |_| StoreError::Unreadable("an entry's id");
            self.counted.insert(id.try_into().map_err(unreadable)?);
        }
        Ok(())
    }

    async fn read_desks(&mut self, own: DeviceId) -> Result<(), StoreError> {
        let steps = self.bookings.values().flat_map(|booking| &booking.steps);
        let desks: HashSet<i64> =
            steps.filter_map(|step| step.desk).chain([own]).map(|desk| desk.0).collect();
        let desks = rows(&desks.into_iter().map(|desk| (desk,)).collect::<Vec<_>>())?;
        let statement = self.transaction.with_rows(DESKS);
        self.desks = within!(&mut self.transaction, db => {
            let found = sqlx::query(statement).bind(desks).fetch_all(db).await?;
            let desk = |row: &_| desk(row);
            found.iter().map(desk).collect::<Result<_, StoreError>>()?
        });
        Ok(())
    }

    /// Writes what was decided, and makes it durable. False if another server has changed one of
    /// the bookings since they were read: then nothing was done, and all is to be decided anew.
    ///
    /// # Errors
    /// If the database fails. Unless the connection was lost or it took too long, nothing of it was
    /// done.
    pub async fn write(self, decided: &DecidedEntries, now: Timestamp) -> Result<bool, StoreError> {
        let writes = self.store.writes.clone();
        writes.note(in_time(self.write_all(decided, now)).await)
    }

    async fn write_all(
        mut self,
        decided: &DecidedEntries,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let presence = |one: &AttendedBooking| {
            let (came, absent) = one.presence();
            (as_integer(one.number), one.slot.0, came, absent)
        };
        let (come, gone): (Vec<_>, Vec<_>) =
            decided.bookings.iter().partition(|one| !one.steps.is_empty());
        let steps = come.into_iter().map(step_row).collect::<Result<Vec<_>, StoreError>>()?;
        let gone: Vec<(i64,)> = gone.into_iter().map(|one| (as_integer(one.number),)).collect();
        let entry = |entry: &CountedEntry| {
            (hexadecimal(entry.id), as_integer(entry.number), entry.made.as_second())
        };
        let entries: Vec<_> = decided.entries.iter().map(entry).collect();
        let presence: Vec<_> = decided.bookings.iter().map(presence).collect();
        let with_rows = |statement| self.transaction.with_rows(statement);
        let (set, write, take) = (with_rows(PRESENCE), with_rows(STEPS), with_rows(NO_STEPS));
        let count = with_rows(COUNT);
        let done = within!(&mut self.transaction, db => {
            let done = sqlx::query(set).bind(rows(&presence)?).fetch_all(&mut *db).await?.len();
            if done == presence.len() {
                sqlx::query(write).bind(rows(&steps)?).execute(&mut *db).await?;
                sqlx::query(take).bind(rows(&gone)?).execute(&mut *db).await?;
                let query = sqlx::query(count).bind(rows(&entries)?).bind(now.as_second());
                query.execute(db).await?;
            }
            done
        });
        if done < presence.len() {
            return Ok(false);
        }
        entry_conflicts::add(&mut self.transaction, &decided.conflicts).await?;
        self.store.commit_with(self.transaction, &decided.trail).await?;
        Ok(true)
    }
}

/// A booking's row in `attendance`.
type StepRow = (i64, u8, u32, &'static str, i64, Option<String>, Option<i64>, String);

fn step_row(one: &AttendedBooking) -> Result<StepRow, StoreError> {
    let Some((last, before)) = one.steps.split_last() else {
        return Err(StoreError::Unreadable("a booking without steps"));
    };
    let earlier = rows(&before.iter().map(Step::as_stored).collect::<Vec<_>>())?;
    let (lot, desk) = (last.stage.lot().map(str::to_owned), last.desk.map(|desk| desk.0));
    let (round, at) = (u8::from(one.round), last.at.as_second());
    Ok((as_integer(one.number), round, one.site.0, last.stage.code(), at, lot, desk, earlier))
}

fn booking(row: &impl Columns) -> Result<AttendedBooking, StoreError> {
    let mut steps = Vec::new();
    if let Some(state) = row.maybe_text("state")? {
        let earlier: Vec<StoredStep> = serde_json::from_str(&row.text("earlier")?)
            .map_err(|_| StoreError::Unreadable("the steps of a booking"))?;
        let last = (state, row.int("at")?, row.maybe_text("lot")?, row.maybe_int("device")?);
        for step in earlier.into_iter().chain([last]) {
            steps.push(Step::of_stored(step)?);
        }
    }
    Ok(AttendedBooking {
        number: booking_number(row.int("number")?)?,
        round: round_number(row.int("round")?)?,
        person: PersonId(row.int("person")?),
        slot: SlotId(narrow(row.int("slot")?)?),
        site: SiteId(narrow(row.int("site")?)?),
        starts: civil(&row.text("starts")?)?,
        cancelled: row.maybe_int("cancelled")?.is_some(),
        closed: row.int("closed")? != 0,
        earlier: Vec::new(),
        steps,
    })
}

fn desk(row: &impl Columns) -> Result<(DeviceId, String), StoreError> {
    Ok((DeviceId(row.int("id")?), row.text("name")?))
}

fn earlier_place(row: &impl Columns) -> Result<(BookingNumber, SiteId, DateTime), StoreError> {
    let site = SiteId(narrow(row.int("site")?)?);
    Ok((booking_number(row.int("number")?)?, site, civil(&row.text("starts")?)?))
}
