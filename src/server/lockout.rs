//! Lockout after failed log-ins, which are counted for the identity number that was typed and for
//! the kiosk. From the fifth on each makes its subjects wait. The counts are kept in memory; other
//! servers learn them through the database. Which log-in has failed is decided in `routes`.

use super::store::lockouts::{FailedLogins, LoginSubject};
use crate::domain::backoff::Backoff;
use jiff::{SignedDuration, Timestamp};
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// The failed log-in from which on its subjects have to wait.
const LOCKS_FROM: u32 = 5;
/// The wait after the fifth failure, which doubles with each further one up to 15 minutes.
const BACKOFF: Backoff = Backoff::new(Duration::from_secs(30), Duration::from_secs(15 * 60));
/// A count is forgotten when its last failure is this long ago.
pub const FORGOTTEN_AFTER: SignedDuration = SignedDuration::from_hours(1);

/// Too many log-ins have failed; the next one is looked at after this time.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct LockedOut(pub Duration);

/// The failed log-ins of every subject.
#[derive(Debug, Default)]
pub struct Lockout {
    failures: Mutex<HashMap<LoginSubject, Count>>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Count {
    count: u32,
    last: Timestamp,
}

impl Count {
    /// When the next log-in is looked at.
    fn until(self) -> Timestamp {
        let Some(over) = self.count.checked_sub(LOCKS_FROM) else { return self.last };
        self.last + BACKOFF.wait(over)
    }
}

impl Lockout {
    /// Checks whether a log-in of these subjects is looked at now.
    ///
    /// # Errors
    /// [`LockedOut`] if one of them has to wait, with the longest of their waits.
    pub fn check(&self, subjects: &[LoginSubject], now: Timestamp) -> Result<(), LockedOut> {
        let mut failures = self.lock();
        let mut until = now;
        for subject in subjects {
            if let Some(count) = failures.get_mut(subject) {
                // After the clock was set back, the last failure lies in the future. It then counts
                // as one of now, so that nobody waits for as long as the step was.
                count.last = count.last.min(now);
                until = until.max(count.until());
            }
        }
        match Some(until).filter(|until| *until > now) {
            Some(until) => {
                Err(LockedOut(Duration::try_from(until.duration_since(now)).unwrap_or_default()))
            }
            None => Ok(()),
        }
    }

    /// Counts a failed log-in of these subjects.
    pub fn failed(&self, subjects: &[LoginSubject], now: Timestamp) {
        let mut failures = self.lock();
        for subject in subjects {
            let count = failures
                .get(subject)
                .filter(|count| now - FORGOTTEN_AFTER < count.last)
                .map_or(0, |count| count.count);
            failures.insert(*subject, Count { count: count + 1, last: now });
        }
    }

    /// Deletes the counts of these subjects after a successful log-in. False if there were none.
    pub fn succeeded(&self, subjects: &[LoginSubject]) -> bool {
        let mut failures = self.lock();
        // Each of them is removed: `any` would stop at the first.
        subjects.iter().filter(|subject| failures.remove(subject).is_some()).count() > 0
    }

    /// Takes over the counts of the database, which all servers write. Of two counts of one subject
    /// the higher one stands.
    pub fn learn(&self, stored: &[FailedLogins]) {
        let mut failures = self.lock();
        for FailedLogins { subject, count, last } in stored {
            let seen = Count { count: *count, last: *last };
            let known = failures.entry(*subject).or_insert(seen);
            if known.count < seen.count {
                *known = seen;
            }
        }
    }

    /// Drops the counts that are forgotten by now, so that memory does not grow.
    pub fn tidy(&self, now: Timestamp) {
        self.lock().retain(|_, count| now - FORGOTTEN_AFTER < count.last);
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<LoginSubject, Count>> {
        self.failures.lock().unwrap_or_else(PoisonError::into_inner)
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
        let lockout = Lockout::default();
        let both = [LoginSubject::Person(1), LoginSubject::Device(DeviceId(7))];
        for _ in 0..4 {
            lockout.failed(&both, at(0));
            assert_eq!(lockout.check(&both, at(0)), Ok(()), "a few are nobody's fault");
        }
        let mut waits = Vec::new();
        for _ in 0..7 {
            lockout.failed(&both, at(0));
            waits.push(lockout.check(&both, at(0)).unwrap_err().0.as_secs());
        }
        assert_eq!(waits, [30, 60, 120, 240, 480, 900, 900]);
        assert!(
            lockout.check(&[LoginSubject::Person(2), both[1]], at(899)).is_err(),
            "the kiosk waits with others too"
        );
        assert!(
            lockout.check(&[both[0], LoginSubject::Device(DeviceId(8))], at(899)).is_err(),
            "and the person elsewhere"
        );
        assert_eq!(lockout.check(&both, at(900)), Ok(()));
        assert!(lockout.succeeded(&both));
        assert!(!lockout.succeeded(&both), "nothing is left");
        lockout.failed(&both, at(901));
        assert_eq!(lockout.check(&both, at(901)), Ok(()), "and it begins anew");
    }

    #[test]
    fn a_clock_that_is_set_back_makes_nobody_wait_longer() {
        let lockout = Lockout::default();
        let subject = [LoginSubject::Person(1)];
        (0..5).for_each(|_| lockout.failed(&subject, at(200_000)));
        assert_eq!(lockout.check(&subject, at(0)), Err(LockedOut(Duration::from_secs(30))));
        assert_eq!(lockout.check(&subject, at(30)), Ok(()));
    }

    #[test]
    fn the_longest_wait_of_the_subjects_counts() {
        let lockout = Lockout::default();
        let (person, kiosk) = (LoginSubject::Person(1), LoginSubject::Device(DeviceId(7)));
        lockout.failed(&[person, kiosk], at(0));
        (0..5).for_each(|_| lockout.failed(&[kiosk], at(0)));
        for subjects in [[person, kiosk], [kiosk, person]] {
            assert_eq!(lockout.check(&subjects, at(0)), Err(LockedOut(Duration::from_secs(60))));
        }
        assert_eq!(lockout.check(&[person], at(0)), Ok(()));
    }

    #[test]
    fn what_was_wrong_long_ago_is_forgotten() {
        let lockout = Lockout::default();
        let subject = [LoginSubject::Person(1)];
        (0..5).for_each(|_| lockout.failed(&subject, at(0)));
        lockout.failed(&subject, at(3600));
        assert_eq!(lockout.check(&subject, at(3600)), Ok(()), "the first of a new count");
        lockout.tidy(at(7200));
        assert!(lockout.lock().is_empty());
    }

    #[test]
    fn a_server_learns_what_another_has_seen() {
        let lockout = Lockout::default();
        let subject = LoginSubject::Person(1);
        lockout.failed(&[subject], at(5));
        lockout.learn(&[FailedLogins { subject, count: 5, last: at(3) }]);
        assert!(lockout.check(&[subject], at(4)).is_err());
        lockout.learn(&[FailedLogins { subject, count: 1, last: at(9) }]);
        assert!(lockout.check(&[subject], at(4)).is_err(), "the higher count stands");
    }
}
