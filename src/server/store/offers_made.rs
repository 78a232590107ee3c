//! What was offered in a round and who was never offered anything, for the audit; and whether each
//! offer has its hold.

use super::Store;
use super::database::{Columns, on};
use super::error::StoreError;
use super::values::{instant, narrow};
use super::waiting::registered_wish;
use crate::domain::passed_over::{MadeOffer, NeverOffered};
use crate::domain::round::RoundNumber;
use crate::domain::site::SlotId;

impl Store {
    /// Offers without a hold, and holds of offers without one.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn offers_astray(&self, round: RoundNumber) -> Result<u64, StoreError> {
        const ASTRAY: &str = "SELECT (SELECT COUNT(*) FROM offers WHERE round = $1 \
            AND ended IS NULL AND NOT EXISTS (SELECT 1 FROM holds WHERE holds.round = $1 \
            AND holds.person = offers.person AND holds.slot = offers.slot \
            AND holds.reason = 'offer')) + (SELECT COUNT(*) FROM holds WHERE round = $1 \
            AND reason = 'offer' AND NOT EXISTS (SELECT 1 FROM offers WHERE offers.round = $1 \
            AND offers.person = holds.person AND offers.slot = holds.slot \
            AND offers.ended IS NULL)) AS n";
        on!(&self.readers, db => {
            let query = sqlx::query(ASTRAY).bind(i64::from(u8::from(round)));
            narrow(query.fetch_one(db).await?.int("n")?)
        })
    }

    /// All offers of a round.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn offers_made(&self, round: RoundNumber) -> Result<Vec<MadeOffer>, StoreError> {
        const MADE: &str = "SELECT slot, place, made FROM offers WHERE round = $1";
        on!(&self.readers, db => {
            let query = sqlx::query(MADE).bind(i64::from(u8::from(round)));
            let found = query.fetch_all(db).await?;
            let made = |row: &_| {
                Ok(MadeOffer {
                    slot: SlotId(narrow(Columns::int(row, "slot")?)?),
                    place: Columns::int(row, "place")?,
                    made: instant(Columns::int(row, "made")?)?,
                })
            };
            found.iter().map(made).collect()
        })
    }

    /// Those who wait, have no seat, and were never offered anything.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn never_offered(&self, round: RoundNumber) -> Result<Vec<NeverOffered>, StoreError> {
        const NEVER: &str = "SELECT place, asked, wish, brands FROM waiting \
            JOIN intentions ON intentions.person = waiting.person WHERE round = $1 \
            AND NOT EXISTS (SELECT 1 FROM offers WHERE offers.round = $1 \
            AND offers.person = waiting.person) AND NOT EXISTS (SELECT 1 FROM holds \
            WHERE holds.round = $1 AND holds.person = waiting.person) \
            AND NOT EXISTS (SELECT 1 FROM bookings WHERE bookings.round = $1 \
            AND bookings.person = waiting.person AND bookings.cancelled IS NULL)";
        on!(&self.readers, db => {
            let query = sqlx::query(NEVER).bind(i64::from(u8::from(round)));
            let found = query.fetch_all(db).await?;
            let never = |row: &_| {
                Ok(NeverOffered {
                    place: Columns::int(row, "place")?,
                    asked: instant(Columns::int(row, "asked")?)?,
                    wish: registered_wish(row)?,
                })
            };
            found.iter().map(never).collect()
        })
    }
}
