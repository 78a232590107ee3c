//! The problems that routes answer with, in families for the OpenAPI document. Each family lists
//! the statuses of one kind of route, so that a handler names families and no single statuses.

#![allow(dead_code, reason = "the contract is made from the types; no value of them is ever made")]

use crate::api::problem::Problem;
use utoipa::IntoResponses;

/// Routes that need a known kiosk, and nothing of the database.
#[derive(IntoResponses)]
pub enum DeviceProblems {
    /// unknown-device: the kiosk is not known, or revoked
    #[response(status = 401, content_type = "application/problem+json")]
    UnknownDevice(Problem),
    /// too-many: wait as long as Retry-After says
    #[response(status = 429, content_type = "application/problem+json")]
    TooMany(Problem),
}

/// Routes that need the programme or the database.
#[derive(IntoResponses)]
pub enum ReadProblems {
    /// unknown-device; for a person's routes also session-over, for those of staff
    /// staff-session-over
    #[response(status = 401, content_type = "application/problem+json")]
    UnknownDevice(Problem),
    /// too-many: wait as long as Retry-After says
    #[response(status = 429, content_type = "application/problem+json")]
    TooMany(Problem),
    /// unavailable: busy or not ready; wait as long as Retry-After says, then the same again
    #[response(status = 503, content_type = "application/problem+json")]
    Unavailable(Problem),
}

/// Routes about a district or a site.
#[derive(IntoResponses)]
pub enum PlaceProblems {
    /// not-found: there is no such place
    #[response(status = 404, content_type = "application/problem+json")]
    NotFound(Problem),
}

/// Routes of the publication, which need no key.
#[derive(IntoResponses)]
pub enum PublicationProblems {
    /// not-found: the service publishes nothing
    #[response(status = 404, content_type = "application/problem+json")]
    NotFound(Problem),
    /// unavailable: not ready; wait as long as Retry-After says, then the same again
    #[response(status = 503, content_type = "application/problem+json")]
    Unavailable(Problem),
}

/// Routes with a query.
#[derive(IntoResponses)]
pub enum QueryProblems {
    /// bad-request: the query cannot be read, or asks for too much
    #[response(status = 400, content_type = "application/problem+json")]
    BadRequest(Problem),
}

/// Routes with a body.
#[derive(IntoResponses)]
pub enum BodyProblems {
    /// bad-request: it cannot be read, or makes no sense
    #[response(status = 400, content_type = "application/problem+json")]
    BadRequest(Problem),
}

/// Routes on which a person proves who they are.
#[derive(IntoResponses)]
pub enum LoginProblems {
    /// unknown-person: the numbers belong to nobody, or not together; wrong-graphic;
    /// channel-may-not
    #[response(status = 403, content_type = "application/problem+json")]
    Forbidden(Problem),
}

/// Routes that only some channels may use, and only some staff.
#[derive(IntoResponses)]
pub enum ChannelProblems {
    /// channel-may-not: not at this channel; of staff also right-missing, staff-withdrawn,
    /// staff-elsewhere, not-a-counter
    #[response(status = 403, content_type = "application/problem+json")]
    ChannelMayNot(Problem),
}

/// Routes on which the rules of the round are checked.
#[derive(IntoResponses)]
pub enum RuleProblems {
    /// refused: a rule of the round says no; `refusal` says which
    #[response(status = 409, content_type = "application/problem+json")]
    Refused(Problem),
}

/// Routes with an idempotency key.
#[derive(IntoResponses)]
pub enum KeyProblems {
    /// key-reused: the key belongs to another booking
    #[response(status = 422, content_type = "application/problem+json")]
    KeyReused(Problem),
}

/// Routes for staff.
#[derive(IntoResponses)]
pub enum StaffProblems {
    /// not-a-counter; staff-withdrawn; staff-elsewhere; right-missing; certificate-unusable
    #[response(status = 403, content_type = "application/problem+json")]
    Forbidden(Problem),
}

/// Routes on which staff log in.
#[derive(IntoResponses)]
pub enum StaffLoginProblems {
    /// not-a-counter; challenge-over; signature-wrong; certificate-expired and the like;
    /// staff-unknown, staff-elsewhere, staff-withdrawn; unknown-person: number, card or password
    #[response(status = 403, content_type = "application/problem+json")]
    Forbidden(Problem),
}

/// Routes on which staff are added.
#[derive(IntoResponses)]
pub enum KnownStaffProblems {
    /// staff-known: the card belongs to somebody of the institution already
    #[response(status = 409, content_type = "application/problem+json")]
    Known(Problem),
}

/// Routes on which staff are changed.
#[derive(IntoResponses)]
pub enum ChangedStaffProblems {
    /// staff-changed: somebody else has changed them since the list was read
    #[response(status = 409, content_type = "application/problem+json")]
    Changed(Problem),
}

/// Routes of the administrator.
#[derive(IntoResponses)]
pub enum AdministratorProblems {
    /// not-allowed: no administrator's token came with the request
    #[response(status = 401, content_type = "application/problem+json")]
    Unknown(Problem),
    /// not-allowed: the administrator's token is wrong
    #[response(status = 403, content_type = "application/problem+json")]
    NotAllowed(Problem),
    /// unavailable: busy or not ready; wait as long as Retry-After says, then the same again
    #[response(status = 503, content_type = "application/problem+json")]
    Unavailable(Problem),
}
