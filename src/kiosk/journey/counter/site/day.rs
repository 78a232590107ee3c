//! The day's list: asked for at the log-in, each minute and after entries while the line is up, and
//! kept as it was while it is down. With its key comes what is kept on the machine, of this day and
//! of earlier ones that were never sent.

use super::AtCounter;
use crate::api::attendance::DayList;
use crate::api::problem::Code;
use crate::client::calls::{Answer, Call, Fault, Reply};
use crate::devices::journal::JournalFault;
use crate::kiosk::model::effect::{Effect, JournalEffect};
use crate::kiosk::model::event::JournalOpened;
use crate::kiosk::model::site::{Kept, SiteDay};
use crate::kiosk::screens::counter::form::Listed;
use crate::kiosk::screens::counter::leftover::LeftoverPage;
use crate::kiosk::screens::counter::site::{Front, JournalState, SiteDesk};
use jiff::civil::Date;
use std::time::Duration;

/// How old a list may become while the line is up.
const AGAIN: Duration = Duration::from_secs(60);
/// How soon it is asked for again after an answer that never came, or after entries.
const SOON: Duration = Duration::from_secs(5);

impl AtCounter<'_> {
    /// Asks for the list of today, if it is not on its way.
    pub(super) fn ask_day(&mut self) {
        let (date, uptime) = (self.civil().date(), self.machine.now.uptime);
        let Some(staff) = self.token() else { return };
        let asked = self.outbox.day.is_some();
        let Some(desk) = self.desk() else { return };
        if !asked {
            desk.asked = Some(uptime);
            self.outbox.day = Some(self.outbox.call(0, Call::AttendanceDay { staff, date }));
        }
    }

    /// Asks for it again when it is old, or of another day.
    pub(super) fn keep_day(&mut self) {
        let (date, uptime) = (self.civil().date(), self.machine.now.uptime);
        let (line_up, works) = (self.machine.line_up, self.counter.working().is_some());
        let Some(desk) = self.desk() else { return };
        let age = desk.asked.map(|asked| uptime.saturating_sub(asked));
        let is_of_today = desk.day.as_ref().is_some_and(|day| day.list.date == date);
        let wait = if is_of_today { AGAIN } else { SOON };
        // While the line is down the round is asked for now and then, and so tells when it is back.
        if works && (line_up || !is_of_today) && age.is_none_or(|age| age >= wait) {
            self.ask_day();
        }
    }

    /// After entries the list is soon renewed.
    pub(super) fn renew_day_soon(&mut self) {
        let uptime = self.machine.now.uptime;
        if let Some(desk) = self.desk() {
            let soon = (uptime + SOON).saturating_sub(AGAIN);
            desk.asked = desk.asked.map(|asked| asked.min(soon));
        }
    }

    pub(super) fn day_came(&mut self, reply: &Reply) {
        match reply {
            Ok(Answer::AttendanceDay(list)) => {
                self.has_right(true);
                self.day_is(list);
            }
            Err(Fault::Problem(problem)) if self.is_of_staff(problem.code) => {
                self.has_right(problem.code != Code::RightMissing);
            }
            Ok(_) | Err(Fault::Gone | Fault::Problem(_)) => {}
        }
        self.looked_up();
    }

    /// Whether whoever works here may check in, as the service has last said.
    pub(super) fn has_right(&mut self, may: bool) {
        let now = self.civil();
        if let Some(desk) = self.desk() {
            desk.learn(now, |desk| desk.no_right = !may);
        }
    }

    fn day_is(&mut self, list: &DayList) {
        let now = self.civil();
        let Some(desk) = self.desk() else { return };
        let (date, key) = (list.date, list.key.clone());
        if desk.day.as_ref().is_some_and(|day| day.list.date != date) {
            another_day(desk);
        }
        desk.learn(now, |desk| {
            let unsent = desk.kept.iter().filter(|kept| kept.is_to_be_sent() && kept.day == date);
            match &mut desk.day {
                Some(day) if day.list.date == date => day.renew(list.clone(), unsent),
                day => {
                    let mut new = SiteDay::new(list.clone());
                    new.renew(list.clone(), unsent);
                    *day = Some(new);
                    desk.journal = JournalState::Closed;
                }
            }
        });
        let read = |id: &String| desk.read.contains(id);
        let told: Vec<_> = list.conflicts.iter().filter(|one| !read(&one.id)).cloned().collect();
        let is_news = told.iter().any(|one| !desk.told.contains(one));
        desk.told = told;
        if matches!(desk.journal, JournalState::Closed | JournalState::Failed(_)) {
            desk.journal = JournalState::Opening;
            self.outbox.push(Effect::Journal(JournalEffect::Open { day: date, key }));
        }
        if is_news {
            self.outbox.bell();
        }
    }

    /// What was kept on the machine is there, or the journal does not open.
    pub fn journal_opened(&mut self, day: Date, outcome: Result<JournalOpened, JournalFault>) {
        let now = self.civil();
        let Some(desk) = self.desk() else { return };
        let is_of_today = desk.day.as_ref().is_some_and(|today| today.list.date == day);
        match outcome {
            Ok(opened) => {
                desk.learn(now, |desk| {
                    if is_of_today {
                        desk.journal = JournalState::Open { damaged: opened.damaged };
                    }
                    kept_again(desk, opened.kept, is_of_today);
                });
                if is_of_today {
                    desk.earlier = opened.other_days.into_iter().filter(|it| *it < day).collect();
                } else {
                    desk.earlier.retain(|other| *other != day);
                    desk.earlier_damaged |= opened.damaged;
                }
                self.ask_earlier_day();
                self.send_entries();
            }
            Err(fault) if is_of_today => {
                desk.journal = JournalState::Failed(fault);
                self.outbox.bell();
            }
            Err(_) => self.earlier_day_is_lost(day),
        }
    }

    /// What was kept on an earlier day opens with the key of that day's list. One day is asked for
    /// after the other, the oldest first.
    fn ask_earlier_day(&mut self) {
        let uptime = self.machine.now.uptime;
        let Some(staff) = self.token().filter(|_| self.outbox.earlier.is_none()) else { return };
        let Some(desk) = self.desk() else { return };
        if let Some(date) = desk.earlier.first().copied() {
            desk.earlier_asked = Some(uptime);
            let ticket = self.outbox.call(0, Call::AttendanceDay { staff, date });
            self.outbox.earlier = Some(ticket);
        }
    }

    /// Asks again for an earlier day whose list did not come.
    pub(super) fn keep_earlier_days(&mut self) {
        let (line_up, uptime) = (self.machine.line_up, self.machine.now.uptime);
        let Some(desk) = self.desk().filter(|_| line_up) else { return };
        let age = desk.earlier_asked.map(|asked| uptime.saturating_sub(asked));
        if age.is_none_or(|age| age >= AGAIN) {
            self.ask_earlier_day();
        }
    }

    pub(super) fn earlier_day_came(&mut self, reply: &Reply) {
        let first = self.desk().and_then(|desk| desk.earlier.first().copied());
        let Some(day) = first else { return };
        match reply {
            Ok(Answer::AttendanceDay(list)) if list.date == day => {
                let key = list.key.clone();
                self.outbox.push(Effect::Journal(JournalEffect::Open { day, key }));
            }
            Err(Fault::Problem(problem)) if self.is_of_staff(problem.code) => {}
            // A list that is nowhere any more has no key.
            Err(Fault::Problem(problem)) if !problem.code.will_pass() => {
                self.earlier_day_is_lost(day);
            }
            // It is asked for again.
            Ok(_) | Err(Fault::Gone | Fault::Problem(_)) => {}
        }
    }

    /// It stays on the disk, and the screen says so. The other days go on.
    fn earlier_day_is_lost(&mut self, day: Date) {
        let Some(desk) = self.desk() else { return };
        desk.earlier.retain(|other| *other != day);
        desk.earlier_damaged = true;
        self.outbox.bell();
        self.ask_earlier_day();
    }
}

/// What was kept before the program started goes out before what is entered now, day after day.
fn kept_again(desk: &mut SiteDesk, kept: Vec<Kept>, is_of_today: bool) {
    let known = |id: &str| desk.kept.iter().any(|kept| kept.entry.id == id);
    let new: Vec<_> = kept.into_iter().filter(|kept| !known(&kept.entry.id)).collect();
    if let Some(today) = desk.day.as_mut().filter(|_| is_of_today) {
        for kept in new.iter().filter(|kept| kept.is_to_be_sent()) {
            today.enter(&kept.entry, true);
        }
    }
    desk.kept.splice(0..0, new);
    desk.kept.sort_by_key(|kept| kept.day);
}

/// Nothing of yesterday is today's: the lot, the figures, and who was in front. What is on its way
/// to the disk stays.
fn another_day(desk: &mut SiteDesk) {
    desk.lot = None;
    desk.typed_lot.clear();
    desk.last = None;
    desk.figures = Listed::Nothing;
    desk.leftover = LeftoverPage::default();
    desk.sent = 0;
    if !matches!(desk.front, Front::Writing { .. }) {
        desk.show(Front::ready());
    }
}
