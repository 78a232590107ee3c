//! `GET /v1/round`: the round that is on, or next; and `GET /v1/time`.

use super::asking::AskingDevice;
use super::conditional::{Has, answer};
use super::failure::Failure;
use crate::api::paths;
use crate::api::problem::Code;
use crate::api::problem::Problem;
use crate::api::time::ServiceTime;
use crate::domain::round::Round;
use crate::server::Service;
use axum::Json;
use axum::extract::State;
use axum::response::Response;
use std::sync::Arc;

/// The round that is on, or next.
#[utoipa::path(
    get, path = paths::ROUND, tag = "reads", security(("device" = []), ("certificate" = [])),
    params(("If-None-Match" = Option<String>, Header, description = "The ETag of what the asker has")),
    responses(
        (status = 200, description = "As things are now, at most a second old", body = Round, headers(("ETag" = String))),
        (status = 304, description = "The asker has it"),
        (status = 401, description = "unknown-device: the kiosk is not known, or revoked", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "too-many: wait as long as Retry-After says", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "unavailable: busy or not ready; wait as long as Retry-After says, then the same again", body = Problem, content_type = "application/problem+json")
    )
)]
pub async fn current(
    _: AskingDevice,
    State(service): State<Arc<Service>>,
    has: Has,
) -> Result<Response, Failure> {
    let showing = service.board.showing().ok_or(Code::Unavailable)?;
    Ok(answer(has, showing.round_body()))
}

/// What time it is here.
#[utoipa::path(
    get, path = paths::TIME, tag = "reads", security(("device" = []), ("certificate" = [])),
    responses(
        (status = 200, description = "The service's clock", body = ServiceTime),
        (status = 401, description = "unknown-device: the kiosk is not known, or revoked", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "too-many: wait as long as Retry-After says", body = Problem, content_type = "application/problem+json")
    )
)]
pub async fn time(_: AskingDevice, State(service): State<Arc<Service>>) -> Json<ServiceTime> {
    Json(ServiceTime { now: (service.edge.now)() })
}
