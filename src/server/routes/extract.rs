//! Who asks, as extractors: a route that takes one of them cannot be reached without it.

use super::error::ApiError;
use crate::api::paths::{DEVICE_HEADER, IDEMPOTENCY_HEADER};
use crate::api::problem::Code;
use crate::server::auth::PeerCertificate;
use crate::server::auth::{Device, Session};
use crate::server::service::Service;
use crate::server::store::people::Key;
use axum::extract::FromRequestParts;
use axum::http::{HeaderMap, header, request::Parts};
use std::sync::Arc;

/// A known device that does not ask too often.
pub struct DeviceAuth(pub Device);

/// A person with a live session, at the device where it was opened.
pub struct PersonAuth {
    pub device: Device,
    pub session: Session,
}

/// Whoever holds the administrator's token.
pub struct Administrator;

/// What makes a request that is sent again the same request: thirty-two hexadecimal digits.
pub struct IdempotencyKey(pub Key);

fn bearer(headers: &HeaderMap) -> Option<&str> {
    headers.get(header::AUTHORIZATION)?.to_str().ok()?.strip_prefix("Bearer ")
}

impl FromRequestParts<Arc<Service>> for DeviceAuth {
    type Rejection = ApiError;
    async fn from_request_parts(
        parts: &mut Parts,
        service: &Arc<Service>,
    ) -> Result<Self, ApiError> {
        let certificate = parts.extensions.get::<PeerCertificate>();
        let by_certificate =
            certificate.and_then(|certificate| service.devices.by_certificate(&certificate.0));
        let token = || parts.headers.get(DEVICE_HEADER).and_then(|value| value.to_str().ok());
        let device = by_certificate
            .or_else(|| service.devices.by_token(token()?))
            .ok_or(Code::UnknownDevice)?;
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
        let DeviceAuth(device) = DeviceAuth::from_request_parts(parts, service).await?;
        let token = bearer(&parts.headers).ok_or(Code::SessionOver)?;
        let session = service
            .sessions
            .read(token, device.id, (service.env.now)())
            .ok_or(Code::SessionOver)?;
        Ok(PersonAuth { device, session })
    }
}

impl FromRequestParts<Arc<Service>> for Administrator {
    type Rejection = ApiError;
    async fn from_request_parts(
        parts: &mut Parts,
        service: &Arc<Service>,
    ) -> Result<Self, ApiError> {
        let token = bearer(&parts.headers).filter(|token| service.is_admin(token));
        token.map(|_| Administrator).ok_or(Code::NotAllowed.into())
    }
}

impl<S: Sync> FromRequestParts<S> for IdempotencyKey {
    type Rejection = ApiError;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        let key = |text: &str| hex::decode(text).ok()?.try_into().ok();
        let found =
            parts.headers.get(IDEMPOTENCY_HEADER).and_then(|value| key(value.to_str().ok()?));
        found.map(IdempotencyKey).ok_or(Code::BadRequest.into())
    }
}
