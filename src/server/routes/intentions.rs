//! `PUT` and `DELETE /v1/intentions/own`: a person's registered intention.

use super::asking::AskingPerson;
use super::failure::Failure;
use crate::api::intentions::{IntentionView, Register};
use crate::api::paths;
use crate::api::problem::Problem;
use crate::domain::intention::Intention;
use crate::domain::personal::Personal;
use crate::server::Service;
use crate::server::engine::{Ask, RegisterAsk};
use axum::extract::rejection::JsonRejection;
use axum::{Json, extract::State, http::StatusCode};
use std::sync::Arc;

/// Registers an intention, or changes the one that is there: sent again it is the same one.
#[utoipa::path(
    put, path = paths::INTENTION, tag = "people",
    security(("device" = [], "session" = []), ("certificate" = [], "session" = [])),
    request_body = Register,
    responses(
        (status = 200, description = "The intention as it stands", body = IntentionView),
        (status = 400, description = "bad-request: it cannot be read, or makes no sense", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "unknown-device, or session-over", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "refused: a rule of the round says no; `refusal` says which", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "too-many: wait as long as Retry-After says", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "unavailable: busy or not ready; wait as long as Retry-After says, then the same again", body = Problem, content_type = "application/problem+json")
    )
)]
pub async fn register(
    asking: AskingPerson,
    State(service): State<Arc<Service>>,
    ask: Result<Json<Register>, JsonRejection>,
) -> Result<Json<IntentionView>, Failure> {
    let Json(Register { mobile, district, brands, language }) = ask?;
    let person = asking.session.person;
    service.limits.person(person.0.unsigned_abs().into())?;
    let intention =
        service.engine.register(RegisterAsk { person, mobile, district, brands, language }).await?;
    Ok(Json(view(intention)))
}

/// Withdraws it: sent again it is withdrawn.
#[utoipa::path(
    delete, path = paths::INTENTION, tag = "people",
    security(("device" = [], "session" = []), ("certificate" = [], "session" = [])),
    responses(
        (status = 204, description = "There is none any more"),
        (status = 400, description = "bad-request: it cannot be read, or makes no sense", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "unknown-device, or session-over", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "refused: a rule of the round says no; `refusal` says which", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "too-many: wait as long as Retry-After says", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "unavailable: busy or not ready; wait as long as Retry-After says, then the same again", body = Problem, content_type = "application/problem+json")
    )
)]
pub async fn withdraw(
    asking: AskingPerson,
    State(service): State<Arc<Service>>,
) -> Result<StatusCode, Failure> {
    let person = asking.session.person;
    service.limits.person(person.0.unsigned_abs().into())?;
    service.engine.ask(Ask::Withdraw { person }).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// An intention as its owner sees it.
pub(super) fn view(intention: Intention) -> IntentionView {
    IntentionView {
        number: intention.number,
        registered: intention.registered,
        mobile_masked: Personal::new(intention.mobile.masked()),
        district: intention.district,
        brands: intention.brands,
    }
}
