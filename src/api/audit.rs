//! The administrator's audit: whether the database is in a state that must never occur.

use crate::domain::booking_number::BookingNumber;
use serde::{Deserialize, Serialize};

/// `POST /v1/admin/audit`, with the administrator's token.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct AuditAsk {
    /// Booking numbers that kiosks were given, to look for: 50,000 at most.
    pub numbers: Vec<BookingNumber>,
}

/// What an audit found. In a sound database all counts but the first two are zero, and `missing` is
/// empty.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct AuditReport {
    pub live_bookings: u64,
    /// Seats that are marked as taken without a booking of this database: they were taken before
    /// the round began.
    pub seats_without_booking: u64,
    pub slots_over_capacity: u64,
    pub slots_with_more_bookings_than_taken_seats: u64,
    pub people_booked_twice: u64,
    pub bookings_without_person_or_slot: u64,
    /// Seats that are offered to somebody and not held, or held for an offer that there is not.
    #[serde(default)]
    pub offers_astray: u64,
    /// People who wait and were never offered a seat, while one that suits them was offered to
    /// somebody behind them.
    #[serde(default)]
    pub people_passed_over: u64,
    /// Those of the given numbers that have no booking.
    pub missing: Vec<BookingNumber>,
}

impl AuditReport {
    /// Whether no state was found that must never occur.
    pub fn is_sound(&self) -> bool {
        self.slots_over_capacity == 0
            && self.slots_with_more_bookings_than_taken_seats == 0
            && self.people_booked_twice == 0
            && self.bookings_without_person_or_slot == 0
            && self.offers_astray == 0
            && self.people_passed_over == 0
            && self.missing.is_empty()
    }
}
