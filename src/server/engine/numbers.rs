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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::site::SlotId;
    use crate::server::engine::write_store::WriteTx;
    use crate::server::store::decided::Decided;
    use crate::server::store::ids::PersonId;
    use crate::server::store::people::PersonRecord;
    use crate::server::store::programme::Seats;
    use std::collections::{HashMap, HashSet};
    use std::sync::Mutex;

    /// Gives sequences one after another, and notes how many were taken at a time.
    #[derive(Default)]
    struct Round(Mutex<Vec<u32>>);

    /// No transaction is begun for numbers.
    enum NoTx {}

    impl WriteTx for NoTx {
        fn read(&mut self) -> (HashMap<PersonId, PersonRecord>, HashMap<SlotId, Seats>) {
            match *self {}
        }

        async fn write(self, _: RoundNumber, _: &Decided) -> Result<HashSet<PersonId>, StoreError> {
            match self {}
        }
    }

    impl WriteStore for Round {
        type Tx = NoTx;

        async fn begin(
            &self,
            _: RoundNumber,
            _: &[PersonId],
            _: &[SlotId],
        ) -> Result<NoTx, StoreError> {
            unreachable!("numbers begin no transaction")
        }

        async fn reserve(&self, _: RoundNumber, _: Series, count: u32) -> Result<u32, StoreError> {
            let mut taken = self.0.lock().unwrap();
            let before: u32 = taken.iter().sum();
            taken.push(count);
            Ok(before + 1)
        }
    }

    fn round(number: u8) -> RoundNumber {
        RoundNumber::try_from(number).unwrap()
    }

    #[tokio::test]
    async fn numbers_are_taken_a_thousand_at_a_time_and_given_one_after_another() {
        let (store, mut numbers) = (Round::default(), Numbers::new(Series::Bookings));
        assert_eq!(numbers.next(), None);
        numbers.top_up(&store, round(2), 3).await.unwrap();
        let given: Vec<_> = (0..998).map(|_| numbers.next().unwrap().sequence()).collect();
        assert!(given.iter().copied().eq(1..=998));
        numbers.top_up(&store, round(2), 2).await.unwrap();
        assert_eq!(*store.0.lock().unwrap(), [1000], "two are left");
        numbers.top_up(&store, round(2), 3).await.unwrap();
        assert_eq!(*store.0.lock().unwrap(), [1000, 1000]);
        let given: Vec<_> = (0..1002).map(|_| numbers.next().unwrap().sequence()).collect();
        assert!(given.iter().copied().eq(999..=2000));
        assert_eq!(numbers.next(), None);
        // More than a thousand at once, less what is left.
        numbers.top_up(&store, round(2), 1).await.unwrap();
        numbers.top_up(&store, round(2), 2500).await.unwrap();
        assert_eq!(*store.0.lock().unwrap(), [1000, 1000, 1000, 1500]);
    }

    #[tokio::test]
    async fn another_round_has_numbers_of_its_own() {
        let (store, mut numbers) = (Round::default(), Numbers::new(Series::Bookings));
        numbers.top_up(&store, round(2), 1).await.unwrap();
        numbers.top_up(&store, round(3), 1).await.unwrap();
        assert_eq!(*store.0.lock().unwrap(), [1000, 1000]);
        assert_eq!(numbers.next(), BookingNumber::new(round(3), 1001).ok());
    }
}
