//! Wrong codes: after a few from one address the next one has to wait, and longer each time.

use std::collections::BTreeMap;
use std::time::Duration;

/// So many wrong codes cost nothing: people mistype.
const FREE: u32 = 3;
const FIRST_WAIT: Duration = Duration::from_secs(15);
const LONGEST_WAIT: Duration = Duration::from_secs(300);
/// Addresses that are remembered. Beyond that the one whose last try is oldest is forgotten.
const REMEMBERED: usize = 256;

/// The wrong tries of each address.
#[derive(Default, Debug)]
pub struct Tries(BTreeMap<String, Wrong>);

#[derive(Clone, Copy, Debug)]
struct Wrong {
    times: u32,
    last: Duration,
}

impl Wrong {
    fn waits(self) -> Duration {
        let over = self.times.saturating_sub(FREE);
        if self.times < FREE {
            return Duration::ZERO;
        }
        FIRST_WAIT.saturating_mul(1 << over.min(8)).min(LONGEST_WAIT)
    }
}

impl Tries {
    /// How long this address has to wait before its next try counts. Zero: not at all.
    pub fn wait(&self, address: &str, now: Duration) -> Duration {
        let Some(wrong) = self.0.get(address) else { return Duration::ZERO };
        (wrong.last + wrong.waits()).saturating_sub(now)
    }

    /// A wrong code came.
    pub fn wrong(&mut self, address: &str, now: Duration) {
        let wrong = self.0.entry(address.to_owned()).or_insert(Wrong { times: 0, last: now });
        wrong.times = wrong.times.saturating_add(1);
        wrong.last = now;
        if self.0.len() > REMEMBERED {
            let oldest = self.0.iter().min_by_key(|(_, wrong)| wrong.last);
            if let Some(address) = oldest.map(|(address, _)| address.clone()) {
                self.0.remove(&address);
            }
        }
    }

    /// The right code came.
    pub fn right(&mut self, address: &str) {
        self.0.remove(address);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seconds(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    #[test]
    fn three_wrong_codes_are_free_and_then_each_wait_is_twice_the_last() {
        let mut tries = Tries::default();
        let mut waits = Vec::new();
        for nth in 0..10 {
            let now = seconds(nth * 1000);
            assert_eq!(tries.wait("a", now), Duration::ZERO);
            tries.wrong("a", now);
            waits.push(tries.wait("a", now).as_secs());
        }
        assert_eq!(waits, [0, 0, 15, 30, 60, 120, 240, 300, 300, 300]);
        assert_eq!(tries.wait("a", seconds(9000 + 299)), seconds(1));
        assert_eq!(tries.wait("b", seconds(9000)), Duration::ZERO, "another address");
        tries.right("a");
        assert_eq!(tries.wait("a", seconds(9000)), Duration::ZERO);
    }

    #[test]
    fn many_addresses_take_no_memory() {
        let mut tries = Tries::default();
        for nth in 0..10_000 {
            tries.wrong(&nth.to_string(), seconds(nth));
        }
        assert_eq!(tries.0.len(), REMEMBERED);
        assert!(tries.0.contains_key("9999") && !tries.0.contains_key("1"));
    }
}
