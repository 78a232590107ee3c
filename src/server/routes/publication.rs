//! `GET /fhir/$bulk-publish` and the files that it names: which slots are free, for programs of
//! others, without a key (SMART Scheduling Links). Answered from memory. Without `[fhir]` in the
//! settings there is nothing at these paths.

use super::conditional::{IfNoneMatch, answer_public};
use super::error::ApiError;
use super::problems::PublicationProblems;
use crate::api::paths;
use crate::api::problem::Code;
use crate::server::catalog::{self, Publication};
use crate::server::fhir::publication::Manifest;
use crate::server::publishing::{ANSWERED_WITHIN, InTime};
use crate::server::service::Service;
use axum::body::Body;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use std::sync::Arc;

const JSON: &str = "application/json";
const NDJSON: &str = "application/fhir+ndjson";

/// The manifest: which files there are, and when they were made.
#[utoipa::path(
    get, path = paths::FHIR_PUBLICATION, tag = "publication", security(()),
    params(("If-None-Match" = Option<String>, Header, description = "The ETag of what is known")),
    responses(
        (status = 200, description = "At most ten seconds old", body = Manifest,
            headers(("ETag" = String))),
        (status = 304, description = "It is known"),
        PublicationProblems
    )
)]
pub async fn manifest(
    State(service): State<Arc<Service>>,
    known: IfNoneMatch,
) -> Result<Response, ApiError> {
    answer_with(&service, known, JSON, |publication| &publication.manifest).await
}

/// The vaccination sites, a Location a line.
#[utoipa::path(
    get, path = paths::FHIR_LOCATIONS, tag = "publication", security(()),
    params(("If-None-Match" = Option<String>, Header, description = "The ETag of what is known")),
    responses(
        (status = 200, description = "Of the moment of the manifest", body = String,
            content_type = "application/fhir+ndjson", headers(("ETag" = String))),
        (status = 304, description = "It is known"),
        PublicationProblems
    )
)]
pub async fn locations(
    State(service): State<Arc<Service>>,
    known: IfNoneMatch,
) -> Result<Response, ApiError> {
    answer_with(&service, known, NDJSON, |publication| &publication.locations).await
}

/// A Schedule for each site and vaccine, one a line.
#[utoipa::path(
    get, path = paths::FHIR_SCHEDULES, tag = "publication", security(()),
    params(("If-None-Match" = Option<String>, Header, description = "The ETag of what is known")),
    responses(
        (status = 200, description = "Of the moment of the manifest", body = String,
            content_type = "application/fhir+ndjson", headers(("ETag" = String))),
        (status = 304, description = "It is known"),
        PublicationProblems
    )
)]
pub async fn schedules(
    State(service): State<Arc<Service>>,
    known: IfNoneMatch,
) -> Result<Response, ApiError> {
    answer_with(&service, known, NDJSON, |publication| &publication.schedules).await
}

/// The slots that have not begun, free or busy, a Slot a line.
#[utoipa::path(
    get, path = paths::FHIR_SLOTS, tag = "publication", security(()),
    params(("If-None-Match" = Option<String>, Header, description = "The ETag of what is known")),
    responses(
        (status = 200, description = "Of the moment of the manifest", body = String,
            content_type = "application/fhir+ndjson", headers(("ETag" = String))),
        (status = 304, description = "It is known"),
        PublicationProblems
    )
)]
pub async fn slots(
    State(service): State<Arc<Service>>,
    known: IfNoneMatch,
) -> Result<Response, ApiError> {
    answer_with(&service, known, NDJSON, |publication| &publication.slots).await
}

async fn answer_with(
    service: &Service,
    known: IfNoneMatch,
    kind: &'static str,
    part: impl Fn(&Publication) -> &catalog::Body,
) -> Result<Response, ApiError> {
    let body = part(&*publication(service).await?).clone();
    let whole = body.bytes.clone();
    let (head, sent) = answer_public(known, body, kind).into_parts();
    // Who knows it already, and gets nothing, needs no place.
    if head.status != StatusCode::OK {
        return Ok(Response::from_parts(head, sent));
    }
    let place = service.publishing.place().ok_or(Code::Unavailable)?;
    let sent = Body::new(InTime::new(whole, place, ANSWERED_WITHIN));
    Ok(Response::from_parts(head, sent))
}

async fn publication(service: &Service) -> Result<Arc<Publication>, ApiError> {
    // Without its public URL the service publishes nothing.
    let publisher = service.env.publisher.clone().ok_or(Code::NotFound)?;
    // Before the first round is imported there is nothing to read.
    let snapshot = service.catalog.snapshot().ok_or(Code::Unavailable)?;
    let now = (service.env.now)();
    if let Some(publication) = snapshot.published(now) {
        return Ok(publication);
    }
    // Those who wait for it block no thread.
    let _making = service.publishing.making.lock().await;
    if let Some(publication) = snapshot.published(now) {
        return Ok(publication);
    }
    // It is made beside the threads on which kiosks are answered, as it takes its time.
    let made = tokio::task::spawn_blocking(move || snapshot.publish(&publisher, now));
    Ok(made.await.map_err(|_| Code::Unavailable)?)
}
