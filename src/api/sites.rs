//! What every visitor reads: free seats by district, the sites of a district, the slots of a site,
//! the earliest free slots near a district. None of it is personal.

use crate::domain::earliest::SiteOrder;
use crate::domain::region::{CountyIndex, DistrictCode};
use crate::domain::round::Brand;
use crate::domain::site::{Site, Slot};
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
    /// Whether the service has told them.
    pub fn are_known(&self) -> bool {
        !self.districts.is_empty()
    }

    /// Free seats in all districts of a county.
    pub fn in_county(&self, county: CountyIndex) -> u32 {
        county.county().districts.iter().map(|district| self.of(district.code)).sum()
    }

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
    /// The first slot with a free seat that has not begun; missing if there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub earliest: Option<Slot>,
}

/// One element of `GET /v1/districts/{district}/earliest-slots`: a site with its earliest free
/// slot. Each site is there once. The seat is not held: it may be gone when it is booked.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct EarliestSlot {
    pub site: Site,
    pub slot: Slot,
    /// From the district's centroid to that of the site's district; 0 in the district itself.
    pub metres: u32,
}

/// How many earliest slots are answered if the query does not say.
pub const EARLIEST_USUALLY: u8 = 5;
/// How many earliest slots may be asked for.
pub const EARLIEST_AT_MOST: u8 = 40;

/// The query of `GET /v1/districts/{district}/earliest-slots`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "server", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "server", into_params(parameter_in = Query))]
pub struct EarliestQuery {
    /// Codes of the brands that the person wants, with commas between: `AZ,MO`. All if missing.
    #[cfg_attr(feature = "server", param(value_type = Option<String>, example = "AZ,MO"))]
    pub brands: BrandCodes,
    #[cfg_attr(feature = "server", param(value_type = Option<SiteOrder>, inline))]
    pub order: SiteOrder,
    /// How many sites are listed at most: 1 to 40, 5 if missing.
    #[cfg_attr(
        feature = "server",
        param(value_type = Option<u8>, minimum = 1, maximum = 40, example = 5)
    )]
    pub limit: u8,
}

impl Default for EarliestQuery {
    fn default() -> Self {
        Self {
            brands: BrandCodes(Brand::ALL.to_vec()),
            order: SiteOrder::default(),
            limit: EARLIEST_USUALLY,
        }
    }
}

/// Brands in a query, as their codes with commas between. At least one.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct BrandCodes(pub Vec<Brand>);

/// A list of brands is codes that exist, with commas between.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("brands are codes such as AZ or MO, with commas between")]
pub struct BrandCodesError;

impl TryFrom<String> for BrandCodes {
    type Error = BrandCodesError;
    fn try_from(text: String) -> Result<Self, BrandCodesError> {
        let brands = text.split(',').map(Brand::from_code).collect::<Option<_>>();
        brands.map(Self).ok_or(BrandCodesError)
    }
}

impl From<BrandCodes> for String {
    fn from(BrandCodes(brands): BrandCodes) -> String {
        brands.into_iter().map(Brand::code).collect::<Vec<_>>().join(",")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("AZ", Ok(BrandCodes(vec![Brand::AstraZeneca])))]
    #[case("MO,AZ", Ok(BrandCodes(vec![Brand::Moderna, Brand::AstraZeneca])))]
    #[case("", Err(BrandCodesError))]
    #[case("AZ,", Err(BrandCodesError))]
    #[case("az", Err(BrandCodesError))]
    #[case("AZ;MO", Err(BrandCodesError))]
    fn brands_are_codes_with_commas_between(
        #[case] text: &str,
        #[case] brands: Result<BrandCodes, BrandCodesError>,
    ) {
        assert_eq!(BrandCodes::try_from(text.to_owned()), brands);
        if let Ok(brands) = brands {
            assert_eq!(String::from(brands), text);
        }
    }
}
