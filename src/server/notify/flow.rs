//! How many messages may be on their way to a gateway at once: as many as its setting says, fewer
//! after it has said 429, and none until the time that it named then.

use super::SendError;
use std::time::Duration;

/// How long nothing is sent after a 429 that names no time, and at most if it names one.
const PAUSE: Duration = Duration::from_secs(1);
const LONGEST_PAUSE: Duration = Duration::from_secs(5 * 60);
/// So many failures after one another, and the gateway counts as down. In percent of the messages
/// that may be on their way, and never fewer than [`FEWEST`].
const FEWEST: usize = 32;

/// What a gateway bears now.
#[derive(Clone, Copy, Debug)]
pub struct Flow {
    most: usize,
    allowed: usize,
    /// Taken since `allowed` was changed.
    taken: usize,
    /// Failed since the last that was taken.
    failed: usize,
    /// Nothing is begun before then, in time since this process began.
    pause_until: Duration,
}

impl Flow {
    pub fn new(most: usize) -> Self {
        let most = most.max(1);
        Self { most, allowed: most, taken: 0, failed: 0, pause_until: Duration::ZERO }
    }

    /// How many may be on their way at once.
    pub fn allowed(&self) -> usize {
        self.allowed
    }

    /// Whether the gateway asked for a pause that is not over.
    pub fn is_paused(&self, uptime: Duration) -> bool {
        uptime < self.pause_until
    }

    /// Whether so many failed after one another that the next would fail too.
    pub fn is_down(&self) -> bool {
        self.failed >= self.most.max(FEWEST)
    }

    /// A new look begins, which finds out by itself whether the gateway is down.
    pub fn try_again(&mut self) {
        self.failed = 0;
    }

    /// Learns from what became of a message. A 429 halves what may be on its way, and each round of
    /// messages that are taken adds one again, as TCP avoids congestion (RFC 5681, section 3.1).
    /// Messages that were on their way at a 429 get one too, so only the first of a pause counts.
    pub fn note(&mut self, result: Result<(), SendError>, uptime: Duration) {
        match result {
            Ok(()) | Err(SendError::Never) => {
                self.failed = 0;
                self.taken += 1;
                if self.taken >= self.allowed {
                    self.taken = 0;
                    self.allowed = (self.allowed + 1).min(self.most);
                }
            }
            Err(SendError::Later) => self.failed += 1,
            Err(SendError::TooMany(after)) => {
                if !self.is_paused(uptime) {
                    self.taken = 0;
                    self.allowed = (self.allowed / 2).max(1);
                }
                let pause = after.unwrap_or(PAUSE).min(LONGEST_PAUSE);
                self.pause_until = self.pause_until.max(uptime + pause);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Duration = Duration::from_secs(100);

    #[test]
    fn too_many_halves_once_a_pause_and_what_is_taken_raises_again() {
        let mut flow = Flow::new(8);
        for _ in 0..8 {
            flow.note(Err(SendError::TooMany(Some(Duration::from_secs(3)))), NOW);
        }
        assert_eq!(flow.allowed(), 4);
        assert!(flow.is_paused(NOW + Duration::from_millis(2999)));
        assert!(!flow.is_paused(NOW + Duration::from_secs(3)));
        for _ in 0..4 {
            flow.note(Ok(()), NOW);
        }
        assert_eq!(flow.allowed(), 5);
        for _ in 0..100 {
            flow.note(Ok(()), NOW);
        }
        assert_eq!(flow.allowed(), 8, "never more than the setting says");
        for second in 0..9 {
            flow.note(Err(SendError::TooMany(None)), NOW + Duration::from_secs(100 + second));
        }
        assert_eq!(flow.allowed(), 1, "never none");
    }

    #[test]
    fn a_pause_has_an_end_whatever_the_gateway_says() {
        let mut flow = Flow::new(8);
        flow.note(Err(SendError::TooMany(Some(Duration::MAX))), NOW);
        assert!(flow.is_paused(NOW) && !flow.is_paused(NOW + LONGEST_PAUSE));
    }

    #[test]
    fn it_is_down_after_failures_in_a_row_only() {
        let mut flow = Flow::new(1);
        for nth in 0..2 * FEWEST {
            flow.note(if nth % 20 == 0 { Err(SendError::Later) } else { Ok(()) }, NOW);
        }
        assert!(!flow.is_down());
        for _ in 0..FEWEST {
            flow.note(Err(SendError::Later), NOW);
        }
        assert!(flow.is_down());
        flow.try_again();
        assert!(!flow.is_down());
    }
}
