//! A key as text: 64 hexadecimal digits, in capital or small letters. What the key is for, and
//! where it is kept, is not known here.

use zeroize::Zeroizing;

/// The key's 32 bytes; `None` if the text is not exactly 64 hexadecimal digits.
pub fn read(text: &str) -> Option<Zeroizing<[u8; 32]>> {
    let mut key = Zeroizing::new([0; 32]);
    hex::decode_to_slice(text, key.as_mut()).ok().map(|()| key)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::as_it_should_be("ab".repeat(32), true)]
    #[case::large_letters("AB".repeat(32), true)]
    #[case::a_digit_too_few("a".repeat(63), false)]
    #[case::a_digit_too_many("a".repeat(65), false)]
    #[case::two_digits_too_many("a".repeat(66), false)]
    #[case::a_sign_is_no_digit("+f".repeat(32), false)]
    fn a_key_is_64_hexadecimal_digits(#[case] text: String, #[case] is_key: bool) {
        assert_eq!(read(&text).is_some(), is_key, "{text}");
    }
}
