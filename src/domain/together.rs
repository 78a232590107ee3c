//! Several people who book in one visit: how many may, and which hours keep them together. One hour
//! for all comes first; else hours of one day at one site that follow each other.

use super::site::{Slot, SlotId};
use super::taipei;
use jiff::Timestamp;

/// How many people book together at most.
pub const PEOPLE_AT_MOST: usize = 6;

/// So many of the people in the same hour.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct HourShare {
    pub slot: SlotId,
    pub people: u32,
}

/// The hours of a site that have a seat for each of so many people, the earliest first.
pub fn one_hour(slots: &[Slot], people: u32, now: Timestamp) -> Vec<SlotId> {
    let with_room = to_come(slots, now).into_iter().filter(|slot| slot.free() >= people);
    with_room.map(|slot| slot.id).collect()
}

/// Ways to seat so many people of a site in hours that follow each other: those with the fewest
/// hours first, then the earliest. None needs only one hour.
pub fn neighbouring(slots: &[Slot], people: u32, now: Timestamp) -> Vec<Vec<HourShare>> {
    let slots: Vec<&Slot> =
        to_come(slots, now).into_iter().filter(|slot| !slot.is_full()).collect();
    let from = |first: usize| {
        let mut end = first + 1;
        let room = |end: usize| slots[first..end].iter().map(|slot| slot.free()).sum::<u32>();
        while room(end) < people {
            let next = slots.get(end)?;
            if next.starts != slots[end - 1].ends {
                return None;
            }
            end += 1;
        }
        (end - first > 1).then(|| shares(&slots[first..end], people))
    };
    let mut ways: Vec<Vec<HourShare>> = (0..slots.len()).filter_map(from).collect();
    // It keeps the order of time among those with as many hours.
    ways.sort_by_key(Vec::len);
    ways
}

/// Whether people with seats in these slots are together: at one site, on one day, in one hour or
/// in hours that follow each other.
pub fn are_together(slots: &[&Slot]) -> bool {
    let mut hours: Vec<&Slot> = slots.to_vec();
    hours.sort_by_key(|slot| (slot.starts, slot.id));
    hours.dedup_by_key(|slot| slot.id);
    hours.windows(2).all(|two| {
        let (one, next) = (two[0], two[1]);
        one.site == next.site && one.starts.date() == next.starts.date() && one.ends == next.starts
    })
}

/// Slots that have not begun, in the order of time.
fn to_come(slots: &[Slot], now: Timestamp) -> Vec<&Slot> {
    let mut slots: Vec<&Slot> =
        slots.iter().filter(|slot| taipei::instant(slot.starts) > now).collect();
    slots.sort_by_key(|slot| (slot.starts, slot.id));
    slots
}

/// How many sit in each hour. The first hours are filled; nobody is alone in the last one if it has
/// another seat and somebody can be spared.
fn shares(hours: &[&Slot], people: u32) -> Vec<HourShare> {
    let mut left = people;
    let share = |slot: &&Slot| {
        let people = slot.free().min(left);
        left -= people;
        HourShare { slot: slot.id, people }
    };
    let mut shares: Vec<HourShare> = hours.iter().map(share).collect();
    let room = hours.last().map_or(0, |slot| slot.free());
    if let [.., before, last] = shares.as_mut_slice()
        && last.people == 1
        && room > 1
        && before.people > 2
    {
        before.people -= 1;
        last.people += 1;
    }
    shares
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::site::SiteId;
    use jiff::civil::date;
    use proptest::prelude::*;
    use rstest::rstest;

    /// A slot of an hour with so many free seats; its number is its day and hour.
    fn slot(site: u32, day: i8, hour: i8, free: u32) -> Slot {
        let at = |hour| date(2027, 7, day).at(hour, 0, 0, 0);
        Slot {
            id: SlotId(site * 10_000 + day as u32 * 100 + hour as u32),
            site: SiteId(site),
            starts: at(hour),
            ends: at(hour + 1),
            capacity: 10,
            taken: 10 - free,
        }
    }

    fn now() -> Timestamp {
        taipei::instant(date(2027, 7, 16).at(9, 0, 0, 0))
    }

    /// The free seats of the hours from 9 on, on the 16th at 9: the hour of nine has begun.
    fn day(free: &[u32]) -> Vec<Slot> {
        (9..).zip(free).map(|(hour, free)| slot(1, 16, hour, *free)).collect()
    }

    #[rstest]
    #[case::none_has_room(&[9, 3, 3], 4, &[])]
    #[case::just_enough(&[9, 3, 4], 4, &[11])]
    #[case::the_earliest_first(&[9, 6, 5, 6], 6, &[10, 12])]
    #[case::one_that_has_begun_is_none(&[9], 1, &[])]
    fn one_hour_has_a_seat_for_each(
        #[case] free: &[u32],
        #[case] people: u32,
        #[case] hours: &[u32],
    ) {
        let mut slots = day(free);
        slots.reverse();
        let found: Vec<u32> =
            one_hour(&slots, people, now()).iter().map(|slot| slot.0 % 100).collect();
        assert_eq!(found, hours);
    }

    #[rstest]
    #[case::two_hours(&[0, 2, 2], 4, &["10:2 11:2"])]
    #[case::the_fewest_hours_first(&[0, 1, 2, 3], 4, &["11:2 12:2", "10:1 11:2 12:1"])]
    #[case::nobody_is_alone_who_need_not(&[0, 5, 4], 6, &["10:4 11:2"])]
    #[case::there_is_one_seat_only(&[0, 5, 1], 6, &["10:5 11:1"])]
    #[case::nobody_can_be_spared(&[0, 2, 4], 3, &["10:2 11:1"])]
    #[case::a_full_hour_parts(&[0, 2, 0, 4], 5, &[])]
    #[case::not_enough(&[0, 2, 1], 4, &[])]
    #[case::not_where_one_hour_does(&[0, 6, 0], 4, &[])]
    fn neighbouring_hours_seat_all(
        #[case] free: &[u32],
        #[case] people: u32,
        #[case] expected: &[&str],
    ) {
        let found = neighbouring(&day(free), people, now());
        let plain = |way: &Vec<HourShare>| {
            let share = |share: &HourShare| format!("{}:{}", share.slot.0 % 100, share.people);
            way.iter().map(share).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(found.iter().map(plain).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn a_break_and_the_night_part_hours() {
        let slots = [slot(1, 16, 11, 2), slot(1, 16, 13, 2), slot(1, 17, 9, 2)];
        assert!(neighbouring(&slots, 4, now()).is_empty());
    }

    #[rstest]
    #[case::one_hour(&[(1, 16, 10), (1, 16, 10)], true)]
    #[case::alone(&[(1, 16, 10)], true)]
    #[case::two_hours(&[(1, 16, 11), (1, 16, 10), (1, 16, 11)], true)]
    #[case::an_hour_between(&[(1, 16, 10), (1, 16, 12)], false)]
    #[case::another_site(&[(1, 16, 10), (2, 16, 11)], false)]
    #[case::another_site_at_the_same_hour(&[(1, 16, 10), (2, 16, 10)], false)]
    #[case::another_day(&[(1, 16, 10), (1, 17, 10)], false)]
    fn together_is_one_site_and_one_stretch_of_a_day(
        #[case] places: &[(u32, i8, i8)],
        #[case] together: bool,
    ) {
        let slots: Vec<Slot> =
            places.iter().map(|(site, day, hour)| slot(*site, *day, *hour, 1)).collect();
        assert_eq!(are_together(&slots.iter().collect::<Vec<_>>()), together);
    }

    proptest! {
        /// What is proposed seats all, in seats that are free, and is what the service accepts.
        #[test]
        fn each_way_seats_all_where_there_are_seats(
            free in proptest::collection::vec(0_u32..5, 1..9),
            people in 1_u32..7,
        ) {
            let slots = day(&free);
            for way in neighbouring(&slots, people, now()) {
                prop_assert_eq!(way.iter().map(|share| share.people).sum::<u32>(), people);
                let of = |share: &HourShare| slots.iter().find(|slot| slot.id == share.slot);
                for share in &way {
                    prop_assert!((1..=of(share).unwrap().free()).contains(&share.people));
                }
                let hours: Vec<&Slot> = way.iter().filter_map(of).collect();
                prop_assert!(are_together(&hours));
            }
        }
    }
}
