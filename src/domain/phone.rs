//! Taiwan's mobile numbers.

use super::personal::Personal;
use serde::{Deserialize, Serialize};

/// A mobile number: `09[0-8]` and seven digits.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(try_from = "String")]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[cfg_attr(
    feature = "server",
    schema(value_type = String, pattern = "^09[0-8][0-9]{7}$", example = "0912345678")
)]
pub struct MobileNumber(Personal);

/// Digits in a mobile number.
pub const MOBILE_DIGITS: usize = 10;

/// Why some text is not a mobile number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MobileError {
    #[error("a mobile number has ten digits")]
    Length,
    #[error("a mobile number begins with 090 to 098")]
    Prefix,
}

impl MobileNumber {
    /// Reads a mobile number. Spaces and dashes between its groups are ignored.
    ///
    /// # Errors
    /// [`MobileError::Length`] when it is not ten digits, [`MobileError::Prefix`] when it does not
    /// begin with 090 to 098.
    pub fn parse(text: &str) -> Result<Self, MobileError> {
        let mut digits = String::with_capacity(text.len());
        digits.extend(text.chars().filter(|c| !matches!(c, ' ' | '-')));
        let digits = Personal::new(digits);
        let bytes = digits.expose().as_bytes();
        if bytes.len() != MOBILE_DIGITS || !bytes.iter().all(u8::is_ascii_digit) {
            return Err(MobileError::Length);
        }
        if &bytes[..2] != b"09" || bytes[2] == b'9' {
            return Err(MobileError::Prefix);
        }
        Ok(Self(digits))
    }

    pub fn expose(&self) -> &str {
        self.0.expose()
    }

    /// The number in the groups in which people read it: `0912 345 678`. Nothing of it is masked,
    /// so it is shown to its owner only.
    pub fn grouped(&self) -> Personal {
        let text = self.expose();
        Personal::new(format!("{} {} {}", &text[..4], &text[4..7], &text[7..]))
    }

    /// Whether these are its last three digits.
    pub fn ends_with(&self, three: &str) -> bool {
        three.len() == 3 && self.expose().ends_with(three)
    }

    /// Masks the middle group: `0912 *** 678`.
    pub fn masked(&self) -> String {
        let text = self.expose();
        format!("{} *** {}", &text[..4], &text[7..])
    }
}

impl TryFrom<String> for MobileNumber {
    type Error = MobileError;
    fn try_from(text: String) -> Result<Self, MobileError> {
        let text = Personal::new(text);
        Self::parse(text.expose())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("0912345678", Ok("0912 *** 678"))]
    #[case("0900-123-456", Ok("0900 *** 456"))]
    #[case("0989 999 999", Ok("0989 *** 999"))]
    #[case("0990123456", Err(MobileError::Prefix))]
    #[case("0212345678", Err(MobileError::Prefix))]
    #[case("1912345678", Err(MobileError::Prefix))]
    #[case("091234567", Err(MobileError::Length))]
    #[case("09123456789", Err(MobileError::Length))]
    #[case("+886912345678", Err(MobileError::Length))]
    #[case("091234567x", Err(MobileError::Length))]
    fn mobile_numbers(#[case] text: &str, #[case] masked: Result<&str, MobileError>) {
        assert_eq!(MobileNumber::parse(text).map(|m| m.masked()), masked.map(String::from));
    }

    #[test]
    fn its_owner_reads_all_of_it_in_groups() {
        let number = MobileNumber::parse("0912345678").unwrap();
        assert_eq!(number.grouped().expose(), "0912 345 678");
    }

    #[rstest]
    #[case::the_last_three("678", true)]
    #[case::three_others("679", false)]
    #[case::two_of_them("78", false)]
    #[case::four_of_them("5678", false)]
    #[case::none("", false)]
    fn whoever_asks_for_it_knows_its_last_three_digits(#[case] three: &str, #[case] knows: bool) {
        assert_eq!(MobileNumber::parse("0912345678").unwrap().ends_with(three), knows);
    }
}
