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
    pub const ALL: [Code; 14] = [
        Code::UnknownDevice,
        Code::NotAllowed,
        Code::ChannelMayNot,
        Code::UnknownPerson,
        Code::WrongGraphic,
        Code::TooManyWrong,
        Code::SessionOver,
        Code::Refused,
        Code::BadRequest,
        Code::KeyReused,
        Code::NotFound,
        Code::WrongMethod,
        Code::TooMany,
        Code::Unavailable,
    ];

    /// As it is on the wire.
    pub fn text(self) -> &'static str {
        match self {
            Code::UnknownDevice => "unknown-device",
            Code::NotAllowed => "not-allowed",
            Code::ChannelMayNot => "channel-may-not",
            Code::UnknownPerson => "unknown-person",
            Code::WrongGraphic => "wrong-graphic",
            Code::TooManyWrong => "too-many-wrong",
            Code::SessionOver => "session-over",
            Code::Refused => "refused",
            Code::BadRequest => "bad-request",
            Code::KeyReused => "key-reused",
            Code::NotFound => "not-found",
            Code::WrongMethod => "wrong-method",
            Code::TooMany => "too-many",
            Code::Unavailable => "unavailable",
        }
    }

    /// A letter and two digits, as a person can read them out on the telephone.
    pub fn spoken(self) -> &'static str {
        match self {
            Code::UnknownDevice => "E01",
            Code::NotAllowed => "E02",
            Code::ChannelMayNot => "E03",
            Code::UnknownPerson => "E04",
            Code::WrongGraphic => "E05",
            Code::TooManyWrong => "E06",
            Code::SessionOver => "E07",
            Code::Refused => "E08",
            Code::BadRequest => "E09",
            Code::KeyReused => "E10",
            Code::NotFound => "E11",
            Code::WrongMethod => "E12",
            Code::TooMany => "E13",
            Code::Unavailable => "E14",
        }
    }

    /// What it means, and what helps.
    pub fn meaning(self) -> &'static str {
        match self {
            Code::UnknownDevice => {
                "The device's token is missing, unknown or revoked, and its certificate is not \
                 known either. Ask whoever runs the service to add the device."
            }
            Code::NotAllowed => {
                "Only the administrator may do that, with the administrator's token."
            }
            Code::ChannelMayNot => {
                "The channel of this device (convenience store, pharmacy, health station) may not \
                 do that."
            }
            Code::UnknownPerson => {
                "Identity number and card number do not belong together, or belong to nobody. The \
                 answer does not say which."
            }
            Code::WrongGraphic => {
                "The graphic code was answered wrongly, has expired, or was used before. Draw \
                 another."
            }
            Code::TooManyWrong => {
                "Too many log-ins of this person or at this kiosk have failed. None is looked at \
                 before Retry-After is over."
            }
            Code::SessionOver => {
                "The session's token is missing or unknown, or the session is over. Open another."
            }
            Code::Refused => {
                "A rule of the round does not allow it. The member refusal says which, with its \
                 dates."
            }
            Code::BadRequest => {
                "The request cannot be read: its body, its path or a header is not what the \
                 contract says."
            }
            Code::KeyReused => {
                "The idempotency key belongs to another booking. Make a new one for each press of \
                 the button."
            }
            Code::NotFound => "There is nothing at this path.",
            Code::WrongMethod => {
                "The path is there, but not with this method. The header Allow says with which."
            }
            Code::TooMany => {
                "This device or this person has sent too many requests. Nothing was done. Try \
                 again after Retry-After."
            }
            Code::Unavailable => {
                "The service is busy or not ready. Try again after Retry-After, a booking with \
                 the same key: it may have been made."
            }
        }
    }

    /// The URI of the problem's type (RFC 9457, 3.1.1): a path of the service that has given it.
    pub fn uri(self) -> String {
        format!("/problems/{}", self.text())
    }

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_spelled_as_on_the_wire() {
        for code in Code::ALL {
            assert_eq!(serde_json::to_value(code).unwrap(), code.text());
        }
    }

    #[test]
    fn what_is_read_out_is_a_letter_and_two_digits_and_a_code_s_own() {
        let spoken: std::collections::HashSet<_> = Code::ALL.map(Code::spoken).into();
        assert_eq!(spoken.len(), Code::ALL.len());
        let is_short = |code: &&str| {
            code.len() == 3
                && code.starts_with('E')
                && code[1..].chars().all(|c| c.is_ascii_digit())
        };
        assert!(spoken.iter().all(is_short), "{spoken:?}");
    }
}
