//! Who wants to be told of doses that are left at a site, in the order of asking, and what sites
//! said is left: who was told, and who came first. Seats are locked before the doses, and those
//! before people's rows.

use super::Store;
use super::audit_trail::{Action, Actor, Entry};
use super::database::{Columns, Transaction, on, within};
use super::error::StoreError;
use super::ids::PersonId;
use super::locked_seats::for_update;
use super::offer_codes;
use super::outbox::Kind;
use super::seal::Column;
use super::values::{instant, narrow, rows};
use super::waiting::{AskToBeTold, NEXT_PLACE};
use crate::domain::leftover::{COME_WITHIN, to_tell};
use crate::domain::round::RoundNumber;
use crate::domain::site::SiteId;
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
const SLOT: &str = "SELECT slots.id FROM slots JOIN seats ON seats.slot = slots.id \
    WHERE slots.site = $1 AND slots.starts >= $2 AND slots.starts < $3 AND seats.closed IS NULL \
    ORDER BY slots.starts DESC LIMIT 1";
const SAY: &str = "INSERT INTO leftover_doses (id, round, site, day, slot, doses, until, made) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $7)";
const DUE: &str = "SELECT id FROM leftover_doses WHERE doses > 0 AND until <= $1 AND day = $2 \
    AND EXISTS (SELECT 1 FROM leftover_line WHERE leftover_line.round = leftover_doses.round \
    AND leftover_line.site = leftover_doses.site AND NOT EXISTS (SELECT 1 FROM leftover_told \
    WHERE leftover_told.call = leftover_doses.id AND leftover_told.person = leftover_line.person)) \
    ORDER BY id LIMIT 100";
const LEFT: &str = "SELECT round, site, slot, doses, until FROM leftover_doses WHERE id = $1{lock}";
const NEXT: &str = "SELECT person, mobile_sealed, language FROM leftover_line WHERE round = $1 \
    AND site = $2 AND NOT EXISTS (SELECT 1 FROM bookings WHERE bookings.round = $1 \
    AND bookings.person = leftover_line.person AND bookings.cancelled IS NULL) \
    AND NOT EXISTS (SELECT 1 FROM leftover_told WHERE leftover_told.call = $3 \
    AND leftover_told.person = leftover_line.person) ORDER BY place LIMIT $4";
const TOLD: &str = "INSERT INTO leftover_told (id, call, person, until, code) \
    SELECT CAST(value ->> 0 AS BIGINT), $2, CAST(value ->> 1 AS BIGINT), $3, unhex(value ->> 2) \
    FROM {rows}";
const TELL: &str = "INSERT INTO messages (once, kind, round, slot, language, person, \
    mobile_sealed, made, due, until) SELECT value ->> 3, $6, $2, $3, value ->> 4, \
    CAST(value ->> 1 AS BIGINT), unhex(value ->> 5), $4, $4, $5 FROM {rows}";
const FIGURES: &str = "SELECT CAST(COALESCE(SUM(doses), 0) AS BIGINT) AS doses, \
    CAST(COALESCE(MAX(until), 0) AS BIGINT) AS until, \
    (SELECT COUNT(*) FROM leftover_told WHERE call IN (SELECT id FROM leftover_doses \
    WHERE site = $1 AND day = $2)) AS told, \
    (SELECT COUNT(*) FROM leftover_told WHERE came IS NOT NULL AND call IN (SELECT id \
    FROM leftover_doses WHERE site = $1 AND day = $2)) AS came, \
    (SELECT COUNT(*) FROM leftover_line WHERE site = $1) AS waiting \
    FROM leftover_doses WHERE site = $1 AND day = $2";

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
        let mobile = self.seal.seal(Column::Mobile, ask.person, ask.mobile.expose());
        let mut transaction = self.writer.begin().await?;
        within!(&mut transaction, db => {
            let place = sqlx::query(NEXT_PLACE).fetch_one(&mut *db).await?.int("number")?;
            let query = sqlx::query(ASK).bind(i64::from(u8::from(round))).bind(ask.person.0);
            let query = query.bind(place).bind(i64::from(site.0)).bind(mobile);
            query.bind(ask.language.tag()).execute(db).await?;
        });
        let entry = Entry::new(now, ask.by, Action::AskToWait);
        let after = Some(format!("leftover doses of site {}", site.0));
        let entry = Entry { person: Some(ask.person), after, ..entry };
        self.commit_with(transaction, &[entry]).await
    }

    /// Takes somebody out of all lines of sites.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn leave_leftovers(
        &self,
        round: RoundNumber,
        person: PersonId,
    ) -> Result<(), StoreError> {
        const LEAVE: &str = "DELETE FROM leftover_line WHERE round = $1 AND person = $2";
        on!(&self.writer, db => {
            let query = sqlx::query(LEAVE).bind(i64::from(u8::from(round))).bind(person.0);
            query.execute(db).await?;
        });
        Ok(())
    }

    /// A site has so many doses left, and those who are first in its line are told. `false` if the
    /// site has no slot on this day.
    ///
    /// # Errors
    /// If the database fails; then it is not known whether it was done.
    pub async fn say_doses_left(
        &self,
        (round, site): (RoundNumber, SiteId),
        doses: u32,
        (by, day, now): (Actor, Date, Timestamp),
    ) -> Result<bool, StoreError> {
        let next = day.tomorrow().map_err(|_| StoreError::Unreadable("a day"))?;
        let slot: Option<i64> = on!(&self.readers, db => {
            let query = sqlx::query(SLOT).bind(i64::from(site.0)).bind(day.to_string());
            let row = query.bind(next.to_string()).fetch_optional(db).await?;
            row.map(|row| row.int("id")).transpose()?
        });
        let Some(slot) = slot else { return Ok(false) };
        let (id, number) = (self.seal.random_number(), i64::from(u8::from(round)));
        let mut transaction = self.writer.begin().await?;
        within!(&mut transaction, db => {
            let query = sqlx::query(SAY).bind(id).bind(number).bind(i64::from(site.0));
            let query = query.bind(day.to_string()).bind(slot).bind(i64::from(doses));
            query.bind(now.as_second()).execute(db).await?;
        });
        self.tell_next(&mut transaction, id, now).await?;
        let entry = Entry::new(now, by, Action::SayDosesLeft);
        let after = Some(format!("{doses} doses left at site {}", site.0));
        self.commit_with(transaction, &[Entry { after, ..entry }]).await?;
        Ok(true)
    }

    /// Tells the next of the lines where doses are left and those who were told before have had
    /// their time. Returns of how many sites that was.
    ///
    /// # Errors
    /// If the database fails. What was not told is so at the next call.
    pub async fn tell_of_leftovers(&self, day: Date, now: Timestamp) -> Result<u64, StoreError> {
        let due: Vec<i64> = on!(&self.readers, db => {
            let query = sqlx::query(DUE).bind(now.as_second()).bind(day.to_string());
            let found = query.fetch_all(db).await?;
            found.iter().map(|row| row.int("id")).collect::<Result<_, StoreError>>()?
        });
        for id in &due {
            let mut transaction = self.writer.begin().await?;
            self.tell_next(&mut transaction, *id, now).await?;
            transaction.commit().await?;
        }
        Ok(due.len() as u64)
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
