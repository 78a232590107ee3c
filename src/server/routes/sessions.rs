//! `POST /v1/sessions` and `DELETE /v1/sessions/own`: a person's ten minutes.

use super::asking::{AskingDevice, AskingPerson};
use super::bookings::view;
use super::failure::Failure;
use super::intentions;
use super::once::{pass, right, use_once, wrong};
use crate::api::paths;
use crate::api::problem::Code;
use crate::api::problem::Problem;
use crate::api::sessions::{OpenSession, SessionOpened, SessionToken, Standing};
use crate::domain::eligibility::may_book;
use crate::domain::personal::Personal;
use crate::domain::registering::may_register;
use crate::domain::taipei;
use crate::server::Service;
use crate::server::attempts::Who;
use crate::server::engine::Ask;
use crate::server::keys::fingerprint;
use crate::server::store::people::{Papers, Visitor};
use crate::server::store::sessions::EndedSession;
use argon2::Argon2;
use argon2::password_hash::{PasswordVerifier, phc::PasswordHash};
use axum::extract::rejection::JsonRejection;
use axum::{Json, extract::State, http::StatusCode};
use jiff::{SignedDuration, Timestamp};
use std::sync::Arc;

/// When a code of the app cannot be right any more, whoever issues it.
const CODE_IS_OLD: SignedDuration = SignedDuration::from_mins(10);

/// Opens a person's session at this kiosk: ten minutes.
#[utoipa::path(
    post, path = paths::SESSIONS, tag = "people", security(("device" = []), ("certificate" = [])), request_body = OpenSession,
    responses(
        (status = 201, description = "The session, and how the person stands in the round", body = SessionOpened),
        (status = 400, description = "bad-request: it cannot be read", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "unknown-device: the kiosk is not known, or revoked", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "unknown-person: the numbers belong to nobody, or not together; wrong-graphic; channel-may-not", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "too-many, too-many-wrong: wait as long as Retry-After says", body = Problem, content_type = "application/problem+json"),
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
    let person = service.person_key(ask.id());
    let who = [Who::Person(person), Who::Device(device.id)];
    service.attempts.check(&who, now)?;
    service.limits.person(person)?;
    let Some(visitor) = prove(&service, ask, now).await? else {
        return Err(wrong(&service, &who, now).await);
    };
    right(&service, &who).await?;
    let token =
        service.sessions.open(visitor.record.person, device.id, now, (service.edge.fresh)());
    let standing = standing(&service, visitor)?;
    Ok((StatusCode::CREATED, Json(SessionOpened { token: SessionToken(token), standing })))
}

/// Whose numbers these are, if they are anybody's and belong together; none whatever is wrong with
/// them.
async fn prove(
    service: &Service,
    ask: OpenSession,
    now: Timestamp,
) -> Result<Option<Visitor>, Failure> {
    if !ask.id().in_use_on(taipei::civil(now).date()) {
        return Ok(None);
    }
    match ask {
        OpenSession::Card { id, card, password } => {
            let visitor = service.reception.look_up(Papers { id, card: Some(card) }).await?;
            let Some((visitor, password)) = visitor.as_ref().zip(password) else {
                return Ok(visitor);
            };
            Ok(is_password_of(visitor, password).await?.then(|| visitor.clone()))
        }
        OpenSession::Numbers { id, card, graphic } => {
            pass(service, &graphic, now).await?;
            Ok(service.reception.look_up(Papers { id, card: Some(card) }).await?)
        }
        OpenSession::App { id, code, graphic } => {
            pass(service, &graphic, now).await?;
            let issuer = service.edge.app_codes.as_ref().ok_or(Code::ChannelMayNot)?;
            if !issuer.check(&id, &code, now).await.map_err(|_| Code::Unavailable)? {
                return Ok(None);
            }
            let used = fingerprint(format!("app {} {}", id.expose(), code.expose()).as_bytes());
            if !use_once(service, &used, now, now + CODE_IS_OLD).await? {
                return Ok(None);
            }
            Ok(service.reception.look_up(Papers { id, card: None }).await?)
        }
    }
}

/// Argon2 takes its time, on purpose: not on the threads that answer.
async fn is_password_of(visitor: &Visitor, password: Personal) -> Result<bool, Failure> {
    let Some(hash) = visitor.password_hash.clone() else { return Ok(false) };
    let verify = move || {
        let hash = PasswordHash::new(&hash).ok()?;
        Argon2::default().verify_password(password.expose().as_bytes(), &hash).ok()
    };
    let verified = tokio::task::spawn_blocking(verify).await.map_err(|_| Code::Unavailable)?;
    Ok(verified.is_some())
}

/// How the person of the session stands now.
#[utoipa::path(
    get, path = paths::OWN_SESSION, tag = "people",
    security(("device" = [], "session" = []), ("certificate" = [], "session" = [])),
    responses(
        (status = 200, description = "How the person stands in the round", body = Standing),
        (status = 401, description = "unknown-device, or session-over", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "too-many: wait as long as Retry-After says", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "unavailable: busy or not ready; wait as long as Retry-After says, then the same again", body = Problem, content_type = "application/problem+json")
    )
)]
pub async fn own(
    asking: AskingPerson,
    State(service): State<Arc<Service>>,
) -> Result<Json<Standing>, Failure> {
    let person = asking.session.person;
    service.limits.person(person.0.unsigned_abs().into())?;
    let round = service.board.showing().ok_or(Code::Unavailable)?.round.number;
    let visitor = service.store.visitor_of(person, round).await?.ok_or(Code::SessionOver)?;
    Ok(Json(standing(&service, visitor)?))
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
pub async fn close(
    asking: AskingPerson,
    State(service): State<Arc<Service>>,
) -> Result<StatusCode, Failure> {
    let session = asking.session;
    let ended =
        EndedSession { hash: session.hash, ended: (service.edge.now)(), expires: session.expires };
    service.engine.ask(Ask::End(ended)).await?;
    service.sessions.end([ended]);
    Ok(StatusCode::NO_CONTENT)
}

fn standing(service: &Service, visitor: Visitor) -> Result<Standing, Failure> {
    let showing = service.board.showing().ok_or(Code::Unavailable)?;
    let (record, now) = (visitor.record, (service.edge.now)());
    Ok(Standing {
        name_masked: Personal::new(visitor.name.masked()),
        refusal: may_book(&showing.round, &record.applicant(), now).err(),
        registering: may_register(&showing.round, &record.applicant(), now).err(),
        booking: record.live.map(|booking| view(service, booking)).transpose()?,
        intention: record.intention.map(intentions::view),
    })
}
