//! `GET /v1/seats`, `/v1/districts/{district}/sites` and `/v1/sites/{site}/slots`: what the crowd reads.

use super::asking::AskingDevice;
use super::failure::Failure;
use crate::api::sites::{DistrictSeats, Seats, SiteView, Slots};
use crate::domain::region::DistrictCode;
use crate::domain::site::SiteId;
use crate::server::Service;
use axum::Json;
use axum::extract::{Path, State};
use std::sync::Arc;

pub async fn seats(_: AskingDevice, State(service): State<Arc<Service>>) -> Result<Json<Seats>, Failure> {
    let round = service.store.current_round().await?;
    let districts = service.store.seats(&round).await?;
    let districts = districts.into_iter().map(|(district, free)| DistrictSeats { district, free }).collect();
    Ok(Json(Seats { districts }))
}

pub async fn of_district(
    _: AskingDevice,
    State(service): State<Arc<Service>>,
    Path(district): Path<u32>,
) -> Result<Json<Vec<SiteView>>, Failure> {
    let round = service.store.current_round().await?;
    let sites = service.store.sites(&round, DistrictCode(district)).await?;
    Ok(Json(sites.into_iter().map(|(site, free)| SiteView { site, free }).collect()))
}

pub async fn slots(
    _: AskingDevice,
    State(service): State<Arc<Service>>,
    Path(site): Path<u32>,
) -> Result<Json<Slots>, Failure> {
    Ok(Json(service.store.slots(SiteId(site)).await?))
}
