//! Sending what was confirmed until there is an answer, and what the answer does.

use super::visiting::Visiting;
use crate::api::problem::{Code, Problem};
use crate::client::calls::{Answer, Fault, Reply};
use crate::domain::refusal::Refusal;
use crate::kiosk::model::errand::{Errand, Route};
use crate::kiosk::model::retry::Retry;
use crate::kiosk::model::submission::Submission;
use crate::kiosk::screens::Screen;
use crate::kiosk::screens::farewell::Reason;
use crate::kiosk::screens::notice::Notice;
use crate::kiosk::screens::receipt::Receipt;
use crate::kiosk::screens::submitting::Submitting;
use crate::kiosk::screens::waiting::{OfferAfter, PendingCall};

impl Visiting<'_> {
    /// Sends the draft. Its key is made of this press's random bits.
    pub fn submit(&mut self) {
        let (language, key) = (self.visit.language, self.random);
        if self.visit.group.is_some() {
            if let Some(submission) = self.group_submission() {
                self.send(submission);
            }
            return;
        }
        let errand = self.visit.errand.as_ref();
        if let Some(submission) = errand.and_then(|errand| errand.submission(language, key)) {
            self.send(submission);
        }
    }

    /// Sends something, and goes on sending it until there is an answer.
    pub fn send(&mut self, submission: Submission) {
        self.show(Screen::Submitting(Submitting { submission, retry: Retry::first() }));
        self.send_again();
    }

    /// What is sent again is the same: a booking keeps the key that it was given when the person
    /// pressed the button.
    pub fn send_again(&mut self) {
        let Screen::Submitting(submitting) = &*self.screen else { return };
        if let Some(call) = submitting.submission.call(&self.visit.tokens()) {
            let ticket = self.outbox.call(self.visit.id, call);
            self.outbox.awaited = Some(ticket);
        }
    }

    /// What became of what was sent.
    pub fn submitted(&mut self, submission: &Submission, reply: Reply) {
        match reply {
            Ok(answer) => self.done(submission, answer),
            // No answer: it may have been done. The same is sent again.
            Err(Fault::Gone) => self.retry_later(None),
            Err(Fault::Problem(problem)) if problem.code.will_pass() => {
                self.retry_later(problem.retry_after);
            }
            Err(Fault::Problem(problem)) if matches!(submission, Submission::TakeOffer { .. }) => {
                self.code_turned_down(&problem);
            }
            Err(Fault::Problem(problem)) => self.turned_down(&problem),
        }
    }

    /// What was done for several people, or for nobody who is known; `false` if it is neither.
    fn done_for_others(&mut self, submission: &Submission, answer: &Answer) -> bool {
        match (submission, answer) {
            (Submission::Together { .. }, Answer::BookedTogether(booked)) => {
                self.booked_together(booked.bookings.clone())
            }
            (Submission::TakeOffer { .. }, Answer::Booked(booking)) => {
                self.taken_by_code(*booking.clone());
                true
            }
            _ => false,
        }
    }

    fn done(&mut self, submission: &Submission, answer: Answer) {
        if self.done_for_others(submission, &answer) {
            return;
        }
        let Some(person) = &mut self.visit.person else { return };
        let screen = match (submission, answer) {
            (Submission::Book { .. } | Submission::Reschedule(_), Answer::Booked(booking)) => {
                let receipt = Receipt::new(&booking, false);
                person.has_booking(Some(*booking));
                Screen::Receipt(receipt)
            }
            (Submission::Cancel(_), Answer::Cancelled) => {
                person.has_booking(None);
                Screen::Notice(Notice::Cancelled)
            }
            (Submission::Register(_), Answer::Intention(view)) => {
                person.has_intention(Some(*view));
                Screen::Intention { existing: false }
            }
            (Submission::Withdraw, Answer::Withdrawn) => {
                person.has_intention(None);
                Screen::Notice(Notice::Withdrawn)
            }
            (Submission::Wait(_), Answer::Waiting(waiting)) => {
                // A seat may have come free in the same moment.
                person.waits(Some(waiting));
                Screen::Line { asked: true }
            }
            (Submission::LeaveLine, Answer::LeftLine) => {
                person.waits(None);
                Screen::Notice(Notice::LeftLine)
            }
            (Submission::TellOfLeftovers(_), Answer::ToBeTold) => Screen::Notice(Notice::ToBeTold),
            (Submission::LeaveLeftovers, Answer::NotToBeTold) => {
                Screen::Notice(Notice::NotToBeTold)
            }
            // An answer to another question says nothing of this one: the same is sent again.
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
        let has_offer = screen == Screen::Line { asked: true } && person.offer().is_some();
        if has_offer {
            return self.show_held();
        }
        self.show(screen);
    }

    /// The service said no, and will go on saying so.
    fn turned_down(&mut self, problem: &Problem) {
        if problem.code == Code::SessionOver {
            // The screen stays, so that the farewell says that the answer is not known.
            self.end(Reason::TimeUp);
            return;
        }
        if let Some(person) = &mut self.visit.person {
            person.stale = true;
        }
        if self.visit.group.is_some() {
            return self.group_turned_down(problem);
        }
        match problem.refusal {
            Some(Refusal::SlotFull | Refusal::SlotGone) => {
                self.outbox.bell();
                match self.visit.errand.as_ref().map(Errand::route) {
                    Some(Route::Offer) => self.offer_again(OfferAfter::Taken),
                    Some(Route::Held) => self.held_is_gone(problem),
                    Some(
                        Route::Questions
                        | Route::OtherTime
                        | Route::OtherPlace
                        | Route::Together
                        | Route::TogetherElsewhere,
                    )
                    | None => {
                        self.ask_slot(true);
                    }
                }
            }
            Some(Refusal::AlreadyBooked) => self.wait_for(PendingCall::StandingAfterRefusal),
            _ => self.refused(problem),
        }
    }
}
