//! Trying again when the service does not answer: how long to wait, and when. Pure: the ticks come from the loop.

use std::time::Duration;

/// A call that is tried until it is answered.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Retry {
    /// The attempt that runs, or that comes next: from 1.
    pub attempt: u32,
    /// When the next attempt begins; none while one runs.
    pub at: Option<Duration>,
}

/// Waits double from one second up to this.
const LONGEST: Duration = Duration::from_secs(15);

impl Retry {
    /// The first attempt is on its way.
    pub fn first() -> Self {
        Self { attempt: 1, at: None }
    }

    /// An attempt failed at `now`: the next one waits 1, 2, 4, 8, then 15 seconds.
    pub fn failed(&mut self, now: Duration) {
        let wait = Duration::from_secs(1 << self.attempt.saturating_sub(1).min(4)).min(LONGEST);
        self.attempt += 1;
        self.at = Some(now + wait);
    }

    /// Whether the next attempt should begin.
    pub fn is_due(&self, now: Duration) -> bool {
        self.at.is_some_and(|at| now >= at)
    }

    /// The next attempt is on its way.
    pub fn begun(&mut self) {
        self.at = None;
    }

    /// Whole seconds until the next attempt, at least 1; none while one runs.
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
            retry.failed(Duration::ZERO);
            waits.push(retry.seconds_left(Duration::ZERO).unwrap());
            assert!(!retry.is_due(Duration::ZERO));
            assert!(retry.is_due(LONGEST));
            retry.begun();
            assert!(!retry.is_due(LONGEST));
        }
        assert_eq!(waits, [1, 2, 4, 8, 15, 15, 15]);
        assert_eq!(retry.attempt, 8);
    }
}
