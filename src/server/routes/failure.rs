//! How a failure leaves the service: an RFC 9457 document with a code, and no cause from inside.

use crate::api::problem::{Code, PROBLEM_TYPE, Problem};
use crate::domain::eligibility::Refusal;
use crate::server::engine::EngineError;
use crate::server::store::StoreError;
use axum::extract::rejection::JsonRejection;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

/// A failed request: its code, and the refusal if a rule said no.
#[derive(Debug)]
pub struct Failure(pub Code, pub Option<Refusal>);

impl From<Code> for Failure {
    fn from(code: Code) -> Self {
        Failure(code, None)
    }
}

impl From<StoreError> for Failure {
    fn from(_: StoreError) -> Self {
        Failure(Code::Unavailable, None)
    }
}

impl From<JsonRejection> for Failure {
    fn from(_: JsonRejection) -> Self {
        Failure(Code::BadRequest, None)
    }
}

impl From<EngineError> for Failure {
    fn from(error: EngineError) -> Self {
        match error {
            EngineError::Refused(refusal) => Failure(Code::Refused, Some(refusal)),
            EngineError::KeyReused => Failure(Code::KeyReused, None),
            EngineError::Unavailable => Failure(Code::Unavailable, None),
        }
    }
}

fn status_and_title(code: Code) -> (StatusCode, &'static str) {
    match code {
        Code::UnknownDevice => (StatusCode::UNAUTHORIZED, "The device is not known"),
        Code::ChannelMayNot => (StatusCode::FORBIDDEN, "This channel may not do that"),
        Code::UnknownPerson => (StatusCode::FORBIDDEN, "The numbers do not belong to a person of this programme"),
        Code::SessionOver => (StatusCode::UNAUTHORIZED, "The session is over"),
        Code::Refused => (StatusCode::CONFLICT, "A rule of the round says no"),
        Code::BadRequest => (StatusCode::BAD_REQUEST, "The request cannot be read"),
        Code::KeyReused => (StatusCode::UNPROCESSABLE_ENTITY, "The idempotency key belongs to another request"),
        Code::NotFound => (StatusCode::NOT_FOUND, "There is nothing here"),
        Code::Unavailable => (StatusCode::SERVICE_UNAVAILABLE, "Nothing was done; try again"),
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let (status, title) = status_and_title(self.0);
        let problem = Problem {
            kind: "about:blank".into(),
            title: title.into(),
            status: status.as_u16(),
            code: self.0,
            refusal: self.1,
        };
        (status, [(header::CONTENT_TYPE, PROBLEM_TYPE)], axum::Json(problem)).into_response()
    }
}
