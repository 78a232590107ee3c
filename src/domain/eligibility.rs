//! Whether a person may book in a round, and when: the round's rule is applied to the person, then
//! to the clock.

use super::attendance::Presence;
use super::booking_number::BookingNumber;
use super::intention::Intention;
use super::person::{BirthDate, Category};
use super::refusal::Refusal;
use super::region::district;
use super::round::{Phase, Round};
use jiff::Timestamp;

/// What the rules must know about a person who wants to book.
#[derive(Clone, Copy, Debug)]
pub struct Applicant<'a> {
    pub born: BirthDate,
    pub category: Option<Category>,
    pub intention: Option<&'a Intention>,
    /// The person's live booking in this round, if there is one. A person has one at most.
    pub live: Option<BookingNumber>,
    /// What the vaccination site knows of that booking's person.
    pub presence: Presence,
    /// Until when they may choose another seat although the window is over, because their slot was
    /// closed.
    pub chooses_until: Option<Timestamp>,
}

/// Whether this person may book in this round now. The first rule that says no gives the refusal,
/// which is never about a slot. A booking that exists already is looked at first, with whether its
/// person came, then the person, then the clock, so that people are not told to wait for a round
/// that is not for them.
pub fn may_book(round: &Round, who: &Applicant<'_>, now: Timestamp) -> Result<(), Refusal> {
    match (who.live, who.presence) {
        (Some(_), Presence::Absent) => return Err(Refusal::NoShow { until: round.closes }),
        (Some(_), Presence::Expected | Presence::Came) => return Err(Refusal::AlreadyBooked),
        (None, _) => {}
    }
    may_take_part(round, who)?;
    match round.phase(now) {
        Phase::NotOpenYet { .. } => Err(Refusal::NotOpenYet { opens: round.opens_for(who.born) }),
        Phase::Open { .. } if now < round.opens_for(who.born) => {
            Err(Refusal::AgeOpensLater { opens: round.opens_for(who.born) })
        }
        Phase::Open { .. } => Ok(()),
        Phase::Closed { .. } if who.chooses_until.is_some_and(|until| now < until) => Ok(()),
        Phase::Closed { closed } => Err(Refusal::Closed { closed }),
    }
}

/// What is left, at `now`, of a refusal that [`may_book`] gave earlier. What it said about the
/// person stands. What it said about the clock is decided anew, so that a person who waits can book
/// in the second in which the round opens for them. `round` is `None` while it is not known; then
/// the clock refuses nobody except an age that has to wait.
pub fn refusal_at(said: Option<Refusal>, round: Option<&Round>, now: Timestamp) -> Option<Refusal> {
    match said {
        Some(Refusal::AgeOpensLater { opens }) if now < opens => said,
        // The round may open earlier for older people, so the instant that was said is this
        // person's.
        Some(Refusal::NotOpenYet { opens })
            if now < opens && round.is_some_and(|round| opens > round.opens) =>
        {
            said
        }
        None
        | Some(
            Refusal::NotOpenYet { .. } | Refusal::AgeOpensLater { .. } | Refusal::Closed { .. },
        ) => match round?.phase(now) {
            Phase::NotOpenYet { opens } => Some(Refusal::NotOpenYet { opens }),
            Phase::Open { .. } => None,
            Phase::Closed { closed } => Some(Refusal::Closed { closed }),
        },
        Some(
            Refusal::AlreadyBooked
            | Refusal::NotInRound
            | Refusal::NotRegistered
            | Refusal::RegisteredTooLate { .. }
            | Refusal::BrandNotChosen
            | Refusal::SlotFull
            | Refusal::SlotGone
            | Refusal::NotInCounties
            | Refusal::RegistrationNotOpenYet { .. }
            | Refusal::RegistrationClosed { .. }
            | Refusal::IntentionCounted { .. }
            | Refusal::NoBooking
            | Refusal::CheckedIn
            | Refusal::NoShow { .. }
            | Refusal::CodeOver,
        ) => said,
    }
}

/// Whether a round is for this person by category or age, whatever they registered.
pub fn is_for(round: &Round, who: &Applicant<'_>) -> bool {
    let by_category =
        who.category.is_some_and(|category| round.rule.categories.contains(&category));
    by_category || round.rule.born_until.is_some_and(|day| who.born.0 <= day)
}

/// Whether this person takes part in this round. All of it is settled at the round's cut-off, so
/// the clock is not an argument. The first rule that says no gives the refusal.
pub fn may_take_part(round: &Round, who: &Applicant<'_>) -> Result<(), Refusal> {
    if !is_for(round, who) {
        return Err(Refusal::NotInRound);
    }
    let intention = who.intention.ok_or(Refusal::NotRegistered)?;
    if intention.registered > round.registration_until {
        return Err(Refusal::RegisteredTooLate { cut_off: round.registration_until });
    }
    let counties = &round.rule.counties;
    let among = |code| district(code).is_some_and(|district| counties.contains(&district.county));
    if !counties.is_empty() && !among(intention.district) {
        return Err(Refusal::NotInCounties);
    }
    if !intention.brands.iter().any(|brand| round.brands.contains(brand)) {
        return Err(Refusal::BrandNotChosen);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::intention::tests::intention;
    use crate::domain::region::{CountyIndex, DistrictCode};
    use crate::domain::round::tests::{by_age, round_02};
    use crate::domain::round::{Brand, RoundNumber, RoundRule};
    use crate::domain::taipei::instant;
    use jiff::civil::{Date, date};
    use rstest::rstest;

    const IN_TIME: &str = "2021-07-12T17:00:00";
    const OPEN: &str = "2021-07-13T10:00:00";

    #[rstest]
    #[case::of_age_and_in_time(date(2003, 12, 31), None, Some(IN_TIME), false, OPEN, None)]
    #[case::too_young(date(2004, 1, 1), None, Some(IN_TIME), false, OPEN, Some("R02"))]
    #[case::too_young_but_in_category_9(
        date(2004, 1, 1),
        Some(9),
        Some(IN_TIME),
        false,
        OPEN,
        None
    )]
    #[case::too_young_and_in_another_category(
        date(2004, 1, 1),
        Some(1),
        Some(IN_TIME),
        false,
        OPEN,
        Some("R02")
    )]
    #[case::not_registered(date(1980, 1, 1), None, None, false, OPEN, Some("R03"))]
    #[case::a_second_too_late(
        date(1980, 1, 1),
        None,
        Some("2021-07-12T17:00:01"),
        false,
        OPEN,
        Some("R04")
    )]
    #[case::before_the_window(
        date(1980, 1, 1),
        None,
        Some(IN_TIME),
        false,
        "2021-07-13T09:59:59",
        Some("R06")
    )]
    #[case::after_the_window(
        date(1980, 1, 1),
        None,
        Some(IN_TIME),
        false,
        "2021-07-15T17:00:00",
        Some("R07")
    )]
    #[case::already_booked(date(1980, 1, 1), None, Some(IN_TIME), true, OPEN, Some("R01"))]
    #[case::already_booked_is_said_first(
        date(2010, 1, 1),
        None,
        None,
        true,
        "2022-01-01T00:00:00",
        Some("R01")
    )]
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
        let intention = registered
            .map(|at| intention(at.parse().unwrap(), &[Brand::AstraZeneca, Brand::Moderna]));
        let who = Applicant {
            born: BirthDate(born),
            category: category.map(Category),
            intention: intention.as_ref(),
            live: booked.then(|| BookingNumber::new(RoundNumber::try_from(2).unwrap(), 1).unwrap()),
            presence: Presence::Expected,
            chooses_until: None,
        };
        assert_eq!(
            may_book(&round_02(), &who, instant(now.parse().unwrap())).err().map(Refusal::code),
            refused
        );
    }

    #[test]
    fn whoever_did_not_come_waits_for_the_next_round() {
        let intention = intention(IN_TIME.parse().unwrap(), &[Brand::AstraZeneca]);
        let who = |live: bool, presence| Applicant {
            born: BirthDate(date(1980, 1, 1)),
            category: None,
            intention: Some(&intention),
            live: live.then(|| BookingNumber::new(RoundNumber::try_from(2).unwrap(), 1).unwrap()),
            presence,
            chooses_until: Some(Timestamp::MAX),
        };
        let refused = |live, presence| may_book(&round_02(), &who(live, presence), at(OPEN)).err();
        let until = round_02().closes;
        assert_eq!(refused(true, Presence::Absent), Some(Refusal::NoShow { until }));
        assert_eq!(refused(true, Presence::Came), Some(Refusal::AlreadyBooked));
        assert_eq!(refused(true, Presence::Expected), Some(Refusal::AlreadyBooked));
        assert_eq!(refused(false, Presence::Expected), None);
    }

    #[test]
    fn one_of_the_rounds_brands_must_have_been_chosen() {
        let moderna = intention(IN_TIME.parse().unwrap(), &[Brand::Moderna]);
        let who = Applicant {
            born: BirthDate(date(1980, 1, 1)),
            category: None,
            intention: Some(&moderna),
            live: None,
            presence: Presence::Expected,
            chooses_until: None,
        };
        assert_eq!(
            may_book(&round_02(), &who, instant(OPEN.parse().unwrap())),
            Err(Refusal::BrandNotChosen)
        );
    }

    fn born(year: i16) -> BirthDate {
        BirthDate(date(year, 1, 1))
    }

    #[rstest]
    #[case::before_all_ages(1950, "2021-07-13T09:00:00", Err(("R06", "2021-07-13T10:00:00")))]
    #[case::a_young_person_before_all_is_told_their_own_hour(
        1990,
        "2021-07-13T09:00:00",
        Err(("R06", "2021-07-13T14:00:00"))
    )]
    #[case::an_old_person_at_ten(1950, OPEN, Ok(()))]
    #[case::a_middle_aged_person_at_ten(1970, OPEN, Err(("R11", "2021-07-13T12:00:00")))]
    #[case::a_middle_aged_person_at_noon(1970, "2021-07-13T12:00:00", Ok(()))]
    #[case::a_young_person_at_noon(
        1990,
        "2021-07-13T12:00:00",
        Err(("R11", "2021-07-13T14:00:00"))
    )]
    #[case::a_young_person_at_two(1990, "2021-07-13T14:00:00", Ok(()))]
    fn a_round_opens_age_by_age(
        #[case] year: i16,
        #[case] now: &str,
        #[case] expected: Result<(), (&'static str, &str)>,
    ) {
        let intention = intention(IN_TIME.parse().unwrap(), &[Brand::AstraZeneca]);
        let who = Applicant {
            born: born(year),
            category: None,
            intention: Some(&intention),
            live: None,
            presence: Presence::Expected,
            chooses_until: None,
        };
        let got = may_book(&by_age(), &who, instant(now.parse().unwrap()));
        let expected =
            expected.map_err(|(code, opens)| (code, Some(instant(opens.parse().unwrap()))));
        let told = |refusal: Refusal| match refusal {
            Refusal::NotOpenYet { opens } | Refusal::AgeOpensLater { opens } => {
                (refusal.code(), Some(opens))
            }
            other => (other.code(), None),
        };
        assert_eq!(got.map_err(told), expected);
    }

    #[rstest]
    #[case::registered_in_kinmen(902_002, Ok(()))]
    #[case::registered_in_taipei(6_300_300, Err(Refusal::NotInCounties))]
    fn a_pilot_is_for_its_counties(#[case] district: u32, #[case] expected: Result<(), Refusal>) {
        let named = |zh| CountyIndex::named(zh).unwrap();
        let counties = vec![named("金門縣"), named("連江縣")];
        let round = Round { rule: RoundRule { counties, ..round_02().rule }, ..round_02() };
        let mut intention = intention(IN_TIME.parse().unwrap(), &[Brand::AstraZeneca]);
        intention.district = DistrictCode(district);
        let who = Applicant {
            born: born(1980),
            category: None,
            intention: Some(&intention),
            live: None,
            presence: Presence::Expected,
            chooses_until: None,
        };
        assert_eq!(may_book(&round, &who, instant(OPEN.parse().unwrap())), expected);
    }

    const OPENS: &str = "2021-07-13T10:00:00";
    const AT_TWO: &str = "2021-07-13T14:00:00";

    fn at(time: &str) -> Timestamp {
        instant(time.parse().unwrap())
    }

    #[rstest]
    #[case::about_the_person(Some(Refusal::NotInRound), AT_TWO, Some(Refusal::NotInRound))]
    #[case::none_and_open(None, OPENS, None)]
    #[case::none_and_over(
        None,
        "2021-07-15T17:00:00",
        Some(Refusal::Closed { closed: at("2021-07-15T17:00:00") })
    )]
    #[case::not_open_a_second_before(
        Some(Refusal::NotOpenYet { opens: at(OPENS) }),
        "2021-07-13T09:59:59",
        Some(Refusal::NotOpenYet { opens: at(OPENS) })
    )]
    #[case::not_open_until_it_opens(Some(Refusal::NotOpenYet { opens: at(OPENS) }), OPENS, None)]
    #[case::ones_own_hour_before_the_round_opens(
        Some(Refusal::NotOpenYet { opens: at(AT_TWO) }),
        "2021-07-13T09:00:00",
        Some(Refusal::NotOpenYet { opens: at(AT_TWO) })
    )]
    #[case::ones_own_hour_when_it_is_open_for_others(
        Some(Refusal::NotOpenYet { opens: at(AT_TWO) }),
        OPENS,
        Some(Refusal::NotOpenYet { opens: at(AT_TWO) })
    )]
    #[case::ones_own_hour_has_come(
        Some(Refusal::NotOpenYet { opens: at(AT_TWO) }),
        AT_TWO,
        None
    )]
    #[case::an_age_that_waits(
        Some(Refusal::AgeOpensLater { opens: at(AT_TWO) }),
        "2021-07-13T13:59:59",
        Some(Refusal::AgeOpensLater { opens: at(AT_TWO) })
    )]
    #[case::an_age_whose_hour_has_come(
        Some(Refusal::AgeOpensLater { opens: at(AT_TWO) }),
        AT_TWO,
        None
    )]
    #[case::a_round_that_was_moved(
        Some(Refusal::Closed { closed: at(OPENS) }),
        AT_TWO,
        None
    )]
    fn what_a_refusal_says_of_the_clock_is_decided_anew(
        #[case] said: Option<Refusal>,
        #[case] now: &str,
        #[case] expected: Option<Refusal>,
    ) {
        assert_eq!(refusal_at(said, Some(&round_02()), at(now)), expected);
    }

    #[rstest]
    #[case(Some(Refusal::NotOpenYet { opens: at(AT_TWO) }), None)]
    #[case(
        Some(Refusal::AgeOpensLater { opens: at(AT_TWO) }),
        Some(Refusal::AgeOpensLater { opens: at(AT_TWO) })
    )]
    #[case(Some(Refusal::NotRegistered), Some(Refusal::NotRegistered))]
    fn without_a_round_only_an_age_waits(
        #[case] said: Option<Refusal>,
        #[case] expected: Option<Refusal>,
    ) {
        assert_eq!(refusal_at(said, None, at(OPENS)), expected);
    }
}
