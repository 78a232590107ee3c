//! `POST /v1/admin/audit`: checks the database for states that must never occur. Only the
//! administrator may ask.

use super::error::ApiError;
use super::extract::Administrator;
use super::problems::{AdministratorProblems, BodyProblems};
use crate::api::audit::{AuditAsk, AuditReport};
use crate::api::paths;
use crate::api::problem::Code;
use crate::domain::passed_over::passed_over;
use crate::server::service::Service;
use axum::extract::rejection::JsonRejection;
use axum::{Json, extract::State};
use std::sync::Arc;

/// Checks the database for states that must never occur.
#[utoipa::path(
    post, path = paths::AUDIT, tag = "administration",
    security(("administrator" = [])), request_body = AuditAsk,
    responses(
        (status = 200, description = "What was found", body = AuditReport),
        AdministratorProblems, BodyProblems
    )
)]
pub async fn audit(
    _: Administrator,
    State(service): State<Arc<Service>>,
    body: Result<Json<AuditAsk>, JsonRejection>,
) -> Result<Json<AuditReport>, ApiError> {
    // A body that cannot be read is answered before the database is asked for anything.
    let Json(AuditAsk { numbers }) = body?;
    // The counts are those of one round, so there must be one.
    let snapshot = service.catalog.snapshot().ok_or(Code::Unavailable)?;
    let round = snapshot.round.number;
    // The acknowledged numbers are compared last: a booking committed while the counts were made
    // is found too.
    let found = service.store.audit(round).await?;
    let (made, never) =
        (service.store.offers_made(round).await?, service.store.never_offered(round).await?);
    Ok(Json(AuditReport {
        live_bookings: found.live_bookings,
        seats_without_booking: found.seats_without_booking,
        slots_over_capacity: found.slots_over_capacity,
        slots_with_more_bookings_than_taken_seats: found.slots_with_more_bookings_than_taken_seats,
        people_booked_twice: found.people_booked_twice,
        bookings_without_person_or_slot: found.bookings_without_person_or_slot,
        offers_astray: service.store.offers_astray(round).await?,
        people_passed_over: passed_over(&made, &never, |slot| snapshot.place(slot)),
        missing: service.store.missing(&numbers).await?,
    }))
}
