//! Problems, as RFC 9457 documents with a code of ours. The kiosk says in the person's language
//! what a code means to them.

use crate::domain::refusal::Refusal;
use serde::{Deserialize, Serialize};

/// The media type of a problem.
pub const PROBLEM_TYPE: &str = "application/problem+json";

/// The codes, a row each: its name, how it is spelled on the wire, how it is read out on the
/// telephone, its HTTP status, its title, and what it means and what helps.
macro_rules! codes {
    ($(
        $name:ident $text:literal $spoken:literal $status:literal
        $title:literal
        $meaning:literal;
    )*) => {
        /// What went wrong, for a program.
        #[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
        #[serde(rename_all = "kebab-case")]
        #[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
        pub enum Code {
            $(#[doc = $meaning] $name,)*
        }

        impl Code {
            pub const ALL: [Code; [$(Code::$name),*].len()] = [$(Code::$name),*];

            /// As it is on the wire.
            pub fn text(self) -> &'static str {
                match self {
                    $(Code::$name => $text,)*
                }
            }

            /// A letter and two digits, as a person can read them out on the telephone.
            pub fn spoken(self) -> &'static str {
                match self {
                    $(Code::$name => $spoken,)*
                }
            }

            /// The HTTP status of an answer with it.
            pub fn status(self) -> u16 {
                match self {
                    $(Code::$name => $status,)*
                }
            }

            /// In a few words, for whoever reads a log.
            pub fn title(self) -> &'static str {
                match self {
                    $(Code::$name => $title,)*
                }
            }

            /// What it means, and what helps.
            pub fn meaning(self) -> &'static str {
                match self {
                    $(Code::$name => $meaning,)*
                }
            }
        }
    };
}

codes! {
    UnknownDevice "unknown-device" "E01" 401
        "The device is not known"
        "The device's token is missing, unknown or revoked, and its certificate is not \
         known either. Ask whoever runs the service to add the device.";
    NotAllowed "not-allowed" "E02" 403
        "Only the administrator may do that"
        "Only the administrator may do that, with the administrator's token.";
    ChannelMayNot "channel-may-not" "E03" 403
        "This channel may not do that"
        "The channel of this device (convenience store, pharmacy, health station) may not \
         do that.";
    UnknownPerson "unknown-person" "E04" 403
        "The numbers do not belong to a person of this programme"
        "Identity number and card number do not belong together, or belong to nobody. The \
         answer does not say which.";
    WrongGraphic "wrong-graphic" "E05" 403
        "The graphic code was answered wrongly, or is over"
        "The graphic code was answered wrongly, has expired, or was used before. Draw \
         another.";
    TooManyWrong "too-many-wrong" "E06" 429
        "Wrong too often; try again later"
        "Too many log-ins of this person or at this kiosk have failed. None is looked at \
         before Retry-After is over.";
    SessionOver "session-over" "E07" 401
        "The session is over"
        "The session's token is missing or unknown, or the session is over. Open another.";
    Refused "refused" "E08" 409
        "A rule of the round says no"
        "A rule of the round does not allow it. The member refusal says which, with its \
         dates.";
    BadRequest "bad-request" "E09" 400
        "The request cannot be read"
        "The request cannot be read: its body, its path or a header is not what the \
         contract says.";
    KeyReused "key-reused" "E10" 422
        "The idempotency key belongs to another request"
        "The idempotency key belongs to another booking. Make a new one for each press of \
         the button.";
    NotFound "not-found" "E11" 404
        "There is nothing here"
        "There is nothing at this path.";
    WrongMethod "wrong-method" "E12" 405
        "Not with this method"
        "The path is there, but not with this method. The header Allow says with which.";
    TooMany "too-many" "E13" 429
        "Asked too often; try again later"
        "This device or this person has sent too many requests. Nothing was done. Try \
         again after Retry-After.";
    Unavailable "unavailable" "E14" 503
        "Busy, or not ready; try again with the same key"
        "The service is busy or not ready. Try again after Retry-After, a booking with \
         the same key: it may have been made.";
    StaffUnknown "staff-unknown" "E15" 403
        "The card belongs to no staff"
        "The card belongs to nobody's staff. A manager of the institution, or whoever \
         runs the service for a representative, adds its owner.";
    StaffElsewhere "staff-elsewhere" "E16" 403
        "The card belongs to another institution's staff"
        "The card belongs to staff of another institution than this device's. Its owner \
         logs in there, or is added here too.";
    StaffWithdrawn "staff-withdrawn" "E17" 403
        "This staff member may do nothing any more"
        "This staff member was withdrawn. A manager of the institution can take it back.";
    RightMissing "right-missing" "E18" 403
        "This staff member has no right to do that"
        "This staff member has no right to do that. A manager of the institution gives \
         rights.";
    NotACounter "not-a-counter" "E19" 403
        "Staff cannot log in at this device"
        "No staff can log in at this device: it belongs to no institution that the \
         service knows, the institution is closed, or the service has no [staff] in its \
         settings.";
    CertificateExpired "certificate-expired" "E20" 403
        "The card's certificate has expired"
        "The card's certificate, or that of a CA between, has expired. Its owner applies \
         for a new card.";
    CertificateNotYetValid "certificate-not-yet-valid" "E21" 403
        "The card's certificate is not valid yet"
        "The card's certificate, or that of a CA between, is not valid yet. If it should \
         be, look at the service's clock.";
    CertificateRevoked "certificate-revoked" "E22" 403
        "The card's certificate was revoked"
        "The card's certificate was revoked by its CA. Its owner applies for a new card.";
    CertificateForeign "certificate-foreign" "E23" 403
        "The card's certificate is of no CA that counts"
        "The card's certificate does not lead to a CA that the service's settings name.";
    CertificateUnusable "certificate-unusable" "E24" 403
        "The card's certificate cannot be used to log in"
        "The certificate cannot be used to log in: it cannot be read, is not one for \
         signatures, has no serial number of its owner, or is signed in a way that is not \
         accepted.";
    ChallengeOver "challenge-over" "E25" 403
        "The challenge is over"
        "The challenge has expired, was used before, or was given out at another device. \
         Ask for another, and let the card sign that.";
    SignatureWrong "signature-wrong" "E26" 403
        "The card's signature is wrong"
        "The signature is not one of this challenge by the key of this certificate.";
    StaffSessionOver "staff-session-over" "E27" 401
        "The staff session is over"
        "The staff session's token is missing or unknown, or the session is over. Log in \
         again.";
    RevocationUnknown "revocation-unknown" "E28" 503
        "It is not known whether the card's certificate was revoked"
        "The service has no list of revoked certificates of this CA that is in force. \
         Whoever runs the service renews the files of crl in [staff].";
    StaffKnown "staff-known" "E29" 409
        "The card belongs to staff of this institution already"
        "The card belongs to staff of this institution already. Change what is there.";
    StaffChanged "staff-changed" "E30" 409
        "This staff member was changed meanwhile"
        "Somebody else has changed this staff member since the list was read. Nothing was \
         changed now. Read the list again.";
}

impl Code {
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
    /// Of a request for several people: about which of them it is, counted from 0.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<u32>,
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
