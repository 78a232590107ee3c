//! `POST /v1/bookings`: a seat, once.

use super::asking::{AskingPerson, IdempotencyKey};
use super::failure::Failure;
use crate::api::bookings::{BookSlot, BookingView};
use crate::api::problem::Code;
use crate::domain::personal::Personal;
use crate::receipt::claims::Claims;
use crate::server::Service;
use crate::server::engine::BookAsk;
use crate::server::store::people::BookingRecord;
use axum::extract::rejection::JsonRejection;
use axum::http::StatusCode;
use axum::{Json, extract::State};
use std::sync::Arc;

pub async fn book(
    asking: AskingPerson,
    State(service): State<Arc<Service>>,
    IdempotencyKey(key): IdempotencyKey,
    ask: Result<Json<BookSlot>, JsonRejection>,
) -> Result<(StatusCode, Json<BookingView>), Failure> {
    let Json(ask) = ask?;
    let person = asking.session.person;
    if !asking.device.channel.may_book() {
        return Err(Code::ChannelMayNot.into());
    }
    service.limits.person(person.0.unsigned_abs().into())?;
    let channel = asking.device.channel;
    let record = service.engine.book(BookAsk { person, slot: ask.slot, mobile: ask.mobile, channel, key }).await?;
    Ok((StatusCode::CREATED, Json(view(&service, record)?)))
}

/// A booking as its owner sees it, with its receipt signed. The same booking always has the same receipt.
pub(super) fn view(service: &Service, record: BookingRecord) -> Result<BookingView, Failure> {
    let showing = service.board.showing().ok_or(Code::Unavailable)?;
    let (site, slot) = showing.place(record.slot).ok_or(Code::Unavailable)?;
    let claims = Claims { booking: record.number, site: site.id, slot: slot.starts, issued: record.made };
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
