//! Registering an intention, and what one does with it and with a booking later: changed,
//! withdrawn, moved, cancelled.

use super::Journey;
use super::effect::Effect;
use super::event::Action;
use super::session::{Purpose, Sending};
use crate::api::bookings::CancelBooking;
use crate::domain::region;
use crate::kiosk::screens::Screen;
use crate::kiosk::screens::brands::BrandPick;
use crate::kiosk::screens::farewell::Reason;
use crate::kiosk::screens::question::Question;
use crate::kiosk::screens::waiting::What;
use crate::kiosk::screens::why_not::{Why, WhyNot};

impl Journey {
    /// What is registered is shown; else one registers, if one may.
    pub(super) fn wants_to_register(&mut self) {
        let Some(session) = &self.session else { return };
        if session.intention().is_some() {
            self.show(Screen::Intention { existing: true });
        } else if let Some(refusal) = session.registering_refusal(self.now.wall) {
            self.show(Screen::WhyNot(WhyNot { why: Why::Refused(refusal) }));
        } else {
            self.about(Purpose::Registering);
            self.ask_mobile();
        }
    }

    pub(super) fn ask_brands(&mut self) {
        let Some(session) = &self.session else { return };
        let before =
            session.intention().map(|intention| intention.brands.clone()).unwrap_or_default();
        let chosen = if session.brands.is_empty() { before } else { session.brands.clone() };
        let round = self.round.as_ref().map(|round| round.brands.clone()).unwrap_or_default();
        self.show(Screen::Brands(BrandPick::new(&round, &chosen)));
    }

    pub(super) fn intention(&mut self, action: Action, effects: &mut Vec<Effect>) {
        match action {
            Action::Done => self.end(Reason::Finished, effects),
            Action::ChangeIntention => {
                let wall = self.now.wall;
                if self
                    .session
                    .as_ref()
                    .is_some_and(|session| session.registering_refusal(wall).is_none())
                {
                    self.about(Purpose::Registering);
                    self.ask_mobile();
                }
            }
            Action::WithdrawIntention
                if self.session.as_ref().is_some_and(|session| session.booking.is_none()) =>
            {
                self.show(Screen::Question(Question::WithdrawIntention));
            }
            _ => {}
        }
    }

    pub(super) fn answered(
        &mut self,
        question: Question,
        action: Action,
        effects: &mut Vec<Effect>,
    ) {
        match (question, action) {
            (_, Action::Decline) => self.back(effects),
            (Question::WithdrawIntention, Action::Confirm) => self.send(Sending::Withdraw, effects),
            (Question::CancelBooking, Action::Confirm) => {
                let Some(session) = &self.session else { return };
                let Some(number) = session.booking.as_ref().map(|booking| booking.number) else {
                    return;
                };
                let ask = CancelBooking { number, language: session.language };
                self.send(Sending::Cancel(ask), effects);
            }
            _ => {}
        }
    }

    /// To the times of the site where the booking is; another site is one step back.
    pub(super) fn move_booking(&mut self, effects: &mut Vec<Effect>) {
        if !self.profile.channel.may_move() {
            return;
        }
        self.about(Purpose::Moving);
        let Some(session) = &mut self.session else { return };
        let Some(site) = session.booking.as_ref().map(|booking| booking.site.clone()) else {
            return;
        };
        session.district = region::district(site.district);
        let id = site.id;
        session.site = Some(site);
        self.wait_for(What::Slots { site: id, taken: false }, effects);
    }
}
