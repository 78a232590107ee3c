//! Wrong log-ins: counted for the number that was typed and for the kiosk, and slowed from the
//! fifth on. Kept in memory, shared by the database. Which log-in is wrong is the routes' matter.

use super::store::lockouts::{FailedLogins, LoginSubject};
use crate::domain::backoff::Backoff;
use jiff::{SignedDuration, Timestamp};
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// So many wrong ones cost nothing.
const FREE: u32 = 5;
/// The wait after the fifth; each further one doubles it.
const BACKOFF: Backoff = Backoff::new(Duration::from_secs(30), Duration::from_secs(15 * 60));
/// Whoever was wrong so long ago begins anew.
pub const FORGOTTEN_AFTER: SignedDuration = SignedDuration::from_hours(1);

/// Too often: wait so long.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct LockedOut(pub Duration);

/// All that are remembered.
#[derive(Debug, Default)]
pub struct Lockout {
    wrong: Mutex<HashMap<LoginSubject, Count>>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Count {
    count: u32,
    last: Timestamp,
}

impl Count {
    /// From when on the next attempt is looked at.
    fn until(self) -> Timestamp {
        let Some(over) = self.count.checked_sub(FREE) else { return self.last };
        self.last + BACKOFF.wait(over)
    }
}

impl Lockout {
    /// Whether these may try now.
    ///
    /// # Errors
    /// [`LockedOut`] with the longest wait of theirs.
    pub fn check(&self, who: &[LoginSubject], now: Timestamp) -> Result<(), LockedOut> {
        let wrong = self.lock();
        let until = who.iter().filter_map(|who| wrong.get(who)).map(|count| count.until()).max();
        match until.filter(|until| *until > now) {
            Some(until) => {
                Err(LockedOut(Duration::try_from(until.duration_since(now)).unwrap_or_default()))
            }
            None => Ok(()),
        }
    }

    /// These were wrong.
    pub fn failed(&self, who: &[LoginSubject], now: Timestamp) {
        let mut wrong = self.lock();
        for who in who {
            let count = wrong
                .get(who)
                .filter(|count| now - FORGOTTEN_AFTER < count.last)
                .map_or(0, |count| count.count);
            wrong.insert(*who, Count { count: count + 1, last: now });
        }
    }

    /// These were right: their count begins anew. Whether there was one.
    pub fn succeeded(&self, who: &[LoginSubject]) -> bool {
        let mut wrong = self.lock();
        who.iter().filter(|who| wrong.remove(who).is_some()).count() > 0
    }

    /// What other servers have seen too.
    pub fn learn(&self, attempts: &[FailedLogins]) {
        let mut wrong = self.lock();
        for attempt in attempts {
            let seen = Count { count: attempt.count, last: attempt.last };
            let known = wrong.entry(attempt.who).or_insert(seen);
            if known.count < seen.count {
                *known = seen;
            }
        }
    }

    /// Forgets those of long ago, so that nothing grows.
    pub fn tidy(&self, now: Timestamp) {
        self.lock().retain(|_, count| now - FORGOTTEN_AFTER < count.last);
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<LoginSubject, Count>> {
        self.wrong.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::server::store::ids::DeviceId;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + seconds).unwrap()
    }

    #[test]
    fn from_the_fifth_wrong_one_on_the_wait_grows_for_person_and_kiosk() {
        let attempts = Lockout::default();
        let both = [LoginSubject::Person(1), LoginSubject::Device(DeviceId(7))];
        for _ in 0..4 {
            attempts.failed(&both, at(0));
            assert_eq!(attempts.check(&both, at(0)), Ok(()), "a few are nobody's fault");
        }
        let mut waits = Vec::new();
        for _ in 0..7 {
            attempts.failed(&both, at(0));
            waits.push(attempts.check(&both, at(0)).unwrap_err().0.as_secs());
        }
        assert_eq!(waits, [30, 60, 120, 240, 480, 900, 900]);
        assert!(
            attempts.check(&[LoginSubject::Person(2), both[1]], at(899)).is_err(),
            "the kiosk waits with others too"
        );
        assert!(
            attempts.check(&[both[0], LoginSubject::Device(DeviceId(8))], at(899)).is_err(),
            "and the person elsewhere"
        );
        assert_eq!(attempts.check(&both, at(900)), Ok(()));
        assert!(attempts.succeeded(&both));
        assert!(!attempts.succeeded(&both), "nothing is left");
        attempts.failed(&both, at(901));
        assert_eq!(attempts.check(&both, at(901)), Ok(()), "and it begins anew");
    }

    #[test]
    fn what_was_wrong_long_ago_is_forgotten() {
        let attempts = Lockout::default();
        let who = [LoginSubject::Person(1)];
        (0..5).for_each(|_| attempts.failed(&who, at(0)));
        attempts.failed(&who, at(3600));
        assert_eq!(attempts.check(&who, at(3600)), Ok(()), "the first of a new count");
        attempts.tidy(at(7200));
        assert!(attempts.lock().is_empty());
    }

    #[test]
    fn a_server_learns_what_another_has_seen() {
        let attempts = Lockout::default();
        let who = LoginSubject::Person(1);
        attempts.failed(&[who], at(5));
        attempts.learn(&[FailedLogins { who, count: 5, last: at(3) }]);
        assert!(attempts.check(&[who], at(4)).is_err());
        attempts.learn(&[FailedLogins { who, count: 1, last: at(9) }]);
        assert!(attempts.check(&[who], at(4)).is_err(), "the higher count stands");
    }
}
