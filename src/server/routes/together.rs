//! Bookings of several people in one visit, each of whom has shown who they are at this device.

use super::bookings::view;
use super::error::ApiError;
use super::extract::{CounterAuth, IdempotencyKey};
use super::on_duty::permitted;
use super::problems::{BodyProblems, ChannelProblems, KeyProblems, ReadProblems, RuleProblems};
use crate::api::paths;
use crate::api::problem::Code;
use crate::api::together::{BookTogether, BookedTogether};
use crate::domain::staff::Right;
use crate::domain::together::PEOPLE_AT_MOST;
use crate::server::engine::BookCommand;
use crate::server::service::Service;
use axum::extract::rejection::JsonRejection;
use axum::extract::{Json, State};
use axum::http::StatusCode;
use std::sync::Arc;

/// Books a seat for each of several people, or for none of them. The same idempotency key gives the
/// same bookings. Where a problem is about one of them, `person` says about which.
#[utoipa::path(
    post, path = paths::TOGETHER, tag = "people", operation_id = "book_together",
    security(
        ("device" = []), ("certificate" = []),
        ("device" = [], "staff" = []), ("certificate" = [], "staff" = [])
    ),
    params((
        "idempotency-key" = String, Header, pattern = "^[0-9a-fA-F]{32}$",
        description = "32 hexadecimal digits, made when the people press the button"
    )),
    request_body = BookTogether,
    responses(
        (status = 201, description = "A booking each, as it will stay", body = BookedTogether),
        ReadProblems, BodyProblems, ChannelProblems, RuleProblems, KeyProblems
    )
)]
pub async fn book(
    CounterAuth { device, staff }: CounterAuth,
    State(service): State<Arc<Service>>,
    IdempotencyKey(key): IdempotencyKey,
    body: Result<Json<BookTogether>, JsonRejection>,
) -> Result<(StatusCode, Json<BookedTogether>), ApiError> {
    let Json(BookTogether { people, language }) = body?;
    let channel = device.channel;
    if !channel.may_book() {
        return Err(Code::ChannelMayNot.into());
    }
    if people.len() > PEOPLE_AT_MOST {
        return Err(Code::BadRequest.into());
    }
    let (now, on_duty) = ((service.env.now)(), staff.as_ref().map(|staff| staff.id));
    let mut commands = Vec::with_capacity(people.len());
    for (at, one) in people.into_iter().enumerate() {
        // Each proves who they are by a session of this device, as one who books alone.
        let session = service.sessions.read(one.session.0.expose(), device.id, now);
        let session = session.ok_or_else(|| ApiError::from(Code::SessionOver).of_one(at))?;
        // What staff have opened is worth nothing without them.
        if session.staff.is_some() && session.staff != on_duty {
            return Err(ApiError::from(Code::StaffSessionOver).of_one(at));
        }
        let person = session.person;
        service
            .limits
            .person(person.limit_key())
            .map_err(|limit| ApiError::from(limit).of_one(at))?;
        let (slot, mobile) = (one.slot, one.mobile);
        commands.push(BookCommand { person, slot, mobile, channel, key, language });
    }
    let actor = permitted(&service, device.id, staff.as_ref(), &[Right::Book]).await?;
    let records = service.engine.by(actor).book_together(commands).await?;
    let bookings = records.into_iter().map(|record| view(&service, record));
    let bookings = bookings.collect::<Result<Vec<_>, _>>()?;
    Ok((StatusCode::CREATED, Json(BookedTogether { bookings })))
}
