//! The route table. Each file is one resource and thin: it reads a request, asks the engine or the
//! board, and answers.

pub mod asking;
mod audit;
mod bookings;
mod changes;
mod conditional;
pub mod contract;
mod failure;
mod graphic;
mod health;
mod intentions;
mod once;
mod queries;
mod round;
mod sessions;
mod sites;

use super::Service;
use crate::api::paths;
use crate::api::problem::Code;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post, put};
use failure::Failure;
use std::sync::Arc;

/// A kiosk's request is a few hundred bytes; nothing larger is read.
const BODY_AT_MOST: usize = 4096;
/// An audit names the numbers that it asks for.
const AUDIT_AT_MOST: usize = 1 << 20;

/// All routes.
pub fn table(service: Arc<Service>) -> Router {
    Router::new()
        .route(paths::ROUND, get(round::current))
        .route(paths::TIME, get(round::time))
        .route(paths::SESSIONS, post(sessions::open))
        .route(paths::OWN_SESSION, get(sessions::own).delete(sessions::close))
        .route(paths::SEATS, get(sites::seats))
        .route(paths::SITES_ROUTE, get(sites::of_district))
        .route(paths::SLOTS_ROUTE, get(sites::slots))
        .route(paths::BOOKINGS, post(bookings::book))
        .route(paths::MOVE, post(changes::shift))
        .route(paths::CANCEL, post(changes::cancel))
        .route(paths::INTENTION, put(intentions::register).delete(intentions::withdraw))
        .route(paths::GRAPHIC_CODES, post(graphic::draw))
        .route(paths::QUERIES, post(queries::latest))
        .route(paths::AUDIT, post(audit::audit).layer(DefaultBodyLimit::max(AUDIT_AT_MOST)))
        .route(paths::HEALTHZ, get(health::healthz))
        .route(paths::READYZ, get(health::readyz))
        .route(paths::METRICS, get(health::metrics))
        .merge(contract::routes())
        .fallback(|| async { Failure::from(Code::NotFound) })
        .method_not_allowed_fallback(|| async { Failure::from(Code::WrongMethod) })
        .layer(DefaultBodyLimit::max(BODY_AT_MOST))
        .with_state(service)
}

/// For a request that was given up.
pub fn too_slow() -> Failure {
    Code::Unavailable.into()
}
