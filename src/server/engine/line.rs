//! A look at the line of those who wait: offers that are over are ended, and each seat that came
//! free is offered to the first whom it suits. Every server looks; the store sees to it that none
//! offers what another has offered.

use crate::domain::setting_aside::FreeSeats;
use crate::domain::site::{Site, Slot, SlotId};
use crate::domain::taipei;
use crate::domain::waiting::{FreeSeat, Places, SeatsToOffer, held_until};
use crate::server::catalog::Snapshot;
use crate::server::store::Store;
use crate::server::store::error::StoreError;
use crate::server::store::offers::{NewOffer, Offered};
use crate::server::store::programme::Seats;
use jiff::Timestamp;
use std::collections::HashMap;

/// How many of the line are read at a time: mostly the first of them take all that came free.
const AT_A_TIME: u32 = 256;
/// Seats that are set aside in one transaction, so that nobody who books waits long.
const OFFERS_AT_ONCE: usize = 256;
/// Of so many places at most the line is asked for those who would go there; of more, for all.
const PLACES_AT_MOST: usize = 8;

/// Which seats are looked at.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Look {
    /// Those that were given up while others waited: they are kept for these.
    GivenUp,
    /// And those that are free for all, as where a site has more seats than before.
    All,
}

/// What a look did.
#[derive(Clone, Debug, Default)]
pub struct Looked {
    pub offered: u64,
    pub lapsed: u64,
    /// The seats that have changed, as they are now.
    pub seats: Vec<Seats>,
}

impl Looked {
    /// Adds what was done, which makes the next version of the line; `false` if it was not, or not
    /// all, as another was first: the line is then looked at anew.
    fn add(&mut self, done: Option<Offered>, version: &mut i64) -> bool {
        let Some(done) = done else { return false };
        *version += 1;
        self.offered += done.offers;
        self.seats.extend(done.seats);
        !done.stopped
    }
}

/// Looks once. What is left is seen by the next look.
///
/// # Errors
/// If the database fails. Every step is whole by itself, so nothing is lost.
pub async fn look(
    store: &Store,
    snapshot: &Snapshot,
    look: Look,
    now: Timestamp,
) -> Result<Looked, StoreError> {
    // What is stored are whole seconds.
    let now = Timestamp::from_second(now.as_second()).unwrap_or(now);
    let round = snapshot.round.number;
    let mut looked = Looked { lapsed: store.end_offers(round, now).await?, ..Looked::default() };
    let mut version = store.line_version().await?;
    let mut given_up = store.freed_seats(round).await?;
    let free = match look {
        Look::GivenUp => Vec::new(),
        Look::All => snapshot.free_slots().collect(),
    };
    if given_up.is_empty() && free.is_empty() {
        return Ok(looked);
    }
    if !place_unseated(store, snapshot, &mut given_up, &free, &mut version, &mut looked, now)
        .await?
    {
        return Ok(looked);
    }
    let no_use =
        offer_along(store, snapshot, &given_up, &free, &mut version, &mut looked, now).await?;
    if !no_use.is_empty() {
        let given_back = store.offer((round, version), &[], &no_use, now).await?;
        looked.add(given_back, &mut version);
    }
    Ok(looked)
}

/// Who lost a seat when a slot was closed comes before all who wait: what suits them is set aside
/// for them, in the order in which they had booked. What is then left stays in `given_up`.
/// `false` if another server was first.
async fn place_unseated(
    store: &Store,
    snapshot: &Snapshot,
    given_up: &mut Vec<(SlotId, u32)>,
    free: &[(&Site, Slot)],
    version: &mut i64,
    looked: &mut Looked,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let round = snapshot.round.number;
    let unseated = store.unseated(round, AT_A_TIME, now).await?;
    if unseated.is_empty() {
        return Ok(true);
    }
    let mut seats: HashMap<SlotId, Slot> = HashMap::new();
    for (slot, kept) in given_up.iter() {
        let Some((_, shown)) = snapshot.place(*slot) else { continue };
        let slot = Slot { capacity: *kept, taken: 0, ..shown.clone() };
        seats.insert(slot.id, slot);
    }
    for (_, slot) in free {
        let all =
            seats.entry(slot.id).or_insert_with(|| Slot { capacity: 0, taken: 0, ..slot.clone() });
        all.capacity += slot.free();
    }
    let slots: Vec<Slot> = seats.into_values().collect();
    let sites: Vec<Site> = snapshot.sites().cloned().collect();
    let mut placed = Vec::new();
    let mut by_end: HashMap<Timestamp, FreeSeats<'_>> = HashMap::new();
    for one in unseated {
        let Some((lost, _)) = snapshot.place(one.closed) else { continue };
        let free = by_end
            .entry(one.until)
            .or_insert_with(|| FreeSeats::new(&sites, &slots, taipei::civil(one.until)));
        placed.extend(free.take(lost.id).map(|slot| (one, slot)));
    }
    for set in placed.chunks(OFFERS_AT_ONCE) {
        let done = store.place((round, *version), set, now).await?;
        if !looked.add(done, version) {
            return Ok(false);
        }
    }
    if !placed.is_empty() {
        *given_up = store.freed_seats(round).await?;
    }
    Ok(true)
}

/// Offers the seats in the order of the line, some of it at a time, so that what was offered stays
/// so if the line changes meanwhile. Returns how many seats that were given up suit nobody; none if
/// the end of the line was not reached.
async fn offer_along(
    store: &Store,
    snapshot: &Snapshot,
    given_up: &[(SlotId, u32)],
    free: &[(&Site, Slot)],
    version: &mut i64,
    looked: &mut Looked,
    now: Timestamp,
) -> Result<Vec<(SlotId, u32)>, StoreError> {
    let round = snapshot.round.number;
    let mut left: HashMap<SlotId, u32> = given_up.iter().copied().collect();
    let (seats, until) = seats_to_offer(snapshot, given_up, free, now);
    let places = places(&seats);
    let (mut seats, mut behind) = (SeatsToOffer::new(seats), 0);
    while !seats.is_empty() {
        let line = store.line(round, (behind, AT_A_TIME), &places, now).await?;
        let Some(last) = line.last() else { break };
        behind = last.who.place;
        let mut offers = Vec::new();
        for next in &line {
            let Some(slot) = seats.give(next) else { continue };
            if let Some(left) = left.get_mut(&slot) {
                *left = left.saturating_sub(1);
            }
            offers.push(NewOffer { to: next.who, slot, until: until[&slot] });
        }
        if offers.is_empty() {
            continue;
        }
        let offered = store.offer((round, *version), &offers, &[], now).await?;
        if !looked.add(offered, version) {
            return Ok(Vec::new());
        }
    }
    left.retain(|_, seats| *seats > 0);
    Ok(left.into_iter().collect())
}

/// The seats that can be offered now, and until when each would be held.
fn seats_to_offer<'a>(
    snapshot: &'a Snapshot,
    given_up: &[(SlotId, u32)],
    free: &'a [(&Site, Slot)],
    now: Timestamp,
) -> (Vec<FreeSeat<'a>>, HashMap<SlotId, Timestamp>) {
    let kept = given_up.iter().filter_map(|(slot, seats)| {
        let (site, slot) = snapshot.place(*slot)?;
        Some(FreeSeat { site, slot, seats: *seats })
    });
    let free = free.iter().map(|(site, slot)| FreeSeat { site, slot, seats: slot.free() });
    let mut until = HashMap::new();
    let mut seats: HashMap<SlotId, FreeSeat<'_>> = HashMap::new();
    for one in kept.chain(free) {
        if let Some(end) = held_until(&snapshot.round, one.slot, now) {
            until.insert(one.slot.id, end);
            seats.entry(one.slot.id).and_modify(|all| all.seats += one.seats).or_insert(one);
        }
    }
    (seats.into_values().collect(), until)
}

/// Where these seats are, if that is at few places: others of the line need not be read.
fn places(seats: &[FreeSeat<'_>]) -> Vec<Places> {
    let district = |free: &FreeSeat<'_>| Places::Districts(vec![free.site.district]);
    let site = |free: &FreeSeat<'_>| Places::Site(free.site.id);
    let mut places: Vec<Places> = Vec::new();
    for place in seats.iter().flat_map(|free| [district(free), site(free)]) {
        if !places.contains(&place) {
            places.push(place);
        }
        if places.len() > PLACES_AT_MOST {
            return Vec::new();
        }
    }
    places
}
