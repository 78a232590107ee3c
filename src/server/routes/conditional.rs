//! What the crowd reads, sent only to those who do not have it already (RFC 9110, 13.1.2).

use super::error::ApiError;
use crate::api::problem::Code;
use crate::server::catalog::Body;
use axum::extract::FromRequestParts;
use axum::http::{HeaderValue, StatusCode, header, request::Parts};
use axum::response::{IntoResponse, Response};
use std::convert::Infallible;

/// What the asker has already: the value of `If-None-Match`.
pub struct Has(Option<HeaderValue>);

impl<S: Sync> FromRequestParts<S> for Has {
    type Rejection = Infallible;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Has(parts.headers.get(header::IF_NONE_MATCH).cloned()))
    }
}

/// The whole answer, or 304 when the asker has it.
pub fn answer(has: Has, body: Body) -> Response {
    let same = |value: &HeaderValue| *value == body.etag || names(value, &body.etag);
    // Kept, but asked for again each time.
    let cache = (header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    if has.0.as_ref().is_some_and(same) {
        return (StatusCode::NOT_MODIFIED, [cache, (header::ETAG, body.etag)]).into_response();
    }
    let kind = (header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    ([kind, cache, (header::ETAG, body.etag)], body.bytes).into_response()
}

/// A list of tags, or weak ones, as a proxy may make of ours.
fn names(value: &HeaderValue, etag: &HeaderValue) -> bool {
    let (Ok(list), Ok(etag)) = (value.to_str(), etag.to_str()) else { return false };
    list.split(',')
        .map(str::trim)
        .any(|tag| tag == "*" || tag.strip_prefix("W/").unwrap_or(tag) == etag)
}

/// The answer about something that may not be there.
pub fn answer_if_there(has: Has, body: Option<Body>) -> Result<Response, ApiError> {
    body.map(|body| answer(has, body)).ok_or(Code::NotFound.into())
}
