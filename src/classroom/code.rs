//! The code that trainer and trainee both know, and how each proves it to the other without saying
//! it: an HMAC over what their TLS connection alone has in common, so that nobody in the middle,
//! who has two connections, can pass a proof on.

use crate::domain::personal::Personal;
use argon2::{Algorithm, Argon2, Params, Version};
use aws_lc_rs::hmac;
use zeroize::Zeroizing;

/// Thirty-two letters and digits that nobody takes for one another: no I, O, 0 or 1.
const LETTERS: &[u8; 32] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
const LENGTH: usize = 8;
/// Letters of the sign by which a row of the console and a screen of the room are known to belong
/// together.
const SIGN_LENGTH: usize = 4;

/// What HMAC-SHA-256 answers.
pub const PROOF_LENGTH: usize = 32;
/// Bytes of the keying material that a proof is bound to.
pub const BINDING_LENGTH: usize = 32;
/// The label of that material (RFC 8446, 7.5; as `tls-exporter` of RFC 9266, with a label of ours).
pub const BINDING_LABEL: &[u8] = b"EXPORTER-vaxkiosk-trainer";

/// The code of a room, of forty bits, for as long as its trainer's console runs.
#[derive(Clone, PartialEq, Debug)]
pub struct Code(Personal);

/// Why a text is no code.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("a code has eight letters and digits")]
pub struct NoCode;

impl Code {
    /// A code from random bytes.
    pub fn new(random: [u8; LENGTH]) -> Self {
        Self(Personal::new(random.map(letter).iter().collect::<String>()))
    }

    /// As somebody types it: in small letters too, with a dash or spaces or without.
    ///
    /// # Errors
    /// If it has other letters, or more or fewer of them.
    pub fn parse(typed: &str) -> Result<Self, NoCode> {
        let letters = typed.chars().filter(|letter| !matches!(letter, '-' | ' ' | '\r' | '\n'));
        let letters: String = letters.map(|letter| letter.to_ascii_uppercase()).collect();
        let is_code = letters.len() == LENGTH && letters.bytes().all(|it| LETTERS.contains(&it));
        is_code.then(|| Self(Personal::new(letters))).ok_or(NoCode)
    }

    /// As it is shown: two groups of four.
    pub fn shown(&self) -> String {
        let (first, second) = self.0.expose().split_at(LENGTH / 2);
        format!("{first}-{second}")
    }

    /// The key of the proofs. It is made slowly (Argon2id, 19 MiB), with the certificate's
    /// fingerprint as salt: whoever has seen a proof must do as much for each of 2^40 codes.
    ///
    /// # Errors
    /// When there is no memory for it.
    pub fn key(&self, certificate: &[u8; 32]) -> Result<ProofKey, argon2::Error> {
        let params = Params::new(19 * 1024, 2, 1, Some(32))?;
        let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        let mut key = Zeroizing::new([0; 32]);
        argon2.hash_password_into(self.0.expose().as_bytes(), certificate, key.as_mut())?;
        Ok(ProofKey(hmac::Key::new(hmac::HMAC_SHA256, key.as_ref())))
    }
}

fn letter(byte: u8) -> char {
    char::from(LETTERS[usize::from(byte) % LETTERS.len()])
}

/// Who proves. A proof of one side is none of the other's, so that it cannot be sent back.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Side {
    Trainer,
    Trainee,
}

impl Side {
    fn label(self) -> &'static [u8] {
        match self {
            Side::Trainer => b"trainer",
            Side::Trainee => b"trainee",
        }
    }
}

/// What proofs are made with and checked by.
#[derive(Clone, Debug)]
pub struct ProofKey(hmac::Key);

impl ProofKey {
    fn over(&self, label: &[u8], binding: &[u8; BINDING_LENGTH]) -> hmac::Tag {
        let mut context = hmac::Context::with_key(&self.0);
        context.update(label);
        context.update(binding);
        context.sign()
    }

    /// That this side knows the code, for this connection alone.
    pub fn proof(&self, side: Side, binding: &[u8; BINDING_LENGTH]) -> Vec<u8> {
        self.over(side.label(), binding).as_ref().to_vec()
    }

    /// Whether a proof is that side's, looked at in the same time whatever it is.
    pub fn is_right(&self, side: Side, binding: &[u8; BINDING_LENGTH], proof: &[u8]) -> bool {
        let text = [side.label(), binding].concat();
        hmac::verify(&self.0, &text, proof).is_ok()
    }

    /// Four letters of this connection, which stand on both screens.
    pub fn sign(&self, binding: &[u8; BINDING_LENGTH]) -> String {
        let tag = self.over(b"sign", binding);
        tag.as_ref()[..SIGN_LENGTH].iter().map(|byte| letter(*byte)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("ABCD-2345", true)]
    #[case("abcd2345", true)]
    #[case(" abcd 2345\n", true)]
    #[case("ABCD-234", false)]
    #[case("ABCD-23456", false)]
    #[case("ABCD-2340", false)]
    #[case("ABCI-2345", false)]
    #[case("疫苗疫苗", false)]
    #[case("", false)]
    fn a_code_is_taken_as_people_type_it(#[case] typed: &str, #[case] expected: bool) {
        let code = Code::parse(typed).map(|code| code.shown());
        assert_eq!(code, if expected { Ok("ABCD-2345".to_owned()) } else { Err(NoCode) });
    }

    #[test]
    fn every_byte_makes_a_letter_that_is_taken_back() {
        for byte in 0..=u8::MAX {
            let code = Code::new([byte; LENGTH]);
            assert_eq!(Code::parse(&code.shown()), Ok(code));
        }
    }

    #[test]
    fn a_proof_counts_for_one_side_one_connection_one_code_and_one_certificate() {
        let (code, binding, certificate) = (Code::new([7; 8]), [1; 32], [2; 32]);
        let key = code.key(&certificate).unwrap();
        let proof = key.proof(Side::Trainee, &binding);
        assert_eq!(proof.len(), PROOF_LENGTH);
        assert!(code.key(&certificate).unwrap().is_right(Side::Trainee, &binding, &proof));
        assert!(!key.is_right(Side::Trainer, &binding, &proof), "sent back");
        assert!(!key.is_right(Side::Trainee, &[9; 32], &proof), "passed on");
        assert!(!key.is_right(Side::Trainee, &binding, &proof[..31]));
        let other = Code::new([8; 8]).key(&certificate).unwrap();
        assert!(!other.is_right(Side::Trainee, &binding, &proof), "another code");
        let other = code.key(&[3; 32]).unwrap();
        assert!(!other.is_right(Side::Trainee, &binding, &proof), "another certificate");
        assert_eq!(key.sign(&binding).len(), SIGN_LENGTH);
        assert_ne!(key.sign(&binding), key.sign(&[9; 32]));
    }
}
