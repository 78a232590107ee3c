//! The counter: what its staff's keys and touches lead to, and what happens to it. Everything that
//! needs the counter is written on [`AtCounter`], by topic: `gate` logs staff in, locks and logs
//! out; `refusals` tells what cards have refused; `citizen` serves one person after another;
//! `turned` is the page that is turned to them; `sending` sends what was entered; `line` is for
//! when nothing is free; `users` is for managers; `site` is the desk of a vaccination site.

mod citizen;
mod gate;
mod line;
mod refusals;
mod sending;
mod site;
mod turned;
mod users;

use super::outbox::Outbox;
use crate::api::sessions::SessionToken;
use crate::client::calls::Call;
use crate::domain::personal::Personal;
use crate::kiosk::model::counter::{CounterAction, LockCause, Tab};
use crate::kiosk::model::effect::Effect;
use crate::kiosk::model::machine::Machine;
use crate::kiosk::model::printing::{Paper, Printing};
use crate::kiosk::model::ticket::Ticket;
use crate::kiosk::screens::counter::serving::{Serving, Step};
use crate::kiosk::screens::counter::{Counter, CounterScreen, Notice, Question, Working};
use crate::kiosk::screens::overlay::Overlay;

/// The counter, with all that it may change.
pub(super) struct AtCounter<'a> {
    pub counter: &'a mut Counter,
    pub machine: &'a mut Machine,
    pub overlay: &'a mut Option<Overlay>,
    pub outbox: &'a mut Outbox,
    /// How many people have been served.
    pub visits: &'a mut u64,
    /// Random bits of this event.
    pub random: u128,
}

impl AtCounter<'_> {
    pub fn act(&mut self, action: CounterAction) {
        match self.counter.screen {
            CounterScreen::LoggedOut(_) | CounterScreen::Locked { .. } => self.log_in(action),
            CounterScreen::Working(_) => self.work(action),
        }
    }

    /// A card was put into the citizens' reader.
    pub fn card_in(&mut self) {
        self.machine.card_in = true;
        self.machine.reader_lost = false;
        if self.reads_staff_by_nhi_card() {
            return;
        }
        self.counter.unread_card = self.working().is_none();
        if self.counter.unread_card {
            return;
        }
        if self.is_site() { self.card_came_to_desk() } else { self.card_came() }
    }

    fn work(&mut self, action: CounterAction) {
        let Some(working) = self.counter.working_mut() else { return };
        working.notice = None;
        if action == CounterAction::Lock {
            // Nobody could unlock it again.
            if working.desk.site().is_some() && !self.machine.line_up {
                working.asked = Some(Question::LockOffline);
                return;
            }
            return self.lock(LockCause::Pressed);
        }
        if let Some(question) = working.asked {
            return self.answered(question, action);
        }
        if working.citizen_side {
            return self.on_citizen_side(action);
        }
        if working.desk.site().is_some() {
            return self.at_desk(action);
        }
        match action {
            CounterAction::Tab(tab) => self.open(tab),
            CounterAction::CitizenSide => working.citizen_side = working.tab.serves(),
            // What was sent has no answer: that is asked first.
            CounterAction::LogOut => {
                let is_unsure = working.desk.serving().is_some_and(Serving::is_unsure);
                let question = if is_unsure { Question::LeaveUnsure } else { Question::LogOut };
                working.asked = Some(question);
            }
            CounterAction::NextPerson => self.next_person(),
            CounterAction::Print => self.print(),
            action => match working.tab {
                Tab::Book | Tab::Change | Tab::Register => self.serve(action),
                Tab::Today => working.search(action),
                Tab::Manage => self.manage(action),
            },
        }
    }

    /// Opens a page. What was entered on the one before waits there.
    fn open(&mut self, tab: Tab) {
        let Some(working) = self.counter.working_mut() else { return };
        if !working.duty.may_open(tab) {
            working.notice = Some(Notice::NoRight);
            return;
        }
        self.end_adding();
        // A list that was asked for another form comes to nobody.
        self.outbox.refreshing = None;
        let Some(working) = self.counter.working_mut() else { return };
        working.tab = tab;
        (working.at, working.staff.at) = (0, 0);
        working.staff.figures = None;
        working.search = Personal::default();
        if let Some(serving) = working.desk.serving_mut() {
            // The next page after a result shows how the person stands now.
            if matches!(serving.step, Step::Done(_)) && tab.serves() {
                serving.step = Step::Open;
            }
            serving.open(tab, self.machine);
        }
        match tab {
            Tab::Book | Tab::Change | Tab::Register => self.ask_lists(),
            Tab::Manage => self.ask_users(),
            Tab::Today => {}
        }
    }

    /// Yes by Enter, no by Escape; nothing else.
    fn answered(&mut self, question: Question, action: CounterAction) {
        let yes = match action {
            CounterAction::Enter => true,
            CounterAction::Escape => false,
            _ => return,
        };
        if let Some(working) = self.counter.working_mut() {
            working.asked = None;
        }
        match question {
            _ if !yes => {}
            Question::Cancel | Question::Withdraw | Question::LeaveLine => self.give_up(question),
            Question::LeaveUnsure => self.leave_unsure(),
            Question::LogOut => self.log_out(),
            Question::LockOffline => self.lock(LockCause::Pressed),
            Question::WithdrawStaff => self.save_user(true),
            Question::DosesLeft { doses, .. } => self.say_doses(doses),
        }
    }

    /// The receipt on paper: of what was just booked, of the booking that is there, or of a line of
    /// the day's list.
    fn print(&mut self) {
        let training = self.machine.profile.training;
        let cancels_elsewhere = !self.machine.profile.channel.may_cancel();
        let Some(working) = self.counter.working_mut() else { return };
        let again = working.tab == Tab::Today;
        let Some((booking, language)) = working.printable() else { return };
        let may_begin = working.printing.may_begin() || again && working.printing == Printing::Done;
        if !may_begin {
            return;
        }
        let paper = Paper { booking, language, training, cancels_elsewhere };
        let ticket = self.outbox.ticket(0);
        working.printing = Printing::Running(ticket);
        self.outbox.push(Effect::Print { ticket, paper: Box::new(paper) });
    }

    /// The printer has answered.
    pub fn printed(
        &mut self,
        ticket: Ticket,
        outcome: Result<(), crate::devices::printer::PrintFault>,
    ) {
        match &mut self.counter.screen {
            CounterScreen::Working(working) | CounterScreen::Locked { working, .. } => {
                working.printing.finish(ticket, outcome);
            }
            CounterScreen::LoggedOut(_) => {}
        }
    }

    /// A call by the staff member who is logged in.
    fn call_as(&mut self, visit: u64, staff: SessionToken, call: Call) -> Ticket {
        self.outbox.call(visit, Call::AsStaff { staff, call: Box::new(call) })
    }

    /// The token of whoever works, also behind the lock.
    fn token(&self) -> Option<SessionToken> {
        match &self.counter.screen {
            CounterScreen::Working(working) | CounterScreen::Locked { working, .. } => {
                Some(working.duty.session.token.clone())
            }
            CounterScreen::LoggedOut(_) => None,
        }
    }

    fn working(&mut self) -> Option<&mut Working> {
        self.counter.working_mut()
    }
}
