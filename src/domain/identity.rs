//! Identity numbers of people in Taiwan: the national one and both resident formats, with their
//! checksums. This file does not know whose number it is or what that person may do.

use super::personal::Personal;
use jiff::civil::{Date, date};
use serde::{Deserialize, Serialize};

/// What sort of number it is (Ministry of the Interior, formats in force since 2021-01-02).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IdKind {
    /// `[A-Z][12]` and eight digits.
    National,
    /// `[A-Z][89]` and eight digits, the first of which tells the status.
    Resident(ResidentStatus),
    /// `[A-Z][A-D]` and eight digits: in use until the end of 2030.
    OldResident,
}

/// The status in a resident number's third digit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ResidentStatus {
    Foreign,
    WithoutHousehold,
    HongKongMacao,
    Mainland,
}

/// Why some text is not an identity number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IdError {
    #[error("an identity number has ten characters")]
    Length,
    #[error("an identity number is a letter, then 1, 2, 8, 9 or A to D, then eight digits")]
    Shape,
    #[error("the check digit does not fit")]
    Checksum,
}

/// A valid national or resident identity number, in capitals.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(try_from = "String")]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[cfg_attr(
    feature = "server",
    schema(value_type = String, pattern = "^[A-Z][A-Z0-9][0-9]{8}$", example = "A123456789")
)]
pub struct IdNumber(Personal);

/// The last day on which the old resident format is accepted.
pub const OLD_RESIDENT_UNTIL: Date = date(2030, 12, 31);

const WEIGHTS: [u32; 11] = [1, 9, 8, 7, 6, 5, 4, 3, 2, 1, 1];

/// The letters in the order of their values, 10 to 35: the order of the household registration law,
/// which is not that of the alphabet.
pub const LETTERS: &[u8; 26] = b"ABCDEFGHJKLMNPQRSTUVXYWZIO";

/// A letter's two-digit value.
fn letter_value(letter: u8) -> Option<u32> {
    LETTERS.iter().position(|l| *l == letter).map(|at| at as u32 + 10)
}

impl IdNumber {
    /// Reads an identity number. Spaces around it and small letters are accepted. The length is
    /// checked first, then the shape, then the check digit.
    pub fn parse(text: &str) -> Result<Self, IdError> {
        let text = Personal::new(text.trim().to_ascii_uppercase());
        let chars = text.expose().as_bytes();
        if text.expose().chars().count() != 10 {
            return Err(IdError::Length);
        }
        let first = chars.first().copied().and_then(letter_value).ok_or(IdError::Shape)?;
        let second = match chars[1] {
            c @ (b'1' | b'2' | b'8' | b'9') => u32::from(c - b'0'),
            // Only the units digit of the second letter counts.
            c @ b'A'..=b'D' => letter_value(c).ok_or(IdError::Shape)? % 10,
            _ => return Err(IdError::Shape),
        };
        if !chars[2..].iter().all(u8::is_ascii_digit) || chars.len() != 10 {
            return Err(IdError::Shape);
        }
        let digits = [first / 10, first % 10, second]
            .into_iter()
            .chain(chars[2..].iter().map(|c| u32::from(c - b'0')));
        let sum: u32 = digits.zip(WEIGHTS).map(|(digit, weight)| digit * weight).sum();
        if sum.is_multiple_of(10) { Ok(Self(text)) } else { Err(IdError::Checksum) }
    }

    pub fn expose(&self) -> &str {
        self.0.expose()
    }

    pub fn kind(&self) -> IdKind {
        let chars = self.expose().as_bytes();
        match (chars[1], chars[2]) {
            (b'1' | b'2', _) => IdKind::National,
            (b'8' | b'9', b'7') => IdKind::Resident(ResidentStatus::WithoutHousehold),
            (b'8' | b'9', b'8') => IdKind::Resident(ResidentStatus::HongKongMacao),
            (b'8' | b'9', b'9') => IdKind::Resident(ResidentStatus::Mainland),
            (b'8' | b'9', _) => IdKind::Resident(ResidentStatus::Foreign),
            _ => IdKind::OldResident,
        }
    }

    /// Whether the number is still in use on `day`: old resident numbers end with 2030.
    pub fn in_use_on(&self, day: Date) -> bool {
        self.kind() != IdKind::OldResident || day <= OLD_RESIDENT_UNTIL
    }

    /// Shows the first and the last character only, as the platform's simple query does (citizen's
    /// manual, page 49): `Q********2`.
    pub fn masked(&self) -> String {
        let text = self.expose();
        format!("{}********{}", &text[..1], &text[9..])
    }
}

impl TryFrom<String> for IdNumber {
    type Error = IdError;
    fn try_from(text: String) -> Result<Self, IdError> {
        let text = Personal::new(text);
        Self::parse(text.expose())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    #[rstest]
    #[case("A123456789", IdKind::National)]
    #[case("F131104093", IdKind::National)]
    #[case("O158238845", IdKind::National)]
    #[case("N116247806", IdKind::National)]
    #[case("L122544270", IdKind::National)]
    #[case("C180661564", IdKind::National)]
    #[case("Y123456788", IdKind::National)]
    #[case(" a123456789 ", IdKind::National)]
    #[case("A800000014", IdKind::Resident(ResidentStatus::Foreign))]
    #[case("A900207177", IdKind::Resident(ResidentStatus::Foreign))]
    #[case("A870000015", IdKind::Resident(ResidentStatus::WithoutHousehold))]
    #[case("A880000018", IdKind::Resident(ResidentStatus::HongKongMacao))]
    #[case("A890000011", IdKind::Resident(ResidentStatus::Mainland))]
    #[case("AB23456789", IdKind::OldResident)]
    #[case("AA00000009", IdKind::OldResident)]
    #[case("HD02717288", IdKind::OldResident)]
    fn valid_numbers_are_read_with_their_kind(#[case] text: &str, #[case] kind: IdKind) {
        assert_eq!(IdNumber::parse(text).map(|id| id.kind()), Ok(kind));
    }

    #[rstest]
    #[case("", IdError::Length)]
    #[case("A12345678", IdError::Length)]
    #[case("A1234567890", IdError::Length)]
    #[case("A323456789", IdError::Shape)]
    #[case("AE23456785", IdError::Shape)]
    #[case("1123456789", IdError::Shape)]
    #[case("A12345678九", IdError::Shape)]
    #[case("健123456789", IdError::Shape)]
    #[case("A12345678X", IdError::Shape)]
    #[case("A123456788", IdError::Checksum)]
    #[case("A800000000", IdError::Checksum)]
    #[case("F931104091", IdError::Checksum)]
    fn wrong_numbers_are_refused_for_what_is_wrong(#[case] text: &str, #[case] error: IdError) {
        assert_eq!(IdNumber::parse(text), Err(error));
    }

    #[test]
    fn an_old_resident_number_ends_with_2030() {
        let old = IdNumber::parse("AB23456789").unwrap();
        assert!(old.in_use_on(date(2030, 12, 31)));
        assert!(!old.in_use_on(date(2031, 1, 1)));
        assert!(IdNumber::parse("A123456789").unwrap().in_use_on(date(2031, 1, 1)));
    }

    #[test]
    fn the_mask_shows_only_first_and_last() {
        assert_eq!(IdNumber::parse("A123456789").unwrap().masked(), "A********9");
        assert_eq!(format!("{:?}", IdNumber::parse("A123456789").unwrap()), "IdNumber(▒▒▒)");
    }

    proptest! {
        #[test]
        fn any_text_is_answered_without_a_panic(text in ".{0,14}") {
            let _ = IdNumber::parse(&text);
        }

        #[test]
        fn one_wrong_digit_is_always_noticed_unless_its_weight_hides_it(
            at in 3usize..10,
            by in 1u32..10,
        ) {
            let valid = "A123456789";
            let mut chars: Vec<u8> = valid.bytes().collect();
            let old = u32::from(chars[at] - b'0');
            chars[at] = b'0' + ((old + by) % 10) as u8;
            let new = u32::from(chars[at] - b'0');
            let hidden = (WEIGHTS[at + 1] * old) % 10 == (WEIGHTS[at + 1] * new) % 10;
            prop_assert_eq!(IdNumber::parse(std::str::from_utf8(&chars).unwrap()).is_ok(), hidden);
        }
    }
}
