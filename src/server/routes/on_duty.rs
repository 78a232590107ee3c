//! Staff behind a request: who they are by the token in its header, and whether they may do what it
//! asks for. Whoever is refused is in the audit trail.

use super::error::ApiError;
use crate::api::paths::STAFF_HEADER;
use crate::api::problem::Code;
use crate::domain::staff::Right;
use crate::server::auth::Device;
use crate::server::service::Service;
use crate::server::staff::roster::{NotOnDuty, OnDuty};
use crate::server::staff::sessions::StaffSession;
use crate::server::store::audit_trail::{Action, Actor, Entry};
use crate::server::store::ids::{DeviceId, StaffId};
use axum::http::HeaderMap;
use std::sync::Arc;

/// The staff whose token a request carries; `None` if it carries none.
///
/// # Errors
/// If their session is over, or they may not work at this device any more.
pub(super) async fn read_staff(
    service: &Service,
    Device { id: device, channel, .. }: Device,
    headers: &HeaderMap,
) -> Result<Option<(OnDuty, StaffSession)>, ApiError> {
    let Some(token) = headers.get(STAFF_HEADER) else { return Ok(None) };
    // Where no staff can log in, none work.
    if !channel.has_counter() {
        return Err(Code::NotACounter.into());
    }
    let token = token.to_str().unwrap_or_default();
    let session = service.staff.sessions.read(token, device, (service.env.now)());
    let Some(session) = session else {
        // Whose it was is not known, so it goes into the sum of the device.
        service.refused_log_ins.wrong(device);
        return Err(Code::StaffSessionOver.into());
    };
    // What they may do is looked up at each call: it may have changed since they logged in.
    match service.staff.roster.logged_in(session.staff, &institution_code(service, device)) {
        Ok(staff) => Ok(Some((staff, session))),
        Err(reason) => {
            let actor = Actor::Staff { staff: session.staff, device };
            Err(refuse(service, actor, code_of(reason), "").await)
        }
    }
}

/// Who serves a person at a device: staff, or nobody where people serve themselves.
///
/// # Errors
/// As [`read_staff`], and if nobody is logged in at a device that is a counter: what staff may no
/// longer do, nobody does there without them.
pub(super) async fn serving(
    service: &Service,
    device: Device,
    headers: &HeaderMap,
) -> Result<Option<OnDuty>, ApiError> {
    match read_staff(service, device, headers).await? {
        Some((staff, _)) => Ok(Some(staff)),
        None if device.needs_staff => {
            service.refused_log_ins.wrong(device.id);
            Err(Code::StaffSessionOver.into())
        }
        None => Ok(None),
    }
}

/// What the device has as its institution.
pub(super) fn institution_code(service: &Service, device: DeviceId) -> Arc<str> {
    service.devices.institution(device).unwrap_or_default()
}

/// The code with which somebody is told that they may not work here.
pub(super) fn code_of(reason: NotOnDuty) -> Code {
    match reason {
        NotOnDuty::NoInstitution => Code::NotACounter,
        NotOnDuty::Unknown => Code::StaffUnknown,
        NotOnDuty::Elsewhere(_) => Code::StaffElsewhere,
        NotOnDuty::Withdrawn(_) => Code::StaffWithdrawn,
    }
}

/// Who does it, if they may. Without staff it is the device, at which people serve themselves.
///
/// # Errors
/// If the staff have none of these rights.
pub(super) async fn permitted(
    service: &Service,
    device: DeviceId,
    staff: Option<&OnDuty>,
    rights: &[Right],
) -> Result<Actor, ApiError> {
    let Some(staff) = staff else { return Ok(Actor::Device(device)) };
    let actor = Actor::Staff { staff: staff.id, device };
    if rights.iter().any(|right| staff.rights.contains(*right)) {
        return Ok(actor);
    }
    let missing: Vec<&str> = rights.iter().map(|right| right.code()).collect();
    Err(refuse(service, actor, Code::RightMissing, &missing.join(" or ")).await)
}

/// Tells the audit trail that somebody was refused, and the answer to them. `more` says nothing of
/// a person.
pub(super) async fn refuse(service: &Service, actor: Actor, code: Code, more: &str) -> ApiError {
    let after =
        if more.is_empty() { code.text().to_owned() } else { format!("{}: {more}", code.text()) };
    let entry = Entry::new((service.env.now)(), actor, Action::RefuseStaff);
    match service.store.add_to_trail(&[Entry { after: Some(after), ..entry }]).await {
        Ok(()) => code.into(),
        // What cannot be told is not refused in silence: it is asked again.
        Err(error) => error.into(),
    }
}

/// Of a staff member, as the trail names them.
pub(super) fn named(staff: StaffId) -> String {
    format!("staff {}", staff.0)
}
