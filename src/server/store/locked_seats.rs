//! Seats of some slots that nobody else changes before a transaction ends: those that are free for
//! all, and those that were given up and are kept for whoever waits.

use super::database::{Columns, Transaction, within};
use super::error::StoreError;
use super::programme::{Seats, seats};
use super::values::{narrow, rows};
use crate::domain::round::RoundNumber;
use crate::domain::site::SlotId;
use std::collections::{BTreeMap, BTreeSet, HashMap};

const LOCK: &str = "SELECT slot, capacity, taken FROM seats WHERE slot IN \
    (SELECT CAST(value ->> 0 AS BIGINT) FROM {keys}) ORDER BY slot{lock}";
const FREED_OF: &str = "SELECT person, slot FROM holds WHERE round = $2 AND reason = 'freed' \
    AND slot IN (SELECT CAST(value ->> 0 AS BIGINT) FROM {keys}) ORDER BY slot, person";

/// Seats that nobody else changes before the transaction ends.
pub(super) struct Locked {
    seats: HashMap<SlotId, Seats>,
    /// How many are offered of those that are free for all.
    taken: HashMap<SlotId, u32>,
    /// Seats that were given up, by the number under which each is held.
    freed: HashMap<SlotId, Vec<i64>>,
    /// Those that are no longer held so.
    used: Vec<i64>,
}

impl Locked {
    /// Takes a seat that was given up.
    pub fn take_freed(&mut self, slot: SlotId) -> bool {
        let freed = self.freed.get_mut(&slot).and_then(Vec::pop);
        self.used.extend(freed);
        freed.is_some()
    }

    /// Takes one that is free for all, if no other is held back for those who wait.
    pub fn take(&mut self, slot: SlotId) -> bool {
        if self.freed.get(&slot).is_some_and(|freed| !freed.is_empty()) {
            return false;
        }
        let taken = self.taken.entry(slot).or_default();
        let is_free = self.seats.get(&slot).is_some_and(|s| s.taken + *taken < s.capacity);
        *taken += u32::from(is_free);
        is_free
    }

    /// Gives back so many of those that were given up; how many there were.
    pub fn give_back(&mut self, slot: SlotId, seats: u32) -> u32 {
        (0..seats).map(|_| u32::from(self.take_freed(slot))).sum()
    }

    /// Under which those were held that are no longer, as JSON rows.
    pub fn used(&self) -> Result<String, StoreError> {
        rows(&self.used.iter().map(|person| (person,)).collect::<Vec<_>>())
    }

    /// The seats that were changed, as they are then.
    pub fn all_after(&self, changed: &BTreeMap<SlotId, i64>) -> Vec<Seats> {
        changed.iter().filter_map(|(slot, by)| self.after(*slot, *by)).collect()
    }

    fn after(&self, slot: SlotId, by: i64) -> Option<Seats> {
        let seats = self.seats.get(&slot)?;
        Some(Seats { taken: (i64::from(seats.taken) + by).try_into().ok()?, ..*seats })
    }
}

/// Locks the seats of these slots, in the order in which all lock them.
pub(super) async fn lock(
    transaction: &mut Transaction,
    round: RoundNumber,
    slots: &BTreeSet<SlotId>,
) -> Result<Locked, StoreError> {
    let set = rows(&slots.iter().map(|slot| (slot.0,)).collect::<Vec<_>>())?;
    let (locking, freed) = (for_update(transaction, LOCK), transaction.with_rows(FREED_OF));
    within!(transaction, db => {
        let found = sqlx::query(locking).bind(&set).fetch_all(&mut *db).await?;
        let one = |row: &_| seats(row).map(|seats| (seats.slot, seats));
        let seats = found.iter().map(one).collect::<Result<HashMap<_, _>, StoreError>>()?;
        let query = sqlx::query(freed).bind(&set).bind(i64::from(u8::from(round)));
        let mut freed: HashMap<SlotId, Vec<i64>> = HashMap::new();
        for row in query.fetch_all(db).await? {
            freed.entry(SlotId(narrow(row.int("slot")?)?)).or_default().push(row.int("person")?);
        }
        Ok(Locked { seats, taken: HashMap::new(), freed, used: Vec::new() })
    })
}

/// A statement that locks what it reads, with its `{rows}` and `{lock}`.
pub(super) fn for_update(
    transaction: &Transaction,
    statement: &'static str,
) -> sqlx::AssertSqlSafe<String> {
    let lock = match transaction {
        Transaction::Sqlite(_) => "",
        Transaction::Postgres(_) => " FOR UPDATE",
    };
    let sqlx::AssertSqlSafe(statement) = transaction.with_rows(statement);
    sqlx::AssertSqlSafe(statement.replace("{lock}", lock))
}
