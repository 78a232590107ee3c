//! The NHI card's own number, and what a card tells about its holder. Cards are read in `devices`.

use super::identity::IdNumber;
use super::person::{BirthDate, Name};
use super::personal::Personal;
use serde::{Deserialize, Serialize};

/// The twelve digits at the lower left of an NHI card (NHI app questions and answers, no. 13).
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(try_from = "String")]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[cfg_attr(
    feature = "server",
    schema(value_type = String, pattern = "^[0-9]{12}$", example = "900000000001")
)]
pub struct CardNumber(Personal);

/// The text is not a card number: twelve digits, nothing else.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a card number has twelve digits")]
pub struct CardNumberError;

impl CardNumber {
    /// Reads twelve ASCII digits. Spaces and dashes are ignored, because the card prints its number
    /// in three groups of four.
    pub fn parse(text: &str) -> Result<Self, CardNumberError> {
        let mut digits = String::with_capacity(text.len());
        digits.extend(text.chars().filter(|c| !matches!(c, ' ' | '-')));
        let digits = Personal::new(digits);
        let sound =
            digits.expose().len() == 12 && digits.expose().bytes().all(|b| b.is_ascii_digit());
        if sound { Ok(Self(digits)) } else { Err(CardNumberError) }
    }

    pub fn expose(&self) -> &str {
        self.0.expose()
    }

    /// The last four digits only: `********9012`.
    pub fn masked(&self) -> String {
        format!("********{}", &self.expose()[8..])
    }
}

impl TryFrom<String> for CardNumber {
    type Error = CardNumberError;
    fn try_from(text: String) -> Result<Self, CardNumberError> {
        let text = Personal::new(text);
        Self::parse(text.expose())
    }
}

/// What was read from an NHI card.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Card {
    pub number: CardNumber,
    pub name: Name,
    pub id: IdNumber,
    pub born: BirthDate,
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("000012345678", true)]
    #[case("0000 1234 5678", true)]
    #[case("0000-1234-5678", true)]
    #[case("00001234567", false)]
    #[case("0000123456789", false)]
    #[case("00001234567a", false)]
    #[case("00001234567８", false)]
    #[case("", false)]
    fn a_card_number_is_twelve_digits(#[case] text: &str, #[case] valid: bool) {
        assert_eq!(CardNumber::parse(text).is_ok(), valid);
    }

    #[test]
    fn its_mask_shows_the_last_group() {
        assert_eq!(CardNumber::parse("000012345678").unwrap().masked(), "********5678");
    }
}
