//! `POST /v1/bookings`, `…/own/move` and `…/own/cancel`: a seat, once; and what becomes of it.

use super::error::ApiError;
use super::extract::{IdempotencyKey, PersonAuth};
use super::problems::{BodyProblems, ChannelProblems, KeyProblems, ReadProblems, RuleProblems};
use crate::api::bookings::{BookSlot, BookingView, CancelBooking, MoveBooking};
use crate::api::paths;
use crate::api::problem::Code;
use crate::domain::personal::Personal;
use crate::domain::refusal::Refusal;
use crate::receipt::claims::Claims;
use crate::server::engine::{BookCommand, Command, RescheduleCommand};
use crate::server::service::Service;
use crate::server::store::people::BookingRecord;
use axum::extract::rejection::JsonRejection;
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use axum::{Json, extract::State};
use std::sync::Arc;

/// A booking is some 650 bytes long.
const ROOM: usize = 1024;

/// Books a seat, once: the same key gives the same booking, however often it is asked.
#[utoipa::path(
    post, path = paths::BOOKINGS, tag = "people",
    security(("device" = [], "session" = []), ("certificate" = [], "session" = [])),
    params((
        "idempotency-key" = String, Header,
        description = "32 hexadecimal digits, made when the person presses the button"
    )),
    request_body = BookSlot,
    responses(
        (status = 201,
            description = "The booking, as it will stay; its receipt is signed",
            body = BookingView),
        ReadProblems, BodyProblems, ChannelProblems, RuleProblems, KeyProblems
    )
)]
pub async fn book(
    asking: PersonAuth,
    State(service): State<Arc<Service>>,
    IdempotencyKey(key): IdempotencyKey,
    ask: Result<Json<BookSlot>, JsonRejection>,
) -> Result<Response, ApiError> {
    let Json(ask) = ask?;
    let person = asking.session.person;
    if !asking.device.channel.may_book() {
        return Err(Code::ChannelMayNot.into());
    }
    service.limits.person(person.0.unsigned_abs().into())?;
    let channel = asking.device.channel;
    let BookSlot { slot, mobile, language } = ask;
    let record =
        service.engine.book(BookCommand { person, slot, mobile, channel, key, language }).await?;
    Ok(made(&view(&service, record)?))
}

/// Another seat for a booking: the old one is given up only with the new one, in one step. Sent
/// again it is the same.
#[utoipa::path(
    post, path = paths::MOVE, tag = "people", operation_id = "shift",
    security(("device" = [], "session" = []), ("certificate" = [], "session" = [])),
    request_body = MoveBooking,
    responses(
        (status = 200,
            description = "The booking with its new seat, and a new receipt",
            body = BookingView),
        ReadProblems, BodyProblems, ChannelProblems, RuleProblems
    )
)]
pub async fn reschedule(
    asking: PersonAuth,
    State(service): State<Arc<Service>>,
    ask: Result<Json<MoveBooking>, JsonRejection>,
) -> Result<Json<BookingView>, ApiError> {
    let Json(MoveBooking { number, slot, language }) = ask?;
    if !asking.device.channel.may_move() {
        return Err(Code::ChannelMayNot.into());
    }
    let person = asking.session.person;
    service.limits.person(person.0.unsigned_abs().into())?;
    match service.store.own_booking(person, number).await? {
        None | Some((_, true)) => Err(Refusal::NoBooking.into()),
        Some((from, false)) => {
            let record = service
                .engine
                .reschedule(RescheduleCommand { person, number, from, to: slot, language })
                .await?;
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
        ReadProblems, BodyProblems, ChannelProblems, RuleProblems
    )
)]
pub async fn cancel(
    asking: PersonAuth,
    State(service): State<Arc<Service>>,
    ask: Result<Json<CancelBooking>, JsonRejection>,
) -> Result<StatusCode, ApiError> {
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
            service.engine.ask(Command::Cancel { person, number, slot, language }).await?;
        }
    }
    Ok(StatusCode::NO_CONTENT)
}

/// Into a buffer with room for all of it: one that grows while it is filled is copied three times.
fn made(booking: &BookingView) -> Response {
    let mut body = Vec::with_capacity(ROOM);
    match serde_json::to_writer(&mut body, booking) {
        Ok(()) => (StatusCode::CREATED, [(CONTENT_TYPE, "application/json")], body).into_response(),
        Err(_) => ApiError::from(Code::Unavailable).into_response(),
    }
}

/// A booking as its owner sees it, with its receipt signed. The same booking always has the same
/// receipt.
pub(super) fn view(service: &Service, record: BookingRecord) -> Result<BookingView, ApiError> {
    let snapshot = service.catalog.snapshot().ok_or(Code::Unavailable)?;
    let (site, slot) = snapshot.place(record.slot).ok_or(Code::Unavailable)?;
    let claims = Claims {
        booking: record.number,
        site: site.id,
        slot: slot.starts,
        issued: record.moved.unwrap_or(record.made),
    };
    Ok(BookingView {
        number: record.number,
        made: record.made,
        receipt: service.signer.sign(claims).map_err(|_| Code::Unavailable)?,
        site: site.clone(),
        starts: slot.starts,
        ends: slot.ends,
        mobile_masked: Personal::new(record.mobile.masked()),
    })
}
