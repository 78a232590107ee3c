//! A person's ten minutes at one kiosk: what proves who they are, and how they stand in the round.

use super::bookings::BookingView;
use super::captchas::CaptchaAnswer;
use super::intentions::IntentionView;
use crate::domain::card::CardNumber;
use crate::domain::identity::IdNumber;
use crate::domain::personal::Personal;
use crate::domain::refusal::Refusal;
use serde::{Deserialize, Serialize};

/// Digits of the NHI app's code (健保卡 OTP 認證).
pub const APP_CODE_DIGITS: usize = 6;
/// Characters of a registered password at most (citizen's manual: 最長12位).
pub const PASSWORD_AT_MOST: usize = 12;

/// `POST /v1/sessions`: one of the ways in.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(tag = "way", rename_all = "kebab-case")]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub enum OpenSession {
    /// What the card in the reader says, with the registered password where the kiosk asks for it.
    Card {
        id: IdNumber,
        card: CardNumber,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        password: Option<Personal>,
    },
    /// The NHI app's code of six digits, valid for three minutes.
    App { id: IdNumber, code: Personal, graphic: CaptchaAnswer },
    /// The number on the card, typed.
    Numbers { id: IdNumber, card: CardNumber, graphic: CaptchaAnswer },
}

impl OpenSession {
    pub fn id(&self) -> &IdNumber {
        match self {
            OpenSession::Card { id, .. }
            | OpenSession::App { id, .. }
            | OpenSession::Numbers { id, .. } => id,
        }
    }
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
    /// `甄〇康`
    pub name_masked: Personal,
    /// Why not, if they may not book now.
    pub refusal: Option<Refusal>,
    /// Why not, if they may not register now, or change what they registered.
    pub registering: Option<Refusal>,
    pub intention: Option<IntentionView>,
    /// The live booking.
    pub booking: Option<BookingView>,
}
