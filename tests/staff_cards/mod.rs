//! CAs and staff cards made by the tests: real certificates, lists of what was revoked, and
//! signatures, without a card.
#![allow(dead_code, reason = "each test file uses its part")]

use rcgen::{
    BasicConstraints, CertificateParams, CertificateRevocationList,
    CertificateRevocationListParams, DnType, IsCa, Issuer, KeyIdMethod, KeyPair, KeyUsagePurpose,
    PKCS_ECDSA_P256_SHA256, PKCS_RSA_SHA256, RevokedCertParams, RsaKeySize, SerialNumber,
    SigningKey, date_time_ymd,
};
use vaxkiosk::api::staff::{OpenStaffSession, SignatureAlgorithm, StaffChallenge};
use vaxkiosk::server::staff::trust::Trust;

/// The service's name in challenges.
pub const SERVER: &str = "the tests' service";

/// A CA that issues staff cards.
pub struct Ca {
    pub pem: String,
    issuer: Issuer<'static, KeyPair>,
}

/// A card with the key and the certificate for signatures.
pub struct StaffCard {
    key: KeyPair,
    pub algorithm: SignatureAlgorithm,
    /// The certificate, DER.
    pub certificate: Vec<u8>,
}

/// What a card's certificate says.
#[derive(Clone, Debug)]
pub struct Facts {
    /// Of its owner.
    pub owner: &'static str,
    pub serial: u64,
    pub usage: KeyUsagePurpose,
    /// The years in which it is valid, from the first of January on.
    pub years: (i32, i32),
}

impl Default for Facts {
    fn default() -> Self {
        let usage = KeyUsagePurpose::DigitalSignature;
        Self { owner: "0000000100000001", serial: 1, usage, years: (2026, 2031) }
    }
}

impl Ca {
    pub fn new(name: &str) -> Self {
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.distinguished_name.push(DnType::CommonName, name);
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
        params.not_before = date_time_ymd(2020, 1, 1);
        params.not_after = date_time_ymd(2100, 1, 1);
        let key = KeyPair::generate().unwrap();
        let pem = params.self_signed(&key).unwrap().pem();
        Self { pem, issuer: Issuer::new(params, key) }
    }

    /// A card with an elliptic key.
    pub fn card(&self, facts: &Facts) -> StaffCard {
        let key = KeyPair::generate_for(&PKCS_ECDSA_P256_SHA256).unwrap();
        self.issue(key, SignatureAlgorithm::EcdsaP256Sha256, facts)
    }

    /// A card with an RSA key, as Taiwan's have.
    pub fn rsa_card(&self, facts: &Facts) -> StaffCard {
        let key = KeyPair::generate_rsa_for(&PKCS_RSA_SHA256, RsaKeySize::_2048).unwrap();
        self.issue(key, SignatureAlgorithm::RsaPkcs1Sha256, facts)
    }

    fn issue(&self, key: KeyPair, algorithm: SignatureAlgorithm, facts: &Facts) -> StaffCard {
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.distinguished_name.push(DnType::CommonName, "機構人員");
        // 2.5.4.5, serialNumber.
        params.distinguished_name.push(DnType::CustomDnType(vec![2, 5, 4, 5]), facts.owner);
        params.serial_number = Some(SerialNumber::from(facts.serial));
        params.key_usages = vec![facts.usage];
        params.not_before = date_time_ymd(facts.years.0, 1, 1);
        params.not_after = date_time_ymd(facts.years.1, 1, 1);
        let certificate = params.signed_by(&key, &self.issuer).unwrap().der().to_vec();
        StaffCard { key, algorithm, certificate }
    }

    /// The list of these revoked certificates, in force from the first of one month of 2027 to that
    /// of another, DER.
    pub fn list(&self, revoked: &[u64], months: (u8, u8)) -> Vec<u8> {
        self.signed(revoked, (2027, months.0), (2027, months.1)).der().to_vec()
    }

    fn signed(
        &self,
        revoked: &[u64],
        from: (i32, u8),
        until: (i32, u8),
    ) -> CertificateRevocationList {
        let entry = |serial: &u64| RevokedCertParams {
            serial_number: SerialNumber::from(*serial),
            revocation_time: date_time_ymd(2027, 1, 1),
            reason_code: None,
            invalidity_date: None,
        };
        let list = CertificateRevocationListParams {
            this_update: date_time_ymd(from.0, from.1, 1),
            next_update: date_time_ymd(until.0, until.1, 1),
            crl_number: SerialNumber::from(u64::from(from.1)),
            issuing_distribution_point: None,
            revoked_certs: revoked.iter().map(entry).collect(),
            key_identifier_method: KeyIdMethod::Sha256,
        };
        list.signed_by(&self.issuer).unwrap()
    }

    /// A list of these that is in force at whatever time a real clock shows, PEM.
    pub fn lasting_list(&self, revoked: &[u64]) -> String {
        self.signed(revoked, (2020, 1), (2099, 1)).pem().unwrap()
    }

    /// Trusts this CA, with these lists.
    pub fn trusted(&self, lists: &[Vec<u8>]) -> Trust {
        Trust::new(SERVER, &[self.pem.clone().into_bytes()], lists).unwrap()
    }

    /// Trusts this CA, which has revoked these certificates, in July 2027.
    pub fn trusted_but(&self, revoked: &[u64]) -> Trust {
        self.trusted(&[self.list(revoked, (7, 8))])
    }
}

impl StaffCard {
    /// Its key as a token takes it in, PKCS #8.
    pub fn private_key(&self) -> Vec<u8> {
        self.key.serialize_der()
    }

    /// What a counter sends after the card has signed the challenge.
    pub fn sign(&self, challenge: &StaffChallenge) -> OpenStaffSession {
        OpenStaffSession::Certificate {
            nonce: challenge.nonce.clone(),
            certificates: vec![hex::encode(&self.certificate)],
            algorithm: self.algorithm,
            signature: hex::encode(self.key.sign(&challenge.text()).unwrap()),
        }
    }
}
