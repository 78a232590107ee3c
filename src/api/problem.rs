//! Problems, as RFC 9457 documents with a code of ours. What a code means to a person is said by
//! the kiosk, in their language.

use crate::domain::refusal::Refusal;
use serde::{Deserialize, Serialize};

/// The media type of a problem.
pub const PROBLEM_TYPE: &str = "application/problem+json";

/// What went wrong, for a program.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub enum Code {
    /// The device's token is missing, unknown or revoked.
    UnknownDevice,
    /// For the administrator only.
    NotAllowed,
    /// The channel of this device may not do that.
    ChannelMayNot,
    /// Identity number and card number do not belong together, or belong to nobody: one answer that
    /// does not say which.
    UnknownPerson,
    /// The graphic code was answered wrongly, is over, or was used before: draw another.
    WrongGraphic,
    /// Wrong too often, this person or this kiosk: nothing is looked at before `retry_after`.
    TooManyWrong,
    /// The session's token is missing, unknown or over.
    SessionOver,
    /// A rule says no: see `refusal`.
    Refused,
    /// The request cannot be read.
    BadRequest,
    /// The idempotency key was used for something else.
    KeyReused,
    NotFound,
    /// Something is there, but not for this method.
    WrongMethod,
    /// This kiosk or this person asks too often: nothing was done; try again after `retry_after`.
    TooMany,
    /// Busy, or not ready. Try again after `retry_after`, a booking with the same key.
    Unavailable,
}

impl Code {
    /// Whether the same request may well be granted a little later.
    pub fn will_pass(self) -> bool {
        matches!(self, Code::TooMany | Code::Unavailable)
    }
}

/// A problem document.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct Problem {
    #[serde(rename = "type")]
    pub kind: String,
    pub title: String,
    pub status: u16,
    pub code: Code,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refusal: Option<Refusal>,
    /// Seconds, at least 1: the same as in the header.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after: Option<u32>,
}
