//! The problems that routes answer with, as families for the contract: each lists the answers of a
//! kind of route, so that a route names its family and not every status.

#![allow(dead_code, reason = "the contract is made from the types; no value of them is ever made")]

use crate::api::problem::Problem;
use utoipa::IntoResponses;

/// Of routes that a known kiosk may ask, without reading anything that can be missing.
#[derive(IntoResponses)]
pub enum DeviceProblems {
    /// unknown-device: the kiosk is not known, or revoked
    #[response(status = 401, content_type = "application/problem+json")]
    UnknownDevice(Problem),
    /// too-many: wait as long as Retry-After says
    #[response(status = 429, content_type = "application/problem+json")]
    TooMany(Problem),
}

/// Of routes that need the programme, or a person's session.
#[derive(IntoResponses)]
pub enum ReadProblems {
    /// unknown-device; for a person's routes also session-over
    #[response(status = 401, content_type = "application/problem+json")]
    UnknownDevice(Problem),
    /// too-many: wait as long as Retry-After says
    #[response(status = 429, content_type = "application/problem+json")]
    TooMany(Problem),
    /// unavailable: busy or not ready; wait as long as Retry-After says, then the same again
    #[response(status = 503, content_type = "application/problem+json")]
    Unavailable(Problem),
}

/// Of routes about a place.
#[derive(IntoResponses)]
pub enum PlaceProblems {
    /// not-found: there is no such place
    #[response(status = 404, content_type = "application/problem+json")]
    NotFound(Problem),
}

/// Of routes that read a body.
#[derive(IntoResponses)]
pub enum BodyProblems {
    /// bad-request: it cannot be read, or makes no sense
    #[response(status = 400, content_type = "application/problem+json")]
    BadRequest(Problem),
}

/// Of routes by which a person shows who they are.
#[derive(IntoResponses)]
pub enum LoginProblems {
    /// unknown-person: the numbers belong to nobody, or not together; wrong-graphic;
    /// channel-may-not
    #[response(status = 403, content_type = "application/problem+json")]
    Forbidden(Problem),
}

/// Of routes that not every channel has.
#[derive(IntoResponses)]
pub enum ChannelProblems {
    /// channel-may-not: not at this channel
    #[response(status = 403, content_type = "application/problem+json")]
    ChannelMayNot(Problem),
}

/// Of routes that the rules of the round decide.
#[derive(IntoResponses)]
pub enum RuleProblems {
    /// refused: a rule of the round says no; `refusal` says which
    #[response(status = 409, content_type = "application/problem+json")]
    Refused(Problem),
}

/// Of routes with an idempotency key.
#[derive(IntoResponses)]
pub enum KeyProblems {
    /// key-reused: the key belongs to another booking
    #[response(status = 422, content_type = "application/problem+json")]
    KeyReused(Problem),
}

/// Of the administrator's routes.
#[derive(IntoResponses)]
pub enum AdministratorProblems {
    /// not-allowed: the administrator's token is missing or wrong
    #[response(status = 403, content_type = "application/problem+json")]
    NotAllowed(Problem),
    /// unavailable: busy or not ready; wait as long as Retry-After says, then the same again
    #[response(status = 503, content_type = "application/problem+json")]
    Unavailable(Problem),
}
