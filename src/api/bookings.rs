//! Requests that make, move and cancel a booking, and the booking as it is answered.

use crate::domain::booking_number::BookingNumber;
use crate::domain::language::Language;
use crate::domain::personal::Personal;
use crate::domain::phone::MobileNumber;
use crate::domain::site::{Site, SlotId};
use jiff::{Timestamp, civil::DateTime};
use serde::{Deserialize, Serialize};

/// `POST /v1/bookings`, with the session's token and an idempotency key.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct BookSlot {
    pub slot: SlotId,
    pub mobile: MobileChoice,
    /// The language of the text messages.
    #[serde(default)]
    pub language: Language,
}

/// `POST /v1/bookings/own/move`. Sent again it gives the same booking with that seat.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct MoveBooking {
    pub number: BookingNumber,
    pub slot: SlotId,
    #[serde(default)]
    pub language: Language,
}

/// `POST /v1/bookings/own/cancel`. Sent again it gets the same answer.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct CancelBooking {
    pub number: BookingNumber,
    #[serde(default)]
    pub language: Language,
}

/// Which mobile number text messages go to.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub enum MobileChoice {
    /// The one given at registration.
    Registered,
    Given(MobileNumber),
    /// Of several people who book together: that of another one, counted from 0, who does not share
    /// one themselves.
    SameAs(u32),
}

/// A booking, as its owner sees it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct BookingView {
    pub number: BookingNumber,
    pub made: Timestamp,
    pub site: Site,
    #[cfg_attr(feature = "server", schema(value_type = String, example = "2027-07-16T10:00:00"))]
    pub starts: DateTime,
    #[cfg_attr(feature = "server", schema(value_type = String, example = "2027-07-16T10:00:00"))]
    pub ends: DateTime,
    pub mobile_masked: Personal,
    /// The signed text of the receipt: `VAX1:…`.
    pub receipt: String,
}
