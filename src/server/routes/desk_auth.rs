//! Who works at a desk of a vaccination site: the device, and the staff who are logged in there.

use super::error::ApiError;
use super::extract::StaffAuth;
use super::on_duty::permitted;
use crate::api::problem::Code;
use crate::domain::channel::Channel;
use crate::domain::site::SiteId;
use crate::domain::staff::Right;
use crate::server::auth::Device;
use crate::server::service::Service;
use crate::server::staff::roster::OnDuty;
use crate::server::store::audit_trail::Actor;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use std::sync::Arc;

/// A device with logged-in staff. Whether it is a desk is found when its site is asked for.
pub struct DeskAuth {
    pub device: Device,
    pub staff: OnDuty,
}

impl DeskAuth {
    /// The site of this desk, and who works at it, if they may do this.
    ///
    /// # Errors
    /// [`Code::ChannelMayNot`] at a device that is no desk of a vaccination site, and
    /// [`Code::RightMissing`] if the staff do not have this right.
    pub async fn site(&self, service: &Service, right: Right) -> Result<(SiteId, Actor), ApiError> {
        // The channel comes first: at a counter the right is not missing, but of no use.
        let site = match self.device.channel {
            Channel::VaccinationSite => self.device.site.ok_or(Code::ChannelMayNot)?,
            Channel::ConvenienceStore | Channel::Pharmacy | Channel::HealthStation => {
                return Err(Code::ChannelMayNot.into());
            }
        };
        let actor = permitted(service, self.device.id, Some(&self.staff), &[right]).await?;
        Ok((site, actor))
    }

    /// It is known from now on that this desk has its line. If that cannot be written, its site's
    /// day is closed later.
    pub async fn is_heard(&self, service: &Service) {
        let (desk, now) = (self.device.id, (service.env.now)());
        if service.heard_desks.is_news(desk, now)
            && let Err(error) = service.store.desk_was_heard(desk, now).await
        {
            tracing::warn!(%error, "it could not be written that a desk was heard");
            service.heard_desks.forget(desk);
        }
    }
}

impl FromRequestParts<Arc<Service>> for DeskAuth {
    type Rejection = ApiError;
    async fn from_request_parts(
        parts: &mut Parts,
        service: &Arc<Service>,
    ) -> Result<Self, ApiError> {
        let StaffAuth { device, staff, .. } = StaffAuth::from_request_parts(parts, service).await?;
        Ok(DeskAuth { device, staff })
    }
}
