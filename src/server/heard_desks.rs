//! When desks of vaccination sites were heard, for whoever closes their days. It is written seldom:
//! a desk asks for its list all day long.

use super::store::ids::DeviceId;
use jiff::{SignedDuration, Timestamp};
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// How old what is written may be.
const WRITTEN_EVERY: SignedDuration = SignedDuration::from_mins(5);

/// What this server has written of each desk.
#[derive(Debug, Default)]
pub struct HeardDesks {
    written: Mutex<HashMap<DeviceId, Timestamp>>,
}

impl HeardDesks {
    /// Whether it is to be written that this desk is heard now.
    pub fn is_news(&self, desk: DeviceId, now: Timestamp) -> bool {
        let mut written = self.written.lock().unwrap_or_else(PoisonError::into_inner);
        let before = written.get(&desk).copied();
        // A clock that was set back is news too.
        let is_news = before.is_none_or(|before| now.duration_since(before).abs() >= WRITTEN_EVERY);
        if is_news {
            written.insert(desk, now);
        }
        is_news
    }

    /// It could not be written, and will be when the desk is heard again.
    pub fn forget(&self, desk: DeviceId) {
        self.written.lock().unwrap_or_else(PoisonError::into_inner).remove(&desk);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_written_once_in_five_minutes_for_each_desk() {
        let desks = HeardDesks::default();
        let news = |desk, second: i64| {
            desks.is_news(DeviceId(desk), Timestamp::from_second(1_800_000_000 + second).unwrap())
        };
        assert_eq!([news(1, 0), news(1, 299), news(2, 299)], [true, false, true]);
        assert_eq!([news(1, 300), news(1, 301), news(1, 0)], [true, false, true]);
    }
}
