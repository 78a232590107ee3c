//! Personal data at rest: encrypted columns, and keyed hashes to find a person by. The keys come
//! from outside the database, so a stolen database shows nobody. No SQL here.

use super::error::StoreError;
use super::ids::{PersonId, PersonKey};
use super::staff_card::StaffCard;
use crate::domain::card::CardNumber;
use crate::domain::identity::IdNumber;
use crate::domain::personal::Personal;
use crate::server::env::Random;
use crate::server::hexadecimal::hexadecimal;
use crate::server::sealer::Sealer;
use aws_lc_rs::hmac;
use std::sync::Arc;
use zeroize::Zeroizing;

/// What a column holds: bytes sealed for one do not open as another, nor for another person.
#[derive(Clone, Copy, Debug)]
pub(super) enum Column {
    Identity,
    Born,
    Mobile,
    /// Of no person: it tells whether the keys are those of the database.
    Keys,
    /// Of no person either: the key of keyed hashes from before a rotation, by its number.
    Lookup,
    /// Of a staff member, by their number.
    Staff,
}

impl Column {
    fn label(self) -> u8 {
        match self {
            Column::Identity => 1,
            Column::Born => 2,
            Column::Mobile => 3,
            Column::Keys => 4,
            Column::Lookup => 5,
            Column::Staff => 6,
        }
    }
}

/// The keys of the personal columns.
#[derive(Clone)]
pub struct Seal {
    number: u32,
    columns: Arc<Sealer>,
    lookup: Arc<Lookup>,
    random: Random,
}

impl std::fmt::Debug for Seal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Seal(▒▒▒)")
    }
}

/// Bytes of a keyed hash that are kept: 128 bits find one person among any number.
const HASH_BYTES: usize = 16;

/// The key of keyed hashes.
pub(super) struct Lookup {
    secret: Zeroizing<[u8; 32]>,
    key: hmac::Key,
}

impl Lookup {
    fn new(secret: &[u8; 32]) -> Self {
        let key = hmac::Key::new(hmac::HMAC_SHA256, secret);
        Self { secret: Zeroizing::new(*secret), key }
    }

    /// The key of what desks of vaccination sites keep. It has this root's lifetime, as the key of
    /// keyed hashes does, and is known after it by the same row.
    fn of_attendance(&self) -> Zeroizing<[u8; 32]> {
        let mut key = Zeroizing::new([0; 32]);
        let signed = hmac::sign(&self.key, b"vaxkiosk attendance v1");
        key.copy_from_slice(signed.as_ref());
        key
    }

    /// Of a row of the audit trail and of the hash of the row before it.
    pub fn audit_hash(&self, before: &[u8], row: &str) -> Vec<u8> {
        let mut context = hmac::Context::with_key(&self.key);
        context.update(b"audit");
        // Its length first, so that no two pairs give the same bytes.
        context.update(&[0, before.len() as u8]);
        context.update(before);
        context.update(row.as_bytes());
        context.sign().as_ref()[..HASH_BYTES].to_vec()
    }

    /// A person as the audit trail names them.
    pub fn trail_name(&self, person: PersonId) -> String {
        hexadecimal(self.audit_hash(&[], &format!("person {}", person.0)))
    }

    fn hash(&self, what: &[u8], text: &str) -> Vec<u8> {
        let mut context = hmac::Context::with_key(&self.key);
        context.update(what);
        context.update(&[0]);
        context.update(text.as_bytes());
        context.sign().as_ref()[..HASH_BYTES].to_vec()
    }
}

impl Seal {
    /// `number` is that of the root from which both keys are derived.
    pub fn new(number: u32, columns: &[u8; 32], lookup: &[u8; 32], random: Random) -> Self {
        let lookup = Arc::new(Lookup::new(lookup));
        Self { number, columns: Arc::new(Sealer::new(columns)), lookup, random }
    }

    pub(super) fn number(&self) -> u32 {
        self.number
    }

    pub(super) fn lookup(&self) -> &Lookup {
        &self.lookup
    }

    /// The key of what desks keep under this root.
    pub(super) fn attendance(&self) -> Zeroizing<[u8; 32]> {
        self.lookup.of_attendance()
    }

    /// The same under an earlier root, from its sealed key.
    pub(super) fn earlier_attendance(
        &self,
        number: u32,
        sealed: Vec<u8>,
    ) -> Result<Zeroizing<[u8; 32]>, StoreError> {
        Ok(self.open_lookup(number, sealed)?.of_attendance())
    }

    /// The key of another's keyed hashes, sealed.
    pub(super) fn seal_lookup(&self, number: u32, lookup: &Lookup) -> Vec<u8> {
        let secret = Zeroizing::new(hexadecimal(*lookup.secret));
        self.seal(Column::Lookup, PersonId(number.into()), &secret)
    }

    pub(super) fn open_lookup(&self, number: u32, sealed: Vec<u8>) -> Result<Lookup, StoreError> {
        let secret = self.open(Column::Lookup, PersonId(number.into()), sealed)?;
        let mut bytes = Zeroizing::new([0; 32]);
        hex::decode_to_slice(secret.expose(), bytes.as_mut())
            .map_err(|_| StoreError::Unreadable("an earlier key"))?;
        Ok(Lookup::new(&bytes))
    }

    /// By which a person is found.
    pub(super) fn id_hash(&self, id: &IdNumber) -> Vec<u8> {
        self.lookup.hash(b"id", id.expose())
    }

    /// The same as a number.
    pub fn person_key(&self, id: &IdNumber) -> u128 {
        as_number(&self.id_hash(id))
    }

    /// Of an offer, and of what is said of it.
    pub(super) fn offer_hash(&self, text: &str) -> Vec<u8> {
        self.lookup.hash(b"offer", text)
    }

    /// By which a staff member is found.
    pub(super) fn staff_hash(&self, card: &StaffCard) -> Vec<u8> {
        match card {
            StaffCard::Certificate { issuer, owner } => {
                let both = Personal::new(format!("{issuer} {}", owner.expose()));
                self.lookup.hash(b"staff certificate", both.expose())
            }
            StaffCard::NhiCard { id } => self.lookup.hash(b"staff id", id.expose()),
        }
    }

    /// The same as a number.
    pub(super) fn staff_key(&self, card: &StaffCard) -> PersonKey {
        as_number(&self.staff_hash(card))
    }

    /// By which their card is recognised.
    pub(super) fn card_hash(&self, card: &CardNumber) -> Vec<u8> {
        self.lookup.hash(b"card", card.expose())
    }

    /// A hash that is nobody's.
    pub(super) fn nobody(&self) -> Vec<u8> {
        (self.random)()[..HASH_BYTES].to_vec()
    }

    /// A number that never comes twice.
    pub(super) fn random_number(&self) -> i64 {
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

fn as_number(hash: &[u8]) -> u128 {
    hash.iter().fold(0, |number, byte| number << 8 | u128::from(*byte))
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
        Seal::new(1, &[7; 32], &[8; 32], Arc::new(|| [9; 32]))
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
        let other = Seal::new(1, &[1; 32], &[8; 32], Arc::new(|| [9; 32]));
        assert!(other.open(Column::Mobile, PersonId(5), sealed).is_err(), "not with another key");
    }

    #[test]
    fn a_keyed_hash_is_the_same_each_time_and_differs_by_key_and_meaning() {
        let id = IdNumber::parse("A123456789").unwrap();
        let other = Seal::new(1, &[7; 32], &[1; 32], Arc::new(|| [9; 32]));
        assert_eq!(seal().id_hash(&id), seal().id_hash(&id));
        assert_ne!(seal().id_hash(&id), other.id_hash(&id));
        assert_eq!(seal().id_hash(&id).len(), HASH_BYTES);
        let same = "000000000001";
        assert_ne!(
            seal().lookup.hash(b"id", same),
            seal().lookup.hash(b"card", same),
            "each has its own"
        );
    }

    /// Databases keep 64 bits with a sign, and numbers of ours are not negative.
    #[test]
    fn a_number_is_not_negative() {
        let seal = Seal::new(1, &[7; 32], &[8; 32], Arc::new(|| [255; 32]));
        assert_eq!(seal.random_number(), i64::MAX);
    }
}
