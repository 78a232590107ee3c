//! Doses that are left at the end of a site's day (殘劑): who is told of them, and for how long.

use super::attendance::Presence;
use super::eligibility::{Applicant, may_take_part};
use super::refusal::Refusal;
use super::round::{Brand, Round};
use jiff::SignedDuration;

/// How many people are told of a dose at most.
pub const TOLD_A_DOSE: u32 = 10;
/// How long those who are told have to come.
pub const COME_WITHIN: SignedDuration = SignedDuration::from_mins(20);
/// For so long after the day's last slot the next are told: then the site is going home.
pub const TOLD_UNTIL_AFTER: SignedDuration = SignedDuration::from_hours(1);
/// How many doses a site can say at once: more are no leftover.
pub const DOSES_AT_MOST: u32 = 50;

/// How many are told of so many doses.
pub fn to_tell(doses: u32) -> u32 {
    doses.saturating_mul(TOLD_A_DOSE)
}

/// Whether this person may be told of doses of this brand. They are left when the booking window is
/// over, so the clock is not asked.
pub fn may_be_told(round: &Round, who: &Applicant<'_>, brand: Brand) -> Result<(), Refusal> {
    match (who.live, who.presence) {
        (Some(_), Presence::Absent) => return Err(Refusal::NoShow { until: round.closes }),
        (Some(_), Presence::Expected | Presence::Came) => return Err(Refusal::AlreadyBooked),
        (None, _) => {}
    }
    may_take_part(round, who)?;
    let chosen = who.intention.is_some_and(|intention| intention.brands.contains(&brand));
    if chosen { Ok(()) } else { Err(Refusal::BrandNotChosen) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::booking_number::BookingNumber;
    use crate::domain::intention::tests::intention;
    use crate::domain::person::BirthDate;
    use crate::domain::round::RoundNumber;
    use crate::domain::round::tests::round_02;
    use jiff::civil::date;
    use rstest::rstest;

    #[rstest]
    #[case::who_may(None, Presence::Expected, Brand::AstraZeneca, Ok(()))]
    #[case::another_brand(None, Presence::Expected, Brand::Moderna, Err("R05"))]
    #[case::booked(Some(1), Presence::Expected, Brand::AstraZeneca, Err("R01"))]
    #[case::did_not_come(Some(1), Presence::Absent, Brand::AstraZeneca, Err("R18"))]
    fn who_may_be_told(
        #[case] live: Option<u32>,
        #[case] presence: Presence,
        #[case] brand: Brand,
        #[case] expected: Result<(), &str>,
    ) {
        let intention = intention("2021-07-06T14:00:00".parse().unwrap(), &[Brand::AstraZeneca]);
        let number = |nth| BookingNumber::new(RoundNumber::try_from(2).unwrap(), nth).unwrap();
        let who = Applicant {
            born: BirthDate(date(1980, 1, 1)),
            category: None,
            intention: Some(&intention),
            live: live.map(number),
            presence,
            chooses_until: None,
        };
        assert_eq!(may_be_told(&round_02(), &who, brand).map_err(Refusal::code), expected);
    }

    #[test]
    fn ten_are_told_of_a_dose_and_nobody_of_none() {
        assert_eq!([0, 1, 3].map(to_tell), [0, 10, 30]);
        assert_eq!(to_tell(u32::MAX), u32::MAX);
    }
}
