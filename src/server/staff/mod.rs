//! Staff at counters and vaccination sites: what their cards sign, which cards count, who is on
//! duty, and what they may do. No HTTP, no SQL; files are read in `commands`.

pub mod certificate;
pub mod challenges;
pub mod roster;
pub mod sessions;
pub mod trust;

use super::keys::{Purpose, Secrets};
use challenges::Challenges;
use roster::Roster;
use sessions::StaffSessions;
use std::sync::{Arc, PoisonError, RwLock};
use trust::Trust;

/// All that the service needs for staff to log in.
#[derive(Debug)]
pub struct Staff {
    pub challenges: Challenges,
    pub sessions: StaffSessions,
    pub roster: Roster,
    /// `None` if no staff can log in.
    trust: RwLock<Option<Arc<Trust>>>,
}

impl Staff {
    pub fn new(secrets: &Secrets) -> Self {
        let key = secrets.key(Purpose::Staff);
        Self {
            challenges: Challenges::new(&key),
            sessions: StaffSessions::new(&key),
            roster: Roster::default(),
            trust: RwLock::default(),
        }
    }

    /// Which cards count from now on.
    pub fn set_trust(&self, trust: Trust) {
        *self.trust.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::new(trust));
    }

    pub fn trust(&self) -> Option<Arc<Trust>> {
        self.trust.read().unwrap_or_else(PoisonError::into_inner).clone()
    }
}
