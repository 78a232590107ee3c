//! `POST /v1/sessions` and `DELETE /v1/sessions/own`: a person's ten minutes.

use super::bookings::view;
use super::error::ApiError;
use super::extract::{DeviceAuth, PersonAuth};
use super::intentions;
use super::login::{pass, right, spend, wrong};
use super::problems::{BodyProblems, LoginProblems, ReadProblems};
use crate::api::paths;
use crate::api::problem::Code;
use crate::api::sessions::{OpenSession, SessionOpened, SessionToken, Standing};
use crate::domain::eligibility::may_book;
use crate::domain::personal::Personal;
use crate::domain::registering::may_register;
use crate::domain::taipei;
use crate::server::engine::Command;
use crate::server::keys::fingerprint;
use crate::server::service::Service;
use crate::server::store::lockouts::LoginSubject;
use crate::server::store::people::{Credentials, IdentifiedPerson};
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
    post, path = paths::SESSIONS, tag = "people",
    security(("device" = []), ("certificate" = [])), request_body = OpenSession,
    responses(
        (status = 201,
            description = "The session, and how the person stands in the round",
            body = SessionOpened),
        ReadProblems, BodyProblems, LoginProblems
    )
)]
pub async fn open(
    DeviceAuth(device): DeviceAuth,
    State(service): State<Arc<Service>>,
    ask: Result<Json<OpenSession>, JsonRejection>,
) -> Result<(StatusCode, Json<SessionOpened>), ApiError> {
    let Json(ask) = ask?;
    let now = (service.env.now)();
    let person = service.person_key(ask.id());
    let who = [LoginSubject::Person(person), LoginSubject::Device(device.id)];
    service.lockout.check(&who, now)?;
    service.limits.person(person)?;
    let Some(person_found) = prove(&service, ask, now).await? else {
        return Err(wrong(&service, &who, now).await);
    };
    right(&service, &who).await?;
    let token =
        service.sessions.open(person_found.record.person, device.id, now, (service.env.random)());
    let standing = standing(&service, person_found)?;
    Ok((StatusCode::CREATED, Json(SessionOpened { token: SessionToken(token), standing })))
}

/// Whose numbers these are, if they are anybody's and belong together; none whatever is wrong with
/// them.
async fn prove(
    service: &Service,
    ask: OpenSession,
    now: Timestamp,
) -> Result<Option<IdentifiedPerson>, ApiError> {
    if !ask.id().in_use_on(taipei::civil(now).date()) {
        return Ok(None);
    }
    match ask {
        OpenSession::Card { id, card, password } => {
            let person_found = service.people.look_up(Credentials { id, card: Some(card) }).await?;
            let Some((person_found, password)) = person_found.as_ref().zip(password) else {
                return Ok(person_found);
            };
            Ok(is_password_of(person_found, password).await?.then(|| person_found.clone()))
        }
        OpenSession::Numbers { id, card, graphic } => {
            pass(service, &graphic, now).await?;
            Ok(service.people.look_up(Credentials { id, card: Some(card) }).await?)
        }
        OpenSession::App { id, code, graphic } => {
            pass(service, &graphic, now).await?;
            let issuer = service.env.otp.as_ref().ok_or(Code::ChannelMayNot)?;
            if !issuer.check(&id, &code, now).await.map_err(|_| Code::Unavailable)? {
                return Ok(None);
            }
            let used = fingerprint(format!("app {} {}", id.expose(), code.expose()).as_bytes());
            if !spend(service, &used, now, now + CODE_IS_OLD).await? {
                return Ok(None);
            }
            Ok(service.people.look_up(Credentials { id, card: None }).await?)
        }
    }
}

/// Argon2 takes its time, on purpose: not on the threads that answer.
async fn is_password_of(
    person_found: &IdentifiedPerson,
    password: Personal,
) -> Result<bool, ApiError> {
    let Some(hash) = person_found.password_hash.clone() else { return Ok(false) };
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
        ReadProblems
    )
)]
pub async fn own(
    asking: PersonAuth,
    State(service): State<Arc<Service>>,
) -> Result<Json<Standing>, ApiError> {
    let person = asking.session.person;
    service.limits.person(person.0.unsigned_abs().into())?;
    let round = service.catalog.snapshot().ok_or(Code::Unavailable)?.round.number;
    let person_found = service.store.person_of(person, round).await?.ok_or(Code::SessionOver)?;
    Ok(Json(standing(&service, person_found)?))
}

/// Ends the session before its time, for every server.
#[utoipa::path(
    delete, path = paths::OWN_SESSION, tag = "people",
    security(("device" = [], "session" = []), ("certificate" = [], "session" = [])),
    responses(
        (status = 204, description = "It is over"),
        ReadProblems
    )
)]
pub async fn close(
    asking: PersonAuth,
    State(service): State<Arc<Service>>,
) -> Result<StatusCode, ApiError> {
    let session = asking.session;
    let ended =
        EndedSession { hash: session.hash, ended: (service.env.now)(), expires: session.expires };
    service.engine.ask(Command::End(ended)).await?;
    service.sessions.end([ended]);
    Ok(StatusCode::NO_CONTENT)
}

fn standing(service: &Service, person_found: IdentifiedPerson) -> Result<Standing, ApiError> {
    let snapshot = service.catalog.snapshot().ok_or(Code::Unavailable)?;
    let (record, now) = (person_found.record, (service.env.now)());
    Ok(Standing {
        name_masked: Personal::new(person_found.name.masked()),
        refusal: may_book(&snapshot.round, &record.applicant(), now).err(),
        registering: may_register(&snapshot.round, &record.applicant(), now).err(),
        booking: record.live.map(|booking| view(service, booking)).transpose()?,
        intention: record.intention.map(intentions::view),
    })
}
