//! What a staff card is to sign. A nonce is sealed, so that every server knows it for its own
//! without storing it; what is stored is that it was used.

use crate::server::auth::CLOCKS_DIFFER_BY;
use crate::server::hexadecimal::hexadecimal;
use crate::server::keys::fingerprint;
use crate::server::sealer::Sealer;
use crate::server::store::ids::DeviceId;
use jiff::{SignedDuration, Timestamp};

/// How long a challenge may be answered: as long as it takes to type a PIN, and for a slow card.
pub const VALID_FOR: SignedDuration = SignedDuration::from_mins(2);

/// What nonces are sealed for: no other token is a challenge.
const CONTEXT: &[u8] = b"staff challenge";

/// Makes nonces, and knows them again.
#[derive(Debug)]
pub struct Challenges(Sealer);

/// A nonce of ours that has not expired.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct KnownNonce {
    pub expires: Timestamp,
    /// Of its bytes, to remember by that it was used.
    pub fingerprint: [u8; 32],
}

impl Challenges {
    pub fn new(key: &[u8; 32]) -> Self {
        Self(Sealer::new(key))
    }

    /// A nonce for a log-in at this device, and when it expires. `random` must never be the same
    /// twice.
    pub fn make(&self, device: DeviceId, now: Timestamp, random: [u8; 32]) -> (String, Timestamp) {
        let expires = now + VALID_FOR;
        let plain = [device.0.to_be_bytes(), expires.as_second().to_be_bytes()].concat();
        (hexadecimal(self.0.seal(&random, CONTEXT, &plain)), expires)
    }

    /// Reads a nonce. `None` if it is not ours, was given out at another device, or has expired.
    /// Whether it was used before is known to the store.
    pub fn read(&self, nonce: &str, device: DeviceId, now: Timestamp) -> Option<KnownNonce> {
        let mut bytes = hex::decode(nonce).ok()?;
        let fingerprint = fingerprint(&bytes);
        let opened = self.0.open(CONTEXT, &mut bytes)?;
        let (of, expires) = opened.split_first_chunk::<8>()?;
        let expires = i64::from_be_bytes(expires.try_into().ok()?);
        let expires = Timestamp::from_second(expires).ok()?;
        let is_of_now = expires > now && expires <= now + VALID_FOR + CLOCKS_DIFFER_BY;
        let is_ours = i64::from_be_bytes(*of) == device.0;
        (is_of_now && is_ours).then_some(KnownNonce { expires, fingerprint })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + seconds).unwrap()
    }

    #[test]
    fn a_nonce_is_known_at_its_device_for_two_minutes() {
        let challenges = Challenges::new(&[3; 32]);
        let (nonce, expires) = challenges.make(DeviceId(7), at(0), [1; 32]);
        assert_eq!(expires, at(120));
        let read = |nonce: &str, device, seconds| {
            challenges.read(nonce, DeviceId(device), at(seconds)).is_some()
        };
        assert!(read(&nonce, 7, 119));
        assert!(!read(&nonce, 7, 120), "over");
        assert!(!read(&nonce, 8, 1), "another device");
        assert!(!read(&nonce, 7, -61), "the clock was set back");
        let others = Challenges::new(&[4; 32]).read(&nonce, DeviceId(7), at(1));
        assert_eq!(others, None, "another service's");
        for wrong in ["", "00", "zz", &nonce[2..]] {
            assert!(!read(wrong, 7, 1), "{wrong}");
        }
    }
}
