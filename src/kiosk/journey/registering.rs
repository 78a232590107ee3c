//! Registering an intention (意願登記), and changing or withdrawing it.

use super::path::Step;
use super::visiting::Visiting;
use crate::kiosk::model::errand::Errand;
use crate::kiosk::model::submission::Submission;
use crate::kiosk::screens::Screen;
use crate::kiosk::screens::brands::{BrandPick, BrandsAnswer};
use crate::kiosk::screens::farewell::Reason;
use crate::kiosk::screens::intention::IntentionAnswer;
use crate::kiosk::screens::question::{Question, QuestionAnswer};

impl Visiting<'_> {
    /// What is registered is shown; otherwise one registers, if one may.
    pub fn wants_to_register(&mut self) {
        let Some(person) = &self.visit.person else { return };
        let refusal = person.registering_refusal(self.machine.now.wall);
        if person.intention().is_some() {
            self.show(Screen::Intention { existing: true });
        } else if let Some(refusal) = refusal {
            self.why_not(refusal);
        } else {
            self.begin_errand(Errand::registering());
        }
    }

    /// The vaccines: as chosen a moment ago, or at the registration before, or all.
    pub fn ask_brands(&mut self) {
        let person = self.visit.person.as_ref();
        let waited = person.and_then(|person| person.waiting.as_ref());
        let waited = waited.map(|waiting| waiting.wish.brands.clone());
        let chosen = match &self.visit.errand {
            Some(Errand::Registering(draft)) if !draft.brands.is_empty() => draft.brands.clone(),
            Some(Errand::Waiting(draft)) if !draft.wish.brands.is_empty() => {
                draft.wish.brands.clone()
            }
            Some(Errand::Waiting(_)) if waited.is_some() => waited.unwrap_or_default(),
            Some(
                Errand::Booking(_)
                | Errand::Registering(_)
                | Errand::Rescheduling(_)
                | Errand::Waiting(_)
                | Errand::Leftovers(_),
            )
            | None => {
                let intention = self.visit.person.as_ref().and_then(|person| person.intention());
                intention.map(|intention| intention.brands.clone()).unwrap_or_default()
            }
        };
        let round = self.machine.round.as_ref().map(|round| round.brands.clone());
        let mut round = round.unwrap_or_default();
        // Whoever waits can only be given what they registered for.
        let registered = person.and_then(|person| person.intention());
        if let Some(registered) = registered.filter(|_| self.visit.waits()) {
            round.retain(|brand| registered.brands.contains(brand));
        }
        self.show(Screen::Brands(BrandPick::new(&round, &chosen)));
    }

    pub fn brands(&mut self, answer: BrandsAnswer) {
        match answer {
            BrandsAnswer::Chosen(brands) => {
                if let Some(Errand::Registering(draft)) = &mut self.visit.errand {
                    draft.brands = brands;
                } else if let Some(wish) = self.visit.errand.as_mut().and_then(Errand::wish_mut) {
                    wish.brands = brands;
                }
                self.forward_from(Step::Brands);
            }
            BrandsAnswer::OneMustStay => self.outbox.bell(),
        }
    }

    pub fn intention(&mut self, answer: IntentionAnswer) {
        match answer {
            IntentionAnswer::Done => self.end(Reason::Finished),
            IntentionAnswer::ToServices => self.services(),
            IntentionAnswer::Change => self.begin_errand(Errand::registering()),
            IntentionAnswer::Withdraw => self.show(Screen::Question(Question::WithdrawIntention)),
        }
    }

    /// Something was asked before it is given up.
    pub fn question(&mut self, question: Question, answer: QuestionAnswer) {
        match (question, answer) {
            (_, QuestionAnswer::No) => self.back_from_question(question),
            (Question::WithdrawIntention, QuestionAnswer::Yes) => self.send(Submission::Withdraw),
            (Question::CancelBooking, QuestionAnswer::Yes) => self.cancel_booking(),
            (Question::LeaveLine, QuestionAnswer::Yes) => self.send(Submission::LeaveLine),
        }
    }

    pub fn back_from_question(&mut self, question: Question) {
        match question {
            Question::CancelBooking => self.show_booking(),
            Question::WithdrawIntention => self.show(Screen::Intention { existing: true }),
            Question::LeaveLine => self.back_from_leave_line(),
        }
    }
}
