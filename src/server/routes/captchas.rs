//! `POST /v1/graphic-codes`: draws a captcha.

use super::error::ApiError;
use super::extract::DeviceAuth;
use super::problems::{BodyProblems, DeviceProblems};
use crate::api::captchas::{AskCaptcha, Captcha};
use crate::api::paths;
use crate::server::service::Service;
use axum::extract::rejection::JsonRejection;
use axum::{Json, extract::State, http::StatusCode};
use std::sync::Arc;

/// Draws a captcha.
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
    body: Result<Json<AskCaptcha>, JsonRejection>,
) -> Result<(StatusCode, Json<Captcha>), ApiError> {
    let Json(AskCaptcha { larger }) = body?;
    // Nothing is stored: the answer is sealed into the token that goes out with the picture.
    let captcha = service.captchas.draw(larger, (service.env.now)(), (service.env.random)());
    Ok((StatusCode::CREATED, Json(captcha)))
}
