//! Going forward and back over the steps of an errand, and what each step shows.

use super::path::{Step, after, before};
use super::visiting::Visiting;
use crate::domain::region::CountyIndex;
use crate::kiosk::model::errand::{Errand, Route};
use crate::kiosk::screens::Screen;
use crate::kiosk::screens::district::DistrictPick;
use crate::kiosk::screens::group::GroupScreen;
use crate::kiosk::screens::waiting::{OfferAfter, PendingCall};

/// From which side a step is entered.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Heading {
    Forward,
    Back,
}

impl Visiting<'_> {
    /// On from a step whose question has been answered.
    pub fn forward_from(&mut self, step: Step) {
        let errand = self.visit.errand.as_ref();
        let next = match step {
            // Another number for what is held.
            Step::Phone if errand.is_some_and(|errand| errand.route() == Route::Held) => {
                Some(Step::Held)
            }
            // A phone number changed at review leads back to it.
            Step::Phone if errand.is_some_and(Errand::is_complete) => Some(Step::Review),
            // What was changed of a whole wish.
            Step::WishPlaces | Step::WishTimes if errand.is_some_and(Errand::is_complete) => {
                Some(Step::Review)
            }
            // Another number for what is offered.
            Step::Phone if errand.is_some_and(Errand::began_with_offer) => Some(Step::Offer),
            _ => after(errand, step),
        };
        if let Some(next) = next {
            self.enter(next, Heading::Forward);
        }
    }

    /// Back from a step. Before an errand's first step lies what it was begun from.
    pub fn back_from(&mut self, step: Step) {
        match before(self.visit.errand.as_ref(), step) {
            Some(step) => self.enter(step, Heading::Back),
            None => self.show_booking(),
        }
    }

    /// Shows a step's first screen, or asks the service for what it needs.
    pub fn enter(&mut self, step: Step, heading: Heading) {
        match step {
            Step::Privacy => self.show(Screen::Privacy),
            Step::Service => self.services(),
            Step::Offer => self.offer_again(OfferAfter::Notice),
            Step::Together => self.gather(),
            Step::Phone => self.ask_mobile(),
            Step::Area if heading == Heading::Back && self.knows_area() => self.show_district(),
            // Who registers or waits needs no seats.
            Step::Area if !self.visit.looks_for_seats() => self.show_county(),
            Step::Area => self.wait_for(PendingCall::Seats),
            Step::Site => {
                if let Some(district) = self.visit.errand.as_ref().and_then(Errand::district) {
                    self.wait_for(PendingCall::Sites(district.code));
                }
            }
            Step::Slot => self.ask_slot(false),
            Step::Brands => self.ask_brands(),
            Step::Review if self.visit.group.is_some() => {
                self.show(Screen::Group(GroupScreen::Review));
            }
            Step::WishPlaces => self.ask_places(),
            Step::WishTimes => self.ask_times(),
            Step::Held => self.show(Screen::Held),
            Step::Review => self.show(Screen::Review),
        }
    }

    /// Whether the districts can be shown without asking for free seats first: who registers or
    /// waits needs none.
    fn knows_area(&self) -> bool {
        !self.visit.looks_for_seats() || !self.machine.seats.districts.is_empty()
    }

    /// The districts of the chosen one's county.
    pub fn show_district(&mut self) {
        let district = self.visit.errand.as_ref().and_then(Errand::district);
        let county = district.map_or(CountyIndex(0), |district| district.county);
        self.show(Screen::District(DistrictPick::new(county)));
    }
}
