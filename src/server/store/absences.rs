//! Marks those who did not come, once a slot's day is over: each once, whichever server is first,
//! some in a transaction. It says so of sites that have a desk; of others nothing is known.

use super::Store;
use super::attendance::Stage;
use super::audit_trail::{Action, Actor, Entry};
use super::database::{Columns, Transaction, in_time, on, within};
use super::error::StoreError;
use super::ids::PersonId;
use super::outbox::{self, Kind, Telling};
use super::people::booking_number;
use super::values::{civil, narrow, rows};
use crate::domain::language::Language;
use crate::domain::site::SlotId;
use crate::domain::taipei;
use jiff::Timestamp;
use jiff::civil::Date;
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

// A desk counts that could be used on that day.
const MISSING: &str = "SELECT bookings.number, bookings.round, bookings.person, bookings.slot, \
    bookings.language, slots.site FROM bookings JOIN slots ON slots.id = bookings.slot \
    WHERE bookings.number > $1 AND cancelled IS NULL AND came IS NULL AND absent IS NULL \
    AND slots.starts >= $2 AND slots.starts < $3 AND slots.site IN (SELECT site FROM devices \
    WHERE site IS NOT NULL AND added < $4 AND (revoked IS NULL OR revoked > $5)) \
    ORDER BY bookings.number LIMIT $6";
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
    /// Days before `today` with slots at a site that has a desk, which are not closed yet.
    pub async fn days_to_close(&self, today: Date) -> Result<Vec<Date>, StoreError> {
        const DAYS: &str = "SELECT DISTINCT substr(starts, 1, 10) AS day FROM slots \
            WHERE starts < $1 AND site IN (SELECT site FROM devices WHERE site IS NOT NULL) \
            AND substr(starts, 1, 10) NOT IN (SELECT day FROM closed_days) ORDER BY day";
        on!(&self.readers, db => {
            let days = sqlx::query(DAYS).bind(today.to_string()).fetch_all(db).await?;
            days.iter().map(|row| civil(&row.text("day")?)).collect()
        })
    }

    /// Marks the next of those who did not come on this day, after this booking, and has them told.
    ///
    /// # Errors
    /// If the database fails; then nothing of these was done, and the same call goes on.
    pub async fn mark_absent(
        &self,
        day: Date,
        after: i64,
        now: Timestamp,
    ) -> Result<Marked, StoreError> {
        let next = day.tomorrow().map_err(|_| StoreError::Unreadable("a day"))?;
        let instant = |day: Date| taipei::instant(day.at(0, 0, 0, 0)).as_second();
        let missing: Vec<Missing> = on!(&self.readers, db => {
            let query = sqlx::query(MISSING).bind(after).bind(day.to_string());
            let query = query.bind(next.to_string()).bind(instant(next)).bind(instant(day));
            let found = query.bind(AT_ONCE).fetch_all(db).await?;
            found.iter().map(missing).collect::<Result<_, StoreError>>()?
        });
        let Some(last) = missing.last().map(|one| one.number) else {
            return Ok(Marked { last: None, absent: 0 });
        };
        let absent = self.writes.note(in_time(self.mark(&missing, now)).await)?;
        Ok(Marked { last: Some(last), absent })
    }

    async fn mark(&self, missing: &[Missing], now: Timestamp) -> Result<u64, StoreError> {
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
        let told = known.map(|one| telling(one, now)).collect::<Result<Vec<_>, StoreError>>()?;
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

    /// The day is closed: all who did not come are marked.
    pub async fn close_day(&self, day: Date, now: Timestamp) -> Result<(), StoreError> {
        const CLOSE: &str =
            "INSERT INTO closed_days (day, closed) VALUES ($1, $2) ON CONFLICT DO NOTHING";
        on!(&self.writer, db => {
            let query = sqlx::query(CLOSE).bind(day.to_string()).bind(now.as_second());
            query.execute(db).await?;
        });
        Ok(())
    }
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

fn telling(one: &Missing, now: Timestamp) -> Result<Telling, StoreError> {
    Ok(Telling {
        kind: Kind::Absent,
        number: booking_number(one.number)?,
        slot: SlotId(narrow(one.slot)?),
        language: one.language,
        at: now.as_second(),
        held: None,
        until: None,
    })
}
