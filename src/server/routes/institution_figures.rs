//! `GET /v1/institution/days/{date}/figures`: the day of an institution's vaccination sites, for
//! whoever manages it, at its counters and its desks.

use super::attendance::{by_hour, civil_date};
use super::error::ApiError;
use super::extract::StaffAuth;
use super::on_duty::permitted;
use super::problems::{PlaceProblems, ReadProblems, StaffProblems};
use crate::api::attendance::SiteFigures;
use crate::api::paths;
use crate::domain::staff::Right;
use crate::server::service::Service;
use axum::Json;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use std::sync::Arc;

/// The day at the sites of the own institution in figures: those for which it has desks.
#[utoipa::path(
    get, path = paths::INSTITUTION_FIGURES_ROUTE, tag = "staff",
    security(("device" = [], "staff" = []), ("certificate" = [], "staff" = [])),
    params(("date" = String, Path, description = "Taiwan's civil date: 2027-07-16")),
    responses(
        (status = 200, description = "In the order of the sites", body = Vec<SiteFigures>),
        ReadProblems, StaffProblems, PlaceProblems
    )
)]
pub async fn figures(
    StaffAuth { device, staff, .. }: StaffAuth,
    State(service): State<Arc<Service>>,
    date: Result<Path<String>, PathRejection>,
) -> Result<Json<Vec<SiteFigures>>, ApiError> {
    permitted(&service, device.id, Some(&staff), &[Right::Manage]).await?;
    let date = civil_date(&service, date)?;
    let mut figures = Vec::new();
    for site in service.store.sites_of_institution(&staff.institution.code).await? {
        let hours = by_hour(&service, site.id, date).await?;
        figures.push(SiteFigures { site, hours });
    }
    Ok(Json(figures))
}
