//! `POST /v1/sessions` and `DELETE /v1/sessions/own`: a person's ten minutes.

use super::asking::{AskingDevice, AskingPerson};
use super::bookings::view;
use super::failure::Failure;
use crate::api::paths;
use crate::api::problem::Code;
use crate::api::problem::Problem;
use crate::api::sessions::{IntentionView, OpenSession, SessionOpened, SessionToken, Standing};
use crate::domain::eligibility::may_book;
use crate::domain::personal::Personal;
use crate::domain::taipei;
use crate::server::Service;
use crate::server::engine::Ask;
use crate::server::store::people::{Papers, PersonRecord};
use crate::server::store::sessions::EndedSession;
use axum::extract::rejection::JsonRejection;
use axum::{Json, extract::State, http::StatusCode};
use std::sync::Arc;

/// Opens a person's session at this kiosk: ten minutes.
#[utoipa::path(
    post, path = paths::SESSIONS, tag = "people", security(("device" = []), ("certificate" = [])), request_body = OpenSession,
    responses(
        (status = 201, description = "The session, and how the person stands in the round", body = SessionOpened),
        (status = 400, description = "bad-request: it cannot be read", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "unknown-device: the kiosk is not known, or revoked", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "unknown-person: the numbers belong to nobody, or not together", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "too-many: wait as long as Retry-After says", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "unavailable: busy or not ready; wait as long as Retry-After says, then the same again", body = Problem, content_type = "application/problem+json")
    )
)]
pub async fn open(
    AskingDevice(device): AskingDevice,
    State(service): State<Arc<Service>>,
    ask: Result<Json<OpenSession>, JsonRejection>,
) -> Result<(StatusCode, Json<SessionOpened>), Failure> {
    let Json(ask) = ask?;
    let now = (service.edge.now)();
    service.limits.person(service.person_key(&ask.id))?;
    if !ask.id.in_use_on(taipei::civil(now).date()) {
        return Err(Code::UnknownPerson.into());
    }
    let papers = Papers { id: ask.id, card: ask.card };
    let record = service.reception.look_up(papers).await?.ok_or(Code::UnknownPerson)?;
    let token = service.sessions.open(record.person, device.id, now, (service.edge.fresh)());
    let standing = standing(&service, record)?;
    Ok((StatusCode::CREATED, Json(SessionOpened { token: SessionToken(token), standing })))
}

/// Ends the session before its time, for every server.
#[utoipa::path(
    delete, path = paths::OWN_SESSION, tag = "people",
    security(("device" = [], "session" = []), ("certificate" = [], "session" = [])),
    responses(
        (status = 204, description = "It is over"),
        (status = 401, description = "unknown-device, or session-over", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "too-many: wait as long as Retry-After says", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "unavailable: busy or not ready; wait as long as Retry-After says, then the same again", body = Problem, content_type = "application/problem+json")
    )
)]
pub async fn close(asking: AskingPerson, State(service): State<Arc<Service>>) -> Result<StatusCode, Failure> {
    let session = asking.session;
    let ended = EndedSession { hash: session.hash, ended: (service.edge.now)(), expires: session.expires };
    service.engine.ask(Ask::End(ended)).await?;
    service.sessions.end([ended]);
    Ok(StatusCode::NO_CONTENT)
}

fn standing(service: &Service, record: PersonRecord) -> Result<Standing, Failure> {
    let showing = service.board.showing().ok_or(Code::Unavailable)?;
    Ok(Standing {
        refusal: may_book(&showing.round, &record.applicant(), (service.edge.now)()).err(),
        booking: record.live.map(|booking| view(service, booking)).transpose()?,
        intention: record.intention.map(|intention| IntentionView {
            mobile_masked: Personal::new(intention.mobile.masked()),
            district: intention.district,
            brands: intention.brands,
        }),
    })
}
