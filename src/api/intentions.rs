//! The request that registers an intention (意願登記), and the intention as it is answered.

use super::bookings::MobileChoice;
use crate::domain::intention::RegistrationNumber;
use crate::domain::language::Language;
use crate::domain::personal::Personal;
use crate::domain::region::DistrictCode;
use crate::domain::round::Brand;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// `PUT /v1/intentions/own`. Sent again it gives the same intention.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct Register {
    /// `registered` keeps the mobile number of the intention that is there.
    pub mobile: MobileChoice,
    pub district: DistrictCode,
    /// At least one of the round's.
    pub brands: Vec<Brand>,
    /// The language of the text messages.
    pub language: Language,
}

/// A registered intention, with its mobile number masked.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct IntentionView {
    pub number: RegistrationNumber,
    pub registered: Timestamp,
    /// `0912 *** 678`
    pub mobile_masked: Personal,
    pub district: DistrictCode,
    pub brands: Vec<Brand>,
}
