//! A round (期) of the programme: its brands, its rule, its registration cut-off and its booking
//! window. Whether a given person may book is in `eligibility`.

use super::person::{BirthDate, Category};
use super::region::CountyIndex;
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

/// A vaccine's brand, as people call it in the manuals.
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

/// Whom a round is for: people in one of the categories, or born on or before a day. A pilot is
/// limited to people who registered in some counties.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct RoundRule {
    pub categories: Vec<Category>,
    /// The last day of birth that counts: 民國92年(含)以前 is written here as 2003-12-31.
    pub born_until: Option<Date>,
    /// The counties of the district given at registration; empty if the round is for all counties.
    /// (Round 01 was a pilot for Kinmen, Penghu and Lienchiang.)
    #[cfg_attr(
        feature = "server",
        schema(value_type = Vec<String>, example = json!(["金門縣"]))
    )]
    pub counties: Vec<CountyIndex>,
}

/// People born on or before a day may book from an instant on. On 2022-01-15 booking opened at
/// 10:00 for 65 and older, at 12:00 for 50 to 64, and at 14:00 for the others.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct AgeBand {
    pub born_until: Date,
    pub opens: Timestamp,
}

/// A round of the programme.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct Round {
    pub number: RoundNumber,
    pub brands: Vec<Brand>,
    pub rule: RoundRule,
    /// People may register from this instant until the round closes.
    pub registration_opens: Timestamp,
    /// The cut-off: people who registered at or before this instant take part (完成登記); those
    /// who register later wait for the next round.
    pub registration_until: Timestamp,
    /// The booking window begins at `opens`, and ends just before `closes`.
    pub opens: Timestamp,
    pub closes: Timestamp,
    /// Oldest first, none before `opens`; empty if all ages book from `opens`. People younger than
    /// every band book with the last.
    pub bands: Vec<AgeBand>,
    /// When it was settled who may book, and these people were told.
    pub settled: Option<Timestamp>,
}

/// Where in its booking window a round is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "phase")]
pub enum Phase {
    NotOpenYet { opens: Timestamp },
    Open { closes: Timestamp },
    Closed { closed: Timestamp },
}

/// Why a round cannot be as it is described.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RoundError {
    #[error("a round has at least one brand")]
    NoBrand,
    #[error("a round is for somebody: give a category or a birth date")]
    ForNobody,
    #[error("registration opens, then its cut-off, then booking opens, then it closes")]
    Order,
    #[error("age bands go from the oldest to the youngest, and open within the booking window")]
    Bands,
}

impl Round {
    /// Checks that the description of the round makes sense, and names the first thing that does
    /// not.
    pub fn check(&self) -> Result<(), RoundError> {
        if self.brands.is_empty() {
            return Err(RoundError::NoBrand);
        }
        if self.rule.categories.is_empty() && self.rule.born_until.is_none() {
            return Err(RoundError::ForNobody);
        }
        let in_order = self.registration_opens <= self.registration_until
            && self.registration_until <= self.opens
            && self.opens < self.closes;
        if !in_order {
            return Err(RoundError::Order);
        }
        let older_first =
            self.bands.is_sorted_by(|a, b| a.born_until < b.born_until && a.opens <= b.opens);
        let within =
            self.bands.iter().all(|band| self.opens <= band.opens && band.opens < self.closes);
        if older_first && within { Ok(()) } else { Err(RoundError::Bands) }
    }

    /// The instant from which people born on this day may book.
    pub fn opens_for(&self, born: BirthDate) -> Timestamp {
        let band = self.bands.iter().find(|band| born.0 <= band.born_until).or(self.bands.last());
        band.map_or(self.opens, |band| band.opens)
    }

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

    /// Round 02 of the migrant workers' guide (file 001, page 1): 7/12 17:00, 7/13 10:00 to 7/15
    /// 17:00.
    pub(crate) fn round_02() -> Round {
        let at = |day, hour| instant(date(2021, 7, day).at(hour, 0, 0, 0));
        Round {
            number: RoundNumber(2),
            brands: vec![Brand::AstraZeneca],
            rule: RoundRule {
                categories: vec![Category(9)],
                born_until: Some(date(2003, 12, 31)),
                counties: Vec::new(),
            },
            registration_opens: at(6, 9),
            registration_until: at(12, 17),
            opens: at(13, 10),
            closes: at(15, 17),
            bands: Vec::new(),
            settled: None,
        }
    }

    /// Opened by age as on 2022-01-15: 65 and older, 50 to 64, the others.
    pub(crate) fn by_age() -> Round {
        let band = |year, hour| AgeBand {
            born_until: date(year, 1, 15),
            opens: instant(date(2021, 7, 13).at(hour, 0, 0, 0)),
        };
        Round { bands: vec![band(1957, 10), band(1972, 12), band(2004, 14)], ..round_02() }
    }

    #[rstest]
    #[case::as_it_was(|_: &mut Round| {}, Ok(()))]
    #[case::registration_of_a_moment(
        |round: &mut Round| round.registration_opens = round.registration_until,
        Ok(())
    )]
    #[case::open_at_the_cut_off(
        |round: &mut Round| round.registration_until = round.opens,
        Ok(())
    )]
    #[case::two_ages_at_one_hour(
        |round: &mut Round| round.bands[1].opens = round.bands[0].opens,
        Ok(())
    )]
    #[case::for_a_vaccine(|round: &mut Round| round.brands.clear(), Err(RoundError::NoBrand))]
    #[case::for_a_category_alone(|round: &mut Round| round.rule.born_until = None, Ok(()))]
    #[case::for_an_age_alone(|round: &mut Round| round.rule.categories.clear(), Ok(()))]
    #[case::for_somebody(
        |round: &mut Round| round.rule = RoundRule::default(),
        Err(RoundError::ForNobody)
    )]
    #[case::the_cut_off_before_it_opens(
        |round: &mut Round| round.registration_until = round.closes,
        Err(RoundError::Order)
    )]
    #[case::registration_ends_after_it_begins(
        |round: &mut Round| round.registration_opens = round.opens,
        Err(RoundError::Order)
    )]
    #[case::open_before_closed(
        |round: &mut Round| round.closes = round.opens,
        Err(RoundError::Order)
    )]
    #[case::oldest_first(|round: &mut Round| round.bands.reverse(), Err(RoundError::Bands))]
    #[case::each_age_once(
        |round: &mut Round| round.bands[1].born_until = round.bands[0].born_until,
        Err(RoundError::Bands)
    )]
    #[case::the_older_not_later(
        |round: &mut Round| round.bands[0].opens = round.bands[2].opens,
        Err(RoundError::Bands)
    )]
    #[case::bands_within_the_window(
        |round: &mut Round| round.bands[2].opens = round.closes,
        Err(RoundError::Bands)
    )]
    fn a_round_must_make_sense(
        #[case] change: fn(&mut Round),
        #[case] expected: Result<(), RoundError>,
    ) {
        let mut round = by_age();
        change(&mut round);
        assert_eq!(round.check(), expected);
    }

    #[rstest]
    #[case::born_long_ago(date(1930, 1, 1), 10)]
    #[case::just_65(date(1957, 1, 15), 10)]
    #[case::not_yet_65(date(1957, 1, 16), 12)]
    #[case::not_yet_50(date(1972, 1, 16), 14)]
    #[case::younger_than_all_bands(date(2010, 1, 1), 14)]
    fn each_age_has_its_hour(#[case] born: Date, #[case] hour: i8) {
        assert_eq!(
            by_age().opens_for(BirthDate(born)),
            instant(date(2021, 7, 13).at(hour, 0, 0, 0))
        );
        assert_eq!(round_02().opens_for(BirthDate(born)), round_02().opens);
    }

    #[rstest]
    #[case("2021-07-13T09:59:59", "not open yet")]
    #[case("2021-07-13T10:00:00", "open")]
    #[case("2021-07-15T16:59:59", "open")]
    #[case("2021-07-15T17:00:00", "closed")]
    fn the_window_opens_at_its_first_second_and_ends_before_its_last(
        #[case] now: DateTime,
        #[case] phase: &str,
    ) {
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
