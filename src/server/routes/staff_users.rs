//! `/v1/staff/users`: who the staff of the own institution are, and what each may do. For managers
//! and representatives.

use super::error::ApiError;
use super::extract::StaffAuth;
use super::on_duty::{named, permitted, refuse};
use super::problems::{
    BodyProblems, ChangedStaffProblems, KnownStaffProblems, PlaceProblems, ReadProblems,
    StaffProblems,
};
use super::sites::number;
use crate::api::paths;
use crate::api::problem::Code;
use crate::api::staff::{ChangeStaff, NewStaff, StaffView};
use crate::domain::staff::{Right, StaffRole};
use crate::server::auth::Device;
use crate::server::service::Service;
use crate::server::staff::certificate::{check_key_usage, owner};
use crate::server::staff::roster::OnDuty;
use crate::server::store::audit_trail::Actor;
use crate::server::store::error::StoreError;
use crate::server::store::ids::StaffId;
use crate::server::store::staff::{NamedStaff, NewStaffRecord};
use axum::extract::Path;
use axum::extract::rejection::{JsonRejection, PathRejection};
use axum::{Json, extract::State, http::StatusCode};
use std::sync::Arc;

/// Characters of a name at most.
const NAME_AT_MOST: usize = 100;

/// The staff of the own institution, withdrawn ones too.
#[utoipa::path(
    get, path = paths::STAFF_USERS, tag = "staff",
    security(("device" = [], "staff" = []), ("certificate" = [], "staff" = [])),
    responses(
        (status = 200, description = "In the order they were added", body = Vec<StaffView>),
        ReadProblems, StaffProblems
    )
)]
pub async fn list(
    StaffAuth { device, staff, .. }: StaffAuth,
    State(service): State<Arc<Service>>,
) -> Result<Json<Vec<StaffView>>, ApiError> {
    permitted(&service, device.id, Some(&staff), &[Right::Manage]).await?;
    let all = service.store.staff_of(staff.institution.id).await?;
    Ok(Json(all.iter().map(view).collect::<Result<_, _>>()?))
}

/// Adds somebody to the own institution: a representative managers and users, a manager users.
#[utoipa::path(
    post, path = paths::STAFF_USERS, tag = "staff",
    security(("device" = [], "staff" = []), ("certificate" = [], "staff" = [])),
    request_body = NewStaff,
    responses(
        (status = 201, description = "Who may log in from now on", body = StaffView),
        ReadProblems, BodyProblems, StaffProblems, KnownStaffProblems
    )
)]
pub async fn add(
    StaffAuth { device, staff, .. }: StaffAuth,
    State(service): State<Arc<Service>>,
    body: Result<Json<NewStaff>, JsonRejection>,
) -> Result<(StatusCode, Json<StaffView>), ApiError> {
    let Json(NewStaff { name, role, rights, certificate }) = body?;
    let bytes = hex::decode(&certificate).map_err(|_| Code::BadRequest)?;
    let is_name = !name.expose().trim().is_empty()
        && name.expose().chars().count() <= NAME_AT_MOST
        && !name.expose().contains(char::is_control);
    if !is_name {
        return Err(Code::BadRequest.into());
    }
    let actor = may_name(&service, device, &staff, role).await?;
    // Whether its CA counts is found when they log in, with the certificates between.
    let Ok(card) = check_key_usage(&bytes).and_then(|()| owner(&bytes)) else {
        return Err(refuse(&service, actor, Code::CertificateUnusable, "").await);
    };
    let institution = staff.institution.id;
    let new = NewStaffRecord { institution, name, card, role, rights };
    let id = match service.store.add_staff(&new, actor, (service.env.now)()).await {
        Ok(id) => id,
        Err(StoreError::Taken(_)) => {
            return Err(refuse(&service, actor, Code::StaffKnown, "").await);
        }
        Err(error) => return Err(error.into()),
    };
    service.load_staff().await?;
    let view = StaffView { id: narrowed(id)?, name: new.name, role, rights, withdrawn: None };
    Ok((StatusCode::CREATED, Json(view)))
}

/// Says what somebody of the own institution may do from now on. It counts at once here, and within
/// a second at every server, also for who is logged in.
#[utoipa::path(
    put, path = paths::STAFF_USER_ROUTE, tag = "staff",
    security(("device" = [], "staff" = []), ("certificate" = [], "staff" = [])),
    params(("id" = u32, Path, description = "Of the staff member, as the list has it")),
    request_body = ChangeStaff,
    responses(
        (status = 200, description = "As they are now", body = StaffView),
        ReadProblems, BodyProblems, StaffProblems, PlaceProblems, ChangedStaffProblems
    )
)]
pub async fn change(
    StaffAuth { device, staff, .. }: StaffAuth,
    State(service): State<Arc<Service>>,
    id: Result<Path<String>, PathRejection>,
    body: Result<Json<ChangeStaff>, JsonRejection>,
) -> Result<Json<StaffView>, ApiError> {
    let Json(ChangeStaff { before: known, rights, withdrawn }) = body?;
    let id = StaffId(number(id)?.into());
    let all = service.store.staff_of(staff.institution.id).await?;
    let mut before = all.into_iter().find(|one| one.record.id == id).ok_or(Code::NotFound)?;
    let actor = may_name(&service, device, &staff, before.record.role).await?;
    let now = (service.env.now)();
    // Whoever was withdrawn since the manager's list was read is not brought back by it.
    (before.record.rights, before.record.withdrawn) = (known.rights, known.withdrawn);
    let to = (rights, withdrawn);
    if !service.store.change_staff(&before.record, to, actor, now).await? {
        return Err(Code::StaffChanged.into());
    }
    service.load_staff().await?;
    let since = withdrawn.then(|| before.record.withdrawn.unwrap_or(now));
    Ok(Json(StaffView { rights, withdrawn: since, ..view(&before)? }))
}

/// Who names somebody of this role, if they may.
async fn may_name(
    service: &Service,
    device: Device,
    staff: &OnDuty,
    role: StaffRole,
) -> Result<Actor, ApiError> {
    let actor = permitted(service, device.id, Some(staff), &[Right::Manage]).await?;
    if staff.role.may_name(role) {
        return Ok(actor);
    }
    let more = format!("{} {} and {}", named(staff.id), staff.role.code(), role.code());
    Err(refuse(service, actor, Code::RightMissing, &more).await)
}

/// A staff member as managers see them.
pub(super) fn view(staff: &NamedStaff) -> Result<StaffView, ApiError> {
    let NamedStaff { record, name, .. } = staff;
    Ok(StaffView {
        id: narrowed(record.id)?,
        name: name.clone(),
        role: record.role,
        rights: record.rights,
        withdrawn: record.withdrawn,
    })
}

fn narrowed(id: StaffId) -> Result<u32, ApiError> {
    u32::try_from(id.0).map_err(|_| Code::Unavailable.into())
}
