//! `GET /v1/seats`, `/v1/districts/{district}/sites` and `/v1/sites/{site}/slots`: what the crowd
//! reads.

use super::asking::AskingDevice;
use super::conditional::{Has, answer, answer_if_there};
use super::failure::Failure;
use crate::api::paths;
use crate::api::problem::Code;
use crate::api::problem::Problem;
use crate::api::sites::{Seats, SiteView};
use crate::domain::region::DistrictCode;
use crate::domain::site::SiteId;
use crate::domain::site::Slot;
use crate::server::Service;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::response::Response;
use std::sync::Arc;

/// Free seats of every district that has a site.
#[utoipa::path(
    get, path = paths::SEATS, tag = "reads", security(("device" = []), ("certificate" = [])),
    params(("If-None-Match" = Option<String>, Header, description = "The ETag of what the asker has")),
    responses(
        (status = 200, description = "As things are now, at most a second old", body = Seats, headers(("ETag" = String))),
        (status = 304, description = "The asker has it"),
        (status = 401, description = "unknown-device: the kiosk is not known, or revoked", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "too-many: wait as long as Retry-After says", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "unavailable: busy or not ready; wait as long as Retry-After says, then the same again", body = Problem, content_type = "application/problem+json")
    )
)]
pub async fn seats(
    _: AskingDevice,
    State(service): State<Arc<Service>>,
    has: Has,
) -> Result<Response, Failure> {
    let showing = service.board.showing().ok_or(Code::Unavailable)?;
    Ok(answer(has, showing.seats_body()))
}

/// The sites of a district.
#[utoipa::path(
    get, path = paths::SITES_ROUTE, tag = "reads", security(("device" = []), ("certificate" = [])),
    params(("district" = DistrictCode, Path, description = "The district's code: seven digits of the household registration"), ("If-None-Match" = Option<String>, Header, description = "The ETag of what the asker has")),
    responses(
        (status = 200, description = "As things are now, at most a second old", body = Vec<SiteView>, headers(("ETag" = String))),
        (status = 304, description = "The asker has it"),
        (status = 401, description = "unknown-device: the kiosk is not known, or revoked", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "too-many: wait as long as Retry-After says", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "unavailable: busy or not ready; wait as long as Retry-After says, then the same again", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "not-found: there is no such place", body = Problem, content_type = "application/problem+json")
    )
)]
pub async fn of_district(
    _: AskingDevice,
    State(service): State<Arc<Service>>,
    has: Has,
    district: Result<Path<u32>, PathRejection>,
) -> Result<Response, Failure> {
    let Path(district) = district.map_err(|_| Code::NotFound)?;
    let showing = service.board.showing().ok_or(Code::Unavailable)?;
    answer_if_there(has, showing.sites_body(DistrictCode(district)))
}

/// The slots of a site, in order of time.
#[utoipa::path(
    get, path = paths::SLOTS_ROUTE, tag = "reads", security(("device" = []), ("certificate" = [])),
    params(("site" = SiteId, Path), ("If-None-Match" = Option<String>, Header, description = "The ETag of what the asker has")),
    responses(
        (status = 200, description = "As things are now, at most a second old", body = Vec<Slot>, headers(("ETag" = String))),
        (status = 304, description = "The asker has it"),
        (status = 401, description = "unknown-device: the kiosk is not known, or revoked", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "too-many: wait as long as Retry-After says", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "unavailable: busy or not ready; wait as long as Retry-After says, then the same again", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "not-found: there is no such place", body = Problem, content_type = "application/problem+json")
    )
)]
pub async fn slots(
    _: AskingDevice,
    State(service): State<Arc<Service>>,
    has: Has,
    site: Result<Path<u32>, PathRejection>,
) -> Result<Response, Failure> {
    let Path(site) = site.map_err(|_| Code::NotFound)?;
    let showing = service.board.showing().ok_or(Code::Unavailable)?;
    answer_if_there(has, showing.slots_body(SiteId(site)))
}
