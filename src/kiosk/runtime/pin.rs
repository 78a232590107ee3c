//! The operator's PIN: hashed slowly (Argon2id), so that a settings file that is read by others
//! gives it away slowly.

use crate::domain::personal::Personal;
use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};

/// Whether a PIN belongs to a PHC string.
pub fn is_right(pin: &Personal, hash: &str) -> bool {
    let Ok(hash) = PasswordHash::new(hash) else { return false };
    Argon2::default().verify_password(pin.expose().as_bytes(), &hash).is_ok()
}

/// The PHC string of a PIN; `salt` is fresh.
///
/// # Errors
/// If the hash cannot be made, which does not happen with a salt of sixteen bytes.
pub fn hash(pin: &Personal, salt: &[u8; 16]) -> Result<String, argon2::password_hash::Error> {
    let hash = Argon2::default().hash_password_with_salt(pin.expose().as_bytes(), salt)?;
    Ok(hash.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pin_is_known_by_its_hash_alone() {
        let hash = hash(&Personal::new("123456"), &[7; 16]).unwrap();
        assert!(hash.starts_with("$argon2id$") && !hash.contains("123456"));
        assert!(is_right(&Personal::new("123456"), &hash));
        assert!(!is_right(&Personal::new("123457"), &hash));
        assert!(!is_right(&Personal::new("123456"), "123456"));
    }
}
