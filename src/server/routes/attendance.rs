//! `GET /v1/attendance/days/{date}`, `…/figures` and `POST /v1/attendance/entries`: the day at the
//! vaccination site whose desk this device is.

use super::desk_auth::DeskAuth;
use super::error::ApiError;
use super::problems::{BodyProblems, ChannelProblems, PlaceProblems, ReadProblems};
use crate::api::attendance::{
    AttendanceEntered, AttendanceEntry, AttendanceStep, DayEntry, DayList, DeskConflict,
    EnterAttendance, SlotFigures, person_tag,
};
use crate::api::paths;
use crate::api::problem::Code;
use crate::domain::attendance::Attendance;
use crate::domain::personal::Personal;
use crate::domain::site::SiteId;
use crate::domain::staff::Right;
use crate::server::engine::attendance::{Desk, DeskEntry, Maker, shown};
use crate::server::hexadecimal::hexadecimal;
use crate::server::service::Service;
use crate::server::site_days::{SiteDay, is_near};
use crate::server::staff::roster::OnDuty;
use crate::server::store::attendance::{EntryId, Stage, Step};
use crate::server::store::entry_conflicts::ConflictRecord;
use crate::server::store::error::StoreError;
use crate::server::store::ids::StaffId;
use crate::server::store::site_days::{DayBooking, OnTheDay};
use axum::Json;
use axum::extract::rejection::{JsonRejection, PathRejection};
use axum::extract::{Path, State};
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Entries that one request may have, and conflicts that it may say to be read.
const ENTRIES_AT_MOST: usize = 200;
/// Signs that a lot number may have.
const LOT_AT_MOST: usize = 20;

/// The day's list of this device's site: everyone whose booking is, or was, there on that day.
#[utoipa::path(
    get, path = paths::ATTENDANCE_DAY_ROUTE, tag = "attendance",
    security(("device" = [], "staff" = []), ("certificate" = [], "staff" = [])),
    params(("date" = String, Path, description = "Taiwan's civil date: 2027-07-16")),
    responses(
        (status = 200,
            description = "Bookings at most 3 seconds old, and how far each person has come",
            body = DayList),
        ReadProblems, ChannelProblems, PlaceProblems
    )
)]
pub async fn day(
    auth: DeskAuth,
    State(service): State<Arc<Service>>,
    date: Result<Path<String>, PathRejection>,
) -> Result<Json<DayList>, ApiError> {
    // Names are in the list, so the right to check people in is needed to read it.
    let (id, _) = auth.site(&service, Right::CheckIn).await?;
    let date = civil_date(&service, date)?;
    // A site may have been taken away since the device was enrolled for it.
    let (site, round) = service.store.site(id).await?.ok_or(Code::NotFound)?;
    auth.is_heard(&service).await;
    let SiteDay { taken, bookings } = bookings_of(&service, id, date).await?;
    let attendance = service.store.attendance_at(id).await?;
    let unread = service.store.unread_conflicts(auth.device.id).await?;
    let of_day = bookings.iter().map(|booking| booking.person);
    let people: Vec<_> = of_day.chain(unread.iter().map(|one| one.person)).collect();
    let identities = service.store.identities(&people).await?;
    let key = service.site_days.key(auth.device.id, date);
    let entry = |booking: &DayBooking| {
        // Of whoever was erased, nobody knows any more who they were.
        let (number, name) = identities.get(&booking.person)?;
        let step = attendance.get(&booking.number);
        Some(DayEntry {
            number: booking.number,
            name_masked: Personal::new(name.masked()),
            person: person_tag(&key, number),
            starts: booking.starts,
            ends: booking.ends,
            attendance: stands(booking, step),
        })
    };
    let entries = bookings.iter().filter_map(entry).collect();
    let key = Personal::new(hexadecimal(key.as_ref()));
    let conflict = |one: &ConflictRecord| {
        let (_, name) = identities.get(&one.person)?;
        Some(DeskConflict {
            id: hexadecimal(one.id),
            number: one.number,
            name_masked: Personal::new(name.masked()),
            entered: shown(Some(&one.step), |_| one.name.clone()),
        })
    };
    let conflicts = unread.iter().filter_map(conflict).collect();
    Ok(Json(DayList { site, date, round, taken, key, entries, conflicts }))
}

/// The day at this device's site in figures, by hour.
#[utoipa::path(
    get, path = paths::ATTENDANCE_FIGURES_ROUTE, tag = "attendance",
    security(("device" = [], "staff" = []), ("certificate" = [], "staff" = [])),
    params(("date" = String, Path, description = "Taiwan's civil date: 2027-07-16")),
    responses(
        (status = 200, description = "In order of time", body = Vec<SlotFigures>),
        ReadProblems, ChannelProblems, PlaceProblems
    )
)]
pub async fn figures(
    auth: DeskAuth,
    State(service): State<Arc<Service>>,
    date: Result<Path<String>, PathRejection>,
) -> Result<Json<Vec<SlotFigures>>, ApiError> {
    // Figures tell how an institution works, so they are for whoever manages it.
    let (id, _) = auth.site(&service, Right::Manage).await?;
    Ok(Json(by_hour(&service, id, civil_date(&service, date)?).await?))
}

/// The day at a site in figures, in order of time.
pub(super) async fn by_hour(
    service: &Service,
    site: SiteId,
    date: Date,
) -> Result<Vec<SlotFigures>, StoreError> {
    let day = bookings_of(service, site, date).await?;
    let attendance = service.store.attendance_at(site).await?;
    let mut hours: BTreeMap<_, SlotFigures> = BTreeMap::new();
    for booking in day.bookings.iter().filter(|one| one.became == OnTheDay::Booked) {
        let starts = booking.starts;
        let none = || SlotFigures { starts, booked: 0, came: 0, vaccinated: 0, absent: 0 };
        let hour = hours.entry(starts).or_insert_with(none);
        hour.booked += 1;
        match attendance.get(&booking.number).map(|(step, _)| &step.stage) {
            None => {}
            Some(Stage::CheckedIn | Stage::Left) => hour.came += 1,
            Some(Stage::Vaccinated { .. }) => {
                hour.came += 1;
                hour.vaccinated += 1;
            }
            Some(Stage::Absent) => hour.absent += 1,
        }
    }
    Ok(hours.into_values().collect())
}

/// Takes what a desk has entered, in its order. Sent again, each entry counts once.
#[utoipa::path(
    post, path = paths::ATTENDANCE_ENTRIES, tag = "attendance",
    security(("device" = [], "staff" = []), ("certificate" = [], "staff" = [])),
    request_body = EnterAttendance,
    responses(
        (status = 200, description = "What came of each, in their order", body = AttendanceEntered),
        ReadProblems, ChannelProblems, BodyProblems
    )
)]
pub async fn enter(
    auth: DeskAuth,
    State(service): State<Arc<Service>>,
    body: Result<Json<EnterAttendance>, JsonRejection>,
) -> Result<Json<AttendanceEntered>, ApiError> {
    let (site, by) = auth.site(&service, Right::CheckIn).await?;
    // All entries are checked before the first is written: a desk that sends what makes no sense
    // is to be mended, and then sends the same again.
    let Json(EnterAttendance { entries, seen }) = body?;
    let has_nothing = entries.is_empty() && seen.is_empty();
    if has_nothing || entries.len().max(seen.len()) > ENTRIES_AT_MOST {
        return Err(Code::BadRequest.into());
    }
    let seen: Vec<EntryId> = seen.into_iter().map(entry_id).collect::<Result<_, _>>()?;
    let checked = |entry| checked(&service, &auth.staff, entry);
    let entries: Vec<DeskEntry> = entries.into_iter().map(checked).collect::<Result<_, _>>()?;
    let desk = Desk { device: auth.device.id, site, by };
    let now = (service.env.now)();
    if !seen.is_empty() {
        service.store.conflicts_are_read(auth.device.id, &seen, now).await?;
    }
    let outcomes = service.attendance.enter(&service.store, desk, &entries, now).await?;
    auth.is_heard(&service).await;
    Ok(Json(AttendanceEntered { outcomes }))
}

/// A date in a path, as it is written in [`paths`] and in no other way, and near today: each day
/// that is asked for is a search through all bookings.
pub(super) fn civil_date(
    service: &Service,
    text: Result<Path<String>, PathRejection>,
) -> Result<Date, Code> {
    let Ok(Path(text)) = text else { return Err(Code::NotFound) };
    let date: Date = text.parse().map_err(|_| Code::NotFound)?;
    let is_one = date.to_string() == text && is_near(date, (service.env.now)());
    if is_one { Ok(date) } else { Err(Code::NotFound) }
}

async fn bookings_of(service: &Service, site: SiteId, day: Date) -> Result<SiteDay, StoreError> {
    let (now, uptime) = ((service.env.now)(), (service.env.uptime)());
    service.site_days.of(&service.store, (site, day), now, uptime).await
}

fn stands(booking: &DayBooking, step: Option<&(Step, String)>) -> Attendance {
    match booking.became {
        OnTheDay::Cancelled => Attendance::Cancelled,
        OnTheDay::Moved => Attendance::Moved,
        OnTheDay::Booked => {
            let desk = step.map(|(_, desk)| desk.clone()).unwrap_or_default();
            shown(step.map(|(step, _)| step), |_| desk)
        }
    }
}

fn checked(service: &Service, sender: &OnDuty, entry: AttendanceEntry) -> Result<DeskEntry, Code> {
    let AttendanceEntry { id, number, step, at, offline, staff } = entry;
    let made = staff.filter(|staff| StaffId((*staff).into()) != sender.id).map(|staff| {
        let (id, here) = (StaffId(staff.into()), sender.institution.id);
        let known = service.staff.roster.of_institution(id, here).is_some();
        if known { Maker::Staff(id) } else { Maker::Unknown(staff) }
    });
    let id = entry_id(id)?;
    match &step {
        AttendanceStep::Vaccinated { lot } if !is_lot(lot) => Err(Code::BadRequest),
        AttendanceStep::CheckIn
        | AttendanceStep::Vaccinated { .. }
        | AttendanceStep::Left
        | AttendanceStep::TakeBack => Ok(DeskEntry { id, number, step, at, offline, made }),
    }
}

fn entry_id(digits: String) -> Result<EntryId, Code> {
    let id = hex::decode(digits).ok().and_then(|bytes| bytes.try_into().ok());
    id.ok_or(Code::BadRequest)
}

fn is_lot(text: &str) -> bool {
    (1..=LOT_AT_MOST).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}
