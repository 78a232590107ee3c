//! The desk's sites with their earliest free slots, in the order of the domain's own rule. The same
//! four sites are in each district; around the person's own they have numbers of their own.

use super::{Desk, site};
use vaxkiosk::api::sites::{DistrictSeats, EarliestQuery, EarliestSlot, Seats, SiteView};
use vaxkiosk::domain::earliest::{Candidate, first, may_be_offered};
use vaxkiosk::domain::region::{DistrictCode, by_distance, district, districts};
use vaxkiosk::domain::round::Brand;
use vaxkiosk::domain::site::{Site, SiteId, Slot};
use vaxkiosk::domain::taipei;

const SITES: std::ops::RangeInclusive<u32> = 1..=4;

impl Desk {
    /// Of all districts with a site.
    pub(super) fn seats(&self) -> Seats {
        let is_full = |code: u32| self.nothing_free || code.is_multiple_of(11);
        let free = |code: u32| if is_full(code) { 0 } else { self.free(SiteId(code % 50)) };
        let told = districts().filter(|d| self.siteless != Some(d.code));
        let told = told.map(|d| DistrictSeats { district: d.code, free: free(d.code.0) });
        Seats { districts: told.collect() }
    }

    pub(super) fn sites(&self, district: DistrictCode, now: jiff::Timestamp) -> Vec<SiteView> {
        let view = |id| {
            let site = site(id, district);
            let earliest = self.earliest(&site, &Brand::ALL, now);
            SiteView { site, free: self.free(SiteId(id)), earliest }
        };
        SITES.map(view).collect()
    }

    /// Of the district and of those around it.
    pub(super) fn earliest_slots(
        &self,
        from: DistrictCode,
        query: &EarliestQuery,
        now: jiff::Timestamp,
    ) -> Vec<EarliestSlot> {
        let near = by_distance(district(from).expect("a district of the country"));
        let candidates = near.into_iter().zip([0, 10, 20]).flat_map(|((near, metres), above)| {
            SITES.filter_map(move |id| {
                let site = site(above + id, near.code);
                let slot = self.earliest(&site, &query.brands.0, now)?;
                Some(Candidate { starts: slot.starts, site: (site, slot), metres })
            })
        });
        let found = first(query.order, query.limit.into(), taipei::civil(now), candidates);
        let view = |Candidate { site: (site, slot), metres, .. }: Candidate<(Site, Slot)>| {
            EarliestSlot { site, slot, metres }
        };
        found.into_iter().map(view).collect()
    }

    fn earliest(&self, site: &Site, wanted: &[Brand], now: jiff::Timestamp) -> Option<Slot> {
        let mut slots = self.slots(site.id).into_iter();
        slots.find(|slot| may_be_offered(slot, site.brand, wanted, now))
    }
}
