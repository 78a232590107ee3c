//! A key as text: 64 hexadecimal digits, of either case. Which key it is, and where it is kept, is
//! not known here.

use zeroize::Zeroizing;

/// The key's 32 bytes; none for anything but 64 digits.
pub fn read(text: &str) -> Option<Zeroizing<[u8; 32]>> {
    let digits = text.as_bytes();
    let mut key = Zeroizing::new([0; 32]);
    if digits.len() != 64 {
        return None;
    }
    for (byte, pair) in key.iter_mut().zip(digits.chunks_exact(2)) {
        *byte = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
    }
    Some(key)
}
