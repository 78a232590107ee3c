//! Slots as an administrator lists them: with whether they are closed, which nobody else is told
//! but as "full".

use super::Store;
use super::database::{Columns, on};
use super::error::StoreError;
use super::programme::{round_number, slot};
use super::values::instant;
use crate::domain::round::RoundNumber;
use crate::domain::site::{SiteId, Slot, SlotId};
use jiff::Timestamp;
use std::collections::BTreeMap;

/// A slot, and when it was closed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ListedSlot {
    pub slot: Slot,
    pub closed: Option<Timestamp>,
}

impl Store {
    /// The slots of a round, in order of site and time.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn listed_slots(&self, round: RoundNumber) -> Result<Vec<ListedSlot>, StoreError> {
        const SLOTS: &str = "SELECT slots.id, slots.site, slots.starts, slots.ends, \
            seats.capacity, seats.taken, seats.closed FROM seats \
            JOIN slots ON slots.id = seats.slot WHERE seats.round = $1 \
            ORDER BY slots.site, slots.starts, slots.id";
        on!(&self.readers, db => {
            let query = sqlx::query(SLOTS).bind(i64::from(u8::from(round)));
            query.map(|row| listed(&row)).fetch_all(db).await?.into_iter().collect()
        })
    }

    /// The round of a site; `None` if there is no such site.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn round_of_site(&self, site: SiteId) -> Result<Option<RoundNumber>, StoreError> {
        const ROUND: &str = "SELECT round FROM sites WHERE id = $1";
        on!(&self.readers, db => {
            let row = sqlx::query(ROUND).bind(i64::from(site.0)).fetch_optional(db).await?;
            row.map(|row| round_number(row.int("round")?)).transpose()
        })
    }

    /// The rounds of those of these slots that there are.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn rounds_of(
        &self,
        slots: &[SlotId],
    ) -> Result<BTreeMap<SlotId, RoundNumber>, StoreError> {
        const ROUND: &str = "SELECT round FROM seats WHERE slot = $1";
        let mut rounds = BTreeMap::new();
        for slot in slots {
            on!(&self.readers, db => {
                let query = sqlx::query(ROUND).bind(i64::from(slot.0));
                if let Some(row) = query.fetch_optional(db).await? {
                    rounds.insert(*slot, round_number(row.int("round")?)?);
                }
            });
        }
        Ok(rounds)
    }
}

fn listed(row: &impl Columns) -> Result<ListedSlot, StoreError> {
    let closed = row.maybe_int("closed")?.map(instant).transpose()?;
    Ok(ListedSlot { slot: slot(row)?, closed })
}
