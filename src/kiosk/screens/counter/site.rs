//! The desk of a vaccination site: who is in front of it and what became of them, the day's list,
//! and what waits to be sent. What the desk says of somebody is worked out anew each time it is
//! asked for, from what they have shown, the list and the clock.

use super::form::Listed;
use super::leftover::{Claim, LeftoverPage};
use crate::api::attendance::{AttendanceStep, DeskConflict, EntryOutcome, SlotFigures};
use crate::devices::journal::JournalFault;
use crate::domain::attendance::Attendance;
use crate::domain::booking_number::BookingNumber;
use crate::domain::personal::Personal;
use crate::kiosk::model::check_in::{Finding, Presented, find};
use crate::kiosk::model::counter::CounterAction;
use crate::kiosk::model::retry::Retry;
use crate::kiosk::model::site::{Kept, SiteAction, SiteDay, SitePage};
use jiff::civil::{Date, DateTime};
use std::mem::Discriminant;

/// The desk, while somebody of the staff works at it.
#[derive(Clone, PartialEq, Debug)]
pub struct SiteDesk {
    pub page: SitePage,
    pub front: Front,
    /// `None` until the first list of the day has come.
    pub day: Option<SiteDay>,
    /// When the list was asked for last.
    pub asked: Option<std::time::Duration>,
    pub journal: JournalState,
    /// Earlier days of which something is kept that has not been read yet.
    pub earlier: Vec<Date>,
    /// When the list of the first of them was asked for last.
    pub earlier_asked: Option<std::time::Duration>,
    /// The service has last said that whoever works here may not check in.
    pub no_right: bool,
    /// Something of an earlier day cannot be read.
    pub earlier_damaged: bool,
    /// What was entered here and is not done with, in its order.
    pub kept: Vec<Kept>,
    /// The ids of those that are on their way. Others may come before them meanwhile.
    pub sending: Vec<String>,
    /// What other desks entered of people whom this desk had entered, as the last list has it.
    pub told: Vec<DeskConflict>,
    /// The ids of those that somebody has read, of this session.
    pub read: Vec<String>,
    /// Those of which the service does not know it yet, and how many of them are on their way.
    pub unsaid: Vec<String>,
    pub saying: usize,
    pub retry: Retry,
    /// How many entries of this session the service has taken.
    pub sent: u32,
    /// Set once, and kept for the session.
    pub lot: Option<String>,
    /// What is typed on the page of the lot number.
    pub typed_lot: String,
    /// The last entry of this desk, which can be taken back.
    pub last: Option<Last>,
    pub figures: Listed<SlotFigures>,
    pub leftover: LeftoverPage,
    /// The line of a list that is marked.
    pub at: usize,
    /// So that each showing is another one, also of the same person.
    pub shown: u64,
}

/// Who is in front of the desk.
#[derive(Clone, PartialEq, Debug)]
pub enum Front {
    /// A receipt, a card or a number is waited for.
    Ready {
        typed: Personal,
    },
    /// A card is being read.
    Reading,
    /// The list does not have it: a newer one was asked for.
    LookingUp(Presented),
    Shown(Presented),
    /// A key was pressed, and its entry is on its way to the disk; or to the service, where the
    /// disk takes nothing.
    Writing {
        presented: Presented,
        kept: Box<Kept>,
        fault: Option<JournalFault>,
    },
    /// It is safe. The next person may come.
    Done {
        presented: Presented,
        number: BookingNumber,
        step: AttendanceStep,
    },
    /// The entry could not be kept: nothing was entered.
    NotSaved {
        presented: Presented,
        fault: JournalFault,
    },
}

/// The last entry, to be taken back.
#[derive(Clone, PartialEq, Debug)]
pub struct Last {
    pub presented: Presented,
    pub number: BookingNumber,
}

/// The same person at two desks.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Conflict<'a> {
    /// What was entered here does not count.
    Own(&'a Kept),
    /// What was entered elsewhere does not count.
    Told(&'a DeskConflict),
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum JournalState {
    /// Its key comes with the list.
    Closed,
    Opening,
    Open {
        /// A part of an earlier file cannot be read any more.
        damaged: bool,
    },
    Failed(JournalFault),
}

/// What the desk shows, as far as a key that was typed ahead must not reach the next.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct SitePlace {
    page: SitePage,
    front: Discriminant<Front>,
    asks: bool,
    shown: u64,
}

impl Default for SiteDesk {
    fn default() -> Self {
        Self {
            page: SitePage::Desk,
            front: Front::ready(),
            day: None,
            asked: None,
            journal: JournalState::Closed,
            earlier: Vec::new(),
            earlier_asked: None,
            no_right: false,
            earlier_damaged: false,
            kept: Vec::new(),
            sending: Vec::new(),
            told: Vec::new(),
            read: Vec::new(),
            unsaid: Vec::new(),
            saying: 0,
            retry: Retry::first(),
            sent: 0,
            lot: None,
            typed_lot: String::new(),
            last: None,
            figures: Listed::Nothing,
            leftover: LeftoverPage::default(),
            at: 0,
            shown: 0,
        }
    }
}

impl Front {
    pub fn ready() -> Self {
        Front::Ready { typed: Personal::default() }
    }

    /// What was shown, if anything was.
    pub fn presented(&self) -> Option<&Presented> {
        match self {
            Front::Ready { .. } | Front::Reading => None,
            Front::LookingUp(presented)
            | Front::Shown(presented)
            | Front::Writing { presented, .. }
            | Front::Done { presented, .. }
            | Front::NotSaved { presented, .. } => Some(presented),
        }
    }
}

impl SiteDesk {
    pub fn place(&self) -> SitePlace {
        // Whoever types the next number over what was done goes on typing it.
        let free = Front::ready();
        let front = match &self.front {
            Front::Done { .. } => &free,
            front => front,
        };
        let front = std::mem::discriminant(front);
        SitePlace { page: self.page, front, asks: self.leftover.is_asked(), shown: self.shown }
    }

    /// Changes what is known. Where other keys count for whoever is in front afterwards, it is
    /// another showing of them: a key that was on its way was meant for the one before.
    pub fn learn<T>(&mut self, now: DateTime, change: impl FnOnce(&mut Self) -> T) -> T {
        let before = self.offers(now);
        let changed = change(self);
        if self.offers(now) != before {
            self.shown += 1;
        }
        changed
    }

    fn offers(&self, now: DateTime) -> (Vec<SiteAction>, Vec<SiteAction>) {
        (self.choices(now), self.steps(now))
    }

    /// What is known of whoever is in front.
    pub fn finding(&self, now: DateTime) -> Option<Finding> {
        Some(find(&self.day.as_ref()?.list, self.front.presented()?, now))
    }

    /// Shows something new in front.
    pub fn show(&mut self, front: Front) {
        self.page = SitePage::Desk;
        self.shown += 1;
        self.front = front;
    }

    /// What others have entered otherwise, and nobody has seen yet.
    pub fn conflicts(&self) -> impl Iterator<Item = &Kept> {
        self.kept.iter().filter(|kept| !kept.is_to_be_sent())
    }

    /// The same, and after it what other desks entered of people whom this desk had entered.
    pub fn all_conflicts(&self) -> impl Iterator<Item = Conflict<'_>> {
        self.conflicts().map(Conflict::Own).chain(self.told.iter().map(Conflict::Told))
    }

    /// What waits to be sent.
    pub fn unsent(&self) -> usize {
        self.kept.iter().filter(|kept| kept.is_to_be_sent()).count()
    }

    /// Whether digits are those of buttons, and begin no number.
    pub fn has_choices(&self) -> bool {
        let in_front = matches!(self.front, Front::Shown(_) | Front::NotSaved { .. });
        self.page == SitePage::Desk && (in_front || self.conflict_in_front().is_some())
    }

    /// What can be done for whoever is in front, in the order of their digits.
    pub fn choices(&self, now: DateTime) -> Vec<SiteAction> {
        if !self.has_choices() {
            Vec::new()
        } else if self.conflict_in_front().is_some() {
            vec![SiteAction::Seen]
        } else if self.may(&AttendanceStep::CheckIn, now) {
            vec![SiteAction::CheckIn]
        } else if self.may_be_vaccinated(now) {
            Vec::new()
        } else {
            vec![SiteAction::Next]
        }
    }

    /// What a digit or Enter stands for while somebody is in front; `None` of every other key.
    pub fn meant_by(&self, action: CounterAction, now: DateTime) -> Option<SiteAction> {
        let digit = if action == CounterAction::Enter {
            1
        } else if let CounterAction::Site(SiteAction::Choice(digit)) = action {
            digit
        } else {
            return None;
        };
        self.choices(now).get(usize::from(digit).checked_sub(1)?).copied()
    }

    /// What has a function key of its own for whoever is in front, so that no digit is ever a
    /// check-in at one moment and a vaccination at the next.
    pub fn steps(&self, now: DateTime) -> Vec<SiteAction> {
        if self.may_enter_given() {
            return vec![SiteAction::Vaccinated, SiteAction::Left];
        }
        if self.page != SitePage::Desk || self.conflict_in_front().is_some() {
            return Vec::new();
        }
        let given =
            self.may_be_vaccinated(now).then_some([SiteAction::Vaccinated, SiteAction::Left]);
        let back = self.taken_back(now).map(|_| SiteAction::TakeBack);
        given.into_iter().flatten().chain(back).collect()
    }

    /// Whether something can be entered for whoever was given a leftover dose on its page.
    pub fn may_enter_given(&self) -> bool {
        self.page == SitePage::Leftover
            && matches!(self.leftover.claim, Claim::Given(_))
            && !matches!(self.front, Front::Writing { .. })
            && self.day.is_some()
            && self.may_write()
    }

    /// Whether an entry could be kept, and whoever works here may make one.
    fn may_write(&self) -> bool {
        let open = matches!(self.journal, JournalState::Open { .. } | JournalState::Failed(_));
        open && !self.no_right
    }

    fn may_be_vaccinated(&self, now: DateTime) -> bool {
        self.may(&AttendanceStep::Vaccinated { lot: String::new() }, now)
    }

    /// Whose step F11 takes back: that of whoever is in front, if it was entered at this desk; the
    /// last one where nobody is.
    pub fn taken_back(&self, now: DateTime) -> Option<Last> {
        match &self.front {
            Front::Ready { .. } | Front::Done { .. } => self.last.clone(),
            Front::Shown(presented) => {
                let number = self.finding(now)?.entry?.number;
                let is_own = self.day.as_ref()?.is_own(number);
                is_own.then(|| Last { presented: presented.clone(), number })
            }
            Front::Reading
            | Front::LookingUp(_)
            | Front::Writing { .. }
            | Front::NotSaved { .. } => None,
        }
    }

    /// Whether a step is possible for whoever is in front.
    pub fn may(&self, step: &AttendanceStep, now: DateTime) -> bool {
        if !matches!(self.front, Front::Shown(_) | Front::Done { .. } | Front::NotSaved { .. })
            || !self.may_write()
        {
            return false;
        }
        let Some(finding) = self.finding(now) else { return false };
        match step {
            AttendanceStep::CheckIn => finding.answer.may_check_in(),
            AttendanceStep::Vaccinated { .. } | AttendanceStep::Left => {
                match finding.attendance() {
                    Some(Attendance::CheckedIn { .. }) => true,
                    // A booking that the list does not have yet was just checked in here.
                    None => {
                        matches!(&self.front, Front::Done { step: AttendanceStep::CheckIn, .. })
                    }
                    Some(_) => false,
                }
            }
            AttendanceStep::TakeBack => self.last.is_some(),
        }
    }

    /// What came of the last entry of whoever is in front, if it was a conflict.
    pub fn conflict_in_front(&self) -> Option<&EntryOutcome> {
        let Front::Done { number, .. } = &self.front else { return None };
        let own = self.conflicts().filter(|kept| kept.entry.number == *number);
        own.last().and_then(|kept| kept.outcome.as_ref())
    }
}
