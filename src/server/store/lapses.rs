//! Offers whose time has ended, or whose person has a seat by now: their seats go to the next in
//! the line, each once, whichever server is first. One that nobody was told of counts as no lapse.

use super::Store;
use super::audit_trail::{Action, Actor, Entry};
use super::database::{Columns, Transaction, in_time, on, within};
use super::error::StoreError;
use super::holds;
use super::ids::PersonId;
use super::line_version::line_changes;
use super::values::{narrow, rows};
use super::waiting::NEXT_PLACE;
use crate::domain::round::RoundNumber;
use crate::domain::site::SlotId;
use crate::domain::waiting::{AfterLapse, HELD_FOR, after_lapse};
use jiff::{SignedDuration, Timestamp};
use sqlx::AssertSqlSafe;

/// Offers that are ended in one transaction, so that nobody who books waits long.
const AT_ONCE: &str = "500";
/// How much later than it says now an offer may have been made. One that ends later than that was
/// made before the clock was set back, and would be held for as long as that step was.
const CLOCKS_DIFFER_BY: SignedDuration = SignedDuration::from_mins(1);
/// Whoever has booked at another server at the very moment when they were offered a seat has both
/// until this finds it.
macro_rules! is_over {
    ($now:literal, $latest:literal) => {
        concat!(
            "reason = 'offer' AND (holds.until <= ",
            $now,
            " OR holds.until > ",
            $latest,
            " OR EXISTS (SELECT 1 FROM bookings WHERE bookings.round = holds.round \
             AND bookings.person = holds.person AND bookings.cancelled IS NULL))"
        )
    };
}
const OVER: &str = concat!(
    "SELECT person, slot FROM holds WHERE round = $1 AND ",
    is_over!("$2", "$3"),
    " ORDER BY until LIMIT {n}"
);
const LOCK: &str = "SELECT slot FROM seats WHERE slot IN \
    (SELECT CAST(value ->> 1 AS BIGINT) FROM {rows}) ORDER BY slot FOR UPDATE";
/// It may be over no more: another server may have ended it meanwhile, and offered the same again.
const ENDED: &str = concat!(
    "SELECT holds.person, holds.slot, holds.until, waiting.place, waiting.lapses, waiting.passed, \
     (SELECT COUNT(*) FROM offers JOIN messages ON messages.once = 'offer ' || CAST(offers.id AS \
     TEXT) WHERE offers.round = holds.round AND offers.person = holds.person \
     AND offers.ended IS NULL AND messages.sent IS NOT NULL) AS told \
     FROM holds LEFT JOIN waiting ON waiting.round = holds.round \
     AND waiting.person = holds.person WHERE holds.round = $2 AND ",
    is_over!("$3", "$4"),
    " AND (holds.person, holds.slot) IN (SELECT CAST(value ->> 0 AS BIGINT), \
     CAST(value ->> 1 AS BIGINT) FROM {rows}) ORDER BY holds.until, waiting.place"
);
const END: &str = "UPDATE offers SET ended = $3, \
    outcome = CASE WHEN asked.lapsed = 1 THEN 'lapsed' ELSE 'withdrawn' END \
    FROM (SELECT CAST(value ->> 0 AS BIGINT) AS p, \
    CAST(value ->> 1 AS BIGINT) AS lapsed FROM {rows}) AS asked \
    WHERE round = $2 AND ended IS NULL AND person = asked.p";
/// What was not sent in time would tell of a seat that is no longer held.
const UNSAID: &str = "DELETE FROM messages WHERE kind = 'offered' AND claimed IS NULL \
    AND due IS NOT NULL AND until <= $1";
const STAYS: &str = "UPDATE waiting SET lapses = $3, passed = $4 WHERE round = $1 AND person = $2";
const TO_THE_END: &str = "UPDATE waiting SET place = $3, lapses = 0, passed = '[]' \
    WHERE round = $1 AND person = $2";

/// Somebody whose offer has ended.
struct Lapsed {
    person: PersonId,
    slot: SlotId,
    /// Whether they were told, and have had their time.
    counts: bool,
    lapses: u32,
    passed: Vec<(SlotId, i64)>,
}

impl Store {
    /// Ends the offers that are over. Returns how many there were.
    ///
    /// # Errors
    /// If the database fails. What was not ended is so at the next call.
    pub async fn end_offers(&self, round: RoundNumber, now: Timestamp) -> Result<u64, StoreError> {
        let latest = latest(now);
        let (number, over) = (i64::from(u8::from(round)), OVER.replace("{n}", AT_ONCE));
        let mut ended = 0;
        loop {
            let over = AssertSqlSafe(over.clone());
            // The look takes no lock: most find nothing.
            let found: Vec<(i64, i64)> = on!(&self.readers, db => {
                let query = sqlx::query(over).bind(number).bind(now.as_second());
                let query = query.bind(latest);
                let found = query.fetch_all(db).await?;
                let one = |row: &_| Ok((Columns::int(row, "person")?, Columns::int(row, "slot")?));
                found.iter().map(one).collect::<Result<_, StoreError>>()?
            });
            if found.is_empty() {
                return Ok(ended);
            }
            let some = self.writes.note(in_time(self.end_some(round, &found, now)).await)?;
            if some == 0 {
                return Ok(ended);
            }
            ended += some;
        }
    }

    async fn end_some(
        &self,
        round: RoundNumber,
        found: &[(i64, i64)],
        now: Timestamp,
    ) -> Result<u64, StoreError> {
        self.check_place()?;
        let (number, at) = (i64::from(u8::from(round)), now.as_second());
        let mut transaction = self.writer.begin().await?;
        line_changes(&mut transaction).await?;
        let set = rows(&found)?;
        let (lock, ended) = (transaction.with_rows(LOCK), transaction.with_rows(ENDED));
        if let Transaction::Postgres(db) = &mut transaction {
            sqlx::query(lock).bind(&set).fetch_all(&mut **db).await?;
        }
        let lapsed: Vec<Lapsed> = within!(&mut transaction, db => {
            let query = sqlx::query(ended).bind(set).bind(number).bind(at).bind(latest(now));
            let found = query.fetch_all(db).await?;
            let lapsed = |row: &_| lapsed(row, now);
            found.iter().map(lapsed).collect::<Result<_, StoreError>>()?
        });
        for one in &lapsed {
            let held = self.seal.random_number();
            holds::pass_on(&mut transaction, round, one.person, held, now).await?;
            one.place_after(&mut transaction, number, now).await?;
        }
        let end = transaction.with_rows(END);
        let row = |one: &Lapsed| (one.person.0, u32::from(one.counts));
        let people = rows(&lapsed.iter().map(row).collect::<Vec<_>>())?;
        within!(&mut transaction, db => {
            sqlx::query(end).bind(people).bind(number).bind(at).execute(&mut *db).await?;
            sqlx::query(UNSAID).bind(at).execute(db).await?;
        });
        let told = |one: &Lapsed| Entry {
            person: Some(one.person),
            before: Some(format!("slot {}", one.slot.0)),
            after: (!one.counts).then(|| "not counted".into()),
            ..Entry::new(now, Actor::Service, Action::OfferLapsed)
        };
        let entries: Vec<Entry> = lapsed.iter().map(told).collect();
        self.commit_with(transaction, &entries).await?;
        Ok(lapsed.len() as u64)
    }
}

impl Lapsed {
    /// Where they stand in the line from now on.
    async fn place_after(
        &self,
        transaction: &mut Transaction,
        round: i64,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        within!(transaction, db => {
            let after = match self.counts {
                true => after_lapse(self.lapses),
                // The seat is for others all the same: else it would be theirs again and again.
                false => AfterLapse::Stays(self.lapses),
            };
            match after {
                AfterLapse::Stays(lapses) => {
                    let this = (self.slot, now.as_second());
                    let passed: Vec<(SlotId, i64)> =
                        self.passed.iter().copied().chain([this]).collect();
                    let query = sqlx::query(STAYS).bind(round).bind(self.person.0);
                    let query = query.bind(i64::from(lapses)).bind(rows(&passed)?);
                    query.execute(db).await?;
                }
                AfterLapse::ToTheEnd => {
                    let place = sqlx::query(NEXT_PLACE).fetch_one(&mut *db).await?.int("number")?;
                    let query = sqlx::query(TO_THE_END).bind(round).bind(self.person.0);
                    query.bind(place).execute(db).await?;
                }
            }
        });
        Ok(())
    }
}

/// No offer that is made by now ends later.
fn latest(now: Timestamp) -> i64 {
    (now + HELD_FOR + CLOCKS_DIFFER_BY).as_second()
}

fn lapsed(row: &impl Columns, now: Timestamp) -> Result<Lapsed, StoreError> {
    let passed = row.maybe_text("passed")?.unwrap_or_else(|| "[]".into());
    Ok(Lapsed {
        person: PersonId(row.int("person")?),
        slot: SlotId(narrow(row.int("slot")?)?),
        counts: row.int("until")? <= now.as_second() && row.int("told")? > 0,
        lapses: narrow(row.maybe_int("lapses")?.unwrap_or_default())?,
        passed: serde_json::from_str(&passed)
            .map_err(|_| StoreError::Unreadable("offers that lapsed"))?,
    })
}
