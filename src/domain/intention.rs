//! A person's registered intention (意願登記): the district, the brands and the phone that they
//! chose. A person has one at most. It stands until it is withdrawn, and each round asks when it
//! was given. Who may register or change one is in `registering`.

use super::booking_number::BookingNumber;
use super::phone::MobileNumber;
use super::region::DistrictCode;
use super::round::Brand;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// A registration number (登記序號). It has the format of a booking number and gives no order
/// of turn; its round is the one that was on at the time.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(transparent)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct RegistrationNumber(pub BookingNumber);

impl std::fmt::Display for RegistrationNumber {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// What a person registers.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct Wish {
    pub mobile: MobileNumber,
    pub district: DistrictCode,
    /// At least one, all of them the round's.
    pub brands: Vec<Brand>,
}

/// A registered intention.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Intention {
    pub number: RegistrationNumber,
    /// When it was first given, which a round compares with its cut-off. A change of the intention
    /// does not change it.
    pub registered: Timestamp,
    pub mobile: MobileNumber,
    pub district: DistrictCode,
    /// At least one.
    pub brands: Vec<Brand>,
}

impl Intention {
    /// The same registration with what the person wants now.
    pub fn changed(&self, wish: Wish) -> Self {
        Self { mobile: wish.mobile, district: wish.district, brands: wish.brands, ..self.clone() }
    }

    /// Whether the wish is what is registered already.
    pub fn says(&self, wish: &Wish) -> bool {
        self.mobile == wish.mobile && self.district == wish.district && self.brands == wish.brands
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::domain::round::RoundNumber;
    use crate::domain::taipei::instant;
    use jiff::civil::DateTime;

    pub(crate) fn intention(registered: DateTime, brands: &[Brand]) -> Intention {
        Intention {
            number: RegistrationNumber(number()),
            registered: instant(registered),
            mobile: MobileNumber::parse("0912345678").unwrap(),
            district: DistrictCode(6_300_300),
            brands: brands.to_vec(),
        }
    }

    #[test]
    fn a_changed_intention_is_the_same_registration_with_all_of_the_new_wish() {
        let before = intention("2021-07-06T10:00:00".parse().unwrap(), &[Brand::AstraZeneca]);
        let wish = Wish {
            mobile: MobileNumber::parse("0987654321").unwrap(),
            district: DistrictCode(6_300_100),
            brands: vec![Brand::Moderna],
        };
        let after = before.changed(wish.clone());
        assert_eq!((after.number, after.registered), (before.number, before.registered));
        assert!(after.says(&wish) && !before.says(&wish));
        for other in [
            Wish { mobile: before.mobile.clone(), ..wish.clone() },
            Wish { district: before.district, ..wish.clone() },
            Wish { brands: before.brands.clone(), ..wish },
        ] {
            assert!(!after.says(&other), "{other:?}");
        }
    }

    pub(crate) fn number() -> BookingNumber {
        BookingNumber::new(RoundNumber::try_from(2).unwrap(), 1).unwrap()
    }
}
