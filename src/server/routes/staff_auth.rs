//! Who works at a desk of a vaccination site: the device, and the member of staff.

use super::error::ApiError;
use super::extract::DeviceAuth;
use crate::api::problem::Code;
use crate::domain::channel::Channel;
use crate::domain::site::SiteId;
use crate::domain::staff::Right;
use crate::server::auth::Device;
use crate::server::service::Service;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use std::sync::Arc;

/// A desk, and who works at it. Staff sessions are not there yet, so it is the device alone.
pub struct StaffAuth {
    pub device: Device,
}

impl StaffAuth {
    /// The site of this desk, if whoever works at it may do this.
    ///
    /// # Errors
    /// [`Code::ChannelMayNot`] at a device that is no desk of a vaccination site.
    pub fn site(&self, _right: Right) -> Result<SiteId, ApiError> {
        // STAFF SESSIONS GO HERE: without a session, or where its rights do not contain `_right`,
        // the answer is a refusal. Until they are there, the device alone is checked.
        match self.device.channel {
            Channel::VaccinationSite => Ok(self.device.site.ok_or(Code::ChannelMayNot)?),
            Channel::ConvenienceStore | Channel::Pharmacy | Channel::HealthStation => {
                Err(Code::ChannelMayNot.into())
            }
        }
    }
}

impl FromRequestParts<Arc<Service>> for StaffAuth {
    type Rejection = ApiError;
    async fn from_request_parts(
        parts: &mut Parts,
        service: &Arc<Service>,
    ) -> Result<Self, ApiError> {
        // The device comes first: a session's token is worth nothing at an unknown device.
        let DeviceAuth(device) = DeviceAuth::from_request_parts(parts, service).await?;
        Ok(StaffAuth { device })
    }
}
