//! Authentication of devices and sessions. A session is a sealed token that only the service can
//! read, so every server accepts it without storing it; only the tokens of sessions that ended
//! early are remembered. What a channel may do is decided in `domain`.

use super::ended_tokens::EndedTokens;
use super::keys::fingerprint;
use super::sealer::Sealer;
use super::store::devices::{DeviceRecord, Fingerprint};
use super::store::ids::{DeviceId, PersonId, StaffId};
use super::store::spent_tokens::{SpentToken, TokenHash};
use crate::domain::channel::Channel;
use crate::domain::personal::Personal;
use crate::domain::site::SiteId;
use crate::server::hexadecimal::hexadecimal;
use jiff::{SignedDuration, Timestamp};
use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

/// How long a session lasts, whatever its person does (連線剩餘時間: ten minutes).
pub const SESSION_LIMIT: SignedDuration = SignedDuration::from_mins(10);
/// How much later than it says now a token of this service may have been made: by a server whose
/// clock differs, or before a time server has set the clock back a little. A token that is from
/// further ahead was made before the clock was set back, and would be accepted for as long as that
/// step was.
pub const CLOCKS_DIFFER_BY: SignedDuration = SignedDuration::from_mins(1);

/// A kiosk that is registered and not revoked.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Device {
    pub id: DeviceId,
    pub channel: Channel,
    /// The vaccination site whose desk it is; `None` for devices of other channels.
    pub site: Option<SiteId>,
    /// Whether it serves people only with logged-in staff.
    pub needs_staff: bool,
}

/// The devices that are not revoked, by token and by certificate. They are kept in memory, since
/// each request is checked against them.
#[derive(Debug, Default)]
pub struct Devices {
    known: RwLock<Arc<Known>>,
}

#[derive(Debug, Default)]
struct Known {
    by_token: HashMap<Fingerprint, Device>,
    by_certificate: HashMap<Fingerprint, Device>,
    institutions: HashMap<DeviceId, Arc<str>>,
}

impl Devices {
    /// Replaces the known devices by these, without the revoked ones.
    pub fn know(&self, records: &[DeviceRecord]) {
        let mut known = Known::default();
        for record in records.iter().filter(|record| record.revoked.is_none()) {
            known.institutions.insert(record.id, record.institution.as_str().into());
            let device = Device {
                id: record.id,
                channel: record.channel,
                site: record.site,
                needs_staff: record.needs_staff(),
            };
            if let Some(token) = record.token {
                known.by_token.insert(token, device);
            }
            if let Some(certificate) = record.certificate {
                known.by_certificate.insert(certificate, device);
            }
        }
        *self.known.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(known);
    }

    /// The device with this token.
    pub fn by_token(&self, token: &str) -> Option<Device> {
        self.known().by_token.get(&fingerprint(token.as_bytes())).copied()
    }

    /// The device with this certificate. The TLS handshake has proved that it holds the key.
    pub fn by_certificate(&self, certificate: &Fingerprint) -> Option<Device> {
        self.known().by_certificate.get(certificate).copied()
    }

    /// What the device has as its institution.
    pub fn institution(&self, device: DeviceId) -> Option<Arc<str>> {
        self.known().institutions.get(&device).cloned()
    }

    fn known(&self) -> Arc<Known> {
        Arc::clone(&self.known.read().unwrap_or_else(PoisonError::into_inner))
    }
}

/// The fingerprint of the certificate whose key the kiosk proved to hold in the TLS handshake. It
/// is in the request's extensions.
#[derive(Clone, Copy, Debug)]
pub struct PeerCertificate(pub Fingerprint);

/// What a session's token contains.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Session {
    pub person: PersonId,
    pub device: DeviceId,
    pub expires: Timestamp,
    /// By whom it was opened at a counter: it is worth nothing without them.
    pub staff: Option<StaffId>,
    /// Of the token, to remember its early end by.
    pub hash: TokenHash,
}

/// Makes and reads sessions' tokens, and knows which sessions were ended early.
#[derive(Debug)]
pub struct Sessions {
    sealer: Sealer,
    ended: EndedTokens,
}

/// What tokens are sealed for: a captcha's token is no session.
const CONTEXT: &[u8] = b"session";

impl Sessions {
    pub fn new(key: &[u8; 32]) -> Self {
        let longest = (SESSION_LIMIT + CLOCKS_DIFFER_BY).unsigned_abs();
        Self { sealer: Sealer::new(key), ended: EndedTokens::new(longest) }
    }

    /// A token for a person at a device, which expires after [`SESSION_LIMIT`]. `random` must never
    /// be the same twice.
    pub fn open(
        &self,
        person: PersonId,
        device: DeviceId,
        now: Timestamp,
        random: [u8; 32],
    ) -> Personal {
        self.open_by(person, None, device, now, random)
    }

    /// The same for a person who is served by staff.
    pub fn open_by(
        &self,
        person: PersonId,
        staff: Option<StaffId>,
        device: DeviceId,
        now: Timestamp,
        random: [u8; 32],
    ) -> Personal {
        // Person, device, expiry and staff, eight bytes each. Without staff there are three, as an
        // earlier program has them.
        let numbers = [person.0, device.0, (now + SESSION_LIMIT).as_second()];
        let numbers = numbers.into_iter().chain(staff.map(|staff| staff.0));
        let plain: Vec<u8> = numbers.flat_map(i64::to_be_bytes).collect();
        Personal::new(hexadecimal(self.sealer.seal(&random, CONTEXT, &plain)))
    }

    /// The session of a token. `None` if the token is not ours, was given out at another device,
    /// has expired, or its session was ended.
    pub fn read(&self, token: &str, device: DeviceId, now: Timestamp) -> Option<Session> {
        let mut bytes = hex::decode(token).ok()?;
        let hash = hash(&bytes);
        let opened = self.sealer.open(CONTEXT, &mut bytes)?;
        let number = |at: usize| Some(i64::from_be_bytes(opened.get(at..at + 8)?.try_into().ok()?));
        let staff = if opened.len() > 24 { Some(StaffId(number(24)?)) } else { None };
        let session = Session {
            person: PersonId(number(0)?),
            device: DeviceId(number(8)?),
            expires: Timestamp::from_second(number(16)?).ok()?,
            staff,
            hash,
        };
        let is_of_now =
            session.expires > now && session.expires <= now + SESSION_LIMIT + CLOCKS_DIFFER_BY;
        (session.device == device && is_of_now && !self.ended.contains(&hash)).then_some(session)
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

/// Of the token's bytes: however its letters are written, it is the same token.
pub(super) fn hash(token: &[u8]) -> TokenHash {
    let mut hash = TokenHash::default();
    let size = hash.len();
    hash.copy_from_slice(&fingerprint(token)[..size]);
    hash
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + seconds).unwrap()
    }

    #[test]
    fn a_session_is_of_one_person_at_one_kiosk_for_ten_minutes() {
        let sessions = Sessions::new(&[3; 32]);
        let token = sessions.open(PersonId(5), DeviceId(7), at(0), [1; 32]);
        let read =
            |token: &str, device, seconds| sessions.read(token, DeviceId(device), at(seconds));
        let session = read(token.expose(), 7, 599).unwrap();
        assert_eq!(
            (session.person, session.device, session.expires),
            (PersonId(5), DeviceId(7), at(600))
        );
        assert_eq!(read(token.expose(), 7, 600), None, "over");
        assert_eq!(read(token.expose(), 8, 1), None, "another kiosk");
        assert!(read(token.expose(), 7, -60).is_some(), "clocks differ a little");
        assert_eq!(read(token.expose(), 7, -61), None, "the clock was set back");
        assert_eq!(
            Sessions::new(&[4; 32]).read(token.expose(), DeviceId(7), at(1)),
            None,
            "another key"
        );
        let mut forged = token.expose().to_owned();
        let last = if forged.ends_with('0') { "1" } else { "0" };
        forged.replace_range(forged.len() - 1.., last);
        for wrong in [forged.as_str(), "", "00", "zz", &token.expose()[2..]] {
            assert_eq!(read(wrong, 7, 1), None, "{wrong}");
        }
        let spent = SpentToken { hash: session.hash, spent: at(2), expires: session.expires };
        sessions.end([spent], Duration::from_secs(2));
        assert_eq!(read(token.expose(), 7, 3), None, "ended");
        assert_eq!(read(&token.expose().to_uppercase(), 7, 3), None, "in capitals too");
        sessions.tidy(at(600), Duration::from_secs(600));
        assert!(!sessions.ended.is_empty(), "the clock may have been set forward");
        sessions.tidy(at(600), Duration::from_secs(662));
        assert!(sessions.ended.is_empty());
    }

    #[test]
    fn a_session_knows_which_staff_have_opened_it() {
        let sessions = Sessions::new(&[3; 32]);
        for staff in [None, Some(StaffId(4))] {
            let token = sessions.open_by(PersonId(5), staff, DeviceId(7), at(0), [1; 32]);
            let session = sessions.read(token.expose(), DeviceId(7), at(1)).unwrap();
            assert_eq!((session.person, session.staff), (PersonId(5), staff));
        }
    }

    #[test]
    fn a_revoked_device_is_not_known() {
        let record = |id, revoked| DeviceRecord {
            id: DeviceId(id),
            name: format!("kiosk {id}"),
            channel: Channel::Pharmacy,
            institution: String::new(),
            site: None,
            counter: false,
            token: Some(fingerprint(format!("token {id}").as_bytes())),
            certificate: Some([id as u8; 32]),
            revoked,
        };
        let devices = Devices::default();
        devices.know(&[record(1, None), record(2, Some(at(0)))]);
        let channel = Channel::Pharmacy;
        let one = Some(Device { id: DeviceId(1), channel, site: None, needs_staff: false });
        assert_eq!((devices.by_token("token 1"), devices.by_certificate(&[1; 32])), (one, one));
        assert_eq!((devices.by_token("token 2"), devices.by_certificate(&[2; 32])), (None, None));
        assert_eq!(devices.by_token("kiosk 1"), None);
    }
}
