//! `POST /v1/queries`: the simple query: the round's booking, masked.

use super::error::ApiError;
use super::extract::DeviceAuth;
use super::login::{pass, right, wrong};
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

/// The live booking of whoever has this number and a mobile number that ends so.
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
    ask: Result<Json<Query>, JsonRejection>,
) -> Result<Json<QueryView>, ApiError> {
    let Json(Query { id, mobile_end, graphic }) = ask?;
    let now = (service.env.now)();
    let person = service.person_key(&id);
    let who = [LoginSubject::Person(person), LoginSubject::Device(device.id)];
    service.lockout.check(&who, now)?;
    service.limits.person(person)?;
    pass(&service, &graphic, now).await?;
    let person_found = service.people.look_up(Credentials { id: id.clone(), card: None }).await?;
    let booking =
        person_found.and_then(|person_found| Some((person_found.record.live?, person_found.name)));
    let theirs = booking.filter(|(booking, _)| booking.mobile.ends_with(mobile_end.expose()));
    let Some((booking, name)) = theirs else { return Err(wrong(&service, &who, now).await) };
    right(&service, &who).await?;
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
