//! The time that the loop hands in: it stands still while a trainer has paused the training, so
//! that no visit and no exercise runs out meanwhile.

use std::time::{Duration, Instant};

/// Time since the start, without the pauses.
pub struct Pause {
    started: Instant,
    /// All pauses that are over, together.
    stood: Duration,
    since: Option<Instant>,
}

impl Pause {
    pub fn new(started: Instant) -> Self {
        Self { started, stood: Duration::ZERO, since: None }
    }

    pub fn is_on(&self) -> bool {
        self.since.is_some()
    }

    pub fn uptime(&self, now: Instant) -> Duration {
        let until = self.since.unwrap_or(now);
        until.saturating_duration_since(self.started).saturating_sub(self.stood)
    }

    /// Begins a pause, or ends it, when `is_paused` has changed.
    pub fn follow(&mut self, is_paused: bool, now: Instant) {
        match (self.since, is_paused) {
            (None, true) => self.since = Some(now),
            (Some(since), false) => {
                self.stood += now.saturating_duration_since(since);
                self.since = None;
            }
            (None, false) | (Some(_), true) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[allow(clippy::disallowed_methods, reason = "an instant to count from")]
    fn time_stands_still_in_a_pause_and_goes_on_where_it_stood() {
        let started = Instant::now();
        let at = |seconds| started + Duration::from_secs(seconds);
        let mut pause = Pause::new(started);
        pause.follow(false, at(5));
        assert_eq!(pause.uptime(at(10)).as_secs(), 10);
        pause.follow(true, at(10));
        pause.follow(true, at(20));
        assert_eq!(pause.uptime(at(60)).as_secs(), 10);
        assert!(pause.is_on());
        pause.follow(false, at(70));
        assert_eq!(pause.uptime(at(75)).as_secs(), 15);
        pause.follow(true, at(80));
        pause.follow(false, at(90));
        assert_eq!(pause.uptime(at(90)).as_secs(), 20);
    }
}
