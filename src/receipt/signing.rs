//! Signs and checks receipts. The text is `VAX1:` and then, in base45 (RFC 9285), a COSE_Sign1
//! message (RFC 9052) signed with Ed25519 (RFC 8032). Checking needs nothing but the public key: no
//! network and no clock. Where keys are kept is not known here.

use super::claims::{Claims, ClaimsError};
use aws_lc_rs::signature::{ED25519, Ed25519KeyPair, KeyPair, UnparsedPublicKey};
use coset::{CborSerializable, CoseSign1, CoseSign1Builder, HeaderBuilder, iana};

/// The beginning of every receipt's text, which names the format and its version.
pub const PREFIX: &str = "VAX1:";

/// The first byte of a message with the tag 18.
const TAG_18: u8 = 0xD2;

/// Signs receipts. Debug shows nothing of the key.
pub struct ReceiptSigner(Ed25519KeyPair);

impl std::fmt::Debug for ReceiptSigner {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ReceiptSigner(▒▒▒)")
    }
}

/// Why a text is not a receipt that one can rely on.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum ReceiptError {
    #[error("the text does not begin with VAX1:")]
    NotAReceipt,
    #[error("the text is damaged")]
    Damaged,
    #[error("the signature is not by this key")]
    WrongSignature,
    #[error("signed, but not a receipt")]
    WrongClaims,
}

impl From<ClaimsError> for ReceiptError {
    fn from(_: ClaimsError) -> Self {
        ReceiptError::WrongClaims
    }
}

impl ReceiptSigner {
    /// Takes the 32 secret bytes of RFC 8032.
    pub fn from_secret(secret: &[u8; 32]) -> Self {
        Self(
            Ed25519KeyPair::from_seed_unchecked(secret)
                .expect("any 32 bytes are an Ed25519 secret"),
        )
    }

    pub fn public_key(&self) -> [u8; 32] {
        let mut key = [0; 32];
        key.copy_from_slice(self.0.public_key().as_ref());
        key
    }

    /// Makes the receipt's text. The same claims always give the same text, because Ed25519 is
    /// deterministic.
    ///
    /// # Errors
    /// [`ReceiptError::WrongClaims`] if a time in the claims does not fit into the bytes.
    pub fn sign(&self, claims: Claims) -> Result<String, ReceiptError> {
        let bytes = message_of(claims, |bytes| self.0.sign(bytes).as_ref().to_vec())?;
        Ok(format!("{PREFIX}{}", base45::encode(bytes)))
    }
}

/// Checks a receipt's text with a public key (the 32 bytes of RFC 8032), and names the first thing
/// that is wrong.
pub fn verify(text: &str, public_key: &[u8; 32]) -> Result<Claims, ReceiptError> {
    let body = text.trim().strip_prefix(PREFIX).ok_or(ReceiptError::NotAReceipt)?;
    // A receipt has 149 characters at most, so a much longer text is refused without decoding it.
    if body.len() > 200 {
        return Err(ReceiptError::Damaged);
    }
    let bytes = base45::decode(body).map_err(|_| ReceiptError::Damaged)?;
    // Other programs put the tag of COSE_Sign1 in front (18, one byte; RFC 9052, 2): the same
    // message.
    let bytes = bytes.strip_prefix(&[TAG_18]).unwrap_or(&bytes);
    let message = CoseSign1::from_slice(bytes).map_err(|_| ReceiptError::Damaged)?;
    if message.protected.header.alg != Some(coset::Algorithm::Assigned(iana::Algorithm::EdDSA)) {
        return Err(ReceiptError::Damaged);
    }
    let key = UnparsedPublicKey::new(&ED25519, public_key);
    message
        .verify_signature(b"", |signature, bytes| key.verify(bytes, signature))
        .map_err(|_| ReceiptError::WrongSignature)?;
    let claims = Claims::from_bytes(message.payload.as_deref().unwrap_or_default())?;
    // There is one spelling of each receipt. Another one, such as a longer form of a length, or
    // anything in the header that the signature does not cover, is refused.
    let canonical = message_of(claims, |_| message.signature.clone())?;
    if canonical != bytes { Err(ReceiptError::Damaged) } else { Ok(claims) }
}

/// Checks a receipt's text with several public keys, and returns its claims with the key that
/// signed it. A receipt of an earlier key is as good as one of the newest.
pub fn verify_with_any(
    text: &str,
    public_keys: &[[u8; 32]],
) -> Result<(Claims, [u8; 32]), ReceiptError> {
    for key in public_keys {
        match verify(text, key) {
            Ok(claims) => return Ok((claims, *key)),
            Err(ReceiptError::WrongSignature) => {}
            Err(error) => return Err(error),
        }
    }
    Err(ReceiptError::WrongSignature)
}

/// The bytes of a receipt with these claims.
fn message_of(
    claims: Claims,
    sign: impl FnOnce(&[u8]) -> Vec<u8>,
) -> Result<Vec<u8>, ReceiptError> {
    let message = CoseSign1Builder::new()
        .protected(HeaderBuilder::new().algorithm(iana::Algorithm::EdDSA).build())
        .payload(claims.to_bytes()?)
        .create_signature(b"", sign)
        .build();
    message.to_vec().map_err(|_| ReceiptError::WrongClaims)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::receipt::claims::tests::claims;
    use proptest::prelude::*;

    fn signer() -> ReceiptSigner {
        ReceiptSigner::from_secret(&[7; 32])
    }

    #[test]
    fn a_receipt_reads_back_with_the_public_key_alone() {
        let text = signer().sign(claims()).unwrap();
        assert_eq!(verify(&text, &signer().public_key()), Ok(claims()));
        assert_eq!(text, signer().sign(claims()).unwrap(), "asked again, the same text");
    }

    #[test]
    fn a_receipt_of_any_of_the_keys_is_right_and_of_another_is_not() {
        let (one, two) = (signer(), ReceiptSigner::from_secret(&[8; 32]));
        let keys = [two.public_key(), one.public_key()];
        for signer in [&one, &two] {
            let text = signer.sign(claims()).unwrap();
            assert_eq!(verify_with_any(&text, &keys), Ok((claims(), signer.public_key())));
        }
        let other = ReceiptSigner::from_secret(&[9; 32]).sign(claims()).unwrap();
        assert_eq!(verify_with_any(&other, &keys), Err(ReceiptError::WrongSignature));
        assert_eq!(verify_with_any("VAX1:7", &keys), Err(ReceiptError::Damaged));
        assert_eq!(verify_with_any(&other, &[]), Err(ReceiptError::WrongSignature));
    }

    #[test]
    fn it_is_short_enough_for_a_version_5_code() {
        assert!(signer().sign(claims()).unwrap().len() <= 154);
    }

    #[test]
    fn one_changed_character_anywhere_is_refused() {
        let text = signer().sign(claims()).unwrap();
        for at in 0..text.len() {
            let mut changed: Vec<u8> = text.bytes().collect();
            changed[at] = if changed[at] == b'7' { b'8' } else { b'7' };
            let changed = String::from_utf8(changed).unwrap();
            assert!(verify(&changed, &signer().public_key()).is_err(), "character {at}");
        }
    }

    #[test]
    fn each_wrong_text_has_its_reason() {
        let key = signer().public_key();
        let text = signer().sign(claims()).unwrap();
        assert_eq!(verify("HC1:6BF", &key), Err(ReceiptError::NotAReceipt));
        assert_eq!(verify(&text[..80], &key), Err(ReceiptError::Damaged));
        assert_eq!(verify(&format!(" {text}\r\n"), &key), Ok(claims()), "as a scanner sends it");
        let other = ReceiptSigner::from_secret(&[8; 32]);
        assert_eq!(verify(&text, &other.public_key()), Err(ReceiptError::WrongSignature));
    }

    fn encoded(bytes: &[u8]) -> String {
        format!("{PREFIX}{}", base45::encode(bytes))
    }

    #[test]
    fn the_tagged_form_is_taken_and_no_other_spelling() {
        let (text, key) = (signer().sign(claims()).unwrap(), signer().public_key());
        let bytes = base45::decode(&text[PREFIX.len()..]).unwrap();
        let tagged = [&[TAG_18], bytes.as_slice()].concat();
        assert_eq!(verify(&encoded(&tagged), &key), Ok(claims()));
        let twice = [&[TAG_18, TAG_18], bytes.as_slice()].concat();
        assert!(verify(&encoded(&twice), &key).is_err());
        // The array of four with an open end (0x9F … 0xFF), and with its length in two bytes.
        let open_ended = [&[0x9F], &bytes[1..], &[0xFF]].concat();
        let long_length = [&[0x98, 0x04], &bytes[1..]].concat();
        // The empty header that is not signed, with something in it: {4: h'78'}.
        let at = bytes.windows(2).position(|two| two[0] == 0xA0).unwrap();
        let header = [&bytes[..at], &[0xA1, 0x04, 0x41, 0x78], &bytes[at + 1..]].concat();
        for other in [open_ended, long_length, header] {
            assert_eq!(verify(&encoded(&other), &key), Err(ReceiptError::Damaged), "{other:02x?}");
        }
    }

    #[test]
    fn a_signed_text_of_another_kind_is_refused() {
        let message = CoseSign1Builder::new()
            .protected(HeaderBuilder::new().algorithm(iana::Algorithm::EdDSA).build())
            .payload(b"pay to the bearer".to_vec())
            .create_signature(b"", |bytes| signer().0.sign(bytes).as_ref().to_vec())
            .build();
        let text = format!("{PREFIX}{}", base45::encode(message.to_vec().unwrap()));
        assert_eq!(verify(&text, &signer().public_key()), Err(ReceiptError::WrongClaims));
    }

    /// The signature does not cover a message's unprotected header, which anybody can fill.
    #[test]
    fn a_text_longer_than_any_receipt_is_refused_whoever_signed_it() {
        let message = CoseSign1Builder::new()
            .protected(HeaderBuilder::new().algorithm(iana::Algorithm::EdDSA).build())
            .unprotected(HeaderBuilder::new().key_id(vec![0; 100]).build())
            .payload(claims().to_bytes().unwrap())
            .create_signature(b"", |bytes| signer().0.sign(bytes).as_ref().to_vec())
            .build();
        let long = format!("{PREFIX}{}", base45::encode(message.to_vec().unwrap()));
        assert!(long.len() > PREFIX.len() + 200, "{}", long.len());
        assert_eq!(verify(&long, &signer().public_key()), Err(ReceiptError::Damaged));
    }

    proptest! {
        #[test]
        fn any_text_is_answered_without_a_panic(text in "(VAX1:)?[0-9A-Z $%*+./:-]{0,180}") {
            prop_assert!(verify(&text, &[9; 32]).is_err());
        }
    }
}
