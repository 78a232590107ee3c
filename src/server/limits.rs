//! Rate limits for each kiosk and each person. A request over its limit is refused at once and told
//! how long to wait, before any work is done for it.

use super::env::Uptime;
use super::store::ids::{DeviceId, PersonKey};
use governor::clock::{Clock, Reference};
use governor::middleware::NoOpMiddleware;
use governor::nanos::Nanos;
use governor::state::keyed::DashMapStateStore;
use governor::{Quota, RateLimiter};
use std::num::NonZeroU32;
use std::time::Duration;

/// How many requests are allowed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Allowance {
    /// Requests of one device a second, in the long run.
    pub device_a_second: NonZeroU32,
    /// Requests of one device at once.
    pub device_burst: NonZeroU32,
    /// Log-ins and submits of one person a minute, in the long run.
    pub person_a_minute: NonZeroU32,
    /// Log-ins and submits of one person at once.
    pub person_burst: NonZeroU32,
}

impl Default for Allowance {
    /// About ten times what a person in a hurry needs.
    fn default() -> Self {
        let number = |number| NonZeroU32::new(number).expect("not zero");
        Self {
            device_a_second: number(20),
            device_burst: number(60),
            person_a_minute: number(30),
            person_burst: number(20),
        }
    }
}

type Keyed<K> = RateLimiter<K, DashMapStateStore<K>, ServiceClock, NoOpMiddleware<Nanos>>;

/// The limits, and how much of them each device and person has used up.
pub struct Limits {
    devices: Keyed<DeviceId>,
    people: Keyed<PersonKey>,
    clock: ServiceClock,
}

/// The request is over a limit; the next one may come after this time.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct RateLimited(pub Duration);

/// The time as the limiter reads it, which no change of the machine's clock moves.
#[derive(Clone)]
struct ServiceClock(Uptime);

impl Clock for ServiceClock {
    type Instant = Nanos;

    fn now(&self) -> Nanos {
        Nanos::new(u64::try_from((self.0)().as_nanos()).unwrap_or(u64::MAX))
    }
}

impl Limits {
    pub fn new(allowance: Allowance, uptime: Uptime) -> Self {
        let clock = ServiceClock(uptime);
        let devices =
            Quota::per_second(allowance.device_a_second).allow_burst(allowance.device_burst);
        let people =
            Quota::per_minute(allowance.person_a_minute).allow_burst(allowance.person_burst);
        Self {
            devices: RateLimiter::new(devices, DashMapStateStore::default(), clock.clone()),
            people: RateLimiter::new(people, DashMapStateStore::default(), clock.clone()),
            clock,
        }
    }

    /// Counts a request of a device.
    pub fn device(&self, device: DeviceId) -> Result<(), RateLimited> {
        self.devices
            .check_key(&device)
            .map_err(|until| RateLimited(self.wait(until.earliest_possible())))
    }

    /// Counts a log-in or a submit of a person.
    pub fn person(&self, person: PersonKey) -> Result<(), RateLimited> {
        self.people
            .check_key(&person)
            .map_err(|until| RateLimited(self.wait(until.earliest_possible())))
    }

    fn wait(&self, until: Nanos) -> Duration {
        until.duration_since(self.clock.now()).into()
    }

    /// Forgets the devices and people whose allowance is full again, so that memory does not grow.
    pub fn tidy(&self) {
        self.devices.retain_recent();
        self.people.retain_recent();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::{Arc, Mutex};

    #[test]
    fn whoever_asks_too_often_waits_and_nobody_else() {
        let number = |number| NonZeroU32::new(number).unwrap();
        let allowance = Allowance {
            device_a_second: number(10),
            device_burst: number(3),
            ..Allowance::default()
        };
        let time = Arc::new(Mutex::new(Duration::from_secs(100)));
        let clock = Arc::clone(&time);
        let limits = Limits::new(allowance, Arc::new(move || *clock.lock().unwrap()));
        let one = DeviceId(1);
        assert_eq!((0..5).filter(|_| limits.device(one).is_ok()).count(), 3);
        assert_eq!(limits.device(one), Err(RateLimited(Duration::from_millis(100))));
        assert_eq!(limits.device(DeviceId(2)), Ok(()));
        *time.lock().unwrap() += Duration::from_millis(100);
        assert_eq!(limits.device(one), Ok(()));
        assert!(limits.device(one).is_err());
        assert_eq!(limits.person(6), Ok(()));
        *time.lock().unwrap() += Duration::from_secs(10);
        limits.tidy();
        assert_eq!(limits.people.len(), 0, "the allowance is full again");
        assert_eq!((0..5).filter(|_| limits.device(one).is_ok()).count(), 3);
        assert_eq!((0..50).filter(|_| limits.person(7).is_ok()).count(), 20);
        assert_eq!(limits.person(8), Ok(()));
    }
}
