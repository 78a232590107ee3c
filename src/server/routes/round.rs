//! `GET /v1/round`: the current round, or the next one; and `GET /v1/time`.

use super::conditional::{IfNoneMatch, answer};
use super::error::ApiError;
use super::extract::DeviceAuth;
use super::problems::{DeviceProblems, ReadProblems};
use crate::api::paths;
use crate::api::problem::Code;
use crate::api::time::ServiceTime;
use crate::domain::round::Round;
use crate::server::service::Service;
use axum::Json;
use axum::extract::State;
use axum::response::Response;
use std::sync::Arc;

/// The current round, or the next one.
#[utoipa::path(
    get, path = paths::ROUND, tag = "reads", security(("device" = []), ("certificate" = [])),
    params((
        "If-None-Match" = Option<String>, Header, description = "The ETag of what the kiosk has"
    )),
    responses(
        (status = 200,
            description = "As things are now, at most a second old",
            body = Round, headers(("ETag" = String))),
        (status = 304, description = "The kiosk has it"),
        ReadProblems
    )
)]
pub async fn current(
    _: DeviceAuth,
    State(service): State<Arc<Service>>,
    known: IfNoneMatch,
) -> Result<Response, ApiError> {
    // Before the first round is imported there is nothing to read.
    let snapshot = service.catalog.snapshot().ok_or(Code::Unavailable)?;
    Ok(answer(known, snapshot.round_body()))
}

/// The service's clock, by which a kiosk checks its own.
#[utoipa::path(
    get, path = paths::TIME, tag = "reads", security(("device" = []), ("certificate" = [])),
    responses(
        (status = 200, description = "The service's clock", body = ServiceTime),
        DeviceProblems
    )
)]
pub async fn time(_: DeviceAuth, State(service): State<Arc<Service>>) -> Json<ServiceTime> {
    Json(ServiceTime { now: (service.env.now)() })
}
