//! Booking a seat, or another seat: service, phone, area, site, slot, review. Which step follows
//! which is in `path`.

use super::path::Step;
use super::steps::Heading;
use super::visiting::Visiting;
use crate::api::bookings::MobileChoice;
use crate::config::profile::Offer;
use crate::domain::refusal::Refusal;
use crate::domain::region::{CountyIndex, District};
use crate::kiosk::model::action::Part;
use crate::kiosk::model::errand::{ChosenMobile, Errand, Route};
use crate::kiosk::model::person::Person;
use crate::kiosk::screens::Screen;
use crate::kiosk::screens::county::CountyPick;
use crate::kiosk::screens::district::DistrictPick;
use crate::kiosk::screens::farewell::Reason;
use crate::kiosk::screens::overlay::Overlay;
use crate::kiosk::screens::phone::Phone;
use crate::kiosk::screens::phone_offer::PhoneOfferAnswer;
use crate::kiosk::screens::review::ReviewAnswer;
use crate::kiosk::screens::service::ServiceAnswer;
use crate::kiosk::screens::site::SiteAnswer;
use crate::kiosk::screens::slot::SlotAnswer;
use crate::kiosk::screens::waiting::{OfferAfter, PendingCall};
use crate::kiosk::screens::why_not::{Why, WhyNot};

impl Visiting<'_> {
    pub fn service(&mut self, answer: ServiceAnswer) {
        match answer {
            ServiceAnswer::Serve(Offer::Book) => self.wants_to_book(),
            ServiceAnswer::Serve(Offer::Register) => self.wants_to_register(),
            ServiceAnswer::Serve(Offer::MyBooking) => self.show_booking(),
            ServiceAnswer::Line(service) => self.line_service(service),
            ServiceAnswer::Help => *self.overlay = Some(Overlay::Help { topic: None }),
        }
    }

    pub fn wants_to_book(&mut self) {
        let (round, wall) = (self.machine.round.as_ref(), self.machine.now.wall);
        match self.visit.person.as_ref().and_then(|person| person.refusal(round, wall)) {
            Some(refusal) => self.why_not(refusal),
            None if self.may_be_offered() => self.first_offer(OfferAfter::Book),
            None => self.begin_errand(Errand::booking()),
        }
    }

    /// Begins an errand at the step after the services.
    pub fn begin_errand(&mut self, errand: Errand) {
        self.visit.errand = Some(errand);
        self.forward_from(Step::Service);
    }

    pub fn why_not(&mut self, refusal: Refusal) {
        self.show(Screen::WhyNot(WhyNot { why: Why::Refused(refusal) }));
    }

    /// The services, with how the person stands now.
    pub fn services(&mut self) {
        self.disband();
        if self.visit.card_away {
            return self.end(Reason::Pulled);
        }
        let began = |errand: &Errand| errand.began_with_offer() || errand.route() == Route::Held;
        if self.visit.errand.as_ref().is_some_and(began) {
            self.visit.errand = None;
        }
        if self.visit.person.as_ref().is_some_and(|person| person.stale) {
            self.wait_for(PendingCall::StandingAgain);
        } else {
            self.show(Screen::Service);
        }
    }

    fn has_registered_mobile(&self) -> bool {
        self.visit.person.as_ref().is_some_and(|person| person.registered_mobile().is_some())
    }

    pub fn ask_mobile(&mut self) {
        self.show(if self.has_registered_mobile() {
            Screen::PhoneOffer
        } else {
            Screen::Phone(Phone::default())
        });
    }

    /// Back from the empty keypad: to what is offered, or to the number given at registration.
    pub fn back_from_keypad(&mut self) {
        if let Some(group) = &self.visit.group {
            let whose = group.asked;
            return self.ask_phone_of(whose);
        }
        let errand = self.visit.errand.as_ref();
        if errand.is_some_and(|errand| errand.route() == Route::Held) {
            self.show(Screen::Held);
        } else if errand.is_some_and(|errand| errand.began_with_offer() && !errand.is_complete()) {
            self.enter(Step::Offer, Heading::Back);
        } else if self.has_registered_mobile() {
            self.show(Screen::PhoneOffer);
        } else {
            self.show(Screen::Service);
        }
    }

    pub fn phone_offer(&mut self, answer: PhoneOfferAnswer) {
        match answer {
            PhoneOfferAnswer::Registered(shown) => {
                self.chosen_mobile(ChosenMobile { choice: MobileChoice::Registered, shown });
            }
            PhoneOfferAnswer::Other => self.show(Screen::Phone(Phone::default())),
        }
    }

    pub fn chosen_mobile(&mut self, mobile: ChosenMobile) {
        if let Some(errand) = &mut self.visit.errand {
            errand.choose_mobile(mobile);
        }
        self.forward_from(Step::Phone);
    }

    /// The counties, with that of the registration in view first.
    pub fn show_county(&mut self) {
        let registered = self.visit.person.as_ref().and_then(Person::registered_district);
        self.show_county_at(registered.map_or(CountyIndex(0), |district| district.county));
    }

    pub fn show_county_at(&mut self, county: CountyIndex) {
        self.show(Screen::County(CountyPick::at(county)));
    }

    pub fn chosen_county(&mut self, county: CountyIndex) {
        if self.visit.waits() {
            return self.ask_places_in(county);
        }
        self.show(Screen::District(DistrictPick::new(county)));
    }

    pub fn chosen_district(&mut self, district: &'static District) {
        if let Some(errand) = &mut self.visit.errand {
            errand.choose_district(district);
        }
        if self.visit.waits() {
            return self.ask_places_in(district.county);
        }
        self.forward_from(Step::Area);
    }

    pub fn site(&mut self, answer: SiteAnswer) {
        match answer {
            SiteAnswer::Site { district, site } => {
                if let Some(errand) = &mut self.visit.errand {
                    errand.choose_site(district, *site);
                }
                let step = if self.visit.waits() { Step::WishPlaces } else { Step::Site };
                self.forward_from(step);
            }
            SiteAnswer::Nearest(district) => self.chosen_district(district),
            SiteAnswer::AskToWait(district) => self.ask_to_wait_in(district),
        }
    }

    /// Asks for the times of the chosen site. `taken`: because the slot that was chosen has just
    /// become full. A slot that was chosen before is given up.
    pub fn ask_slot(&mut self, taken: bool) {
        let Some(errand) = &mut self.visit.errand else { return };
        let own = errand.seat().and_then(|seat| seat.slot());
        let of_all = self.visit.group.as_ref().and_then(|group| group.hours.first());
        let chosen = of_all.or(own).map(|slot| slot.starts);
        let taken = chosen.filter(|_| taken);
        errand.leave_slot();
        if let Some(group) = &mut self.visit.group {
            group.leave_hours();
        }
        if let Some(site) = errand.seat().and_then(|seat| seat.site()) {
            let site = site.id;
            self.wait_for(PendingCall::Slots { site, taken });
        }
    }

    pub fn slot(&mut self, answer: SlotAnswer) {
        match answer {
            SlotAnswer::Slot(slot) => {
                if let Some(errand) = &mut self.visit.errand {
                    errand.choose_slot(slot);
                }
                self.forward_from(Step::Slot);
            }
            SlotAnswer::OtherSite => self.back_from(Step::Slot),
            SlotAnswer::AskToWait => self.ask_to_wait(),
        }
    }

    pub fn review(&mut self, answer: ReviewAnswer) {
        match answer {
            ReviewAnswer::Confirm => self.submit(),
            ReviewAnswer::WithOthers => self.begin_group(),
            ReviewAnswer::Change(Part::Phone) => self.enter(Step::Phone, Heading::Forward),
            ReviewAnswer::Change(Part::Brands) => self.enter(Step::Brands, Heading::Forward),
            ReviewAnswer::Change(Part::Place) if self.visit.waits() => self.ask_places(),
            ReviewAnswer::Change(Part::Time) if self.visit.waits() => self.ask_times(),
            ReviewAnswer::Change(Part::Place) => {
                if let Some(errand) = &mut self.visit.errand {
                    errand.leave_slot();
                    if errand.began_with_offer() {
                        errand.take_route(Route::OtherPlace);
                    }
                }
                self.enter(Step::Area, Heading::Forward);
            }
            ReviewAnswer::Change(Part::Time) => self.back_from(Step::Review),
        }
    }
}
