//! The simulated clock of the training.

use crate::devices::clock::Clock;
use jiff::{SignedDuration, Timestamp};
use std::sync::Mutex;
use std::time::Instant;

/// A clock that starts at a given time, runs at the real pace, and can be put to another time.
#[derive(Debug)]
pub struct SimulatedClock {
    set: Mutex<(Timestamp, Instant)>,
}

impl SimulatedClock {
    #[allow(clippy::disallowed_methods, reason = "it runs at the real pace")]
    pub fn starting_at(time: Timestamp) -> Self {
        Self { set: Mutex::new((time, Instant::now())) }
    }

    /// Puts the clock to another time, from which it runs on.
    #[allow(clippy::disallowed_methods, reason = "it runs at the real pace")]
    pub fn put_to(&self, time: Timestamp) {
        *self.set.lock().unwrap_or_else(std::sync::PoisonError::into_inner) =
            (time, Instant::now());
    }
}

impl Clock for SimulatedClock {
    fn now(&self) -> Timestamp {
        let (time, since) = *self.set.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let passed = SignedDuration::try_from(since.elapsed()).unwrap_or(SignedDuration::ZERO);
        time.saturating_add(passed).unwrap_or(time)
    }
}
