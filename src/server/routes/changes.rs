//! `POST /v1/bookings/own/move` and `…/cancel`: what becomes of a booking later.

use super::asking::AskingPerson;
use super::bookings::view;
use super::failure::Failure;
use crate::api::bookings::{BookingView, CancelBooking, MoveBooking};
use crate::api::paths;
use crate::api::problem::{Code, Problem};
use crate::domain::refusal::Refusal;
use crate::server::Service;
use crate::server::engine::{Ask, MoveAsk};
use axum::extract::rejection::JsonRejection;
use axum::{Json, extract::State, http::StatusCode};
use std::sync::Arc;

/// Another seat for a booking: the old one is given up only with the new one, in one step. Sent
/// again it is the same.
#[utoipa::path(
    post, path = paths::MOVE, tag = "people",
    security(("device" = [], "session" = []), ("certificate" = [], "session" = [])),
    request_body = MoveBooking,
    responses(
        (status = 200, description = "The booking with its new seat, and a new receipt", body = BookingView),
        (status = 400, description = "bad-request: it cannot be read, or makes no sense", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "unknown-device, or session-over", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "channel-may-not: not at this channel", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "refused: a rule of the round says no; `refusal` says which", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "too-many: wait as long as Retry-After says", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "unavailable: busy or not ready; wait as long as Retry-After says, then the same again", body = Problem, content_type = "application/problem+json")
    )
)]
pub async fn shift(
    asking: AskingPerson,
    State(service): State<Arc<Service>>,
    ask: Result<Json<MoveBooking>, JsonRejection>,
) -> Result<Json<BookingView>, Failure> {
    let Json(MoveBooking { number, slot, language }) = ask?;
    if !asking.device.channel.may_move() {
        return Err(Code::ChannelMayNot.into());
    }
    let person = asking.session.person;
    service.limits.person(person.0.unsigned_abs().into())?;
    match service.store.own_booking(person, number).await? {
        None | Some((_, true)) => Err(Refusal::NoBooking.into()),
        Some((from, false)) => {
            let record =
                service.engine.shift(MoveAsk { person, number, from, to: slot, language }).await?;
            Ok(Json(view(&service, record)?))
        }
    }
}

/// Cancels a booking: sent again it is cancelled.
#[utoipa::path(
    post, path = paths::CANCEL, tag = "people",
    security(("device" = [], "session" = []), ("certificate" = [], "session" = [])),
    request_body = CancelBooking,
    responses(
        (status = 204, description = "The seat is free for others"),
        (status = 400, description = "bad-request: it cannot be read, or makes no sense", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "unknown-device, or session-over", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "channel-may-not: not at this channel", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "refused: a rule of the round says no; `refusal` says which", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "too-many: wait as long as Retry-After says", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "unavailable: busy or not ready; wait as long as Retry-After says, then the same again", body = Problem, content_type = "application/problem+json")
    )
)]
pub async fn cancel(
    asking: AskingPerson,
    State(service): State<Arc<Service>>,
    ask: Result<Json<CancelBooking>, JsonRejection>,
) -> Result<StatusCode, Failure> {
    let Json(CancelBooking { number, language }) = ask?;
    if !asking.device.channel.may_cancel() {
        return Err(Code::ChannelMayNot.into());
    }
    let person = asking.session.person;
    service.limits.person(person.0.unsigned_abs().into())?;
    match service.store.own_booking(person, number).await? {
        None => return Err(Refusal::NoBooking.into()),
        Some((_, true)) => {}
        Some((slot, false)) => {
            service.engine.ask(Ask::Cancel { person, number, slot, language }).await?;
        }
    }
    Ok(StatusCode::NO_CONTENT)
}
