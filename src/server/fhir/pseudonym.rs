//! What a person is called where nobody may learn who they are: a keyed hash of the number of their
//! row. The key is derived from the service's root secret, so it changes with a new root.

use crate::server::hexadecimal::hexadecimal;
use crate::server::store::ids::PersonId;
use aws_lc_rs::hmac;

pub struct Pseudonyms(hmac::Key);

impl Pseudonyms {
    pub fn new(key: &[u8; 32]) -> Self {
        Self(hmac::Key::new(hmac::HMAC_SHA256, key))
    }

    /// 32 hexadecimal digits: the same for the same person each time.
    pub fn of(&self, person: PersonId) -> String {
        hexadecimal(&hmac::sign(&self.0, &person.0.to_be_bytes()).as_ref()[..16])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pseudonym_is_the_person_s_own_and_another_with_another_key() {
        let (one, other) = (Pseudonyms::new(&[1; 32]), Pseudonyms::new(&[2; 32]));
        assert_eq!(one.of(PersonId(7)), Pseudonyms::new(&[1; 32]).of(PersonId(7)));
        assert_ne!(one.of(PersonId(7)), one.of(PersonId(8)));
        assert_ne!(one.of(PersonId(7)), one.of(PersonId(-7)));
        assert_ne!(one.of(PersonId(7)), other.of(PersonId(7)));
        assert_eq!(one.of(PersonId(7)).len(), 32);
    }
}
