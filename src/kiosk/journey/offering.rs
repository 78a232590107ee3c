//! The offer: the earliest slot that suits whoever has registered, near their district and with one
//! of their brands. Booked as it is, or with another time, place or phone number.

use super::path::Step;
use super::steps::Heading;
use super::visiting::Visiting;
use crate::api::bookings::MobileChoice;
use crate::api::sites::{BrandCodes, EarliestQuery, EarliestSlot, SiteView};
use crate::client::calls::Call;
use crate::config::profile::Offer;
use crate::domain::refusal::Refusal;
use crate::domain::region;
use crate::kiosk::model::errand::{ChosenMobile, Errand, Route};
use crate::kiosk::model::person::Person;
use crate::kiosk::screens::Screen;
use crate::kiosk::screens::offer::{EarliestOffer, OfferAnswer};
use crate::kiosk::screens::phone::Phone;
use crate::kiosk::screens::waiting::{OfferAfter, PendingCall};

impl Visiting<'_> {
    /// On from the privacy notice: who may book now is offered a slot, everyone else sees the
    /// services.
    pub fn offer_or_services(&mut self) {
        // What is held for them comes before everything else.
        if self.has_unseen_held() {
            return self.show_held();
        }
        let (round, wall) = (self.machine.round.as_ref(), self.machine.now.wall);
        let person = self.visit.person.as_ref();
        let may_book = person.is_some_and(|person| person.refusal(round, wall).is_none());
        // A round that is not known may be one that is not open.
        if may_book && round.is_some() && self.may_be_offered() {
            self.first_offer(OfferAfter::Notice);
        } else {
            self.show(Screen::Service);
        }
    }

    /// Whether nothing has been offered in this visit yet, and something can be.
    pub fn may_be_offered(&self) -> bool {
        let books = self.machine.profile.offers.contains(&Offer::Book);
        books && !self.visit.offered && self.offer_call().is_some()
    }

    /// Asks for an offer, with the phone number given at registration.
    pub fn first_offer(&mut self, after: OfferAfter) {
        let registered = self.visit.person.as_ref().and_then(Person::registered_mobile);
        let mobile = registered
            .map(|shown| ChosenMobile { choice: MobileChoice::Registered, shown: shown.clone() });
        self.visit.offered = true;
        self.visit.errand = Some(Errand::offered(mobile, Route::Offer));
        self.wait_for(PendingCall::Offer(after));
    }

    /// Asks for an offer once more; the phone number stays as it was chosen.
    pub fn offer_again(&mut self, after: OfferAfter) {
        if let Some(errand) = &mut self.visit.errand {
            errand.leave_slot();
            errand.take_route(Route::Offer);
        }
        self.wait_for(PendingCall::Offer(after));
    }

    /// The earliest slots near the registered district with one of the registered brands.
    pub fn offer_call(&self) -> Option<Call> {
        let intention = self.visit.person.as_ref()?.intention()?;
        let brands = BrandCodes(intention.brands.clone());
        let query = EarliestQuery { brands, ..EarliestQuery::default() };
        (!intention.brands.is_empty())
            .then_some(Call::EarliestSlots { district: intention.district, query })
    }

    pub fn offer_came(&mut self, slots: Vec<EarliestSlot>, after: OfferAfter) {
        match EarliestOffer::new(slots, after == OfferAfter::Taken) {
            Some(offer) => self.show(Screen::Offer(offer)),
            None => self.no_offer(after),
        }
    }

    /// There is none, or it could not be asked for: people choose by themselves.
    pub fn no_offer(&mut self, after: OfferAfter) {
        self.visit.errand = None;
        match after {
            OfferAfter::Notice => self.show(Screen::Service),
            OfferAfter::Book => self.begin_errand(Errand::booking()),
            OfferAfter::Taken => self.why_not(Refusal::SlotFull),
        }
    }

    pub fn offer(&mut self, answer: OfferAnswer) {
        match answer {
            OfferAnswer::Book(offered) => {
                let slot = offered.slot.clone();
                self.choose_offered_site(*offered, Route::Offer);
                if let Some(errand) = &mut self.visit.errand {
                    errand.choose_slot(slot);
                }
                self.submit();
            }
            OfferAnswer::OtherTime(offered) => {
                self.choose_offered_site(*offered, Route::OtherTime);
                self.enter(Step::Slot, Heading::Forward);
            }
            OfferAnswer::OtherPlace(offered) => {
                self.choose_offered_site(*offered, Route::OtherPlace);
                self.enter(Step::Site, Heading::Forward);
            }
            OfferAnswer::WithOthers(offered) => {
                let slot = offered.slot.clone();
                self.choose_offered_site(*offered, Route::Offer);
                if let Some(errand) = &mut self.visit.errand {
                    errand.choose_slot(slot);
                }
                self.begin_group();
            }
            OfferAnswer::OtherPhone => self.show(Screen::Phone(Phone::default())),
            OfferAnswer::ToServices => self.services(),
        }
    }

    fn choose_offered_site(&mut self, offered: EarliestSlot, route: Route) {
        // A site's district is checked when the programme is imported: every site has one.
        let Some(district) = region::district(offered.site.district) else { return };
        if let Some(errand) = &mut self.visit.errand {
            errand.take_route(route);
            errand.choose_site(district, offered.site);
        }
    }

    /// Whether the offered site is the only one of these with free seats: who wants another place
    /// then chooses another district.
    pub fn only_offered(&self, sites: &[SiteView]) -> bool {
        let Some(errand) = &self.visit.errand else { return false };
        let Some(offered) = errand.seat().and_then(|seat| seat.site()) else { return false };
        errand.route() == Route::OtherPlace
            && sites.iter().all(|view| view.free == 0 || view.site.id == offered.id)
    }
}
