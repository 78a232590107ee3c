//! Several people who book in one visit: all of them get a seat, or none.

use super::bookings::{BookingView, MobileChoice};
use super::sessions::SessionToken;
use crate::domain::language::Language;
use crate::domain::site::SlotId;
use serde::{Deserialize, Serialize};

/// `POST /v1/bookings/together`, with one idempotency key for all. The slots must be one hour, or
/// hours of one day at one site that follow each other.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct BookTogether {
    /// Up to six, each once.
    #[cfg_attr(feature = "server", schema(min_items = 1, max_items = 6))]
    pub people: Vec<TogetherSeat>,
    /// The language of the text messages.
    #[serde(default)]
    pub language: Language,
}

/// One of them: who it is is shown by a session of their own.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct TogetherSeat {
    pub session: SessionToken,
    pub slot: SlotId,
    pub mobile: MobileChoice,
}

/// The answer to [`BookTogether`].
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct BookedTogether {
    /// One booking each, in the order of the request.
    pub bookings: Vec<BookingView>,
}
