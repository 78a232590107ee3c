//! Sites (施打站), their slots, and how many seats are free. Who has a seat is known to `server`
//! alone.

use super::region::DistrictCode;
use super::round::Brand;
use jiff::civil::DateTime;
use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(transparent)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct SiteId(pub u32);

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(transparent)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct SlotId(pub u32);

/// A place where people are vaccinated. Names and addresses stay in Chinese with the official
/// English beside them: people show them to taxi drivers and clerks.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct Site {
    pub id: SiteId,
    pub district: DistrictCode,
    pub name_zh: String,
    pub name_en: String,
    pub address_zh: String,
    pub address_en: String,
    pub brand: Brand,
}

/// A time at a site. `starts` and `ends` are Taiwan's civil time on one day.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct Slot {
    pub id: SlotId,
    pub site: SiteId,
    #[cfg_attr(feature = "server", schema(value_type = String, example = "2027-07-16T10:00:00"))]
    pub starts: DateTime,
    #[cfg_attr(feature = "server", schema(value_type = String, example = "2027-07-16T10:00:00"))]
    pub ends: DateTime,
    pub capacity: u32,
    /// Seats taken: never over `capacity`.
    pub taken: u32,
}

impl Slot {
    /// Seats still free.
    pub fn free(&self) -> u32 {
        self.capacity.saturating_sub(self.taken)
    }

    pub fn is_full(&self) -> bool {
        self.free() == 0
    }
}
