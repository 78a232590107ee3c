//! The number of a booking (預約序號), which a person reads out and a site looks up.

use super::round::RoundNumber;
use serde::{Deserialize, Serialize};

/// A booking number (預約序號): ten digits, the round's two and a sequence of eight
/// (`0200014637`).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct BookingNumber {
    round: RoundNumber,
    sequence: u32,
}

/// The highest sequence in a round: eight digits.
pub const LAST_SEQUENCE: u32 = 99_999_999;

/// Why something is not a booking number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BookingNumberError {
    #[error("a booking number has ten digits")]
    Digits,
    #[error("a booking number begins with its round, 01 to 99")]
    Round,
    #[error("a round has 99,999,999 booking numbers at most")]
    Sequence,
}

impl BookingNumber {
    /// # Errors
    /// [`BookingNumberError::Sequence`] over [`LAST_SEQUENCE`].
    pub fn new(round: RoundNumber, sequence: u32) -> Result<Self, BookingNumberError> {
        if sequence > LAST_SEQUENCE {
            Err(BookingNumberError::Sequence)
        } else {
            Ok(Self { round, sequence })
        }
    }

    /// Reads a number of exactly ten digits.
    pub fn parse(text: &str) -> Result<Self, BookingNumberError> {
        if text.len() != 10 || !text.bytes().all(|b| b.is_ascii_digit()) {
            return Err(BookingNumberError::Digits);
        }
        let round: u8 = text[..2].parse().map_err(|_| BookingNumberError::Digits)?;
        let round = RoundNumber::try_from(round).map_err(|_| BookingNumberError::Round)?;
        Self::new(round, text[2..].parse().map_err(|_| BookingNumberError::Digits)?)
    }

    pub fn round(self) -> RoundNumber {
        self.round
    }

    pub fn sequence(self) -> u32 {
        self.sequence
    }
}

impl std::fmt::Display for BookingNumber {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:02}{:08}", u8::from(self.round), self.sequence)
    }
}

impl From<BookingNumber> for String {
    fn from(number: BookingNumber) -> String {
        number.to_string()
    }
}

impl TryFrom<String> for BookingNumber {
    type Error = BookingNumberError;
    fn try_from(text: String) -> Result<Self, BookingNumberError> {
        Self::parse(&text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    #[rstest]
    #[case("0200014637", Ok((2, 14637)))]
    #[case("9999999999", Ok((99, 99_999_999)))]
    #[case("0000000001", Err(BookingNumberError::Round))]
    #[case("020001463", Err(BookingNumberError::Digits))]
    #[case("02000146377", Err(BookingNumberError::Digits))]
    #[case("020001463x", Err(BookingNumberError::Digits))]
    #[case("０2000146", Err(BookingNumberError::Digits))]
    fn booking_numbers(#[case] text: &str, #[case] parts: Result<(u8, u32), BookingNumberError>) {
        assert_eq!(BookingNumber::parse(text).map(|n| (n.round().into(), n.sequence())), parts);
    }

    proptest! {
        #[test]
        fn a_booking_number_reads_back_as_itself(
            round in 1u8..=99,
            sequence in 0u32..=LAST_SEQUENCE,
        ) {
            let round = RoundNumber::try_from(round).unwrap();
            let number = BookingNumber::new(round, sequence).unwrap();
            prop_assert_eq!(number.to_string().len(), 10);
            prop_assert_eq!(BookingNumber::parse(&number.to_string()), Ok(number));
        }
    }

    #[test]
    fn a_booking_number_is_its_ten_digits_on_the_wire() {
        let number = BookingNumber::parse("0200014637").unwrap();
        let on_the_wire = serde_json::to_value(number).unwrap();
        assert_eq!(on_the_wire, "0200014637");
        assert_eq!(serde_json::from_value::<BookingNumber>(on_the_wire).unwrap(), number);
    }

    #[test]
    fn there_is_no_hundred_millionth_booking() {
        let round = RoundNumber::try_from(2).unwrap();
        assert_eq!(BookingNumber::new(round, LAST_SEQUENCE + 1), Err(BookingNumberError::Sequence));
    }
}
