//! `PUT` and `DELETE /v1/intentions/own`: a person's registered intention.

use super::error::ApiError;
use super::extract::PersonAuth;
use super::on_duty::permitted;
use super::problems::{BodyProblems, ChannelProblems, ReadProblems, RuleProblems};
use crate::api::intentions::{IntentionView, Register};
use crate::api::paths;
use crate::api::problem::Code;
use crate::domain::intention::Intention;
use crate::domain::personal::Personal;
use crate::domain::registering::is_counted;
use crate::domain::staff::Right;
use crate::server::engine::{Command, RegisterCommand};
use crate::server::service::Service;
use axum::extract::rejection::JsonRejection;
use axum::{Json, extract::State, http::StatusCode};
use std::sync::Arc;

/// Registers an intention, or changes the one that is there. Sent again, the request gives the same
/// intention.
#[utoipa::path(
    put, path = paths::INTENTION, tag = "people",
    security(
        ("device" = [], "session" = []), ("certificate" = [], "session" = []),
        ("device" = [], "session" = [], "staff" = []),
        ("certificate" = [], "session" = [], "staff" = [])
    ),
    request_body = Register,
    responses(
        (status = 200, description = "The intention as it stands", body = IntentionView),
        ReadProblems, BodyProblems, ChannelProblems, RuleProblems
    )
)]
pub async fn register(
    PersonAuth { device, session, staff }: PersonAuth,
    State(service): State<Arc<Service>>,
    body: Result<Json<Register>, JsonRejection>,
) -> Result<Json<IntentionView>, ApiError> {
    // A body that cannot be read is answered first: nothing below can be decided without it.
    let Json(Register { mobile, district, brands, language }) = body?;
    // The person's limit is counted before the engine: what is over it must not reach the writer.
    let person = session.person;
    service.limits.person(person.limit_key())?;
    // Every channel may register, so only the rules of the round remain, and the engine checks
    // them.
    let actor = permitted(&service, device.id, staff.as_ref(), &[Right::Book]).await?;
    let intention = service
        .engine
        .by(actor)
        .register(RegisterCommand { person, mobile, district, brands, language })
        .await?;
    Ok(Json(view(intention)))
}

/// Withdraws the intention. Sent again, the request gets the same answer.
#[utoipa::path(
    delete, path = paths::INTENTION, tag = "people",
    security(
        ("device" = [], "session" = []), ("certificate" = [], "session" = []),
        ("device" = [], "session" = [], "staff" = []),
        ("certificate" = [], "session" = [], "staff" = [])
    ),
    responses(
        (status = 204, description = "There is none any more"),
        ReadProblems, BodyProblems, ChannelProblems, RuleProblems
    )
)]
pub async fn withdraw(
    PersonAuth { device, session, staff }: PersonAuth,
    State(service): State<Arc<Service>>,
) -> Result<StatusCode, ApiError> {
    // The person's limit is counted before the engine: what is over it must not reach the writer.
    let person = session.person;
    service.limits.person(person.limit_key())?;
    let actor = permitted(&service, device.id, staff.as_ref(), &[Right::Change]).await?;
    // After the cut-off a withdrawal is for good, as a cancellation is, so it needs a channel that
    // may cancel.
    if !device.channel.may_cancel() {
        let round = &service.catalog.snapshot().ok_or(Code::Unavailable)?.round;
        let record = service.store.person_of(person, round.number).await?;
        let intention = record.and_then(|person| person.record.intention);
        let now = (service.env.now)();
        if intention.is_some_and(|intention| is_counted(round, &intention, now)) {
            return Err(Code::ChannelMayNot.into());
        }
    }
    // The writer checks what may be withdrawn; without an intention there is nothing to do.
    service.engine.by(actor).submit(Command::Withdraw { person }).await?;
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
