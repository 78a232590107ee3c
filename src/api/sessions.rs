//! A person's session of ten minutes at one kiosk: how they log in, and what they may do in the
//! round.

use super::bookings::BookingView;
use super::captchas::CaptchaAnswer;
use super::intentions::IntentionView;
use crate::domain::card::CardNumber;
use crate::domain::identity::IdNumber;
use crate::domain::personal::Personal;
use crate::domain::refusal::Refusal;
use crate::domain::site::{Site, SlotId};
use jiff::{Timestamp, civil::DateTime};
use serde::{Deserialize, Serialize};

/// How many digits a one-time password of the NHI app has (健保卡 OTP 認證).
pub const APP_CODE_DIGITS: usize = 6;
/// How many characters a registered password has at most (citizen's manual: 最長12位).
pub const PASSWORD_AT_MOST: usize = 12;

/// `POST /v1/sessions`: one of the ways to log in.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(tag = "way", rename_all = "kebab-case")]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub enum OpenSession {
    /// With the numbers of the card in the reader, and the registered password where the kiosk asks
    /// for it.
    Card {
        id: IdNumber,
        card: CardNumber,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        password: Option<Personal>,
    },
    /// With a one-time password of the NHI app: six digits, valid for three minutes.
    App { id: IdNumber, code: Personal, graphic: CaptchaAnswer },
    /// With the identity number and the card's number, both typed.
    Numbers { id: IdNumber, card: CardNumber, graphic: CaptchaAnswer },
    /// At a counter, by logged-in staff who have the person before them. What is done in such a
    /// session needs the same staff member's token.
    Counter {
        id: IdNumber,
        card: CardNumber,
        /// Whether the numbers were typed, and no card was in the reader.
        typed: bool,
        /// Whether the person has agreed to the privacy notice before this staff member. Asked
        /// after the card was read, it is sent by opening the session once more.
        consent: bool,
    },
}

impl OpenSession {
    pub fn id(&self) -> &IdNumber {
        match self {
            OpenSession::Card { id, .. }
            | OpenSession::App { id, .. }
            | OpenSession::Numbers { id, .. }
            | OpenSession::Counter { id, .. } => id,
        }
    }
}

/// The bearer token of a session: hexadecimal digits that only the service can read.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(transparent)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct SessionToken(pub Personal);

/// The answer to [`OpenSession`].
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct SessionOpened {
    pub token: SessionToken,
    pub standing: Standing,
}

/// What a person may do in the round now, and what they have booked or registered.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct Standing {
    /// `甄〇康`
    pub name_masked: Personal,
    /// The rule by which they may not book now, if there is one.
    pub refusal: Option<Refusal>,
    /// The rule by which they may not register now or change what they registered, if there is one.
    pub registering: Option<Refusal>,
    pub intention: Option<IntentionView>,
    /// The booking that they have and did not cancel.
    pub booking: Option<BookingView>,
    /// That their slot was closed, until they have another booking.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub displaced: Option<Displaced>,
}

/// What happened to a person whose slot was closed (typhoon, no vaccine): they may choose another
/// seat before others, by `POST /v1/bookings`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct Displaced {
    /// The seat that they lost.
    pub closed: SeatView,
    /// The seat that is set aside for them until `until`; absent if there was none, or that time
    /// has ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub held: Option<SeatView>,
    /// Until then they may choose, also when the round's booking window is over.
    pub until: Timestamp,
}

/// A seat of a slot.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct SeatView {
    pub slot: SlotId,
    pub site: Site,
    #[cfg_attr(feature = "server", schema(value_type = String, example = "2027-07-16T10:00:00"))]
    pub starts: DateTime,
    #[cfg_attr(feature = "server", schema(value_type = String, example = "2027-07-16T10:00:00"))]
    pub ends: DateTime,
}
