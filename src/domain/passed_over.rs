//! Looks back at the offers of a round: whether somebody who waits was passed over. For the audit.

use super::site::{Site, Slot, SlotId};
use super::waiting::WaitingWish;
use jiff::{SignedDuration, Timestamp};
use std::collections::HashMap;

/// A server may have looked at the line so long before it offered what it had found.
const A_LOOK_TAKES: SignedDuration = SignedDuration::from_secs(30);

/// An offer that was made, and at which place its person stood.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct MadeOffer {
    pub slot: SlotId,
    pub place: i64,
    pub made: Timestamp,
}

/// Somebody who waits and was never offered anything.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NeverOffered {
    pub place: i64,
    /// Since when they wait for this.
    pub asked: Timestamp,
    pub wish: WaitingWish,
}

/// How many of those who were never offered anything stand before somebody who was offered a seat
/// that suits them, after they had asked.
pub fn passed_over<'a>(
    offers: &[MadeOffer],
    never: &[NeverOffered],
    place: impl Fn(SlotId) -> Option<(&'a Site, &'a Slot)>,
) -> u64 {
    let mut by_slot: HashMap<SlotId, Vec<&MadeOffer>> = HashMap::new();
    for offer in offers {
        by_slot.entry(offer.slot).or_default().push(offer);
    }
    let is_before = |one: &&NeverOffered| {
        by_slot.iter().any(|(slot, offers)| {
            let suits = place(*slot).is_some_and(|(site, slot)| one.wish.suits(site, slot.starts));
            let later = |offer: &&MadeOffer| {
                offer.place > one.place && offer.made > one.asked + A_LOOK_TAKES
            };
            suits && offers.iter().any(later)
        })
    };
    never.iter().filter(is_before).count() as u64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::region::DistrictCode;
    use crate::domain::round::Brand;
    use crate::domain::site::SiteId;
    use crate::domain::waiting::{DayPart, Places};
    use jiff::civil::date;
    use rstest::rstest;

    #[rstest]
    #[case::it_was_for_them(10, 0, DayPart::Any, 1)]
    #[case::they_stand_behind(30, 0, DayPart::Any, 0)]
    #[case::it_does_not_suit(10, 0, DayPart::Evening, 0)]
    #[case::they_had_just_asked(10, 80, DayPart::Any, 0)]
    #[case::they_asked_later(10, 200, DayPart::Any, 0)]
    fn one_is_passed_over_if_somebody_behind_them_got_what_suits_them(
        #[case] place: i64,
        #[case] asked: i64,
        #[case] part: DayPart,
        #[case] expected: u64,
    ) {
        let at = |seconds| Timestamp::from_second(1_800_000_000 + seconds).unwrap();
        let text = String::new;
        let (name_zh, name_en, address_zh, address_en) = (text(), text(), text(), text());
        let (district, brand) = (DistrictCode(6_300_300), Brand::Moderna);
        let site =
            Site { id: SiteId(1), district, name_zh, name_en, address_zh, address_en, brand };
        let hour = |hour| date(2027, 7, 16).at(hour, 0, 0, 0);
        let slot = Slot {
            id: SlotId(1),
            site: SiteId(1),
            starts: hour(9),
            ends: hour(10),
            capacity: 1,
            taken: 0,
        };
        let offer = MadeOffer { slot: SlotId(1), place: 20, made: at(100) };
        let places = Places::Districts(vec![district]);
        let wish = WaitingWish { places, days: Vec::new(), part, brands: vec![brand] };
        let one = NeverOffered { place, asked: at(asked), wish };
        assert_eq!(passed_over(&[offer], &[one], |_| Some((&site, &slot))), expected);
    }
}
