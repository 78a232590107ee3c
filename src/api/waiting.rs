//! Those who wait for a seat when none is free: what they wait for, and what is offered to them.

use super::bookings::MobileChoice;
use super::sessions::OfferView;
use crate::domain::language::Language;
use crate::domain::personal::Personal;
use crate::domain::site::Site;
use crate::domain::waiting::WaitingWish;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// How many digits the code of an offer has.
pub const OFFER_CODE_DIGITS: usize = 10;

/// `PUT /v1/waiting/own`. Who waits already changes what they wait for, and keeps their place.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct AskToWait {
    pub wish: WaitingWish,
    /// Where a seat that is offered is told.
    pub mobile: MobileChoice,
    /// The language of the text messages.
    #[serde(default)]
    pub language: Language,
}

/// How somebody waits, as they are shown themselves. Nothing is said of anybody else.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct WaitingView {
    pub wish: WaitingWish,
    /// The site of the wish, if it names one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub site: Option<Site>,
    pub mobile_masked: Personal,
    /// Since when they wait for this.
    pub asked: Timestamp,
    /// Their place in the line: 1 is the first. Not all before them wait for the same.
    pub place: u64,
    /// How often what they wait for came free; absent while nothing is known of that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chances: Option<Chances>,
    /// The seat that is held for them now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offer: Option<OfferView>,
}

/// How many seats came free that would have suited somebody, by what others were offered.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct Chances {
    pub seats: u32,
    /// Counted since then: for a day at most.
    pub since: Timestamp,
}

/// `POST /v1/offers/taken`, with an idempotency key: takes the seat of an offer by the code that
/// its text message says, without a card.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct TakeOffer {
    /// Ten digits.
    pub code: Personal,
}
