//! The service's secrets. Every key but the receipts' is derived from one root secret, which is
//! kept outside the database. This file neither reads them from the disk nor seals or signs with
//! them.

use crate::config::keys::KeysFile;
use crate::receipt::signing::ReceiptSigner;
use crate::server::hexadecimal::hexadecimal;
use aws_lc_rs::hkdf::{HKDF_SHA256, KeyType, Prk, Salt};
use aws_lc_rs::{digest, hmac};
use zeroize::Zeroizing;

/// The secrets that must be kept and backed up: without `root` no personal column can be read.
#[derive(Clone)]
pub struct Secrets {
    /// The number of the root.
    pub number: u32,
    pub root: Zeroizing<[u8; 32]>,
    /// The Ed25519 secret that signs receipts (RFC 8032).
    pub receipts: Zeroizing<[u8; 32]>,
}

impl std::fmt::Debug for Secrets {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secrets(▒▒▒)")
    }
}

/// What a key is derived for (HKDF, RFC 5869). Each purpose has a key of its own.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Purpose {
    Columns,
    Lookup,
    Sessions,
    Admin,
    Practice,
    Captcha,
    /// Of the simulated issuer of the NHI app's one-time passwords.
    Otp,
    /// Of the names that people have in an export.
    Pseudonyms,
    /// Of what staff cards are to sign, and of staff sessions.
    Staff,
}

impl Purpose {
    /// The label that the key is derived with. A changed label is another key: all that was sealed
    /// with the old one would be lost, so two of them keep an older name.
    fn label(self) -> &'static [u8] {
        match self {
            Purpose::Columns => b"vaxkiosk columns v1",
            Purpose::Lookup => b"vaxkiosk lookup v1",
            Purpose::Sessions => b"vaxkiosk sessions v1",
            Purpose::Admin => b"vaxkiosk admin v1",
            Purpose::Practice => b"vaxkiosk practice v1",
            Purpose::Captcha => b"vaxkiosk graphic v1",
            Purpose::Otp => b"vaxkiosk simulated app v1",
            Purpose::Pseudonyms => b"vaxkiosk pseudonyms v1",
            Purpose::Staff => b"vaxkiosk staff v1",
        }
    }
}

/// The length of a derived key, as HKDF asks for it.
struct Bytes32;

impl KeyType for Bytes32 {
    fn len(&self) -> usize {
        32
    }
}

impl Secrets {
    pub fn new(root: [u8; 32], receipts: [u8; 32]) -> Self {
        Self::numbered(1, root, receipts)
    }

    pub fn numbered(number: u32, root: [u8; 32], receipts: [u8; 32]) -> Self {
        Self { number, root: Zeroizing::new(root), receipts: Zeroizing::new(receipts) }
    }

    /// The keys in use.
    pub fn newest(keys: &KeysFile) -> Self {
        let (number, root) = keys.roots.newest();
        Self::numbered(number, *root, *keys.receipts.newest().1)
    }

    /// The same with the root of this number; `None` if the file has none.
    pub fn of_root(keys: &KeysFile, number: u32) -> Option<Self> {
        let root = keys.roots.get(number)?;
        Some(Self::numbered(number, *root, *keys.receipts.newest().1))
    }

    pub fn key(&self, purpose: Purpose) -> Zeroizing<[u8; 32]> {
        let root: Prk = Salt::new(HKDF_SHA256, b"vaxkiosk").extract(self.root.as_ref());
        let mut key = Zeroizing::new([0; 32]);
        let filled =
            root.expand(&[purpose.label()], Bytes32).and_then(|okm| okm.fill(key.as_mut()));
        filled.expect("HKDF-SHA256 gives up to 8160 bytes");
        key
    }

    /// The administrator's bearer token: 64 hexadecimal digits.
    pub fn admin_token(&self) -> String {
        hexadecimal(self.key(Purpose::Admin).as_ref())
    }

    /// The token of the nth kiosk of a practice crowd. It is derived from the root, so it need not
    /// be stored and cannot be guessed.
    pub fn practice_token(&self, nth: u32) -> String {
        let key = hmac::Key::new(hmac::HMAC_SHA256, self.key(Purpose::Practice).as_ref());
        hexadecimal(&hmac::sign(&key, &nth.to_be_bytes()).as_ref()[..16])
    }

    pub fn receipt_signer(&self) -> ReceiptSigner {
        ReceiptSigner::from_secret(&self.receipts)
    }
}

/// The SHA-256 of a token or certificate. The store keeps only this, so a copy of the database
/// opens nothing.
pub fn fingerprint(bytes: &[u8]) -> [u8; 32] {
    let mut fingerprint = [0; 32];
    fingerprint.copy_from_slice(digest::digest(&digest::SHA256, bytes).as_ref());
    fingerprint
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_purpose_has_a_key_of_its_own_and_it_is_the_same_each_time() {
        let secrets = Secrets::new([1; 32], [2; 32]);
        let all = [
            Purpose::Columns,
            Purpose::Lookup,
            Purpose::Sessions,
            Purpose::Admin,
            Purpose::Practice,
            Purpose::Captcha,
            Purpose::Otp,
            Purpose::Pseudonyms,
            Purpose::Staff,
        ];
        let keys: std::collections::HashSet<_> =
            all.iter().map(|purpose| *secrets.key(*purpose)).collect();
        assert_eq!(keys.len(), all.len());
        assert_eq!(
            secrets.key(Purpose::Lookup),
            Secrets::new([1; 32], [9; 32]).key(Purpose::Lookup)
        );
        assert_ne!(secrets.practice_token(1), secrets.practice_token(2));
        assert_eq!(format!("{secrets:?}"), "Secrets(▒▒▒)");
    }
}
