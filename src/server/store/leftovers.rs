//! Who wants to be told of doses that are left at a site, in the order of asking, and what sites
//! said is left: who was told, and who came first. Seats are locked before the doses, and those
//! before people's rows.

use super::Store;
use super::audit_trail::{Action, Actor, Entry};
use super::database::{Columns, Transaction, in_time, on, within};
use super::error::StoreError;
use super::ids::PersonId;
use super::locked_seats::for_update;
use super::offer_codes;
use super::outbox::Kind;
use super::people::Key;
use super::seal::Column;
use super::seated::bookings_of;
use super::values::{instant, narrow, rows};
use super::waiting::{AskToBeTold, next_places};
use crate::domain::leftover::{COME_WITHIN, TOLD_UNTIL_AFTER, to_tell};
use crate::domain::round::RoundNumber;
use crate::domain::site::SiteId;
use crate::domain::taipei;
use crate::server::hexadecimal::hexadecimal;
use jiff::Timestamp;
use jiff::civil::Date;

/// The leftover doses of a site's day.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Leftovers {
    pub doses: u32,
    pub told: u32,
    pub came: u32,
    pub waiting: u32,
    pub until: Option<Timestamp>,
}

const ASK: &str = "INSERT INTO leftover_line (place, round, person, site, mobile_sealed, language) \
    VALUES ($3, $1, $2, $4, $5, $6) ON CONFLICT (round, person) DO UPDATE SET \
    place = CASE WHEN leftover_line.site = excluded.site THEN leftover_line.place \
    ELSE excluded.place END, site = excluded.site, mobile_sealed = excluded.mobile_sealed, \
    language = excluded.language";
const LEAVE: &str = "DELETE FROM leftover_line WHERE person = $1 \
    AND round IN (SELECT number FROM rounds)";
const SLOT: &str = "SELECT slots.id FROM slots JOIN seats ON seats.slot = slots.id \
    WHERE slots.site = $1 AND slots.starts >= $2 AND slots.starts < $3 AND seats.closed IS NULL \
    ORDER BY slots.starts DESC LIMIT 1";
const SAY: &str = "INSERT INTO leftover_doses (id, round, site, day, slot, doses, until, made) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $7) ON CONFLICT (id) DO NOTHING";
const NONE_LEFT: &str = "UPDATE leftover_doses SET doses = 0 WHERE site = $1 AND day = $2";
/// Whoever of the line has no booking by now, and has registered the brand of the site, as they may
/// have changed that since they asked.
macro_rules! waits {
    () => {
        concat!(
            bookings_of!("leftover_line"),
            " = 0 AND (SELECT COUNT(*) FROM intentions JOIN sites ON sites.id = leftover_line.site \
             WHERE intentions.person = leftover_line.person \
             AND ',' || intentions.brands || ',' LIKE '%,' || sites.brand || ',%') > 0"
        )
    };
}
/// And was not told of this call, nor has time to come for another of the same site and day.
macro_rules! is_next {
    ($call:literal, $day:literal, $now:literal) => {
        concat!(
            waits!(),
            " AND NOT EXISTS (SELECT 1 FROM leftover_doses AS said JOIN leftover_told \
             ON leftover_told.call = said.id AND leftover_told.person = leftover_line.person \
             WHERE said.site = leftover_line.site AND said.day = ",
            $day,
            " AND (said.id = ",
            $call,
            " OR leftover_told.until > ",
            $now,
            "))"
        )
    };
}
const DUE: &str = concat!(
    "SELECT leftover_doses.id FROM leftover_doses JOIN slots ON slots.id = leftover_doses.slot \
     JOIN seats ON seats.slot = slots.id WHERE doses > 0 AND leftover_doses.until <= $1 \
     AND leftover_doses.day = $2 AND slots.ends > $3 AND seats.closed IS NULL \
     AND EXISTS (SELECT 1 FROM leftover_line WHERE leftover_line.round = leftover_doses.round \
     AND leftover_line.site = leftover_doses.site AND ",
    is_next!("leftover_doses.id", "$2", "$1"),
    ") ORDER BY leftover_doses.id LIMIT 100"
);
const LEFT: &str = "SELECT round, site, slot, day, doses, until FROM leftover_doses \
    WHERE id = $1{lock}";
const NEXT: &str = concat!(
    "SELECT person, mobile_sealed, language FROM leftover_line WHERE round = $1 AND site = $2 AND ",
    is_next!("$3", "$4", "$5"),
    " ORDER BY place LIMIT $6"
);
const TOLD: &str = "INSERT INTO leftover_told (id, call, person, until, code) \
    SELECT CAST(value ->> 0 AS BIGINT), $2, CAST(value ->> 1 AS BIGINT), $3, unhex(value ->> 2) \
    FROM {rows}";
const TELL: &str = "INSERT INTO messages (once, kind, round, slot, language, person, \
    mobile_sealed, made, due, until) SELECT value ->> 3, $6, $2, $3, value ->> 4, \
    CAST(value ->> 1 AS BIGINT), unhex(value ->> 5), $4, $4, $5 FROM {rows}";
const FIGURES: &str = concat!(
    "SELECT CAST(COALESCE(SUM(doses), 0) AS BIGINT) AS doses, \
     CAST(COALESCE(MAX(until), 0) AS BIGINT) AS until, \
     (SELECT COUNT(*) FROM leftover_told WHERE call IN (SELECT id FROM leftover_doses \
     WHERE site = $1 AND day = $2)) AS told, \
     (SELECT COUNT(*) FROM leftover_told WHERE came IS NOT NULL AND call IN (SELECT id \
     FROM leftover_doses WHERE site = $1 AND day = $2)) AS came, \
     (SELECT COUNT(*) FROM leftover_line WHERE site = $1 AND ",
    waits!(),
    ") AS waiting FROM leftover_doses WHERE site = $1 AND day = $2"
);

impl Store {
    /// Puts somebody at the end of a site's line; whoever is in it keeps their place.
    ///
    /// # Errors
    /// If the database fails; then it is not known whether it was done.
    pub async fn ask_for_leftover(
        &self,
        round: RoundNumber,
        site: SiteId,
        ask: &AskToBeTold,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.writes.note(in_time(self.put_in_leftover_line(round, site, ask, now)).await)
    }

    async fn put_in_leftover_line(
        &self,
        round: RoundNumber,
        site: SiteId,
        ask: &AskToBeTold,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.check_place()?;
        let mobile = self.seal.seal(Column::Mobile, ask.person, ask.mobile.expose());
        let mut transaction = self.writer.begin().await?;
        let place = next_places(&mut transaction, 1).await?;
        within!(&mut transaction, db => {
            let query = sqlx::query(ASK).bind(i64::from(u8::from(round))).bind(ask.person.0);
            let query = query.bind(place).bind(i64::from(site.0)).bind(mobile);
            query.bind(ask.language.tag()).execute(db).await?;
        });
        let entry = Entry::new(now, ask.by, Action::AskToWait);
        let after = Some(format!("leftover doses of site {}", site.0));
        let entry = Entry { person: Some(ask.person), after, ..entry };
        self.commit_with(transaction, &[entry]).await
    }

    /// Takes somebody out of all lines of sites. Whoever is in none stays as they are.
    ///
    /// # Errors
    /// If the database fails; then it is not known whether it was done.
    pub async fn leave_leftovers(
        &self,
        person: PersonId,
        by: Actor,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.writes.note(in_time(self.leave_leftover_lines(person, by, now)).await)
    }

    async fn leave_leftover_lines(
        &self,
        person: PersonId,
        by: Actor,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.check_place()?;
        let mut transaction = self.writer.begin().await?;
        let left = within!(&mut transaction, db => {
            sqlx::query(LEAVE).bind(person.0).execute(db).await?.rows_affected() > 0
        });
        if !left {
            return Ok(());
        }
        let before = Some("leftover doses".into());
        let entry = Entry::new(now, by, Action::LeaveLine);
        self.commit_with(transaction, &[Entry { person: Some(person), before, ..entry }]).await
    }

    /// A site has so many more doses left, and those who are first in its line are told; with 0
    /// none is left of all that it said today. Said again with the same key, it counts once.
    /// `false` if the site has no slot on this day.
    ///
    /// # Errors
    /// If the database fails; then it is not known whether it was done.
    pub async fn say_doses_left(
        &self,
        (round, site): (RoundNumber, SiteId),
        (doses, key): (u32, Option<Key>),
        (by, day, now): (Actor, Date, Timestamp),
    ) -> Result<bool, StoreError> {
        let next = day.tomorrow().map_err(|_| StoreError::Unreadable("a day"))?;
        let slot: Option<i64> = on!(&self.readers, db => {
            let query = sqlx::query(SLOT).bind(i64::from(site.0)).bind(day.to_string());
            let row = query.bind(next.to_string()).fetch_optional(db).await?;
            row.map(|row| row.int("id")).transpose()?
        });
        let Some(slot) = slot else { return Ok(false) };
        let id = key.map_or_else(|| self.seal.random_number(), call_of);
        let call = (id, slot, doses);
        let said = in_time(self.write_doses_left((round, site), call, (by, day, now))).await;
        self.writes.note(said).map(|()| true)
    }

    async fn write_doses_left(
        &self,
        (round, site): (RoundNumber, SiteId),
        (id, slot, doses): (i64, i64, u32),
        (by, day, now): (Actor, Date, Timestamp),
    ) -> Result<(), StoreError> {
        self.check_place()?;
        let number = i64::from(u8::from(round));
        let mut transaction = self.writer.begin().await?;
        let is_new = within!(&mut transaction, db => {
            if doses == 0 {
                let query = sqlx::query(NONE_LEFT).bind(i64::from(site.0)).bind(day.to_string());
                query.execute(db).await?.rows_affected() > 0
            } else {
                let query = sqlx::query(SAY).bind(id).bind(number).bind(i64::from(site.0));
                let query = query.bind(day.to_string()).bind(slot).bind(i64::from(doses));
                query.bind(now.as_second()).execute(db).await?.rows_affected() > 0
            }
        });
        if !is_new {
            return Ok(());
        }
        if doses > 0 {
            self.tell_next(&mut transaction, id, now).await?;
        }
        let entry = Entry::new(now, by, Action::SayDosesLeft);
        let after = Some(format!("{doses} doses left at site {}", site.0));
        self.commit_with(transaction, &[Entry { after, ..entry }]).await
    }

    /// Tells the next of the lines where doses are left and those who were told before have had
    /// their time, until some time after the day's last slot. Returns of how many sites that was.
    ///
    /// # Errors
    /// If the database fails. What was not told is so at the next call.
    pub async fn tell_of_leftovers(&self, day: Date, now: Timestamp) -> Result<u64, StoreError> {
        let ended = taipei::civil(now - TOLD_UNTIL_AFTER).to_string();
        let due: Vec<i64> = on!(&self.readers, db => {
            let query = sqlx::query(DUE).bind(now.as_second()).bind(day.to_string());
            let found = query.bind(ended).fetch_all(db).await?;
            found.iter().map(|row| row.int("id")).collect::<Result<_, StoreError>>()?
        });
        for id in &due {
            self.writes.note(in_time(self.tell_again(*id, now)).await)?;
        }
        Ok(due.len() as u64)
    }

    async fn tell_again(&self, id: i64, now: Timestamp) -> Result<(), StoreError> {
        self.check_place()?;
        let mut transaction = self.writer.begin().await?;
        self.tell_next(&mut transaction, id, now).await?;
        transaction.commit().await
    }

    /// Tells the next of the line, unless another server has done it meanwhile.
    async fn tell_next(
        &self,
        transaction: &mut Transaction,
        id: i64,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        const AGAIN: &str = "UPDATE leftover_doses SET until = $2 WHERE id = $1";
        let left = for_update(transaction, LEFT);
        let until = (now + COME_WITHIN).as_second();
        let (told, tell) = (transaction.with_rows(TOLD), transaction.with_rows(TELL));
        within!(transaction, db => {
            let row = sqlx::query(left).bind(id).fetch_one(&mut *db).await?;
            if row.int("until")? > now.as_second() {
                return Ok(());
            }
            let (round, slot) = (row.int("round")?, row.int("slot")?);
            let query = sqlx::query(NEXT).bind(round).bind(row.int("site")?).bind(id);
            let query = query.bind(row.text("day")?).bind(now.as_second());
            let at_most = to_tell(narrow(row.int("doses")?)?);
            let next = query.bind(i64::from(at_most)).fetch_all(&mut *db).await?;
            let one = |row: &_| {
                let id = self.seal.random_number();
                let code = hexadecimal(self.seal.offer_code_hash(&self.seal.offer_code(id)));
                let person = Columns::int(row, "person")?;
                let language = Columns::text(row, "language")?;
                let mobile = hexadecimal(Columns::bytes(row, "mobile_sealed")?);
                Ok((id, person, code, offer_codes::once(id), language, mobile))
            };
            let set = rows(&next.iter().map(one).collect::<Result<Vec<_>, StoreError>>()?)?;
            sqlx::query(told).bind(&set).bind(id).bind(until).execute(&mut *db).await?;
            let query = sqlx::query(tell).bind(set).bind(round).bind(slot).bind(now.as_second());
            query.bind(until).bind(Kind::Leftover.code()).execute(&mut *db).await?;
            sqlx::query(AGAIN).bind(id).bind(until).execute(db).await?;
        });
        Ok(())
    }

    /// The leftover doses of a site's day.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn leftovers(&self, site: SiteId, day: Date) -> Result<Leftovers, StoreError> {
        on!(&self.readers, db => {
            let query = sqlx::query(FIGURES).bind(i64::from(site.0)).bind(day.to_string());
            let row = query.fetch_one(db).await?;
            let until = row.int("until")?;
            Ok(Leftovers {
                doses: narrow(row.int("doses")?)?,
                told: narrow(row.int("told")?)?,
                came: narrow(row.int("came")?)?,
                waiting: narrow(row.int("waiting")?)?,
                until: (until > 0).then(|| instant(until)).transpose()?,
            })
        })
    }
}

/// The call that a desk's key stands for: sent again, it is the same.
fn call_of(key: Key) -> i64 {
    let key = u128::from_be_bytes(key);
    ((key >> 64) ^ key) as i64 & i64::MAX
}
