//! A seat that is held for the person at the counter: because they wait for one and it came free,
//! or because theirs was closed.

use crate::api::sessions::SeatView;
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
