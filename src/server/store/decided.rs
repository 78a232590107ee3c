//! What the engine decided of a set of commands, as the store is to write it.

use super::actor::Actor;
use super::ids::PersonId;
use super::people::Key;
use super::spent_tokens::SpentToken;
use crate::domain::booking_number::BookingNumber;
use crate::domain::channel::Channel;
use crate::domain::intention::Intention;
use crate::domain::language::Language;
use crate::domain::phone::MobileNumber;
use crate::domain::site::SlotId;
use jiff::Timestamp;
use std::collections::{HashMap, HashSet};

/// What was decided of a set. A person is in it once at most, but for the hold that ends with
/// their booking, and the seat that they give up.
#[derive(Clone, Debug, Default)]
pub struct Decided {
    pub bookings: Vec<NewBooking>,
    /// Of which of those the people get all, or none of them gets one.
    pub together: Vec<Vec<PersonId>>,
    pub moves: Vec<Move>,
    pub cancellations: Vec<Cancellation>,
    pub registrations: Vec<Registration>,
    pub withdrawals: Vec<Withdrawal>,
    /// Of people who have chosen, or want no seat any more.
    pub ended_holds: Vec<EndedHold>,
    /// Seats that are given up while others wait: they are kept for those.
    pub freed: Vec<Freed>,
    /// Of sessions that were ended early.
    pub spent: Vec<SpentToken>,
    /// By whom it was done for each person: at which device, and by which staff.
    pub by: HashMap<PersonId, Actor>,
}

impl Decided {
    /// When holds of theirs ended by that: all of a set happens at one time. `None` if none did.
    pub(super) fn hold_ended(&self) -> Option<Timestamp> {
        let booked = self.bookings.first().map(|new| new.made);
        let at = booked.or_else(|| self.withdrawals.first().map(|one| one.at));
        at.filter(|_| !self.ended_holds.is_empty())
    }

    /// Whether of people who book together some are lost and some are not, or all.
    pub(super) fn parts(&self, lost: &HashSet<PersonId>) -> bool {
        !lost.is_empty() && self.together.iter().flatten().any(|person| lost.contains(person))
    }
}

/// A booking to be written.
#[derive(Clone, Debug)]
pub struct NewBooking {
    pub number: BookingNumber,
    pub person: PersonId,
    pub slot: SlotId,
    pub mobile: MobileNumber,
    /// The same sealed, where it is stored already: sealing costs.
    pub mobile_sealed: Option<Vec<u8>>,
    pub channel: Channel,
    pub key: Key,
    pub language: Language,
    pub made: Timestamp,
}

/// A booking that gets another seat.
#[derive(Clone, Copy, Debug)]
pub struct Move {
    pub number: BookingNumber,
    pub person: PersonId,
    pub from: SlotId,
    pub to: SlotId,
    pub language: Language,
    pub at: Timestamp,
}

/// A booking that ends.
#[derive(Clone, Copy, Debug)]
pub struct Cancellation {
    pub number: BookingNumber,
    pub person: PersonId,
    pub slot: SlotId,
    pub language: Language,
    pub at: Timestamp,
}

/// An intention to be written: new, or changed.
#[derive(Clone, Debug)]
pub struct Registration {
    pub person: PersonId,
    pub intention: Intention,
    /// What it was before; `None` if it is new.
    pub before: Option<Intention>,
    pub language: Language,
    pub at: Timestamp,
}

/// An intention that ends.
#[derive(Clone, Debug)]
pub struct Withdrawal {
    pub person: PersonId,
    pub before: Intention,
    pub at: Timestamp,
}

/// A right to choose before others that is used up. Its person may also have a new booking.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct EndedHold {
    pub person: PersonId,
    /// The seat that was set aside, which is given back.
    pub slot: Option<SlotId>,
}

/// A seat that its person gives up while others wait.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Freed {
    pub person: PersonId,
    pub slot: SlotId,
    pub at: Timestamp,
}

/// Which sequence of a round numbers are taken from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Series {
    Bookings,
    Registrations,
}
