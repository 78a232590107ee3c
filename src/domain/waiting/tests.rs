//! The rules of the line as tables, and its order for any line and any seats.

use super::*;
use crate::domain::round::tests::round_02;
use jiff::civil::date;
use proptest::prelude::*;
use rstest::rstest;

const DAAN: DistrictCode = DistrictCode(6_300_300);
const SHILIN: DistrictCode = DistrictCode(6_301_100);

fn site(id: u32, district: DistrictCode, brand: Brand) -> Site {
    let text = String::new;
    let (name_zh, name_en, address_zh, address_en) = (text(), text(), text(), text());
    Site { id: SiteId(id), district, name_zh, name_en, address_zh, address_en, brand }
}

fn slot(id: u32, site: u32, day: i8, hour: i8) -> Slot {
    let at = |hour| date(2021, 7, day).at(hour, 0, 0, 0);
    let (id, site) = (SlotId(id), SiteId(site));
    Slot { id, site, starts: at(hour), ends: at(hour + 1), capacity: 1, taken: 0 }
}

fn wish(places: Places, days: &[i8], part: DayPart) -> WaitingWish {
    let days = days.iter().map(|day| date(2021, 7, *day)).collect();
    WaitingWish { places, days, part, brands: vec![Brand::AstraZeneca] }
}

fn in_districts(districts: &[DistrictCode]) -> Places {
    Places::Districts(districts.to_vec())
}

#[rstest]
#[case::its_district(in_districts(&[SHILIN, DAAN]), &[], DayPart::Any, true)]
#[case::another_district(in_districts(&[SHILIN]), &[], DayPart::Any, false)]
#[case::its_site(Places::Site(SiteId(1)), &[], DayPart::Any, true)]
#[case::another_site(Places::Site(SiteId(2)), &[], DayPart::Any, false)]
#[case::its_day(in_districts(&[DAAN]), &[15, 16], DayPart::Any, true)]
#[case::another_day(in_districts(&[DAAN]), &[15], DayPart::Any, false)]
#[case::in_the_morning(in_districts(&[DAAN]), &[], DayPart::Morning, false)]
#[case::at_noon(in_districts(&[DAAN]), &[], DayPart::Afternoon, true)]
#[case::in_the_evening(in_districts(&[DAAN]), &[], DayPart::Evening, false)]
fn a_seat_suits_by_place_day_and_hour(
    #[case] places: Places,
    #[case] days: &[i8],
    #[case] part: DayPart,
    #[case] suits: bool,
) {
    let wish = wish(places, days, part);
    let noon = slot(1, 1, 16, 12).starts;
    assert_eq!(wish.suits(&site(1, DAAN, Brand::AstraZeneca), noon), suits);
    assert!(!wish.suits(&site(1, DAAN, Brand::Moderna), noon), "never another vaccine");
}

#[test]
fn each_hour_is_in_one_part_of_the_day() {
    for hour in 0..24 {
        let parts = DayPart::ALL
            .into_iter()
            .filter(|part| part.has(slot(1, 1, 16, 0).starts.with().hour(hour).build().unwrap()));
        assert_eq!(parts.count(), 2, "{hour}: any, and one of the three");
    }
}

#[rstest]
#[case::one_district(in_districts(&[DAAN]), 1, true)]
#[case::a_site(Places::Site(SiteId(1)), 31, true)]
#[case::nowhere(in_districts(&[]), 1, false)]
#[case::a_district_that_is_none(in_districts(&[DistrictCode(1)]), 1, false)]
#[case::too_many_districts(in_districts(&[DAAN; 9]), 1, false)]
#[case::too_many_days(in_districts(&[DAAN]), 32, false)]
fn what_can_be_waited_for(#[case] places: Places, #[case] days: usize, #[case] sense: bool) {
    let mut wish = wish(places, &[], DayPart::Any);
    wish.days = vec![date(2021, 7, 16); days];
    assert_eq!(wish.makes_sense(&round_02()), sense);
    for brands in [vec![], vec![Brand::AstraZeneca; 2]] {
        wish.brands = brands;
        assert!(!wish.makes_sense(&round_02()));
    }
}

/// The round is open from the 13th at 10:00 until the 15th at 17:00.
#[rstest]
#[case::half_an_hour("2021-07-14T10:00:00", 16, 9, Some("2021-07-14T10:30:00"))]
#[case::until_two_hours_before("2021-07-14T06:45:00", 14, 9, Some("2021-07-14T07:00:00"))]
#[case::too_short_to_come("2021-07-14T06:51:00", 14, 9, None)]
#[case::the_slot_is_near("2021-07-14T08:00:00", 14, 9, None)]
#[case::until_the_round_closes("2021-07-15T16:45:00", 16, 9, Some("2021-07-15T17:00:00"))]
#[case::the_round_is_over("2021-07-15T17:00:00", 16, 9, None)]
#[case::the_round_is_not_open("2021-07-13T09:59:59", 16, 9, None)]
fn how_long_a_seat_is_held(
    #[case] now: &str,
    #[case] day: i8,
    #[case] hour: i8,
    #[case] until: Option<&str>,
) {
    let instant = |text: &str| taipei::instant(text.parse().unwrap());
    let held = held_until(&round_02(), &slot(1, 1, day, hour), instant(now));
    assert_eq!(held, until.map(instant));
}

#[test]
fn the_third_offer_that_lapses_leads_to_the_end_of_the_line() {
    assert_eq!(after_lapse(0), AfterLapse::Stays(1));
    assert_eq!(after_lapse(1), AfterLapse::Stays(2));
    assert_eq!(after_lapse(2), AfterLapse::ToTheEnd);
}

#[test]
fn the_first_whom_it_suits_gets_the_earliest_seat() {
    let site = site(1, DAAN, Brand::AstraZeneca);
    let slots = [slot(2, 1, 16, 14), slot(1, 1, 16, 9)];
    let free = slots.iter().map(|slot| FreeSeat { site: &site, slot, seats: 1 }).collect();
    let mut seats = SeatsToOffer::new(free);
    let one = |part, passed: &[u32]| InLine {
        who: (),
        wish: wish(in_districts(&[SHILIN, DAAN]), &[], part),
        passed: passed.iter().map(|slot| SlotId(*slot)).collect(),
    };
    assert_eq!(seats.give(&one(DayPart::Evening, &[])), None);
    assert_eq!(
        seats.give(&one(DayPart::Any, &[1])),
        Some(SlotId(2)),
        "the first one lapsed before"
    );
    assert_eq!(seats.give(&one(DayPart::Afternoon, &[])), None, "it is given");
    assert_eq!(seats.give(&one(DayPart::Any, &[])), Some(SlotId(1)));
    assert!(seats.is_empty());
}

fn any_wish() -> impl Strategy<Value = WaitingWish> {
    let places = prop_oneof![
        prop::collection::vec(prop_oneof![Just(DAAN), Just(SHILIN)], 1..3)
            .prop_map(Places::Districts),
        (1_u32..5).prop_map(|site| Places::Site(SiteId(site))),
    ];
    let part = prop::sample::select(DayPart::ALL.to_vec());
    (places, prop::collection::vec(14_i8..18, 0..3), part)
        .prop_map(|(places, days, part)| wish(places, &days, part))
}

proptest! {
    /// Fair: no seat goes to somebody while it suits one before them who has none; nobody is given
    /// two; no seat is given twice; and none is left that suits somebody without one.
    #[test]
    fn seats_go_strictly_in_order_among_those_whom_they_suit(
        wishes in
            prop::collection::vec((any_wish(), prop::collection::vec(0_u32..20, 0..3)), 0..30),
        seats in prop::collection::vec((1_u32..5, 14_i8..18, 8_i8..20, 1_u32..3), 0..20),
    ) {
        let districts = [DAAN, DAAN, SHILIN, SHILIN];
        let sites: Vec<Site> =
            (1..=4).zip(districts).map(|(id, code)| site(id, code, Brand::AstraZeneca)).collect();
        let slots: Vec<Slot> = (0..)
            .zip(&seats)
            .map(|(id, (at, day, hour, _))| slot(id, *at, *day, *hour))
            .collect();
        let place = |slot: &Slot| &sites[slot.site.0 as usize - 1];
        let free = slots
            .iter()
            .zip(&seats)
            .map(|(slot, (.., seats))| FreeSeat { site: place(slot), slot, seats: *seats })
            .collect();
        let line: Vec<InLine<usize>> = wishes
            .into_iter()
            .enumerate()
            .map(|(who, (wish, passed))| InLine {
                who, wish, passed: passed.into_iter().map(SlotId).collect(),
            })
            .collect();
        let mut left = SeatsToOffer::new(free);
        let given: Vec<Option<SlotId>> = line.iter().map(|next| left.give(next)).collect();
        let suits = |one: &InLine<usize>, slot: &Slot| {
            one.wish.suits(place(slot), slot.starts) && !one.passed.contains(&slot.id)
        };
        for (one, got) in line.iter().zip(&given) {
            if let Some(got) = got {
                let slot = &slots[got.0 as usize];
                prop_assert!(suits(one, slot));
                let before = line[..one.who].iter().zip(&given);
                let passed_over =
                    before.filter(|(before, got)| got.is_none() && suits(before, slot)).count();
                prop_assert_eq!(passed_over, 0, "somebody before them has nothing");
            }
        }
        for (slot, (.., seats)) in slots.iter().zip(&seats) {
            let sold = given.iter().filter(|got| **got == Some(slot.id)).count();
            prop_assert!(sold <= *seats as usize, "a seat was given twice");
            let without = line.iter().zip(&given).filter(|(_, got)| got.is_none());
            let wanted = without.filter(|(one, _)| suits(one, slot)).count();
            prop_assert!(sold == *seats as usize || wanted == 0, "a seat is left that suits one");
        }
    }
}
