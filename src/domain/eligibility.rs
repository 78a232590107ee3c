//! Who may book what, when: one plain function, and a refusal for each rule with a code that a helper on the phone can look up.
//! How a refusal is said to a person is a matter of `i18n`.

use super::booking::BookingNumber;
use super::intention::Intention;
use super::person::{BirthDate, Category};
use super::round::{Phase, Round};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// What the rules must know of a person who asks to book.
#[derive(Clone, Copy, Debug)]
pub struct Applicant<'a> {
    pub born: BirthDate,
    pub category: Option<Category>,
    pub intention: Option<&'a Intention>,
    /// The live booking in this round, if there is one: a person has one at most.
    pub live: Option<BookingNumber>,
}

/// Why a person cannot book. Each is said in plain words, with its [`code`](Refusal::code).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "kebab-case", tag = "refusal")]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub enum Refusal {
    #[error("there is a booking in this round already")]
    AlreadyBooked,
    #[error("the round is for others: category and birth date do not match")]
    NotInRound,
    #[error("no intention was registered")]
    NotRegistered,
    #[error("the intention was registered after the cut-off")]
    RegisteredTooLate { cut_off: Timestamp },
    #[error("none of the round's brands was chosen at registration")]
    BrandNotChosen,
    #[error("the round is not open yet")]
    NotOpenYet { opens: Timestamp },
    #[error("the round is closed")]
    Closed { closed: Timestamp },
    #[error("the slot is full")]
    SlotFull,
    #[error("the slot is not one of this round, or is past")]
    SlotGone,
}

impl Refusal {
    /// The code shown on the screen with the sentence.
    pub fn code(self) -> &'static str {
        match self {
            Refusal::AlreadyBooked => "R01",
            Refusal::NotInRound => "R02",
            Refusal::NotRegistered => "R03",
            Refusal::RegisteredTooLate { .. } => "R04",
            Refusal::BrandNotChosen => "R05",
            Refusal::NotOpenYet { .. } => "R06",
            Refusal::Closed { .. } => "R07",
            Refusal::SlotFull => "R08",
            Refusal::SlotGone => "R09",
        }
    }
}

/// Whether this person may book in this round now. The first rule that says no is the answer; a booking that is there already
/// comes first, then the person, then the clock, so that nobody is told to wait for a round that is not for them.
///
/// # Errors
/// The [`Refusal`] of the first rule that says no; never one about a slot.
pub fn may_book(round: &Round, who: &Applicant<'_>, now: Timestamp) -> Result<(), Refusal> {
    if who.live.is_some() {
        return Err(Refusal::AlreadyBooked);
    }
    let by_category = who.category.is_some_and(|category| round.rule.categories.contains(&category));
    let by_birth = round.rule.born_until.is_some_and(|day| who.born.0 <= day);
    if !by_category && !by_birth {
        return Err(Refusal::NotInRound);
    }
    let intention = who.intention.filter(|i| i.round == round.number).ok_or(Refusal::NotRegistered)?;
    if intention.registered > round.registration_until {
        return Err(Refusal::RegisteredTooLate { cut_off: round.registration_until });
    }
    if !intention.brands.iter().any(|brand| round.brands.contains(brand)) {
        return Err(Refusal::BrandNotChosen);
    }
    match round.phase(now) {
        Phase::NotOpenYet { opens } => Err(Refusal::NotOpenYet { opens }),
        Phase::Open { .. } => Ok(()),
        Phase::Closed { closed } => Err(Refusal::Closed { closed }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::phone::MobileNumber;
    use crate::domain::region::DistrictCode;
    use crate::domain::round::{Brand, RoundNumber, tests::round_02};
    use crate::domain::taipei::instant;
    use jiff::civil::{Date, DateTime, date};
    use rstest::rstest;

    fn intention(registered: DateTime, brands: &[Brand]) -> Intention {
        Intention {
            round: RoundNumber::try_from(2).unwrap(),
            registered: instant(registered),
            mobile: MobileNumber::parse("0912345678").unwrap(),
            district: DistrictCode(6300300),
            brands: brands.to_vec(),
        }
    }

    const IN_TIME: &str = "2021-07-12T17:00:00";
    const OPEN: &str = "2021-07-13T10:00:00";

    #[rstest]
    #[case::of_age_and_in_time(date(2003, 12, 31), None, Some(IN_TIME), false, OPEN, None)]
    #[case::too_young(date(2004, 1, 1), None, Some(IN_TIME), false, OPEN, Some("R02"))]
    #[case::too_young_but_in_category_9(date(2004, 1, 1), Some(9), Some(IN_TIME), false, OPEN, None)]
    #[case::too_young_and_in_another_category(date(2004, 1, 1), Some(1), Some(IN_TIME), false, OPEN, Some("R02"))]
    #[case::not_registered(date(1980, 1, 1), None, None, false, OPEN, Some("R03"))]
    #[case::a_second_too_late(date(1980, 1, 1), None, Some("2021-07-12T17:00:01"), false, OPEN, Some("R04"))]
    #[case::before_the_window(date(1980, 1, 1), None, Some(IN_TIME), false, "2021-07-13T09:59:59", Some("R06"))]
    #[case::after_the_window(date(1980, 1, 1), None, Some(IN_TIME), false, "2021-07-15T17:00:00", Some("R07"))]
    #[case::already_booked(date(1980, 1, 1), None, Some(IN_TIME), true, OPEN, Some("R01"))]
    #[case::already_booked_is_said_first(date(2010, 1, 1), None, None, true, "2022-01-01T00:00:00", Some("R01"))]
    #[case::not_in_round_is_said_before_the_clock(
        date(2010, 1, 1),
        None,
        None,
        false,
        "2021-07-01T00:00:00",
        Some("R02")
    )]
    fn who_may_book(
        #[case] born: Date,
        #[case] category: Option<u8>,
        #[case] registered: Option<&str>,
        #[case] booked: bool,
        #[case] now: &str,
        #[case] refused: Option<&str>,
    ) {
        let intention = registered.map(|at| intention(at.parse().unwrap(), &[Brand::AstraZeneca, Brand::Moderna]));
        let who = Applicant {
            born: BirthDate(born),
            category: category.map(Category),
            intention: intention.as_ref(),
            live: booked.then(|| BookingNumber::new(RoundNumber::try_from(2).unwrap(), 1).unwrap()),
        };
        assert_eq!(may_book(&round_02(), &who, instant(now.parse().unwrap())).err().map(Refusal::code), refused);
    }

    #[test]
    fn one_of_the_rounds_brands_must_have_been_chosen() {
        let moderna = intention(IN_TIME.parse().unwrap(), &[Brand::Moderna]);
        let who =
            Applicant { born: BirthDate(date(1980, 1, 1)), category: None, intention: Some(&moderna), live: None };
        assert_eq!(may_book(&round_02(), &who, instant(OPEN.parse().unwrap())), Err(Refusal::BrandNotChosen));
    }

    #[test]
    fn an_intention_for_another_round_does_not_count() {
        let mut other = intention(IN_TIME.parse().unwrap(), &[Brand::AstraZeneca]);
        other.round = RoundNumber::try_from(1).unwrap();
        let who = Applicant { born: BirthDate(date(1980, 1, 1)), category: None, intention: Some(&other), live: None };
        assert_eq!(may_book(&round_02(), &who, instant(OPEN.parse().unwrap())), Err(Refusal::NotRegistered));
    }
}
