//! `POST /v1/sessions` and `DELETE /v1/sessions/own`: a person's ten minutes.

use super::asking::{AskingDevice, AskingPerson};
use super::bookings::view;
use super::failure::Failure;
use crate::api::problem::Code;
use crate::api::sessions::{IntentionView, OpenSession, SessionOpened, Standing};
use crate::domain::eligibility::may_book;
use crate::domain::personal::Personal;
use crate::domain::taipei;
use crate::server::Service;
use crate::server::store::PersonId;
use axum::extract::rejection::JsonRejection;
use axum::{Json, extract::State, http::StatusCode};
use std::sync::Arc;

pub async fn open(
    _: AskingDevice,
    State(service): State<Arc<Service>>,
    ask: Result<Json<OpenSession>, JsonRejection>,
) -> Result<(StatusCode, Json<SessionOpened>), Failure> {
    let Json(ask) = ask?;
    if !ask.id.in_use_on(taipei::civil((service.edge.now)()).date()) {
        return Err(Code::UnknownPerson.into());
    }
    let person = service.store.person(&ask.id, &ask.card).await?.ok_or(Code::UnknownPerson)?;
    let standing = standing(&service, person).await?;
    let token = service.open_session(person).await?;
    Ok((StatusCode::CREATED, Json(SessionOpened { token, standing })))
}

pub async fn close(asking: AskingPerson, State(service): State<Arc<Service>>) -> Result<StatusCode, Failure> {
    service.close_session(asking.token.expose()).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn standing(service: &Service, person: PersonId) -> Result<Standing, Failure> {
    let round = service.store.current_round().await?;
    let record = service.store.record(person, &round).await?;
    Ok(Standing {
        refusal: may_book(&round, &record.applicant(), (service.edge.now)()).err(),
        booking: record.live.map(|booking| view(service, booking)).transpose()?,
        intention: record.intention.map(|intention| IntentionView {
            mobile_masked: Personal::new(intention.mobile.masked()),
            district: intention.district,
            brands: intention.brands,
        }),
    })
}
