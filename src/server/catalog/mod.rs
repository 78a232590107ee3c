//! What the crowd reads, in memory: the round, its sites, their slots and free seats. The writer
//! and the watch tell it what has changed; no request ever asks the database. Who may book is not
//! known here.

mod cached_body;
mod earliest;
mod free_slots;
mod near;
mod publication;

pub use cached_body::Body;
pub use publication::{Publication, RENEWED_AFTER};

use super::store::programme::{Programme, Seats};
use crate::api::sites::{DistrictSeats, SiteView};
use crate::domain::region::DistrictCode;
use crate::domain::round::{Brand, Round};
use crate::domain::site::{Site, SiteId, Slot, SlotId};
use crate::domain::taipei;
use cached_body::CachedBody;
use free_slots::FreeSlots;
use jiff::Timestamp;
use jiff::civil::DateTime;
use near::NearSites;
use publication::CachedPublication;
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

/// The programme that is shown. It can be replaced whole while it is read.
#[derive(Debug, Default)]
pub struct Catalog {
    snapshot: RwLock<Option<Arc<Snapshot>>>,
    /// Counts the changes made by this server.
    stamp: AtomicU64,
    /// Whether anybody waits for a seat in the round that is shown.
    somebody_waits: AtomicBool,
}

impl Catalog {
    /// The programme that is shown now; `None` before the first import.
    pub fn snapshot(&self) -> Option<Arc<Snapshot>> {
        self.snapshot.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Shows a programme from now on.
    pub fn publish(&self, programme: Programme) {
        let snapshot = Arc::new(Snapshot::new(programme));
        *self.snapshot.write().unwrap_or_else(PoisonError::into_inner) = Some(snapshot);
    }

    /// Whether anybody waits for a seat, as it was last learned: then a seat which is given up is
    /// theirs first.
    pub fn somebody_waits(&self) -> bool {
        self.somebody_waits.load(Ordering::SeqCst)
    }

    /// Learns whether anybody waits.
    pub fn know_who_waits(&self, somebody: bool) {
        self.somebody_waits.store(somebody, Ordering::SeqCst);
    }

    /// To be taken before the database is asked for seats, and handed to [`Catalog::refresh`] with
    /// the answer.
    pub fn stamp(&self) -> u64 {
        self.stamp.load(Ordering::SeqCst)
    }

    /// Seats as the database had them after `stamp`. What this server has changed since is newer,
    /// and stays.
    pub fn refresh(&self, seats: &[Seats], stamp: u64) {
        let Some(snapshot) = self.snapshot() else { return };
        for seats in seats {
            snapshot.put(seats, |changed| changed <= stamp, None);
        }
    }

    /// Seats as this server has just committed them.
    pub fn committed(&self, seats: impl IntoIterator<Item = Seats>) {
        let stamp = self.stamp.fetch_add(1, Ordering::SeqCst) + 1;
        let Some(snapshot) = self.snapshot() else { return };
        for seats in seats {
            snapshot.put(&seats, |_| true, Some(stamp));
        }
    }
}

/// A programme with its seats as they are, and the answers made from it.
#[derive(Debug)]
pub struct Snapshot {
    pub round: Round,
    round_page: Body,
    sites: Vec<CatalogSite>,
    slots: Vec<CatalogSlot>,
    sites_by_id: HashMap<SiteId, usize>,
    slots_by_id: HashMap<SlotId, usize>,
    districts: BTreeMap<DistrictCode, CatalogDistrict>,
    near: NearSites,
    /// When the round's first slot starts.
    first_start: DateTime,
    seats_page: CachedBody,
    publication: CachedPublication,
}

#[derive(Debug)]
struct CatalogSite {
    site: Site,
    slots: Range<usize>,
    free_slots: FreeSlots,
    page: CachedBody,
}

#[derive(Debug)]
struct CatalogDistrict {
    sites: Vec<usize>,
    page: CachedBody,
}

#[derive(Debug)]
struct CatalogSlot {
    /// Its capacity and taken seats are those of the moment of loading; `seats` has the current
    /// ones.
    slot: Slot,
    site: usize,
    /// Capacity in the upper 32 bits, taken seats in the lower: one number, so that nobody reads
    /// half of a change.
    seats: AtomicU64,
    /// When this server last changed it.
    stamp: AtomicU64,
}

fn packed(capacity: u32, taken: u32) -> u64 {
    u64::from(capacity) << 32 | u64::from(taken)
}

impl CatalogSlot {
    fn now(&self) -> Slot {
        let seats = self.seats.load(Ordering::SeqCst);
        Slot { capacity: (seats >> 32) as u32, taken: seats as u32, ..self.slot.clone() }
    }

    fn free(&self) -> u32 {
        let seats = self.seats.load(Ordering::SeqCst);
        ((seats >> 32) as u32).saturating_sub(seats as u32)
    }
}

impl Snapshot {
    fn new(programme: Programme) -> Self {
        let mut sites: Vec<CatalogSite> = Vec::with_capacity(programme.sites.len());
        let mut districts: BTreeMap<DistrictCode, CatalogDistrict> = BTreeMap::new();
        let mut sites_by_id = HashMap::with_capacity(programme.sites.len());
        for site in programme.sites {
            sites_by_id.insert(site.id, sites.len());
            let district = districts.entry(site.district);
            let district = district.or_insert_with(|| CatalogDistrict {
                sites: Vec::new(),
                page: CachedBody::default(),
            });
            district.sites.push(sites.len());
            sites.push(CatalogSite {
                site,
                slots: 0..0,
                free_slots: FreeSlots::default(),
                page: CachedBody::default(),
            });
        }
        let mut slots: Vec<CatalogSlot> = Vec::with_capacity(programme.slots.len());
        let mut slots_by_id = HashMap::with_capacity(programme.slots.len());
        // They come in the order of their site, and of time at a site.
        for slot in programme.slots {
            let Some(&site) = sites_by_id.get(&slot.site) else { continue };
            let range = &mut sites[site].slots;
            let first = if range.end == 0 { slots.len() } else { range.start };
            *range = first..slots.len() + 1;
            slots_by_id.insert(slot.id, slots.len());
            let seats = AtomicU64::new(packed(slot.capacity, slot.taken));
            slots.push(CatalogSlot { slot, site, seats, stamp: AtomicU64::new(0) });
        }
        for site in &mut sites {
            let own = slots[site.slots.clone()].iter();
            site.free_slots = FreeSlots::new(own.map(|slot| slot.free() > 0));
        }
        let of_district = districts.iter().map(|(code, district)| (*code, &*district.sites));
        let starts = slots.iter().map(|shown| shown.slot.starts);
        Self {
            round_page: Body::of(&programme.round),
            round: programme.round,
            near: NearSites::new(of_district),
            first_start: starts.min().unwrap_or(DateTime::MAX),
            sites,
            slots,
            sites_by_id,
            slots_by_id,
            districts,
            seats_page: CachedBody::default(),
            publication: CachedPublication::default(),
        }
    }

    /// A slot with its brand, and with the seats that it had at the beginning: for what does not
    /// change.
    pub fn slot(&self, slot: SlotId) -> Option<(&Slot, Brand)> {
        let shown = &self.slots[*self.slots_by_id.get(&slot)?];
        Some((&shown.slot, self.sites[shown.site].site.brand))
    }

    /// The site of a slot, and the slot.
    pub fn place(&self, slot: SlotId) -> Option<(&Site, &Slot)> {
        let shown = &self.slots[*self.slots_by_id.get(&slot)?];
        Some((&self.sites[shown.site].site, &shown.slot))
    }

    pub fn sites(&self) -> impl Iterator<Item = &Site> {
        self.sites.iter().map(|shown| &shown.site)
    }

    /// All slots with their sites, and with the seats that they had at the beginning.
    pub fn slots(&self) -> impl Iterator<Item = (&Site, &Slot)> {
        self.slots.iter().map(|shown| (&self.sites[shown.site].site, &shown.slot))
    }

    /// The slots with free seats as they are now, with their sites.
    pub fn free_slots(&self) -> impl Iterator<Item = (&Site, Slot)> {
        let free = self.slots.iter().filter(|slot| slot.free() > 0);
        free.map(|shown| (&self.sites[shown.site].site, shown.now()))
    }

    /// `GET /v1/round`.
    pub fn round_body(&self) -> Body {
        self.round_page.clone()
    }

    /// `GET /v1/seats`.
    pub fn seats_body(&self) -> Body {
        self.seats_page.body(|| {
            let free = |district: &CatalogDistrict| {
                district.sites.iter().map(|site| self.free(*site)).sum()
            };
            let seats = |(code, district): (&DistrictCode, _)| DistrictSeats {
                district: *code,
                free: free(district),
            };
            crate::api::sites::Seats { districts: self.districts.iter().map(seats).collect() }
        })
    }

    /// `GET /v1/districts/{district}/sites`; `None` for a district without a site.
    pub fn sites_body(&self, district: DistrictCode, now: Timestamp) -> Option<Body> {
        let (district, now) = (self.districts.get(&district)?, taipei::civil(now));
        let view = |site: &usize| SiteView {
            site: self.sites[*site].site.clone(),
            free: self.free(*site),
            earliest: self.earliest_of(*site, now).map(CatalogSlot::now),
        };
        Some(district.page.body_at(now, || {
            let views: Vec<SiteView> = district.sites.iter().map(view).collect();
            // An earliest slot that begins makes way for the next.
            let next = views.iter().filter_map(|view| Some(view.earliest.as_ref()?.starts)).min();
            (views, next)
        }))
    }

    /// `GET /v1/sites/{site}/slots`; `None` for a site that does not exist.
    pub fn slots_body(&self, site: SiteId) -> Option<Body> {
        let site = &self.sites[*self.sites_by_id.get(&site)?];
        Some(site.page.body(|| {
            self.slots[site.slots.clone()].iter().map(CatalogSlot::now).collect::<Vec<_>>()
        }))
    }

    fn free(&self, site: usize) -> u32 {
        self.slots[self.sites[site].slots.clone()].iter().map(CatalogSlot::free).sum()
    }

    /// Changes a slot's seats, if what `newest` says of the last change by this server is true.
    fn put(&self, seats: &Seats, newest: impl Fn(u64) -> bool, stamp: Option<u64>) {
        let Some(&at) = self.slots_by_id.get(&seats.slot) else { return };
        let shown = &self.slots[at];
        if !newest(shown.stamp.load(Ordering::SeqCst)) {
            return;
        }
        if let Some(stamp) = stamp {
            shown.stamp.store(stamp, Ordering::SeqCst);
        }
        let now = packed(seats.capacity, seats.taken);
        if shown.seats.swap(now, Ordering::SeqCst) == now {
            return;
        }
        let site = &self.sites[shown.site];
        site.free_slots.note(at - site.slots.start, || shown.free() > 0);
        site.page.invalidate();
        self.seats_page.invalidate();
        if let Some(district) = self.districts.get(&site.site.district) {
            district.page.invalidate();
        }
    }
}

#[cfg(test)]
mod tests;
