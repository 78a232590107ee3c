//! A seat that is held for the person at the counter: because they wait for one and it came free,
//! or because theirs was closed. Its form is filled in with it, so that one key books it.

use super::form::{Form, Wrong};
use crate::api::sessions::SeatView;
use crate::domain::region::district;
use crate::domain::site::{Slot, SlotId};
use crate::kiosk::model::counter::Field;
use crate::kiosk::model::person::Person;
use jiff::Timestamp;

/// A seat, and until when it is held.
#[derive(Clone, Copy, Debug)]
pub struct Held<'a> {
    pub seat: &'a SeatView,
    pub until: Timestamp,
}

/// The seat that is held for a person at this moment.
pub fn held(person: &Person, wall: Timestamp) -> Option<Held<'_>> {
    let offer = person.standing.offer.as_ref();
    let offered = offer.map(|offer| Held { seat: &offer.seat, until: offer.until });
    let displaced = person.standing.displaced.as_ref();
    let aside = displaced.and_then(|displaced| {
        displaced.held.as_ref().map(|seat| Held { seat, until: displaced.until })
    });
    offered.into_iter().chain(aside).find(|held| wall < held.until)
}

impl Form {
    /// The form of a booking with the seat that is held.
    pub(super) fn hold(&mut self, held: Held<'_>) {
        let Held { seat, until } = held;
        let place = district(seat.site.district);
        self.county = place.map(|district| district.county);
        self.district = place;
        self.site = Some(Box::new(seat.site.clone()));
        self.date = Some(seat.starts.date());
        // Of the slot's seats this one is theirs.
        self.slot = Some(Slot {
            id: seat.slot,
            site: seat.site.id,
            starts: seat.starts,
            ends: seat.ends,
            capacity: 1,
            taken: 0,
        });
        self.held = Some((seat.slot, until));
    }

    /// The seat is held no longer: it goes to somebody else, and the form says so. Another one that
    /// was chosen instead stays. True if the form has changed.
    pub fn hold_is_over(&mut self, wall: Timestamp) -> bool {
        let is_over = |(_, until): &mut (SlotId, Timestamp)| wall >= *until;
        let Some((slot, _)) = self.held.take_if(is_over) else { return false };
        if self.slot.as_ref().is_none_or(|chosen| chosen.id != slot) {
            return false;
        }
        self.slot = None;
        self.focus(Field::Slot);
        self.wrong = Some(Wrong::HoldOver);
        true
    }
}
