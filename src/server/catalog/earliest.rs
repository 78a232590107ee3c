//! The earliest free slots, from memory: of each site, and of the sites near a district. The order
//! in which they are offered is the domain's rule; which slots are free is kept by `free_slots`.

use super::cached_body::Body;
use super::{CatalogSlot, Snapshot};
use crate::api::sites::{EarliestQuery, EarliestSlot};
use crate::domain::earliest::{Candidate, first, may_be_offered};
use crate::domain::region::DistrictCode;
use crate::domain::taipei;
use jiff::Timestamp;
use jiff::civil::DateTime;

impl Snapshot {
    /// `GET /v1/districts/{district}/earliest-slots`; `None` if there is no such district.
    pub fn earliest_slots_body(
        &self,
        district: DistrictCode,
        query: &EarliestQuery,
        now: Timestamp,
    ) -> Option<Body> {
        Some(Body::of(&self.earliest_slots(district, query, now)?))
    }

    fn earliest_slots(
        &self,
        district: DistrictCode,
        query: &EarliestQuery,
        now: Timestamp,
    ) -> Option<Vec<EarliestSlot>> {
        let (wanted, civil_now) = (&query.brands.0, taipei::civil(now));
        let near = self.near.around(district)?;
        let candidates = near.filter_map(|(metres, at)| {
            if !wanted.contains(&self.sites[at].site.brand) {
                return None;
            }
            let slot = self.earliest_of(at, civil_now)?;
            Some(Candidate { site: (at, slot), starts: slot.slot.starts, metres })
        });
        let not_before = self.first_start.max(civil_now);
        let found = first(query.order, query.limit.into(), not_before, candidates);
        // The last seat may have been taken since the slot was found.
        let still_free =
            found.into_iter().filter_map(|Candidate { site: (at, slot), metres, .. }| {
                let (site, slot) = (&self.sites[at].site, slot.now());
                may_be_offered(&slot, site.brand, wanted, now).then(|| EarliestSlot {
                    site: site.clone(),
                    slot,
                    metres,
                })
            });
        Some(still_free.collect())
    }

    /// The first slot of the site at this position that has a free seat and has not begun.
    pub(super) fn earliest_of(&self, site: usize, now: DateTime) -> Option<&CatalogSlot> {
        let site = &self.sites[site];
        let slots = &self.slots[site.slots.clone()];
        let first = &slots[site.free_slots.first(0)?];
        if first.slot.starts > now {
            return Some(first);
        }
        // Some have begun that still have seats: those are passed over.
        let begun = slots.partition_point(|shown| shown.slot.starts <= now);
        Some(&slots[site.free_slots.first(begun)?])
    }
}

#[cfg(test)]
mod tests;
