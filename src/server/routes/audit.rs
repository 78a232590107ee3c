//! `POST /v1/admin/audit`: looks for what must never be. For the administrator only.

use super::asking::Administrator;
use super::failure::Failure;
use crate::api::audit::{AuditAsk, AuditReport};
use crate::api::paths;
use crate::api::problem::Code;
use crate::api::problem::Problem;
use crate::server::Service;
use axum::extract::rejection::JsonRejection;
use axum::{Json, extract::State};
use std::sync::Arc;

/// Looks for what must never be.
#[utoipa::path(
    post, path = paths::AUDIT, tag = "administration", security(("administrator" = [])), request_body = AuditAsk,
    responses(
        (status = 200, description = "What was found", body = AuditReport),
        (status = 400, description = "bad-request: it cannot be read", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "not-allowed: the administrator's token is missing or wrong", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "unavailable: busy or not ready; wait as long as Retry-After says, then the same again", body = Problem, content_type = "application/problem+json")
    )
)]
pub async fn audit(
    _: Administrator,
    State(service): State<Arc<Service>>,
    ask: Result<Json<AuditAsk>, JsonRejection>,
) -> Result<Json<AuditReport>, Failure> {
    let Json(ask) = ask?;
    let round = service.board.showing().ok_or(Code::Unavailable)?.round.number;
    let found = service.store.audit(round).await?;
    Ok(Json(AuditReport {
        live_bookings: found.live_bookings,
        seats_without_booking: found.seats_without_booking,
        slots_over_capacity: found.slots_over_capacity,
        slots_with_more_bookings_than_taken_seats: found.slots_with_more_bookings_than_taken_seats,
        people_booked_twice: found.people_booked_twice,
        bookings_without_person_or_slot: found.bookings_without_person_or_slot,
        missing: service.store.missing(&ask.numbers).await?,
    }))
}
