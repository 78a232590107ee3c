//! What a screen may know besides its own state, to look at and not to change.

use crate::api::bookings::BookingView;
use crate::config::profile::{Offer, WayIn};
use crate::domain::refusal::Refusal;
use crate::domain::site::Site;
use crate::kiosk::model::errand::Errand;
use crate::kiosk::model::machine::Machine;
use crate::kiosk::model::person::Person;
use crate::kiosk::model::visit::Visit;
use crate::kiosk::widgets::graphic::{CARD_FRAMES, CARD_STILL};

/// What whoever has no seat can do besides booking.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum LineService {
    /// A seat is held for them.
    Held,
    /// To wait for one, or to see how they wait.
    Wait,
    /// To be told of doses that are left.
    Leftovers,
}

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

    /// The booking that is there: the person's, or what was booked by a code.
    pub fn booking(&self) -> Option<&'a BookingView> {
        self.visit?.booking()
    }

    /// Why the person cannot book now.
    pub fn refusal(&self) -> Option<Refusal> {
        let (round, wall) = (self.machine.round.as_ref(), self.machine.now.wall);
        self.person().and_then(|person| person.refusal(round, wall))
    }

    /// Whether the person may wait for a seat: whoever may book, has none, and books alone.
    pub fn may_wait(&self) -> bool {
        let books = self.machine.profile.offers.contains(&Offer::Book);
        let alone = self.visit.is_none_or(|visit| visit.group.is_none());
        books && alone && self.person().is_some() && self.refusal().is_none()
    }

    /// The service for whoever has no seat, if there is one for this person now.
    pub fn line_service(&self) -> Option<LineService> {
        let person = self.person().filter(|person| person.booking().is_none())?;
        let now = self.machine.now.wall;
        let offered = person.offer().is_some_and(|offer| now < offer.until);
        let books = self.machine.profile.offers.contains(&Offer::Book);
        match self.refusal() {
            _ if !books => None,
            _ if offered || person.displaced().is_some() => Some(LineService::Held),
            None => Some(LineService::Wait),
            // Doses are left when the booking window is over.
            Some(Refusal::Closed { .. }) => Some(LineService::Leftovers),
            Some(_) => None,
        }
    }

    /// The only site for which the person waits.
    pub fn waited_site(&self) -> Option<&'a Site> {
        let wished = self.visit?.errand.as_ref().and_then(Errand::wish);
        let waits = self.person()?.waiting.as_ref().and_then(|waiting| waiting.site.as_ref());
        waits.or_else(|| wished?.places.site())
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
