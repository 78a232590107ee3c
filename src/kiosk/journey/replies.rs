//! What the service's answers do. An answer that nobody waits for, or of a session that has ended,
//! is dropped here.

use super::effect::{Effect, Ticket};
use super::event::{Answer, Fault, Reply};
use super::session::Sending;
use super::{Call, Journey};
use crate::api::problem::{Code, Problem};
use crate::api::sessions::{SessionOpened, Standing};
use crate::domain::eligibility::Refusal;
use crate::kiosk::paper::Printing;
use crate::kiosk::screens::Screen;
use crate::kiosk::screens::farewell::Reason;
use crate::kiosk::screens::question::Notice;
use crate::kiosk::screens::receipt::Receipt;
use crate::kiosk::screens::site::SitePick;
use crate::kiosk::screens::slot::SlotPick;
use crate::kiosk::screens::waiting::What;
use crate::kiosk::screens::why_not::{Why, WhyNot};
use std::time::Duration;

impl Journey {
    /// `luck` keeps kiosks that fail together from coming back together.
    pub(super) fn reply(
        &mut self,
        ticket: Ticket,
        reply: Reply,
        luck: u128,
        effects: &mut Vec<Effect>,
    ) {
        self.line_up = reply != Err(Fault::Gone);
        if self.round_asked.is_some_and(|(asked, _)| asked == ticket) {
            if let Ok(Answer::Round(round)) = reply {
                self.round = Some(*round);
            }
        } else if self.awaited == Some(ticket) {
            self.awaited = None;
            if matches!(self.screen, Screen::Submitting(_)) {
                self.submitted(reply, luck, effects);
            } else {
                self.arrived(reply, luck, effects);
            }
        } else if self.refreshing == Some(ticket) {
            self.refreshing = None;
            self.refreshed(reply);
        }
    }

    /// What the waiting screen waited for.
    fn arrived(&mut self, reply: Reply, luck: u128, effects: &mut Vec<Effect>) {
        let Screen::Waiting(waiting) = &mut self.screen else { return };
        let what = waiting.what;
        match (what, reply) {
            (_, Err(Fault::Gone)) => waiting.retry.failed(self.now.uptime, None, luck),
            (_, Err(Fault::Problem(problem))) if problem.code.will_pass() => {
                waiting.retry.failed(self.now.uptime, problem.retry_after, luck);
            }
            (What::Standing | What::Found, Err(Fault::Problem(problem)))
                if problem.code == Code::WrongGraphic =>
            {
                self.wait_for(What::Graphic { larger: false, wrong: true }, effects);
            }
            (_, Err(Fault::Problem(problem))) => self.refused(&problem, effects),
            (What::Graphic { larger, wrong }, Ok(Answer::Graphic(code))) => {
                self.drawn(code, larger, wrong)
            }
            (What::Found, Ok(Answer::Found(found))) => {
                if let Some(session) = &mut self.session {
                    session.found = Some(*found);
                }
                self.show(Screen::Found);
            }
            (What::Standing, Ok(Answer::Session(opened))) => self.opened(*opened, effects),
            (What::StandingAfterRefusal | What::StandingAgain, Ok(Answer::Standing(standing))) => {
                self.stands(*standing);
                self.show(match what {
                    What::StandingAfterRefusal => {
                        Screen::WhyNot(WhyNot { why: Why::Refused(Refusal::AlreadyBooked) })
                    }
                    _ => Screen::Service,
                });
            }
            (What::Seats, Ok(Answer::Seats(seats))) => {
                self.seats = seats;
                let county = self.county_screen();
                self.show(county);
            }
            (What::Sites(code), Ok(Answer::Sites(sites))) => {
                if let Some(district) = Self::district_of(code) {
                    self.show(Screen::Site(SitePick::new(district, sites)));
                }
            }
            (What::Slots { site, taken }, Ok(Answer::Slots(slots))) => {
                self.show(Screen::Slot(SlotPick::new(site, slots, taken)));
            }
            // An answer to another question: the service is not to be trusted with this one; ask
            // again.
            (
                What::Standing
                | What::StandingAfterRefusal
                | What::StandingAgain
                | What::Graphic { .. }
                | What::Found
                | What::Seats
                | What::Sites(_)
                | What::Slots { .. },
                Ok(_),
            ) => {
                waiting.retry.failed(self.now.uptime, None, luck);
            }
        }
    }

    fn opened(&mut self, opened: SessionOpened, effects: &mut Vec<Effect>) {
        let Some(session) = &mut self.session else { return };
        if let Some(token) = session.token.replace(opened.token) {
            self.call(Call::CloseSession { token }, effects);
        }
        self.stands(opened.standing);
        self.show(Screen::Service);
    }

    /// How the person stands, as the service just told.
    fn stands(&mut self, standing: Standing) {
        if let Some(session) = &mut self.session {
            session.booking.clone_from(&standing.booking);
            session.standing = Some(standing);
            session.stale = false;
        }
    }

    /// What was sent is done.
    fn done(&mut self, answer: Answer) -> bool {
        let Some(session) = &mut self.session else { return false };
        let screen = match (answer, &session.sending) {
            (Answer::Booked(booking), Some(Sending::Book { .. } | Sending::Move(_))) => {
                let receipt = Receipt::new(&booking, false);
                session.booking = Some(*booking);
                session.printing = Printing::default();
                Screen::Receipt(receipt)
            }
            (Answer::Cancelled, Some(Sending::Cancel(_))) => {
                session.booking = None;
                session.printing = Printing::default();
                Screen::Notice(Notice::Cancelled)
            }
            (Answer::Intention(view), Some(Sending::Register(_))) => {
                if let Some(standing) = &mut session.standing {
                    standing.intention = Some(*view);
                }
                Screen::Intention { existing: false }
            }
            (Answer::Withdrawn, Some(Sending::Withdraw)) => {
                if let Some(standing) = &mut session.standing {
                    standing.intention = None;
                }
                Screen::Notice(Notice::Withdrawn)
            }
            _ => return false,
        };
        session.sending = None;
        session.stale = true;
        self.show(screen);
        true
    }

    /// What became of the booking that was sent.
    fn submitted(&mut self, reply: Reply, luck: u128, effects: &mut Vec<Effect>) {
        let reply = match reply {
            Ok(answer) => {
                if self.done(answer) {
                    return;
                }
                Err(Fault::Gone)
            }
            Err(fault) => Err::<Answer, _>(fault),
        };
        let (Screen::Submitting(retry), Some(session)) = (&mut self.screen, &mut self.session)
        else {
            return;
        };
        let problem = match reply {
            Err(Fault::Problem(problem)) if !problem.code.will_pass() => problem,
            // No answer, or one that says nothing of the booking: it may have been made. The same
            // key is sent again.
            Ok(_) | Err(Fault::Gone) => {
                retry.failed(self.now.uptime, None, luck);
                return;
            }
            Err(Fault::Problem(problem)) => {
                retry.failed(self.now.uptime, problem.retry_after, luck);
                return;
            }
        };
        if problem.code == Code::SessionOver {
            // `sending` stays, so that the farewell says that the answer is not known.
            self.end(Reason::TimeUp, effects);
            return;
        }
        session.sending = None;
        session.stale = true;
        match problem.refusal {
            Some(Refusal::SlotFull | Refusal::SlotGone) => {
                let site = session.slot.take().map(|slot| slot.site);
                if let Some(site) = site {
                    effects.push(Effect::Bell);
                    self.wait_for(What::Slots { site, taken: true }, effects);
                }
            }
            Some(Refusal::AlreadyBooked) => self.wait_for(What::StandingAfterRefusal, effects),
            _ => self.refused(&problem, effects),
        }
    }

    fn refused(&mut self, problem: &Problem, effects: &mut Vec<Effect>) {
        let why = match (problem.code, problem.refusal) {
            (Code::SessionOver, _) => {
                self.end(Reason::TimeUp, effects);
                return;
            }
            (Code::UnknownPerson, _) => Why::UnknownPerson,
            (Code::TooManyWrong, _) => {
                let wait = Duration::from_secs(problem.retry_after.unwrap_or(30).into());
                Why::TooManyWrong { until: self.now.uptime + wait }
            }
            (_, Some(refusal)) => Why::Refused(refusal),
            (code, None) => Why::Failed(code),
        };
        self.show(Screen::WhyNot(WhyNot { why }));
    }

    /// What others changed meanwhile. A failure shows in the header only: what is on the screen
    /// stays.
    fn refreshed(&mut self, reply: Reply) {
        match (&mut self.screen, reply) {
            (Screen::County(_) | Screen::District(_), Ok(Answer::Seats(seats))) => {
                self.seats = seats
            }
            (Screen::Site(pick), Ok(Answer::Sites(sites))) => pick.refresh(sites),
            (Screen::Slot(pick), Ok(Answer::Slots(slots))) => pick.refresh(slots),
            _ => {}
        }
    }
}
