//! What becomes of the entries of a vaccination site's desks. The rules are a plain function of
//! what was read. They have a transaction of their own: people who check in come one by one, and
//! must not wait for a crowd that books, nor it for them.
//!
//! The first check-in counts. Vaccinated and left come after a check-in; what was entered while the
//! line was down needs none, since the entries of the desk that checked the person in may come
//! later, and then stand before it. A person who was marked as absent has come after all if a desk
//! entered it on the slot's day. Where two desks entered the same person, both are told: the one
//! that sends later at once, the other with its next list.

use super::EngineError;
use crate::api::attendance::{AttendanceStep, EntryOutcome};
use crate::domain::attendance::Attendance;
use crate::domain::booking_number::BookingNumber;
use crate::domain::site::SiteId;
use crate::domain::taipei;
use crate::server::store::Store;
use crate::server::store::attendance::{
    AttendedBooking, CountedEntry, DecidedEntries, EntryId, Stage, Step,
};
use crate::server::store::audit_trail::{Action, Actor, Entry};
use crate::server::store::entry_conflicts::EntryConflict;
use crate::server::store::ids::{DeviceId, StaffId};
use crate::server::store::people::as_integer;
use jiff::Timestamp;
use std::collections::{BTreeSet, HashMap, HashSet};
use tokio::sync::Mutex;

/// How often a set is decided anew because another server changed one of its bookings meanwhile.
const TRIES: u32 = 5;

/// The desk that sends entries.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Desk {
    pub device: DeviceId,
    pub site: SiteId,
    /// Who works at it, for the audit trail.
    pub by: Actor,
}

/// An entry whose parts have been checked.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DeskEntry {
    pub id: EntryId,
    pub number: BookingNumber,
    pub step: AttendanceStep,
    pub at: Timestamp,
    pub offline: bool,
    /// Who made it, if that is not who sends it.
    pub made: Option<Maker>,
}

/// Whom a desk names as the one who made an entry.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Maker {
    /// Staff of the desk's institution, also if they were withdrawn since.
    Staff(StaffId),
    /// A number that nobody of the institution has.
    Unknown(u32),
}

/// What was read for a set of entries, and becomes as it will be when all of it is written.
#[derive(Clone, Debug, Default)]
pub struct KnownAttendance {
    pub bookings: HashMap<BookingNumber, AttendedBooking>,
    pub counted: HashSet<EntryId>,
    pub desks: HashMap<DeviceId, String>,
}

/// Writes entries, one set after another, so that those who book never wait for more than one.
#[derive(Debug, Default)]
pub struct AttendanceWriter {
    writing: Mutex<()>,
}

impl AttendanceWriter {
    /// Applies entries in their order, each once, and answers each in its place.
    ///
    /// # Errors
    /// `Unavailable` if the database fails, or others change the same bookings all the time. What
    /// was done is known when the same entries are sent again.
    pub async fn enter(
        &self,
        store: &Store,
        desk: Desk,
        entries: &[DeskEntry],
        now: Timestamp,
    ) -> Result<Vec<EntryOutcome>, EngineError> {
        let _writing = self.writing.lock().await;
        let numbers: BTreeSet<BookingNumber> = entries.iter().map(|entry| entry.number).collect();
        let numbers: Vec<BookingNumber> = numbers.into_iter().collect();
        let ids: Vec<EntryId> = entries.iter().map(|entry| entry.id).collect();
        for _ in 0..TRIES {
            let mut tx = store.begin_entries(&numbers, &ids, desk.device).await?;
            let mut known = KnownAttendance {
                bookings: std::mem::take(&mut tx.bookings),
                counted: std::mem::take(&mut tx.counted),
                desks: std::mem::take(&mut tx.desks),
            };
            let (outcomes, decided) = decide(&mut known, desk, entries, now);
            let is_nothing = decided.entries.is_empty() && decided.conflicts.is_empty();
            if is_nothing || tx.write(&decided, now).await? {
                return Ok(outcomes);
            }
        }
        Err(EngineError::Unavailable)
    }
}

/// Decides what each entry comes to, in their order, and updates `known` as if it were written.
pub fn decide(
    known: &mut KnownAttendance,
    desk: Desk,
    entries: &[DeskEntry],
    now: Timestamp,
) -> (Vec<EntryOutcome>, DecidedEntries) {
    let mut decided = DecidedEntries::default();
    let mut changed = BTreeSet::new();
    let mut outcomes = Vec::with_capacity(entries.len());
    for entry in entries {
        if known.counted.contains(&entry.id) {
            outcomes.push(EntryOutcome::Done);
            continue;
        }
        let Some(booking) = known.bookings.get_mut(&entry.number) else {
            outcomes.push(EntryOutcome::Unknown);
            continue;
        };
        // Whole seconds are stored, and no desk's clock is believed to be ahead.
        let at = Timestamp::from_second(entry.at.min(now).as_second()).unwrap_or(now);
        let before = booking.steps.last().cloned();
        match apply(booking, desk, entry, at) {
            Ok(()) => {
                decided.trail.push(told(booking, before.as_ref(), desk, entry, now));
                let (id, number) = (entry.id, entry.number);
                decided.entries.push(CountedEntry { id, number, made: at });
                known.counted.insert(id);
                changed.insert(number);
                outcomes.push(EntryOutcome::Done);
            }
            Err(Unfit::Elsewhere) => outcomes.push(EntryOutcome::Unknown),
            Err(Unfit::Moved) => {
                outcomes.push(EntryOutcome::Conflict { attendance: Attendance::Moved });
            }
            Err(Unfit::AsItStands) => {
                decided.conflicts.extend(conflict(booking, desk, entry, at));
                let attendance = attendance(booking, &known.desks);
                outcomes.push(EntryOutcome::Conflict { attendance });
            }
        }
    }
    decided.bookings =
        changed.iter().filter_map(|number| known.bookings.get(number).cloned()).collect();
    (outcomes, decided)
}

/// Why an entry does not count.
enum Unfit {
    /// The booking is not, and was not, at this site.
    Elsewhere,
    /// It was here on that day, and is no more.
    Moved,
    /// How it stands speaks against it.
    AsItStands,
}

/// Whether a booking is of this desk's site on this day, as it stands now.
fn is_of_desk(booking: &AttendedBooking, desk: Desk, day: jiff::civil::Date) -> Result<(), Unfit> {
    let was_here = |on: bool| {
        let here = |(site, starts): &(SiteId, jiff::civil::DateTime)| {
            *site == desk.site && (!on || starts.date() == day)
        };
        booking.earlier.iter().any(here)
    };
    if booking.site != desk.site && !was_here(false) {
        return Err(Unfit::Elsewhere);
    }
    if booking.cancelled {
        return Err(Unfit::AsItStands);
    }
    if booking.site != desk.site {
        return Err(Unfit::Moved);
    }
    if booking.starts.date() != day {
        return Err(if was_here(true) { Unfit::Moved } else { Unfit::AsItStands });
    }
    Ok(())
}

fn apply(
    booking: &mut AttendedBooking,
    desk: Desk,
    entry: &DeskEntry,
    at: Timestamp,
) -> Result<(), Unfit> {
    is_of_desk(booking, desk, taipei::civil(at).date())?;
    let new = |stage| Step { stage, at, desk: Some(desk.device) };
    let steps = &mut booking.steps;
    let stage = steps.last().map(|step| &step.stage);
    match (&entry.step, stage) {
        (AttendanceStep::CheckIn, None | Some(Stage::Absent)) => steps.push(new(Stage::CheckedIn)),
        // What was entered while the line was down has come before its check-in.
        (AttendanceStep::CheckIn, Some(Stage::Vaccinated { .. } | Stage::Left))
            if steps.iter().all(|step| step.stage != Stage::CheckedIn) =>
        {
            steps.insert(steps.len() - 1, new(Stage::CheckedIn));
        }
        (AttendanceStep::Vaccinated { lot }, Some(Stage::CheckedIn)) => {
            steps.push(new(Stage::Vaccinated { lot: lot.clone() }));
        }
        (AttendanceStep::Vaccinated { lot }, None | Some(Stage::Absent)) if entry.offline => {
            steps.push(new(Stage::Vaccinated { lot: lot.clone() }));
        }
        (AttendanceStep::Left, Some(Stage::CheckedIn)) => steps.push(new(Stage::Left)),
        (AttendanceStep::Left, None | Some(Stage::Absent)) if entry.offline => {
            steps.push(new(Stage::Left));
        }
        // Only one's own last step, so that nobody takes back what another desk knows.
        (AttendanceStep::TakeBack, Some(_))
            if steps.last().is_some_and(|step| step.desk == Some(desk.device)) =>
        {
            steps.pop();
            // Nobody looks at this day again, so what that look would say is said here.
            if steps.is_empty() && booking.closed {
                steps.push(Step { stage: Stage::Absent, at, desk: None });
            }
        }
        (
            AttendanceStep::CheckIn
            | AttendanceStep::Vaccinated { .. }
            | AttendanceStep::Left
            | AttendanceStep::TakeBack,
            _,
        ) => return Err(Unfit::AsItStands),
    }
    Ok(())
}

/// What another desk, whose entry counts, is told of one that does not.
fn conflict(
    booking: &AttendedBooking,
    desk: Desk,
    entry: &DeskEntry,
    at: Timestamp,
) -> Option<EntryConflict> {
    let theirs = booking.steps.last()?.desk.filter(|theirs| *theirs != desk.device)?;
    let stage = match &entry.step {
        AttendanceStep::CheckIn => Stage::CheckedIn,
        AttendanceStep::Vaccinated { lot } => Stage::Vaccinated { lot: lot.clone() },
        AttendanceStep::Left => Stage::Left,
        // Nothing was entered that they should know of.
        AttendanceStep::TakeBack => return None,
    };
    let step = Step { stage, at, desk: Some(desk.device) };
    let is_live = !booking.cancelled;
    is_live.then_some(EntryConflict { id: entry.id, number: entry.number, desk: theirs, step })
}

/// How a booking stands, for who is shown it.
fn attendance(booking: &AttendedBooking, desks: &HashMap<DeviceId, String>) -> Attendance {
    if booking.cancelled {
        return Attendance::Cancelled;
    }
    let name = |desk: &DeviceId| desks.get(desk).cloned();
    shown(booking.steps.last(), |step| step.desk.as_ref().and_then(name).unwrap_or_default())
}

/// A step as the contract has it; `None` is nobody who has come yet.
pub fn shown(step: Option<&Step>, desk: impl FnOnce(&Step) -> String) -> Attendance {
    let Some(step) = step else { return Attendance::Expected };
    let (at, desk) = (step.at, desk(step));
    match &step.stage {
        Stage::CheckedIn => Attendance::CheckedIn { at, desk },
        Stage::Vaccinated { lot } => Attendance::Vaccinated { at, lot: lot.clone(), desk },
        Stage::Left => Attendance::Left { at, desk },
        Stage::Absent => Attendance::Absent,
    }
}

/// What the audit trail is told of an entry.
fn told(
    booking: &AttendedBooking,
    before: Option<&Step>,
    desk: Desk,
    entry: &DeskEntry,
    now: Timestamp,
) -> Entry {
    let action = match entry.step {
        AttendanceStep::CheckIn => Action::CheckIn,
        AttendanceStep::Vaccinated { .. } => Action::Vaccinated,
        AttendanceStep::Left => Action::LeftSite,
        AttendanceStep::TakeBack => Action::TakeBack,
    };
    let said = |step: &Step| match &step.stage {
        Stage::CheckedIn => "checked in".to_owned(),
        Stage::Vaccinated { lot } => format!("vaccinated with lot {lot}"),
        Stage::Left => "left".to_owned(),
        Stage::Absent => "absent".to_owned(),
    };
    let line = if entry.offline { ", entered while the line was down" } else { "" };
    // The row is of who sent it, since that is what a certificate stands for.
    let made = match entry.made {
        None => String::new(),
        Some(Maker::Staff(staff)) => format!(", entered by staff {}", staff.0),
        Some(Maker::Unknown(number)) => format!(", entered by staff {number}, who is not known"),
    };
    let site = desk.site.0;
    let after = booking.steps.last().map_or_else(|| "expected".to_owned(), said);
    Entry {
        number: Some(as_integer(booking.number)),
        person: Some(booking.person),
        before: before.map(said),
        after: Some(format!("{after} at site {site}{line}{made}")),
        ..Entry::new(now, desk.by, action)
    }
}
