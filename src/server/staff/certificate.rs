//! Checks that a card which counts has signed a text, and says whose card it is. Pure: which CAs
//! count, which certificates were revoked and what time it is are arguments.

use super::trust::Trust;
use crate::api::staff::SignatureAlgorithm;
use crate::domain::personal::Personal;
use crate::server::hexadecimal::hexadecimal;
use crate::server::store::staff_card::StaffCard;
use jiff::Timestamp;
use rustls::pki_types::{CertificateDer, SignatureVerificationAlgorithm, UnixTime};
use std::time::Duration;
use webpki::{
    EndEntityCert, Error, ExpirationPolicy, KeyUsage, RevocationOptionsBuilder, aws_lc_rs,
};
use x509_parser::oid_registry::OID_X509_SERIALNUMBER;
use x509_parser::prelude::{FromDer, X509Certificate};

/// Why a card is not let in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CertificateError {
    /// It is no certificate, or of a version or with a critical extension that nobody here knows.
    Unreadable,
    /// Its subject has no serial number, by which its owner would be known.
    NoOwner,
    Expired,
    NotYetValid,
    Revoked,
    /// No list of its CA that is in force says whether it was revoked.
    RevocationUnknown,
    /// It does not lead to a CA that counts.
    Foreign,
    /// It is not for signatures: each card also has a certificate for encryption.
    NotForSignatures,
    /// It is for some other use, of a CA, or signed in a way that is not accepted (SHA-1).
    Unusable,
    /// The signature is not of this text by the key of this certificate.
    WrongSignature,
}

/// How certificates and lists may be signed.
const ACCEPTED: [&dyn SignatureVerificationAlgorithm; 6] = [
    aws_lc_rs::RSA_PKCS1_2048_8192_SHA256,
    aws_lc_rs::RSA_PKCS1_2048_8192_SHA384,
    aws_lc_rs::RSA_PKCS1_2048_8192_SHA512,
    aws_lc_rs::ECDSA_P256_SHA256,
    aws_lc_rs::ECDSA_P384_SHA256,
    aws_lc_rs::ECDSA_P384_SHA384,
];

/// Whose card a certificate is of, as it says itself.
pub fn owner(certificate: &[u8]) -> Result<StaffCard, CertificateError> {
    let (rest, parsed) =
        X509Certificate::from_der(certificate).map_err(|_| CertificateError::Unreadable)?;
    if !rest.is_empty() {
        return Err(CertificateError::Unreadable);
    }
    let serial = parsed.subject().iter_by_oid(&OID_X509_SERIALNUMBER).next();
    let serial = serial.and_then(|attribute| attribute.as_str().ok());
    let serial = serial.filter(|serial| !serial.is_empty()).ok_or(CertificateError::NoOwner)?;
    let issuer = hexadecimal(parsed.issuer().as_raw());
    Ok(StaffCard::Certificate { issuer, owner: Personal::new(serial) })
}

/// Whether a certificate is for signatures. The library below does not look at this extension; a
/// certificate without it is for anything (RFC 5280, 4.2.1.3).
pub fn check_key_usage(certificate: &[u8]) -> Result<(), CertificateError> {
    let (_, parsed) =
        X509Certificate::from_der(certificate).map_err(|_| CertificateError::Unreadable)?;
    let usage = parsed.key_usage().map_err(|_| CertificateError::Unreadable)?;
    match usage.is_none_or(|usage| usage.value.digital_signature()) {
        true => Ok(()),
        false => Err(CertificateError::NotForSignatures),
    }
}

/// Checks a card's certificate and its signature. `certificates` are the card's own, then those of
/// CAs between it and one that counts.
pub fn check(
    trust: &Trust,
    certificates: &[Vec<u8>],
    algorithm: SignatureAlgorithm,
    (text, signature): (&[u8], &[u8]),
    now: Timestamp,
) -> Result<(), CertificateError> {
    let (own, between) = certificates.split_first().ok_or(CertificateError::Unreadable)?;
    let own_der = CertificateDer::from(own.as_slice());
    let between: Vec<_> = between.iter().map(|der| CertificateDer::from(der.as_slice())).collect();
    let card = EndEntityCert::try_from(&own_der).map_err(|_| CertificateError::Unreadable)?;
    let lists: Vec<_> = trust.lists.iter().collect();
    let revocation = RevocationOptionsBuilder::new(&lists)
        .map_err(|_| CertificateError::RevocationUnknown)?
        // A list that is over says nothing of what was revoked since.
        .with_expiration_policy(ExpirationPolicy::Enforce)
        .build();
    let seconds = u64::try_from(now.as_second()).unwrap_or_default();
    let time = UnixTime::since_unix_epoch(Duration::from_secs(seconds));
    // Taiwan's cards name no extended use; one that names some must name this.
    let usage = KeyUsage::client_auth();
    card.verify_for_usage(&ACCEPTED, &trust.anchors, &between, time, usage, Some(revocation), None)
        .map_err(refused)?;
    check_key_usage(own)?;
    let algorithm: &dyn SignatureVerificationAlgorithm = match algorithm {
        SignatureAlgorithm::RsaPkcs1Sha256 => aws_lc_rs::RSA_PKCS1_2048_8192_SHA256,
        SignatureAlgorithm::EcdsaP256Sha256 => aws_lc_rs::ECDSA_P256_SHA256,
    };
    card.verify_signature(algorithm, text, signature).map_err(|_| CertificateError::WrongSignature)
}

fn refused(error: Error) -> CertificateError {
    match error {
        Error::CertExpired { .. } => CertificateError::Expired,
        Error::CertNotValidYet { .. } => CertificateError::NotYetValid,
        Error::CertRevoked => CertificateError::Revoked,
        Error::CrlExpired { .. }
        | Error::UnknownRevocationStatus
        | Error::InvalidCrlSignatureForPublicKey
        | Error::IssuerNotCrlSigner => CertificateError::RevocationUnknown,
        // A CA that has the name of one that counts, but another key, is none.
        Error::UnknownIssuer | Error::InvalidSignatureForPublicKey => CertificateError::Foreign,
        // What else there is may grow with the library.
        _ => CertificateError::Unusable,
    }
}
