//! `GET /v1/seats`, `/v1/districts/{district}/sites` and `/v1/sites/{site}/slots`: what the crowd reads.

use super::asking::AskingDevice;
use super::conditional::{Has, answer, answer_if_there};
use super::failure::Failure;
use crate::api::problem::Code;
use crate::domain::region::DistrictCode;
use crate::domain::site::SiteId;
use crate::server::Service;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::response::Response;
use std::sync::Arc;

pub async fn seats(_: AskingDevice, State(service): State<Arc<Service>>, has: Has) -> Result<Response, Failure> {
    let showing = service.board.showing().ok_or(Code::Unavailable)?;
    Ok(answer(has, showing.seats_body()))
}

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
