//! A registered intention (意願登記) as it is asked for and answered.

use super::bookings::MobileChoice;
use crate::domain::intention::RegistrationNumber;
use crate::domain::language::Language;
use crate::domain::personal::Personal;
use crate::domain::region::DistrictCode;
use crate::domain::round::Brand;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// `PUT /v1/intentions/own`: sent again it is the same intention.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct Register {
    /// `registered` keeps the number of the intention that is there.
    pub mobile: MobileChoice,
    pub district: DistrictCode,
    /// At least one of the round's.
    pub brands: Vec<Brand>,
    /// In which the person is written to.
    pub language: Language,
}

/// What was registered; the phone masked.
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
