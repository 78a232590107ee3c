//! The clock as a trait, and the machine's own. Rules and screens are handed the time and never ask
//! for it.

use jiff::Timestamp;

/// Tells the wall-clock time.
pub trait Clock: Send + Sync {
    fn now(&self) -> Timestamp;
}

/// The machine's own clock.
#[derive(Clone, Copy, Debug)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[allow(
        clippy::disallowed_methods,
        reason = "the clock is the edge that reads the machine's time"
    )]
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
}
