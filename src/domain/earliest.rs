//! Which free slots a person is offered first: the earliest that suits them, in their own district
//! before others, and near ones before far ones. How far districts are apart is in `region`; which
//! slots a site has is known to `server`.

use super::round::Brand;
use super::site::Slot;
use super::taipei;
use jiff::Timestamp;
use jiff::civil::DateTime;
use serde::{Deserialize, Serialize};

const DAY: i64 = 24 * 60 * 60;
/// A slot in another district counts as if it were so many seconds later. People registered for
/// their own district, and wait up to two days to stay there.
const LEAVING_THE_DISTRICT: i64 = 2 * DAY;
/// How many metres further count as much as a day later.
const METRES_A_DAY: i64 = 10_000;

/// In which order sites with their earliest free slots are listed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub enum SiteOrder {
    /// By time, where a slot in another district counts as if it were two days later, and a day
    /// more for each ten kilometres. The first is what the person is offered.
    #[default]
    Suitable,
    /// The earliest first, and at the same time the nearest.
    Time,
    /// The nearest first, and at the same distance the earliest.
    Distance,
}

/// A site's place in an order: the lower one comes first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Rank {
    full: bool,
    first: i64,
    second: i64,
}

impl SiteOrder {
    pub const ALL: [SiteOrder; 3] = [SiteOrder::Suitable, SiteOrder::Time, SiteOrder::Distance];

    /// The place of a site whose earliest free slot starts then, `metres` from the person's
    /// district, 0 if it lies in it. A site without a free slot comes after all that have one, the
    /// nearest first.
    pub fn rank(self, earliest: Option<DateTime>, metres: u32) -> Rank {
        let distance = i64::from(metres);
        let Some(starts) = earliest else {
            return Rank { full: true, first: distance, second: 0 };
        };
        let time = taipei::instant(starts).as_second();
        let (first, second) = match self {
            SiteOrder::Suitable => (time + detour(distance), distance),
            SiteOrder::Time => (time, distance),
            SiteOrder::Distance => (distance, time),
        };
        Rank { full: false, first, second }
    }

    /// As it is in a query.
    pub fn text(self) -> &'static str {
        match self {
            SiteOrder::Suitable => "suitable",
            SiteOrder::Time => "time",
            SiteOrder::Distance => "distance",
        }
    }
}

/// By how many seconds a slot so many metres away counts as later.
fn detour(metres: i64) -> i64 {
    if metres == 0 { 0 } else { LEAVING_THE_DISTRICT + metres * DAY / METRES_A_DAY }
}

/// Whether a slot at a site of this brand may be offered to who wants these brands: it has a free
/// seat and has not begun. Whether the person may book is another question (`eligibility`).
pub fn may_be_offered(slot: &Slot, brand: Brand, wanted: &[Brand], now: Timestamp) -> bool {
    wanted.contains(&brand) && !slot.is_full() && taipei::instant(slot.starts) > now
}

/// A site with the start of its earliest free slot.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Candidate<T> {
    pub site: T,
    pub starts: DateTime,
    pub metres: u32,
}

/// The first `limit` of the candidates in this order. They must come nearest first, and none may
/// start before `not_before`: the search then ends at the distance from which on no slot can come
/// before those that were found.
pub fn first<T>(
    order: SiteOrder,
    limit: usize,
    not_before: DateTime,
    candidates: impl IntoIterator<Item = Candidate<T>>,
) -> Vec<Candidate<T>> {
    let mut found: Vec<(Rank, Candidate<T>)> = Vec::with_capacity(limit + 1);
    for candidate in candidates {
        let worst = found.last().filter(|_| found.len() >= limit).map(|(rank, _)| *rank);
        if worst.is_some_and(|worst| order.rank(Some(not_before), candidate.metres) >= worst) {
            break;
        }
        let rank = order.rank(Some(candidate.starts), candidate.metres);
        // Of equals the one that came first stays first.
        let at = found.partition_point(|(other, _)| *other <= rank);
        found.insert(at, (rank, candidate));
        found.truncate(limit);
    }
    found.into_iter().map(|(_, candidate)| candidate).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::site::{SiteId, SlotId};
    use jiff::civil::date;
    use proptest::prelude::*;
    use rstest::rstest;

    fn at(day: i8, hour: i8) -> DateTime {
        date(2027, 7, day).at(hour, 0, 0, 0)
    }

    /// Each case is two sites, the one that comes first before the other: day and hour of the
    /// earliest free slot, and metres.
    #[rstest]
    #[case::own_district_at_the_same_time(SiteOrder::Suitable, (16, 9, 0), (16, 9, 2_000))]
    #[case::own_district_two_days_later(SiteOrder::Suitable, (18, 9, 0), (16, 9, 2_000))]
    #[case::a_near_one_four_days_earlier(SiteOrder::Suitable, (16, 9, 2_000), (20, 9, 0))]
    #[case::own_district_before_far_ones_for_longer(
        SiteOrder::Suitable, (20, 9, 0), (16, 9, 30_000)
    )]
    #[case::in_the_own_district_the_earliest(SiteOrder::Suitable, (16, 9, 0), (16, 10, 0))]
    #[case::at_one_time_the_nearest(SiteOrder::Suitable, (16, 9, 2_000), (16, 9, 2_001))]
    #[case::at_one_distance_the_earliest(SiteOrder::Suitable, (16, 9, 2_000), (16, 10, 2_000))]
    #[case::ten_kilometres_for_less_than_a_day(
        SiteOrder::Suitable, (17, 8, 2_000), (16, 9, 12_000)
    )]
    #[case::ten_kilometres_for_more_than_a_day(
        SiteOrder::Suitable, (16, 9, 12_000), (17, 10, 2_000)
    )]
    #[case::by_time_the_earliest_however_far(SiteOrder::Time, (16, 9, 90_000), (16, 10, 0))]
    #[case::by_time_the_nearest_of_equals(SiteOrder::Time, (16, 9, 0), (16, 9, 1))]
    #[case::by_distance_the_nearest_however_late(SiteOrder::Distance, (30, 9, 0), (16, 9, 1))]
    #[case::by_distance_the_earliest_of_equals(SiteOrder::Distance, (16, 9, 5), (16, 10, 5))]
    fn one_comes_before_the_other(
        #[case] order: SiteOrder,
        #[case] one: (i8, i8, u32),
        #[case] other: (i8, i8, u32),
    ) {
        let rank = |(day, hour, metres)| order.rank(Some(at(day, hour)), metres);
        assert!(rank(one) < rank(other), "{one:?} {other:?}");
    }

    #[test]
    fn a_full_site_comes_last_in_each_order_and_near_ones_before_far_ones() {
        for order in SiteOrder::ALL {
            let full = order.rank(None, 0);
            assert!(order.rank(Some(at(30, 19)), 400_000) < full, "{order:?}");
            assert!(full < order.rank(None, 1), "{order:?}");
        }
    }

    #[rstest]
    #[case::free(16, 9, &[Brand::Moderna], true)]
    #[case::one_of_several(16, 9, &Brand::ALL, true)]
    #[case::the_last_seat_is_gone(16, 10, &[Brand::Moderna], false)]
    #[case::another_brand(16, 9, &[Brand::AstraZeneca], false)]
    #[case::no_brand(16, 9, &[], false)]
    #[case::begun_this_moment(13, 9, &[Brand::Moderna], false)]
    #[case::begun_long_ago(12, 9, &[Brand::Moderna], false)]
    fn full_slots_begun_ones_and_other_brands_are_not_offered(
        #[case] day: i8,
        #[case] taken: u32,
        #[case] wanted: &[Brand],
        #[case] offered: bool,
    ) {
        let slot = Slot {
            id: SlotId(1),
            site: SiteId(1),
            starts: at(day, 10),
            ends: at(day, 11),
            capacity: 10,
            taken,
        };
        let now = taipei::instant(at(13, 10));
        assert_eq!(may_be_offered(&slot, Brand::Moderna, wanted, now), offered);
    }

    #[test]
    fn an_order_is_spelled_as_on_the_wire() {
        for order in SiteOrder::ALL {
            assert_eq!(serde_json::to_value(order).unwrap(), order.text());
        }
    }

    #[test]
    fn the_search_ends_where_nothing_better_can_come() {
        let near =
            (0..1000).map(|nth| Candidate { site: nth, starts: at(16, 9), metres: nth * 1000 });
        let mut looked = 0;
        let found = first(SiteOrder::Suitable, 5, at(16, 9), near.inspect(|_| looked += 1));
        assert_eq!(found.iter().map(|found| found.site).collect::<Vec<_>>(), [0, 1, 2, 3, 4]);
        assert_eq!(looked, 6, "those that were found, and the first that comes too late");
    }

    proptest! {
        /// Ending early changes nothing: it is what sorting all of them gives.
        #[test]
        fn the_first_are_those_of_the_sorted_whole(
            mut sites in proptest::collection::vec((0_u32..60_000, 14_i8..31, 8_i8..20), 0..60),
            limit in 1_usize..8,
        ) {
            sites.sort_by_key(|(metres, ..)| *metres);
            for order in SiteOrder::ALL {
                let candidates: Vec<Candidate<usize>> = sites
                    .iter()
                    .enumerate()
                    .map(|(site, (metres, day, hour))| Candidate {
                        site,
                        starts: at(*day, *hour),
                        metres: *metres,
                    })
                    .collect();
                let mut sorted = candidates.clone();
                sorted.sort_by_key(|found| order.rank(Some(found.starts), found.metres));
                sorted.truncate(limit);
                prop_assert_eq!(first(order, limit, at(14, 8), candidates), sorted);
            }
        }
    }
}
