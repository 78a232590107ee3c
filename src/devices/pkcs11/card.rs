//! A card in a slot of the module: its certificates, and a signature of its key.

use super::certificate::{self, Usage};
use crate::devices::staff_card::{
    Certificate, PinLength, SignFault, Signature, SignedBy, StaffCard, Tries,
};
use crate::domain::personal::Personal;
use aws_lc_rs::digest::{SHA256, digest};
use cryptoki::context::Pkcs11;
use cryptoki::error::{Error, RvError};
use cryptoki::mechanism::Mechanism;
use cryptoki::object::{Attribute, AttributeType, ObjectClass, ObjectHandle};
use cryptoki::session::{Session, UserType};
use cryptoki::slot::{Slot, TokenInfo};
use cryptoki::types::AuthPin;
use std::time::Duration;

/// A card with a key that signs.
pub struct Signer {
    pub card: StaffCard,
    by: SignedBy,
    /// CKA_ID of the certificate, which its key has too. Labels are not told apart by it: cards of
    /// Taiwan's GPKI have the same label twice.
    id: Vec<u8>,
}

/// Reads the certificates of a card, for which no PIN is needed; `None` if none of them belongs to
/// a key that signs.
pub fn read(session: &Session, info: &TokenInfo) -> Result<Option<Signer>, Error> {
    let mut own: Option<(Certificate, SignedBy, Vec<u8>)> = None;
    let mut between = Vec::new();
    for object in session.find_objects(&[Attribute::Class(ObjectClass::CERTIFICATE)])? {
        let (der, id) = value_and_id(session, object)?;
        let Some(usage) = certificate::usage(&der) else { continue };
        match usage {
            Usage { is_ca: true, is_root: false, .. } => between.push(Certificate::new(der)),
            Usage { is_ca: false, signs: true, by: Some(by), .. } if own.is_none() => {
                own = Some((Certificate::new(der), by, id));
            }
            Usage { .. } => {}
        }
    }
    Ok(own.map(|(own, by, id)| {
        let (pin_length, tries) = (pin_length(info), tries(info));
        Signer { card: StaffCard { own, between, pin_length, tries }, by, id }
    }))
}

fn value_and_id(session: &Session, object: ObjectHandle) -> Result<(Vec<u8>, Vec<u8>), Error> {
    let (mut value, mut id) = (Vec::new(), Vec::new());
    for attribute in session.get_attributes(object, &[AttributeType::Value, AttributeType::Id])? {
        match attribute {
            Attribute::Value(bytes) => value = bytes,
            Attribute::Id(bytes) => id = bytes,
            // Nothing else was asked for.
            _ => {}
        }
    }
    Ok((value, id))
}

/// Some modules say 0 for a length that they do not know.
fn pin_length(info: &TokenInfo) -> PinLength {
    let longest = info.max_pin_length();
    PinLength {
        shortest: info.min_pin_length().max(1),
        longest: if longest == 0 { 255 } else { longest },
    }
}

fn tries(info: &TokenInfo) -> Tries {
    if info.user_pin_locked() {
        Tries::Locked
    } else if info.user_pin_final_try() {
        Tries::Last
    } else if info.user_pin_count_low() {
        Tries::Low
    } else {
        Tries::Untold
    }
}

impl Signer {
    /// Logs in, signs and logs out. The PIN is sent to the card once, and only if it can be right.
    pub fn sign(
        &self,
        context: &Pkcs11,
        slot: Slot,
        session: &Session,
        pin: &Personal,
        text: &[u8],
    ) -> Result<Signature, SignFault> {
        let failed = |error: &Error| fault(error, context, slot);
        let info = context.get_token_info(slot).map_err(|error| failed(&error))?;
        if info.user_pin_locked() {
            return Err(SignFault::PinLocked);
        }
        if !pin_length(&info).fits(pin) {
            return Err(SignFault::PinLength(pin_length(&info)));
        }
        // Log-in belongs to the card, not to the session. One that another program has left would
        // let each PIN pass.
        let _ = session.logout();
        let pin = AuthPin::new(pin.expose().into());
        session.login(UserType::User, Some(&pin)).map_err(|error| failed(&error))?;
        let signed = self.sign_logged_in(session, text);
        // A card that is gone has logged out by that.
        let _ = session.logout();
        signed.map_err(|error| error.map_or(SignFault::NotStaffCard, |error| failed(&error)))
    }

    /// The error is `None` if the card has no such key, or signs in another way.
    fn sign_logged_in(&self, session: &Session, text: &[u8]) -> Result<Signature, Option<Error>> {
        // Keys of this kind are seen only after the log-in.
        let key = [Attribute::Class(ObjectClass::PRIVATE_KEY), Attribute::Id(self.id.clone())];
        let key = *session.find_objects(&key)?.first().ok_or(None)?;
        let bytes = match self.by {
            SignedBy::Rsa => session.sign(&Mechanism::Sha256RsaPkcs, key, text)?,
            SignedBy::P256 => {
                // Not every module hashes by itself for this one.
                let hash = digest(&SHA256, text);
                let raw = session.sign(&Mechanism::Ecdsa, key, hash.as_ref())?;
                der(&raw).ok_or(None)?
            }
        };
        Ok(Signature { by: self.by, bytes })
    }
}

/// What an error means for whoever waits for the signature.
fn fault(error: &Error, context: &Pkcs11, slot: Slot) -> SignFault {
    let Error::Pkcs11(code, _) = error else { return SignFault::ModuleFailed };
    let info = context.get_token_info(slot);
    match code {
        RvError::PinIncorrect | RvError::PinInvalid => match info.as_ref().map(tries) {
            Ok(Tries::Locked) => SignFault::PinLocked,
            Ok(told @ (Tries::Untold | Tries::Low | Tries::Last)) => SignFault::WrongPin(told),
            Err(_) => SignFault::WrongPin(Tries::Untold),
        },
        RvError::PinLocked => SignFault::PinLocked,
        RvError::PinLenRange => {
            let unknown = PinLength { shortest: 1, longest: 255 };
            SignFault::PinLength(info.as_ref().map_or(unknown, pin_length))
        }
        RvError::DeviceRemoved
        | RvError::TokenNotPresent
        | RvError::SessionHandleInvalid
        | RvError::SessionClosed => SignFault::CardRemoved,
        RvError::TokenNotRecognized | RvError::MechanismInvalid => SignFault::NotStaffCard,
        // The others say what the module could not do, not why. A card that is gone is the
        // likeliest reason.
        _ if leaves(context, slot) => SignFault::CardRemoved,
        _ => SignFault::ModuleFailed,
    }
}

/// How long readers take to notice that a card is gone: PC/SC's daemon looks every 400 ms.
const NOTICED: [Duration; 6] = [Duration::from_millis(200); 6];

/// Whether the card is gone by now, or is noticed to be within a second.
fn leaves(context: &Pkcs11, slot: Slot) -> bool {
    let is_gone = || {
        context.get_token_info(slot).is_err()
            || !context.get_slot_info(slot).is_ok_and(|info| info.token_present())
    };
    is_gone()
        || NOTICED.into_iter().any(|time| {
            std::thread::sleep(time);
            is_gone()
        })
}

/// An ECDSA signature on P-256 in DER. Modules answer the two numbers, 32 bytes each (PKCS#11
/// v2.40, 2.3.1); `None` if it is not of that length.
fn der(raw: &[u8]) -> Option<Vec<u8>> {
    const INTEGER: u8 = 0x02;
    const SEQUENCE: u8 = 0x30;
    let raw: &[u8; 64] = raw.try_into().ok()?;
    let mut numbers = Vec::with_capacity(70);
    for number in raw.chunks(32) {
        let zeros = number.iter().take(31).take_while(|byte| **byte == 0).count();
        let number = &number[zeros..];
        // A first bit that is set would make the number negative.
        let sign = number[0] >> 7;
        numbers.extend_from_slice(&[INTEGER, number.len() as u8 + sign]);
        numbers.extend(std::iter::repeat_n(0, usize::from(sign)));
        numbers.extend_from_slice(number);
    }
    Some([&[SEQUENCE, numbers.len() as u8], numbers.as_slice()].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_numbers_are_written_as_der_has_them() {
        let mut raw = [0; 64];
        (raw[31], raw[32], raw[63]) = (0x7F, 0x80, 1);
        let der = der(&raw).unwrap();
        assert_eq!(der[..5], [0x30, 3 + 2 + 33, 0x02, 1, 0x7F]);
        assert_eq!(der[5..9], [0x02, 33, 0, 0x80]);
        assert_eq!((der.len(), der[der.len() - 1]), (40, 1));
        assert_eq!(super::der(&raw[..63]), None);
        let zero = super::der(&[0; 64]).unwrap();
        assert_eq!(zero, [0x30, 6, 0x02, 1, 0, 0x02, 1, 0]);
    }
}
