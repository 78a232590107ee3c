//! What the service is asked: what is waited for, what is sent until there is an answer, what is
//! brought up to date. Its answers arrive in `replies`.

use super::Journey;
use super::effect::{Call, Effect};
use super::event::Moment;
use super::retry::Retry;
use super::session::{Purpose, Sending, Session};
use crate::api::bookings::{BookSlot, MoveBooking};
use crate::api::intentions::Register;
use crate::kiosk::screens::Screen;
use crate::kiosk::screens::waiting::{Waiting, What};

impl Journey {
    pub(super) fn submit(&mut self, now: Moment, effects: &mut Vec<Effect>) {
        let Some(session) = &self.session else { return };
        let language = session.language;
        let sending = match (session.purpose, &session.slot, &session.mobile, session.district) {
            (Purpose::Booking, Some(slot), Some(mobile), _) => {
                let ask = BookSlot { slot: slot.id, mobile: mobile.choice.clone(), language };
                Sending::Book { ask, key: format!("{:032x}", now.fresh) }
            }
            (Purpose::Moving, Some(slot), ..) => {
                let Some(number) = session.booking.as_ref().map(|booking| booking.number) else {
                    return;
                };
                Sending::Move(MoveBooking { number, slot: slot.id, language })
            }
            (Purpose::Registering, _, Some(mobile), Some(district)) => {
                Sending::Register(Register {
                    mobile: mobile.choice.clone(),
                    district: district.code,
                    brands: session.brands.clone(),
                    language,
                })
            }
            _ => return,
        };
        self.send(sending, effects);
    }

    /// Sends something, and goes on sending it until there is an answer.
    pub(super) fn send(&mut self, sending: Sending, effects: &mut Vec<Effect>) {
        if let Some(session) = &mut self.session {
            session.sending = Some(sending);
        }
        self.show(Screen::Submitting(Retry::first()));
        self.send_again(effects);
    }

    /// What is sent again is the same: a booking has the key that it was given when the person
    /// pressed the button.
    fn send_again(&mut self, effects: &mut Vec<Effect>) {
        let Some(session) = &self.session else { return };
        let (Some(sending), Some(token)) = (session.sending.clone(), session.token.clone()) else {
            return;
        };
        let call = match sending {
            Sending::Book { ask, key } => Call::Book { token, ask, key },
            Sending::Move(ask) => Call::Move { token, ask },
            Sending::Cancel(ask) => Call::Cancel { token, ask },
            Sending::Register(ask) => Call::Register { token, ask },
            Sending::Withdraw => Call::Withdraw { token },
        };
        let ticket = self.call(call, effects);
        self.awaited = Some(ticket);
    }

    /// Asks the service for something and shows what is waited for.
    pub(super) fn wait_for(&mut self, what: What, effects: &mut Vec<Effect>) {
        self.show(Screen::Waiting(Waiting { what, retry: Retry::first() }));
        self.ask_for(what, effects);
    }

    fn ask_for(&mut self, what: What, effects: &mut Vec<Effect>) {
        let call = match what {
            What::StandingAfterRefusal | What::StandingAgain => {
                let Some(token) = self.session.as_ref().and_then(|session| session.token.clone())
                else {
                    return;
                };
                Call::Standing { token }
            }
            What::Standing => match self.session.as_ref().and_then(Session::proof) {
                Some(proof) => Call::OpenSession(Box::new(proof)),
                None => return,
            },
            What::Graphic { larger, .. } => Call::Graphic { larger },
            What::Found => match self.session.as_ref().and_then(Session::query) {
                Some(query) => Call::Query(Box::new(query)),
                None => return,
            },
            What::Seats => Call::Seats,
            What::Sites(district) => Call::Sites(district),
            What::Slots { site, .. } => Call::Slots(site),
        };
        let ticket = self.call(call, effects);
        self.awaited = Some(ticket);
    }

    pub(super) fn try_again(&mut self, effects: &mut Vec<Effect>) {
        match &mut self.screen {
            Screen::Waiting(waiting) if waiting.retry.at.is_some() => {
                waiting.retry.begun();
                let what = waiting.what;
                self.ask_for(what, effects);
            }
            Screen::Submitting(retry) if retry.at.is_some() => {
                retry.begun();
                self.send_again(effects);
            }
            _ => {}
        }
    }

    /// Once a second: what waited long enough is tried again, and what others may change meanwhile
    /// is brought up to date.
    pub(super) fn keep_going(&mut self, effects: &mut Vec<Effect>) {
        let uptime = self.now.uptime;
        let due = match &self.screen {
            Screen::Waiting(waiting) => waiting.retry.is_due(uptime),
            Screen::Submitting(retry) => retry.is_due(uptime),
            _ => false,
        };
        if due {
            self.try_again(effects);
            return;
        }
        let seconds = uptime.as_secs();
        let call = match &self.screen {
            Screen::County(_) | Screen::District(_) if seconds.is_multiple_of(5) => Call::Seats,
            Screen::Site(pick) if seconds.is_multiple_of(5) => Call::Sites(pick.district.code),
            Screen::Slot(pick) if seconds.is_multiple_of(3) => Call::Slots(pick.site),
            _ => return,
        };
        if self.refreshing.is_none() {
            let ticket = self.call(call, effects);
            self.refreshing = Some(ticket);
        }
    }
}
