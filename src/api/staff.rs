//! Staff at a counter or a vaccination site: how they log in with their card, and how managers say
//! who may do what. Every call of a staff session carries its token in the header
//! [`STAFF_HEADER`](super::paths::STAFF_HEADER), beside the device's.

use super::sessions::SessionToken;
use crate::domain::card::CardNumber;
use crate::domain::identity::IdNumber;
use crate::domain::personal::Personal;
use crate::domain::staff::{Rights, StaffRole};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// What stands before the server's name and the nonce in the text that a card signs: the same key
/// signs documents, so that no document may look like a log-in.
pub const SIGNED_PREFIX: &[u8] = b"vaxkiosk-staff-login-v1\0";

/// The answer to `POST /v1/staff/challenges`: what the card is to sign, once, before it expires.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct StaffChallenge {
    /// The service's name, so that a signature for one service is worth nothing at another.
    pub server: String,
    /// Hexadecimal digits that only the service can make; accepted once.
    pub nonce: String,
    pub expires: Timestamp,
}

impl StaffChallenge {
    /// The bytes that the card signs.
    pub fn text(&self) -> Vec<u8> {
        let parts = [SIGNED_PREFIX, self.server.as_bytes(), b"\0", self.nonce.as_bytes()];
        parts.concat()
    }
}

/// How the card has signed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub enum SignatureAlgorithm {
    /// RSASSA-PKCS1-v1_5 with SHA-256 (RFC 8017, 8.2).
    RsaPkcs1Sha256,
    /// ECDSA on P-256 with SHA-256, as ASN.1 DER (RFC 3279, 2.2.3).
    EcdsaP256Sha256,
}

/// `POST /v1/staff/sessions`: one of the ways to log in.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(tag = "way", rename_all = "kebab-case")]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub enum OpenStaffSession {
    /// With a card that signs (醫事人員卡, 自然人憑證). The PIN never leaves the counter.
    Certificate {
        nonce: String,
        /// X.509 in DER, as hexadecimal digits: the card's own first, then those of CAs between.
        certificates: Vec<String>,
        algorithm: SignatureAlgorithm,
        /// Hexadecimal digits.
        signature: String,
    },
    /// With an NHI card in the reader and the registered password.
    NhiCard { id: IdNumber, card: CardNumber, password: Personal },
}

/// `POST /v1/staff/card-refusals`: a staff card at this device has refused to sign, so that nobody
/// logs in. The card alone knows it, as its PIN never leaves the counter; told to the service, it
/// is in the audit trail with all other log-ins that were refused.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct StaffCardRefusal {
    pub reason: CardRefusal,
    /// SHA-256 of the card's own certificate in DER: 64 hexadecimal digits. It can be read without
    /// a PIN.
    pub certificate: String,
}

/// Why a card has refused to sign, as far as it tells how many wrong PINs it still takes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub enum CardRefusal {
    /// The PIN was wrong. The card does not say how many more it takes.
    WrongPin,
    /// The PIN was wrong, and not the first wrong one.
    WrongPinFewTries,
    /// The PIN was wrong, and one more locks the card.
    WrongPinLastTry,
    /// The card takes no PIN any more.
    PinLocked,
}

impl CardRefusal {
    /// As it is on the wire and in the audit trail.
    pub fn text(self) -> &'static str {
        match self {
            CardRefusal::WrongPin => "wrong-pin",
            CardRefusal::WrongPinFewTries => "wrong-pin-few-tries",
            CardRefusal::WrongPinLastTry => "wrong-pin-last-try",
            CardRefusal::PinLocked => "pin-locked",
        }
    }
}

/// An institution, as its staff see it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct InstitutionView {
    /// 機構代碼, as devices name it.
    pub code: String,
    pub name_zh: String,
    pub name_en: String,
}

/// The answer to [`OpenStaffSession`].
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct StaffSessionOpened {
    pub token: SessionToken,
    pub institution: InstitutionView,
    pub staff: StaffView,
    /// The session ends then, whatever is done in it.
    pub expires: Timestamp,
}

/// A staff member.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct StaffView {
    pub id: u32,
    pub name: Personal,
    pub role: StaffRole,
    pub rights: Rights,
    /// Since when they may do nothing any more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withdrawn: Option<Timestamp>,
}

/// `POST /v1/staff/users`: someone new of the own institution.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct NewStaff {
    pub name: Personal,
    pub role: StaffRole,
    pub rights: Rights,
    /// The certificate of their card, X.509 in DER as hexadecimal digits: it can be read from the
    /// card without a PIN.
    pub certificate: String,
}

/// `PUT /v1/staff/users/{id}`: what someone of the own institution may do from now on.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct ChangeStaff {
    /// As the list has them of which this was decided. If they are otherwise by now, nothing is
    /// changed.
    pub before: StaffState,
    pub rights: Rights,
    /// Whether they may do nothing any more.
    pub withdrawn: bool,
}

/// What someone may do, as a list has it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct StaffState {
    pub rights: Rights,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withdrawn: Option<Timestamp>,
}

impl StaffView {
    pub fn state(&self) -> StaffState {
        StaffState { rights: self.rights, withdrawn: self.withdrawn }
    }
}
