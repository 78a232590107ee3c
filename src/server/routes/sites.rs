//! `GET /v1/seats`, `/v1/districts/{district}/sites`, `/v1/sites/{site}/slots` and
//! `/v1/districts/{district}/earliest-slots`: what every visitor reads. All of it is answered from
//! memory.

use super::conditional::{IfNoneMatch, answer, answer_if_there};
use super::error::ApiError;
use super::extract::DeviceAuth;
use super::problems::{PlaceProblems, QueryProblems, ReadProblems};
use crate::api::paths;
use crate::api::problem::Code;
use crate::api::sites::{EARLIEST_AT_MOST, EarliestQuery, EarliestSlot, Seats, SiteView};
use crate::domain::region::DistrictCode;
use crate::domain::site::{SiteId, Slot};
use crate::server::service::Service;
use axum::extract::rejection::{PathRejection, QueryRejection};
use axum::extract::{Path, Query, State};
use axum::response::Response;
use std::sync::Arc;

/// Free seats of every district that has a site.
#[utoipa::path(
    get, path = paths::SEATS, tag = "reads", security(("device" = []), ("certificate" = [])),
    params((
        "If-None-Match" = Option<String>, Header, description = "The ETag of what the kiosk has"
    )),
    responses(
        (status = 200,
            description = "As things are now, at most a second old",
            body = Seats, headers(("ETag" = String))),
        (status = 304, description = "The kiosk has it"),
        ReadProblems
    )
)]
pub async fn seats(
    _: DeviceAuth,
    State(service): State<Arc<Service>>,
    known: IfNoneMatch,
) -> Result<Response, ApiError> {
    // Before the first round is imported there is nothing to read.
    let snapshot = service.catalog.snapshot().ok_or(Code::Unavailable)?;
    Ok(answer(known, snapshot.seats_body()))
}

/// A number in a path, as it is written in [`paths`]: with another spelling (`+1`, `01`) one place
/// would have many addresses, each of which a cache would keep.
pub(super) fn number(text: Result<Path<String>, PathRejection>) -> Result<u32, Code> {
    let Ok(Path(text)) = text else { return Err(Code::NotFound) };
    let number: u32 = text.parse().map_err(|_| Code::NotFound)?;
    if number.to_string() == text { Ok(number) } else { Err(Code::NotFound) }
}

/// The sites of a district.
#[utoipa::path(
    get, path = paths::SITES_ROUTE, tag = "reads", security(("device" = []), ("certificate" = [])),
    params(
        (
            "district" = DistrictCode, Path,
            description = "The district's code: seven digits of the household registration"
        ),
        ("If-None-Match" = Option<String>, Header, description = "The ETag of what the kiosk has")
    ),
    responses(
        (status = 200,
            description = "As things are now, at most a second old",
            body = Vec<SiteView>, headers(("ETag" = String))),
        (status = 304, description = "The kiosk has it"),
        ReadProblems, PlaceProblems
    )
)]
pub async fn of_district(
    _: DeviceAuth,
    State(service): State<Arc<Service>>,
    known: IfNoneMatch,
    district: Result<Path<String>, PathRejection>,
) -> Result<Response, ApiError> {
    // A district that is no number does not exist, just as one that nobody has heard of.
    let district = number(district)?;
    // Before the first round is imported there is nothing to read.
    let snapshot = service.catalog.snapshot().ok_or(Code::Unavailable)?;
    answer_if_there(known, snapshot.sites_body(DistrictCode(district), (service.env.now)()))
}

/// The slots of a site, in order of time.
#[utoipa::path(
    get, path = paths::SLOTS_ROUTE, tag = "reads", security(("device" = []), ("certificate" = [])),
    params(
        ("site" = SiteId, Path),
        ("If-None-Match" = Option<String>, Header, description = "The ETag of what the kiosk has")
    ),
    responses(
        (status = 200,
            description = "As things are now, at most a second old",
            body = Vec<Slot>, headers(("ETag" = String))),
        (status = 304, description = "The kiosk has it"),
        ReadProblems, PlaceProblems
    )
)]
pub async fn slots(
    _: DeviceAuth,
    State(service): State<Arc<Service>>,
    known: IfNoneMatch,
    site: Result<Path<String>, PathRejection>,
) -> Result<Response, ApiError> {
    // A site that is no number does not exist, just as one that nobody has heard of.
    let site = number(site)?;
    // Before the first round is imported there is nothing to read.
    let snapshot = service.catalog.snapshot().ok_or(Code::Unavailable)?;
    answer_if_there(known, snapshot.slots_body(SiteId(site)))
}

/// The earliest free slots near a district, one a site: those of the brands that are wanted, with a
/// free seat, that have not begun. Nobody is sent over the sea to another county.
#[utoipa::path(
    get, path = paths::EARLIEST_SLOTS_ROUTE, tag = "reads",
    security(("device" = []), ("certificate" = [])),
    params(
        (
            "district" = DistrictCode, Path,
            description = "The district's code; it need not have a site"
        ),
        EarliestQuery,
        ("If-None-Match" = Option<String>, Header, description = "The ETag of what the kiosk has")
    ),
    responses(
        (status = 200,
            description = "In the order that was asked for; empty if nothing is free",
            body = Vec<EarliestSlot>, headers(("ETag" = String))),
        (status = 304, description = "The kiosk has it"),
        ReadProblems, PlaceProblems, QueryProblems
    )
)]
pub async fn earliest_slots(
    _: DeviceAuth,
    State(service): State<Arc<Service>>,
    known: IfNoneMatch,
    district: Result<Path<String>, PathRejection>,
    query: Result<Query<EarliestQuery>, QueryRejection>,
) -> Result<Response, ApiError> {
    // A district that is no number does not exist, just as one that nobody has heard of.
    let district = number(district)?;
    // A brand or an order that nobody has heard of is refused. Left out, it would give an answer
    // to another question.
    let Query(query) = query?;
    // What one request may cost is bounded here: the answer grows with the limit.
    if !(1..=EARLIEST_AT_MOST).contains(&query.limit) {
        return Err(Code::BadRequest.into());
    }
    // Before the first round is imported there is nothing to read.
    let snapshot = service.catalog.snapshot().ok_or(Code::Unavailable)?;
    let now = (service.env.now)();
    answer_if_there(known, snapshot.earliest_slots_body(DistrictCode(district), &query, now))
}
