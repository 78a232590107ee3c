//! `POST /v1/staff/card-refusals`: a device tells that a staff card has refused to sign, which the
//! service would not learn otherwise. It is in the audit trail with all other refused log-ins.

use super::error::ApiError;
use super::extract::DeviceAuth;
use super::problems::{BodyProblems, ReadProblems, StaffProblems};
use super::staff_sessions::counter;
use crate::api::paths;
use crate::api::problem::Code;
use crate::api::staff::StaffCardRefusal;
use crate::server::hexadecimal::hexadecimal;
use crate::server::service::Service;
use crate::server::store::audit_trail::{Action, Actor, Entry};
use crate::server::store::ids::PersonKey;
use axum::Json;
use axum::extract::State;
use axum::extract::rejection::JsonRejection;
use axum::http::StatusCode;
use std::sync::Arc;

/// Tells that a staff card has refused to sign at this device.
#[utoipa::path(
    post, path = paths::STAFF_CARD_REFUSALS, tag = "staff",
    security(("device" = []), ("certificate" = [])), request_body = StaffCardRefusal,
    responses(
        (status = 204, description = "It is in the audit trail"),
        ReadProblems, BodyProblems, StaffProblems
    )
)]
pub async fn tell(
    DeviceAuth(device): DeviceAuth,
    State(service): State<Arc<Service>>,
    body: Result<Json<StaffCardRefusal>, JsonRejection>,
) -> Result<StatusCode, ApiError> {
    let Json(StaffCardRefusal { reason, certificate }) = body?;
    let digest = hex::decode(certificate).map_err(|_| Code::BadRequest)?;
    let digest: [u8; 32] = digest.try_into().map_err(|_| Code::BadRequest)?;
    counter(&service, device).await?;
    // Each certificate has the limit of one person, as at the log-in: no device can fill the trail
    // with one card.
    let (own, _) = digest.split_first_chunk::<16>().ok_or(Code::BadRequest)?;
    service.limits.person(PersonKey::from_be_bytes(*own))?;
    let entry = Entry::new((service.env.now)(), Actor::Device(device.id), Action::RefuseStaff);
    let after = Some(format!("{}: certificate {}", reason.text(), hexadecimal(own)));
    service.store.add_to_trail(&[Entry { after, ..entry }]).await?;
    Ok(StatusCode::NO_CONTENT)
}
