//! `POST /v1/graphic-codes`: a picture of digits, once.

use super::error::ApiError;
use super::extract::DeviceAuth;
use super::problems::{BodyProblems, DeviceProblems};
use crate::api::captchas::{AskCaptcha, Captcha};
use crate::api::paths;
use crate::server::service::Service;
use axum::extract::rejection::JsonRejection;
use axum::{Json, extract::State, http::StatusCode};
use std::sync::Arc;

/// Draws a code.
#[utoipa::path(
    post, path = paths::GRAPHIC_CODES, tag = "people",
    security(("device" = []), ("certificate" = [])), request_body = AskCaptcha,
    responses(
        (status = 201,
            description = "A picture that may be answered once, within five minutes",
            body = Captcha),
        DeviceProblems, BodyProblems
    )
)]
pub async fn draw(
    _: DeviceAuth,
    State(service): State<Arc<Service>>,
    ask: Result<Json<AskCaptcha>, JsonRejection>,
) -> Result<(StatusCode, Json<Captcha>), ApiError> {
    let Json(AskCaptcha { larger }) = ask?;
    let code = service.captchas.draw(larger, (service.env.now)(), (service.env.random)());
    Ok((StatusCode::CREATED, Json(code)))
}
