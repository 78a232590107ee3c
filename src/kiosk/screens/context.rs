//! What a screen may know besides its own state, to look at and not to change.

use crate::config::profile::{Offer, WayIn};
use crate::kiosk::model::machine::Machine;
use crate::kiosk::model::person::Person;
use crate::kiosk::model::visit::Visit;
use crate::kiosk::widgets::graphic::{CARD_FRAMES, CARD_STILL};

#[derive(Clone, Copy)]
pub struct Context<'a> {
    pub machine: &'a Machine,
    pub visit: Option<&'a Visit>,
}

impl<'a> Context<'a> {
    /// Who has shown who they are.
    pub fn person(&self) -> Option<&'a Person> {
        self.visit?.person.as_ref()
    }

    /// Whether the person has chosen the language that they are spoken to in.
    pub fn language_chosen(&self) -> bool {
        self.visit.is_some_and(|visit| visit.language_chosen)
    }

    /// Whether others may come along with the person: booking is offered, and there is a way for
    /// another person to show who they are.
    pub fn may_bring_others(&self) -> bool {
        let profile = &self.machine.profile;
        let types = [WayIn::Numbers, WayIn::App].iter().any(|way| profile.ways.contains(way));
        profile.offers.contains(&Offer::Book) && (types || !self.machine.reader_lost)
    }

    /// Which picture of the moving card is shown: another one each second, since the kiosk draws at
    /// each tick; always the same for whoever wants to see easier.
    pub fn card_frame(&self) -> u8 {
        if self.machine.clearer.is_on() {
            return CARD_STILL;
        }
        (self.machine.now.uptime.as_secs() % u64::from(CARD_FRAMES)) as u8
    }
}
