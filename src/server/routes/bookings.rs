//! `POST /v1/bookings`, `…/own/move` and `…/own/cancel`: books a seat, reschedules or cancels
//! it.

use super::error::ApiError;
use super::extract::{IdempotencyKey, PersonAuth};
use super::on_duty::permitted;
use super::problems::{BodyProblems, ChannelProblems, KeyProblems, ReadProblems, RuleProblems};
use crate::api::bookings::{BookSlot, BookingView, CancelBooking, MoveBooking};
use crate::api::paths;
use crate::api::problem::Code;
use crate::domain::personal::Personal;
use crate::domain::refusal::Refusal;
use crate::domain::staff::Right;
use crate::receipt::claims::Claims;
use crate::server::engine::{BookCommand, Command, EngineError, RescheduleCommand};
use crate::server::service::Service;
use crate::server::store::people::BookingRecord;
use axum::extract::rejection::JsonRejection;
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use axum::{Json, extract::State};
use std::sync::Arc;

/// Bytes reserved for an encoded booking, which has about 650.
const BOOKING_CAPACITY: usize = 1024;

/// Books a seat. The same idempotency key gives the same booking, however often it is sent.
#[utoipa::path(
    post, path = paths::BOOKINGS, tag = "people",
    security(
        ("device" = [], "session" = []), ("certificate" = [], "session" = []),
        ("device" = [], "session" = [], "staff" = []),
        ("certificate" = [], "session" = [], "staff" = [])
    ),
    params((
        "idempotency-key" = String, Header, pattern = "^[0-9a-fA-F]{32}$",
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
    PersonAuth { device, session, staff }: PersonAuth,
    State(service): State<Arc<Service>>,
    IdempotencyKey(key): IdempotencyKey,
    body: Result<Json<BookSlot>, JsonRejection>,
) -> Result<Response, ApiError> {
    // A body that cannot be read is answered first: nothing below can be decided without it.
    let Json(BookSlot { slot, mobile, language }) = body?;
    // The channel is the device's own, never one named in the body, and not every channel books.
    let channel = device.channel;
    if !channel.may_book() {
        return Err(Code::ChannelMayNot.into());
    }
    // The person's limit is counted before the engine: what is over it must not reach the writer.
    let person = session.person;
    service.limits.person(person.limit_key())?;
    // The engine checks the rules of the round and the free seat together with the write; checked
    // here they could change in between.
    let actor = permitted(&service, device.id, staff.as_ref(), &[Right::Book]).await?;
    let record = service
        .engine
        .by(actor)
        .book(BookCommand { person, slot, mobile, channel, key, language })
        .await?;
    Ok(created(&view(&service, record)?))
}

/// Moves a booking to another slot. The old seat is given up in the same transaction that takes
/// the new one. Sent again, the request gives the same booking.
#[utoipa::path(
    post, path = paths::MOVE, tag = "people", operation_id = "shift",
    security(
        ("device" = [], "session" = []), ("certificate" = [], "session" = []),
        ("device" = [], "session" = [], "staff" = []),
        ("certificate" = [], "session" = [], "staff" = [])
    ),
    request_body = MoveBooking,
    responses(
        (status = 200,
            description = "The booking with its new seat, and a new receipt",
            body = BookingView),
        ReadProblems, BodyProblems, ChannelProblems, RuleProblems
    )
)]
pub async fn reschedule(
    PersonAuth { device, session, staff }: PersonAuth,
    State(service): State<Arc<Service>>,
    body: Result<Json<MoveBooking>, JsonRejection>,
) -> Result<Json<BookingView>, ApiError> {
    // A body that cannot be read is answered first: nothing below can be decided without it.
    let Json(MoveBooking { number, slot, language }) = body?;
    // The channel is the device's own, and not every channel may reschedule.
    if !device.channel.may_move() {
        return Err(Code::ChannelMayNot.into());
    }
    // The person's limit is counted before the database is read.
    let person = session.person;
    service.limits.person(person.limit_key())?;
    let actor = permitted(&service, device.id, staff.as_ref(), &[Right::Change]).await?;
    // The number must be of a live booking of this person. Somebody else's is answered like one
    // that does not exist, so that nobody learns which numbers are taken.
    match service.store.own_booking(person, number).await? {
        None | Some((_, true)) => Err(Refusal::NoBooking.into()),
        Some((from, false)) => {
            let record = service
                .engine
                .by(actor)
                .reschedule(RescheduleCommand { person, number, from, to: slot, language })
                .await?;
            Ok(Json(view(&service, record)?))
        }
    }
}

/// Cancels a booking. Sent again, the request gets the same answer.
#[utoipa::path(
    post, path = paths::CANCEL, tag = "people",
    security(
        ("device" = [], "session" = []), ("certificate" = [], "session" = []),
        ("device" = [], "session" = [], "staff" = []),
        ("certificate" = [], "session" = [], "staff" = [])
    ),
    request_body = CancelBooking,
    responses(
        (status = 204, description = "The seat is free for others"),
        ReadProblems, BodyProblems, ChannelProblems, RuleProblems
    )
)]
pub async fn cancel(
    PersonAuth { device, session, staff }: PersonAuth,
    State(service): State<Arc<Service>>,
    body: Result<Json<CancelBooking>, JsonRejection>,
) -> Result<StatusCode, ApiError> {
    // A body that cannot be read is answered first: nothing below can be decided without it.
    let Json(CancelBooking { number, language }) = body?;
    // The channel is the device's own, and not every channel may cancel.
    if !device.channel.may_cancel() {
        return Err(Code::ChannelMayNot.into());
    }
    // The person's limit is counted before the database is read.
    let person = session.person;
    service.limits.person(person.limit_key())?;
    let actor = permitted(&service, device.id, staff.as_ref(), &[Right::Change]).await?;
    // The number must be of a booking of this person. One that is already cancelled is answered
    // as cancelled: the first answer may have been lost on its way.
    match service.store.own_booking(person, number).await? {
        None => return Err(Refusal::NoBooking.into()),
        Some((_, true)) => {}
        Some((slot, false)) => {
            let cancel = Command::Cancel { person, number, slot, language };
            match service.engine.by(actor).submit(cancel).await {
                // The same request, sent twice, may have been cancelled between the two reads.
                Err(EngineError::Refused(Refusal::NoBooking))
                    if matches!(
                        service.store.own_booking(person, number).await?,
                        Some((_, true))
                    ) => {}
                answer => {
                    answer?;
                }
            }
        }
    }
    Ok(StatusCode::NO_CONTENT)
}

/// The answer to a new booking. It is encoded into a buffer that is large enough from the start,
/// since one that grows while it is filled is copied three times.
fn created(booking: &BookingView) -> Response {
    let mut body = Vec::with_capacity(BOOKING_CAPACITY);
    match serde_json::to_writer(&mut body, booking) {
        Ok(()) => (StatusCode::CREATED, [(CONTENT_TYPE, "application/json")], body).into_response(),
        Err(_) => ApiError::from(Code::Unavailable).into_response(),
    }
}

/// A booking as its owner sees it, with its signed receipt. The receipt is signed anew each time,
/// and is the same each time: Ed25519 is deterministic, and the claims come from the stored
/// booking.
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
