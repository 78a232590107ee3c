//! The line of those who wait for a seat: to ask, to see, to leave it; and to take what is offered
//! by the code of its text message.

use super::bookings::view;
use super::error::ApiError;
use super::extract::{CounterAuth, IdempotencyKey, PersonAuth};
use super::login::{begin, failed, succeeded};
use super::on_duty::permitted;
use super::problems::{
    BodyProblems, ChannelProblems, KeyProblems, LoginProblems, ReadProblems, RuleProblems,
};
use crate::api::bookings::{BookingView, MobileChoice};
use crate::api::paths;
use crate::api::problem::Code;
use crate::api::sessions::{OfferView, SeatView};
use crate::api::waiting::{AskToWait, Chances, TakeOffer, WaitingView};
use crate::domain::eligibility::may_book;
use crate::domain::personal::Personal;
use crate::domain::refusal::Refusal;
use crate::domain::site::SlotId;
use crate::domain::staff::Right;
use crate::domain::waiting::{Places, WaitingWish};
use crate::server::catalog::Snapshot;
use crate::server::engine::BookCommand;
use crate::server::service::Service;
use crate::server::store::chances::CameFree;
use crate::server::store::ids::{PersonId, PersonKey};
use crate::server::store::lockouts::LoginSubject;
use crate::server::store::offer_codes::OfferOfCode;
use crate::server::store::people::{BookingRecord, Hold, Key, PersonRecord};
use crate::server::store::waiting;
use axum::extract::rejection::JsonRejection;
use axum::extract::{Json, State};
use axum::http::StatusCode;
use jiff::SignedDuration;
use std::sync::Arc;

/// Waits for a seat, or for another than before. Who may not book now may not wait either.
#[utoipa::path(
    put, path = paths::WAITING, tag = "people", operation_id = "ask_to_wait",
    security(
        ("device" = [], "session" = []), ("certificate" = [], "session" = []),
        ("device" = [], "session" = [], "staff" = []),
        ("certificate" = [], "session" = [], "staff" = [])
    ),
    request_body = AskToWait,
    responses(
        (status = 200, description = "How the person waits now", body = WaitingView),
        ReadProblems, BodyProblems, ChannelProblems, RuleProblems
    )
)]
pub async fn ask(
    PersonAuth { device, session, staff }: PersonAuth,
    State(service): State<Arc<Service>>,
    body: Result<Json<AskToWait>, JsonRejection>,
) -> Result<Json<WaitingView>, ApiError> {
    let Json(AskToWait { wish, mobile, language }) = body?;
    if !device.channel.may_book() {
        return Err(Code::ChannelMayNot.into());
    }
    let person = session.person;
    service.limits.person(person.limit_key())?;
    let by = permitted(&service, device.id, staff.as_ref(), &[Right::Book]).await?;
    let (snapshot, record) = known(&service, person).await?;
    let now = (service.env.now)();
    may_book(&snapshot.round, &record.applicant(), now)?;
    if !wish.makes_sense(&snapshot.round) {
        return Err(Code::BadRequest.into());
    }
    let intention = record.intention.as_ref().ok_or(Refusal::NotRegistered)?;
    if wish.brands.iter().any(|brand| !intention.brands.contains(brand)) {
        return Err(Refusal::BrandNotChosen.into());
    }
    let mobile = match mobile {
        MobileChoice::Registered => intention.mobile.clone(),
        MobileChoice::Given(mobile) => mobile,
        MobileChoice::SameAs(_) => return Err(Code::BadRequest.into()),
    };
    let ask = waiting::AskToWait { person, wish, mobile, language, by };
    service.store.ask_to_wait(snapshot.round.number, &ask, now).await?;
    service.catalog.know_who_waits(true);
    shown(&service, &snapshot, person, record.hold).await.map(Json)
}

/// How the person of the session waits.
#[utoipa::path(
    get, path = paths::WAITING, tag = "people", operation_id = "see_waiting",
    security(
        ("device" = [], "session" = []), ("certificate" = [], "session" = []),
        ("device" = [], "session" = [], "staff" = []),
        ("certificate" = [], "session" = [], "staff" = [])
    ),
    responses(
        (status = 200, description = "How the person waits", body = WaitingView),
        (status = 404, description = "not-found: the person does not wait"),
        ReadProblems, ChannelProblems
    )
)]
pub async fn own(
    PersonAuth { session, .. }: PersonAuth,
    State(service): State<Arc<Service>>,
) -> Result<Json<WaitingView>, ApiError> {
    service.limits.person(session.person.limit_key())?;
    let (snapshot, record) = known(&service, session.person).await?;
    if record.live.is_some() {
        return Err(Code::NotFound.into());
    }
    shown(&service, &snapshot, session.person, record.hold).await.map(Json)
}

/// Waits no more. A seat that is held goes to the next. Sent again, the request gets the same
/// answer.
#[utoipa::path(
    delete, path = paths::WAITING, tag = "people", operation_id = "leave_line",
    security(
        ("device" = [], "session" = []), ("certificate" = [], "session" = []),
        ("device" = [], "session" = [], "staff" = []),
        ("certificate" = [], "session" = [], "staff" = [])
    ),
    responses(
        (status = 204, description = "The person does not wait any more"),
        ReadProblems, ChannelProblems
    )
)]
pub async fn leave(
    PersonAuth { device, session, staff }: PersonAuth,
    State(service): State<Arc<Service>>,
) -> Result<StatusCode, ApiError> {
    service.limits.person(session.person.limit_key())?;
    let by = permitted(&service, device.id, staff.as_ref(), &[Right::Book]).await?;
    let round = service.catalog.snapshot().ok_or(Code::Unavailable)?.round.number;
    service.store.leave_line(round, session.person, by, (service.env.now)()).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Takes the seat of an offer by its code, which counts once. The same idempotency key gives the
/// same booking.
#[utoipa::path(
    post, path = paths::OFFERS_TAKEN, tag = "people", operation_id = "take_offer",
    security(
        ("device" = []), ("certificate" = []),
        ("device" = [], "staff" = []), ("certificate" = [], "staff" = [])
    ),
    params((
        "idempotency-key" = String, Header, pattern = "^[0-9a-fA-F]{32}$",
        description = "32 hexadecimal digits, made when the person presses the button"
    )),
    request_body = TakeOffer,
    responses(
        (status = 201, description = "The booking, as it will stay", body = BookingView),
        ReadProblems, BodyProblems, LoginProblems, RuleProblems, KeyProblems
    )
)]
pub async fn take(
    CounterAuth { device, staff }: CounterAuth,
    State(service): State<Arc<Service>>,
    IdempotencyKey(key): IdempotencyKey,
    body: Result<Json<TakeOffer>, JsonRejection>,
) -> Result<(StatusCode, Json<BookingView>), ApiError> {
    let Json(TakeOffer { code }) = body?;
    let channel = device.channel;
    if !channel.may_book() {
        return Err(Code::ChannelMayNot.into());
    }
    let by = permitted(&service, device.id, staff.as_ref(), &[Right::Book]).await?;
    let now = (service.env.now)();
    let round = service.catalog.snapshot().ok_or(Code::Unavailable)?.round.number;
    // Wrong codes count as wrong numbers do: whoever guesses is slowed at their kiosk. Whose offer
    // it would be is not known, so the kiosk stands for the person too.
    let guesser = PersonKey::from(device.id.0.unsigned_abs()) | GUESSER;
    let subjects = (LoginSubject::Person(guesser), LoginSubject::Device(device.id));
    let attempt = begin(&service, device.id, subjects, now)?;
    let offer = match service.store.offer_by_code(round, &code, now).await? {
        None => return Err(failed(&service, device.id, attempt, now).await),
        // Whoever was told does not guess.
        Some(OfferOfCode::Over) => return Err(Refusal::CodeOver.into()),
        Some(OfferOfCode::Taken(person)) => {
            succeeded(&service, attempt).await?;
            let record = taken_by(&service, person, key).await?;
            return Ok((StatusCode::CREATED, Json(view(&service, record)?)));
        }
        Some(OfferOfCode::Live(offer)) => offer,
    };
    succeeded(&service, attempt).await?;
    let command = BookCommand {
        person: offer.person,
        slot: offer.slot,
        mobile: offer.mobile.map_or(MobileChoice::Registered, MobileChoice::Given),
        channel,
        key,
        language: offer.language,
    };
    let record = service.engine.by(by).book(command).await?;
    Ok((StatusCode::CREATED, Json(view(&service, record)?)))
}

/// The booking that was made with a code by this key. The code makes no other, also when that one
/// was cancelled.
async fn taken_by(
    service: &Service,
    person: PersonId,
    key: Key,
) -> Result<BookingRecord, ApiError> {
    let (_, record) = known(service, person).await?;
    match record.live {
        Some(live) if live.key == key => Ok(live),
        Some(_) => Err(Refusal::AlreadyBooked.into()),
        None => Err(Refusal::CodeOver.into()),
    }
}

/// For how long it is counted what came free.
const COUNTED_FOR: SignedDuration = SignedDuration::from_hours(24);
/// Beyond all keyed hashes' chance and all rows of people: a kiosk at which codes are typed.
const GUESSER: PersonKey = 1 << 100;

async fn known(
    service: &Service,
    person: PersonId,
) -> Result<(Arc<Snapshot>, PersonRecord), ApiError> {
    let snapshot = service.catalog.snapshot().ok_or(Code::Unavailable)?;
    let record = service.store.person_of(person, snapshot.round.number).await?;
    Ok((snapshot, record.ok_or(Code::SessionOver)?.record))
}

async fn shown(
    service: &Service,
    snapshot: &Snapshot,
    person: PersonId,
    hold: Option<Hold>,
) -> Result<WaitingView, ApiError> {
    let waiting = service.store.waiting_of(snapshot.round.number, person).await?;
    let waiting = waiting.ok_or(Code::NotFound)?;
    let since = (service.env.now)() - COUNTED_FOR;
    let came_free = service.store.came_free(snapshot.round.number, since).await?;
    let chances = came_free.map(|free| chances(snapshot, &waiting.wish, &free));
    let site = match waiting.wish.places {
        Places::Site(wanted) => snapshot.sites().find(|site| site.id == wanted).cloned(),
        Places::Districts(_) => None,
    };
    Ok(WaitingView {
        wish: waiting.wish,
        site,
        mobile_masked: Personal::new(waiting.mobile.masked()),
        asked: waiting.asked,
        place: waiting.before + 1,
        chances,
        offer: hold.and_then(|hold| offer(snapshot, hold)),
    })
}

/// How many seats of what came free would have suited somebody.
fn chances(snapshot: &Snapshot, wish: &WaitingWish, free: &CameFree) -> Chances {
    let suits = |slot: &SlotId| {
        snapshot.place(*slot).is_some_and(|(site, slot)| wish.suits(site, slot.starts))
    };
    let seats = free.seats.iter().filter(|(slot, _)| suits(slot)).map(|(_, seats)| seats).sum();
    Chances { seats, since: free.since }
}

/// The seat that is held for somebody who waits; `None` if they have a hold for another reason.
pub(super) fn offer(snapshot: &Snapshot, hold: Hold) -> Option<OfferView> {
    let (site, slot) = match (hold.closed, hold.slot) {
        (None, Some(slot)) => snapshot.place(slot)?,
        (Some(_), _) | (None, None) => return None,
    };
    let (starts, ends) = (slot.starts, slot.ends);
    let seat = SeatView { slot: slot.id, site: site.clone(), starts, ends };
    Some(OfferView { seat, until: hold.until })
}
