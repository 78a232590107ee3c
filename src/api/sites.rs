//! What the crowd reads: free seats by district, the sites of a district, the slots of a site.
//! Nothing of a person.

use crate::domain::region::DistrictCode;
use crate::domain::site::{Site, Slot};
use serde::{Deserialize, Serialize};

/// `GET /v1/seats`: free seats of every district that has a site.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct Seats {
    pub districts: Vec<DistrictSeats>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct DistrictSeats {
    pub district: DistrictCode,
    pub free: u32,
}

impl Seats {
    /// Free seats in a district; none where there is no site.
    pub fn of(&self, district: DistrictCode) -> u32 {
        self.districts.iter().find(|seats| seats.district == district).map_or(0, |seats| seats.free)
    }
}

/// One of `GET /v1/districts/{district}/sites`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct SiteView {
    #[serde(flatten)]
    pub site: Site,
    pub free: u32,
}

/// `GET /v1/sites/{site}/slots`, in order of time.
pub type Slots = Vec<Slot>;
