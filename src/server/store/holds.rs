//! Seats that are set aside for people until a time: given back when their person has chosen, or
//! when the time has ended. Whoever changes a hold with a slot has that slot's seats locked, so
//! that a seat is given back once.

use super::Store;
use super::audit_trail::{Action, Actor, Entry};
use super::database::{Columns, Transaction, in_time, on, within};
use super::decided::{EndedHold, Freed};
use super::error::StoreError;
use super::ids::PersonId;
use super::programme::round_number;
use super::seal::Seal;
use super::values::{narrow, rows};
use crate::domain::round::RoundNumber;
use crate::domain::site::SlotId;
use jiff::{SignedDuration, Timestamp};
use sqlx::AssertSqlSafe;
use std::collections::{BTreeMap, HashSet};

/// Holds that are ended in one transaction, so that nobody who books waits long.
const AT_ONCE: &str = "1000";
/// Only as long as it is what was read: its time may have ended meanwhile.
const END: &str = "DELETE FROM holds WHERE round = $2 \
    AND person IN (SELECT CAST(value ->> 0 AS BIGINT) FROM {keys}) \
    AND (person, COALESCE(slot, 0)) IN (SELECT CAST(value ->> 0 AS BIGINT), \
    CAST(value ->> 1 AS BIGINT) FROM {keys}) RETURNING person";
/// How long a seat that was given up is kept, if all servers stand still. It is looked at much
/// sooner.
pub(super) const KEPT_FOR: SignedDuration = SignedDuration::from_secs(60);
const KEEP_FREED: &str = "INSERT INTO holds (round, person, slot, until, reason) SELECT $2, \
    CAST(value ->> 0 AS BIGINT), CAST(value ->> 1 AS BIGINT), CAST(value ->> 2 AS BIGINT), \
    'freed' FROM {rows}";
const PASS_ON: &str = "UPDATE holds SET person = $3, reason = 'freed', until = $4 \
    WHERE round = $1 AND person = $2 AND reason = 'offer'";
pub(super) const FORGET: &str = "DELETE FROM holds WHERE round = $2 AND person IN \
    (SELECT CAST(value ->> 0 AS BIGINT) FROM {keys})";
pub(super) const GIVE: &str = "UPDATE seats SET taken = taken + asked.seats FROM \
    (SELECT CAST(value ->> 0 AS BIGINT) AS at, CAST(value ->> 1 AS BIGINT) AS seats FROM {keys}) \
    AS asked WHERE seats.slot = asked.at";

/// By how many the seats that are taken of each slot change.
pub(super) type Counted = BTreeMap<SlotId, i64>;

/// Ends holds of people who have chosen; whose hold is no longer what was read is added to `lost`.
/// The seats that are to be given back are counted.
pub(super) async fn end(
    transaction: &mut Transaction,
    round: RoundNumber,
    ended: &[EndedHold],
    lost: &mut HashSet<PersonId>,
    seats: &mut Counted,
) -> Result<(), StoreError> {
    let row = |hold: &EndedHold| (hold.person.0, hold.slot.map_or(0, |slot| slot.0));
    let set = rows(&ended.iter().map(row).collect::<Vec<_>>())?;
    let statement = transaction.with_rows(END);
    let done: HashSet<i64> = within!(transaction, db => {
        let query = sqlx::query(statement).bind(set).bind(i64::from(u8::from(round)));
        let done = query.fetch_all(db).await?;
        done.iter().map(|row| row.int("person")).collect::<Result<_, _>>()?
    });
    for hold in ended {
        if !done.contains(&hold.person.0) {
            lost.insert(hold.person);
        } else if let Some(slot) = hold.slot {
            *seats.entry(slot).or_default() -= 1;
        }
    }
    Ok(())
}

/// Keeps seats that were given up for those who wait, within the writer's transaction: each is held
/// for nobody until the next look. The seats that are taken by that are counted.
pub(super) async fn keep_freed(
    transaction: &mut Transaction,
    round: RoundNumber,
    freed: &[Freed],
    lost: &HashSet<PersonId>,
    seal: &Seal,
    seats: &mut Counted,
) -> Result<(), StoreError> {
    let there = freed.iter().filter(|one| !lost.contains(&one.person));
    let row = |one: &Freed| {
        *seats.entry(one.slot).or_default() += 1;
        (nobody(seal.random_number()), one.slot.0, (one.at + KEPT_FOR).as_second())
    };
    let set = rows(&there.map(row).collect::<Vec<_>>())?;
    let statement = transaction.with_rows(KEEP_FREED);
    within!(transaction, db => {
        let query = sqlx::query(statement).bind(set).bind(i64::from(u8::from(round)));
        query.execute(db).await?;
    });
    Ok(())
}

/// The seat that is offered to somebody is held for whoever is next. Its slot must be locked.
pub(super) async fn pass_on(
    transaction: &mut Transaction,
    round: RoundNumber,
    person: PersonId,
    random: i64,
    now: Timestamp,
) -> Result<(), StoreError> {
    within!(transaction, db => {
        let query = sqlx::query(PASS_ON).bind(i64::from(u8::from(round))).bind(person.0);
        let query = query.bind(nobody(random)).bind((now + KEPT_FOR).as_second());
        query.execute(db).await?;
    });
    Ok(())
}

/// Forgets holds, as JSON rows of their people: what becomes of the seats is the caller's.
pub(super) async fn forget(
    transaction: &mut Transaction,
    round: RoundNumber,
    people: String,
) -> Result<(), StoreError> {
    let statement = transaction.with_rows(FORGET);
    within!(transaction, db => {
        let query = sqlx::query(statement).bind(people).bind(i64::from(u8::from(round)));
        query.execute(db).await?;
    });
    Ok(())
}

/// Under which a seat is held for nobody.
pub(super) fn nobody(random: i64) -> i64 {
    -random.max(1)
}

/// Seats whose number changes, as JSON rows.
pub(super) fn changed(seats: &Counted) -> Result<String, StoreError> {
    let changed = seats.iter().filter(|(_, seats)| **seats != 0);
    rows(&changed.map(|(slot, seats)| (slot.0, *seats)).collect::<Vec<_>>())
}

/// Changes how many seats are taken.
pub(super) async fn give(transaction: &mut Transaction, seats: &Counted) -> Result<(), StoreError> {
    let (statement, seats) = (transaction.with_rows(GIVE), changed(seats)?);
    within!(transaction, db => { sqlx::query(statement).bind(seats).execute(db).await?; });
    Ok(())
}

impl Store {
    /// Keeps a seat of a full slot for those who wait, as if its person had given it up (in the
    /// training: "free a seat").
    ///
    /// # Errors
    /// If the database fails; then nothing is kept.
    pub async fn keep_freed_seat(
        &self,
        round: RoundNumber,
        slot: SlotId,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let mut transaction = self.writer.begin().await?;
        let freed = [Freed { person: PersonId(0), slot, at: now }];
        // It is full, and stays so.
        let (nobody, mut seats) = (HashSet::new(), Counted::new());
        keep_freed(&mut transaction, round, &freed, &nobody, &self.seal, &mut seats).await?;
        transaction.commit().await
    }

    /// Gives back the seats of holds whose time has ended: each once, whichever server is first. If
    /// somebody waits they are kept for those. Their rows stay, so that the people can be told.
    /// Returns how many there were.
    ///
    /// # Errors
    /// If the database fails. What was not given back is so at the next call.
    pub async fn give_back_ended_holds(&self, now: Timestamp) -> Result<u64, StoreError> {
        const ANY: &str = "SELECT COUNT(*) AS n FROM (SELECT 1 FROM holds \
            WHERE slot IS NOT NULL AND until <= $1 AND reason = 'closed-slot' LIMIT 1) AS ended";
        let mut given = 0;
        // The look takes no lock and writes nothing: most find nothing.
        while on!(&self.readers, db => {
            sqlx::query(ANY).bind(now.as_second()).fetch_one(db).await?.int("n")? > 0
        }) {
            let set = self.writes.note(in_time(self.give_back_some(now)).await)?;
            if set == 0 {
                break;
            }
            given += set;
        }
        Ok(given)
    }

    async fn give_back_some(&self, now: Timestamp) -> Result<u64, StoreError> {
        // The seats first, in the order in which all lock them; then what is set aside of them
        // cannot change any more.
        const LOCK: &str = "SELECT slot FROM seats WHERE slot IN (SELECT slot FROM (SELECT slot \
            FROM holds WHERE slot IS NOT NULL AND until <= $1 AND reason = 'closed-slot' \
            ORDER BY until LIMIT {n}) AS ended) \
            ORDER BY slot{lock}";
        const ENDED: &str = "SELECT round, person, slot, booking FROM holds WHERE until <= $2 \
            AND reason = 'closed-slot' \
            AND slot IN (SELECT CAST(value ->> 0 AS BIGINT) FROM {rows}) ORDER BY round, person";
        const EMPTY: &str = "UPDATE holds SET slot = NULL FROM (SELECT CAST(value ->> 0 AS BIGINT) \
            AS r, CAST(value ->> 1 AS BIGINT) AS p FROM {rows}) AS asked \
            WHERE round = asked.r AND person = asked.p";
        self.check_place()?;
        let mut transaction = self.writer.begin().await?;
        let lock = match &transaction {
            Transaction::Sqlite(_) => "",
            Transaction::Postgres(_) => " FOR UPDATE",
        };
        let lock = AssertSqlSafe(LOCK.replace("{n}", AT_ONCE).replace("{lock}", lock));
        let (ended, empty) = (transaction.with_rows(ENDED), transaction.with_rows(EMPTY));
        let found: Vec<EndedRow> = within!(&mut transaction, db => {
            let locked = sqlx::query(lock).bind(now.as_second()).fetch_all(&mut *db).await?;
            let slot = |row: &_| Ok((Columns::int(row, "slot")?,));
            let locked: Vec<(i64,)> =
                locked.iter().map(slot).collect::<Result<_, StoreError>>()?;
            let query = sqlx::query(ended).bind(rows(&locked)?).bind(now.as_second());
            let ended = query.fetch_all(&mut *db).await?;
            let hold = |row: &_| hold(row);
            let ended: Vec<_> = ended.iter().map(hold).collect::<Result<_, StoreError>>()?;
            let people: Vec<(i64, i64)> =
                ended.iter().map(|(round, person, ..)| (*round, *person)).collect();
            sqlx::query(empty).bind(rows(&people)?).execute(db).await?;
            ended
        });
        let mut given = Counted::new();
        let mut entries = Vec::with_capacity(found.len());
        for (_, person, slot, booking) in &found {
            *given.entry(SlotId(narrow(*slot)?)).or_default() -= 1;
            entries.push(Entry {
                number: *booking,
                person: Some(PersonId(*person)),
                before: Some(format!("slot {slot}")),
                ..Entry::new(now, Actor::Service, Action::GiveBack)
            });
        }
        let freed = self.for_those_who_wait(&mut transaction, &found, now).await?;
        for (round, freed) in freed {
            let lost = HashSet::new();
            keep_freed(&mut transaction, round, &freed, &lost, &self.seal, &mut given).await?;
        }
        give(&mut transaction, &given).await?;
        self.commit_with(transaction, &entries).await?;
        Ok(found.len() as u64)
    }
}

impl Store {
    /// Of seats whose time has ended those of rounds that are open and in which somebody waits.
    async fn for_those_who_wait(
        &self,
        transaction: &mut Transaction,
        ended: &[EndedRow],
        now: Timestamp,
    ) -> Result<Vec<(RoundNumber, Vec<Freed>)>, StoreError> {
        const WAITED_FOR: &str = "SELECT number FROM rounds WHERE closes > $1 \
            AND EXISTS (SELECT 1 FROM waiting WHERE waiting.round = rounds.number)";
        let rounds: Vec<i64> = within!(transaction, db => {
            let found = sqlx::query(WAITED_FOR).bind(now.as_second()).fetch_all(db).await?;
            found.iter().map(|row| row.int("number")).collect::<Result<_, StoreError>>()?
        });
        let of = |number: i64| -> Result<_, StoreError> {
            let freed = ended.iter().filter(|(round, ..)| *round == number);
            let freed = freed.map(|(_, person, slot, _)| {
                Ok(Freed { person: PersonId(*person), slot: SlotId(narrow(*slot)?), at: now })
            });
            Ok((round_number(number)?, freed.collect::<Result<Vec<_>, StoreError>>()?))
        };
        rounds.into_iter().map(of).collect()
    }
}

/// A hold whose time has ended: round, person, slot and the booking that was lost.
type EndedRow = (i64, i64, i64, Option<i64>);

fn hold(row: &impl Columns) -> Result<EndedRow, StoreError> {
    Ok((row.int("round")?, row.int("person")?, row.int("slot")?, row.maybe_int("booking")?))
}
