//! `POST /v1/queries`: the simple query: the round's booking, masked.

use super::asking::AskingDevice;
use super::failure::Failure;
use super::once::{pass, right, wrong};
use crate::api::paths;
use crate::api::problem::{Code, Problem};
use crate::api::queries::{Query, QueryView};
use crate::server::Service;
use crate::server::attempts::Who;
use crate::server::store::people::Papers;
use axum::extract::rejection::JsonRejection;
use axum::{Json, extract::State};
use std::sync::Arc;

/// The live booking of whoever has this number and a mobile number that ends so.
#[utoipa::path(
    post, path = paths::QUERIES, tag = "people", security(("device" = []), ("certificate" = [])), request_body = Query,
    responses(
        (status = 200, description = "The booking, masked", body = QueryView),
        (status = 400, description = "bad-request: it cannot be read", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "unknown-device: the kiosk is not known, or revoked", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "unknown-person: there is no such booking; wrong-graphic", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "too-many, too-many-wrong: wait as long as Retry-After says", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "unavailable: busy or not ready; wait as long as Retry-After says, then the same again", body = Problem, content_type = "application/problem+json")
    )
)]
pub async fn latest(
    AskingDevice(device): AskingDevice,
    State(service): State<Arc<Service>>,
    ask: Result<Json<Query>, JsonRejection>,
) -> Result<Json<QueryView>, Failure> {
    let Json(Query { id, mobile_end, graphic }) = ask?;
    let now = (service.edge.now)();
    let person = service.person_key(&id);
    let who = [Who::Person(person), Who::Device(device.id)];
    service.attempts.check(&who, now)?;
    service.limits.person(person)?;
    pass(&service, &graphic, now).await?;
    let visitor = service.reception.look_up(Papers { id: id.clone(), card: None }).await?;
    let booking = visitor.and_then(|visitor| Some((visitor.record.live?, visitor.name)));
    let theirs = booking.filter(|(booking, _)| booking.mobile.ends_with(mobile_end.expose()));
    let Some((booking, name)) = theirs else { return Err(wrong(&service, &who, now).await) };
    right(&service, &who).await?;
    let showing = service.board.showing().ok_or(Code::Unavailable)?;
    let (site, slot) = showing.place(booking.slot).ok_or(Code::Unavailable)?;
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
