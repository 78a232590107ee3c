//! `POST /v1/bookings`: a seat, once.

use super::asking::{AskingPerson, IdempotencyKey};
use super::failure::Failure;
use crate::api::bookings::{BookSlot, BookingView};
use crate::api::paths;
use crate::api::problem::Code;
use crate::api::problem::Problem;
use crate::domain::personal::Personal;
use crate::receipt::claims::Claims;
use crate::server::Service;
use crate::server::engine::BookAsk;
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
    params(("idempotency-key" = String, Header, description = "32 hexadecimal digits, made when the person presses the button")),
    request_body = BookSlot,
    responses(
        (status = 201, description = "The booking, as it will stay; its receipt is signed", body = BookingView),
        (status = 400, description = "bad-request: it cannot be read", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "unknown-device, or session-over", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "channel-may-not: this channel may not book", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "refused: a rule of the round says no; `refusal` says which", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "key-reused: the key belongs to another booking", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "too-many: wait as long as Retry-After says", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "unavailable: busy or not ready; wait as long as Retry-After says, then the same again", body = Problem, content_type = "application/problem+json")
    )
)]
pub async fn book(
    asking: AskingPerson,
    State(service): State<Arc<Service>>,
    IdempotencyKey(key): IdempotencyKey,
    ask: Result<Json<BookSlot>, JsonRejection>,
) -> Result<Response, Failure> {
    let Json(ask) = ask?;
    let person = asking.session.person;
    if !asking.device.channel.may_book() {
        return Err(Code::ChannelMayNot.into());
    }
    service.limits.person(person.0.unsigned_abs().into())?;
    let channel = asking.device.channel;
    let BookSlot { slot, mobile, language } = ask;
    let record =
        service.engine.book(BookAsk { person, slot, mobile, channel, key, language }).await?;
    Ok(made(&view(&service, record)?))
}

/// Into a buffer with room for all of it: one that grows while it is filled is copied three times.
fn made(booking: &BookingView) -> Response {
    let mut body = Vec::with_capacity(ROOM);
    match serde_json::to_writer(&mut body, booking) {
        Ok(()) => (StatusCode::CREATED, [(CONTENT_TYPE, "application/json")], body).into_response(),
        Err(_) => Failure::from(Code::Unavailable).into_response(),
    }
}

/// A booking as its owner sees it, with its receipt signed. The same booking always has the same
/// receipt.
pub(super) fn view(service: &Service, record: BookingRecord) -> Result<BookingView, Failure> {
    let showing = service.board.showing().ok_or(Code::Unavailable)?;
    let (site, slot) = showing.place(record.slot).ok_or(Code::Unavailable)?;
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
