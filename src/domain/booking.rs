//! Bookings: their number, and the decision whether one comes to be. Storing it is a matter of
//! `server`.

use super::eligibility::{Applicant, Refusal, may_book};
use super::round::{Brand, Phase, Round, RoundNumber};
use super::site::Slot;
use super::taipei;
use jiff::Timestamp;
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

    /// Reads ten digits.
    ///
    /// # Errors
    /// [`BookingNumberError::Digits`] or [`BookingNumberError::Round`].
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

/// Whether a booking may be cancelled now: within the round's window (citizen's manual, part 3),
/// and not once its time has begun.
///
/// # Errors
/// [`Refusal::Closed`] or [`Refusal::SlotGone`].
pub fn may_cancel(round: &Round, slot: Option<&Slot>, now: Timestamp) -> Result<(), Refusal> {
    if let Phase::Closed { closed } = round.phase(now) {
        return Err(Refusal::Closed { closed });
    }
    slot.filter(|slot| taipei::instant(slot.starts) > now).map(|_| ()).ok_or(Refusal::SlotGone)
}

/// Whether whoever has a booking may have a seat of this slot instead.
///
/// # Errors
/// The [`Refusal`] of the first rule that says no.
pub fn may_move(
    round: &Round,
    who: &Applicant<'_>,
    from: Option<&Slot>,
    to: Option<(&Slot, Brand)>,
    now: Timestamp,
) -> Result<(), Refusal> {
    may_cancel(round, from, now)?;
    decide(round, &Applicant { live: None, ..*who }, to, now)
}

/// Whether this person may have a seat of this slot now: the person and the round first, then the
/// brand that the slot's site gives, then the slot.
///
/// # Errors
/// The [`Refusal`] of the first rule that says no.
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
    use crate::domain::intention::tests::intention;
    use crate::domain::person::BirthDate;
    use crate::domain::round::tests::round_02;
    use crate::domain::site::{SiteId, SlotId};
    use jiff::civil::date;
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
        fn a_booking_number_reads_back_as_itself(round in 1u8..=99, sequence in 0u32..=LAST_SEQUENCE) {
            let number = BookingNumber::new(RoundNumber::try_from(round).unwrap(), sequence).unwrap();
            prop_assert_eq!(number.to_string().len(), 10);
            prop_assert_eq!(BookingNumber::parse(&number.to_string()), Ok(number));
        }
    }

    #[test]
    fn there_is_no_hundred_millionth_booking() {
        let round = RoundNumber::try_from(2).unwrap();
        assert_eq!(BookingNumber::new(round, LAST_SEQUENCE + 1), Err(BookingNumberError::Sequence));
    }

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
        let who = Applicant { born, category: None, intention: Some(&intention), live: None };
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
            may_cancel(&round_02(), Some(&slot(day, 1)), now).map_err(Refusal::code),
            expected
        );
        let intention = intention(at(6, 14), &[Brand::AstraZeneca]);
        let live = BookingNumber::new(RoundNumber::try_from(2).unwrap(), 1).ok();
        let who = Applicant {
            born: BirthDate(date(1980, 1, 1)),
            category: None,
            intention: Some(&intention),
            live,
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
}
