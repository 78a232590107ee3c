//! Numbers that a writer may give: taken from the round many at a time, so that servers side by
//! side need not wait for each other.

use super::write_store::WriteStore;
use crate::domain::booking_number::BookingNumber;
use crate::domain::round::RoundNumber;
use crate::server::store::decided::Series;
use crate::server::store::error::StoreError;
use std::collections::VecDeque;
use std::ops::Range;

/// Numbers taken from the round at a time. What a server has not given out when it ends is never
/// given: gaps harm nobody.
const AT_A_TIME: u32 = 1000;

/// Numbers of one series that are this writer's to give.
#[derive(Debug)]
pub struct Numbers {
    series: Series,
    round: Option<RoundNumber>,
    ranges: VecDeque<Range<u32>>,
}

impl Numbers {
    pub fn new(series: Series) -> Self {
        Self { series, round: None, ranges: VecDeque::new() }
    }

    /// Makes sure that there are at least `count`.
    ///
    /// # Errors
    /// If the database fails, or the round has no more numbers (a check of its column).
    pub async fn top_up(
        &mut self,
        store: &impl WriteStore,
        round: RoundNumber,
        count: u32,
    ) -> Result<(), StoreError> {
        if self.round != Some(round) {
            *self = Self { round: Some(round), ..Self::new(self.series) };
        }
        let left: u32 = self.ranges.iter().map(|range| range.end - range.start).sum();
        if left < count {
            let more = AT_A_TIME.max(count - left);
            let first = store.reserve(round, self.series, more).await?;
            self.ranges.push_back(first..first + more);
        }
        Ok(())
    }
}

impl Iterator for Numbers {
    type Item = BookingNumber;

    fn next(&mut self) -> Option<BookingNumber> {
        loop {
            let range = self.ranges.front_mut()?;
            match range.next() {
                Some(sequence) => return BookingNumber::new(self.round?, sequence).ok(),
                None => self.ranges.pop_front(),
            };
        }
    }
}
