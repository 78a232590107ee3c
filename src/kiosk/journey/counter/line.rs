//! When nothing is free: how the person at the counter waits for a seat, a seat that is held for
//! them, and the code of a text message that offers one.

use super::AtCounter;
use crate::api::problem::{Code, Problem};
use crate::api::waiting::TakeOffer;
use crate::client::calls::{Answer, Call, Fault, Reply};
use crate::domain::personal::Personal;
use crate::domain::staff::Right;
use crate::kiosk::model::submission::Submission;
use crate::kiosk::model::visit::CardState;
use crate::kiosk::screens::counter::numbers::{Numbers, Wrong};
use crate::kiosk::screens::counter::serving::{Step, Waits};
use crate::kiosk::screens::counter::{Desk, Notice};

impl AtCounter<'_> {
    /// Asks how the person waits, if they may wait at all.
    pub(super) fn ask_waiting(&mut self) {
        let Some(staff) = self.token() else { return };
        let machine = &*self.machine;
        let Some(serving) = self.counter.serving_mut() else { return };
        let Some(person) = &serving.visit.person else { return };
        if person.intention().is_none() || serving.refusal(machine).is_some() {
            return;
        }
        let (visit, call) = (serving.visit.id, Call::Waiting { token: person.token.clone() });
        self.outbox.waiting = Some(self.call_as(visit, staff, call));
    }

    /// How they wait. What does not come is asked for again when the waiting list is opened.
    pub(super) fn waiting_came(&mut self, reply: &Reply) {
        let waits = match reply {
            Ok(Answer::Waiting(view)) => Waits::InLine(view.clone()),
            Err(Fault::Problem(problem)) if problem.code == Code::NotFound => Waits::Not,
            Err(Fault::Problem(problem)) if self.is_of_staff(problem.code) => return,
            Ok(_) | Err(Fault::Gone | Fault::Problem(_)) => return,
        };
        let machine = &*self.machine;
        if let Some(serving) = self.counter.serving_mut() {
            serving.waits_are(waits, machine);
        }
        self.ask_lists();
    }

    /// The waiting list instead of a booking.
    pub(super) fn open_line(&mut self) {
        let machine = &*self.machine;
        let Some(serving) = self.counter.serving_mut().filter(|it| it.may_open_line()) else {
            return;
        };
        serving.open_line(machine);
        let is_unknown = serving.waits == Waits::Unknown;
        self.outbox.refreshing = None;
        if is_unknown && self.outbox.waiting.is_none() {
            self.ask_waiting();
        }
        self.ask_lists();
    }

    /// Once a second: a seat that is held no longer is not in the form any more.
    pub(super) fn keep_held(&mut self) {
        let wall = self.machine.now.wall;
        let Some(serving) = self.counter.serving_mut() else { return };
        if serving.step == Step::Open && serving.holds_are_over(wall) {
            self.outbox.bell();
        }
    }

    /// Takes the seat of an offer by its code. Nobody is in front whose form it could be.
    pub(super) fn take_offer(&mut self, code: Personal) {
        let key = format!("{:032x}", self.random);
        let Some(working) = self.working() else { return };
        if !working.duty.may(Right::Book) {
            working.notice = Some(Notice::NoRight);
            return;
        }
        self.begin_person();
        if let Some(serving) = self.counter.serving_mut() {
            serving.visit.card = CardState::Absent;
        }
        self.send(Submission::TakeOffer { ask: TakeOffer { code }, key });
    }

    /// The service does not take a code: it is there again, with why.
    pub(super) fn offer_not_taken(&mut self, code: Personal, problem: &Problem) {
        let wrong = match (problem.code, problem.refusal) {
            (_, Some(refusal)) => Some(Wrong::Refused(refusal)),
            (Code::UnknownPerson, None) => Some(Wrong::Code),
            (Code::TooManyWrong, None) => Some(Wrong::TooOften),
            (_, None) => None,
        };
        // It is known that nothing was done.
        if let Some(serving) = self.counter.serving_mut() {
            serving.step = Step::Open;
        }
        self.leave_person();
        let Some(working) = self.working() else { return };
        match wrong {
            Some(wrong) => working.desk = Desk::Free(Numbers::code_again(code, wrong)),
            None => working.notice = Some(Notice::Problem(problem.code)),
        }
    }
}
