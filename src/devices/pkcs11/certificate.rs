//! What of a certificate decides whether its key signs a log-in: its key's kind, its key usage and
//! whether it is a CA's (RFC 5280, 4.1 and 4.2.1). Whether it is to be trusted is the service's to
//! say.

use crate::devices::staff_card::SignedBy;

/// What a certificate says of its key.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Usage {
    /// How its key signs; `None` if it is of a kind that the service does not take.
    pub by: Option<SignedBy>,
    /// Whether its key may sign what is no certificate.
    pub signs: bool,
    pub is_ca: bool,
    /// Whether it is its own issuer, as a root is.
    pub is_root: bool,
}

const SEQUENCE: u8 = 0x30;
const OBJECT_IDENTIFIER: u8 = 0x06;
const BOOLEAN: u8 = 0x01;
const BIT_STRING: u8 = 0x03;
const OCTET_STRING: u8 = 0x04;
const VERSION: u8 = 0xA0;
const EXTENSIONS: u8 = 0xA3;

/// 1.2.840.113549.1.1.1
const RSA: [u8; 9] = [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x01];
/// 1.2.840.10045.2.1
const EC: [u8; 7] = [0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01];
/// 1.2.840.10045.3.1.7
const P256: [u8; 8] = [0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x03, 0x01, 0x07];
/// 2.5.29.15
const KEY_USAGE: [u8; 3] = [0x55, 0x1D, 0x0F];
/// 2.5.29.19
const BASIC_CONSTRAINTS: [u8; 3] = [0x55, 0x1D, 0x13];
/// The first bit of a key usage: digitalSignature.
const DIGITAL_SIGNATURE: u8 = 0x80;

/// The elements of DER, one after another.
struct Elements<'a>(&'a [u8]);

impl<'a> Elements<'a> {
    /// The next element: its tag and its content.
    fn next(&mut self) -> Option<(u8, &'a [u8])> {
        let (tag, rest) = self.0.split_first()?;
        let (first, rest) = rest.split_first()?;
        let (length, rest) = match first {
            0..=0x7F => (usize::from(*first), rest),
            // The length of the length; more than four bytes is no certificate.
            0x81..=0x84 => {
                let (bytes, rest) = rest.split_at_checked(usize::from(first & 0x7F))?;
                (bytes.iter().fold(0, |length, byte| length << 8 | usize::from(*byte)), rest)
            }
            0x80 | 0x85.. => return None,
        };
        let (content, rest) = rest.split_at_checked(length)?;
        self.0 = rest;
        Some((*tag, content))
    }

    /// The content of the next element, which must have this tag.
    fn expect(&mut self, tag: u8) -> Option<&'a [u8]> {
        self.next().filter(|(found, _)| *found == tag).map(|(_, content)| content)
    }

    /// The content of the next element if it has this tag; otherwise it stays the next.
    fn optional(&mut self, tag: u8) -> Option<&'a [u8]> {
        if self.0.first() == Some(&tag) { self.expect(tag) } else { None }
    }
}

/// Reads a certificate in DER; `None` if it is none of X.509.
pub fn usage(der: &[u8]) -> Option<Usage> {
    let mut certificate = Elements(Elements(der).expect(SEQUENCE)?);
    let mut signed = Elements(certificate.expect(SEQUENCE)?);
    signed.optional(VERSION);
    let (_serial, _algorithm) = (signed.next()?, signed.expect(SEQUENCE)?);
    let issuer = signed.expect(SEQUENCE)?;
    let _validity = signed.expect(SEQUENCE)?;
    let subject = signed.expect(SEQUENCE)?;
    let by = kind(signed.expect(SEQUENCE)?);
    let mut usage = Usage { by, signs: true, is_ca: false, is_root: issuer == subject };
    while let Some((tag, content)) = signed.next() {
        if tag == EXTENSIONS {
            extensions(Elements(content).expect(SEQUENCE)?, &mut usage)?;
        }
    }
    Some(usage)
}

/// The kind of a public key.
fn kind(public_key: &[u8]) -> Option<SignedBy> {
    let mut algorithm = Elements(Elements(public_key).expect(SEQUENCE)?);
    let identifier = algorithm.expect(OBJECT_IDENTIFIER)?;
    if identifier == RSA {
        return Some(SignedBy::Rsa);
    }
    let curve = algorithm.optional(OBJECT_IDENTIFIER);
    (identifier == EC && curve == Some(&P256)).then_some(SignedBy::P256)
}

fn extensions(list: &[u8], usage: &mut Usage) -> Option<()> {
    let mut list = Elements(list);
    while !list.0.is_empty() {
        let mut extension = Elements(list.expect(SEQUENCE)?);
        let identifier = extension.expect(OBJECT_IDENTIFIER)?;
        extension.optional(BOOLEAN);
        let value = extension.expect(OCTET_STRING)?;
        if identifier == KEY_USAGE {
            // The first byte of a bit string counts the bits that are not used.
            let bits = Elements(value).expect(BIT_STRING)?;
            usage.signs = bits.get(1).is_some_and(|byte| byte & DIGITAL_SIGNATURE != 0);
        } else if identifier == BASIC_CONSTRAINTS {
            let mut constraints = Elements(Elements(value).expect(SEQUENCE)?);
            usage.is_ca = constraints.optional(BOOLEAN).is_some_and(|is_ca| is_ca != [0]);
        }
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use rcgen::{
        BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair,
        KeyUsagePurpose, PKCS_ECDSA_P384_SHA384, PKCS_RSA_SHA256,
    };

    fn named(name: &str, usages: &[KeyUsagePurpose]) -> CertificateParams {
        let mut parameters = CertificateParams::default();
        parameters.distinguished_name.push(DnType::CommonName, name);
        parameters.key_usages = usages.to_vec();
        parameters
    }

    #[test]
    fn keys_that_sign_are_told_from_those_that_encrypt_and_from_cas() {
        let mut root = named("root", &[KeyUsagePurpose::KeyCertSign]);
        root.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let root = CertifiedIssuer::self_signed(root, KeyPair::generate().unwrap()).unwrap();
        let issue = |usages: &[KeyUsagePurpose], key: KeyPair| {
            let certificate = named("staff", usages).signed_by(&key, &root).unwrap();
            usage(certificate.der()).unwrap()
        };
        let p256 = || KeyPair::generate().unwrap();
        let by = Some(SignedBy::P256);
        let own = Usage { by, signs: true, is_ca: false, is_root: false };
        use KeyUsagePurpose::{ContentCommitment, DigitalSignature, KeyEncipherment};
        assert_eq!(issue(&[DigitalSignature, ContentCommitment], p256()), own);
        assert_eq!(issue(&[], p256()), own, "without a usage each is allowed");
        assert_eq!(issue(&[KeyEncipherment], p256()), Usage { signs: false, ..own });
        let p384 = KeyPair::generate_for(&PKCS_ECDSA_P384_SHA384).unwrap();
        assert_eq!(issue(&[DigitalSignature], p384), Usage { by: None, ..own });
        let rsa = KeyPair::generate_for(&PKCS_RSA_SHA256).unwrap();
        let rsa = issue(&[DigitalSignature], rsa);
        assert_eq!(rsa, Usage { by: Some(SignedBy::Rsa), ..own });
        let root = usage(root.der()).unwrap();
        assert_eq!(root, Usage { signs: false, is_ca: true, is_root: true, ..own });
    }

    #[test]
    fn what_is_cut_or_garbled_is_no_certificate_and_no_panic() {
        let key = KeyPair::generate().unwrap();
        let whole = named("staff", &[KeyUsagePurpose::DigitalSignature]).self_signed(&key).unwrap();
        let whole = whole.der();
        assert!(usage(whole).is_some());
        for length in 0..whole.len() {
            assert_eq!(usage(&whole[..length]), None, "{length}");
            let mut garbled = whole.to_vec();
            garbled[length] ^= 0xFF;
            let _ = usage(&garbled);
        }
    }
}
