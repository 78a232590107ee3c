//! Who asks, as extractors: a route that takes one of them cannot be reached without it.

use super::failure::Failure;
use crate::api::paths::{DEVICE_HEADER, IDEMPOTENCY_HEADER};
use crate::api::problem::Code;
use crate::server::Service;
use crate::server::auth::{Device, Session};
use crate::server::connections::PeerCertificate;
use crate::server::keys::unhex;
use crate::server::store::people::Key;
use axum::extract::FromRequestParts;
use axum::http::{HeaderMap, header, request::Parts};
use std::sync::Arc;

/// A known device that does not ask too often.
pub struct AskingDevice(pub Device);

/// A person with a live session, at the device where it was opened.
pub struct AskingPerson {
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

impl FromRequestParts<Arc<Service>> for AskingDevice {
    type Rejection = Failure;
    async fn from_request_parts(
        parts: &mut Parts,
        service: &Arc<Service>,
    ) -> Result<Self, Failure> {
        let certificate = parts.extensions.get::<PeerCertificate>();
        let by_certificate =
            certificate.and_then(|certificate| service.devices.by_certificate(&certificate.0));
        let token = || parts.headers.get(DEVICE_HEADER).and_then(|value| value.to_str().ok());
        let device = by_certificate
            .or_else(|| service.devices.by_token(token()?))
            .ok_or(Code::UnknownDevice)?;
        service.limits.device(device.id)?;
        Ok(AskingDevice(device))
    }
}

impl FromRequestParts<Arc<Service>> for AskingPerson {
    type Rejection = Failure;
    async fn from_request_parts(
        parts: &mut Parts,
        service: &Arc<Service>,
    ) -> Result<Self, Failure> {
        let AskingDevice(device) = AskingDevice::from_request_parts(parts, service).await?;
        let token = bearer(&parts.headers).ok_or(Code::SessionOver)?;
        let session = service
            .sessions
            .read(token, device.id, (service.edge.now)())
            .ok_or(Code::SessionOver)?;
        Ok(AskingPerson { device, session })
    }
}

impl FromRequestParts<Arc<Service>> for Administrator {
    type Rejection = Failure;
    async fn from_request_parts(
        parts: &mut Parts,
        service: &Arc<Service>,
    ) -> Result<Self, Failure> {
        let token = bearer(&parts.headers).filter(|token| service.is_admin(token));
        token.map(|_| Administrator).ok_or(Code::NotAllowed.into())
    }
}

impl<S: Sync> FromRequestParts<S> for IdempotencyKey {
    type Rejection = Failure;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Failure> {
        let key = |text: &str| unhex(text)?.try_into().ok();
        let found =
            parts.headers.get(IDEMPOTENCY_HEADER).and_then(|value| key(value.to_str().ok()?));
        found.map(IdempotencyKey).ok_or(Code::BadRequest.into())
    }
}
