//! `POST /v1/sessions` opens a person's session of ten minutes; `GET` and `DELETE
//! /v1/sessions/own` read and end it.

use super::bookings::view;
use super::error::ApiError;
use super::extract::{CounterAuth, PersonAuth};
use super::intentions;
use super::login::{begin, check_captcha, failed, spend, succeeded};
use super::on_duty::permitted;
use super::problems::{BodyProblems, ChannelProblems, LoginProblems, ReadProblems};
use super::waiting;
use crate::api::paths;
use crate::api::problem::Code;
use crate::api::sessions::{
    Displaced, OpenSession, SeatView, SessionOpened, SessionToken, Standing,
};
use crate::domain::eligibility::may_book;
use crate::domain::personal::Personal;
use crate::domain::registering::may_register;
use crate::domain::site::SlotId;
use crate::domain::staff::Right;
use crate::domain::taipei;
use crate::server::catalog::Snapshot;
use crate::server::engine::Command;
use crate::server::keys::fingerprint;
use crate::server::passwords::Busy;
use crate::server::service::Service;
use crate::server::store::audit_trail::{Action, Actor, Entry};
use crate::server::store::ids::{DeviceId, PersonId, PersonKey};
use crate::server::store::lockouts::LoginSubject;
use crate::server::store::people::{Credentials, Hold, IdentifiedPerson};
use crate::server::store::spent_tokens::SpentToken;
use axum::extract::rejection::JsonRejection;
use axum::{Json, extract::State, http::StatusCode};
use jiff::{SignedDuration, Timestamp};
use std::sync::Arc;

/// How long a used one-time password is remembered: after that no issuer accepts it any more.
const OTP_REMEMBERED: SignedDuration = SignedDuration::from_mins(10);

/// Opens a person's session at this kiosk, for ten minutes. With logged-in staff it is theirs: each
/// call in it carries their token too.
#[utoipa::path(
    post, path = paths::SESSIONS, tag = "people",
    security(
        ("device" = []), ("certificate" = []),
        ("device" = [], "staff" = []), ("certificate" = [], "staff" = [])
    ),
    request_body = OpenSession,
    responses(
        (status = 201,
            description = "The session, and how the person stands in the round",
            body = SessionOpened),
        ReadProblems, BodyProblems, LoginProblems
    )
)]
pub async fn open(
    CounterAuth { device, staff }: CounterAuth,
    State(service): State<Arc<Service>>,
    body: Result<Json<OpenSession>, JsonRejection>,
) -> Result<(StatusCode, Json<SessionOpened>), ApiError> {
    // A body that cannot be read is answered first: nothing below can be decided without it.
    let Json(login) = body?;
    let now = (service.env.now)();
    // Numbers that staff have typed need no captcha, so they need the staff.
    if matches!(login, OpenSession::Counter { .. }) && staff.is_none() {
        return Err(Code::StaffSessionOver.into());
    }
    let serving = [Right::Book, Right::Change];
    let actor = permitted(&service, device.id, staff.as_ref(), &serving).await?;
    let (told, key) = (told(&login), service.person_key(login.id()));
    // Lockout and rate limit come before the look-up: guessing must not learn anything while it is
    // slowed, and must not cost a query or a password's hash.
    let (who, at) = subjects(&login, key, device.id);
    let attempt = begin(&service, device.id, (who, at), now)?;
    service.limits.person(key)?;
    // Whatever is wrong with the numbers is one case: which of them it is would help to guess.
    let Some(person) = identify(&service, login, now).await? else {
        return Err(failed(&service, device.id, attempt, now).await);
    };
    succeeded(&service, attempt).await?;
    let (who, random) = (person.record.person, (service.env.random)());
    if staff.is_some() {
        tell(&service, actor, who, told).await?;
    }
    let staff = staff.map(|staff| staff.id);
    let token = service.sessions.open_by(who, staff, device.id, now, random);
    let standing = standing(&service, person)?;
    Ok((StatusCode::CREATED, Json(SessionOpened { token: SessionToken(token), standing })))
}

/// How a person has shown who they are, as the trail tells it.
fn told(login: &OpenSession) -> &'static str {
    match login {
        OpenSession::Card { .. } => "card",
        OpenSession::App { .. } => "app",
        OpenSession::Numbers { .. } => "numbers",
        OpenSession::Counter { typed: false, consent: false, .. } => "card at a counter",
        OpenSession::Counter { typed: false, consent: true, .. } => {
            "card at a counter, consent witnessed"
        }
        OpenSession::Counter { typed: true, consent: false, .. } => "numbers typed by staff",
        OpenSession::Counter { typed: true, consent: true, .. } => {
            "numbers typed by staff, consent witnessed"
        }
    }
}

/// Tells the trail that staff have opened a person's session.
async fn tell(
    service: &Service,
    actor: Actor,
    person: PersonId,
    told: &str,
) -> Result<(), ApiError> {
    let entry = Entry::new((service.env.now)(), actor, Action::OpenSession);
    let entry = Entry { person: Some(person), after: Some(told.to_owned()), ..entry };
    Ok(service.store.add_to_trail(&[entry]).await?)
}

/// Whose failures a log-in counts among. A card that was read counts apart from typed numbers.
fn subjects(login: &OpenSession, key: PersonKey, device: DeviceId) -> (LoginSubject, LoginSubject) {
    match login {
        OpenSession::Card { .. } | OpenSession::Counter { typed: false, .. } => {
            (LoginSubject::Card(key), LoginSubject::Reader(device))
        }
        OpenSession::Numbers { .. }
        | OpenSession::App { .. }
        | OpenSession::Counter { typed: true, .. } => {
            (LoginSubject::Person(key), LoginSubject::Device(device))
        }
    }
}

/// The person whom these numbers identify. `None` whatever is wrong with them, so that the caller
/// cannot answer one mistake otherwise than another.
async fn identify(
    service: &Service,
    login: OpenSession,
    now: Timestamp,
) -> Result<Option<IdentifiedPerson>, ApiError> {
    // Identity numbers of the old form are not in use after a certain day.
    if !login.id().in_use_on(taipei::civil(now).date()) {
        return Ok(None);
    }
    match login {
        OpenSession::Card { id, card, password } => {
            // The card was in the reader, so no captcha is needed. The password is checked only
            // if the kiosk asked for one.
            let person = service.people.look_up(Credentials { id, card: Some(card) }).await?;
            let Some((identified, password)) = person.as_ref().zip(password) else {
                return Ok(person);
            };
            Ok(is_password_of(service, identified, password).await?.then(|| identified.clone()))
        }
        OpenSession::Numbers { id, card, graphic } => {
            // Typed numbers can be guessed by a program, so the captcha comes first.
            check_captcha(service, &graphic, now).await?;
            Ok(service.people.look_up(Credentials { id, card: Some(card) }).await?)
        }
        OpenSession::App { id, code, graphic } => {
            // Six digits can be guessed by a program, so the captcha comes first.
            check_captcha(service, &graphic, now).await?;
            let issuer = service.env.otp.as_ref().ok_or(Code::ChannelMayNot)?;
            if !issuer.check(&id, &code, now).await.map_err(|_| Code::Unavailable)? {
                return Ok(None);
            }
            // A right code opens one session: whoever looked over a shoulder cannot use it again.
            let used = fingerprint(format!("app {} {}", id.expose(), code.expose()).as_bytes());
            if !spend(service, &used, now, now + OTP_REMEMBERED).await? {
                return Ok(None);
            }
            Ok(service.people.look_up(Credentials { id, card: None }).await?)
        }
        OpenSession::Counter { id, card, .. } => {
            // Staff have the person before them, and answer for what they type.
            Ok(service.people.look_up(Credentials { id, card: Some(card) }).await?)
        }
    }
}

/// Whether this is the person's registered password. Whoever would wait too long for its check is
/// told to come again.
pub(super) async fn is_password_of(
    service: &Service,
    person: &IdentifiedPerson,
    password: Personal,
) -> Result<bool, ApiError> {
    let Some(hash) = person.password_hash.clone() else { return Ok(false) };
    Ok(service.passwords.is_right(hash, password).await.map_err(|Busy| Code::Unavailable)?)
}

/// What the person of the session may do in the round now, and what they have booked.
#[utoipa::path(
    get, path = paths::OWN_SESSION, tag = "people",
    security(
        ("device" = [], "session" = []), ("certificate" = [], "session" = []),
        ("device" = [], "session" = [], "staff" = []),
        ("certificate" = [], "session" = [], "staff" = [])
    ),
    responses(
        (status = 200, description = "How the person stands in the round", body = Standing),
        ReadProblems, ChannelProblems
    )
)]
pub async fn own(
    PersonAuth { device, session, staff }: PersonAuth,
    State(service): State<Arc<Service>>,
) -> Result<Json<Standing>, ApiError> {
    // Staff whose rights were taken away read no more of the person before them.
    permitted(&service, device.id, staff.as_ref(), &[Right::Book, Right::Change]).await?;
    // The person's limit is counted before the database is read.
    service.limits.person(session.person.limit_key())?;
    let round = service.catalog.snapshot().ok_or(Code::Unavailable)?.round.number;
    // A person can have been erased while the session was open; then it is over for them.
    let person = service.store.person_of(session.person, round).await?.ok_or(Code::SessionOver)?;
    Ok(Json(standing(&service, person)?))
}

/// Ends the session early, at every server.
#[utoipa::path(
    delete, path = paths::OWN_SESSION, tag = "people",
    security(
        ("device" = [], "session" = []), ("certificate" = [], "session" = []),
        ("device" = [], "session" = [], "staff" = []),
        ("certificate" = [], "session" = [], "staff" = [])
    ),
    responses(
        (status = 204, description = "It is over"),
        ReadProblems, ChannelProblems
    )
)]
pub async fn close(
    PersonAuth { session, .. }: PersonAuth,
    State(service): State<Arc<Service>>,
) -> Result<StatusCode, ApiError> {
    let spent =
        SpentToken { hash: session.hash, spent: (service.env.now)(), expires: session.expires };
    // The database comes first: this server must not call a session ended that others would still
    // accept after a crash.
    service.engine.submit(Command::End(spent)).await?;
    service.sessions.end([spent], (service.env.uptime)());
    Ok(StatusCode::NO_CONTENT)
}

/// What a person may do in the round now, and what they have booked or registered.
fn standing(service: &Service, person: IdentifiedPerson) -> Result<Standing, ApiError> {
    let snapshot = service.catalog.snapshot().ok_or(Code::Unavailable)?;
    let (record, now) = (person.record, (service.env.now)());
    Ok(Standing {
        name_masked: Personal::new(person.name.masked()),
        refusal: may_book(&snapshot.round, &record.applicant(), now).err(),
        registering: may_register(&snapshot.round, &record.applicant(), now).err(),
        booking: record.live.map(|booking| view(service, booking)).transpose()?,
        intention: record.intention.map(intentions::view),
        offer: record.hold.and_then(|hold| waiting::offer(&snapshot, hold)),
        displaced: record.hold.and_then(|hold| displaced(&snapshot, hold)),
    })
}

/// What somebody is told whose slot was closed; `None` if they have a hold for another reason.
fn displaced(snapshot: &Snapshot, hold: Hold) -> Option<Displaced> {
    let seat = |slot: SlotId| {
        let (site, shown) = snapshot.place(slot)?;
        Some(SeatView { slot, site: site.clone(), starts: shown.starts, ends: shown.ends })
    };
    Some(Displaced {
        closed: seat(hold.closed?)?,
        held: hold.slot.and_then(seat),
        until: hold.until,
    })
}
