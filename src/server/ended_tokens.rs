//! Tokens of sessions that were ended early. Spent captchas and one-time passwords that the watch
//! reads from the same table are among them, and do no harm.

use super::store::spent_tokens::{SpentToken, TokenHash};
use jiff::Timestamp;
use std::collections::HashMap;
use std::sync::{PoisonError, RwLock};
use std::time::Duration;

/// When a token that is no longer accepted would have expired, and the uptime at which this server
/// learned of it. The wall clock alone does not do: set forward and back, it would give a session
/// that was ended a second life.
#[derive(Clone, Copy, Debug)]
struct Ended {
    expires: Timestamp,
    learned: Duration,
}

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
        let ended = spent
            .into_iter()
            .map(|token| (token.hash, Ended { expires: token.expires, learned: uptime }));
        self.ended.write().unwrap_or_else(PoisonError::into_inner).extend(ended);
    }

    /// Forgets the tokens that have expired, so that memory does not grow.
    pub fn tidy(&self, now: Timestamp, uptime: Duration) {
        self.ended
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .retain(|_, ended| ended.expires > now || uptime < ended.learned + self.longest);
    }

    #[cfg(test)]
    pub fn is_empty(&self) -> bool {
        self.ended.read().unwrap_or_else(PoisonError::into_inner).is_empty()
    }
}
