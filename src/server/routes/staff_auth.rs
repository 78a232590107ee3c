//! Who works at a desk of a vaccination site: the device, and the staff who are logged in there.

use super::error::ApiError;
use super::extract;
use super::on_duty::permitted;
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

/// A desk, and who works at it.
pub struct StaffAuth {
    pub device: Device,
    staff: OnDuty,
}

impl StaffAuth {
    /// The site of this desk, if whoever works at it may do this.
    ///
    /// # Errors
    /// [`Code::ChannelMayNot`] at a device that is no desk of a vaccination site, and
    /// [`Code::RightMissing`] of staff who may not.
    pub async fn site(&self, service: &Service, right: Right) -> Result<SiteId, ApiError> {
        let site = match self.device.channel {
            Channel::VaccinationSite => self.device.site.ok_or(Code::ChannelMayNot)?,
            Channel::ConvenienceStore | Channel::Pharmacy | Channel::HealthStation => {
                return Err(Code::ChannelMayNot.into());
            }
        };
        permitted(service, self.device.id, Some(&self.staff), &[right]).await?;
        Ok(site)
    }
}

impl FromRequestParts<Arc<Service>> for StaffAuth {
    type Rejection = ApiError;
    async fn from_request_parts(
        parts: &mut Parts,
        service: &Arc<Service>,
    ) -> Result<Self, ApiError> {
        let extract::StaffAuth { device, staff, .. } =
            extract::StaffAuth::from_request_parts(parts, service).await?;
        Ok(StaffAuth { device, staff })
    }
}
