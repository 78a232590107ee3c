//! Conditional reads (RFC 9110, 13.1.2): a body is sent only to a kiosk that does not have it yet.

use super::error::ApiError;
use crate::api::problem::Code;
use crate::server::catalog::Body;
use axum::extract::FromRequestParts;
use axum::http::{HeaderValue, StatusCode, header, request::Parts};
use axum::response::{IntoResponse, Response};
use std::convert::Infallible;

/// The ETags that the kiosk has already: the value of `If-None-Match`.
pub struct IfNoneMatch(Option<HeaderValue>);

impl<S: Sync> FromRequestParts<S> for IfNoneMatch {
    type Rejection = Infallible;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(IfNoneMatch(parts.headers.get(header::IF_NONE_MATCH).cloned()))
    }
}

/// The whole body, or 304 if the kiosk has it.
pub fn answer(known: IfNoneMatch, body: Body) -> Response {
    // A cache may keep the body, but has to ask each time whether it is still the same.
    answer_cached(known, body, "application/json", "private, no-cache")
}

/// As [`answer`], for what everybody may read and keep for a minute.
pub fn answer_public(known: IfNoneMatch, body: Body, kind: &'static str) -> Response {
    answer_cached(known, body, kind, "public, max-age=60")
}

fn answer_cached(
    known: IfNoneMatch,
    body: Body,
    kind: &'static str,
    cache: &'static str,
) -> Response {
    let same = |value: &HeaderValue| *value == body.etag || lists(value, &body.etag);
    let cache = (header::CACHE_CONTROL, HeaderValue::from_static(cache));
    if known.0.as_ref().is_some_and(same) {
        return (StatusCode::NOT_MODIFIED, [cache, (header::ETAG, body.etag)]).into_response();
    }
    let kind = (header::CONTENT_TYPE, HeaderValue::from_static(kind));
    ([kind, cache, (header::ETAG, body.etag)], body.bytes).into_response()
}

/// Whether a list of tags names this one. A proxy may have made a list or a weak tag of ours.
fn lists(value: &HeaderValue, etag: &HeaderValue) -> bool {
    let (Ok(list), Ok(etag)) = (value.to_str(), etag.to_str()) else { return false };
    list.split(',')
        .map(str::trim)
        .any(|tag| tag == "*" || tag.strip_prefix("W/").unwrap_or(tag) == etag)
}

/// As [`answer`], or 404 if there is no body.
pub fn answer_if_there(known: IfNoneMatch, body: Option<Body>) -> Result<Response, ApiError> {
    body.map(|body| answer(known, body)).ok_or(Code::NotFound.into())
}
