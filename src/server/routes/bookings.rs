//! `POST /v1/bookings`: a seat, once.

use super::asking::AskingPerson;
use super::failure::Failure;
use crate::api::bookings::{BookSlot, BookingView};
use crate::api::paths::IDEMPOTENCY_HEADER;
use crate::api::problem::Code;
use crate::domain::personal::Personal;
use crate::receipt::claims::Claims;
use crate::server::Service;
use crate::server::engine::BookAsk;
use crate::server::store::BookingRecord;
use axum::extract::rejection::JsonRejection;
use axum::http::{HeaderMap, StatusCode};
use axum::{Json, extract::State};
use std::sync::Arc;

pub async fn book(
    asking: AskingPerson,
    State(service): State<Arc<Service>>,
    headers: HeaderMap,
    ask: Result<Json<BookSlot>, JsonRejection>,
) -> Result<(StatusCode, Json<BookingView>), Failure> {
    let Json(ask) = ask?;
    if !asking.device.channel.may_book() {
        return Err(Code::ChannelMayNot.into());
    }
    let key = headers.get(IDEMPOTENCY_HEADER).and_then(|value| value.to_str().ok()).filter(|key| is_key(key));
    let record = service
        .engine
        .book(BookAsk {
            person: asking.person,
            slot: ask.slot,
            mobile: ask.mobile,
            channel: asking.device.channel,
            key: key.ok_or(Code::BadRequest)?.to_owned(),
        })
        .await?;
    Ok((StatusCode::CREATED, Json(view(&service, record)?)))
}

fn is_key(key: &str) -> bool {
    key.len() == 32 && key.bytes().all(|b| b.is_ascii_hexdigit())
}

/// A booking as its owner sees it, with its receipt signed. The same booking always has the same receipt.
pub(super) fn view(service: &Service, record: BookingRecord) -> Result<BookingView, Failure> {
    let claims = Claims { booking: record.number, site: record.site.id, slot: record.starts, issued: record.made };
    Ok(BookingView {
        number: record.number,
        made: record.made,
        receipt: service.signer.sign(claims).map_err(|_| Code::Unavailable)?,
        site: record.site,
        starts: record.starts,
        ends: record.ends,
        mobile_masked: Personal::new(record.mobile.masked()),
    })
}
