//! Offers whose time has ended, or whose person has a seat by now: their seats go to the next in
//! the line, each once, whichever server is first. One that nobody was told of counts as no lapse.

use super::Store;
use super::audit_trail::{Action, Actor, Entry};
use super::database::{Columns, Transaction, in_time, on, within};
use super::error::StoreError;
use super::holds;
use super::ids::PersonId;
use super::line_version::line_changes;
use super::seated::bookings_of;
use super::values::{narrow, rows};
use super::waiting::next_places;
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
            " OR ",
            bookings_of!("holds"),
            " > 0)"
        )
    };
}
const OVER: &str = concat!(
    "SELECT person, slot FROM holds WHERE round = $1 AND ",
    is_over!("$2", "$3"),
    " ORDER BY until LIMIT {n}"
);
const LOCK: &str = "SELECT slot FROM seats WHERE slot IN \
    (SELECT CAST(value ->> 1 AS BIGINT) FROM {keys}) ORDER BY slot FOR UPDATE";
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
     CAST(value ->> 1 AS BIGINT) FROM {keys}) ORDER BY holds.until, waiting.place"
);
/// Their seats are held for whoever is next; where they stand themselves is in the rows.
const PASS_ON: &str = "UPDATE holds SET person = asked.nobody, reason = 'freed', until = $4 \
    FROM (SELECT CAST(value ->> 0 AS BIGINT) AS p, CAST(value ->> 1 AS BIGINT) AS nobody \
    FROM {keys}) AS asked WHERE round = $2 AND person = asked.p AND reason = 'offer'";
const STANDS: &str = "UPDATE waiting SET place = asked.at, lapses = asked.n, passed = asked.texts \
    FROM (SELECT CAST(value ->> 0 AS BIGINT) AS p, CAST(value ->> 3 AS BIGINT) AS at, \
    CAST(value ->> 4 AS BIGINT) AS n, value ->> 5 AS texts FROM {keys}) AS asked \
    WHERE round = $2 AND person = asked.p AND asked.at > 0";
const END: &str = "UPDATE offers SET ended = $3, \
    outcome = CASE WHEN asked.lapsed = 1 THEN 'lapsed' ELSE 'withdrawn' END \
    FROM (SELECT CAST(value ->> 0 AS BIGINT) AS p, \
    CAST(value ->> 2 AS BIGINT) AS lapsed FROM {keys}) AS asked \
    WHERE round = $2 AND ended IS NULL AND person = asked.p";
/// What was not sent in time would tell of a seat that is no longer held.
const UNSAID: &str = "DELETE FROM messages WHERE kind = 'offered' AND claimed IS NULL \
    AND due IS NOT NULL AND until <= $3";

/// Somebody whose offer has ended.
struct Lapsed {
    person: PersonId,
    slot: SlotId,
    /// Whether they were told, and have had their time.
    counts: bool,
    /// Where they stand in the line; 0 if they do not any more.
    place: i64,
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
            let found: Vec<(i64, i64)> = on!(&self.sets, db => {
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
        let lapsed = to_the_end(&mut transaction, lapsed, now).await?;
        let row = |one: &Lapsed| {
            let (nobody, passed) = (holds::nobody(self.seal.random_number()), rows(&one.passed)?);
            let counts = u32::from(one.counts);
            Ok((one.person.0, nobody, counts, one.place, one.lapses, passed))
        };
        let set = rows(&lapsed.iter().map(row).collect::<Result<Vec<_>, StoreError>>()?)?;
        let kept = (now + holds::KEPT_FOR).as_second();
        let all = transaction.together(&[(PASS_ON, 1), (STANDS, 1), (END, 1), (UNSAID, 1)]);
        within!(&mut transaction, db => {
            let query = sqlx::query(all).bind(set).bind(number).bind(at).bind(kept);
            query.execute(db).await?;
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

/// Those whose offers have ended, with where they stand in the line from now on.
async fn to_the_end(
    transaction: &mut Transaction,
    mut lapsed: Vec<Lapsed>,
    now: Timestamp,
) -> Result<Vec<Lapsed>, StoreError> {
    let mut to_the_end = Vec::new();
    for one in lapsed.iter_mut().filter(|one| one.place > 0) {
        let after = match one.counts {
            true => after_lapse(one.lapses),
            // The seat is for others all the same: else it would be theirs again and again.
            false => AfterLapse::Stays(one.lapses),
        };
        match after {
            AfterLapse::Stays(lapses) => {
                one.lapses = lapses;
                one.passed.push((one.slot, now.as_second()));
            }
            AfterLapse::ToTheEnd => to_the_end.push(one),
        }
    }
    let count = to_the_end.len() as i64;
    if count > 0 {
        let last = next_places(transaction, count).await?;
        for (place, one) in (last - count + 1..).zip(to_the_end) {
            (one.place, one.lapses, one.passed) = (place, 0, Vec::new());
        }
    }
    Ok(lapsed)
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
        place: row.maybe_int("place")?.unwrap_or_default(),
        lapses: narrow(row.maybe_int("lapses")?.unwrap_or_default())?,
        passed: serde_json::from_str(&passed)
            .map_err(|_| StoreError::Unreadable("offers that lapsed"))?,
    })
}
