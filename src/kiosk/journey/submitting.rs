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
        if let (Screen::Submitting(submitting), Some(person)) = (&*self.screen, &self.visit.person)
        {
            let call = submitting.submission.call(person.token.clone());
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
            Err(Fault::Problem(problem)) => self.turned_down(&problem),
        }
    }

    fn done(&mut self, submission: &Submission, answer: Answer) {
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
            // An answer to another question says nothing of this one: the same is sent again.
            (
                Submission::Book { .. }
                | Submission::Reschedule(_)
                | Submission::Cancel(_)
                | Submission::Register(_)
                | Submission::Withdraw
                | Submission::AskToWait(_)
                | Submission::LeaveLine
                | Submission::TakeOffer { .. },
                _,
            ) => return self.retry_later(None),
        };
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
        match problem.refusal {
            Some(Refusal::SlotFull | Refusal::SlotGone) => {
                self.outbox.bell();
                match self.visit.errand.as_ref().map(Errand::route) {
                    Some(Route::Offer) => self.offer_again(OfferAfter::Taken),
                    Some(Route::Questions | Route::OtherTime | Route::OtherPlace) | None => {
                        self.ask_slot(true);
                    }
                }
            }
            Some(Refusal::AlreadyBooked) => self.wait_for(PendingCall::StandingAfterRefusal),
            _ => self.refused(problem),
        }
    }
}
