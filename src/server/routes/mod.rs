//! The routes. Each file is one resource and thin: it reads a request, asks the engine or the
//! catalog, and answers. A route stands here once: the contract is made from the same table.

mod audit;
mod bookings;
mod captchas;
mod conditional;
pub mod contract;
mod error;
pub mod extract;
mod health;
mod intentions;
mod login;
mod problems;
mod queries;
mod round;
mod sessions;
mod sites;

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

/// A kiosk's request is a few hundred bytes; nothing larger is read.
const BODY_AT_MOST: usize = 4096;
/// An audit names the numbers that it asks for.
const AUDIT_AT_MOST: usize = 1 << 20;

/// Each route, with its part of the contract.
fn documented() -> OpenApiRouter<Arc<Service>> {
    OpenApiRouter::with_openapi(contract::Contract::openapi())
        .routes(routes!(round::current))
        .routes(routes!(round::time))
        .routes(routes!(sites::seats))
        .routes(routes!(sites::of_district))
        .routes(routes!(sites::slots))
        .routes(routes!(sessions::open))
        .routes(routes!(sessions::own, sessions::close))
        .routes(routes!(bookings::book))
        .routes(routes!(bookings::reschedule))
        .routes(routes!(bookings::cancel))
        .routes(routes!(intentions::register, intentions::withdraw))
        .routes(routes!(captchas::draw))
        .routes(routes!(queries::latest))
        .routes(routes!(audit::audit).layer(DefaultBodyLimit::max(AUDIT_AT_MOST)))
        .routes(routes!(health::healthz))
        .routes(routes!(health::readyz))
        .routes(routes!(health::metrics))
}

/// The contract as a document.
pub fn document() -> OpenApi {
    documented().into_openapi()
}

/// All routes, and the pages that show the contract.
pub fn table(service: Arc<Service>) -> Router {
    let (routes, document) = documented().split_for_parts();
    routes
        .merge(contract::pages(document))
        .fallback(|| async { ApiError::from(Code::NotFound) })
        .method_not_allowed_fallback(|| async { ApiError::from(Code::WrongMethod) })
        .layer(DefaultBodyLimit::max(BODY_AT_MOST))
        .with_state(service)
}

/// For a request that was given up.
pub fn too_slow() -> ApiError {
    Code::Unavailable.into()
}
