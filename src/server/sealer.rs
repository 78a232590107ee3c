//! Sealing of small values: AES-256-GCM (NIST SP 800-38D) with a random nonce in front. What is
//! sealed, and under which key, is decided elsewhere.

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};

/// Seals and opens with one key. Random nonces are sound up to 2^32 values a key.
pub struct Sealer(LessSafeKey);

impl std::fmt::Debug for Sealer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Sealer(▒▒▒)")
    }
}

impl Sealer {
    pub fn new(key: &[u8; 32]) -> Self {
        let key = UnboundKey::new(&AES_256_GCM, key).expect("an AES-256 key has 32 bytes");
        Self(LessSafeKey::new(key))
    }

    /// Nonce, sealed bytes and tag. `random` must never be the same twice for one key; its first
    /// bytes become the nonce. What was sealed in one context does not open in another.
    pub fn seal(&self, random: &[u8; 32], context: &[u8], plain: &[u8]) -> Vec<u8> {
        let mut nonce = [0; NONCE_LEN];
        nonce.copy_from_slice(&random[..NONCE_LEN]);
        let mut sealed = Vec::with_capacity(NONCE_LEN + plain.len() + AES_256_GCM.tag_len());
        sealed.extend_from_slice(&nonce);
        sealed.extend_from_slice(plain);
        let nonce = Nonce::assume_unique_for_key(nonce);
        let tag = self
            .0
            .seal_in_place_separate_tag(nonce, Aad::from(context), &mut sealed[NONCE_LEN..])
            .expect("AES-GCM seals up to 64 GiB, and a value has a few bytes");
        sealed.extend_from_slice(tag.as_ref());
        sealed
    }

    /// What was sealed; `None` if it was sealed with another key or in another context, or if a
    /// byte of it has changed. It is opened in place, so the caller can wipe it.
    pub fn open<'a>(&self, context: &[u8], sealed: &'a mut [u8]) -> Option<&'a [u8]> {
        let (nonce, rest) = sealed.split_at_mut_checked(NONCE_LEN)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).ok()?;
        self.0.open_in_place(nonce, Aad::from(context), rest).ok().map(|opened| &*opened)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_opens_with_its_key_in_its_context_and_whole() {
        let sealer = Sealer::new(&[7; 32]);
        let sealed = sealer.seal(&[1; 32], b"here", b"a value");
        let open = |sealer: &Sealer, context: &[u8], mut sealed: Vec<u8>| {
            sealer.open(context, &mut sealed).map(<[u8]>::to_vec)
        };
        assert_eq!(open(&sealer, b"here", sealed.clone()).unwrap(), b"a value");
        assert_eq!(open(&sealer, b"there", sealed.clone()), None);
        assert_eq!(open(&Sealer::new(&[8; 32]), b"here", sealed.clone()), None);
        assert_eq!(open(&sealer, b"here", vec![1, 2, 3]), None);
        for at in 0..sealed.len() {
            let mut damaged = sealed.clone();
            damaged[at] ^= 1;
            assert_eq!(open(&sealer, b"here", damaged), None, "with byte {at} changed");
        }
    }
}
