//! The rules by which a booking is made, moved or cancelled. It is stored by `server`.

use super::attendance::Presence;
use super::eligibility::{Applicant, may_book};
use super::refusal::Refusal;
use super::round::{Brand, Phase, Round};
use super::site::Slot;
use super::taipei;
use jiff::Timestamp;

/// Whether a booking may be cancelled now. It may until the round's booking window closes
/// (citizen's manual, part 3), until its slot begins, and until its person has checked in at the
/// vaccination site, which may be before the slot begins.
pub fn may_cancel(
    round: &Round,
    presence: Presence,
    slot: Option<&Slot>,
    now: Timestamp,
) -> Result<(), Refusal> {
    match presence {
        Presence::Came => return Err(Refusal::CheckedIn),
        // Their slot is past, which is refused below.
        Presence::Expected | Presence::Absent => {}
    }
    if let Phase::Closed { closed } = round.phase(now) {
        return Err(Refusal::Closed { closed });
    }
    slot.filter(|slot| taipei::instant(slot.starts) > now).map(|_| ()).ok_or(Refusal::SlotGone)
}

/// Whether a person who has a booking may move it to this slot. The first rule that says no gives
/// the refusal: those of cancelling come first, then those of a new booking.
pub fn may_move(
    round: &Round,
    who: &Applicant<'_>,
    from: Option<&Slot>,
    to: Option<(&Slot, Brand)>,
    now: Timestamp,
) -> Result<(), Refusal> {
    may_cancel(round, who.presence, from, now)?;
    decide(round, &Applicant { live: None, ..*who }, to, now)
}

/// Whether this person may have a seat of this slot now. The first rule that says no gives the
/// refusal: those about the person and the round come first, then the brand that the slot's site
/// gives, then the slot itself.
pub fn decide(
    round: &Round,
    who: &Applicant<'_>,
    slot: Option<(&Slot, Brand)>,
    now: Timestamp,
) -> Result<(), Refusal> {
    may_book(round, who, now)?;
    let (slot, brand) =
        slot.filter(|(slot, _)| taipei::instant(slot.starts) > now).ok_or(Refusal::SlotGone)?;
    if !who.intention.is_some_and(|intention| intention.brands.contains(&brand)) {
        return Err(Refusal::BrandNotChosen);
    }
    if slot.is_full() { Err(Refusal::SlotFull) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::booking_number::BookingNumber;
    use crate::domain::intention::tests::intention;
    use crate::domain::person::BirthDate;
    use crate::domain::round::RoundNumber;
    use crate::domain::round::tests::round_02;
    use crate::domain::site::{SiteId, SlotId};
    use jiff::civil::date;
    use rstest::rstest;

    #[rstest]
    #[case::the_last_seat(10, 9, 16, Ok(()))]
    #[case::full(10, 10, 16, Err(Refusal::SlotFull))]
    #[case::no_seats_at_all(0, 0, 16, Err(Refusal::SlotFull))]
    #[case::already_begun(10, 0, 13, Err(Refusal::SlotGone))]
    fn a_slot_gives_a_seat_while_it_has_one(
        #[case] capacity: u32,
        #[case] taken: u32,
        #[case] day: i8,
        #[case] expected: Result<(), Refusal>,
    ) {
        let at = |day, hour| date(2021, 7, day).at(hour, 0, 0, 0);
        let intention = intention(at(6, 14), &[Brand::AstraZeneca]);
        let born = BirthDate(date(1980, 1, 1));
        let who = Applicant {
            born,
            category: None,
            intention: Some(&intention),
            live: None,
            presence: Presence::Expected,
            chooses_until: None,
        };
        let slot = Slot {
            id: SlotId(1),
            site: SiteId(1),
            starts: at(day, 10),
            ends: at(day, 11),
            capacity,
            taken,
        };
        let now = taipei::instant(at(13, 10));
        assert_eq!(decide(&round_02(), &who, Some((&slot, Brand::AstraZeneca)), now), expected);
        let other = decide(&round_02(), &who, Some((&slot, Brand::Moderna)), now);
        assert!(
            matches!(other, Err(Refusal::BrandNotChosen | Refusal::SlotGone)),
            "not the brand that was chosen"
        );
        assert_eq!(decide(&round_02(), &who, None, now), Err(Refusal::SlotGone));
    }

    #[rstest]
    #[case::within_the_window("2021-07-14T10:00:00", 16, Ok(()))]
    #[case::after_the_window("2021-07-15T17:00:00", 16, Err("R07"))]
    #[case::once_it_has_begun("2021-07-15T10:00:00", 15, Err("R09"))]
    fn a_booking_is_cancelled_or_moved_within_the_window(
        #[case] now: &str,
        #[case] day: i8,
        #[case] expected: Result<(), &str>,
    ) {
        let at = |day, hour| date(2021, 7, day).at(hour, 0, 0, 0);
        let slot = |day, taken| Slot {
            id: SlotId(1),
            site: SiteId(1),
            starts: at(day, 10),
            ends: at(day, 11),
            capacity: 1,
            taken,
        };
        let now = taipei::instant(now.parse().unwrap());
        assert_eq!(
            may_cancel(&round_02(), Presence::Expected, Some(&slot(day, 1)), now)
                .map_err(Refusal::code),
            expected
        );
        let intention = intention(at(6, 14), &[Brand::AstraZeneca]);
        let live = BookingNumber::new(RoundNumber::try_from(2).unwrap(), 1).ok();
        let who = Applicant {
            born: BirthDate(date(1980, 1, 1)),
            category: None,
            intention: Some(&intention),
            live,
            presence: Presence::Expected,
            chooses_until: None,
        };
        let to = |taken| {
            let there = slot(17, taken);
            may_move(
                &round_02(),
                &who,
                Some(&slot(day, 1)),
                Some((&there, Brand::AstraZeneca)),
                now,
            )
        };
        assert_eq!(to(0).map_err(Refusal::code), expected);
        if expected.is_ok() {
            assert_eq!(to(1), Err(Refusal::SlotFull), "and only where there is a seat");
        }
    }

    #[test]
    fn whoever_has_checked_in_keeps_their_booking() {
        let at = |day, hour| date(2021, 7, day).at(hour, 0, 0, 0);
        let slot = Slot {
            id: SlotId(1),
            site: SiteId(1),
            starts: at(14, 10),
            ends: at(14, 11),
            capacity: 1,
            taken: 1,
        };
        // A quarter of an hour early, within the window.
        let now = taipei::instant(date(2021, 7, 14).at(9, 45, 0, 0));
        let refused = |presence| may_cancel(&round_02(), presence, Some(&slot), now).err();
        assert_eq!(refused(Presence::Expected), None);
        assert_eq!(refused(Presence::Came), Some(Refusal::CheckedIn));
    }
}
