//! Waits that double with each attempt: between retries of a call, and before the next log-in after
//! wrong ones.

use std::time::Duration;

/// Gives the first wait, then twice as long each time, and never more than the longest.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Backoff {
    first: Duration,
    longest: Duration,
}

impl Backoff {
    pub const fn new(first: Duration, longest: Duration) -> Self {
        Self { first, longest }
    }

    /// The wait that follows `earlier` others: the first wait if `earlier` is 0.
    pub fn wait(&self, earlier: u32) -> Duration {
        let factor = 1_u32.checked_shl(earlier).unwrap_or(u32::MAX);
        self.first.saturating_mul(factor).min(self.longest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::first(0, 30)]
    #[case::second(1, 60)]
    #[case::fifth(4, 480)]
    #[case::longest(5, 900)]
    #[case::far_more_than_a_number_has_bits(1000, 900)]
    fn a_wait_doubles_up_to_the_longest(#[case] earlier: u32, #[case] seconds: u64) {
        let backoff = Backoff::new(Duration::from_secs(30), Duration::from_secs(900));
        assert_eq!(backoff.wait(earlier), Duration::from_secs(seconds));
    }
}
