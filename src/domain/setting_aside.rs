//! Which seats are set aside for people whose slot is closed: the same brand, nearest first, then
//! earliest.

use super::region::within_county;
use super::site::{Site, SiteId, Slot, SlotId};
use jiff::civil::DateTime;
use std::collections::HashMap;

/// Free seats that may be set aside, and how many are left of each slot.
#[derive(Debug)]
pub struct FreeSeats<'a> {
    sites: HashMap<SiteId, &'a Site>,
    slots: Vec<&'a Slot>,
    left: Vec<u32>,
    /// For each site that loses a slot: what remains of its slots to look at, the best last.
    choices: HashMap<SiteId, Vec<usize>>,
}

impl<'a> FreeSeats<'a> {
    /// Seats of slots that begin after `until`, so that each is still to come when the time to
    /// choose has ended.
    pub fn new(sites: &'a [Site], slots: &'a [Slot], until: DateTime) -> Self {
        let slots: Vec<&Slot> =
            slots.iter().filter(|slot| slot.starts > until && !slot.is_full()).collect();
        let left = slots.iter().map(|slot| slot.free()).collect();
        let sites = sites.iter().map(|site| (site.id, site)).collect();
        Self { sites, slots, left, choices: HashMap::new() }
    }

    /// The seat for the next person who loses theirs at this site, which then is no longer free:
    /// at the same site, else in the same district, else by distance in the county; the earliest
    /// of a site or district. `None` if there is none.
    pub fn take(&mut self, site: SiteId) -> Option<SlotId> {
        if !self.choices.contains_key(&site) {
            let choices = self.rank(site);
            self.choices.insert(site, choices);
        }
        let choices = self.choices.get_mut(&site)?;
        // What others have emptied is never free again, so it is looked at once.
        while let Some(&best) = choices.last() {
            if self.left[best] > 0 {
                self.left[best] -= 1;
                return Some(self.slots[best].id);
            }
            choices.pop();
        }
        None
    }

    fn rank(&self, site: SiteId) -> Vec<usize> {
        let Some(from) = self.sites.get(&site) else { return Vec::new() };
        let distance = |to: &Site| {
            if to.id == from.id {
                Some(-2.0)
            } else if to.district == from.district {
                Some(-1.0)
            } else {
                within_county(from.district, to.district)
            }
        };
        let far: HashMap<SiteId, f64> = self
            .sites
            .values()
            .filter(|to| to.brand == from.brand)
            .filter_map(|to| Some((to.id, distance(to)?)))
            .collect();
        let mut choices: Vec<(f64, usize)> = (0..self.slots.len())
            .filter_map(|at| Some((*far.get(&self.slots[at].site)?, at)))
            .collect();
        let when = |at: usize| (self.slots[at].starts, self.slots[at].id);
        choices.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| when(b.1).cmp(&when(a.1))));
        choices.into_iter().map(|(_, at)| at).collect()
    }
}

/// The slots in whose seats those who lose theirs at `sites` may be placed: of the same brand, in
/// the same county.
pub fn near<'a>(
    sites: &'a [Site],
    slots: &'a [Slot],
    losing: &'a [&Site],
) -> impl Iterator<Item = &'a Slot> {
    let may = |to: &Site| {
        losing.iter().any(|from| {
            from.brand == to.brand
                && (from.district == to.district
                    || within_county(from.district, to.district).is_some())
        })
    };
    let may: HashMap<SiteId, bool> = sites.iter().map(|site| (site.id, may(site))).collect();
    slots.iter().filter(move |slot| may.get(&slot.site).copied().unwrap_or(false))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::region::DistrictCode;
    use crate::domain::round::Brand;
    use jiff::civil::date;

    /// Da'an and Zhongzheng of Taipei, and Banqiao of New Taipei.
    const DAAN: u32 = 6_300_300;
    const ZHONGZHENG: u32 = 6_300_500;
    const SHILIN: u32 = 6_301_100;
    const BANQIAO: u32 = 6_500_100;

    fn site(id: u32, district: u32, brand: Brand) -> Site {
        let text = String::new;
        let district = DistrictCode(district);
        let (name_zh, name_en, address_zh, address_en) = (text(), text(), text(), text());
        Site { id: SiteId(id), district, name_zh, name_en, address_zh, address_en, brand }
    }

    fn slot(id: u32, site: u32, day: i8, free: u32) -> Slot {
        let (starts, ends) =
            (date(2027, 7, day).at(9, 0, 0, 0), date(2027, 7, day).at(10, 0, 0, 0));
        let (id, site) = (SlotId(id), SiteId(site));
        Slot { id, site, starts, ends, capacity: 10, taken: 10 - free }
    }

    fn sites() -> Vec<Site> {
        let az = Brand::AstraZeneca;
        vec![
            site(1, DAAN, az),
            site(2, DAAN, az),
            site(3, DAAN, Brand::Moderna),
            site(4, ZHONGZHENG, az),
            site(5, SHILIN, az),
            site(6, BANQIAO, az),
        ]
    }

    #[test]
    fn the_nearest_seat_comes_first_then_the_earliest_and_none_twice() {
        let sites = sites();
        let slots = [
            slot(60, 6, 16, 10),
            slot(50, 5, 16, 1),
            slot(40, 4, 17, 1),
            slot(41, 4, 16, 1),
            slot(30, 3, 16, 10),
            slot(20, 2, 18, 1),
            slot(11, 1, 20, 1),
            slot(10, 1, 19, 2),
            slot(12, 1, 14, 10),
            slot(13, 1, 16, 0),
        ];
        let until = date(2027, 7, 15).at(12, 0, 0, 0);
        let mut free = FreeSeats::new(&sites, &slots, until);
        let taken: Vec<u32> =
            std::iter::from_fn(|| free.take(SiteId(1))).map(|slot| slot.0).collect();
        assert_eq!(taken, [10, 10, 11, 20, 41, 40, 50]);
        assert_eq!(free.take(SiteId(2)), None, "nothing is left for another site either");
        assert_eq!(free.take(SiteId(6)), Some(SlotId(60)));
        assert_eq!(free.take(SiteId(99)), None);
    }

    #[test]
    fn a_seat_that_begins_before_the_time_to_choose_has_ended_is_not_set_aside() {
        let (sites, slots) = (sites(), [slot(10, 1, 16, 1)]);
        let starts = date(2027, 7, 16).at(9, 0, 0, 0);
        assert_eq!(FreeSeats::new(&sites, &slots, starts).take(SiteId(1)), None);
        let before = date(2027, 7, 16).at(8, 59, 59, 0);
        assert_eq!(FreeSeats::new(&sites, &slots, before).take(SiteId(1)), Some(SlotId(10)));
    }

    #[test]
    fn near_are_the_sites_of_the_brand_in_the_county() {
        let sites = sites();
        let slots: Vec<Slot> = (1..=6).map(|id| slot(id, id, 16, 1)).collect();
        let losing = [&sites[0]];
        let near: Vec<u32> = near(&sites, &slots, &losing).map(|slot| slot.id.0).collect();
        assert_eq!(near, [1, 2, 4, 5]);
    }
}
