//! Tokens of sessions that were ended early. Spent captchas and one-time passwords that the watch
//! reads from the same table are among them, and do no harm.

use super::store::spent_tokens::{SpentToken, TokenHash};
use jiff::Timestamp;
use std::collections::HashMap;
use std::sync::{PoisonError, RwLock};
use std::time::Duration;

/// When a token that is no longer accepted would have expired, and until which uptime it is
/// remembered at least. The wall clock alone does not do: set
/// forward and back, it would give a session that was ended a second life.
#[derive(Clone, Copy, Debug)]
struct Ended {
    expires: Timestamp,
    until: Duration,
}

/// Longer than a token of anybody but staff may be accepted.
const BRIEF: Duration = Duration::from_secs(11 * 60);

/// The tokens that are not accepted any more.
#[derive(Debug)]
pub struct EndedTokens {
    /// For how long a token may be accepted at most.
    longest: Duration,
    ended: RwLock<HashMap<TokenHash, Ended>>,
}

impl EndedTokens {
    pub fn new(longest: Duration) -> Self {
        Self { longest, ended: RwLock::default() }
    }

    pub fn contains(&self, hash: &TokenHash) -> bool {
        self.ended.read().unwrap_or_else(PoisonError::into_inner).contains_key(hash)
    }

    /// Accepts these tokens no more.
    pub fn end(&self, spent: impl IntoIterator<Item = SpentToken>, uptime: Duration) {
        let ended = spent.into_iter().map(|SpentToken { hash, spent, expires }| {
            // A million people's sessions end early on a day, and each goes after minutes, here and
            // among the few of staff.
            let left = Duration::try_from(expires.duration_since(spent)).unwrap_or_default();
            let kept = if left < BRIEF { self.longest.min(BRIEF) } else { self.longest };
            (hash, Ended { expires, until: uptime + kept })
        });
        self.ended.write().unwrap_or_else(PoisonError::into_inner).extend(ended);
    }

    /// Forgets the tokens that have expired, so that memory does not grow.
    pub fn tidy(&self, now: Timestamp, uptime: Duration) {
        self.ended
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .retain(|_, ended| ended.expires > now || uptime < ended.until);
    }

    #[cfg(test)]
    pub fn is_empty(&self) -> bool {
        self.ended.read().unwrap_or_else(PoisonError::into_inner).is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_token_with_hours_left_is_remembered_for_hours() {
        let (hours, minutes) = (Duration::from_secs(12 * 3600 + 60), Duration::from_secs(661));
        let all = EndedTokens::new(hours);
        let at = |seconds: i64| Timestamp::from_second(1_800_000_000 + seconds).unwrap();
        let token = |hash, left| SpentToken { hash: [hash; 16], spent: at(0), expires: at(left) };
        // A person's session, a staff session at its end, and one that began.
        all.end([token(1, 540), token(2, 600), token(3, 12 * 3600)], Duration::ZERO);
        let kept = || [1, 2, 3].map(|hash| all.contains(&[hash; 16]));
        all.tidy(at(599), minutes);
        assert_eq!(kept(), [false, true, true], "one has not expired");
        all.tidy(at(13 * 3600), minutes);
        assert_eq!(kept(), [false, false, true], "the clock was set forward");
        all.tidy(at(13 * 3600), hours);
        assert_eq!(kept(), [false; 3]);
    }
}
