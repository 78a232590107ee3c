//! The form of a booking with a seat that is held, so that one key books it; and what becomes of
//! the form when the seat is held no longer.

use super::form::{Form, Wrong};
use super::held::Held;
use crate::domain::region::district;
use crate::domain::site::{Slot, SlotId};
use crate::kiosk::model::counter::Field;
use jiff::Timestamp;

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
