//! Sending what was entered until there is an answer, and what the answer does.

use super::AtCounter;
use super::citizen::entry;
use crate::api::bookings::CancelBooking;
use crate::api::problem::{Code, Problem};
use crate::client::calls::{Answer, Call, Fault, Reply};
use crate::domain::personal::Personal;
use crate::domain::refusal::Refusal;
use crate::kiosk::model::counter::{Deed, LockCause, Tab};
use crate::kiosk::model::printing::Printing;
use crate::kiosk::model::retry::Retry;
use crate::kiosk::model::submission::Submission;
use crate::kiosk::model::ticket::Ticket;
use crate::kiosk::screens::counter::form::{Purpose, Wrong};
use crate::kiosk::screens::counter::serving::{Done, Step, Waits};
use crate::kiosk::screens::counter::{CounterScreen, Desk, Notice, Question};
use crate::kiosk::widgets::qr::Codes;

impl AtCounter<'_> {
    /// Sends the form, if nothing of it is missing. Its key is made of this press's random bits.
    pub fn submit(&mut self) {
        let key = self.random;
        let Some(serving) = self.counter.serving_mut() else { return };
        let (language, told) = (serving.visit.language, serving.visit.agreed);
        let consent = serving.consent;
        let Some(form) = serving.form_mut() else { return };
        // What is typed in the field is part of what is sent.
        if !form.take_typed() {
            return self.outbox.bell();
        }
        match form.submission(language, key) {
            Err(field) => {
                form.focus(field);
                form.wrong = Some(Wrong::Missing(field));
                self.outbox.bell();
            }
            // That they agreed is noted by the service with the session.
            Ok(submission) if consent && !told => self.ask_standing(Some(submission)),
            Ok(submission) => self.send(submission),
        }
    }

    /// Asks before a booking is cancelled or a registration withdrawn.
    pub fn ask_to_give_up(&mut self) {
        let Some(working) = self.counter.working_mut() else { return };
        let Desk::Serving(serving) = &working.desk else { return };
        let Some(person) = &serving.visit.person else { return };
        let waits = matches!(serving.waits, Waits::InLine(_));
        working.asked = match working.tab {
            Tab::Book if serving.is_on_line() && waits => Some(Question::LeaveLine),
            Tab::Change if person.booking().is_some() => Some(Question::Cancel),
            Tab::Register if person.intention().is_some() => Some(Question::Withdraw),
            Tab::Book | Tab::Change | Tab::Register | Tab::Today | Tab::Manage => return,
        };
    }

    pub fn give_up(&mut self, question: Question) {
        let Some(serving) = self.counter.serving_mut() else { return };
        let language = serving.visit.language;
        let booking = serving.visit.person.as_ref().and_then(|person| person.booking());
        let submission = match question {
            Question::Cancel => booking.map(|booking| {
                Submission::Cancel(CancelBooking { number: booking.number, language })
            }),
            Question::Withdraw => Some(Submission::Withdraw),
            Question::LeaveLine => Some(Submission::LeaveLine),
            Question::LeaveUnsure
            | Question::LogOut
            | Question::LockOffline
            | Question::WithdrawStaff
            | Question::DosesLeft { .. } => None,
        };
        if let Some(submission) = submission {
            self.send(submission);
        }
    }

    pub fn send(&mut self, submission: Submission) {
        if let Some(serving) = self.counter.serving_mut() {
            serving.step = Step::Sending { submission, retry: Retry::first() };
            self.send_again();
        }
    }

    /// What is sent again is the same: a booking keeps the key that it was given at the press.
    fn send_again(&mut self) {
        let token = self.token();
        let (Some(serving), Some(token)) = (self.counter.serving_mut(), token) else { return };
        let Step::Sending { submission, .. } = &serving.step else { return };
        let Some(call) = submission.call(&serving.visit.tokens()) else { return };
        let visit = serving.visit.id;
        let ticket = self.call_as(visit, token, call);
        self.outbox.awaited = Some(ticket);
    }

    /// The service's answer to what is waited for. One that nobody waits for is dropped, so nothing
    /// of one person can come to the next.
    pub fn reply(&mut self, ticket: Ticket, reply: Reply) {
        // A session of whoever has given up logging in meanwhile is nobody's.
        if let Ok(Answer::StaffSession(opened)) = &reply
            && self.outbox.log_in != Some(ticket)
        {
            let staff = opened.token.clone();
            self.outbox.call(0, Call::CloseStaffSession { staff });
            return;
        }
        if self.reply_to_desk(ticket, &reply) {
            return;
        }
        if self.outbox.telling == Some(ticket) {
            self.refusal_told(&reply);
        } else if self.outbox.log_in == Some(ticket) {
            self.log_in_reply(reply);
        } else if self.outbox.users == Some(ticket) {
            self.users_reply(reply);
        } else if self.outbox.institution == Some(ticket) {
            self.institution_figures_came(&reply);
        } else if self.outbox.waiting == Some(ticket) {
            self.outbox.waiting = None;
            self.waiting_came(&reply);
        } else if self.outbox.seats == Some(ticket) {
            self.outbox.seats = None;
            if let Ok(Answer::Seats(seats)) = reply {
                self.machine.seats = seats;
            }
        } else if self.outbox.refreshing == Some(ticket) {
            self.outbox.refreshing = None;
            self.list_came(reply);
        } else if self.outbox.awaited == Some(ticket) {
            self.outbox.awaited = None;
            let Some(serving) = self.counter.serving_mut() else { return };
            match &serving.step {
                Step::Asking { then, .. } => {
                    let then = then.clone();
                    self.standing_came(reply, then);
                }
                Step::Sending { submission, .. } => {
                    let submission = submission.clone();
                    self.submitted(submission, reply);
                }
                Step::Reading | Step::Faulty(_) | Step::Failed(_) | Step::Open | Step::Done(_) => {}
            }
        }
    }

    fn submitted(&mut self, submission: Submission, reply: Reply) {
        match reply {
            Ok(answer) => self.done(&submission, answer),
            // No answer: it may have been done. The same is sent again.
            Err(Fault::Gone) => self.retry_later(None),
            Err(Fault::Problem(problem)) if problem.code.will_pass() => {
                self.retry_later(problem.retry_after);
            }
            // The person's session was over: another one is opened, and the same is sent.
            Err(Fault::Problem(problem)) if problem.code == Code::SessionOver => {
                self.ask_standing(Some(submission));
            }
            Err(Fault::Problem(problem)) if self.is_of_staff(problem.code) => {}
            Err(Fault::Problem(problem)) => self.turned_down(&submission, &problem),
        }
    }

    fn done(&mut self, submission: &Submission, answer: Answer) {
        let wall = self.machine.now.wall;
        let (CounterScreen::Working(working) | CounterScreen::Locked { working, .. }) =
            &mut self.counter.screen
        else {
            return;
        };
        let Desk::Serving(serving) = &mut working.desk else { return };
        let (deed, done) = match (submission, answer) {
            (
                Submission::Book { .. } | Submission::Reschedule(_) | Submission::TakeOffer { .. },
                Answer::Booked(booking),
            ) => {
                let moved = matches!(submission, Submission::Reschedule(_));
                let codes = Codes::new(&booking.receipt);
                if let Some(person) = &mut serving.visit.person {
                    person.has_booking(Some((*booking).clone()));
                }
                let deed = if moved { Deed::Moved } else { Deed::Booked };
                (deed, Done::Booked { booking: *booking, moved, codes })
            }
            (Submission::Cancel(_), Answer::Cancelled) => (Deed::Cancelled, Done::Cancelled),
            (Submission::Register(_), Answer::Intention(view)) => {
                if let Some(person) = &mut serving.visit.person {
                    person.has_intention(Some((*view).clone()));
                }
                (Deed::Registered, Done::Registered(*view))
            }
            (Submission::Withdraw, Answer::Withdrawn) => (Deed::Withdrawn, Done::Withdrawn),
            (Submission::Wait(_), Answer::Waiting(view)) => (Deed::Waits, Done::Waits(view)),
            (Submission::LeaveLine, Answer::LeftLine) => (Deed::LeftLine, Done::LeftLine),
            // An answer to another question says nothing of this one: the same is sent again. A
            // counter sends for one person at a time, and tells nobody of leftover doses.
            (
                Submission::Book { .. }
                | Submission::Together { .. }
                | Submission::Reschedule(_)
                | Submission::Cancel(_)
                | Submission::Register(_)
                | Submission::Withdraw
                | Submission::Wait(_)
                | Submission::LeaveLine
                | Submission::TakeOffer { .. }
                | Submission::TellOfLeftovers(_)
                | Submission::LeaveLeftovers,
                _,
            ) => return self.retry_later(None),
        };
        let mut entry = entry(wall, deed, serving);
        if let Done::Booked { booking, .. } = &done {
            entry.number = Personal::new(booking.number.to_string());
            entry.booking = Some(Box::new(booking.clone()));
        }
        working.duty.note(entry);
        working.printing = Printing::NotYet;
        serving.is_done(done);
        self.outbox.bell();
    }

    /// The service said no, and will go on saying so.
    fn turned_down(&mut self, submission: &Submission, problem: &Problem) {
        self.outbox.bell();
        if let Submission::TakeOffer { ask, .. } = submission {
            return self.offer_not_taken(ask.code.clone(), problem);
        }
        let Some(serving) = self.counter.serving_mut() else { return };
        serving.step = Step::Open;
        match problem.refusal {
            Some(Refusal::SlotFull | Refusal::SlotGone) => {
                // Another page may be on by now.
                let moved = matches!(submission, Submission::Reschedule(_));
                let form = serving.form_for(|purpose| match purpose {
                    Purpose::Book => !moved,
                    Purpose::Move(_) => moved,
                    Purpose::Register | Purpose::Wait => false,
                });
                if let Some(form) = form {
                    form.slot_is_taken();
                }
                self.ask_lists();
            }
            // How they stand has changed since it was asked.
            Some(_) => self.ask_standing(None),
            None => {
                if let Some(working) = self.working() {
                    working.notice = Some(Notice::Problem(problem.code));
                }
            }
        }
    }

    /// Whether a problem is the staff member's, and what follows from it.
    pub fn is_of_staff(&mut self, code: Code) -> bool {
        match code {
            // The work waits until they have logged in again.
            Code::StaffSessionOver => {
                self.retry_later(None);
                self.lock(LockCause::SessionOver);
            }
            Code::StaffWithdrawn => self.log_out_with(Some(code)),
            Code::RightMissing => {
                if let Some(serving) = self.counter.serving_mut() {
                    serving.step = Step::Open;
                }
                if let Some(working) = self.working() {
                    working.notice = Some(Notice::NoRight);
                }
            }
            _ => return false,
        }
        true
    }

    /// No answer: it is asked again after a while, at the earliest when the service says, in
    /// seconds.
    pub fn retry_later(&mut self, at_least: Option<u32>) {
        let (uptime, random) = (self.machine.now.uptime, self.random);
        if let Some(retry) = self.counter.serving_mut().and_then(|serving| serving.retry_mut()) {
            retry.failed(uptime, at_least, random);
        }
    }

    /// Asks again what waits for its next attempt.
    pub fn try_again(&mut self) {
        let Some(serving) = self.counter.serving_mut() else { return };
        let asking = matches!(serving.step, Step::Asking { .. });
        let Some(retry) = serving.retry_mut().filter(|retry| retry.at.is_some()) else { return };
        retry.begun();
        if asking { self.ask_standing_again() } else { self.send_again() }
    }

    /// What waited while the counter was locked goes on.
    pub fn resume(&mut self) {
        self.try_again();
        self.ask_lists();
        if let Some(working) = self.working()
            && working.tab == Tab::Manage
        {
            self.ask_users();
        }
        let reading_is_over = self
            .counter
            .serving_mut()
            .is_some_and(|serving| serving.step == Step::Open && serving.form().is_none());
        if reading_is_over {
            self.show_standing();
        }
    }

    /// Once a second, also behind the lock.
    pub fn tick(&mut self) {
        let (uptime, wall) = (self.machine.now.uptime, self.machine.now.wall);
        // Without a line nobody could log in again, and a desk has to go on.
        let may_log_in = !self.is_site() || self.machine.line_up;
        let is_over = self.working().is_some_and(|working| working.duty.session.expires <= wall);
        if is_over && may_log_in {
            self.lock(LockCause::SessionOver);
        }
        let retry = self.counter.serving_mut().and_then(|serving| serving.retry_mut());
        if retry.is_some_and(|retry| retry.is_due(uptime)) && self.working().is_some() {
            self.try_again();
        }
        if self.is_site() {
            return self.tick_desk();
        }
        if self.working().is_some() {
            self.keep_lists();
            self.keep_held();
        }
    }
}
