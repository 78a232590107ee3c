//! Who may register an intention in a round, change it, or withdraw it.

use super::eligibility::{Applicant, is_for};
use super::intention::{Intention, Wish};
use super::refusal::Refusal;
use super::region::district;
use super::round::Round;
use jiff::Timestamp;

/// Whether this person may register in this round, or change what they registered. The first rule
/// that says no gives the refusal.
pub fn may_register(round: &Round, who: &Applicant<'_>, now: Timestamp) -> Result<(), Refusal> {
    if who.live.is_some() {
        return Err(Refusal::AlreadyBooked);
    }
    if !is_for(round, who) {
        return Err(Refusal::NotInRound);
    }
    if now < round.registration_opens {
        return Err(Refusal::RegistrationNotOpenYet { opens: round.registration_opens });
    }
    if now >= round.closes {
        return Err(Refusal::RegistrationClosed { closed: round.closes });
    }
    may_change(round, who, now)
}

/// Whether an intention, if there is one, may be changed now. One that was counted for a round
/// stays as it is until that round is over (questions and answers, no. 2).
fn may_change(round: &Round, who: &Applicant<'_>, now: Timestamp) -> Result<(), Refusal> {
    if who.intention.is_some_and(|intention| is_counted(round, intention, now)) {
        return Err(Refusal::IntentionCounted { until: round.closes });
    }
    Ok(())
}

/// Whether an intention has been counted for a round that is still on: then only a channel that may
/// cancel may withdraw it, because it would be for good.
pub fn is_counted(round: &Round, intention: &Intention, now: Timestamp) -> bool {
    intention.registered <= round.registration_until
        && now > round.registration_until
        && now < round.closes
}

/// Whether this person may withdraw what they registered. They may at any time, unless they have a
/// booking, which rests on it.
pub fn may_withdraw(who: &Applicant<'_>) -> Result<(), Refusal> {
    if who.live.is_some() {
        return Err(Refusal::AlreadyBooked);
    }
    who.intention.map(|_| ()).ok_or(Refusal::NotRegistered)
}

/// Whether a wish can be registered as it is: its district exists, and it names at least one brand,
/// all of the round and none twice.
pub fn makes_sense(round: &Round, wish: &Wish) -> bool {
    let brands = &wish.brands;
    let each_once = brands.iter().enumerate().all(|(at, brand)| !brands[..at].contains(brand));
    let of_the_round = brands.iter().all(|brand| round.brands.contains(brand));
    !brands.is_empty() && each_once && of_the_round && district(wish.district).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::attendance::Presence;
    use crate::domain::intention::tests::{intention, number};
    use crate::domain::person::{BirthDate, Category};
    use crate::domain::phone::MobileNumber;
    use crate::domain::region::DistrictCode;
    use crate::domain::round::Brand;
    use crate::domain::round::tests::round_02;
    use crate::domain::taipei::instant;
    use jiff::civil::{Date, date};
    use rstest::rstest;

    const IN_TIME: &str = "2021-07-12T17:00:00";
    const LATE: &str = "2021-07-12T17:00:01";

    #[rstest]
    #[case::in_time(date(1980, 1, 1), None, None, false, IN_TIME, None)]
    #[case::in_category_9(date(2010, 1, 1), Some(9), None, false, IN_TIME, None)]
    #[case::too_young(date(2010, 1, 1), None, None, false, IN_TIME, Some("R02"))]
    #[case::too_early(date(1980, 1, 1), None, None, false, "2021-07-06T08:59:59", Some("R13"))]
    #[case::at_the_opening(date(1980, 1, 1), None, None, false, "2021-07-06T09:00:00", None)]
    #[case::late_for_this_round_but_for_the_next(date(1980, 1, 1), None, None, false, LATE, None)]
    #[case::after_the_round(
        date(1980, 1, 1),
        None,
        None,
        false,
        "2021-07-15T17:00:00",
        Some("R14")
    )]
    #[case::booked(date(1980, 1, 1), None, Some(IN_TIME), true, IN_TIME, Some("R01"))]
    #[case::changed_in_time(
        date(1980, 1, 1),
        None,
        Some("2021-07-06T10:00:00"),
        false,
        IN_TIME,
        None
    )]
    #[case::counted_already(date(1980, 1, 1), None, Some(IN_TIME), false, LATE, Some("R15"))]
    #[case::late_and_changed(
        date(1980, 1, 1),
        None,
        Some(LATE),
        false,
        "2021-07-13T12:00:00",
        None
    )]
    fn who_may_register(
        #[case] born: Date,
        #[case] category: Option<u8>,
        #[case] registered: Option<&str>,
        #[case] booked: bool,
        #[case] now: &str,
        #[case] refused: Option<&str>,
    ) {
        let intention = registered.map(|at| intention(at.parse().unwrap(), &[Brand::AstraZeneca]));
        let who = Applicant {
            born: BirthDate(born),
            category: category.map(Category),
            intention: intention.as_ref(),
            live: booked.then(number),
            presence: Presence::Expected,
            chooses_until: None,
        };
        let got = may_register(&round_02(), &who, instant(now.parse().unwrap()));
        assert_eq!(got.err().map(Refusal::code), refused);
    }

    #[rstest]
    #[case::at_the_cut_off(IN_TIME, IN_TIME, false)]
    #[case::a_second_later(IN_TIME, LATE, true)]
    #[case::registered_late(LATE, LATE, false)]
    #[case::in_the_last_second(IN_TIME, "2021-07-15T16:59:59", true)]
    #[case::when_the_round_is_over(IN_TIME, "2021-07-15T17:00:00", false)]
    fn an_intention_is_counted_from_the_cut_off_until_the_round_is_over(
        #[case] registered: &str,
        #[case] now: &str,
        #[case] counted: bool,
    ) {
        let intention = intention(registered.parse().unwrap(), &[Brand::AstraZeneca]);
        let now = instant(now.parse().unwrap());
        assert_eq!(is_counted(&round_02(), &intention, now), counted);
    }

    #[rstest]
    #[case(true, false, None)]
    #[case(true, true, Some("R01"))]
    #[case(false, false, Some("R03"))]
    fn one_withdraws_what_one_registered_but_not_from_under_a_booking(
        #[case] registered: bool,
        #[case] booked: bool,
        #[case] refused: Option<&str>,
    ) {
        let intention = intention(IN_TIME.parse().unwrap(), &[Brand::AstraZeneca]);
        let who = Applicant {
            born: BirthDate(date(1980, 1, 1)),
            category: None,
            intention: registered.then_some(&intention),
            live: booked.then(number),
            presence: Presence::Expected,
            chooses_until: None,
        };
        assert_eq!(may_withdraw(&who).err().map(Refusal::code), refused);
    }

    #[rstest]
    #[case::as_it_should_be(6_300_300, &[Brand::AstraZeneca], true)]
    #[case::at_least_one_brand_stays(6_300_300, &[], false)]
    #[case::a_brand_once(6_300_300, &[Brand::AstraZeneca, Brand::AstraZeneca], false)]
    #[case::a_brand_of_the_round(6_300_300, &[Brand::Moderna], false)]
    #[case::a_district_that_there_is(1, &[Brand::AstraZeneca], false)]
    fn a_wish_must_make_sense(
        #[case] district: u32,
        #[case] brands: &[Brand],
        #[case] expected: bool,
    ) {
        let mobile = MobileNumber::parse("0912345678").unwrap();
        let wish = Wish { mobile, district: DistrictCode(district), brands: brands.to_vec() };
        assert_eq!(makes_sense(&round_02(), &wish), expected);
    }
}
