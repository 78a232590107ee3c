//! The routes. Each file is one resource: its handlers read a request, call the engine or the
//! catalog, and answer. `documented` lists each route once, and router and OpenAPI document are
//! both made from that list.

mod attendance;
mod audit;
mod bookings;
mod captchas;
mod card_refusals;
mod conditional;
pub mod contract;
mod desk_auth;
mod error;
pub mod extract;
mod health;
mod institution_figures;
mod intentions;
mod leftovers;
mod login;
mod on_duty;
mod problem_pages;
mod problems;
mod publication;
mod queries;
mod round;
mod sessions;
mod sites;
mod staff_sessions;
mod staff_users;
mod together;
mod waiting;

use super::service::Service;
use crate::api::problem::Code;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use error::ApiError;
use std::sync::Arc;
use utoipa::OpenApi as _;
use utoipa::openapi::OpenApi;
use utoipa_axum::router::{OpenApiRouter, UtoipaMethodRouterExt as _};
use utoipa_axum::routes;

/// Bytes of a request's body at most. A kiosk's have a few hundred.
const BODY_AT_MOST: usize = 4096;
/// Bytes of a desk's entries at most: 200 of them, which have some 170 each.
const ENTRIES_AT_MOST: usize = 1 << 16;
/// Bytes of an audit's body at most: it lists tens of thousands of booking numbers.
const AUDIT_AT_MOST: usize = 1 << 20;
/// Bytes of a body with certificates at most: a card's own, and two of CAs, have some 10,000.
const CERTIFICATES_AT_MOST: usize = 1 << 15;

/// Every route, with its part of the OpenAPI document.
fn documented() -> OpenApiRouter<Arc<Service>> {
    OpenApiRouter::with_openapi(contract::Contract::openapi())
        .routes(routes!(round::current))
        .routes(routes!(round::time))
        .routes(routes!(sites::seats))
        .routes(routes!(sites::of_district))
        .routes(routes!(sites::slots))
        .routes(routes!(sites::earliest_slots))
        .routes(routes!(sessions::open))
        .routes(routes!(sessions::own, sessions::close))
        .routes(routes!(bookings::book))
        .routes(routes!(together::book))
        .routes(routes!(bookings::reschedule))
        .routes(routes!(bookings::cancel))
        .routes(routes!(intentions::register, intentions::withdraw))
        .routes(routes!(waiting::ask, waiting::own, waiting::leave))
        .routes(routes!(waiting::take))
        .routes(routes!(leftovers::ask, leftovers::leave))
        .routes(routes!(leftovers::today, leftovers::say))
        .routes(routes!(leftovers::came))
        .routes(routes!(captchas::draw))
        .routes(routes!(queries::latest))
        .routes(routes!(publication::manifest))
        .routes(routes!(publication::locations))
        .routes(routes!(publication::schedules))
        .routes(routes!(publication::slots))
        .routes(routes!(staff_sessions::challenge))
        .routes(routes!(staff_sessions::open).layer(DefaultBodyLimit::max(CERTIFICATES_AT_MOST)))
        .routes(routes!(staff_sessions::close))
        .routes(routes!(card_refusals::tell))
        .routes(
            routes!(staff_users::list, staff_users::add)
                .layer(DefaultBodyLimit::max(CERTIFICATES_AT_MOST)),
        )
        .routes(routes!(staff_users::change))
        .routes(routes!(institution_figures::figures))
        .routes(routes!(attendance::day))
        .routes(routes!(attendance::figures))
        .routes(routes!(attendance::enter).layer(DefaultBodyLimit::max(ENTRIES_AT_MOST)))
        .routes(routes!(audit::audit).layer(DefaultBodyLimit::max(AUDIT_AT_MOST)))
        .routes(routes!(health::healthz))
        .routes(routes!(health::readyz))
        .routes(routes!(health::metrics))
}

/// The OpenAPI document.
pub fn document() -> OpenApi {
    documented().into_openapi()
}

/// The router of the whole service, with the pages that show the contract.
pub fn table(service: Arc<Service>) -> Router {
    let (routes, document) = documented().split_for_parts();
    routes
        .merge(contract::pages(document))
        .fallback(|| async { ApiError::from(Code::NotFound) })
        .method_not_allowed_fallback(|| async { ApiError::from(Code::WrongMethod) })
        .layer(DefaultBodyLimit::max(BODY_AT_MOST))
        .with_state(service)
}

/// The answer to a request that took too long and was given up.
pub fn too_slow() -> ApiError {
    Code::Unavailable.into()
}

/// The answer to a request that HTTP does not allow.
pub fn not_http() -> ApiError {
    Code::BadRequest.into()
}
