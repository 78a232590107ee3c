//! `POST /v1/graphic-codes`: a picture of digits, once.

use super::asking::AskingDevice;
use super::failure::Failure;
use crate::api::graphic::{AskGraphic, GraphicCode};
use crate::api::paths;
use crate::api::problem::Problem;
use crate::server::Service;
use axum::extract::rejection::JsonRejection;
use axum::{Json, extract::State, http::StatusCode};
use std::sync::Arc;

/// Draws a code.
#[utoipa::path(
    post, path = paths::GRAPHIC_CODES, tag = "people", security(("device" = []), ("certificate" = [])), request_body = AskGraphic,
    responses(
        (status = 201, description = "A picture that may be answered once, within five minutes", body = GraphicCode),
        (status = 400, description = "bad-request: it cannot be read", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "unknown-device: the kiosk is not known, or revoked", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "too-many: wait as long as Retry-After says", body = Problem, content_type = "application/problem+json")
    )
)]
pub async fn draw(
    _: AskingDevice,
    State(service): State<Arc<Service>>,
    ask: Result<Json<AskGraphic>, JsonRejection>,
) -> Result<(StatusCode, Json<GraphicCode>), Failure> {
    let Json(AskGraphic { larger }) = ask?;
    let code = service.graphics.draw(larger, (service.edge.now)(), (service.edge.fresh)());
    Ok((StatusCode::CREATED, Json(code)))
}
