//! What a staff card has refused is told to the service, for its audit trail: at once, and again
//! when the line is back. Nobody waits for it, and no screen shows it.

use super::AtCounter;
use crate::api::staff::{CardRefusal, StaffCardRefusal};
use crate::client::calls::{Call, Fault, Reply};
use crate::devices::staff_card::{SignFault, StaffCard, Tries};

/// What is remembered while the line is down. A card locks long before.
const UNTOLD_AT_MOST: usize = 50;

impl AtCounter<'_> {
    /// A card has not signed. What it was not asked, or could not do, is no refusal.
    pub(super) fn card_refused(&mut self, card: &StaffCard, fault: SignFault) {
        let reason = match fault {
            SignFault::WrongPin(Tries::Untold) => CardRefusal::WrongPin,
            SignFault::WrongPin(Tries::Low) => CardRefusal::WrongPinFewTries,
            SignFault::WrongPin(Tries::Last) => CardRefusal::WrongPinLastTry,
            SignFault::WrongPin(Tries::Locked) | SignFault::PinLocked => CardRefusal::PinLocked,
            SignFault::PinLength(_)
            | SignFault::CardRemoved
            | SignFault::NotStaffCard
            | SignFault::ModuleFailed
            | SignFault::TookTooLong => return,
        };
        if self.outbox.untold.len() < UNTOLD_AT_MOST {
            let certificate = card.own.fingerprint();
            self.outbox.untold.push(StaffCardRefusal { reason, certificate });
        }
        self.tell_refusals();
    }

    /// Tells the first of them, if none is on its way.
    pub(super) fn tell_refusals(&mut self) {
        let first = self.outbox.untold.first().cloned();
        if let Some(first) = first.filter(|_| self.outbox.telling.is_none()) {
            self.outbox.telling = Some(self.outbox.call(0, Call::TellCardRefusal(first)));
        }
    }

    pub(super) fn refusal_told(&mut self, reply: &Reply) {
        self.outbox.telling = None;
        match reply {
            // It waits until the line is back, or somebody logs in.
            Err(Fault::Gone) => return,
            Err(Fault::Problem(problem)) if problem.code.will_pass() => return,
            // What the service does not take now it will never take.
            Ok(_) | Err(Fault::Problem(_)) => {}
        }
        if !self.outbox.untold.is_empty() {
            self.outbox.untold.remove(0);
        }
        self.tell_refusals();
    }
}
