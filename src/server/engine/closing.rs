//! Closes slots: who loses a seat keeps the right to choose before others, and where there is one,
//! a seat is set aside for them. It needs no service that runs: the writer's transactions and this
//! one lock the same slots in the same order.

use crate::domain::round::Round;
use crate::domain::setting_aside::{FreeSeats, near};
use crate::domain::site::{Site, Slot, SlotId};
use crate::domain::taipei;
use crate::server::store::Store;
use crate::server::store::closings::{ClosingTx, Displaced};
use crate::server::store::error::StoreError;
use crate::server::store::programme::Programme;
use jiff::Timestamp;
use std::collections::{BTreeSet, HashMap};

/// Why nothing was closed.
#[derive(Debug, thiserror::Error)]
pub enum ClosingError {
    #[error("there is no slot {}", .0.0)]
    Unknown(SlotId),
    #[error("slot {} has begun", .0.0)]
    Begun(SlotId),
    #[error("slot {} is closed already", .0.0)]
    AlreadyClosed(SlotId),
    #[error("the slots are of more than one round")]
    SeveralRounds,
    /// With how many people have a seat there.
    #[error("{0} people have a seat there, and no time was named")]
    NeedsUntil(u64),
    #[error("the time is over already")]
    UntilPast,
    /// From when another round is shown to all.
    #[error("another round begins before that")]
    UntilTooLate(Timestamp),
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What a closing did.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Closed {
    pub slots: u64,
    /// Who lost a seat and is told.
    pub people: u64,
    /// For how many of them a seat is set aside.
    pub set_aside: u64,
}

/// Closes these slots of a round, all or none. `until` is how long those who lose a seat choose
/// before others; it may be `None` if nobody has one.
///
/// # Errors
/// [`ClosingError`]: then nothing was done, unless a [`StoreError`] leaves that open.
pub async fn close(
    store: &Store,
    slots: &[SlotId],
    until: Option<Timestamp>,
    now: Timestamp,
) -> Result<Closed, ClosingError> {
    // What is stored are whole seconds.
    let now = Timestamp::from_second(now.as_second()).unwrap_or(now);
    let closing: Vec<SlotId> = slots.iter().copied().collect::<BTreeSet<_>>().into_iter().collect();
    let Some(programme) = programme_of(store, &closing).await? else {
        return Ok(Closed::default());
    };
    if let Some(until) = until {
        check_until(store, &programme.round, until, now).await?;
    }
    let Programme { round, sites, slots } = &programme;
    let by_id: HashMap<SlotId, &Slot> = slots.iter().map(|slot| (slot.id, slot)).collect();
    for slot in &closing {
        let begun = by_id.get(slot).is_none_or(|slot| taipei::instant(slot.starts) <= now);
        if begun {
            return Err(ClosingError::Begun(*slot));
        }
    }
    let losing: Vec<&Site> = sites
        .iter()
        .filter(|site| closing.iter().any(|slot| by_id[slot].site == site.id))
        .collect();
    let candidates: Vec<Slot> = near(sites, slots, &losing)
        .filter(|slot| taipei::instant(slot.starts) > now && !closing.contains(&slot.id))
        .cloned()
        .collect();
    let ids: Vec<SlotId> = candidates.iter().map(|slot| slot.id).collect();
    let begun = store.begin_closing(round.number, &closing, &ids).await?;
    if let Some(slot) = closing.iter().find(|slot| is_closed(&begun, **slot)) {
        return Err(ClosingError::AlreadyClosed(*slot));
    }
    let people = begun.losing.len() as u64;
    let until = match (until, people) {
        (Some(until), _) => until,
        (None, 0) => now,
        (None, people) => return Err(ClosingError::NeedsUntil(people)),
    };
    let displaced = set_aside(&begun, sites, candidates, &by_id, until);
    let set_aside = displaced.iter().filter(|one| one.held.is_some()).count() as u64;
    begun.write(&closing, &displaced, now).await?;
    Ok(Closed { slots: closing.len() as u64, people, set_aside })
}

fn is_closed(begun: &ClosingTx, slot: SlotId) -> bool {
    begun.slots.get(&slot).is_some_and(|slot| slot.closed.is_some())
}

/// The programme to which all these slots belong; `None` for no slots.
async fn programme_of(store: &Store, slots: &[SlotId]) -> Result<Option<Programme>, ClosingError> {
    let rounds = store.rounds_of(slots).await?;
    if let Some(slot) = slots.iter().find(|slot| !rounds.contains_key(slot)) {
        return Err(ClosingError::Unknown(*slot));
    }
    let rounds: BTreeSet<_> = rounds.into_values().collect();
    match rounds.len() {
        0 => Ok(None),
        1 => {
            let Some(round) = rounds.first() else { return Ok(None) };
            Ok(store.programme(*round).await?)
        }
        _ => Err(ClosingError::SeveralRounds),
    }
}

/// A round that has closed stays the one that is shown while somebody may choose in it, but not
/// beyond the time from which people register for the next.
async fn check_until(
    store: &Store,
    round: &Round,
    until: Timestamp,
    now: Timestamp,
) -> Result<(), ClosingError> {
    if until <= now {
        return Err(ClosingError::UntilPast);
    }
    let rounds = store.rounds().await?;
    let next = rounds.iter().filter(|next| next.number > round.number);
    let begins = next.map(|next| next.registration_opens).min();
    match begins.map(|begins| begins.max(round.closes)) {
        Some(begins) if until > begins => Err(ClosingError::UntilTooLate(begins)),
        Some(_) | None => Ok(()),
    }
}

/// What becomes of each who loses a seat, in the order in which they booked.
fn set_aside(
    begun: &ClosingTx,
    sites: &[Site],
    candidates: Vec<Slot>,
    by_id: &HashMap<SlotId, &Slot>,
    until: Timestamp,
) -> Vec<Displaced> {
    // Seats as they are now that they are locked.
    let now = |slot: Slot| {
        let seats = begun.slots.get(&slot.id)?.seats;
        Some(Slot { capacity: seats.capacity, taken: seats.taken, ..slot })
    };
    let free: Vec<Slot> = candidates.into_iter().filter_map(now).collect();
    let mut free = FreeSeats::new(sites, &free, taipei::civil(until));
    let place = |who: &crate::server::store::closings::Losing| Displaced {
        who: *who,
        held: by_id.get(&who.slot).and_then(|slot| free.take(slot.site)),
        // Who was told a later time before keeps it.
        until: who.held_until.map_or(until, |before| before.max(until)),
    };
    begun.losing.iter().map(place).collect()
}
