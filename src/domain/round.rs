//! A round (期) of the programme: its brands, its rule, its registration cut-off and its booking window.
//! Whether one given person may book is in `eligibility`.

use super::person::Category;
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

/// A round's number, 1 to 99: the first two digits of its booking numbers.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "server", schema(value_type = u8, minimum = 1, maximum = 99, example = 2))]
pub struct RoundNumber(u8);

/// A round's number is 1 to 99.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a round's number is 1 to 99")]
pub struct RoundNumberError;

impl TryFrom<u8> for RoundNumber {
    type Error = RoundNumberError;
    fn try_from(number: u8) -> Result<Self, RoundNumberError> {
        if (1..=99).contains(&number) { Ok(Self(number)) } else { Err(RoundNumberError) }
    }
}

impl From<RoundNumber> for u8 {
    fn from(number: RoundNumber) -> u8 {
        number.0
    }
}

/// A vaccine's brand, as the manuals' people know it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub enum Brand {
    #[serde(rename = "AZ")]
    AstraZeneca,
    #[serde(rename = "MO")]
    Moderna,
}

impl Brand {
    pub const ALL: [Brand; 2] = [Brand::AstraZeneca, Brand::Moderna];

    /// The two letters that the platform puts behind a site's name.
    pub fn code(self) -> &'static str {
        match self {
            Brand::AstraZeneca => "AZ",
            Brand::Moderna => "MO",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|brand| brand.code() == code)
    }
}

/// Whom a round is for: one of the categories, or born on or before a day.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct RoundRule {
    pub categories: Vec<Category>,
    /// 民國92年(含)以前 is written here as 2003-12-31.
    pub born_until: Option<Date>,
}

/// A round of the programme.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct Round {
    pub number: RoundNumber,
    pub brands: Vec<Brand>,
    pub rule: RoundRule,
    /// Who registered at or before this instant takes part (完成登記).
    pub registration_until: Timestamp,
    /// The booking window: from `opens`, up to but not at `closes`.
    pub opens: Timestamp,
    pub closes: Timestamp,
}

/// Where in its booking window a round is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "phase")]
pub enum Phase {
    NotOpenYet { opens: Timestamp },
    Open { closes: Timestamp },
    Closed { closed: Timestamp },
}

impl Round {
    pub fn phase(&self, now: Timestamp) -> Phase {
        if now < self.opens {
            Phase::NotOpenYet { opens: self.opens }
        } else if now < self.closes {
            Phase::Open { closes: self.closes }
        } else {
            Phase::Closed { closed: self.closes }
        }
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::domain::taipei::instant;
    use jiff::civil::{DateTime, date};
    use rstest::rstest;

    /// Round 02 of the migrant workers' guide (file 001, page 1): 7/12 17:00, 7/13 10:00 to 7/15 17:00.
    pub(crate) fn round_02() -> Round {
        let at = |day, hour| instant(date(2021, 7, day).at(hour, 0, 0, 0));
        Round {
            number: RoundNumber(2),
            brands: vec![Brand::AstraZeneca],
            rule: RoundRule { categories: vec![Category(9)], born_until: Some(date(2003, 12, 31)) },
            registration_until: at(12, 17),
            opens: at(13, 10),
            closes: at(15, 17),
        }
    }

    #[rstest]
    #[case("2021-07-13T09:59:59", "not open yet")]
    #[case("2021-07-13T10:00:00", "open")]
    #[case("2021-07-15T16:59:59", "open")]
    #[case("2021-07-15T17:00:00", "closed")]
    fn the_window_opens_at_its_first_second_and_ends_before_its_last(#[case] now: DateTime, #[case] phase: &str) {
        let got = match round_02().phase(instant(now)) {
            Phase::NotOpenYet { .. } => "not open yet",
            Phase::Open { .. } => "open",
            Phase::Closed { .. } => "closed",
        };
        assert_eq!(got, phase);
    }

    #[test]
    fn a_rounds_number_has_two_digits_at_most() {
        for (number, valid) in [(0, false), (1, true), (99, true), (100, false)] {
            assert_eq!(RoundNumber::try_from(number).is_ok(), valid, "{number}");
        }
    }

    #[test]
    fn a_brand_is_known_by_its_code() {
        for brand in Brand::ALL {
            assert_eq!(Brand::from_code(brand.code()), Some(brand));
        }
        assert_eq!(Brand::from_code("XX"), None);
    }
}
