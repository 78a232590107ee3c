//! What every visitor reads: free seats by district, the sites of a district, the slots of a site.
//! None of it is personal.

use crate::domain::region::DistrictCode;
use crate::domain::site::Site;
use serde::{Deserialize, Serialize};

/// `GET /v1/seats`: free seats of every district that has a site.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct Seats {
    pub districts: Vec<DistrictSeats>,
}

/// Free seats of one district.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct DistrictSeats {
    pub district: DistrictCode,
    pub free: u32,
}

impl Seats {
    /// Free seats in a district; 0 if it has no site.
    pub fn of(&self, district: DistrictCode) -> u32 {
        self.districts.iter().find(|seats| seats.district == district).map_or(0, |seats| seats.free)
    }
}

/// One element of `GET /v1/districts/{district}/sites`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct SiteView {
    #[serde(flatten)]
    pub site: Site,
    pub free: u32,
}
