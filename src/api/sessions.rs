//! A person's ten minutes at one kiosk: what proves who they are, and how they stand in the round.

use super::bookings::BookingView;
use crate::domain::card::CardNumber;
use crate::domain::eligibility::Refusal;
use crate::domain::identity::IdNumber;
use crate::domain::personal::Personal;
use crate::domain::region::DistrictCode;
use crate::domain::round::Brand;
use serde::{Deserialize, Serialize};

/// `POST /v1/sessions`: what the card in the reader says.
#[derive(Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct OpenSession {
    pub id: IdNumber,
    pub card: CardNumber,
}

/// The secret of one session: hexadecimal digits that only the service can read.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(transparent)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct SessionToken(pub Personal);

/// The answer to it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct SessionOpened {
    pub token: SessionToken,
    pub standing: Standing,
}

/// How a person stands in the round.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct Standing {
    /// Why not, if they may not book now.
    pub refusal: Option<Refusal>,
    pub intention: Option<IntentionView>,
    /// The live booking.
    pub booking: Option<BookingView>,
}

/// What was registered; the phone masked.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct IntentionView {
    /// `0912 *** 678`
    pub mobile_masked: Personal,
    pub district: DistrictCode,
    pub brands: Vec<Brand>,
}
