//! A desk with a reader of staff cards, what it tells, and a CA that issues the cards: what the
//! tests of software tokens and those of a card in a virtual reader share.

use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_ASN1, RSA_PKCS1_2048_8192_SHA256, UnparsedPublicKey, VerificationAlgorithm,
};
use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair, KeyUsagePurpose,
    PublicKeyData,
};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;
use vaxkiosk::devices::pkcs11::ModuleOptions;
use vaxkiosk::devices::pkcs11::reader::{Limits, Pkcs11Reader};
use vaxkiosk::devices::staff_card::{
    SignFault, Signature, SignedBy, StaffCard, StaffCardEvent, StaffCardReader,
};
use vaxkiosk::domain::personal::Personal;

pub const PATIENCE: Duration = Duration::from_secs(20);
pub const TEXT: &[u8] = b"vaxkiosk-staff-login-v1\0booking.example\x000123456789abcdef";
pub const PIN: &str = "123456";

/// A root, and a CA below it that issues staff cards.
pub struct Ca {
    pub root: CertifiedIssuer<'static, KeyPair>,
    pub between: CertifiedIssuer<'static, KeyPair>,
}

fn named(name: &str, usages: &[KeyUsagePurpose]) -> CertificateParams {
    let mut parameters = CertificateParams::default();
    parameters.distinguished_name.push(DnType::CommonName, name);
    parameters.key_usages = usages.to_vec();
    parameters
}

impl Ca {
    pub fn new() -> Self {
        let authority = |name: &str| {
            let mut parameters = named(name, &[KeyUsagePurpose::KeyCertSign]);
            parameters.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
            parameters
        };
        let key = || KeyPair::generate().unwrap();
        let root = CertifiedIssuer::self_signed(authority("root"), key()).unwrap();
        let between = CertifiedIssuer::signed_by(authority("staff CA"), key(), &root).unwrap();
        Self { root, between }
    }

    /// A certificate in DER.
    pub fn issue(&self, key: &KeyPair, usage: KeyUsagePurpose) -> Vec<u8> {
        let certificate = named("甄護理師", &[usage]).signed_by(key, &self.between).unwrap();
        certificate.der().to_vec()
    }
}

/// Whether a signature of [`TEXT`] is that of this key.
pub fn is_signed_by(signature: &Signature, key: &KeyPair) -> bool {
    let algorithm: &'static dyn VerificationAlgorithm = match signature.by {
        SignedBy::Rsa => &RSA_PKCS1_2048_8192_SHA256,
        SignedBy::P256 => &ECDSA_P256_SHA256_ASN1,
    };
    UnparsedPublicKey::new(algorithm, key.der_bytes()).verify(TEXT, &signature.bytes).is_ok()
}

/// A reader of staff cards with a module, and what it tells.
pub struct Desk {
    pub reader: Pkcs11Reader,
    pub told: Receiver<StaffCardEvent>,
}

pub fn options(module: &Path) -> ModuleOptions {
    ModuleOptions {
        module: module.to_owned(),
        slot_number: None,
        slot_named: None,
        token_label: None,
    }
}

/// Limits for cards that answer soon.
pub fn limits() -> Limits {
    Limits { every: Duration::from_millis(100), ..Limits::default() }
}

impl Desk {
    pub fn new(program: PathBuf, options: ModuleOptions, limits: Limits) -> Self {
        let (tell, told) = channel();
        let events = move |event| {
            let _ = tell.send(event);
        };
        Self { reader: Pkcs11Reader::start(program, options, limits, events).unwrap(), told }
    }

    /// The next event.
    #[track_caller]
    pub fn next(&self) -> StaffCardEvent {
        self.told.recv_timeout(PATIENCE).expect("the reader tells something")
    }

    #[track_caller]
    pub fn expect(&self, event: StaffCardEvent) {
        assert_eq!(self.next(), event);
    }

    /// The card that is put in next.
    #[track_caller]
    pub fn card(&self) -> StaffCard {
        match self.next() {
            StaffCardEvent::CardIn(card) => card,
            other => panic!("{other:?}"),
        }
    }

    /// Nothing is told for a while.
    #[track_caller]
    pub fn quiet(&self, time: Duration) {
        assert_eq!(self.told.recv_timeout(time).ok(), None);
    }

    pub fn sign(&self, card: &StaffCard, pin: &str) -> Result<Signature, SignFault> {
        self.reader.sign(card, &Personal::new(pin), TEXT)
    }
}
