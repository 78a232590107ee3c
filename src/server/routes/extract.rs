//! Authentication as axum extractors. A handler that takes one of them is called only if the
//! request passed its checks.

use super::error::ApiError;
use super::on_duty::{read_staff, serving};
use crate::api::paths::{DEVICE_HEADER, IDEMPOTENCY_HEADER};
use crate::api::problem::Code;
use crate::server::admission::OnConnection;
use crate::server::auth::{Device, PeerCertificate, Session};
use crate::server::service::Service;
use crate::server::staff::roster::OnDuty;
use crate::server::staff::sessions::StaffSession;
use crate::server::store::people::Key;
use axum::extract::{FromRequestParts, OptionalFromRequestParts};
use axum::http::{HeaderMap, header, request::Parts};
use std::sync::Arc;

/// A known device that is within its rate limit.
pub struct DeviceAuth(pub Device);

/// A person with a live session, at the device where it was opened.
pub struct PersonAuth {
    pub device: Device,
    pub session: Session,
    /// The staff who serve them, at a counter.
    pub staff: Option<OnDuty>,
}

/// A known device, with the staff who are logged in there, if the request says so.
pub struct CounterAuth {
    pub device: Device,
    pub staff: Option<OnDuty>,
}

/// Logged-in staff, at the device where they logged in.
pub struct StaffAuth {
    pub device: Device,
    pub staff: OnDuty,
    pub session: StaffSession,
}

/// Proof that the request carries the administrator's token.
pub struct Administrator;

/// The key by which a request that is sent again is known as the same one: 32 hexadecimal digits.
pub struct IdempotencyKey(pub Key);

fn bearer(headers: &HeaderMap) -> Option<&str> {
    headers.get(header::AUTHORIZATION)?.to_str().ok()?.strip_prefix("Bearer ")
}

/// Keeps the request's connection open when strangers are too many.
fn prove(parts: &Parts) {
    if let Some(OnConnection(admitted)) = parts.extensions.get() {
        admitted.prove();
    }
}

impl FromRequestParts<Arc<Service>> for DeviceAuth {
    type Rejection = ApiError;
    async fn from_request_parts(
        parts: &mut Parts,
        service: &Arc<Service>,
    ) -> Result<Self, ApiError> {
        // A certificate was proved in the TLS handshake, so it counts more than a token, which
        // could have been copied.
        let certificate = parts.extensions.get::<PeerCertificate>();
        let by_certificate =
            certificate.and_then(|certificate| service.devices.by_certificate(&certificate.0));
        let token = || parts.headers.get(DEVICE_HEADER).and_then(|value| value.to_str().ok());
        let device = by_certificate
            .or_else(|| service.devices.by_token(token()?))
            .ok_or(Code::UnknownDevice)?;
        prove(parts);
        // Every request of a device counts, so the limit is checked here and not in each handler.
        service.limits.device(device.id)?;
        Ok(DeviceAuth(device))
    }
}

impl FromRequestParts<Arc<Service>> for PersonAuth {
    type Rejection = ApiError;
    async fn from_request_parts(
        parts: &mut Parts,
        service: &Arc<Service>,
    ) -> Result<Self, ApiError> {
        // The device comes first: a session's token is worth nothing at an unknown device.
        let DeviceAuth(device) = DeviceAuth::from_request_parts(parts, service).await?;
        let token = bearer(&parts.headers).ok_or(Code::SessionOver)?;
        // A token that was stolen is refused at every device but the one where it was given out.
        let session = service
            .sessions
            .read(token, device.id, (service.env.now)())
            .ok_or(Code::SessionOver)?;
        let staff = serving(service, device, &parts.headers).await?;
        // What staff have opened is worth nothing without them: whoever comes next at the counter
        // does not go on with it.
        if session.staff.is_some() && session.staff != staff.as_ref().map(|staff| staff.id) {
            return Err(Code::StaffSessionOver.into());
        }
        Ok(PersonAuth { device, session, staff })
    }
}

impl FromRequestParts<Arc<Service>> for CounterAuth {
    type Rejection = ApiError;
    async fn from_request_parts(
        parts: &mut Parts,
        service: &Arc<Service>,
    ) -> Result<Self, ApiError> {
        let DeviceAuth(device) = DeviceAuth::from_request_parts(parts, service).await?;
        let staff = serving(service, device, &parts.headers).await?;
        Ok(CounterAuth { device, staff })
    }
}

impl FromRequestParts<Arc<Service>> for StaffAuth {
    type Rejection = ApiError;
    async fn from_request_parts(
        parts: &mut Parts,
        service: &Arc<Service>,
    ) -> Result<Self, ApiError> {
        let DeviceAuth(device) = DeviceAuth::from_request_parts(parts, service).await?;
        let read = read_staff(service, device, &parts.headers).await?;
        let (staff, session) = read.ok_or(Code::StaffSessionOver)?;
        Ok(StaffAuth { device, staff, session })
    }
}

impl FromRequestParts<Arc<Service>> for Administrator {
    type Rejection = ApiError;
    async fn from_request_parts(
        parts: &mut Parts,
        service: &Arc<Service>,
    ) -> Result<Self, ApiError> {
        let token = bearer(&parts.headers).ok_or_else(ApiError::administrator_unknown)?;
        if !service.is_admin(token) {
            return Err(Code::NotAllowed.into());
        }
        prove(parts);
        Ok(Administrator)
    }
}

impl<S: Sync> FromRequestParts<S> for IdempotencyKey {
    type Rejection = ApiError;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        idempotency_key(parts)?.ok_or(Code::BadRequest.into())
    }
}

impl<S: Sync> OptionalFromRequestParts<S> for IdempotencyKey {
    type Rejection = ApiError;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Option<Self>, ApiError> {
        idempotency_key(parts)
    }
}

fn idempotency_key(parts: &Parts) -> Result<Option<IdempotencyKey>, ApiError> {
    let key = |text: &str| hex::decode(text).ok()?.try_into().ok();
    let Some(value) = parts.headers.get(IDEMPOTENCY_HEADER) else { return Ok(None) };
    let found = value.to_str().ok().and_then(key);
    found.map(|key| Some(IdempotencyKey(key))).ok_or(Code::BadRequest.into())
}
