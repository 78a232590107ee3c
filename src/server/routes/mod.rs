//! The route table. Each file is one resource and thin: it reads a request, asks the engine or the store, and answers.

mod asking;
mod bookings;
mod failure;
mod round;
mod sessions;
mod sites;

use super::Service;
use crate::api::paths;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{delete, get, post};
use std::sync::Arc;

/// A request's body is a few hundred bytes; nothing larger is read.
const BODY_AT_MOST: usize = 4096;

/// All routes.
pub fn table(service: Arc<Service>) -> Router {
    Router::new()
        .route(paths::ROUND, get(round::current))
        .route(paths::SESSIONS, post(sessions::open))
        .route(paths::OWN_SESSION, delete(sessions::close))
        .route(paths::SEATS, get(sites::seats))
        .route(paths::SITES_ROUTE, get(sites::of_district))
        .route(paths::SLOTS_ROUTE, get(sites::slots))
        .route(paths::BOOKINGS, post(bookings::book))
        .fallback(|| async { failure::Failure(crate::api::problem::Code::NotFound, None) })
        .layer(DefaultBodyLimit::max(BODY_AT_MOST))
        .with_state(service)
}
