//! Seats for those who lost theirs when a slot was closed, and for whom none was left then: what
//! comes free is set aside for them before others. Which seat is whose is decided by the engine.

use super::Store;
use super::audit_trail::{Action, Actor, Entry};
use super::database::{Columns, in_time, on, within};
use super::error::StoreError;
use super::ids::PersonId;
use super::line_version::still_this_version;
use super::locked_seats::lock;
use super::offers::Offered;
use super::outbox::{self, Kind, Telling};
use super::people::booking_number;
use super::values::{instant, narrow, rows};
use super::{holds, people};
use crate::domain::booking_number::BookingNumber;
use crate::domain::language::Language;
use crate::domain::round::RoundNumber;
use crate::domain::site::SlotId;
use jiff::Timestamp;
use std::collections::{BTreeMap, HashSet};

/// Somebody who lost their seat and has none yet.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Unseated {
    pub person: PersonId,
    /// Of the booking that they lost.
    pub number: BookingNumber,
    pub language: Language,
    /// The slot that was closed.
    pub closed: SlotId,
    /// Until when they choose before others.
    pub until: Timestamp,
}

const UNSEATED: &str = "SELECT holds.person, holds.origin, holds.until, holds.booking, \
    bookings.language FROM holds JOIN bookings ON bookings.number = holds.booking \
    WHERE holds.round = $1 AND holds.slot IS NULL AND holds.until > $2 \
    AND holds.reason = 'closed-slot' ORDER BY bookings.made, bookings.number LIMIT $3";
const STILL: &str = "SELECT person FROM holds WHERE round = $2 AND slot IS NULL AND until > $3 \
    AND reason = 'closed-slot' AND person IN (SELECT CAST(value ->> 0 AS BIGINT) FROM {keys})";
const SET_ASIDE: &str = "UPDATE holds SET slot = asked.s FROM (SELECT CAST(value ->> 0 AS BIGINT) \
    AS p, CAST(value ->> 1 AS BIGINT) AS s FROM {keys}) AS asked \
    WHERE round = $2 AND person = asked.p AND slot IS NULL";

impl Store {
    /// Those who lost a seat and have none, in the order in which they had booked.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn unseated(
        &self,
        round: RoundNumber,
        at_most: u32,
        now: Timestamp,
    ) -> Result<Vec<Unseated>, StoreError> {
        on!(&self.sets, db => {
            let query = sqlx::query(UNSEATED).bind(i64::from(u8::from(round)));
            let query = query.bind(now.as_second()).bind(i64::from(at_most));
            query.fetch_all(db).await?.iter().map(unseated).collect()
        })
    }

    /// Sets seats aside for them, each for one who still has none, and has them told. Nothing of it
    /// if the line has another version by now.
    ///
    /// # Errors
    /// If the database fails; then nothing of it was done, or it is not known.
    pub async fn place(
        &self,
        (round, version): (RoundNumber, i64),
        seats: &[(Unseated, SlotId)],
        now: Timestamp,
    ) -> Result<Option<Offered>, StoreError> {
        self.writes.note(in_time(self.place_all((round, version), seats, now)).await)
    }

    async fn place_all(
        &self,
        (round, version): (RoundNumber, i64),
        seats: &[(Unseated, SlotId)],
        now: Timestamp,
    ) -> Result<Option<Offered>, StoreError> {
        self.check_place()?;
        let mut transaction = self.writer.begin().await?;
        if !still_this_version(&mut transaction, version).await? {
            return Ok(None);
        }
        let slots = seats.iter().map(|(_, slot)| *slot).collect();
        let mut locked = lock(&mut transaction, round, &slots).await?;
        let (number, at) = (i64::from(u8::from(round)), now.as_second());
        let still = transaction.with_rows(STILL);
        let people = rows(&seats.iter().map(|(one, _)| (one.person.0,)).collect::<Vec<_>>())?;
        let still: HashSet<i64> = within!(&mut transaction, db => {
            let found = sqlx::query(still).bind(people).bind(number).bind(at).fetch_all(db).await?;
            found.iter().map(|row| row.int("person")).collect::<Result<_, StoreError>>()?
        });
        let (mut placed, mut changed) = (Vec::new(), BTreeMap::new());
        for (one, slot) in seats.iter().filter(|(one, _)| still.contains(&one.person.0)) {
            if locked.take(*slot) {
                *changed.entry(*slot).or_default() += 1;
            } else if !locked.take_freed(*slot) {
                continue;
            }
            placed.push((*one, *slot));
        }
        holds::forget(&mut transaction, round, locked.used()?).await?;
        holds::give(&mut transaction, &changed).await?;
        let set_aside = transaction.with_rows(SET_ASIDE);
        let set: Vec<(i64, u32)> =
            placed.iter().map(|(one, slot)| (one.person.0, slot.0)).collect();
        within!(&mut transaction, db => {
            sqlx::query(set_aside).bind(rows(&set)?).bind(number).execute(db).await?;
        });
        let told: Vec<Telling> =
            placed.iter().map(|(one, slot)| telling(one, *slot, now)).collect();
        if !told.is_empty() {
            outbox::put(&mut transaction, self.seal.random_number(), now, &told).await?;
        }
        let entry = |(one, slot): &(Unseated, SlotId)| Entry {
            number: Some(people::as_integer(one.number)),
            person: Some(one.person),
            before: Some(format!("slot {}", one.closed.0)),
            after: Some(format!("slot {} set aside until {}", slot.0, one.until)),
            ..Entry::new(now, Actor::Service, Action::Displace)
        };
        let entries: Vec<Entry> = placed.iter().map(entry).collect();
        self.commit_with(transaction, &entries).await?;
        Ok(Some(Offered {
            offers: placed.len() as u64,
            stopped: false,
            seats: locked.all_after(&changed),
        }))
    }
}

fn unseated(row: &impl Columns) -> Result<Unseated, StoreError> {
    Ok(Unseated {
        person: PersonId(row.int("person")?),
        number: booking_number(row.int("booking")?)?,
        language: Language::from_tag(&row.text("language")?).unwrap_or_default(),
        closed: SlotId(narrow(row.int("origin")?)?),
        until: instant(row.int("until")?)?,
    })
}

fn telling(one: &Unseated, held: SlotId, now: Timestamp) -> Telling {
    Telling {
        kind: Kind::Displaced,
        number: one.number,
        slot: one.closed,
        language: one.language,
        at: now.as_second(),
        held: Some(held),
        until: Some(one.until.as_second()),
        not_before: None,
    }
}
