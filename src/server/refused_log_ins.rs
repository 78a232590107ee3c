//! How many log-ins were refused at each device since the last look, for the audit trail: wrong
//! numbers, and those that came while they had to wait. Sums, because a guesser makes thousands.

use super::store::audit_trail::{Action, Actor, Entry};
use super::store::ids::DeviceId;
use jiff::Timestamp;
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

#[derive(Clone, Copy, Debug, Default)]
struct Count {
    wrong: u32,
    locked_out: u32,
}

/// The counts since they were last taken.
#[derive(Debug, Default)]
pub struct RefusedLogIns {
    counts: Mutex<BTreeMap<i64, Count>>,
}

impl RefusedLogIns {
    /// The numbers were wrong.
    pub fn wrong(&self, device: DeviceId) {
        self.count(device, |count| count.wrong += 1);
    }

    /// Person or kiosk had to wait.
    pub fn locked_out(&self, device: DeviceId) {
        self.count(device, |count| count.locked_out += 1);
    }

    /// A row of the trail for each device, and the counts begin anew.
    pub fn take(&self, now: Timestamp) -> Vec<Entry> {
        let counts =
            std::mem::take(&mut *self.counts.lock().unwrap_or_else(PoisonError::into_inner));
        let entry = |(device, count): (i64, Count)| Entry {
            after: Some(format!("{} wrong, {} locked out", count.wrong, count.locked_out)),
            ..Entry::new(now, Actor::Device(DeviceId(device)), Action::RefusedLogIns)
        };
        counts.into_iter().map(entry).collect()
    }

    fn count(&self, device: DeviceId, add: impl FnOnce(&mut Count)) {
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        add(counts.entry(device.0).or_default());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refusals_are_summed_for_each_device_and_taken_once() {
        let (refused, now) = (RefusedLogIns::default(), Timestamp::UNIX_EPOCH);
        refused.wrong(DeviceId(2));
        refused.wrong(DeviceId(1));
        refused.wrong(DeviceId(2));
        refused.locked_out(DeviceId(2));
        let taken = refused.take(now);
        let said: Vec<_> = taken
            .iter()
            .map(|entry| (entry.actor.text(), entry.after.clone().unwrap_or_default()))
            .collect();
        let said: Vec<(&str, &str)> = said.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
        assert_eq!(
            said,
            [("device 1", "1 wrong, 0 locked out"), ("device 2", "2 wrong, 1 locked out")]
        );
        assert!(refused.take(now).is_empty());
    }
}
