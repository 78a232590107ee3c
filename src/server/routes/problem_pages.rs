//! `GET /problems/{code}`: what the type of a problem means, for whoever writes a client or reads a
//! log (RFC 9457, 3.1.1). And the headers that every page of the service has.

use super::error::ApiError;
use crate::api::problem::Code;
use axum::extract::Path;
use axum::http::header::{
    CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{Html, IntoResponse, Response};

/// What a page may load: its own scripts, styles and pictures, and nothing from elsewhere; and no
/// page may frame it. The page of the contract sets styles by script.
const POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; \
     img-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; \
     form-action 'none'",
);

/// Gives a page the headers that keep it from loading or being framed by others. A page that is not
/// there is a problem document, as elsewhere.
pub(super) async fn guarded(response: Response) -> Response {
    let is_ours = response
        .headers()
        .get(CONTENT_TYPE)
        .is_some_and(|kind| kind.as_bytes().starts_with(b"application/problem"));
    let mut response = if response.status() == StatusCode::NOT_FOUND && !is_ours {
        ApiError::from(Code::NotFound).into_response()
    } else {
        response
    };
    let headers = response.headers_mut();
    headers.insert(CONTENT_SECURITY_POLICY, POLICY);
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    response
}

/// The page of one code.
pub(super) async fn page(Path(code): Path<String>) -> Result<Html<String>, ApiError> {
    let code = Code::ALL.into_iter().find(|known| known.text() == code).ok_or(Code::NotFound)?;
    let title = code.title();
    Ok(Html(format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>{title}</title>\
         <h1>{title}</h1><p><code>{}</code>, status {}</p><p>{}</p></html>",
        code.text(),
        code.status(),
        code.meaning()
    )))
}
