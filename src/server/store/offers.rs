//! Seats that are offered to those who wait. An offer is a hold with an end, so that a seat which
//! is offered counts as taken, whatever becomes of the server that offered it. Whom a seat is
//! offered to is decided by the engine; here it is checked, with the seats locked, that they still
//! wait and have none.

use super::Store;
use super::audit_trail::{Action, Actor, Entry};
use super::database::{Columns, Pool, Transaction, in_time, on, within};
use super::decided::EndedHold;
use super::error::StoreError;
use super::ids::PersonId;
use super::line_version::still_this_version;
use super::locked_seats::{for_update, lock};
use super::outbox::Kind;
use super::programme::Seats;
use super::seated::{bookings_of, holds_of};
use super::values::{narrow, rows};
use super::waiting::registered_wish;
use super::{holds, offer_codes};
use crate::domain::round::RoundNumber;
use crate::domain::site::SlotId;
use crate::domain::waiting::{InLine, PASSED_FOR, Places};
use crate::server::hexadecimal::hexadecimal;
use jiff::Timestamp;
use sqlx::AssertSqlSafe;
use std::collections::{BTreeMap, HashMap};

/// Somebody in the line, and where they stand.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Place {
    pub person: PersonId,
    pub place: i64,
}

/// A seat that is to be offered to somebody.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct NewOffer {
    pub to: Place,
    pub slot: SlotId,
    pub until: Timestamp,
}

/// What was done of a set of offers.
#[derive(Clone, Debug, Default)]
pub struct Offered {
    pub offers: u64,
    /// A seat was no longer there: who is behind must wait until the line was looked at anew.
    pub stopped: bool,
    /// The seats as they are now.
    pub seats: Vec<Seats>,
}

/// Of the brands that they wait for those count that they have registered, as they may have changed
/// that since.
const LINE: &str = concat!(
    "SELECT place, waiting.person, wish, passed, brands FROM waiting \
     JOIN intentions ON intentions.person = waiting.person WHERE round = $1 AND place > $2 \
     AND EXISTS (SELECT 1 FROM {places} WHERE wish LIKE '%' || asked.value || '%') AND ",
    holds_of!("waiting", "(holds.slot IS NOT NULL OR holds.until > $4)"),
    " = 0 AND ",
    bookings_of!("waiting"),
    " = 0 ORDER BY place LIMIT $3"
);
const FREED: &str = "SELECT slot, COUNT(*) AS seats FROM holds WHERE round = $1 \
    AND reason = 'freed' GROUP BY slot";
/// Who still waits there and has neither a seat nor an offer. Nobody else offers them anything
/// meanwhile: the line's version is this transaction's.
const STILL: &str = concat!(
    "SELECT place, mobile_sealed, language FROM waiting WHERE round = $2 AND place IN \
     (SELECT CAST(value ->> 0 AS BIGINT) FROM {keys}) AND ",
    holds_of!("waiting", "(holds.slot IS NOT NULL OR holds.until > $3)"),
    " = 0 AND ",
    bookings_of!("waiting"),
    " = 0 ORDER BY place{lock}"
);
const HOLD: &str = "INSERT INTO holds (round, person, slot, until, reason) \
    SELECT $2, CAST(value ->> 1 AS BIGINT), CAST(value ->> 2 AS BIGINT), \
    CAST(value ->> 3 AS BIGINT), 'offer' FROM {rows} \
    ON CONFLICT (round, person) DO UPDATE SET slot = excluded.slot, until = excluded.until, \
    reason = excluded.reason, origin = NULL, booking = NULL";
const OFFER: &str = "INSERT INTO offers (id, round, person, place, slot, until, made, code) \
    SELECT CAST(value ->> 0 AS BIGINT), $2, CAST(value ->> 1 AS BIGINT), \
    CAST(value ->> 4 AS BIGINT), CAST(value ->> 2 AS BIGINT), CAST(value ->> 3 AS BIGINT), $3, \
    unhex(value ->> 5) FROM {rows}";
const TELL: &str = "INSERT INTO messages (once, kind, round, slot, language, person, \
    mobile_sealed, made, due, until) SELECT value ->> 6, $4, $2, CAST(value ->> 2 AS BIGINT), \
    value ->> 7, CAST(value ->> 1 AS BIGINT), unhex(value ->> 8), $3, $3, \
    CAST(value ->> 3 AS BIGINT) FROM {rows}";

const TAKEN: &str = concat!(
    "UPDATE offers SET ended = $3, outcome = CASE WHEN (SELECT COUNT(*) \
     FROM bookings WHERE bookings.round = offers.round AND bookings.person = offers.person \
     AND bookings.slot = offers.slot AND bookings.cancelled IS NULL) > 0 THEN 'taken' \
     ELSE 'withdrawn' END WHERE round = $2 AND ended IS NULL \
     AND person IN (SELECT CAST(value ->> 0 AS BIGINT) FROM {keys}) AND ",
    holds_of!("offers", "true"),
    " = 0"
);
const SEATED_LEAVE: &str = concat!(
    "DELETE FROM waiting WHERE round = $2 \
     AND person IN (SELECT CAST(value ->> 0 AS BIGINT) FROM {keys}) AND ",
    bookings_of!("waiting"),
    " > 0"
);

/// Ends the offers of people who have chosen, within the writer's transaction: taken, or not
/// wanted. Those whose hold another server has changed meanwhile keep theirs.
pub(super) async fn taken(
    transaction: &mut Transaction,
    round: RoundNumber,
    chosen: &[EndedHold],
    now: Timestamp,
) -> Result<(), StoreError> {
    let set = rows(&chosen.iter().map(|hold| (hold.person.0,)).collect::<Vec<_>>())?;
    let (statement, chosen_set) = (transaction.with_rows(TAKEN), set.clone());
    let leave = transaction.with_rows(SEATED_LEAVE);
    within!(transaction, db => {
        let query = sqlx::query(statement).bind(set).bind(i64::from(u8::from(round)));
        query.bind(now.as_second()).execute(&mut *db).await?;
        let query = sqlx::query(leave).bind(chosen_set);
        query.bind(i64::from(u8::from(round))).execute(db).await?;
    });
    Ok(())
}

impl Store {
    /// The next of the line behind a place, so many at most, who have neither a seat nor an offer.
    /// Whoever would go to none of these places may be left out; with none named nobody is.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn line(
        &self,
        round: RoundNumber,
        (behind, at_most): (i64, u32),
        places: &[Places],
        now: Timestamp,
    ) -> Result<Vec<InLine<Place>>, StoreError> {
        let asked = match &self.sets {
            Pool::Sqlite(_) => "json_each($5) AS asked",
            Pool::Postgres(_) => "jsonb_array_elements_text($5::jsonb) AS asked(value)",
        };
        let line = AssertSqlSafe(LINE.replace("{places}", asked));
        let mut parts: Vec<String> = places.iter().flat_map(parts_of_wishes).collect();
        if parts.is_empty() {
            // It is a part of every text.
            parts.push(String::new());
        }
        let parts = rows(&parts)?;
        on!(&self.sets, db => {
            let query = sqlx::query(line).bind(i64::from(u8::from(round))).bind(behind);
            let query = query.bind(i64::from(at_most)).bind(now.as_second()).bind(parts);
            query.fetch_all(db).await?.iter().map(|row| in_line(row, now)).collect()
        })
    }

    /// Seats that were given up while others wait, by slot.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn freed_seats(&self, round: RoundNumber) -> Result<Vec<(SlotId, u32)>, StoreError> {
        on!(&self.sets, db => {
            let query = sqlx::query(FREED).bind(i64::from(u8::from(round)));
            let found = query.fetch_all(db).await?;
            let freed = |row: &_| {
                let slot = SlotId(narrow(Columns::int(row, "slot")?)?);
                Ok((slot, narrow(Columns::int(row, "seats")?)?))
            };
            found.iter().map(freed).collect()
        })
    }

    /// Offers seats, each to one who still waits and has none, as long as it is there; and if all
    /// were, gives back so many of the seats that were given up and suit nobody. Nothing of it if
    /// the line has another version by now: somebody else's turn may have come.
    ///
    /// # Errors
    /// If the database fails; then none of them was offered, or it is not known.
    pub async fn offer(
        &self,
        (round, version): (RoundNumber, i64),
        offers: &[NewOffer],
        no_use: &[(SlotId, u32)],
        now: Timestamp,
    ) -> Result<Option<Offered>, StoreError> {
        self.writes.note(in_time(self.offer_all((round, version), offers, no_use, now)).await)
    }

    async fn offer_all(
        &self,
        (round, version): (RoundNumber, i64),
        offers: &[NewOffer],
        no_use: &[(SlotId, u32)],
        now: Timestamp,
    ) -> Result<Option<Offered>, StoreError> {
        self.check_place()?;
        let mut transaction = self.writer.begin().await?;
        if !still_this_version(&mut transaction, version).await? {
            return Ok(None);
        }
        let slots = offers.iter().map(|offer| offer.slot).chain(no_use.iter().map(|one| one.0));
        let mut locked = lock(&mut transaction, round, &slots.collect()).await?;
        let people = still_waiting(&mut transaction, round, offers, now).await?;
        let (mut made, mut changed, mut stopped) = (Vec::new(), BTreeMap::new(), false);
        for offer in offers {
            let Some((mobile, language)) = people.get(&offer.to.place) else { continue };
            if locked.take(offer.slot) {
                *changed.entry(offer.slot).or_default() += 1;
            } else if !locked.take_freed(offer.slot) {
                // Somebody took it: who is behind them must not get what is theirs then.
                stopped = true;
                break;
            }
            let id = self.seal.random_number();
            let code = hexadecimal(self.seal.offer_code_hash(&self.seal.offer_code(id)));
            let (person, slot, place) = (offer.to.person.0, offer.slot.0, offer.to.place);
            let (until, once) = (offer.until.as_second(), offer_codes::once(id));
            let mobile = hexadecimal(mobile);
            made.push((id, person, slot, until, place, code, once, language.clone(), mobile));
        }
        // What suits nobody else may suit whoever has lost theirs by that.
        for (slot, seats) in no_use.iter().filter(|_| !stopped) {
            let given = locked.give_back(*slot, *seats);
            *changed.entry(*slot).or_default() -= i64::from(given);
        }
        let all = [(holds::FORGET, 5), (holds::GIVE, 6), (HOLD, 1), (OFFER, 1), (TELL, 1)];
        let (all, set) = (transaction.together(&all), rows(&made)?);
        within!(&mut transaction, db => {
            let query = sqlx::query(all).bind(set).bind(i64::from(u8::from(round)));
            let query = query.bind(now.as_second()).bind(Kind::Offered.code());
            query.bind(locked.used()?).bind(holds::changed(&changed)?).execute(db).await?;
        });
        let told = |(_, person, slot, until, ..): &(i64, i64, u32, i64, i64, _, _, _, _)| Entry {
            person: Some(PersonId(*person)),
            after: Some(format!("slot {slot} held until {until}")),
            ..Entry::new(now, Actor::Service, Action::Offer)
        };
        let entries: Vec<Entry> = made.iter().map(told).collect();
        self.commit_with(transaction, &entries).await?;
        Ok(Some(Offered { offers: made.len() as u64, stopped, seats: locked.all_after(&changed) }))
    }
}

/// What stands in the text of a wish for one of these places, and hardly in that of another.
fn parts_of_wishes(places: &Places) -> Vec<String> {
    match places {
        Places::Districts(districts) => districts.iter().map(|one| one.0.to_string()).collect(),
        Places::Site(site) => vec![format!("\"site\":{}", site.0)],
    }
}

fn in_line(row: &impl Columns, now: Timestamp) -> Result<InLine<Place>, StoreError> {
    let passed: Vec<(SlotId, i64)> = serde_json::from_str(&row.text("passed")?)
        .map_err(|_| StoreError::Unreadable("offers that lapsed"))?;
    let who = Place { person: PersonId(row.int("person")?), place: row.int("place")? };
    // One that lies ahead was noted before the clock was set back.
    let lately = |at: i64| (now - PASSED_FOR).as_second() < at && at <= now.as_second();
    let passed = passed.into_iter().filter(|(_, at)| lately(*at)).map(|(slot, _)| slot).collect();
    Ok(InLine { who, wish: registered_wish(row)?, passed })
}

/// By place those who still wait there and have neither a seat nor an offer: where they are told,
/// and in which language.
async fn still_waiting(
    transaction: &mut Transaction,
    round: RoundNumber,
    offers: &[NewOffer],
    now: Timestamp,
) -> Result<HashMap<i64, (Vec<u8>, String)>, StoreError> {
    let places = rows(&offers.iter().map(|offer| (offer.to.place,)).collect::<Vec<_>>())?;
    let still = for_update(transaction, STILL);
    within!(transaction, db => {
        let query = sqlx::query(still).bind(places).bind(i64::from(u8::from(round)));
        let found = query.bind(now.as_second()).fetch_all(db).await?;
        let told = |row: &_| {
            let mobile = Columns::bytes(row, "mobile_sealed")?;
            Ok((Columns::int(row, "place")?, (mobile, Columns::text(row, "language")?)))
        };
        found.iter().map(told).collect()
    })
}
