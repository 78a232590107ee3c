//! `GET /healthz`, `/readyz` and `/metrics`: for those who run the service. They need no token, so
//! they say nothing about a person or a device.

use crate::api::paths;
use crate::server::metrics::in_text_format;
use crate::server::service::Service;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::IntoResponse;
use std::sync::Arc;

/// The process answers.
#[utoipa::path(
    get, path = paths::HEALTHZ, tag = "operation", security(()),
    responses((status = 200, description = "It answers", body = String))
)]
pub async fn healthz() -> &'static str {
    "ok\n"
}

/// The service can do its work: a programme is loaded, the database answered when it was last
/// asked, and the last write came through (one is tried every two seconds).
#[utoipa::path(
    get, path = paths::READYZ, tag = "operation", security(()),
    responses(
        (status = 200, description = "Ready", body = String),
        (status = 503, description = "Not ready", body = String)
    )
)]
pub async fn readyz(State(service): State<Arc<Service>>) -> (StatusCode, &'static str) {
    if service.is_ready() {
        (StatusCode::OK, "ready\n")
    } else {
        (StatusCode::SERVICE_UNAVAILABLE, "not ready\n")
    }
}

/// What a reader of metrics names in `Accept` when it knows OpenMetrics.
const OPENMETRICS: &str = "application/openmetrics-text";

/// The metrics, for Prometheus: in the OpenMetrics format for those who accept it, and in the text
/// format 0.0.4 for others.
#[utoipa::path(
    get, path = paths::METRICS, tag = "operation", security(()),
    responses((
        status = 200, description = "By what is accepted: OpenMetrics, or the text format 0.0.4",
        content((String = "application/openmetrics-text"), (String = "text/plain"))
    ))
)]
pub async fn metrics(State(service): State<Arc<Service>>, asked: HeaderMap) -> impl IntoResponse {
    let text = service.metrics.text(service.engine.waiting());
    let mut accepted = asked.get_all(header::ACCEPT).iter().filter_map(|value| value.to_str().ok());
    let (kind, text) = if accepted.any(|value| value.contains(OPENMETRICS)) {
        ("application/openmetrics-text; version=1.0.0; charset=utf-8", text)
    } else {
        ("text/plain; version=0.0.4; charset=utf-8", in_text_format(&text))
    };
    ([(header::CONTENT_TYPE, kind)], text)
}
