//! Which screen follows which, and what the service is asked on the way. Its answers arrive in `replies`.

use super::effect::{Call, Effect};
use super::event::{Action, Moment, Part};
use super::retry::Retry;
use super::session::{CardState, ChosenMobile, Purpose, Sending, Session};
use super::{Journey, Ticket};
use crate::api::bookings::{BookSlot, MobileChoice, MoveBooking};
use crate::api::intentions::Register;
use crate::api::sessions::OpenSession;
use crate::devices::card_reader::CardFault;
use crate::domain::card::Card;
use crate::domain::eligibility::Refusal;
use crate::domain::region::{self, CountyIndex, District, DistrictCode};
use crate::domain::site::SlotId;
use crate::kiosk::screens::Screen;
use crate::kiosk::screens::county::{CountyAnswer, CountyPick};
use crate::kiosk::screens::district::DistrictPick;
use crate::kiosk::screens::farewell::Reason;
use crate::kiosk::screens::phone::Phone;
use crate::kiosk::screens::question::Question;
use crate::kiosk::screens::receipt::Receipt;
use crate::kiosk::screens::site::SiteAnswer;
use crate::kiosk::screens::slot::SlotAnswer;
use crate::kiosk::screens::waiting::{Waiting, What};
use crate::kiosk::screens::why_not::{Why, WhyNot};

impl Journey {
    /// An action that belongs to the screen. One that the screen does not know does nothing.
    pub(super) fn proceed(&mut self, action: Action, now: Moment, effects: &mut Vec<Effect>) {
        match &mut self.screen {
            Screen::Attract => {
                if action == Action::Start {
                    self.begin();
                    self.show(Screen::Language);
                    if self.card_in {
                        self.read_card(effects);
                    }
                }
            }
            Screen::Card | Screen::Language => {}
            Screen::Privacy => match action {
                Action::Confirm => self.wait_for(What::Standing, effects),
                Action::Decline => self.end(Reason::Left, effects),
                _ => {}
            },
            Screen::Waiting(_) | Screen::Submitting(_) => {
                if action == Action::RetryNow {
                    self.try_again(effects);
                }
            }
            Screen::WhyNot(_) => {
                if action == Action::ShowBooking {
                    self.show_booking();
                } else if action == Action::ToServices {
                    self.back(effects);
                }
            }
            Screen::Service => self.service(action, effects),
            Screen::PhoneOffer => match action {
                Action::Pick(0) => self.registered_mobile(effects),
                Action::Pick(1) => self.show(Screen::Phone(Phone::default())),
                _ => {}
            },
            Screen::Phone(phone) => {
                if let Some(mobile) = phone.act(action) {
                    let shown = mobile.grouped();
                    self.chosen_mobile(ChosenMobile { choice: MobileChoice::Given(mobile), shown }, effects);
                }
            }
            Screen::County(pick) => {
                let registered = self.session.as_ref().and_then(Session::registered_district);
                match pick.act(action, registered) {
                    Some(CountyAnswer::County(county)) => {
                        self.show(Screen::District(DistrictPick::new(county)));
                    }
                    Some(CountyAnswer::Registered(district)) => {
                        self.chosen_district(district, effects);
                    }
                    None => {}
                }
            }
            Screen::District(pick) => {
                if let Some(district) = pick.act(action) {
                    self.chosen_district(district, effects);
                }
            }
            Screen::Site(pick) => match pick.act(action, &self.seats) {
                Some(SiteAnswer::Site(site)) => {
                    let id = site.id;
                    if let Some(session) = &mut self.session {
                        session.site = Some(*site);
                    }
                    self.wait_for(What::Slots { site: id, taken: false }, effects);
                }
                Some(SiteAnswer::Nearest(district)) => {
                    self.chosen_district(district, effects);
                }
                None => {}
            },
            Screen::Slot(pick) => match pick.act(action) {
                Some(SlotAnswer::Slot(slot)) => {
                    if let Some(session) = &mut self.session {
                        session.slot = Some(slot);
                    }
                    self.show(Screen::Review);
                }
                Some(SlotAnswer::OtherSite) => self.back(effects),
                None => {}
            },
            Screen::Brands(pick) => {
                if let Some(brands) = pick.act(action) {
                    if let Some(session) = &mut self.session {
                        session.brands = brands;
                    }
                    self.show(Screen::Review);
                } else if pick.one_must_stay {
                    effects.push(Effect::Bell);
                }
            }
            Screen::Review => self.review(action, now, effects),
            Screen::Intention { .. } => self.intention(action, effects),
            Screen::Question(question) => {
                let question = *question;
                self.answered(question, action, effects);
            }
            Screen::Notice(_) => match action {
                Action::Done => self.end(Reason::Finished, effects),
                Action::ToServices => self.services(effects),
                _ => {}
            },
            Screen::Receipt(receipt) => match action {
                Action::ShowQr => receipt.qr = !receipt.qr,
                Action::Done => self.end(Reason::Finished, effects),
                Action::MoveBooking => self.move_booking(effects),
                Action::CancelBooking if self.profile.channel.may_cancel() => {
                    self.show(Screen::Question(Question::CancelBooking));
                }
                _ => {}
            },
            Screen::Farewell(_) => {
                if action == Action::Start && !self.card_in {
                    self.show(Screen::Attract);
                }
            }
        }
    }

    fn service(&mut self, action: Action, effects: &mut Vec<Effect>) {
        let refusal = self.session.as_ref().and_then(|s| s.refusal(self.round.as_ref(), self.now.wall));
        match (action, refusal) {
            (Action::Pick(0), None) => {
                self.about(Purpose::Booking);
                self.ask_mobile();
            }
            (Action::Pick(0), Some(refusal)) => self.why_not(refusal),
            (Action::Pick(1), _) => self.wants_to_register(effects),
            (Action::Pick(2) | Action::ShowBooking, _) => self.show_booking(),
            _ => {}
        }
    }

    fn why_not(&mut self, refusal: Refusal) {
        self.show(Screen::WhyNot(WhyNot { why: Why::Refused(refusal) }));
    }

    /// The services, with how the person stands now.
    pub(super) fn services(&mut self, effects: &mut Vec<Effect>) {
        if self.session.as_ref().is_some_and(|session| session.stale) {
            self.wait_for(What::StandingAgain, effects);
        } else {
            self.show(Screen::Service);
        }
    }

    /// Begins something: what was chosen for something else does not count here.
    pub(super) fn about(&mut self, purpose: Purpose) {
        if let Some(session) = &mut self.session {
            session.purpose = purpose;
            session.mobile = None;
            session.district = None;
            session.site = None;
            session.slot = None;
            session.brands.clear();
        }
    }

    pub(super) fn show_booking(&mut self) {
        if let Some(booking) = self.session.as_ref().and_then(|session| session.booking.as_ref()) {
            let receipt = Receipt::new(booking, true);
            self.show(Screen::Receipt(receipt));
        }
    }

    pub(super) fn ask_mobile(&mut self) {
        let registered = self.session.as_ref().is_some_and(|session| session.registered_mobile().is_some());
        self.show(if registered { Screen::PhoneOffer } else { Screen::Phone(Phone::default()) });
    }

    fn registered_mobile(&mut self, effects: &mut Vec<Effect>) {
        let shown = self.session.as_ref().and_then(|session| session.registered_mobile().cloned());
        if let Some(shown) = shown {
            self.chosen_mobile(ChosenMobile { choice: MobileChoice::Registered, shown }, effects);
        }
    }

    fn chosen_mobile(&mut self, mobile: ChosenMobile, effects: &mut Vec<Effect>) {
        let Some(session) = &mut self.session else { return };
        session.mobile = Some(mobile);
        let (registering, chosen) = (session.purpose == Purpose::Registering, session.slot.is_some());
        if chosen || (registering && !session.brands.is_empty()) {
            self.show(Screen::Review);
        } else if registering {
            let county = self.county_screen();
            self.show(county);
        } else {
            self.wait_for(What::Seats, effects);
        }
    }

    fn chosen_district(&mut self, district: &'static District, effects: &mut Vec<Effect>) {
        if let Some(session) = &mut self.session {
            session.district = Some(district);
            session.site = None;
            session.slot = None;
        }
        if self.purpose() == Purpose::Registering {
            self.ask_brands();
        } else {
            self.wait_for(What::Sites(district.code), effects);
        }
    }

    fn review(&mut self, action: Action, now: Moment, effects: &mut Vec<Effect>) {
        match action {
            Action::Confirm => self.submit(now, effects),
            Action::Change(Part::Phone) => self.ask_mobile(),
            Action::Change(Part::Brands) => self.ask_brands(),
            Action::Change(Part::Place) if self.purpose() == Purpose::Registering => {
                let county = self.county_screen();
                self.show(county);
            }
            Action::Change(Part::Place) => {
                if let Some(session) = &mut self.session {
                    session.slot = None;
                }
                self.wait_for(What::Seats, effects);
            }
            Action::Change(Part::Time) => self.back(effects),
            _ => {}
        }
    }

    fn submit(&mut self, now: Moment, effects: &mut Vec<Effect>) {
        let Some(session) = &self.session else { return };
        let language = session.language;
        let sending = match (session.purpose, &session.slot, &session.mobile, session.district) {
            (Purpose::Booking, Some(slot), Some(mobile), _) => {
                let ask = BookSlot { slot: slot.id, mobile: mobile.choice.clone(), language };
                Sending::Book { ask, key: format!("{:032x}", now.fresh) }
            }
            (Purpose::Moving, Some(slot), ..) => {
                let Some(number) = session.booking.as_ref().map(|booking| booking.number) else { return };
                Sending::Move(MoveBooking { number, slot: slot.id, language })
            }
            (Purpose::Registering, _, Some(mobile), Some(district)) => Sending::Register(Register {
                mobile: mobile.choice.clone(),
                district: district.code,
                brands: session.brands.clone(),
                language,
            }),
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

    /// What is sent again is the same: a booking has the key that it was given when the person pressed the button.
    fn send_again(&mut self, effects: &mut Vec<Effect>) {
        let Some(session) = &self.session else { return };
        let (Some(sending), Some(token)) = (session.sending.clone(), session.token.clone()) else { return };
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
                let Some(token) = self.session.as_ref().and_then(|session| session.token.clone()) else { return };
                Call::Standing { token }
            }
            What::Standing => {
                let Some(session) = &self.session else { return };
                let CardState::Read(card) = &session.card else { return };
                let (id, card) = (card.id.clone(), card.number.clone());
                Call::OpenSession(Box::new(OpenSession::Card { id, card, password: None }))
            }
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

    /// Once a second: what waited long enough is tried again, and what others may change meanwhile is brought up to date.
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

    pub(super) fn card_read(&mut self, ticket: Ticket, outcome: Result<Card, CardFault>) {
        if self.card_asked != Some(ticket) {
            return;
        }
        self.card_asked = None;
        let Some(session) = &mut self.session else { return };
        if session.id != ticket.session {
            return;
        }
        session.card = match outcome {
            Ok(card) => CardState::Read(Box::new(card)),
            Err(fault) => CardState::Faulty(fault),
        };
        if matches!(self.screen, Screen::Card) {
            self.after_card();
        }
    }

    fn after_card(&mut self) {
        let Some(session) = &self.session else { return };
        if matches!(session.card, CardState::Read(_)) {
            let next = if session.language_chosen { Screen::Privacy } else { Screen::Language };
            self.show(next);
        }
    }

    pub(super) fn after_language(&mut self) {
        let Some(session) = &self.session else { return };
        let next = match (&session.token, &session.card) {
            (Some(_), _) => Screen::Service,
            (None, CardState::Read(_)) => Screen::Privacy,
            (None, _) => Screen::Card,
        };
        self.show(next);
    }

    /// The slot that "fill a slot" takes away: the chosen one, or else the first free one on the screen.
    pub(super) fn slot_to_fill(&self) -> Option<SlotId> {
        let session = self.session.as_ref()?;
        match &self.screen {
            Screen::Review => session.slot.as_ref().map(|slot| slot.id),
            Screen::Slot(pick) => pick.slots.iter().find(|slot| !slot.is_full()).map(|slot| slot.id),
            _ => None,
        }
    }

    /// The county screen, with the county of the intention in view first.
    pub(super) fn county_screen(&self) -> Screen {
        let registered = self.session.as_ref().and_then(|session| session.registered_district());
        Screen::County(CountyPick::at(registered.map_or(CountyIndex(0), |district| district.county)))
    }

    /// The district of a code that the service named.
    pub(super) fn district_of(code: DistrictCode) -> Option<&'static District> {
        region::district(code)
    }
}
