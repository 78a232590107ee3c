//! Who asks, as extractors: a route that takes one of them cannot be reached without it.

use super::failure::Failure;
use crate::api::paths::DEVICE_HEADER;
use crate::api::problem::Code;
use crate::domain::personal::Personal;
use crate::server::store::PersonId;
use crate::server::{Device, Service};
use axum::extract::FromRequestParts;
use axum::http::{header, request::Parts};
use std::sync::Arc;

/// A known device.
pub struct AskingDevice(pub Device);

/// A person with a live session, at a known device.
pub struct AskingPerson {
    pub device: Device,
    pub person: PersonId,
    pub token: Personal,
}

impl FromRequestParts<Arc<Service>> for AskingDevice {
    type Rejection = Failure;
    async fn from_request_parts(parts: &mut Parts, service: &Arc<Service>) -> Result<Self, Failure> {
        let token = parts.headers.get(DEVICE_HEADER).and_then(|value| value.to_str().ok());
        service.device(token).map(AskingDevice).ok_or(Code::UnknownDevice.into())
    }
}

impl FromRequestParts<Arc<Service>> for AskingPerson {
    type Rejection = Failure;
    async fn from_request_parts(parts: &mut Parts, service: &Arc<Service>) -> Result<Self, Failure> {
        let AskingDevice(device) = AskingDevice::from_request_parts(parts, service).await?;
        let bearer = parts.headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
        let token = bearer.and_then(|value| value.strip_prefix("Bearer ")).ok_or(Code::SessionOver)?;
        let person = service.session(token).await?.ok_or(Code::SessionOver)?;
        Ok(AskingPerson { device, person, token: Personal::new(token) })
    }
}
