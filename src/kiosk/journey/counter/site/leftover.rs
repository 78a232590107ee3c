//! Doses that are left at the end of the day, at a site's desk: the figures are asked for again and
//! again, staff say how many more there are, and whoever comes with a code gets one if they are in
//! time. All of it needs the line: who was first is known to the service alone.

use super::AtCounter;
use crate::api::attendance::AttendanceStep;
use crate::api::leftovers::{CameForLeftover, DosesLeft, LeftoverGiven};
use crate::api::problem::Code;
use crate::client::calls::{Answer, Call, Fault, Reply};
use crate::domain::leftover::{DOSES_AT_MOST, to_tell};
use crate::domain::personal::Personal;
use crate::kiosk::model::check_in::Presented;
use crate::kiosk::model::counter::CounterAction;
use crate::kiosk::model::retry::Retry;
use crate::kiosk::model::site::SitePage;
use crate::kiosk::model::ticket::Ticket;
use crate::kiosk::screens::counter::leftover::{
    Claim, DoseGiven, DosesSaid, LeftoverField, NoDose, is_code,
};
use crate::kiosk::screens::counter::site::Front;
use crate::kiosk::screens::counter::{Question, site::SiteDesk};
use std::time::Duration;

/// How old the figures may become: on the page, while doses are left, and while none is.
const ON_THE_PAGE: Duration = Duration::from_secs(5);
const SOME_LEFT: Duration = Duration::from_secs(15);
const NONE_LEFT: Duration = Duration::from_secs(60);
/// So many doses are said at once without a question.
const UNASKED: u32 = 10;

impl AtCounter<'_> {
    /// The page of leftover doses is on.
    pub(super) fn leftovers_opened(&mut self) {
        if let Some(desk) = self.desk() {
            desk.leftover.said = DosesSaid::Nothing;
            desk.leftover.field = LeftoverField::Code;
        }
        self.ask_leftovers();
    }

    fn ask_leftovers(&mut self) {
        let uptime = self.machine.now.uptime;
        let Some(staff) = self.token().filter(|_| self.outbox.leftovers.is_none()) else { return };
        let Some(desk) = self.desk() else { return };
        desk.leftover.asked = Some(uptime);
        let ticket = self.outbox.call(0, Call::Leftovers { staff });
        self.outbox.leftovers = Some(ticket);
    }

    /// Once a second: asks for the figures when they are old, and sends a code again that has no
    /// answer.
    pub(super) fn keep_leftovers(&mut self) {
        let (uptime, line_up) = (self.machine.now.uptime, self.machine.line_up);
        let works = self.counter.working().is_some();
        let Some(desk) = self.desk().filter(|desk| works && !desk.no_right) else { return };
        let page = &mut desk.leftover;
        let wait = match page.doses_left() {
            _ if desk.page == SitePage::Leftover => ON_THE_PAGE,
            0 => NONE_LEFT,
            _ => SOME_LEFT,
        };
        let age = page.asked.map(|asked| uptime.saturating_sub(asked));
        let is_due = match &mut page.claim {
            Claim::Asked { retry, .. } if retry.is_due(uptime) => {
                retry.begun();
                true
            }
            Claim::Asked { .. } | Claim::Ready | Claim::Given(_) | Claim::NoDose(_) => false,
        };
        if is_due {
            self.send_code();
        }
        if line_up && age.is_none_or(|age| age >= wait) {
            self.ask_leftovers();
        }
    }

    /// The line is back, or somebody has logged in again.
    pub(super) fn resume_leftovers(&mut self) {
        let Some(desk) = self.desk() else { return };
        if let Claim::Asked { retry, .. } = &mut desk.leftover.claim {
            retry.begun();
            self.send_code();
        }
        self.ask_leftovers();
    }

    /// A key on the page.
    pub(super) fn type_leftover(&mut self, action: CounterAction) {
        let Some(desk) = self.desk() else { return };
        let page = &mut desk.leftover;
        match (page.field, action) {
            (LeftoverField::Code, CounterAction::Enter) => self.enter_code(),
            (LeftoverField::Doses, CounterAction::Enter) => self.enter_doses(),
            (LeftoverField::Code, CounterAction::Type(_) | CounterAction::Erase)
                if page.is_asked() =>
            {
                self.outbox.bell();
            }
            (LeftoverField::Code, CounterAction::Type(digit)) if digit.is_ascii_digit() => {
                page.type_code(digit);
            }
            (LeftoverField::Code, CounterAction::Erase) => page.erase_code(),
            (LeftoverField::Doses, CounterAction::Type(digit))
                if digit.is_ascii_digit() && page.doses.len() < 2 =>
            {
                page.said = DosesSaid::Nothing;
                page.doses.push(digit);
                page.key = None;
            }
            (LeftoverField::Doses, CounterAction::Erase) => {
                page.doses.pop();
                page.key = None;
            }
            _ => {}
        }
    }

    /// From one field to the other.
    pub(super) fn other_leftover_field(&mut self) {
        let Some(desk) = self.desk().filter(|desk| desk.page == SitePage::Leftover) else { return };
        desk.leftover.field = match desk.leftover.field {
            LeftoverField::Code => LeftoverField::Doses,
            LeftoverField::Doses => LeftoverField::Code,
        };
    }

    /// A scanned code of ten digits, on the page.
    pub(super) fn scanned_code(&mut self, code: &str) {
        let Some(desk) = self.desk() else { return };
        if desk.leftover.is_asked() {
            return self.outbox.bell();
        }
        desk.leftover.next();
        desk.leftover.code = Personal::new(code);
        self.enter_code();
    }

    /// Enter sends the code; over an answer it is on to the next person, and what waits is sent at
    /// once.
    fn enter_code(&mut self) {
        let Some(desk) = self.desk() else { return };
        match &mut desk.leftover.claim {
            Claim::Given(_) => return desk.leftover.next(),
            Claim::Asked { retry, .. } => {
                if retry.at.is_some() {
                    retry.begun();
                    self.send_code();
                }
                return;
            }
            Claim::Ready | Claim::NoDose(_) => {}
        }
        if desk.leftover.code.is_empty() {
            return;
        }
        if !is_code(desk.leftover.code.expose()) {
            desk.leftover.claim = Claim::NoDose(NoDose::NotACode);
            return self.outbox.bell();
        }
        let listed = desk.day.iter().flat_map(|day| &day.list.entries).map(|entry| entry.number);
        let came_before = listed.chain(desk.leftover.given.iter().copied()).collect();
        desk.leftover.claim = Claim::Asked { retry: Retry::first(), came_before };
        self.send_code();
    }

    fn send_code(&mut self) {
        let Some(staff) = self.token() else { return };
        let Some(desk) = self.desk() else { return };
        let ask = CameForLeftover { code: desk.leftover.code.clone() };
        self.outbox.came = Some(self.outbox.call(0, Call::CameForLeftover { staff, ask }));
    }

    /// The service's answer to a code.
    fn came_answered(&mut self, reply: &Reply) {
        let (uptime, random) = (self.machine.now.uptime, self.random);
        let Some(desk) = self.desk() else { return };
        let Claim::Asked { retry, came_before } = &mut desk.leftover.claim else { return };
        let no_dose = match reply {
            Ok(Answer::LeftoverGiven(given)) => {
                let is_again = came_before.contains(&given.number);
                return self.dose_given(given, is_again);
            }
            Ok(_) | Err(Fault::Gone) => return retry.failed(uptime, None, random),
            Err(Fault::Problem(problem)) if problem.code.will_pass() => {
                return retry.failed(uptime, problem.retry_after, random);
            }
            // It is sent again by whoever logs in next.
            Err(Fault::Problem(problem)) if problem.code == Code::StaffSessionOver => {
                retry.failed(uptime, None, random);
                self.is_of_staff(problem.code);
                return;
            }
            Err(Fault::Problem(problem)) => match (problem.code, problem.refusal) {
                (_, Some(refusal)) => NoDose::Refused(refusal),
                (Code::UnknownPerson, None) => NoDose::UnknownCode,
                (code, None) => NoDose::Failed(code),
            },
        };
        desk.leftover.claim = Claim::NoDose(no_dose);
        desk.shown += 1;
        self.outbox.bell();
        if let NoDose::Failed(code) = no_dose
            && self.is_of_staff(code)
        {
            self.has_right(code != Code::RightMissing);
        }
        self.ask_leftovers();
    }

    /// They are checked in: the day's list is renewed, so that it has them too. Who shows a code
    /// once more is answered by that list, as everybody who is in already.
    fn dose_given(&mut self, given: &LeftoverGiven, is_again: bool) {
        let Some(desk) = self.desk() else { return };
        desk.shown += 1;
        desk.leftover.view = Some(given.doses);
        desk.leftover.code = Personal::default();
        let (number, name_masked) = (given.number, given.name_masked.clone());
        let is_busy = matches!(desk.front, Front::Writing { .. });
        if is_again && !is_busy {
            desk.leftover.claim = Claim::Ready;
            return self.present(Presented::Number(number));
        }
        desk.leftover.claim = Claim::Given(DoseGiven { number, name_masked });
        desk.leftover.given.push(number);
        // The last entry of this desk is theirs now, and cannot be taken back here.
        desk.last = None;
        self.ask_day();
    }

    /// Enters a step of whoever was given a dose on the page.
    pub(super) fn enter_given(&mut self, step: AttendanceStep) {
        let Some(desk) = self.desk() else { return };
        if !desk.may_enter_given() {
            return;
        }
        let Claim::Given(given) = std::mem::take(&mut desk.leftover.claim) else { return };
        self.keep(step, given.number, Presented::Number(given.number), given.name_masked);
    }

    /// Enter sends how many more are left; many of them, and that none is, after a question.
    fn enter_doses(&mut self) {
        let Some(desk) = self.desk() else { return };
        let page = &desk.leftover;
        if page.said == DosesSaid::Asked || page.doses.is_empty() {
            return;
        }
        match page.doses.parse::<u32>() {
            Ok(doses) if (1..=UNASKED).contains(&doses) => self.say_doses(doses),
            Ok(doses) if doses <= DOSES_AT_MOST => {
                if let Some(working) = self.working() {
                    working.asked = Some(Question::DosesLeft { doses, people: to_tell(doses) });
                }
            }
            Ok(_) | Err(_) => self.outbox.bell(),
        }
    }

    /// Says that so many more are left: those who are first in the line are told. Pressed again
    /// over no answer it is the same, and counts once.
    pub fn say_doses(&mut self, doses: u32) {
        let random = self.random;
        let Some(staff) = self.token() else { return };
        let Some(desk) = self.desk() else { return };
        desk.leftover.said = DosesSaid::Asked;
        let key = desk.leftover.key.get_or_insert_with(|| format!("{random:032x}")).clone();
        let say = Call::SayDosesLeft { staff, ask: DosesLeft { doses }, key };
        self.outbox.doses = Some(self.outbox.call(0, say));
    }

    fn doses_answered(&mut self, reply: &Reply) {
        let Some(desk) = self.desk() else { return };
        let page = &mut desk.leftover;
        page.said = match reply {
            Ok(Answer::Leftovers(view)) => {
                page.view = Some(*view);
                let none = page.doses.parse() == Ok(0_u32);
                page.forget_doses();
                page.field = LeftoverField::Code;
                if none { DosesSaid::NoneLeft } else { DosesSaid::Told(view.told) }
            }
            Ok(_) | Err(Fault::Gone) => DosesSaid::Unsure,
            Err(Fault::Problem(problem)) if problem.code == Code::NotFound => DosesSaid::NoSlot,
            // Busy, it may have been done all the same.
            Err(Fault::Problem(problem)) if problem.code == Code::Unavailable => DosesSaid::Unsure,
            Err(Fault::Problem(problem)) => DosesSaid::Failed(problem.code),
        };
        if let DosesSaid::Failed(code) = page.said
            && self.is_of_staff(code)
        {
            self.has_right(code != Code::RightMissing);
        }
        if !matches!(reply, Ok(Answer::Leftovers(_))) {
            // Over no answer it stays, to be sent again; else whoever says it again types it again.
            if let Some(desk) = self.desk().filter(|desk| desk.leftover.said != DosesSaid::Unsure) {
                desk.leftover.forget_doses();
            }
            self.outbox.bell();
            self.ask_leftovers();
        }
    }

    fn figures_of_leftovers(&mut self, reply: &Reply) {
        match reply {
            Ok(Answer::Leftovers(view)) => {
                if let Some(desk) = self.desk() {
                    desk.leftover.view = Some(*view);
                }
            }
            Err(Fault::Problem(problem)) if self.is_of_staff(problem.code) => {
                self.has_right(problem.code != Code::RightMissing);
            }
            // What is on the screen stays, and is asked for again.
            Ok(_) | Err(Fault::Gone | Fault::Problem(_)) => {}
        }
    }

    /// An answer about leftover doses; false if it is none.
    pub(super) fn reply_to_leftovers(&mut self, ticket: Ticket, reply: &Reply) -> bool {
        if self.outbox.leftovers == Some(ticket) {
            self.outbox.leftovers = None;
            self.figures_of_leftovers(reply);
        } else if self.outbox.came == Some(ticket) {
            self.outbox.came = None;
            self.came_answered(reply);
        } else if self.outbox.doses == Some(ticket) {
            self.outbox.doses = None;
            self.doses_answered(reply);
        } else {
            return false;
        }
        true
    }
}

impl SiteDesk {
    /// F12 and Escape on the page: first on to the next code, then back to the desk. What was sent
    /// and has no answer is given up.
    pub(super) fn leave_leftover(&mut self) {
        let page = &mut self.leftover;
        if page.claim == Claim::Ready && page.code.is_empty() {
            if page.field == LeftoverField::Doses {
                page.forget_doses();
                page.field = LeftoverField::Code;
                return;
            }
            self.page = SitePage::Desk;
        } else {
            page.next();
        }
    }
}
