//! Which screen follows which, and what the service is asked on the way. Its answers arrive in
//! `replies`.

use super::effect::Effect;
use super::event::{Action, Moment, Part};
use super::session::{CardState, ChosenMobile, Purpose, Session};
use super::{Journey, Ticket};
use crate::api::bookings::MobileChoice;
use crate::config::profile::{Offer, WayIn};
use crate::devices::card_reader::CardFault;
use crate::domain::card::Card;
use crate::domain::eligibility::Refusal;
use crate::domain::region::{self, CountyIndex, District, DistrictCode};
use crate::domain::site::SlotId;
use crate::kiosk::screens::Screen;
use crate::kiosk::screens::county::{CountyAnswer, CountyPick};
use crate::kiosk::screens::district::DistrictPick;
use crate::kiosk::screens::entry::{Asked, Entry};
use crate::kiosk::screens::farewell::Reason;
use crate::kiosk::screens::phone::Phone;
use crate::kiosk::screens::question::Question;
use crate::kiosk::screens::receipt::Receipt;
use crate::kiosk::screens::site::SiteAnswer;
use crate::kiosk::screens::slot::SlotAnswer;
use crate::kiosk::screens::waiting::What;
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
            Screen::Language => {}
            Screen::Card => {
                if action == Action::Ways && !self.profile.ways.is_empty() {
                    self.show(Screen::Ways);
                }
            }
            Screen::Ways => self.chosen_way(action, effects),
            Screen::SystemCheck(_) => self.system_check(action, effects),
            Screen::Entry(_) => self.entry(action, effects),
            Screen::Found => {
                if action == Action::Done {
                    self.end(Reason::Finished, effects);
                }
            }
            Screen::Privacy => match action {
                Action::Confirm => self.agreed(effects),
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
                } else if action == Action::Again {
                    self.same_way_again(effects);
                }
            }
            Screen::Service => self.service(action, now, effects),
            Screen::PhoneOffer => match action {
                Action::Pick(0) => self.registered_mobile(effects),
                Action::Pick(1) => self.show(Screen::Phone(Phone::default())),
                _ => {}
            },
            Screen::Phone(phone) => {
                if let Some(mobile) = phone.act(action) {
                    let shown = mobile.grouped();
                    self.chosen_mobile(
                        ChosenMobile { choice: MobileChoice::Given(mobile), shown },
                        effects,
                    );
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
                Action::Print => self.print(effects),
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

    fn service(&mut self, action: Action, now: Moment, effects: &mut Vec<Effect>) {
        let refusal =
            self.session.as_ref().and_then(|s| s.refusal(self.round.as_ref(), self.now.wall));
        if let Action::Pick(at) = action
            && Offer::ALL.get(at).is_some_and(|offer| !self.profile.offers.contains(offer))
        {
            return;
        }
        match (action, refusal) {
            (Action::Pick(0), None) => {
                self.about(Purpose::Booking);
                self.ask_mobile();
            }
            (Action::Pick(0), Some(refusal)) => self.why_not(refusal),
            (Action::Pick(1), _) => self.wants_to_register(),
            (Action::Pick(2) | Action::ShowBooking, _) => self.show_booking(),
            (Action::Pick(3), _) => self.act(Action::Help, now, effects),
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
        let registered =
            self.session.as_ref().is_some_and(|session| session.registered_mobile().is_some());
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
        let (registering, chosen) =
            (session.purpose == Purpose::Registering, session.slot.is_some());
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

    pub(super) fn after_card(&mut self) {
        let Some(session) = &self.session else { return };
        if matches!(session.card, CardState::Read(_)) {
            self.show(if session.agreed && session.way == Some(WayIn::CardPassword) {
                Screen::Entry(Entry::new(Asked::Password))
            } else if session.language_chosen {
                Screen::Privacy
            } else {
                Screen::Language
            });
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

    /// The slot that "fill a slot" takes away: the chosen one, or else the first free one on the
    /// screen.
    pub(super) fn slot_to_fill(&self) -> Option<SlotId> {
        let session = self.session.as_ref()?;
        match &self.screen {
            Screen::Review => session.slot.as_ref().map(|slot| slot.id),
            Screen::Slot(pick) => {
                pick.slots.iter().find(|slot| !slot.is_full()).map(|slot| slot.id)
            }
            _ => None,
        }
    }

    /// The county screen, with the county of the intention in view first.
    pub(super) fn county_screen(&self) -> Screen {
        let registered = self.session.as_ref().and_then(|session| session.registered_district());
        Screen::County(CountyPick::at(
            registered.map_or(CountyIndex(0), |district| district.county),
        ))
    }

    /// The district of a code that the service named.
    pub(super) fn district_of(code: DistrictCode) -> Option<&'static District> {
        region::district(code)
    }
}
