//! What is entered at a desk: kept on the machine first, said to be done when it is on the disk,
//! and sent in its order as soon as there is a line, each once.

use super::AtCounter;
use crate::api::attendance::{
    AttendanceEntered, AttendanceEntry, AttendanceStep, EnterAttendance, EntryOutcome,
};
use crate::api::problem::Code;
use crate::client::calls::{Answer, Call, Fault, Reply};
use crate::devices::journal::JournalFault;
use crate::domain::booking_number::BookingNumber;
use crate::domain::personal::Personal;
use crate::kiosk::model::check_in::Presented;
use crate::kiosk::model::counter::CounterAction;
use crate::kiosk::model::effect::{Effect, JournalEffect};
use crate::kiosk::model::retry::Retry;
use crate::kiosk::model::site::{Kept, SiteAction, SitePage};
use crate::kiosk::screens::counter::site::{Conflict, Front, JournalState, Last, SiteDesk};
use jiff::civil::Date;
use std::collections::HashMap;

/// Entries that one call may have.
const AT_ONCE: usize = 200;

impl AtCounter<'_> {
    /// Enters a step of whoever is in front, if it is possible.
    pub(super) fn enter(&mut self, step: AttendanceStep) {
        let now = self.civil();
        if self.desk().is_some_and(|desk| desk.page == SitePage::Leftover) {
            return self.enter_given(step);
        }
        let may = |desk: &&mut SiteDesk| desk.page == SitePage::Desk && desk.may(&step, now);
        let Some(desk) = self.desk().filter(may) else { return };
        let Some(finding) = desk.finding(now) else { return };
        let (Some(number), Some(presented)) = (finding.number(), desk.front.presented().cloned())
        else {
            return;
        };
        let name_masked = finding.entry.map(|entry| entry.name_masked).unwrap_or_default();
        self.keep(step, number, presented, name_masked);
    }

    /// Vaccinated needs the lot number of the day, which is asked for once.
    pub(super) fn vaccinated(&mut self) {
        let now = self.civil();
        let Some(desk) = self.desk() else { return };
        if desk.page == SitePage::Lot {
            return self.typed(CounterAction::Enter);
        }
        if !desk.steps(now).contains(&SiteAction::Vaccinated) {
            return;
        }
        match desk.lot.clone() {
            Some(lot) => self.enter(AttendanceStep::Vaccinated { lot }),
            None => {
                desk.leftover.lot_first = desk.page == SitePage::Leftover;
                desk.typed_lot.clear();
                desk.page = SitePage::Lot;
            }
        }
    }

    pub(super) fn take_back(&mut self) {
        let now = self.civil();
        let Some(desk) = self.desk() else { return };
        if !desk.steps(now).contains(&SiteAction::TakeBack) {
            return;
        }
        let Some(Last { presented, number }) = desk.taken_back(now) else { return };
        let name = desk.day.as_ref().and_then(|day| day.by_number(number));
        let name = name.map(|entry| entry.name_masked.clone()).unwrap_or_default();
        self.keep(AttendanceStep::TakeBack, number, presented, name);
    }

    /// The entry's id is made of this press's random bits, so that it counts once however often it
    /// is sent.
    pub(super) fn keep(
        &mut self,
        step: AttendanceStep,
        number: BookingNumber,
        presented: Presented,
        name_masked: Personal,
    ) {
        let id = format!("{:032x}", self.random);
        let (at, offline) = (self.machine.now.wall, !self.machine.line_up);
        let staff = self.counter.working().map(|working| working.duty.session.staff.id);
        let Some(desk) = self.desk() else { return };
        let Some(day) = desk.day.as_ref().map(|day| day.list.date) else { return };
        let entry = AttendanceEntry { id, number, step, at, offline, staff };
        let kept = Box::new(Kept { day, entry, outcome: None, name_masked });
        desk.front = Front::Writing { presented, kept: kept.clone(), fault: None };
        desk.page = SitePage::Desk;
        self.outbox.push(Effect::Journal(JournalEffect::Append(kept)));
    }

    /// An entry is on the disk, or the disk does not take it.
    pub fn journal_written(&mut self, id: &str, outcome: Result<(), JournalFault>) {
        let line_up = self.machine.line_up;
        let Some(desk) = self.desk() else { return };
        let Front::Writing { presented, kept, fault } = &mut desk.front else { return };
        if kept.entry.id != id {
            return;
        }
        match outcome {
            Ok(()) => {
                let kept = (**kept).clone();
                if let JournalState::Failed(_) = desk.journal {
                    desk.journal = JournalState::Open { damaged: false };
                }
                self.is_safe(kept.clone());
                if let Some(desk) = self.desk() {
                    desk.kept.push(kept);
                }
                self.send_entries();
            }
            // The service can keep it instead, as long as there is a line. It comes after all that
            // was entered before.
            Err(cause) if line_up => {
                *fault = Some(cause);
                desk.journal = JournalState::Failed(cause);
                self.outbox.bell();
                self.send_entries();
            }
            Err(cause) => {
                let presented = presented.clone();
                desk.journal = JournalState::Failed(cause);
                desk.front = Front::NotSaved { presented, fault: cause };
                self.outbox.bell();
            }
        }
    }

    /// What is in front is entered for good: the screen says so.
    fn is_safe(&mut self, kept: Kept) {
        let Some(desk) = self.desk() else { return };
        let Front::Writing { presented, .. } = &desk.front else { return };
        let (presented, number) = (presented.clone(), kept.entry.number);
        if let Some(day) = desk.day.as_mut().filter(|day| day.list.date == kept.day) {
            day.enter(&kept.entry, true);
        }
        match kept.entry.step {
            AttendanceStep::TakeBack => {
                desk.last.take_if(|last| last.number == number);
            }
            _ => desk.last = Some(Last { presented: presented.clone(), number }),
        }
        desk.show(Front::Done { presented, number, step: kept.entry.step });
    }

    /// Sends what waits, in its order, if nothing is on its way.
    pub(super) fn send_entries(&mut self) {
        let Some(staff) = self.token().filter(|_| self.outbox.entries.is_none()) else { return };
        let Some(desk) = self.desk() else { return };
        if desk.retry.at.is_some() {
            return;
        }
        let waiting = desk.kept.iter().filter(|kept| kept.is_to_be_sent());
        let mut entries: Vec<AttendanceEntry> = waiting.map(|kept| kept.entry.clone()).collect();
        // What the disk did not take has no other place.
        if let Front::Writing { kept, fault: Some(_), .. } = &desk.front {
            entries.push(kept.entry.clone());
        }
        // One that the service cannot read must not hold up the others: they then go one by one.
        entries.truncate(if desk.retry.attempt > 3 { 1 } else { AT_ONCE });
        let seen: Vec<String> = desk.unsaid.iter().take(AT_ONCE).cloned().collect();
        if entries.is_empty() && seen.is_empty() {
            return;
        }
        desk.sending = entries.iter().map(|entry| entry.id.clone()).collect();
        desk.saying = seen.len();
        let ask = EnterAttendance { entries, seen };
        let ticket = self.outbox.call(0, Call::EnterAttendance { staff, ask });
        self.outbox.entries = Some(ticket);
    }

    /// Sends again what waits for its next attempt.
    pub(super) fn send_due(&mut self) {
        let (uptime, works) = (self.machine.now.uptime, self.counter.working().is_some());
        let Some(desk) = self.desk().filter(|_| works) else { return };
        if desk.retry.is_due(uptime) {
            desk.retry.begun();
        }
        self.send_entries();
    }

    /// What the service answered to what was sent.
    pub(super) fn entered(&mut self, reply: &Reply) {
        let Some(desk) = self.desk() else { return };
        let sent = std::mem::take(&mut desk.sending);
        let said = std::mem::take(&mut desk.saying);
        match reply {
            Ok(Answer::AttendanceEntered(AttendanceEntered { outcomes }))
                if outcomes.len() == sent.len() =>
            {
                desk.unsaid.drain(..said);
                self.answered_entries(&sent.into_iter().zip(outcomes.clone()).collect());
            }
            Err(Fault::Problem(problem)) if self.is_of_staff(problem.code) => {
                self.has_right(problem.code != Code::RightMissing);
                self.entries_failed(None);
            }
            Err(Fault::Problem(problem)) if problem.code == Code::BadRequest && sent.len() == 1 => {
                let unknown = sent.into_iter().map(|id| (id, EntryOutcome::Unknown));
                self.answered_entries(&unknown.collect());
            }
            Err(Fault::Problem(problem)) => self.entries_failed(problem.retry_after),
            Ok(_) | Err(Fault::Gone) => self.entries_failed(None),
        }
    }

    /// They wait, and are sent again. What only the service could keep was not kept.
    fn entries_failed(&mut self, at_least: Option<u32>) {
        let (uptime, random) = (self.machine.now.uptime, self.random);
        let Some(desk) = self.desk() else { return };
        desk.retry.failed(uptime, at_least, random);
        if let Front::Writing { presented, fault: Some(fault), .. } = &desk.front {
            let (presented, fault) = (presented.clone(), *fault);
            desk.show(Front::NotSaved { presented, fault });
            self.outbox.bell();
        }
    }

    /// Each outcome is that of the entry with its id, wherever that stands by now.
    fn answered_entries(&mut self, outcomes: &HashMap<String, EntryOutcome>) {
        let now = self.civil();
        let Some(desk) = self.desk() else { return };
        desk.retry = Retry::first();
        let changed = desk.learn(now, |desk| taken(desk, outcomes));
        let conflicts = outcomes.values().any(|outcome| *outcome != EntryOutcome::Done);
        // What the disk did not take has no other place.
        let unkept = match &desk.front {
            Front::Writing { kept, fault: Some(_), .. } => outcomes
                .get(&kept.entry.id)
                .map(|outcome| Kept { outcome: Some(outcome.clone()), ..(**kept).clone() }),
            _ => None,
        };
        if let Some(kept) = unkept {
            self.is_safe(kept.clone());
            if let Some(desk) = self.desk() {
                match &kept.outcome {
                    Some(EntryOutcome::Done) => desk.sent += 1,
                    Some(EntryOutcome::Conflict { .. } | EntryOutcome::Unknown) | None => {
                        desk.kept.push(kept);
                    }
                }
            }
        }
        if conflicts {
            self.outbox.bell();
        }
        self.keep_the_rest(changed);
        self.renew_day_soon();
        if conflicts {
            // What others entered is shown with who they were.
            self.ask_day();
        }
        self.send_entries();
    }

    /// What is done with is taken out of the journals of these days.
    fn keep_the_rest(&mut self, mut days: Vec<Date>) {
        days.dedup();
        let Some(desk) = self.desk() else { return };
        let rest: Vec<_> = days
            .into_iter()
            .map(|day| {
                // What is on its way to the disk comes before this, and must not be taken out
                // again.
                let writing = match &desk.front {
                    Front::Writing { kept, fault: None, .. } => Some(&**kept),
                    _ => None,
                };
                let kept = desk.kept.iter().chain(writing).filter(|kept| kept.day == day);
                Effect::Journal(JournalEffect::Replace { day, kept: kept.cloned().collect() })
            })
            .collect();
        rest.into_iter().for_each(|effect| self.outbox.push(effect));
    }

    /// Somebody has read the conflict that is marked: it need not be kept any longer.
    pub(super) fn seen(&mut self) {
        let Some(desk) = self.desk() else { return };
        let marked = match (desk.page, &desk.front) {
            (SitePage::Conflicts, _) => desk.all_conflicts().nth(desk.at),
            (_, Front::Done { number, .. }) => {
                let own = desk.conflicts().filter(|kept| kept.entry.number == *number);
                own.last().map(Conflict::Own)
            }
            _ => None,
        };
        let (id, day) = match marked {
            Some(Conflict::Own(kept)) => (kept.entry.id.clone(), Some(kept.day)),
            Some(Conflict::Told(told)) => (told.id.clone(), None),
            None => return,
        };
        match day {
            Some(_) => desk.kept.retain(|kept| kept.entry.id != id),
            None => {
                desk.told.retain(|told| told.id != id);
                desk.read.push(id.clone());
                desk.unsaid.push(id);
            }
        }
        desk.at = desk.at.min(desk.all_conflicts().count().saturating_sub(1));
        if desk.all_conflicts().next().is_none() && desk.page == SitePage::Conflicts {
            desk.page = SitePage::Desk;
        } else if desk.page == SitePage::Desk {
            desk.show(Front::ready());
        }
        match day {
            Some(day) => self.keep_the_rest(vec![day]),
            // The service need not tell it any more.
            None => self.send_entries(),
        }
    }
}

/// Notes what the service answered, and lets go of what it has. The days whose journals change.
fn taken(desk: &mut SiteDesk, outcomes: &HashMap<String, EntryOutcome>) -> Vec<Date> {
    let mut changed = Vec::new();
    for kept in desk.kept.iter_mut().filter(|kept| kept.is_to_be_sent()) {
        if let Some(outcome) = outcomes.get(&kept.entry.id) {
            kept.outcome = Some(outcome.clone());
            changed.push(kept.day);
        }
    }
    let done = |kept: &Kept| kept.outcome == Some(EntryOutcome::Done);
    desk.sent += desk.kept.iter().filter(|kept| done(kept)).count() as u32;
    desk.kept.retain(|kept| !done(kept));
    changed.sort_unstable();
    changed
}
