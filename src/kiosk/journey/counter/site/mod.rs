//! The desk of a vaccination site: what its keys, its scanner and its reader lead to. `day` keeps
//! the day's list and opens what is kept on the machine; `entries` keeps what was entered and sends
//! it; `leftover` is about doses that are left; `typing` is what is typed into its fields.

mod day;
mod entries;
mod leftover;
mod typing;

use super::AtCounter;
use crate::api::attendance::{AttendanceStep, person_tag};
use crate::client::calls::{Answer, Call, Fault, Reply};
use crate::devices::card_reader::CardFault;
use crate::domain::card::Card;
use crate::domain::personal::Personal;
use crate::domain::staff::Right;
use crate::domain::taipei;
use crate::kiosk::model::check_in::{Answer as DeskAnswer, Presented};
use crate::kiosk::model::counter::CounterAction;
use crate::kiosk::model::effect::Effect;
use crate::kiosk::model::event::JournalEvent;
use crate::kiosk::model::site::{SiteAction, SitePage};
use crate::kiosk::model::ticket::Ticket;
use crate::kiosk::screens::counter::form::Listed;
use crate::kiosk::screens::counter::leftover::is_code;
use crate::kiosk::screens::counter::site::{Front, SiteDesk};
use crate::kiosk::screens::counter::{Notice, Question};
use jiff::civil::DateTime;

impl AtCounter<'_> {
    /// The desk, also behind the lock; `None` at a counter.
    pub(super) fn desk(&mut self) -> Option<&mut SiteDesk> {
        self.counter.site_mut()
    }

    pub(super) fn civil(&self) -> DateTime {
        taipei::civil(self.machine.now.wall)
    }

    /// A key at the desk, while somebody works there.
    pub fn at_desk(&mut self, action: CounterAction) {
        match action {
            CounterAction::LogOut => {
                // What the disk has not taken yet is nowhere else.
                let writes =
                    self.desk().is_some_and(|it| matches!(it.front, Front::Writing { .. }));
                if writes {
                    return self.outbox.bell();
                }
                if let Some(working) = self.working() {
                    working.asked = Some(Question::LogOut);
                }
            }
            CounterAction::Site(action) => self.site_action(action),
            CounterAction::Type(_) | CounterAction::Erase | CounterAction::Enter => {
                self.typed(action);
            }
            CounterAction::Escape => self.next_at_desk(),
            CounterAction::Next | CounterAction::Previous => self.other_leftover_field(),
            action => {
                if let Some(desk) = self.desk() {
                    let last = last_line(desk);
                    match action {
                        CounterAction::Up => desk.at = desk.at.saturating_sub(1),
                        CounterAction::Down => desk.at = (desk.at + 1).min(last),
                        CounterAction::PageUp => desk.at = desk.at.saturating_sub(10),
                        CounterAction::PageDown => desk.at = (desk.at + 10).min(last),
                        CounterAction::Choose(at) => desk.at = at.min(last),
                        _ => {}
                    }
                }
            }
        }
    }

    fn site_action(&mut self, action: SiteAction) {
        match action {
            SiteAction::Page(page) => self.open_page(page),
            SiteAction::Choice(_) => {
                let (now, key) = (self.civil(), CounterAction::Site(action));
                if let Some(meant) = self.desk().and_then(|desk| desk.meant_by(key, now)) {
                    self.site_action(meant);
                }
            }
            SiteAction::CheckIn => self.enter(AttendanceStep::CheckIn),
            SiteAction::Vaccinated => self.vaccinated(),
            SiteAction::Left => self.enter(AttendanceStep::Left),
            SiteAction::TakeBack => self.take_back(),
            SiteAction::Next => self.next_at_desk(),
            SiteAction::Seen => self.seen(),
            SiteAction::MoreDoses => self.other_leftover_field(),
        }
    }

    fn open_page(&mut self, page: SitePage) {
        let may = self.working().is_some_and(|working| working.duty.may(Right::Manage));
        if page == SitePage::Figures && !may {
            if let Some(working) = self.working() {
                working.notice = Some(Notice::NoRight);
            }
            return;
        }
        let now = self.civil();
        let Some(desk) = self.desk() else { return };
        desk.page = page;
        desk.at = match (page, &desk.day) {
            // The list opens at the hour that is served.
            (SitePage::List, Some(day)) => {
                let hour = day.hour_at(now);
                let at = day.list.entries.iter().position(|entry| Some(entry.starts) == hour);
                at.unwrap_or(0)
            }
            _ => 0,
        };
        desk.typed_lot = desk.lot.clone().unwrap_or_default();
        desk.leftover.lot_first = false;
        match page {
            SitePage::Figures => self.ask_figures(),
            SitePage::Leftover => self.leftovers_opened(),
            SitePage::Desk | SitePage::List | SitePage::Lot | SitePage::Conflicts => {}
        }
    }

    /// On to the next person, and back from another page.
    fn next_at_desk(&mut self) {
        let Some(desk) = self.desk() else { return };
        if desk.page == SitePage::Leftover {
            desk.leave_leftover();
        } else if desk.page != SitePage::Desk {
            desk.page = desk.page_after_lot();
        } else if !matches!(desk.front, Front::Writing { .. }) {
            desk.show(Front::ready());
        }
    }

    /// A scanner has read something, while somebody works at the desk.
    pub fn scanned_at_desk(&mut self, text: &str) {
        // A question is answered first.
        if self.working().is_some_and(|working| working.asked.is_some()) {
            return self.outbox.bell();
        }
        let is_code = is_code(text.trim());
        if is_code && self.desk().is_some_and(|desk| desk.page == SitePage::Leftover) {
            return self.scanned_code(text.trim());
        }
        let keys = &self.machine.profile.receipt_keys;
        let presented = Presented::scanned(text, keys);
        self.present(presented);
    }

    /// A card came to the desk.
    pub(super) fn card_came_to_desk(&mut self) {
        let Some(desk) = self.desk() else { return };
        if matches!(desk.front, Front::Writing { .. }) {
            return;
        }
        desk.show(Front::Reading);
        let ticket = self.outbox.ticket(0);
        self.outbox.card = Some(ticket);
        self.outbox.push(Effect::ReadCard { ticket });
    }

    pub(super) fn card_read_at_desk(&mut self, outcome: Result<Card, CardFault>) {
        let Some(desk) = self.desk() else { return };
        if desk.front != Front::Reading {
            return;
        }
        let presented = match (outcome, desk.key()) {
            (Ok(card), Some(key)) => Presented::Card(person_tag(&key, &card.id)),
            // Without the list nothing is known of anybody.
            (Ok(_), None) => {
                desk.show(Front::ready());
                return self.outbox.bell();
            }
            (Err(fault), _) => Presented::CardFaulty(fault),
        };
        self.present(presented);
    }

    /// Says what is known of what was shown. What the list does not have is looked up in a newer
    /// one first, while the line is up.
    fn present(&mut self, presented: Presented) {
        let (line_up, now) = (self.machine.line_up, self.civil());
        let Some(desk) = self.desk() else { return };
        if matches!(desk.front, Front::Writing { .. }) {
            return self.outbox.bell();
        }
        desk.show(Front::Shown(presented.clone()));
        let finding = desk.finding(now);
        let is_known = finding.as_ref().is_some_and(|finding| finding.entry.is_some());
        if presented.is_looked_up() && !is_known && line_up {
            desk.front = Front::LookingUp(presented);
            return self.ask_day();
        }
        self.ring_at(finding.map(|finding| finding.answer));
    }

    /// Who does not see that something is wrong hears it.
    fn ring_at(&mut self, answer: Option<DeskAnswer>) {
        if answer.is_none_or(|answer| !answer.may_check_in()) {
            self.outbox.bell();
        }
    }

    /// What was looked up is shown with the list that there is now.
    pub(super) fn looked_up(&mut self) {
        let now = self.civil();
        let Some(desk) = self.desk() else { return };
        let Front::LookingUp(presented) = &desk.front else { return };
        desk.front = Front::Shown(presented.clone());
        desk.shown += 1;
        let answer = desk.finding(now).map(|finding| finding.answer);
        self.ring_at(answer);
    }

    /// Asks for the day in figures.
    fn ask_figures(&mut self) {
        let date = self.civil().date();
        let Some(staff) = self.token() else { return };
        if let Some(desk) = self.desk() {
            desk.figures = Listed::Asked;
        }
        let ticket = self.outbox.call(0, Call::AttendanceFigures { staff, date });
        self.outbox.figures = Some(ticket);
    }

    /// The service's answer to a call of the desk; false if it is not the desk's.
    pub(super) fn reply_to_desk(&mut self, ticket: Ticket, reply: &Reply) -> bool {
        if self.reply_to_leftovers(ticket, reply) {
            return true;
        }
        if self.outbox.day == Some(ticket) {
            self.outbox.day = None;
            self.day_came(reply);
        } else if self.outbox.earlier == Some(ticket) {
            self.outbox.earlier = None;
            self.earlier_day_came(reply);
        } else if self.outbox.entries == Some(ticket) {
            self.outbox.entries = None;
            self.entered(reply);
        } else if self.outbox.figures == Some(ticket) {
            self.outbox.figures = None;
            self.figures_came(reply);
        } else {
            return false;
        }
        true
    }

    fn figures_came(&mut self, reply: &Reply) {
        let figures = match reply {
            Ok(Answer::AttendanceFigures(figures)) => Listed::Known(figures.clone()),
            Err(Fault::Problem(problem)) if self.is_of_staff(problem.code) => Listed::Failed,
            Ok(_) | Err(Fault::Gone | Fault::Problem(_)) => Listed::Failed,
        };
        if let Some(desk) = self.desk() {
            desk.figures = figures;
        }
    }

    /// The journal has answered.
    pub fn journal(&mut self, event: JournalEvent) {
        match event {
            JournalEvent::Opened { day, outcome } => self.journal_opened(day, outcome),
            JournalEvent::Written { id, outcome } => self.journal_written(&id, outcome),
            JournalEvent::NotReplaced(_) => self.outbox.bell(),
        }
    }

    /// The line is back: nobody waits any longer.
    pub fn line_is_back(&mut self) {
        self.tell_refusals();
        if self.is_site() { self.resume_desk() } else { self.try_again() }
    }

    /// Once a second, also behind the lock.
    pub(super) fn tick_desk(&mut self) {
        self.keep_day();
        self.keep_earlier_days();
        self.send_due();
        self.keep_leftovers();
    }

    /// The line is back, or somebody has logged in again.
    pub(super) fn resume_desk(&mut self) {
        if let Some(desk) = self.desk() {
            desk.retry.begun();
        }
        self.ask_day();
        self.send_entries();
        self.resume_leftovers();
    }

    /// The desk of whoever logs in anew.
    pub(super) fn is_site(&self) -> bool {
        !self.machine.profile.channel.may_book()
    }
}

impl SiteDesk {
    /// The page after the lot number was typed.
    fn page_after_lot(&mut self) -> SitePage {
        let is_given = std::mem::take(&mut self.leftover.lot_first);
        if is_given { SitePage::Leftover } else { SitePage::Desk }
    }

    /// The key of the day's list.
    pub(super) fn key(&self) -> Option<[u8; 32]> {
        key_bytes(&self.day.as_ref()?.list.key)
    }
}

/// A list's key as bytes.
fn key_bytes(key: &Personal) -> Option<[u8; 32]> {
    hex::decode(key.expose()).ok()?.try_into().ok()
}

fn last_line(desk: &SiteDesk) -> usize {
    let lines = match desk.page {
        SitePage::List => desk.day.as_ref().map_or(0, |day| day.list.entries.len()),
        SitePage::Conflicts => desk.all_conflicts().count(),
        SitePage::Figures => match &desk.figures {
            Listed::Known(figures) => figures.len(),
            Listed::Nothing | Listed::Asked | Listed::Failed => 0,
        },
        SitePage::Desk | SitePage::Lot | SitePage::Leftover => 0,
    };
    lines.saturating_sub(1)
}
