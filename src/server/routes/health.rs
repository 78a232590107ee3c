//! `GET /healthz`, `/readyz` and `/metrics`: for those who run the service. They need no token, so
//! they say nothing about a person or a device.

use crate::api::paths;
use crate::server::service::Service;
use axum::extract::State;
use axum::http::{StatusCode, header};
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

/// The metrics, for Prometheus.
#[utoipa::path(
    get, path = paths::METRICS, tag = "operation", security(()),
    responses((
        status = 200, description = "In the OpenMetrics format",
        body = String, content_type = "application/openmetrics-text"
    ))
)]
pub async fn metrics(State(service): State<Arc<Service>>) -> impl IntoResponse {
    let kind = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    ([(header::CONTENT_TYPE, kind)], service.metrics.text(service.engine.waiting()))
}
