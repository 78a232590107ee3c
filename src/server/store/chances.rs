//! How often seats came free for those who wait, by what was offered in a round.

use super::Store;
use super::database::{Columns, on};
use super::error::StoreError;
use super::values::{instant, narrow};
use crate::domain::round::RoundNumber;
use crate::domain::site::SlotId;
use jiff::Timestamp;

/// Seats that came free, by slot.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CameFree {
    /// Since when they are counted.
    pub since: Timestamp,
    pub seats: Vec<(SlotId, u32)>,
}

impl Store {
    /// What came free from `since` on. A seat that somebody let go again counts once. `None` while
    /// nothing was ever offered, since nothing is known then.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn came_free(
        &self,
        round: RoundNumber,
        since: Timestamp,
    ) -> Result<Option<CameFree>, StoreError> {
        const FIRST: &str = "SELECT MIN(made) AS first FROM offers WHERE round = $1";
        const SEATS: &str = "SELECT slot, COUNT(*) AS seats FROM offers WHERE round = $1 \
            AND made >= $2 AND (outcome IS NULL OR outcome = 'taken') GROUP BY slot";
        let number = i64::from(u8::from(round));
        on!(&self.readers, db => {
            let first = sqlx::query(FIRST).bind(number).fetch_one(db).await?.maybe_int("first")?;
            let Some(first) = first.map(instant).transpose()? else { return Ok(None) };
            let query = sqlx::query(SEATS).bind(number).bind(since.as_second());
            let found = query.fetch_all(db).await?;
            let seats = |row: &_| {
                let slot = SlotId(narrow(Columns::int(row, "slot")?)?);
                Ok((slot, narrow(Columns::int(row, "seats")?)?))
            };
            let seats = found.iter().map(seats).collect::<Result<_, StoreError>>()?;
            Ok(Some(CameFree { since: since.max(first), seats }))
        })
    }
}
