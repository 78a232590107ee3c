//! `POST /v1/queries`: the simple query (簡易查詢), which shows the round's booking masked and
//! needs no session.

use super::error::ApiError;
use super::extract::DeviceAuth;
use super::login::{begin, check_captcha, failed, succeeded};
use super::problems::{BodyProblems, LoginProblems, ReadProblems};
use crate::api::paths;
use crate::api::problem::Code;
use crate::api::queries::{Query, QueryView};
use crate::server::service::Service;
use crate::server::store::lockouts::LoginSubject;
use crate::server::store::people::Credentials;
use axum::extract::rejection::JsonRejection;
use axum::{Json, extract::State};
use std::sync::Arc;

/// The live booking of the person with this identity number, if its mobile number ends with these
/// digits.
#[utoipa::path(
    post, path = paths::QUERIES, tag = "people",
    security(("device" = []), ("certificate" = [])), request_body = Query,
    responses(
        (status = 200, description = "The booking, masked", body = QueryView),
        ReadProblems, BodyProblems, LoginProblems
    )
)]
pub async fn latest(
    DeviceAuth(device): DeviceAuth,
    State(service): State<Arc<Service>>,
    body: Result<Json<Query>, JsonRejection>,
) -> Result<Json<QueryView>, ApiError> {
    // A body that cannot be read is answered first: nothing below can be decided without it.
    let Json(Query { id, mobile_end, graphic }) = body?;
    let now = (service.env.now)();
    let key = service.person_key(&id);
    // Lockout and rate limit come before the look-up: guessing must not learn anything while it is
    // slowed, and must not cost a query.
    let subjects = (LoginSubject::Person(key), LoginSubject::Device(device.id));
    let attempt = begin(&service, device.id, subjects, now)?;
    service.limits.person(key)?;
    // The captcha comes before the look-up too, so that a program cannot try numbers.
    check_captcha(&service, &graphic, now).await?;
    // An unknown number, no live booking and other digits are one case: which of them it is would
    // tell a stranger something.
    let identified = service.people.look_up(Credentials { id: id.clone(), card: None }).await?;
    let booking = identified.and_then(|person| Some((person.record.live?, person.name)));
    let theirs = booking.filter(|(booking, _)| booking.mobile.ends_with(mobile_end.expose()));
    let Some((booking, name)) = theirs else {
        return Err(failed(&service, device.id, attempt, now).await);
    };
    succeeded(&service, attempt).await?;
    let snapshot = service.catalog.snapshot().ok_or(Code::Unavailable)?;
    let (site, slot) = snapshot.place(booking.slot).ok_or(Code::Unavailable)?;
    Ok(Json(QueryView {
        number: booking.number,
        made: booking.made,
        id_masked: id.masked(),
        name_masked: name.masked(),
        mobile_masked: booking.mobile.masked(),
        site: site.clone(),
        starts: slot.starts,
        ends: slot.ends,
    }))
}
