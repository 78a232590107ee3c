//! The earliest free slots of a made-up round in five districts, against the rule itself applied to
//! every slot. Nothing here touches a database.

use super::*;
use crate::api::sites::{BrandCodes, SiteView};
use crate::domain::earliest::SiteOrder;
use crate::domain::region::{by_distance, district};
use crate::domain::round::Brand;
use crate::domain::round::tests::round_02;
use crate::domain::site::{Site, SiteId, Slot, SlotId};
use crate::server::catalog::Catalog;
use crate::server::store::programme::{Programme, Seats};
use jiff::civil::date;
use proptest::prelude::*;

const DAAN: DistrictCode = DistrictCode(6_300_300);
const XINYI: DistrictCode = DistrictCode(6_300_200);
const SLOTS_A_SITE: u32 = 70;

fn named(county: &str, name: &str) -> DistrictCode {
    let mut all = crate::domain::region::districts();
    all.find(|found| found.zh == name && found.county.county().zh == county).unwrap().code
}

/// Two sites in each of five districts, one of each brand: in Taipei, in the far south, and on an
/// island.
fn districts() -> [DistrictCode; 5] {
    [DAAN, XINYI, named("屏東縣", "恆春鎮"), named("金門縣", "金城鎮"), named("連江縣", "南竿鄉")]
}

fn site(nth: u32) -> Site {
    Site {
        id: SiteId(nth + 1),
        district: districts()[nth as usize / 2],
        name_zh: "練習".into(),
        name_en: "Practice".into(),
        address_zh: "練習路".into(),
        address_en: "Lianxi Rd.".into(),
        brand: Brand::ALL[nth as usize % 2],
    }
}

/// Ten hours a day for seven days from the day on which the round opens.
fn slot(nth: u32) -> Slot {
    let (day, hour) = (nth % SLOTS_A_SITE / 10, nth % 10);
    let starts = date(2021, 7, 13 + day as i8).at(9 + hour as i8, 0, 0, 0);
    Slot {
        id: SlotId(nth + 1),
        site: SiteId(nth / SLOTS_A_SITE + 1),
        starts,
        ends: starts.date().at(10 + hour as i8, 0, 0, 0),
        capacity: 10,
        taken: 4,
    }
}

fn catalog() -> Catalog {
    let catalog = Catalog::default();
    catalog.publish(Programme {
        round: round_02(),
        sites: (0..10).map(site).collect(),
        slots: (0..10 * SLOTS_A_SITE).map(slot).collect(),
    });
    catalog
}

fn at(day: i8, hour: i8) -> Timestamp {
    taipei::instant(date(2021, 7, day).at(hour, 0, 0, 0))
}

fn seats(slot: u32, taken: u32) -> Seats {
    Seats { slot: SlotId(slot), capacity: 10, taken }
}

fn ask(
    catalog: &Catalog,
    from: DistrictCode,
    query: &EarliestQuery,
    now: Timestamp,
) -> Vec<EarliestSlot> {
    let body = catalog.snapshot().unwrap().earliest_slots_body(from, query, now).unwrap();
    serde_json::from_slice(&body.bytes).unwrap()
}

fn ids(found: &[EarliestSlot]) -> Vec<(u32, u32)> {
    found.iter().map(|found| (found.site.id.0, found.slot.id.0)).collect()
}

fn of(brand: Brand) -> EarliestQuery {
    EarliestQuery { brands: BrandCodes(vec![brand]), ..EarliestQuery::default() }
}

#[test]
fn the_own_district_comes_first_then_near_ones_and_nobody_crosses_the_sea() {
    let catalog = catalog();
    let found = ask(&catalog, DAAN, &of(Brand::AstraZeneca), at(13, 8));
    assert_eq!(ids(&found), [(1, 1), (3, 141), (5, 281)]);
    let metres: Vec<u32> = found.iter().map(|found| found.metres).collect();
    assert_eq!(metres[0], 0);
    assert!((1_000..5_000).contains(&metres[1]), "{metres:?}");
    assert!((300_000..400_000).contains(&metres[2]), "{metres:?}");
    let jinning = named("金門縣", "金寧鄉");
    let found = ask(&catalog, jinning, &of(Brand::AstraZeneca), at(13, 8));
    assert_eq!(ids(&found), [(7, 421)], "from a district without a site, on the same island");
    let nobody = ask(&catalog, named("澎湖縣", "馬公市"), &EarliestQuery::default(), at(13, 8));
    assert_eq!(nobody, []);
    let snapshot = catalog.snapshot().unwrap();
    let query = EarliestQuery::default();
    assert!(snapshot.earliest_slots_body(DistrictCode(100), &query, at(13, 8)).is_none());
}

#[test]
fn what_is_taken_and_what_has_begun_makes_way_for_the_next_and_comes_back() {
    let catalog = catalog();
    let first = |now| ids(&ask(&catalog, DAAN, &of(Brand::AstraZeneca), now))[0];
    assert_eq!(first(at(13, 8)), (1, 1));
    assert_eq!(first(at(13, 9)), (1, 2), "a slot that begins now has begun");
    catalog.committed([seats(1, 10), seats(2, 10), seats(3, 9)]);
    assert_eq!(first(at(13, 8)), (1, 3));
    catalog.committed([seats(2, 9)]);
    assert_eq!(first(at(13, 8)), (1, 2));
    assert_eq!(first(at(13, 11)), (1, 4), "free seats of what has begun are passed over");
    catalog.refresh(&[seats(3, 10), seats(1, 0)], catalog.stamp());
    assert_eq!(first(at(13, 8)), (1, 1), "what other servers changed counts too");
    let all = (1..=SLOTS_A_SITE).map(|slot| seats(slot, 10));
    catalog.committed(all);
    assert_eq!(first(at(13, 8)), (3, 141), "all full here: the next district");
}

#[test]
fn the_sites_of_a_district_say_their_earliest_until_it_begins() {
    let catalog = catalog();
    let snapshot = catalog.snapshot().unwrap();
    let earliest = |now| {
        let body = snapshot.sites_body(DAAN, now).unwrap();
        let views: Vec<SiteView> = serde_json::from_slice(&body.bytes).unwrap();
        views.into_iter().map(|view| view.earliest.map(|slot| slot.id.0)).collect::<Vec<_>>()
    };
    assert_eq!(earliest(at(13, 8)), [Some(1), Some(71)]);
    assert_eq!(earliest(at(13, 9)), [Some(2), Some(72)], "nothing was changed but the time");
    catalog.committed([seats(72, 10)]);
    assert_eq!(earliest(at(13, 9)), [Some(2), Some(73)]);
    assert_eq!(earliest(at(30, 9)), [None, None]);
    let body = snapshot.sites_body(DAAN, at(30, 9)).unwrap();
    assert!(!String::from_utf8_lossy(&body.bytes).contains("earliest"), "missing, not null");
}

/// The rule applied to each slot of the round, one after another.
fn by_hand(
    slots: &[Slot],
    from: DistrictCode,
    query: &EarliestQuery,
    now: Timestamp,
) -> Vec<(u32, u32)> {
    let near = by_distance(district(from).unwrap());
    let mut found = Vec::new();
    for nth in 0..10 {
        let site = site(nth);
        let Some((_, metres)) = near.iter().find(|(near, _)| near.code == site.district) else {
            continue;
        };
        let own = slots.iter().filter(|slot| slot.site == site.id);
        let mut free = own.filter(|slot| may_be_offered(slot, site.brand, &query.brands.0, now));
        if let Some(slot) = free.next() {
            let rank = query.order.rank(Some(slot.starts), *metres);
            found.push((rank, *metres, site.district, site.id.0, slot.id.0));
        }
    }
    found.sort();
    found.truncate(query.limit.into());
    found.into_iter().map(|(.., site, slot)| (site, slot)).collect()
}

proptest! {
    #[test]
    fn whatever_was_changed_it_is_what_the_rule_says_of_every_slot(
        changes in proptest::collection::vec((0_u32..700, 8_u32..=10), 0..1500),
        from in 0_usize..5,
        order in 0_usize..3,
        brands in prop::sample::subsequence(Brand::ALL.to_vec(), 1..=2),
        limit in 1_u8..6,
        now in (13_i8..21, 0_i8..24),
    ) {
        let catalog = catalog();
        let mut slots: Vec<Slot> = (0..10 * SLOTS_A_SITE).map(slot).collect();
        for (nth, taken) in changes {
            slots[nth as usize].taken = taken;
            catalog.committed([seats(nth + 1, taken)]);
        }
        let order = SiteOrder::ALL[order];
        let query = EarliestQuery { brands: BrandCodes(brands), order, limit };
        let (from, now) = (districts()[from], at(now.0, now.1));
        let found = ask(&catalog, from, &query, now);
        prop_assert_eq!(ids(&found), by_hand(&slots, from, &query, now));
    }
}
