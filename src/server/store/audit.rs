//! Questions that find what must never be: asked after a rush, and by whoever doubts.

use super::Store;
use super::database::{Columns, Pool, on};
use super::error::StoreError;
use super::people::{as_integer, booking_number};
use super::values::{narrow, rows};
use crate::domain::booking_number::BookingNumber;
use crate::domain::round::RoundNumber;
use std::collections::HashSet;

/// What the database holds of a round, and what is wrong with it. All but the first two are zero in
/// a sound one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Findings {
    pub live_bookings: u64,
    /// Seats marked as taken when the round began, or by what is neither a booking nor set aside.
    pub seats_without_booking: u64,
    pub slots_over_capacity: u64,
    pub slots_with_more_bookings_than_taken_seats: u64,
    pub people_booked_twice: u64,
    pub bookings_without_person_or_slot: u64,
}

/// Counted from the rows themselves: neither `taken` nor an index is believed.
const FINDINGS: &str = "WITH live AS (SELECT person, slot FROM bookings WHERE round = $1 AND \
    cancelled IS NULL), \
     held AS (SELECT slot FROM holds WHERE round = $1 AND slot IS NOT NULL), \
     seated AS (SELECT slot, COUNT(*) AS bookings FROM (SELECT slot FROM live UNION ALL \
     SELECT slot FROM held) AS used GROUP BY slot), \
     tables AS (SELECT seats.slot, seats.capacity, seats.taken, COALESCE(seated.bookings, 0) AS \
     bookings FROM seats \
       LEFT JOIN seated ON seated.slot = seats.slot WHERE seats.round = $1) \
     SELECT (SELECT COUNT(*) FROM live) AS live_bookings, \
     (SELECT CAST(COALESCE(SUM(taken - bookings), 0) AS BIGINT) FROM tables WHERE taken > \
     bookings) AS unbooked, \
     (SELECT COUNT(*) FROM tables WHERE taken > capacity OR bookings > capacity) AS over, \
     (SELECT COUNT(*) FROM tables WHERE bookings > taken) AS uncounted, \
     (SELECT COUNT(*) FROM (SELECT person FROM live GROUP BY person HAVING COUNT(*) > 1) AS twice) \
     AS twice, \
     (SELECT COUNT(*) FROM live WHERE (person > 0 \
     AND NOT EXISTS (SELECT 1 FROM people WHERE people.id = live.person)) \
       OR NOT EXISTS (SELECT 1 FROM seats WHERE seats.slot = live.slot)) AS orphans";

impl Store {
    /// Looks through a round's bookings.
    pub async fn audit(&self, round: RoundNumber) -> Result<Findings, StoreError> {
        let number = i64::from(u8::from(round));
        on!(&self.readers, db => {
            let row = sqlx::query(FINDINGS).bind(number).fetch_one(db).await?;
            Ok(Findings {
                live_bookings: narrow(row.int("live_bookings")?)?,
                seats_without_booking: narrow(row.int("unbooked")?)?,
                slots_over_capacity: narrow(row.int("over")?)?,
                slots_with_more_bookings_than_taken_seats: narrow(row.int("uncounted")?)?,
                people_booked_twice: narrow(row.int("twice")?)?,
                bookings_without_person_or_slot: narrow(row.int("orphans")?)?,
            })
        })
    }

    /// Which of these numbers are not those of live bookings.
    pub async fn missing(
        &self,
        numbers: &[BookingNumber],
    ) -> Result<Vec<BookingNumber>, StoreError> {
        const THERE_SQLITE: &str = "SELECT number FROM json_each($1) AS asked CROSS JOIN bookings \
             ON bookings.number = asked.value WHERE cancelled IS NULL";
        const THERE_POSTGRES: &str =
            "SELECT number FROM bookings WHERE number = ANY($1) AND cancelled IS NULL";
        let asked: Vec<i64> = numbers.iter().copied().map(as_integer).collect();
        let there: Result<HashSet<i64>, StoreError> = match &self.readers {
            Pool::Sqlite(db) => {
                let there = sqlx::query(THERE_SQLITE).bind(rows(&asked)?).fetch_all(db).await?;
                there.iter().map(|row| row.int("number")).collect()
            }
            Pool::Postgres(db) => {
                let there = sqlx::query(THERE_POSTGRES).bind(&asked).fetch_all(db).await?;
                there.iter().map(|row| row.int("number")).collect()
            }
        };
        let there = there?;
        asked.into_iter().filter(|number| !there.contains(number)).map(booking_number).collect()
    }
}
