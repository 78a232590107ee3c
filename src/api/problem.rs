//! Problems, as RFC 9457 documents with a code of ours. The kiosk says in the person's language
//! what a code means to them.

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
    /// Only the administrator may do that.
    NotAllowed,
    /// The channel of this device may not do that.
    ChannelMayNot,
    /// Identity number and card number do not belong together, or belong to nobody. The answer does
    /// not say which.
    UnknownPerson,
    /// The captcha was answered wrongly, has expired, or was used before: draw another.
    WrongGraphic,
    /// Too many log-ins of this person or at this kiosk have failed. None is looked at before
    /// `retry_after`.
    TooManyWrong,
    /// The session's token is missing or unknown, or the session is over.
    SessionOver,
    /// A rule of the round does not allow it: see `refusal`.
    Refused,
    /// The request cannot be read.
    BadRequest,
    /// The idempotency key belongs to another booking.
    KeyReused,
    NotFound,
    /// The path exists, but not with this method.
    WrongMethod,
    /// This kiosk or this person has sent too many requests. Nothing was done; try again after
    /// `retry_after`.
    TooMany,
    /// The service is busy or not ready. Try again after `retry_after`, a booking with the same
    /// key.
    Unavailable,
}

impl Code {
    /// Whether the same request is likely to be granted a little later.
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
    /// In seconds, at least 1: the same number as in the header.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after: Option<u32>,
}
