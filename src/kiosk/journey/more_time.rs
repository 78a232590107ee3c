//! More time for a visit that is about to end. The service knows nothing of it: while the card is
//! in, the kiosk opens another session with the same proof and closes the one before. What was
//! typed for a way without the card holds for one session only, so that nobody who came in by it
//! can be given more.

use super::{Journey, Phase};
use crate::client::calls::{Answer, Call, Fault, Reply};
use crate::kiosk::model::ticket::Ticket;
use crate::kiosk::model::visit::Visit;
use crate::kiosk::screens::more_time::MoreTime;
use crate::kiosk::screens::overlay::Overlay;
use std::time::Duration;

/// So many seconds before a visit's end more time is offered.
const LAST: u64 = 120;
/// How often one person is given more, so that nobody can keep others from the kiosk for ever.
const GIVEN_AT_MOST: u8 = 2;

/// What a visit can be offered.
fn offer(visit: &Visit) -> MoreTime {
    let renewable = visit.all_are_renewable();
    // Who has not shown who they are yet has no session that could end.
    if visit.more_time < GIVEN_AT_MOST && (visit.person.is_none() || renewable) {
        MoreTime::Offered
    } else {
        MoreTime::Refused
    }
}

impl Journey {
    /// In the last two minutes the dialog comes, once, with a bell. While the screen waits for the
    /// service it does not: what is sent would go on under a session that is closed.
    pub(super) fn offer_more_time(&mut self, left: Duration) {
        let Phase::Visiting { visit, screen } = &self.phase else { return };
        if left.as_secs() > LAST || visit.end_known || screen.waits_for_service() {
            return;
        }
        match self.overlay {
            None | Some(Overlay::Help { .. } | Overlay::Languages) => {
                self.overlay = Some(Overlay::MoreTime(offer(visit)));
                self.outbox.bell();
            }
            Some(
                Overlay::StillThere
                | Overlay::LeaveUnsure
                | Overlay::MoreTime(_)
                | Overlay::Scanned(_)
                | Overlay::Drawer(_)
                | Overlay::Operator(_)
                | Overlay::Phone
                | Overlay::People,
            ) => {}
        }
    }

    /// The person wants more time.
    pub(super) fn more_time(&mut self) {
        let Some(Overlay::MoreTime(MoreTime::Offered | MoreTime::Failed)) = self.overlay else {
            return;
        };
        let Phase::Visiting { visit, .. } = &self.phase else { return };
        let uptime = self.machine.now.uptime;
        // The sessions of several people are opened anew one after another, each before it ends.
        if visit.person.is_none() || visit.group.is_some() {
            self.prolong(uptime);
            return;
        }
        let Some(proof) = visit.sign_in.proof(visit.card()) else { return };
        let ticket = self.outbox.call(visit.id, Call::OpenSession(Box::new(proof)));
        self.outbox.renewing = Some((ticket, uptime));
        self.overlay = Some(Overlay::MoreTime(MoreTime::Asking));
    }

    /// The person has seen that the end is near, and goes on.
    pub(super) fn enough_time(&mut self) {
        if let (Some(Overlay::MoreTime(_)), Phase::Visiting { visit, .. }) =
            (&self.overlay, &mut self.phase)
        {
            visit.end_known = true;
            self.overlay = None;
        }
    }

    /// The answer to the question for another session.
    pub(super) fn renewed(&mut self, ticket: Ticket, asked: Duration, reply: Reply) {
        self.outbox.renewing = None;
        let opened = match reply {
            Ok(Answer::Session(opened)) => opened,
            Err(Fault::Problem(problem)) if !problem.code.will_pass() => {
                return self.not_renewed(MoreTime::Refused);
            }
            Ok(_) | Err(Fault::Gone | Fault::Problem(_)) => {
                return self.not_renewed(MoreTime::Failed);
            }
        };
        let person = match &mut self.phase {
            Phase::Visiting { visit, .. } if visit.id == ticket.visit => visit.person.as_mut(),
            Phase::Visiting { .. } | Phase::AtRest | Phase::Farewell(_) | Phase::Counter(_) => None,
        };
        // Of the two sessions one is nobody's: the one before, or this one if its visit has ended.
        let unused = match person {
            Some(person) => {
                person.stands(opened.standing);
                std::mem::replace(&mut person.token, opened.token)
            }
            None => opened.token,
        };
        self.outbox.call(ticket.visit, Call::CloseSession { token: unused });
        if self.current_visit().is_some_and(|visit| visit.id == ticket.visit) {
            self.prolong(asked);
        }
    }

    fn not_renewed(&mut self, why: MoreTime) {
        if self.overlay == Some(Overlay::MoreTime(MoreTime::Asking)) {
            self.overlay = Some(Overlay::MoreTime(why));
        }
    }

    /// The visit's time begins anew: from when more was asked for, so that it never lasts longer
    /// than the session.
    fn prolong(&mut self, from: Duration) {
        let Phase::Visiting { visit, .. } = &mut self.phase else { return };
        visit.started = from;
        visit.more_time += 1;
        visit.end_known = false;
        if matches!(self.overlay, Some(Overlay::MoreTime(_))) {
            self.overlay = None;
        }
    }
}
