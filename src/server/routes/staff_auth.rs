//! Who works at a desk of a vaccination site: the device, and the staff who are logged in there.

use super::error::ApiError;
use super::extract::DeviceAuth;
use super::on_duty::{permitted, read_staff};
use crate::api::problem::Code;
use crate::domain::channel::Channel;
use crate::domain::site::SiteId;
use crate::domain::staff::Right;
use crate::server::auth::Device;
use crate::server::service::Service;
use crate::server::staff::roster::OnDuty;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use std::sync::Arc;

/// A desk of a vaccination site, and who works at it.
pub struct StaffAuth {
    pub device: Device,
    site: SiteId,
    staff: OnDuty,
}

impl StaffAuth {
    /// The site of this desk, if whoever works at it may do this.
    ///
    /// # Errors
    /// [`Code::RightMissing`] of staff who may not.
    pub async fn site(&self, service: &Service, right: Right) -> Result<SiteId, ApiError> {
        permitted(service, self.device.id, Some(&self.staff), &[right]).await?;
        Ok(self.site)
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
        let site = match device.channel {
            Channel::VaccinationSite => device.site.ok_or(Code::ChannelMayNot)?,
            Channel::ConvenienceStore | Channel::Pharmacy | Channel::HealthStation => {
                return Err(Code::ChannelMayNot.into());
            }
        };
        let read = read_staff(service, device.id, &parts.headers).await?;
        let (staff, _) = read.ok_or(Code::StaffSessionOver)?;
        Ok(StaffAuth { device, site, staff })
    }
}
