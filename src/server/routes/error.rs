//! How a failure is answered: as an RFC 9457 document with a code. Causes inside the service are
//! logged and not sent.

use crate::api::problem::{Code, PROBLEM_TYPE, Problem};
use crate::domain::refusal::Refusal;
use crate::server::engine::EngineError;
use crate::server::limits::RateLimited;
use crate::server::lockout::LockedOut;
use crate::server::store::error::StoreError;
use axum::extract::rejection::{JsonRejection, QueryRejection};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use std::time::Duration;

/// A failed request: its code, the refusal if a rule of the round was broken, and how long to wait
/// before trying again.
#[derive(Debug)]
pub struct ApiError {
    code: Code,
    refusal: Option<Refusal>,
    wait: Option<Duration>,
    /// Credentials are missing, rather than not enough.
    no_credentials: bool,
}

impl ApiError {
    /// Only the administrator may do that, and no token came with the request.
    pub(super) fn administrator_unknown() -> Self {
        ApiError { no_credentials: true, ..Code::NotAllowed.into() }
    }

    /// How one shows who one is, for `WWW-Authenticate` (RFC 9110, 11.6.1): every 401 has it.
    fn challenge(&self) -> Option<HeaderValue> {
        match self.code {
            // A scheme of our own: the token is in a header of its own, or a certificate proves it.
            Code::UnknownDevice => {
                Some(HeaderValue::from_static("Vaxkiosk-Device realm=\"device\""))
            }
            Code::SessionOver => Some(HeaderValue::from_static("Bearer realm=\"session\"")),
            // Of our own too: its token stands beside the person's.
            Code::StaffSessionOver => {
                Some(HeaderValue::from_static("Vaxkiosk-Staff realm=\"staff\""))
            }
            Code::NotAllowed if self.no_credentials => {
                Some(HeaderValue::from_static("Bearer realm=\"administrator\""))
            }
            _ => None,
        }
    }
}

/// How long a kiosk is asked to wait when the service is busy or not ready.
const RETRY_WHEN_BUSY: Duration = Duration::from_secs(1);

impl From<Code> for ApiError {
    fn from(code: Code) -> Self {
        ApiError {
            code,
            refusal: None,
            wait: (code == Code::Unavailable).then_some(RETRY_WHEN_BUSY),
            no_credentials: false,
        }
    }
}

impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> Self {
        tracing::error!(%error, "the store failed");
        Code::Unavailable.into()
    }
}

impl From<JsonRejection> for ApiError {
    fn from(_: JsonRejection) -> Self {
        Code::BadRequest.into()
    }
}

impl From<QueryRejection> for ApiError {
    fn from(_: QueryRejection) -> Self {
        Code::BadRequest.into()
    }
}

impl From<RateLimited> for ApiError {
    fn from(limited: RateLimited) -> Self {
        ApiError { wait: Some(limited.0), ..Code::TooMany.into() }
    }
}

impl From<LockedOut> for ApiError {
    fn from(locked_out: LockedOut) -> Self {
        ApiError { wait: Some(locked_out.0), ..Code::TooManyWrong.into() }
    }
}

impl From<Refusal> for ApiError {
    fn from(refusal: Refusal) -> Self {
        ApiError { refusal: Some(refusal), ..Code::Refused.into() }
    }
}

impl From<EngineError> for ApiError {
    fn from(error: EngineError) -> Self {
        match error {
            EngineError::Refused(refusal) => refusal.into(),
            EngineError::Senseless => Code::BadRequest.into(),
            EngineError::KeyReused => Code::KeyReused.into(),
            EngineError::Busy | EngineError::Unavailable => Code::Unavailable.into(),
        }
    }
}

pub(super) fn status(code: Code) -> StatusCode {
    StatusCode::from_u16(code.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let challenge = self.challenge();
        // Who has shown nothing may come again with a token; who has shown one may not.
        let status = if self.no_credentials { StatusCode::UNAUTHORIZED } else { status(self.code) };
        let wait = self.wait.map(|wait| wait.as_millis().div_ceil(1000).clamp(1, 600) as u32);
        let problem = Problem {
            kind: self.code.uri(),
            title: self.code.title().into(),
            status: status.as_u16(),
            code: self.code,
            refusal: self.refusal,
            retry_after: wait,
        };
        let mut response =
            (status, [(header::CONTENT_TYPE, PROBLEM_TYPE)], axum::Json(problem)).into_response();
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(PROBLEM_TYPE));
        if let Some(challenge) = challenge {
            response.headers_mut().insert(header::WWW_AUTHENTICATE, challenge);
        }
        if let Some(wait) = wait {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(wait));
        }
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_401_says_how_one_shows_who_one_is() {
        for code in Code::ALL {
            let response = ApiError::from(code).into_response();
            let told = response.headers().contains_key(header::WWW_AUTHENTICATE);
            assert_eq!(told, response.status() == StatusCode::UNAUTHORIZED, "{code:?}");
        }
        let nobody = ApiError::administrator_unknown().into_response();
        assert_eq!(nobody.status(), StatusCode::UNAUTHORIZED);
        assert!(nobody.headers().contains_key(header::WWW_AUTHENTICATE));
    }

    #[test]
    fn whoever_is_turned_away_is_told_for_how_long() {
        let wait = Duration::from_millis(2300);
        for (failure, status, seconds) in [
            (ApiError::from(EngineError::Busy), 503, Some("1")),
            (EngineError::Unavailable.into(), 503, Some("1")),
            (RateLimited(wait).into(), 429, Some("3")),
            (EngineError::KeyReused.into(), 422, None),
            (EngineError::Refused(Refusal::SlotFull).into(), 409, None),
        ] {
            let response = failure.into_response();
            let told =
                response.headers().get(header::RETRY_AFTER).map(|wait| wait.to_str().unwrap());
            assert_eq!((response.status().as_u16(), told), (status, seconds));
            assert_eq!(response.headers()[header::CONTENT_TYPE], PROBLEM_TYPE);
        }
    }
}
