//! Doses that are left at the end of a site's day: people ask to be told of them, the site's desk
//! says how many there are, and whoever comes first with the code of the message gets one.

use super::desk_auth::DeskAuth;
use super::error::ApiError;
use super::extract::{IdempotencyKey, PersonAuth};
use super::login::{begin, failed, succeeded};
use super::on_duty::permitted;
use super::problems::{
    BodyProblems, ChannelProblems, LoginProblems, PlaceProblems, ReadProblems, RuleProblems,
};
use crate::api::bookings::MobileChoice;
use crate::api::leftovers::{
    AskForLeftover, CameForLeftover, DosesLeft, LeftoverGiven, LeftoverView,
};
use crate::api::paths;
use crate::api::problem::Code;
use crate::domain::leftover::{DOSES_AT_MOST, may_be_told};
use crate::domain::personal::Personal;
use crate::domain::refusal::Refusal;
use crate::domain::round::RoundNumber;
use crate::domain::site::SiteId;
use crate::domain::staff::Right;
use crate::domain::taipei;
use crate::server::service::Service;
use crate::server::store::ids::PersonKey;
use crate::server::store::leftover_given::{CameTo, Given};
use crate::server::store::lockouts::LoginSubject;
use crate::server::store::waiting::AskToBeTold;
use axum::extract::rejection::JsonRejection;
use axum::extract::{Json, State};
use axum::http::StatusCode;
use std::sync::Arc;

/// Wants to be told when doses are left at a site. The order is that of asking; whoever asks for
/// another site is last there.
#[utoipa::path(
    put, path = paths::OWN_LEFTOVER, tag = "people", operation_id = "ask_for_leftover",
    security(
        ("device" = [], "session" = []), ("certificate" = [], "session" = []),
        ("device" = [], "session" = [], "staff" = []),
        ("certificate" = [], "session" = [], "staff" = [])
    ),
    request_body = AskForLeftover,
    responses(
        (status = 204, description = "The person will be told"),
        ReadProblems, BodyProblems, ChannelProblems, PlaceProblems, RuleProblems
    )
)]
pub async fn ask(
    PersonAuth { device, session, staff }: PersonAuth,
    State(service): State<Arc<Service>>,
    body: Result<Json<AskForLeftover>, JsonRejection>,
) -> Result<StatusCode, ApiError> {
    let Json(AskForLeftover { site, mobile, language }) = body?;
    if !device.channel.may_book() {
        return Err(Code::ChannelMayNot.into());
    }
    let person = session.person;
    service.limits.person(person.limit_key())?;
    let by = permitted(&service, device.id, staff.as_ref(), &[Right::Book]).await?;
    // People come to a site of the round in which they are vaccinated, which may not be the one in
    // which others book by now.
    let (place, round) = service.store.site(site).await?.ok_or(Code::NotFound)?;
    let round = service.store.round(round).await?.ok_or(Code::NotFound)?;
    let record = service.store.person_of(person, round.number).await?;
    let record = record.ok_or(Code::SessionOver)?.record;
    may_be_told(&round, &record.applicant(), place.brand)?;
    let intention = record.intention.as_ref().ok_or(Refusal::NotRegistered)?;
    let mobile = match mobile {
        MobileChoice::Registered => intention.mobile.clone(),
        MobileChoice::Given(mobile) => mobile,
        MobileChoice::SameAs(_) => return Err(Code::BadRequest.into()),
    };
    let ask = AskToBeTold { person, mobile, language, by };
    service.store.ask_for_leftover(round.number, site, &ask, (service.env.now)()).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Does not want to be told any more. Sent again, the request gets the same answer.
#[utoipa::path(
    delete, path = paths::OWN_LEFTOVER, tag = "people", operation_id = "leave_leftovers",
    security(
        ("device" = [], "session" = []), ("certificate" = [], "session" = []),
        ("device" = [], "session" = [], "staff" = []),
        ("certificate" = [], "session" = [], "staff" = [])
    ),
    responses(
        (status = 204, description = "The person will not be told"),
        ReadProblems, ChannelProblems
    )
)]
pub async fn leave(
    PersonAuth { device, session, staff }: PersonAuth,
    State(service): State<Arc<Service>>,
) -> Result<StatusCode, ApiError> {
    service.limits.person(session.person.limit_key())?;
    let by = permitted(&service, device.id, staff.as_ref(), &[Right::Book]).await?;
    service.store.leave_leftovers(session.person, by, now(&service)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The leftover doses of today at this desk's site.
#[utoipa::path(
    get, path = paths::LEFTOVERS, tag = "attendance", operation_id = "see_leftovers",
    security(("device" = [], "staff" = []), ("certificate" = [], "staff" = [])),
    responses(
        (status = 200, description = "As they stand", body = LeftoverView),
        ReadProblems, ChannelProblems
    )
)]
pub async fn today(
    auth: DeskAuth,
    State(service): State<Arc<Service>>,
) -> Result<Json<LeftoverView>, ApiError> {
    let (site, _) = auth.site(&service, Right::CheckIn).await?;
    view(&service, site).await.map(Json)
}

/// So many more doses are left at this desk's site today: those who are first in its line are told,
/// and the next after twenty minutes, until an hour after the day's last slot. With 0 none is left
/// of all that was said today. Sent again with the same idempotency key, it counts once.
#[utoipa::path(
    post, path = paths::LEFTOVERS, tag = "attendance", operation_id = "say_doses_left",
    security(("device" = [], "staff" = []), ("certificate" = [], "staff" = [])),
    params((
        "idempotency-key" = Option<String>, Header, pattern = "^[0-9a-fA-F]{32}$",
        description = "32 hexadecimal digits, made when the button is pressed"
    )),
    request_body = DosesLeft,
    responses(
        (status = 200, description = "As they stand now", body = LeftoverView),
        ReadProblems, BodyProblems, ChannelProblems, PlaceProblems
    )
)]
pub async fn say(
    auth: DeskAuth,
    State(service): State<Arc<Service>>,
    key: Option<IdempotencyKey>,
    body: Result<Json<DosesLeft>, JsonRejection>,
) -> Result<Json<LeftoverView>, ApiError> {
    let (site, by) = auth.site(&service, Right::CheckIn).await?;
    let Json(DosesLeft { doses }) = body?;
    if doses > DOSES_AT_MOST {
        return Err(Code::BadRequest.into());
    }
    let (round, now) = (round_of(&service, site).await?, now(&service));
    let (call, day) = ((doses, key.map(|key| key.0)), taipei::civil(now).date());
    if !service.store.say_doses_left((round, site), call, (by, day, now)).await? {
        return Err(Code::NotFound.into());
    }
    view(&service, site).await.map(Json)
}

/// Whoever came first gets a dose: they are given a booking of today, and are checked in with it.
/// Sent again, the request gets the same booking.
#[utoipa::path(
    post, path = paths::LEFTOVERS_CAME, tag = "attendance", operation_id = "came_for_leftover",
    security(("device" = [], "staff" = []), ("certificate" = [], "staff" = [])),
    request_body = CameForLeftover,
    responses(
        (status = 200, description = "The dose is theirs", body = LeftoverGiven),
        ReadProblems, BodyProblems, LoginProblems, RuleProblems
    )
)]
pub async fn came(
    auth: DeskAuth,
    State(service): State<Arc<Service>>,
    body: Result<Json<CameForLeftover>, JsonRejection>,
) -> Result<Json<LeftoverGiven>, ApiError> {
    let (site, by) = auth.site(&service, Right::CheckIn).await?;
    let Json(CameForLeftover { code }) = body?;
    let (round, now) = (round_of(&service, site).await?, now(&service));
    let device = auth.device.id;
    // Wrong codes count as wrong numbers do at this desk.
    let guesser = PersonKey::from(device.0.unsigned_abs()) | GUESSER;
    let subjects = (LoginSubject::Person(guesser), LoginSubject::Device(device));
    let attempt = begin(&service, device, subjects, now)?;
    let day = taipei::civil(now).date();
    let to = CameTo { round, site, device, by, day, now };
    let (person, number) = match service.store.give_leftover(&code, to).await? {
        Given::Dose(person, number) => (person, number),
        Given::UnknownCode => return Err(failed(&service, device, attempt, now).await),
        // Whoever was told does not guess.
        Given::CodeOver => return Err(Refusal::CodeOver.into()),
        Given::NoneLeft => return Err(Refusal::SlotFull.into()),
        Given::SlotClosed => return Err(Refusal::SlotGone.into()),
        Given::AlreadyBooked => return Err(Refusal::AlreadyBooked.into()),
    };
    succeeded(&service, attempt).await?;
    let known = service.store.person_of(person, round).await?.ok_or(Code::Unavailable)?;
    let name_masked = Personal::new(known.name.masked());
    Ok(Json(LeftoverGiven { number, name_masked, doses: view(&service, site).await? }))
}

/// A desk at which codes are typed, beyond all rows of people.
const GUESSER: PersonKey = 1 << 101;

/// The round in which people are vaccinated at a site: another may be open for booking by now.
async fn round_of(service: &Service, site: SiteId) -> Result<RoundNumber, ApiError> {
    let found = service.store.site(site).await?;
    found.map(|(_, round)| round).ok_or_else(|| Code::NotFound.into())
}

fn now(service: &Service) -> jiff::Timestamp {
    (service.env.now)()
}

async fn view(service: &Service, site: SiteId) -> Result<LeftoverView, ApiError> {
    let found = service.store.leftovers(site, taipei::civil(now(service)).date()).await?;
    Ok(LeftoverView {
        doses: found.doses,
        told: found.told,
        came: found.came,
        waiting: found.waiting,
        until: found.until.filter(|_| found.told > 0),
    })
}
