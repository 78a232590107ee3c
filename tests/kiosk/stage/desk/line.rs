//! Who waits at the desk, what is held for them, and who is to be told of leftover doses.

use super::{Desk, plain, problem, site};
use jiff::SignedDuration;
use vaxkiosk::api::problem::{Code, Problem};
use vaxkiosk::api::sessions::{Displaced, OfferView, SeatView};
use vaxkiosk::api::waiting::{AskToWait, Chances, TakeOffer, WaitingView};
use vaxkiosk::client::calls::{Answer, Call, Fault, Reply};
use vaxkiosk::domain::personal::Personal;
use vaxkiosk::domain::site::{SiteId, SlotId};
use vaxkiosk::domain::waiting::Places;

/// The code of the offer's text message.
pub const OFFER_CODE: &str = "4081526374";
/// Which seat is offered, and which is lost.
pub const HELD_SLOT: SlotId = SlotId(101);
const LOST_SLOT: SlotId = SlotId(202);

#[derive(Default)]
pub struct LineDesk {
    pub waiting: Option<WaitingView>,
    pub offer: Option<OfferView>,
    pub displaced: Option<Displaced>,
    /// What was asked for, and how often.
    pub asked: Vec<AskToWait>,
    pub left: usize,
    pub told_at: Option<SiteId>,
    pub told_no_more: usize,
    pub wrong_codes: usize,
    pub has_no_chances: bool,
}

impl Desk {
    pub fn seat(&self, slot: SlotId) -> SeatView {
        let booking = self.booking(slot, 1);
        let (site, starts, ends) = (booking.site, booking.starts, booking.ends);
        SeatView { slot, site, starts, ends }
    }

    /// Offers a seat to whoever waits, for half an hour.
    pub fn offer(&mut self, now: jiff::Timestamp) {
        let until = now + SignedDuration::from_mins(30);
        self.line.offer = Some(OfferView { seat: self.seat(HELD_SLOT), until });
        if let Some(waiting) = &mut self.line.waiting {
            waiting.offer = self.line.offer.clone();
        }
    }

    /// Closes a slot, and sets another seat aside.
    pub fn displace(&mut self, now: jiff::Timestamp, holds: bool) {
        let held = holds.then(|| self.seat(HELD_SLOT));
        let until = now + SignedDuration::from_hours(26);
        self.line.displaced = Some(Displaced { closed: self.seat(LOST_SLOT), held, until });
    }

    fn wait(&mut self, ask: &AskToWait, now: jiff::Timestamp) -> WaitingView {
        self.line.asked.push(ask.clone());
        let site = match &ask.wish.places {
            Places::Site(id) => Some(site(id.0, super::DAAN)),
            Places::Districts(_) => None,
        };
        let since = now - SignedDuration::from_hours(24);
        let chances = (!self.line.has_no_chances).then_some(Chances { seats: 14, since });
        let mobile_masked = Personal::new("0912 *** 678");
        let (wish, asked, place) = (ask.wish.clone(), now, 12);
        let waiting = WaitingView { wish, site, mobile_masked, asked, place, chances, offer: None };
        self.line.waiting = Some(waiting.clone());
        waiting
    }

    fn take(&mut self, ask: &TakeOffer, key: &str) -> Reply {
        if self.line.wrong_codes >= 5 {
            let retry_after = Some(30);
            let problem = Problem { retry_after, ..plain(Code::TooManyWrong) };
            return Err(Fault::Problem(Box::new(problem)));
        }
        if ask.code.expose() != OFFER_CODE {
            self.line.wrong_codes += 1;
            return problem(Code::UnknownPerson, None);
        }
        self.submits.push(key.to_owned());
        let booking = self.booking(HELD_SLOT, self.booked.len() as u32 + 14_637);
        let booking = self.booked.entry(key.to_owned()).or_insert(booking).clone();
        if std::mem::take(&mut self.lose_answer) {
            return Err(Fault::Gone);
        }
        Ok(Answer::Booked(Box::new(booking)))
    }

    /// The answer to a call about the line; `None` to another.
    pub(super) fn line_reply(&mut self, call: &Call, now: jiff::Timestamp) -> Option<Reply> {
        Some(match call {
            Call::AskToWait { ask, .. } => {
                let waiting = self.wait(ask, now);
                if std::mem::take(&mut self.lose_answer) {
                    return Some(Err(Fault::Gone));
                }
                Ok(Answer::Waiting(Box::new(waiting)))
            }
            Call::Waiting { .. } => match &self.line.waiting {
                Some(waiting) => Ok(Answer::Waiting(Box::new(waiting.clone()))),
                None => problem(Code::NotFound, None),
            },
            Call::LeaveLine { .. } => {
                self.line.left += 1;
                (self.line.waiting, self.line.offer) = (None, None);
                Ok(Answer::LeftLine)
            }
            Call::TakeOffer { ask, key } => self.take(ask, key),
            Call::AskForLeftover { ask, .. } => {
                self.line.told_at = Some(ask.site);
                Ok(Answer::ToBeTold)
            }
            Call::LeaveLeftovers { .. } => {
                self.line.told_no_more += 1;
                Ok(Answer::NotToBeTold)
            }
            _ => return None,
        })
    }
}
