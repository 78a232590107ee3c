//! Personal data at rest: encrypted columns, and keyed hashes to find a person by. The keys come
//! from outside the database, so a stolen database shows nobody. No SQL here.

use super::error::StoreError;
use super::ids::PersonId;
use crate::domain::card::CardNumber;
use crate::domain::identity::IdNumber;
use crate::domain::personal::Personal;
use crate::server::env::Random;
use crate::server::sealer::Sealer;
use aws_lc_rs::hmac;
use std::sync::Arc;

/// What a column holds: bytes sealed for one do not open as another, nor for another person.
#[derive(Clone, Copy, Debug)]
pub(super) enum Column {
    Identity,
    Born,
    Mobile,
    /// Of no person: it tells whether the keys are those of the database.
    Keys,
}

impl Column {
    fn label(self) -> u8 {
        match self {
            Column::Identity => 1,
            Column::Born => 2,
            Column::Mobile => 3,
            Column::Keys => 4,
        }
    }
}

/// The keys of the personal columns.
#[derive(Clone)]
pub struct Seal {
    columns: Arc<Sealer>,
    lookup: Arc<hmac::Key>,
    random: Random,
}

impl std::fmt::Debug for Seal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Seal(▒▒▒)")
    }
}

/// Bytes of a keyed hash that are kept: 128 bits find one person among any number.
const HASH_BYTES: usize = 16;

impl Seal {
    pub fn new(columns: &[u8; 32], lookup: &[u8; 32], random: Random) -> Self {
        let lookup = hmac::Key::new(hmac::HMAC_SHA256, lookup);
        Self { columns: Arc::new(Sealer::new(columns)), lookup: Arc::new(lookup), random }
    }

    /// By which a person is found.
    pub(super) fn id_hash(&self, id: &IdNumber) -> Vec<u8> {
        self.hash(b"id", id.expose())
    }

    /// The same as a number.
    pub fn person_key(&self, id: &IdNumber) -> u128 {
        self.id_hash(id).iter().fold(0, |number, byte| number << 8 | u128::from(*byte))
    }

    /// By which their card is recognised.
    pub(super) fn card_hash(&self, card: &CardNumber) -> Vec<u8> {
        self.hash(b"card", card.expose())
    }

    /// Of a row of the audit trail and of the hash of the row before it.
    pub(super) fn audit_hash(&self, before: &[u8], row: &str) -> Vec<u8> {
        let mut context = hmac::Context::with_key(&self.lookup);
        context.update(b"audit");
        // Its length first, so that no two pairs give the same bytes.
        context.update(&[0, before.len() as u8]);
        context.update(before);
        context.update(row.as_bytes());
        context.sign().as_ref()[..HASH_BYTES].to_vec()
    }

    fn hash(&self, what: &[u8], text: &str) -> Vec<u8> {
        let mut context = hmac::Context::with_key(&self.lookup);
        context.update(what);
        context.update(&[0]);
        context.update(text.as_bytes());
        context.sign().as_ref()[..HASH_BYTES].to_vec()
    }

    /// A hash that is nobody's.
    pub(super) fn nobody(&self) -> Vec<u8> {
        (self.random)()[..HASH_BYTES].to_vec()
    }

    /// A number that never comes twice.
    pub(super) fn number(&self) -> i64 {
        let mut bytes = [0; 8];
        bytes.copy_from_slice(&(self.random)()[..8]);
        i64::from_be_bytes(bytes) & i64::MAX
    }

    pub(super) fn seal(&self, column: Column, person: PersonId, text: &str) -> Vec<u8> {
        self.columns.seal(&(self.random)(), &context(column, person), text.as_bytes())
    }

    pub(super) fn open(
        &self,
        column: Column,
        person: PersonId,
        mut sealed: Vec<u8>,
    ) -> Result<Personal, StoreError> {
        const WRONG: StoreError = StoreError::Unreadable("a sealed value: another key, or damaged");
        let opened = self.columns.open(&context(column, person), &mut sealed).ok_or(WRONG)?;
        let text = std::str::from_utf8(opened).map(Personal::new).map_err(|_| WRONG);
        zeroize::Zeroize::zeroize(&mut sealed);
        text
    }
}

fn context(column: Column, person: PersonId) -> [u8; 9] {
    let mut context = [0; 9];
    context[0] = column.label();
    context[1..].copy_from_slice(&person.0.to_be_bytes());
    context
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seal() -> Seal {
        Seal::new(&[7; 32], &[8; 32], Arc::new(|| [9; 32]))
    }

    #[test]
    fn a_sealed_value_opens_only_as_what_it_is_and_for_whom() {
        let sealed = seal().seal(Column::Mobile, PersonId(5), "0912345678");
        assert!(!sealed.windows(4).any(|four| four == b"0912"), "nothing of it shows");
        let open = |column, person, sealed| seal().open(column, person, sealed).ok();
        assert_eq!(
            open(Column::Mobile, PersonId(5), sealed.clone()).unwrap().expose(),
            "0912345678"
        );
        assert_eq!(open(Column::Born, PersonId(5), sealed.clone()), None, "not as another column");
        assert_eq!(
            open(Column::Mobile, PersonId(6), sealed.clone()),
            None,
            "not for another person"
        );
        for at in 0..sealed.len() {
            let mut damaged = sealed.clone();
            damaged[at] ^= 1;
            assert_eq!(
                open(Column::Mobile, PersonId(5), damaged),
                None,
                "not with byte {at} changed"
            );
        }
        assert_eq!(open(Column::Mobile, PersonId(5), vec![1, 2, 3]), None);
        let other = Seal::new(&[1; 32], &[8; 32], Arc::new(|| [9; 32]));
        assert!(other.open(Column::Mobile, PersonId(5), sealed).is_err(), "not with another key");
    }

    #[test]
    fn a_keyed_hash_is_the_same_each_time_and_differs_by_key_and_meaning() {
        let id = IdNumber::parse("A123456789").unwrap();
        let other = Seal::new(&[7; 32], &[1; 32], Arc::new(|| [9; 32]));
        assert_eq!(seal().id_hash(&id), seal().id_hash(&id));
        assert_ne!(seal().id_hash(&id), other.id_hash(&id));
        assert_eq!(seal().id_hash(&id).len(), HASH_BYTES);
        let same = "000000000001";
        assert_ne!(seal().hash(b"id", same), seal().hash(b"card", same), "each has its own");
    }

    /// Databases keep 64 bits with a sign, and numbers of ours are not negative.
    #[test]
    fn a_number_is_not_negative() {
        let seal = Seal::new(&[7; 32], &[8; 32], Arc::new(|| [255; 32]));
        assert_eq!(seal.number(), i64::MAX);
    }
}
