//! Trying again when the service does not answer: how long to wait, and when. Pure: the ticks come
//! from the loop.

use crate::domain::backoff::Backoff;
use std::time::Duration;

/// A call that is tried until it is answered.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Retry {
    /// The attempt that runs, or that comes next: from 1.
    pub attempt: u32,
    /// When the next attempt begins; `None` while one runs.
    pub at: Option<Duration>,
    /// When the last attempt failed.
    since: Duration,
}

const LONGEST: Duration = Duration::from_secs(15);
const BACKOFF: Backoff = Backoff::new(Duration::from_secs(1), LONGEST);

impl Retry {
    /// The first attempt is on its way.
    pub fn first() -> Self {
        Self { attempt: 1, at: None, since: Duration::ZERO }
    }

    /// An attempt failed at `now`: the next one waits 1, 2, 4, 8, then 15 seconds. A service that
    /// is busy says how many seconds `at_least`; then, and from the second wait on, it is up to
    /// half as long again by `random`, so that kiosks that failed together do not come back
    /// together.
    pub fn failed(&mut self, now: Duration, at_least: Option<u32>, random: u128) {
        let wait = BACKOFF.wait(self.attempt.saturating_sub(1));
        let wait = wait.max(Duration::from_secs(at_least.unwrap_or(0).into()));
        let in_step = self.attempt == 1 && at_least.is_none();
        let more = if in_step { 0 } else { random % (wait.as_millis() / 2).max(1) };
        self.attempt += 1;
        self.since = now;
        self.at = Some(now + wait + Duration::from_millis(more as u64));
    }

    /// Whether the next attempt should begin.
    pub fn is_due(&self, now: Duration) -> bool {
        self.at.is_some_and(|at| now >= at)
    }

    /// The next attempt is on its way.
    pub fn begun(&mut self) {
        self.at = None;
    }

    /// How much of the wait is over, in percent; 100 while an attempt runs.
    pub fn waited(&self, now: Duration) -> u16 {
        let Some(at) = self.at else { return 100 };
        let whole = at.saturating_sub(self.since).as_millis().max(1);
        let over = now.saturating_sub(self.since).as_millis().min(whole);
        (over * 100 / whole) as u16
    }

    /// Whole seconds until the next attempt, at least 1; `None` while one runs.
    pub fn seconds_left(&self, now: Duration) -> Option<u64> {
        self.at.map(|at| (at.saturating_sub(now).as_millis().div_ceil(1000) as u64).max(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_and_then_stay() {
        let mut retry = Retry::first();
        let mut waits = Vec::new();
        for _ in 0..7 {
            retry.failed(Duration::ZERO, None, 0);
            waits.push(retry.seconds_left(Duration::ZERO).unwrap());
            assert!(!retry.is_due(Duration::ZERO));
            assert!(retry.is_due(LONGEST));
            retry.begun();
            assert!(!retry.is_due(LONGEST));
        }
        assert_eq!(waits, [1, 2, 4, 8, 15, 15, 15]);
        assert_eq!(retry.attempt, 8);
    }

    #[test]
    fn a_wait_is_told_in_percent() {
        let at = Duration::from_secs;
        let mut retry = Retry::first();
        assert_eq!(retry.waited(at(7)), 100);
        retry.failed(at(10), Some(4), 0);
        assert_eq!(
            [9, 10, 11, 13, 14, 20].map(|now| retry.waited(at(now))),
            [0, 0, 25, 75, 100, 100]
        );
    }

    #[test]
    fn a_busy_service_is_left_alone_as_long_as_it_asks_and_nobody_comes_back_in_step() {
        let wait = |at_least, random| {
            let mut retry = Retry::first();
            retry.failed(Duration::ZERO, at_least, random);
            retry.at.unwrap().as_millis()
        };
        assert_eq!(wait(Some(20), 0), 20_000);
        assert_eq!((wait(Some(1), 499), wait(Some(1), 500), wait(None, 499)), (1499, 1000, 1000));
    }
}
