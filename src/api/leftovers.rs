//! Doses that are left at the end of a site's day: to be told of them, to say how many there are,
//! and to check in whoever came first.

use super::bookings::MobileChoice;
use crate::domain::booking_number::BookingNumber;
use crate::domain::language::Language;
use crate::domain::personal::Personal;
use crate::domain::site::SiteId;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// `PUT /v1/leftovers/own`: wants to be told of doses that are left at a site. `DELETE` takes it
/// back.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct AskForLeftover {
    pub site: SiteId,
    pub mobile: MobileChoice,
    /// The language of the text messages.
    #[serde(default)]
    pub language: Language,
}

/// `POST /v1/leftovers`, by a desk of the site: so many more doses are left today; 0
/// says that none is left any more.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct DosesLeft {
    #[cfg_attr(feature = "server", schema(minimum = 0, maximum = 50))]
    pub doses: u32,
}

/// The leftover doses of a site's day, as its desks see them.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct LeftoverView {
    /// Doses that are still there.
    pub doses: u32,
    /// How many people were told.
    pub told: u32,
    /// How many came and were checked in.
    pub came: u32,
    /// How many wait to be told.
    pub waiting: u32,
    /// Until when those who were told last have time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Timestamp>,
}

/// `POST /v1/leftovers/came`, by a desk: the code of whoever came. The first gets the dose.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct CameForLeftover {
    /// Ten digits, from the text message.
    pub code: Personal,
}

/// The answer to [`CameForLeftover`]: they are checked in, and have a booking of today.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct LeftoverGiven {
    pub number: BookingNumber,
    /// `甄〇康`
    pub name_masked: Personal,
    pub doses: LeftoverView,
}
