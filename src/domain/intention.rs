//! A person's registered intention (意願登記): where they gave it, for which brands, and with which phone.

use super::phone::MobileNumber;
use super::region::DistrictCode;
use super::round::{Brand, RoundNumber};
use jiff::Timestamp;

/// An intention registered for a round.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Intention {
    pub round: RoundNumber,
    pub registered: Timestamp,
    pub mobile: MobileNumber,
    pub district: DistrictCode,
    /// At least one.
    pub brands: Vec<Brand>,
}
