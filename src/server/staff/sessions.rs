//! Staff sessions: sealed tokens, as those of people are. What somebody may do is not in the token:
//! it is looked up at each call, since it can change while they are logged in.

use crate::domain::personal::Personal;
use crate::server::auth::{CLOCKS_DIFFER_BY, hash};
use crate::server::ended_tokens::EndedTokens;
use crate::server::hexadecimal::hexadecimal;
use crate::server::sealer::Sealer;
use crate::server::store::ids::{DeviceId, StaffId};
use crate::server::store::spent_tokens::{SpentToken, TokenHash};
use jiff::{SignedDuration, Timestamp};
use std::time::Duration;

/// How long a staff session lasts at most: a day's work. A counter locks itself much earlier.
pub const STAFF_SESSION_LIMIT: SignedDuration = SignedDuration::from_hours(12);

/// What tokens are sealed for: a person's session is none of staff.
const CONTEXT: &[u8] = b"staff";

/// What a staff session's token contains.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct StaffSession {
    pub staff: StaffId,
    pub expires: Timestamp,
    /// Of the token, to remember its early end by.
    pub hash: TokenHash,
}

/// Makes and reads tokens of staff sessions, and knows which were ended early.
#[derive(Debug)]
pub struct StaffSessions {
    sealer: Sealer,
    ended: EndedTokens,
}

impl StaffSessions {
    pub fn new(key: &[u8; 32]) -> Self {
        let longest = (STAFF_SESSION_LIMIT + CLOCKS_DIFFER_BY).unsigned_abs();
        Self { sealer: Sealer::new(key), ended: EndedTokens::new(longest) }
    }

    /// A token for staff at a device, and when it expires. `random` must never be the same twice.
    pub fn open(
        &self,
        staff: StaffId,
        device: DeviceId,
        now: Timestamp,
        random: [u8; 32],
    ) -> (Personal, Timestamp) {
        let expires = now + STAFF_SESSION_LIMIT;
        let plain = [staff.0, device.0, expires.as_second()].map(i64::to_be_bytes).concat();
        (Personal::new(hexadecimal(self.sealer.seal(&random, CONTEXT, &plain))), expires)
    }

    /// The session of a token. `None` if the token is not ours, was given out at another device,
    /// has expired, or its session was ended.
    pub fn read(&self, token: &str, device: DeviceId, now: Timestamp) -> Option<StaffSession> {
        let mut bytes = hex::decode(token).ok()?;
        let hash = hash(&bytes);
        let opened = self.sealer.open(CONTEXT, &mut bytes)?;
        let number = |at: usize| Some(i64::from_be_bytes(opened.get(at..at + 8)?.try_into().ok()?));
        let expires = Timestamp::from_second(number(16)?).ok()?;
        let session = StaffSession { staff: StaffId(number(0)?), expires, hash };
        let is_of_now = expires > now && expires <= now + STAFF_SESSION_LIMIT + CLOCKS_DIFFER_BY;
        let is_here = DeviceId(number(8)?) == device;
        (is_here && is_of_now && !self.ended.contains(&hash)).then_some(session)
    }

    /// Accepts these tokens no more.
    pub fn end(&self, spent: impl IntoIterator<Item = SpentToken>, uptime: Duration) {
        self.ended.end(spent, uptime);
    }

    /// Forgets the tokens that have expired, so that memory does not grow.
    pub fn tidy(&self, now: Timestamp, uptime: Duration) {
        self.ended.tidy(now, uptime);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::server::auth::Sessions;
    use crate::server::store::ids::PersonId;

    fn at(hours: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + hours * 3600).unwrap()
    }

    #[test]
    fn a_session_is_of_one_device_for_twelve_hours() {
        let sessions = StaffSessions::new(&[3; 32]);
        let (token, expires) = sessions.open(StaffId(5), DeviceId(7), at(0), [1; 32]);
        assert_eq!(expires, at(12));
        let read = |device, hours| sessions.read(token.expose(), DeviceId(device), at(hours));
        let session = read(7, 11).unwrap();
        assert_eq!(session.staff, StaffId(5));
        assert_eq!((read(7, 12), read(8, 1), read(7, -1)), (None, None, None));
        let spent = SpentToken { hash: session.hash, spent: at(2), expires };
        sessions.end([spent], Duration::from_secs(7200));
        sessions.tidy(at(3), Duration::from_secs(10_800));
        assert_eq!(read(7, 3), None, "ended");
    }

    #[test]
    fn a_persons_session_is_none_of_staff() {
        let token = Sessions::new(&[3; 32]).open(PersonId(5), DeviceId(7), at(0), [1; 32]);
        let sessions = StaffSessions::new(&[3; 32]);
        assert_eq!(sessions.read(token.expose(), DeviceId(7), at(0)), None);
    }
}
