//! The reader of staff cards as a trait: cards that sign with a key of their own after a PIN
//! (醫事人員卡, 自然人憑證). Its events, and what can be wrong with card, PIN and module.

use crate::domain::personal::Personal;
use aws_lc_rs::digest::{SHA256, digest};
use serde::{Deserialize, Serialize};
use zeroize::{Zeroize, ZeroizeOnDrop};

/// An X.509 certificate in DER. It names a person, so that Debug does not show it and it is wiped.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Certificate(Vec<u8>);

impl Certificate {
    pub fn new(der: Vec<u8>) -> Self {
        Self(der)
    }

    pub fn der(&self) -> &[u8] {
        &self.0
    }

    /// SHA-256 of it, as 64 hexadecimal digits: it names the certificate and nobody's name.
    pub fn fingerprint(&self) -> String {
        hex::encode(digest(&SHA256, &self.0))
    }
}

impl std::fmt::Debug for Certificate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Certificate({} bytes)", self.0.len())
    }
}

impl From<Certificate> for String {
    fn from(certificate: Certificate) -> String {
        hex::encode(certificate.der())
    }
}

impl TryFrom<String> for Certificate {
    type Error = hex::FromHexError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        hex::decode(text).map(Self)
    }
}

/// How many wrong PINs a card takes before it locks, as far as its module tells. PKCS#11 has no
/// number for it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tries {
    /// The module says nothing of wrong PINs.
    Untold,
    /// There was a wrong PIN since the last right one.
    Low,
    /// One more wrong PIN locks the card.
    Last,
    /// The card is locked. Whoever issued it unlocks it.
    Locked,
}

/// How long a card's PIN may be, in bytes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct PinLength {
    pub shortest: usize,
    pub longest: usize,
}

impl PinLength {
    pub fn fits(self, pin: &Personal) -> bool {
        (self.shortest..=self.longest).contains(&pin.expose().len())
    }
}

/// A card that can sign.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct StaffCard {
    /// The certificate of the key that signs. It can be read without a PIN.
    pub own: Certificate,
    /// Those of CAs between the card and its root, if the card has them.
    pub between: Vec<Certificate>,
    pub pin_length: PinLength,
    /// As it was when the card was put in.
    pub tries: Tries,
}

impl StaffCard {
    /// The certificates as the service asks for them: the card's own first.
    pub fn certificates(&self) -> impl Iterator<Item = &Certificate> {
        std::iter::once(&self.own).chain(&self.between)
    }
}

/// What happened at the reader, sent at the moment it is noticed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum StaffCardEvent {
    /// The vendor's module does not work. It is tried again by itself.
    NoModule(ModuleFault),
    /// The module works and knows no reader.
    NoReader,
    /// The reader is there, and empty. It is not sent when a card is taken out.
    NoCard,
    CardIn(StaffCard),
    /// A card was put in that the module does not know, or that has no key to sign with.
    NotStaffCard,
    /// The card was taken out. It is also sent before the next `CardIn` when a card was exchanged
    /// so quickly that the empty reader was not seen.
    CardOut,
}

/// Why a vendor's module cannot be used.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ModuleFault {
    #[error("the module's file is not there, or needs libraries that are not there")]
    Missing,
    #[error("the file is no PKCS#11 module")]
    NotAModule,
    #[error("the module fails")]
    Failed,
    #[error("the module does not answer in time")]
    Hangs,
}

/// Why a card has not signed. A PIN is never tried again by the program: each wrong one costs one
/// of the card's tries.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SignFault {
    /// The card has refused the PIN. What is left afterwards is not [`Tries::Locked`].
    #[error("the card refuses the PIN")]
    WrongPin(Tries),
    /// The card takes no PIN any more, or this was its last try.
    #[error("the card's PIN is locked")]
    PinLocked,
    /// The PIN cannot be the card's. It was not sent to the card and costs no try.
    #[error("the card's PINs have another length")]
    PinLength(PinLength),
    /// The card is not in, or another one is: the PIN was not sent to that.
    #[error("the card was taken out")]
    CardRemoved,
    /// The card has no key for its certificate.
    #[error("the card cannot sign")]
    NotStaffCard,
    #[error("the module fails")]
    ModuleFailed,
    /// The module has not answered in time. It is started anew. Whether the card has taken the PIN
    /// is not known.
    #[error("the module does not answer in time")]
    TookTooLong,
}

/// How a card has signed, with SHA-256 in both cases.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SignedBy {
    /// RSASSA-PKCS1-v1_5 (RFC 8017, 8.2).
    Rsa,
    /// ECDSA on P-256, as ASN.1 DER (RFC 3279, 2.2.3).
    P256,
}

/// A signature of a staff card.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Signature {
    pub by: SignedBy,
    pub bytes: Vec<u8>,
}

/// One place for a card, as the module tells it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct SlotInfo {
    /// The module's number of the slot.
    pub number: u64,
    /// For a card reader its name.
    pub description: String,
    /// The label of the card that is in it; `None` if none is.
    pub token: Option<String>,
    /// Whether the settings let staff use this slot.
    pub is_ours: bool,
}

/// A module as the system check shows it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ModuleInfo {
    /// Its vendor's name for it, with its version.
    pub name: String,
    pub slots: Vec<SlotInfo>,
}

/// A reader of staff cards. It sends its events to the function that it was made with.
pub trait StaffCardReader: Send + Sync {
    /// Has this card sign a text. Blocks until the card has signed, which may take seconds, and at
    /// most until the reader's deadline: never to be called on the loop's thread.
    ///
    /// If another card is in by now, it is not asked: the PIN was typed for `card`.
    fn sign(&self, card: &StaffCard, pin: &Personal, text: &[u8]) -> Result<Signature, SignFault>;

    /// What the module and its slots are. Blocks as long as [`StaffCardReader::sign`].
    fn inspect(&self) -> Result<ModuleInfo, ModuleFault>;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_card_goes_through_a_pipe_and_its_certificate_is_in_no_log() {
        let card = StaffCard {
            own: Certificate::new(vec![0x30, 0xAB]),
            between: vec![Certificate::new(vec![1])],
            pin_length: PinLength { shortest: 6, longest: 8 },
            tries: Tries::Low,
        };
        let text = serde_json::to_string(&card).unwrap();
        assert!(text.contains("30ab"), "{text}");
        assert_eq!(serde_json::from_str::<StaffCard>(&text).unwrap(), card);
        assert!(!format!("{card:?}").contains("171"), "{card:?}");
        assert_eq!(card.certificates().map(|one| one.der().len()).collect::<Vec<_>>(), [2, 1]);
        // FIPS 180-2, B.1.
        let abc = Certificate::new(b"abc".to_vec()).fingerprint();
        assert_eq!((abc.len(), &abc[..16]), (64, "ba7816bf8f01cfea"));
    }

    #[test]
    fn a_pin_is_measured_before_it_costs_a_try() {
        let length = PinLength { shortest: 6, longest: 8 };
        for (pin, fits) in
            [("12345", false), ("123456", true), ("12345678", true), ("123456789", false)]
        {
            assert_eq!(length.fits(&Personal::new(pin)), fits, "{pin}");
        }
    }
}
