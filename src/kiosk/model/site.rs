//! A vaccination site's desk: what its staff can do there, the day's list as this desk knows it,
//! and what it has entered and not yet been answered.

use crate::api::attendance::{
    AttendanceEntry, AttendanceStep, DayEntry, DayList, EntryOutcome, SlotFigures,
};
use crate::domain::attendance::Attendance;
use crate::domain::booking_number::BookingNumber;
use crate::domain::personal::Personal;
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// What the staff can do with keys and fingers at a desk.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SiteAction {
    Page(SitePage),
    /// The first or the second of what can be done for whoever is in front.
    Choice(u8),
    CheckIn,
    Vaccinated,
    /// They left without being vaccinated.
    Left,
    /// The last entry of this desk was a mistake.
    TakeBack,
    /// On to the next person.
    Next,
    /// Somebody has read the conflict that is marked.
    Seen,
    /// To the field for how many more doses are left, and back.
    MoreDoses,
}

/// The pages of the desk, each with its key from F2 to F7.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SitePage {
    Desk,
    List,
    /// The lot number of the day is typed.
    Lot,
    Conflicts,
    Figures,
    /// Doses that are left at the end of the day.
    Leftover,
}

impl SitePage {
    pub const ALL: [SitePage; 6] = [
        SitePage::Desk,
        SitePage::List,
        SitePage::Lot,
        SitePage::Conflicts,
        SitePage::Figures,
        SitePage::Leftover,
    ];

    /// The number of its function key.
    pub fn key(self) -> u8 {
        match self {
            SitePage::Desk => 2,
            SitePage::List => 3,
            SitePage::Lot => 4,
            SitePage::Conflicts => 5,
            SitePage::Figures => 6,
            SitePage::Leftover => 7,
        }
    }

    pub fn of_key(key: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|page| page.key() == key)
    }
}

/// An entry of this desk that is kept on the machine: until it is answered, and if others have
/// entered something else, until somebody has seen that.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Kept {
    /// The day of the list by which it was entered, and of the journal in which it is kept.
    pub day: Date,
    pub entry: AttendanceEntry,
    /// What the service answered, if that is not that it counts.
    pub outcome: Option<EntryOutcome>,
    /// So that a conflict can name the person after a restart.
    pub name_masked: Personal,
}

impl Kept {
    pub fn is_to_be_sent(&self) -> bool {
        self.outcome.is_none()
    }
}

/// The day's list with what this desk has entered since it was taken.
#[derive(Clone, PartialEq, Debug)]
pub struct SiteDay {
    pub list: DayList,
    /// What each person's state was before this desk's steps, the last one last.
    before: HashMap<BookingNumber, Vec<Attendance>>,
    /// Those steps themselves, without what was taken back.
    own: HashMap<BookingNumber, Vec<AttendanceStep>>,
}

impl SiteDay {
    pub fn new(list: DayList) -> Self {
        Self { list, before: HashMap::new(), own: HashMap::new() }
    }

    /// A newer list. What the service does not know yet is entered in it again.
    pub fn renew<'a>(&mut self, list: DayList, unsent: impl Iterator<Item = &'a Kept>) {
        self.list = list;
        let entries: Vec<AttendanceEntry> = unsent.map(|kept| kept.entry.clone()).collect();
        for entry in &entries {
            self.enter(entry, false);
        }
    }

    /// Whether somebody's last step was entered at this desk, since its program was started.
    pub fn is_own(&self, number: BookingNumber) -> bool {
        let stands = self.by_number(number).map(|entry| &entry.attendance);
        let own = self.own.get(&number).and_then(|steps| steps.last());
        match (own, stands) {
            (Some(AttendanceStep::CheckIn), Some(Attendance::CheckedIn { .. })) => true,
            (Some(AttendanceStep::Left), Some(Attendance::Left { .. })) => true,
            (
                Some(AttendanceStep::Vaccinated { lot }),
                Some(Attendance::Vaccinated { lot: other, .. }),
            ) => lot == other,
            _ => false,
        }
    }

    pub fn by_number(&self, number: BookingNumber) -> Option<&DayEntry> {
        self.list.entries.iter().find(|entry| entry.number == number)
    }

    /// What was just entered here shows at once. `is_new` is false of what was entered before.
    pub fn enter(&mut self, entry: &AttendanceEntry, is_new: bool) {
        let Some(line) = self.list.entries.iter_mut().find(|line| line.number == entry.number)
        else {
            return;
        };
        let (at, desk) = (entry.at, String::new());
        let now = match &entry.step {
            AttendanceStep::CheckIn => Attendance::CheckedIn { at, desk },
            AttendanceStep::Vaccinated { lot } => {
                Attendance::Vaccinated { at, lot: lot.clone(), desk }
            }
            AttendanceStep::Left => Attendance::Left { at, desk },
            AttendanceStep::TakeBack => {
                let kept = is_new.then(|| self.before.get_mut(&entry.number)?.pop()).flatten();
                kept.unwrap_or_else(|| step_before(&line.attendance))
            }
        };
        let was = std::mem::replace(&mut line.attendance, now);
        if is_new && entry.step != AttendanceStep::TakeBack {
            self.before.entry(entry.number).or_default().push(was);
            self.own.entry(entry.number).or_default().push(entry.step.clone());
        } else if is_new && let Some(steps) = self.own.get_mut(&entry.number) {
            steps.pop();
        }
    }

    /// The hours of the day in their order.
    pub fn hours(&self) -> Vec<DateTime> {
        let mut hours: Vec<DateTime> = self.list.entries.iter().map(|one| one.starts).collect();
        hours.sort_unstable();
        hours.dedup();
        hours
    }

    /// The hour that is served at a moment: the last that has begun, or the first.
    pub fn hour_at(&self, now: DateTime) -> Option<DateTime> {
        let hours = self.hours();
        let begun = hours.iter().rev().find(|starts| **starts <= now);
        begun.or(hours.first()).copied()
    }

    /// Who is on the list for an hour.
    pub fn of_hour(&self, starts: DateTime) -> impl Iterator<Item = &DayEntry> {
        self.list.entries.iter().filter(move |entry| entry.starts == starts)
    }

    /// How many of an hour have come, of how many whose booking stands.
    pub fn came(&self, starts: DateTime) -> (usize, usize) {
        let came = self.of_hour(starts).filter(|entry| came_at(&entry.attendance).is_some());
        let gone = |entry: &&DayEntry| {
            matches!(entry.attendance, Attendance::Moved | Attendance::Cancelled)
        };
        (came.count(), self.of_hour(starts).filter(|entry| !gone(entry)).count())
    }
}

/// When and at which desk somebody has come. A desk without a name is this one.
pub fn came_at(attendance: &Attendance) -> Option<(Timestamp, &str)> {
    match attendance {
        Attendance::CheckedIn { at, desk }
        | Attendance::Vaccinated { at, desk, .. }
        | Attendance::Left { at, desk } => Some((*at, desk)),
        Attendance::Expected | Attendance::Absent | Attendance::Moved | Attendance::Cancelled => {
            None
        }
    }
}

/// The state before a last step, as far as the state itself tells.
fn step_before(attendance: &Attendance) -> Attendance {
    match attendance {
        Attendance::Vaccinated { at, desk, .. } | Attendance::Left { at, desk } => {
            Attendance::CheckedIn { at: *at, desk: desk.clone() }
        }
        Attendance::CheckedIn { .. } | Attendance::Expected => Attendance::Expected,
        Attendance::Absent | Attendance::Moved | Attendance::Cancelled => attendance.clone(),
    }
}

/// The sum of hours, with the time of the first; `None` of no hours.
pub fn total(hours: &[SlotFigures]) -> Option<SlotFigures> {
    hours.iter().cloned().reduce(|sum, hour| SlotFigures {
        booked: sum.booked + hour.booked,
        came: sum.came + hour.came,
        vaccinated: sum.vaccinated + hour.vaccinated,
        absent: sum.absent + hour.absent,
        ..sum
    })
}

/// Whether a text can be a lot number (批號): 1 to 20 letters, digits or `-`.
pub fn is_lot(text: &str) -> bool {
    (1..=LOT_AT_MOST).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

pub const LOT_AT_MOST: usize = 20;
