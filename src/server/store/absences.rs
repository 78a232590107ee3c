//! Marks those who did not come, once a slot's day is over: each once, whichever server is first,
//! some in a transaction. It says so of sites that have a desk; of others nothing is known. When a
//! day may be closed is decided in `server::absences`.

use super::Store;
use super::attendance::Stage;
use super::audit_trail::{Action, Actor, Entry};
use super::database::{Columns, Transaction, in_time, on, within};
use super::error::StoreError;
use super::ids::{DeviceId, PersonId};
use super::outbox::{self, Kind, Telling};
use super::people::booking_number;
use super::values::{civil, instant, narrow, rows};
use crate::domain::language::Language;
use crate::domain::site::{SiteId, SlotId};
use crate::domain::taipei;
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use std::collections::HashSet;

/// Bookings that are marked in one transaction, so that nobody who books waits long.
const AT_ONCE: i64 = 500;

/// How far the marking of a day has come.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Marked {
    /// The last booking that was looked at; `None` once there is no further.
    pub last: Option<i64>,
    /// How many were marked.
    pub absent: u64,
}

/// A booking whose person has not come.
struct Missing {
    number: i64,
    round: i64,
    person: PersonId,
    slot: i64,
    site: i64,
    language: Language,
}

/// A day of a site that is over, and not closed yet.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct OpenDay {
    pub day: Date,
    pub site: SiteId,
    /// The end of its last slot.
    pub last: DateTime,
}

/// A desk as it was last heard.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct HeardDesk {
    pub site: SiteId,
    pub added: Timestamp,
    pub heard: Option<Timestamp>,
}

// A desk counts that could be used on that day.
const MISSING: &str = "SELECT bookings.number, bookings.round, bookings.person, bookings.slot, \
    bookings.language, slots.site FROM bookings JOIN slots ON slots.id = bookings.slot \
    WHERE bookings.number > $2 AND cancelled IS NULL AND came IS NULL AND absent IS NULL \
    AND slots.starts >= $3 AND slots.starts < $4 AND slots.site IN (SELECT site FROM devices \
    WHERE site IS NOT NULL AND added < $5 AND (revoked IS NULL OR revoked > $6)) \
    AND slots.site IN (SELECT CAST(value ->> 0 AS BIGINT) FROM {rows}) \
    ORDER BY bookings.number LIMIT $7";
const LOCK: &str = "SELECT slot FROM seats WHERE slot IN (SELECT CAST(value ->> 3 AS BIGINT) \
    FROM {rows}) ORDER BY slot FOR UPDATE";
// A desk may have entered meanwhile that somebody came, and another server have marked them.
const MARK: &str = "UPDATE bookings SET absent = $2 WHERE number IN \
    (SELECT CAST(value ->> 0 AS BIGINT) FROM {rows}) \
    AND cancelled IS NULL AND came IS NULL AND absent IS NULL RETURNING number";
const STEPS: &str = "INSERT INTO attendance (number, round, site, state, at, earlier) \
    SELECT CAST(value ->> 0 AS BIGINT), CAST(value ->> 1 AS BIGINT), \
    CAST(value ->> 2 AS BIGINT), $3, CAST($2 AS BIGINT), '[]' FROM {rows}";

impl Store {
    /// Days before `today` of sites that have a desk, which are not closed yet.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn open_days(&self, today: Date) -> Result<Vec<OpenDay>, StoreError> {
        const DAYS: &str = "SELECT day, site, last FROM (SELECT substr(starts, 1, 10) AS day, \
            site, MAX(ends) AS last FROM slots WHERE starts < $1 \
            AND site IN (SELECT site FROM devices WHERE site IS NOT NULL) \
            GROUP BY substr(starts, 1, 10), site) AS days WHERE NOT EXISTS (SELECT 1 \
            FROM closed_days WHERE closed_days.day = days.day AND closed_days.site = days.site) \
            ORDER BY day, site";
        on!(&self.readers, db => {
            let days = sqlx::query(DAYS).bind(today.to_string()).fetch_all(db).await?;
            days.iter().map(open_day).collect()
        })
    }

    /// The desks that are in use.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn heard_desks(&self) -> Result<Vec<HeardDesk>, StoreError> {
        const DESKS: &str = "SELECT site, added, heard FROM devices \
            WHERE site IS NOT NULL AND revoked IS NULL";
        on!(&self.readers, db => {
            sqlx::query(DESKS).fetch_all(db).await?.iter().map(heard_desk).collect()
        })
    }

    /// A desk was heard.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn desk_was_heard(&self, desk: DeviceId, now: Timestamp) -> Result<(), StoreError> {
        const HEARD: &str = "UPDATE devices SET heard = $2 WHERE id = $1";
        on!(&self.writer, db => {
            sqlx::query(HEARD).bind(desk.0).bind(now.as_second()).execute(db).await?;
        });
        Ok(())
    }

    /// Marks the next of those who did not come on this day to these sites, after this booking, and
    /// has them told, not before `told`.
    ///
    /// # Errors
    /// If the database fails; then nothing of these was done, and the same call goes on.
    pub async fn mark_absent(
        &self,
        (day, sites): (Date, &[SiteId]),
        after: i64,
        (now, told): (Timestamp, Timestamp),
    ) -> Result<Marked, StoreError> {
        let next = day.tomorrow().map_err(|_| StoreError::Unreadable("a day"))?;
        let midnight = |day: Date| taipei::instant(day.at(0, 0, 0, 0)).as_second();
        let mut reading = self.readers.begin().await?;
        let statement = reading.with_rows(MISSING);
        let sites = numbers(sites)?;
        let missing: Vec<Missing> = within!(&mut reading, db => {
            let query = sqlx::query(statement).bind(sites).bind(after).bind(day.to_string());
            let query = query.bind(next.to_string()).bind(midnight(next)).bind(midnight(day));
            let found = query.bind(AT_ONCE).fetch_all(db).await?;
            found.iter().map(missing).collect::<Result<_, StoreError>>()?
        });
        drop(reading);
        let Some(last) = missing.last().map(|one| one.number) else {
            return Ok(Marked { last: None, absent: 0 });
        };
        let absent = self.writes.note(in_time(self.mark(&missing, (now, told))).await)?;
        Ok(Marked { last: Some(last), absent })
    }

    async fn mark(
        &self,
        missing: &[Missing],
        (now, told_from): (Timestamp, Timestamp),
    ) -> Result<u64, StoreError> {
        self.check_place()?;
        let mut transaction = self.writer.begin().await?;
        let row = |one: &Missing| (one.number, one.round, one.site, one.slot);
        let all = rows(&missing.iter().map(row).collect::<Vec<_>>())?;
        let (lock, mark) = (transaction.with_rows(LOCK), transaction.with_rows(MARK));
        // In the order in which all lock slots, so that no two wait for each other for ever.
        if let Transaction::Postgres(db) = &mut transaction {
            sqlx::query(lock).bind(&all).fetch_all(&mut **db).await?;
        }
        let marked: HashSet<i64> = within!(&mut transaction, db => {
            let query = sqlx::query(mark).bind(all).bind(now.as_second());
            let marked = query.fetch_all(db).await?;
            marked.iter().map(|row| row.int("number")).collect::<Result<_, StoreError>>()?
        });
        let marked: Vec<&Missing> =
            missing.iter().filter(|one| marked.contains(&one.number)).collect();
        if marked.is_empty() {
            return Ok(0);
        }
        let statement = transaction.with_rows(STEPS);
        let steps = rows(&marked.iter().map(|one| row(one)).collect::<Vec<_>>())?;
        within!(&mut transaction, db => {
            let query = sqlx::query(statement).bind(steps).bind(now.as_second());
            query.bind(Stage::Absent.code()).execute(db).await?;
        });
        // Nobody knows any more whose the bookings of the erased were.
        let known = marked.iter().filter(|one| one.person.0 > 0);
        let told = known.map(|one| telling(one, now, told_from));
        let told = told.collect::<Result<Vec<_>, StoreError>>()?;
        if !told.is_empty() {
            outbox::put(&mut transaction, self.seal.random_number(), now, &told).await?;
        }
        let entry = |one: &&Missing| Entry {
            number: Some(one.number),
            person: Some(one.person),
            before: Some(format!("slot {}", one.slot)),
            ..Entry::new(now, Actor::Service, Action::MarkAbsent)
        };
        let entries: Vec<Entry> = marked.iter().map(entry).collect();
        self.commit_with(transaction, &entries).await?;
        Ok(marked.len() as u64)
    }

    /// The day is closed at these sites: all who did not come are marked.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn close_day(
        &self,
        day: Date,
        sites: &[SiteId],
        now: Timestamp,
    ) -> Result<(), StoreError> {
        const CLOSE: &str = "INSERT INTO closed_days (day, site, closed) \
            SELECT $2, CAST(value ->> 0 AS BIGINT), CAST($3 AS BIGINT) FROM {rows} \
            ON CONFLICT DO NOTHING";
        let mut transaction = self.writer.begin().await?;
        let (statement, sites) = (transaction.with_rows(CLOSE), numbers(sites)?);
        within!(&mut transaction, db => {
            let query = sqlx::query(statement).bind(sites).bind(day.to_string());
            query.bind(now.as_second()).execute(db).await?;
        });
        transaction.commit().await
    }
}

fn numbers(sites: &[SiteId]) -> Result<String, StoreError> {
    rows(&sites.iter().map(|site| (site.0,)).collect::<Vec<_>>())
}

fn open_day(row: &impl Columns) -> Result<OpenDay, StoreError> {
    let site = SiteId(narrow(row.int("site")?)?);
    Ok(OpenDay { day: civil(&row.text("day")?)?, site, last: civil(&row.text("last")?)? })
}

fn heard_desk(row: &impl Columns) -> Result<HeardDesk, StoreError> {
    Ok(HeardDesk {
        site: SiteId(narrow(row.int("site")?)?),
        added: instant(row.int("added")?)?,
        heard: row.maybe_int("heard")?.map(instant).transpose()?,
    })
}

fn missing(row: &impl Columns) -> Result<Missing, StoreError> {
    Ok(Missing {
        number: row.int("number")?,
        round: row.int("round")?,
        person: PersonId(row.int("person")?),
        slot: row.int("slot")?,
        site: row.int("site")?,
        language: Language::from_tag(&row.text("language")?).unwrap_or_default(),
    })
}

fn telling(one: &Missing, now: Timestamp, from: Timestamp) -> Result<Telling, StoreError> {
    Ok(Telling {
        kind: Kind::Absent,
        number: booking_number(one.number)?,
        slot: SlotId(narrow(one.slot)?),
        language: one.language,
        at: now.as_second(),
        held: None,
        until: None,
        not_before: Some(from.as_second()),
    })
}
