//! Lockout after failed log-ins, which are counted for the identity number and for the kiosk; those
//! with a card that was read apart from those with typed numbers, so that nobody who knows a number
//! can lock out its owner who has the card. From the fifth on each makes its subjects wait. The
//! counts are kept in memory; other servers learn them through the database. Which log-in has
//! failed is decided in `routes`.

use super::store::lockouts::{FailedLogins, LoginSubject};
use crate::domain::backoff::Backoff;
use jiff::{SignedDuration, Timestamp};
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// The failed log-in from which on its subjects have to wait.
const LOCKS_FROM: u32 = 5;
/// The wait of a person after the fifth failure, which doubles with each further one up to 15
/// minutes.
const OF_A_PERSON: Backoff = Backoff::new(Duration::from_secs(30), Duration::from_secs(15 * 60));
/// The wait of a kiosk, which the next customer in the queue has to bear: a minute at most.
const OF_A_KIOSK: Backoff = Backoff::new(Duration::from_secs(30), Duration::from_secs(60));
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
    /// When the next log-in of this subject is looked at.
    fn until(self, subject: LoginSubject) -> Timestamp {
        let Some(over) = self.count.checked_sub(LOCKS_FROM) else { return self.last };
        let backoff = if subject.is_kiosk() { OF_A_KIOSK } else { OF_A_PERSON };
        self.last + backoff.wait(over)
    }
}

/// A log-in that is being looked at. It counts as a failed one of its person from the beginning, so
/// that of many at once no more are looked at than one after another. Dropped without a word, it
/// counts no more: it was not looked at after all.
#[derive(Debug)]
pub struct Attempt<'a> {
    lockout: &'a Lockout,
    /// `None` if failures say nothing of the person who is named.
    person: Option<LoginSubject>,
    kiosk: LoginSubject,
    /// The person's count before.
    before: Option<Count>,
    now: Timestamp,
    open: bool,
}

impl Attempt<'_> {
    /// The numbers were wrong: it counts for its kiosk as well. Returns whom it counts for.
    pub fn failed(mut self) -> Vec<LoginSubject> {
        self.open = false;
        self.lockout.count(self.kiosk, self.now);
        self.subjects()
    }

    /// The numbers were right: the person's count ends, and the kiosk's is lowered by one. Returns
    /// whether other servers have to hear of it.
    pub fn succeeded(mut self) -> Option<Vec<LoginSubject>> {
        self.open = false;
        let mut failures = self.lockout.lock();
        if let Some(person) = self.person {
            failures.remove(&person);
        }
        let mut counted = self.before.is_some();
        if let Entry::Occupied(mut count) = failures.entry(self.kiosk) {
            counted = true;
            count.get_mut().count = count.get().count.saturating_sub(1);
            if count.get().count == 0 {
                count.remove();
            }
        }
        drop(failures);
        counted.then(|| self.subjects())
    }

    fn subjects(&self) -> Vec<LoginSubject> {
        self.person.into_iter().chain([self.kiosk]).collect()
    }
}

impl Drop for Attempt<'_> {
    fn drop(&mut self) {
        if let Some(person) = self.person.filter(|_| self.open) {
            self.lockout.give_back(person, self.before);
        }
    }
}

impl Lockout {
    /// Begins a log-in of a person at a kiosk, if one is looked at now.
    ///
    /// # Errors
    /// [`LockedOut`] if person or kiosk has to wait, with the longer of their waits.
    pub fn begin(
        &self,
        person: LoginSubject,
        kiosk: LoginSubject,
        now: Timestamp,
    ) -> Result<Attempt<'_>, LockedOut> {
        self.begin_of(Some(person), kiosk, now)
    }

    /// The same with something that can be shown in another's name and cannot be guessed, as a
    /// signature: it counts for the kiosk alone, or else anybody could lock out anybody.
    ///
    /// # Errors
    /// [`LockedOut`] if the kiosk has to wait.
    pub fn begin_at(&self, kiosk: LoginSubject, now: Timestamp) -> Result<Attempt<'_>, LockedOut> {
        self.begin_of(None, kiosk, now)
    }

    fn begin_of(
        &self,
        person: Option<LoginSubject>,
        kiosk: LoginSubject,
        now: Timestamp,
    ) -> Result<Attempt<'_>, LockedOut> {
        let mut failures = self.lock();
        let mut until = now;
        for subject in person.into_iter().chain([kiosk]) {
            if let Some(count) = failures.get_mut(&subject) {
                // After the clock was set back, the last failure lies in the future. It then counts
                // as one of now, so that nobody waits for as long as the step was.
                count.last = count.last.min(now);
                until = until.max(count.until(subject));
            }
        }
        if until > now {
            return Err(LockedOut(
                Duration::try_from(until.duration_since(now)).unwrap_or_default(),
            ));
        }
        let before = person.and_then(|person| failures.get(&person).copied());
        drop(failures);
        if let Some(person) = person {
            self.count(person, now);
        }
        Ok(Attempt { lockout: self, person, kiosk, before, now, open: true })
    }

    /// Counts one more failure of a subject.
    fn count(&self, subject: LoginSubject, now: Timestamp) {
        let mut failures = self.lock();
        let count = failures
            .get(&subject)
            .filter(|count| now - FORGOTTEN_AFTER < count.last)
            .map_or(0, |count| count.count);
        failures.insert(subject, Count { count: count + 1, last: now });
    }

    /// Takes one failure back. If nothing was counted since, it is as before.
    fn give_back(&self, subject: LoginSubject, before: Option<Count>) {
        let mut failures = self.lock();
        let Entry::Occupied(mut entry) = failures.entry(subject) else { return };
        match before {
            Some(before) if entry.get().count == before.count + 1 => *entry.get_mut() = before,
            _ if entry.get().count <= 1 => {
                entry.remove();
            }
            _ => entry.get_mut().count -= 1,
        }
    }

    /// Takes over the counts of the database, which all servers write. Of two counts of one subject
    /// the higher one stands.
    pub fn learn(&self, stored: &[FailedLogins]) {
        let mut failures = self.lock();
        // A kiosk's row stays with a count of nought after as many right log-ins as wrong ones.
        for FailedLogins { subject, count, last } in stored.iter().filter(|row| row.count > 0) {
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

    const PERSON: LoginSubject = LoginSubject::Person(1);
    const KIOSK: LoginSubject = LoginSubject::Device(DeviceId(7));

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + seconds).unwrap()
    }

    fn fail(lockout: &Lockout, person: LoginSubject, kiosk: LoginSubject, now: i64) {
        lockout.begin(person, kiosk, at(now)).unwrap().failed();
    }

    /// How long a log-in has to wait now, in seconds.
    fn wait(lockout: &Lockout, person: LoginSubject, kiosk: LoginSubject, now: i64) -> u64 {
        lockout.begin(person, kiosk, at(now)).err().map_or(0, |LockedOut(left)| left.as_secs())
    }

    #[test]
    fn what_anybody_can_show_in_anothers_name_counts_for_the_kiosk_alone() {
        let lockout = Lockout::default();
        for second in 0..5 {
            let failed = lockout.begin_at(KIOSK, at(second)).unwrap().failed();
            assert_eq!(failed, [KIOSK]);
        }
        assert!(lockout.begin_at(KIOSK, at(5)).is_err());
        assert_eq!(wait(&lockout, PERSON, LoginSubject::Device(DeviceId(8)), 5), 0);
    }

    #[test]
    fn from_the_fifth_wrong_one_on_a_persons_wait_grows() {
        let lockout = Lockout::default();
        let mut now = 0;
        let mut waits = Vec::new();
        for nth in 0..11 {
            // Each at another kiosk.
            fail(&lockout, PERSON, LoginSubject::Device(DeviceId(nth)), now);
            let left = wait(&lockout, PERSON, KIOSK, now);
            waits.push(left);
            now += i64::try_from(left).unwrap();
        }
        assert_eq!(waits, [0, 0, 0, 0, 30, 60, 120, 240, 480, 900, 900]);
        assert_eq!(wait(&lockout, LoginSubject::Card(1), KIOSK, now), 0, "with the card read");
        assert!(lockout.begin(PERSON, KIOSK, at(now)).unwrap().succeeded().is_some());
        assert_eq!(lockout.begin(PERSON, KIOSK, at(now)).unwrap().succeeded(), None, "all is said");
        fail(&lockout, PERSON, KIOSK, now);
        assert_eq!(wait(&lockout, PERSON, KIOSK, now), 0, "and it begins anew");
    }

    #[test]
    fn a_kiosk_waits_a_minute_at_most_and_a_right_log_in_lowers_its_count_by_one() {
        let lockout = Lockout::default();
        let mut now = 0;
        let mut waits = Vec::new();
        for nth in 0..8 {
            fail(&lockout, LoginSubject::Person(nth), KIOSK, now);
            let left = wait(&lockout, PERSON, KIOSK, now);
            waits.push(left);
            now += i64::try_from(left).unwrap();
        }
        assert_eq!(waits, [0, 0, 0, 0, 30, 60, 60, 60]);
        let read = LoginSubject::Reader(DeviceId(7));
        assert_eq!(wait(&lockout, LoginSubject::Card(1), read, now - 1), 0, "a card is read there");
        for _ in 0..4 {
            lockout.begin(LoginSubject::Person(99), KIOSK, at(now)).unwrap().succeeded();
        }
        fail(&lockout, LoginSubject::Person(98), KIOSK, now);
        assert_eq!(
            wait(&lockout, LoginSubject::Person(97), KIOSK, now),
            30,
            "eight, four less, one"
        );
    }

    #[test]
    fn of_many_at_once_five_are_looked_at() {
        let lockout = Lockout::default();
        let begun: Vec<_> = (0..40)
            .map(|nth| lockout.begin(PERSON, LoginSubject::Device(DeviceId(nth)), at(0)))
            .collect();
        assert_eq!(begun.iter().filter(|attempt| attempt.is_ok()).count(), 5);
        // Not one was looked at after all.
        drop(begun);
        assert_eq!(wait(&lockout, PERSON, KIOSK, 0), 0);
        assert!(lockout.lock().is_empty());
    }

    #[test]
    fn what_was_not_looked_at_leaves_the_count_and_its_time() {
        let lockout = Lockout::default();
        (0..5).for_each(|_| fail(&lockout, PERSON, KIOSK, 0));
        drop(lockout.begin(PERSON, KIOSK, at(40)).unwrap());
        assert_eq!(wait(&lockout, PERSON, KIOSK, 41), 0, "the wait of the fifth is over");
    }

    #[test]
    fn the_longest_wait_of_the_subjects_counts() {
        let lockout = Lockout::default();
        (0..7).for_each(|_| lockout.count(PERSON, at(0)));
        (0..5).for_each(|_| lockout.count(KIOSK, at(0)));
        assert_eq!(wait(&lockout, PERSON, KIOSK, 0), 120);
        assert_eq!(wait(&lockout, LoginSubject::Person(2), KIOSK, 0), 30);
        assert_eq!(wait(&lockout, PERSON, LoginSubject::Device(DeviceId(8)), 0), 120);
        let (third, busy) = (LoginSubject::Person(3), LoginSubject::Device(DeviceId(9)));
        (0..5).for_each(|_| lockout.count(third, at(0)));
        (0..7).for_each(|_| lockout.count(busy, at(0)));
        assert_eq!(wait(&lockout, third, busy, 0), 60, "the kiosk's is longer");
    }

    #[test]
    fn a_clock_that_is_set_back_makes_nobody_wait_longer() {
        let lockout = Lockout::default();
        (0..5).for_each(|_| lockout.count(PERSON, at(200_000)));
        assert_eq!(wait(&lockout, PERSON, KIOSK, 0), 30);
        assert_eq!(wait(&lockout, PERSON, KIOSK, 30), 0);
    }

    #[test]
    fn what_was_wrong_long_ago_is_forgotten() {
        let lockout = Lockout::default();
        (0..5).for_each(|_| lockout.count(PERSON, at(0)));
        lockout.count(PERSON, at(3600));
        assert_eq!(wait(&lockout, PERSON, KIOSK, 3600), 0, "the first of a new count");
        lockout.tidy(at(7200));
        assert!(lockout.lock().is_empty());
    }

    #[test]
    fn a_server_learns_what_another_has_seen() {
        let lockout = Lockout::default();
        lockout.count(PERSON, at(5));
        lockout.learn(&[FailedLogins { subject: PERSON, count: 5, last: at(3) }]);
        assert!(wait(&lockout, PERSON, KIOSK, 4) > 0);
        lockout.learn(&[FailedLogins { subject: PERSON, count: 1, last: at(9) }]);
        assert!(wait(&lockout, PERSON, KIOSK, 4) > 0, "the higher count stands");
    }

    #[test]
    fn a_kiosk_whose_stored_count_is_nought_is_as_one_without() {
        let lockout = Lockout::default();
        lockout.learn(&[FailedLogins { subject: KIOSK, count: 0, last: at(0) }]);
        assert_eq!(lockout.begin(PERSON, KIOSK, at(1)).unwrap().succeeded(), None);
        assert_eq!(wait(&lockout, PERSON, KIOSK, 1), 0);
    }

    #[test]
    fn of_two_that_began_together_only_the_one_that_was_looked_at_counts() {
        let lockout = Lockout::default();
        // Each at another kiosk.
        let kiosk = |nth| LoginSubject::Device(DeviceId(nth));
        let dropped = lockout.begin(PERSON, kiosk(1), at(0)).unwrap();
        fail(&lockout, PERSON, kiosk(2), 0);
        drop(dropped);
        (3..6).for_each(|nth| fail(&lockout, PERSON, kiosk(nth), 0));
        assert_eq!(wait(&lockout, PERSON, KIOSK, 0), 0, "four");
        fail(&lockout, PERSON, kiosk(6), 0);
        assert_eq!(wait(&lockout, PERSON, KIOSK, 0), 30, "five");
    }

    #[test]
    fn a_count_that_is_known_is_not_made_later_by_learning_it_again() {
        let lockout = Lockout::default();
        (0..5).for_each(|_| lockout.count(PERSON, at(0)));
        lockout.learn(&[FailedLogins { subject: PERSON, count: 5, last: at(20) }]);
        assert_eq!(wait(&lockout, PERSON, KIOSK, 20), 10);
    }
}
