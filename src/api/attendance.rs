//! The day at a vaccination site: the list of who is expected, what desks enter, and what came of
//! each entry. Every call carries a staff session whose rights include checking in. A device of
//! the channel `vaccination-site` is enrolled for one site; that site is meant everywhere here.

use crate::domain::attendance::Attendance;
use crate::domain::booking_number::BookingNumber;
use crate::domain::identity::IdNumber;
use crate::domain::personal::Personal;
use crate::domain::round::RoundNumber;
use crate::domain::site::Site;
use aws_lc_rs::hmac;
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use serde::{Deserialize, Serialize};

/// The answer to `GET /v1/attendance/days/{date}`: everyone whose booking at this site is, or was,
/// on this day.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct DayList {
    pub site: Site,
    #[cfg_attr(feature = "server", schema(value_type = String, example = "2027-07-16"))]
    pub date: Date,
    pub round: RoundNumber,
    /// When the service made this list.
    pub taken: Timestamp,
    /// The key of [`DayEntry::person`], and of the journal that a desk keeps while the line is
    /// down: 64 hexadecimal digits. It is this device's for this day.
    pub key: Personal,
    /// By slot, then by number.
    pub entries: Vec<DayEntry>,
    /// People whom this desk has entered and another one too, whatever the day, until
    /// [`EnterAttendance::seen`] says that somebody here has read it.
    #[serde(default)]
    pub conflicts: Vec<DeskConflict>,
}

/// What another desk has entered of somebody of whom an entry of this desk counts.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct DeskConflict {
    /// Of that entry, which does not count: 32 hexadecimal digits.
    pub id: String,
    pub number: BookingNumber,
    /// `王〇明`
    pub name_masked: Personal,
    /// What was entered, when, and at which desk.
    pub entered: Attendance,
}

/// One booking of the day.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct DayEntry {
    pub number: BookingNumber,
    /// `王〇明`
    pub name_masked: Personal,
    /// HMAC-SHA-256 of the identity number under the list's key, its first 16 bytes as hexadecimal
    /// digits: a card is found by it while the line is down.
    pub person: String,
    #[cfg_attr(feature = "server", schema(value_type = String, example = "2027-07-16T09:00:00"))]
    pub starts: DateTime,
    #[cfg_attr(feature = "server", schema(value_type = String, example = "2027-07-16T10:00:00"))]
    pub ends: DateTime,
    pub attendance: Attendance,
}

/// How a day's list names a person: see [`DayEntry::person`]. `key` are the bytes of
/// [`DayList::key`].
pub fn person_tag(key: &[u8; 32], id: &IdNumber) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA256, key);
    hex::encode(&hmac::sign(&key, id.expose().as_bytes()).as_ref()[..16])
}

/// What a desk has entered.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "step", rename_all = "kebab-case")]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub enum AttendanceStep {
    CheckIn,
    Vaccinated {
        /// 批號: 1 to 20 letters, digits or `-`.
        lot: String,
    },
    /// They left without being vaccinated.
    Left,
    /// The last step at this desk was a mistake.
    TakeBack,
}

/// One entry of a desk. Sent again, it is known by its id.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct AttendanceEntry {
    /// 32 hexadecimal digits, made when the key was pressed.
    pub id: String,
    pub number: BookingNumber,
    pub step: AttendanceStep,
    /// When the key was pressed, by the desk's clock.
    pub at: Timestamp,
    /// Whether it was entered while the line was down.
    pub offline: bool,
    /// The number of the staff member who made it, who may have logged out before it was sent. A
    /// desk of an earlier version says nothing: then it is whoever sends it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub staff: Option<u32>,
}

/// `POST /v1/attendance/entries`: at most 200 entries, in the order in which they were made, and at
/// most 200 conflicts that were read; not neither.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct EnterAttendance {
    pub entries: Vec<AttendanceEntry>,
    /// The ids of the list's conflicts that somebody at this desk has read.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub seen: Vec<String>,
}

/// What came of one entry.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "kebab-case")]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub enum EntryOutcome {
    /// It counts, also if it was sent before.
    Done,
    /// A conflict: the booking's state as others entered it, which stays.
    Conflict { attendance: Attendance },
    /// No booking of this number is, or was, at this site.
    Unknown,
}

/// The answer to [`EnterAttendance`], in its order.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct AttendanceEntered {
    pub outcomes: Vec<EntryOutcome>,
}

/// One hour of one site, as a manager sees it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct SlotFigures {
    #[cfg_attr(feature = "server", schema(value_type = String, example = "2027-07-16T09:00:00"))]
    pub starts: DateTime,
    pub booked: u32,
    /// Came: checked in, vaccinated or left.
    pub came: u32,
    pub vaccinated: u32,
    pub absent: u32,
}

/// The answer to `GET /v1/institution/days/{date}/figures`, one a site for which the institution
/// has desks. It needs the right to manage, and no desk: a counter's staff ask for it too.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct SiteFigures {
    pub site: Site,
    /// In order of time.
    pub hours: Vec<SlotFigures>,
}
