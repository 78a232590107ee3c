//! What the person is here to do, with the draft of it. Beginning another errand replaces the draft
//! whole, so nothing that was chosen for one counts in another.

use super::submission::Submission;
use super::wish::{ChosenPlaces, ChosenWish};
use crate::api::bookings::{BookSlot, MobileChoice, MoveBooking};
use crate::api::intentions::Register;
use crate::api::leftovers::AskForLeftover;
use crate::api::waiting::AskToWait;
use crate::domain::booking_number::BookingNumber;
use crate::domain::language::Language;
use crate::domain::personal::Personal;
use crate::domain::region::District;
use crate::domain::round::Brand;
use crate::domain::site::{Site, Slot};
use crate::domain::waiting::DISTRICTS_AT_MOST;

/// What the person is here to do.
#[derive(Clone, PartialEq, Debug)]
pub enum Errand {
    Booking(BookingDraft),
    Registering(RegistrationDraft),
    Rescheduling(RescheduleDraft),
    Waiting(WaitingDraft),
    Leftovers(LeftoverDraft),
}

/// A booking as far as it is chosen.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct BookingDraft {
    pub mobile: Option<ChosenMobile>,
    pub seat: Seat,
    pub route: Route,
}

/// How somebody comes to the slot of their booking.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Route {
    /// Phone, area, site and slot are asked one after another.
    #[default]
    Questions,
    /// The slot that the kiosk offers is booked as it is.
    Offer,
    /// Another time at the offered site.
    OtherTime,
    /// Another site than the offered one, and a time there.
    OtherPlace,
    /// An hour with seats for several people, at the site that was chosen before.
    Together,
    /// The same at another site.
    TogetherElsewhere,
    /// The seat that is held for them is booked as it is.
    Held,
}

/// A registration of an intention as far as it is chosen.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct RegistrationDraft {
    pub mobile: Option<ChosenMobile>,
    pub district: Option<&'static District>,
    /// Empty until they are confirmed.
    pub brands: Vec<Brand>,
}

/// Another seat for a booking, as far as it is chosen.
#[derive(Clone, PartialEq, Debug)]
pub struct RescheduleDraft {
    pub booking: BookingNumber,
    pub seat: Seat,
}

/// What somebody waits for when nothing is free, as far as it is chosen.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct WaitingDraft {
    pub mobile: Option<ChosenMobile>,
    pub wish: ChosenWish,
}

/// At which site somebody wants to be told of doses that are left.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct LeftoverDraft {
    pub mobile: Option<ChosenMobile>,
    pub seat: Seat,
}

/// Where and when, as far as it is chosen: a site only in a district, a slot only at a site.
#[derive(Clone, PartialEq, Debug, Default)]
pub enum Seat {
    #[default]
    Nowhere,
    District(&'static District),
    Site(&'static District, Box<Site>),
    Slot(&'static District, Box<Site>, Slot),
}

/// The phone number as chosen, and as it may be shown.
#[derive(Clone, PartialEq, Debug)]
pub struct ChosenMobile {
    pub choice: MobileChoice,
    pub shown: Personal,
}

impl Seat {
    pub fn district(&self) -> Option<&'static District> {
        match self {
            Seat::Nowhere => None,
            Seat::District(district) | Seat::Site(district, _) | Seat::Slot(district, ..) => {
                Some(district)
            }
        }
    }

    pub fn site(&self) -> Option<&Site> {
        match self {
            Seat::Nowhere | Seat::District(_) => None,
            Seat::Site(_, site) | Seat::Slot(_, site, _) => Some(site),
        }
    }

    pub fn slot(&self) -> Option<&Slot> {
        match self {
            Seat::Nowhere | Seat::District(_) | Seat::Site(..) => None,
            Seat::Slot(_, _, slot) => Some(slot),
        }
    }

    /// Takes a slot of the chosen site.
    fn take(&mut self, slot: Slot) {
        *self = match std::mem::take(self) {
            Seat::Site(district, site) | Seat::Slot(district, site, _) => {
                Seat::Slot(district, site, slot)
            }
            without_site @ (Seat::Nowhere | Seat::District(_)) => without_site,
        };
    }

    /// Gives the slot up; the site stays.
    fn leave(&mut self) {
        *self = match std::mem::take(self) {
            Seat::Slot(district, site, _) => Seat::Site(district, site),
            other @ (Seat::Nowhere | Seat::District(_) | Seat::Site(..)) => other,
        };
    }
}

impl Errand {
    /// A booking of which nothing is chosen yet.
    pub fn booking() -> Self {
        Errand::Booking(BookingDraft::default())
    }

    /// A booking of the slot that is going to be offered, or is held.
    pub fn offered(mobile: Option<ChosenMobile>, route: Route) -> Self {
        let seat = Seat::Nowhere;
        Errand::Booking(BookingDraft { mobile, seat, route })
    }

    /// How a booking's slot is found; the other errands have one way only.
    pub fn route(&self) -> Route {
        match self {
            Errand::Booking(draft) => draft.route,
            Errand::Registering(_)
            | Errand::Rescheduling(_)
            | Errand::Waiting(_)
            | Errand::Leftovers(_) => Route::Questions,
        }
    }

    /// From here on a booking's slot is found in this way.
    pub fn take_route(&mut self, chosen: Route) {
        match self {
            Errand::Booking(draft) => draft.route = chosen,
            Errand::Registering(_)
            | Errand::Rescheduling(_)
            | Errand::Waiting(_)
            | Errand::Leftovers(_) => {}
        }
    }

    /// Whether it began with an offer.
    pub fn began_with_offer(&self) -> bool {
        match self.route() {
            Route::Offer | Route::OtherTime | Route::OtherPlace => true,
            Route::Questions | Route::Together | Route::TogetherElsewhere | Route::Held => false,
        }
    }

    /// A registration of which nothing is chosen yet.
    pub fn registering() -> Self {
        Errand::Registering(RegistrationDraft::default())
    }

    pub fn mobile(&self) -> Option<&ChosenMobile> {
        match self {
            Errand::Booking(BookingDraft { mobile, .. })
            | Errand::Registering(RegistrationDraft { mobile, .. })
            | Errand::Waiting(WaitingDraft { mobile, .. })
            | Errand::Leftovers(LeftoverDraft { mobile, .. }) => mobile.as_ref(),
            Errand::Rescheduling(_) => None,
        }
    }

    /// Another seat keeps the booking's phone number.
    pub fn choose_mobile(&mut self, chosen: ChosenMobile) {
        match self {
            Errand::Booking(BookingDraft { mobile, .. })
            | Errand::Registering(RegistrationDraft { mobile, .. })
            | Errand::Waiting(WaitingDraft { mobile, .. })
            | Errand::Leftovers(LeftoverDraft { mobile, .. }) => *mobile = Some(chosen),
            Errand::Rescheduling(_) => {}
        }
    }

    /// The phone number is not known any more.
    pub fn forget_mobile(&mut self) {
        match self {
            Errand::Booking(BookingDraft { mobile, .. })
            | Errand::Registering(RegistrationDraft { mobile, .. }) => *mobile = None,
            Errand::Rescheduling(_) | Errand::Waiting(_) | Errand::Leftovers(_) => {}
        }
    }

    /// Where and when; a registration and a wish have none.
    pub fn seat(&self) -> Option<&Seat> {
        match self {
            Errand::Booking(BookingDraft { seat, .. })
            | Errand::Rescheduling(RescheduleDraft { seat, .. })
            | Errand::Leftovers(LeftoverDraft { seat, .. }) => Some(seat),
            Errand::Registering(_) | Errand::Waiting(_) => None,
        }
    }

    fn seat_mut(&mut self) -> Option<&mut Seat> {
        match self {
            Errand::Booking(BookingDraft { seat, .. })
            | Errand::Rescheduling(RescheduleDraft { seat, .. })
            | Errand::Leftovers(LeftoverDraft { seat, .. }) => Some(seat),
            Errand::Registering(_) | Errand::Waiting(_) => None,
        }
    }

    /// What is waited for.
    pub fn wish(&self) -> Option<&ChosenWish> {
        match self {
            Errand::Waiting(draft) => Some(&draft.wish),
            Errand::Booking(_)
            | Errand::Registering(_)
            | Errand::Rescheduling(_)
            | Errand::Leftovers(_) => None,
        }
    }

    pub fn wish_mut(&mut self) -> Option<&mut ChosenWish> {
        match self {
            Errand::Waiting(draft) => Some(&mut draft.wish),
            Errand::Booking(_)
            | Errand::Registering(_)
            | Errand::Rescheduling(_)
            | Errand::Leftovers(_) => None,
        }
    }

    pub fn district(&self) -> Option<&'static District> {
        match self {
            Errand::Booking(BookingDraft { seat, .. })
            | Errand::Rescheduling(RescheduleDraft { seat, .. })
            | Errand::Leftovers(LeftoverDraft { seat, .. }) => seat.district(),
            Errand::Registering(draft) => draft.district,
            Errand::Waiting(draft) => draft.wish.places.districts().first().copied(),
        }
    }

    /// Another district: a site and a slot of the one before no longer count. Who waits may have
    /// several.
    pub fn choose_district(&mut self, chosen: &'static District) {
        match self {
            Errand::Booking(BookingDraft { seat, .. })
            | Errand::Rescheduling(RescheduleDraft { seat, .. })
            | Errand::Leftovers(LeftoverDraft { seat, .. }) => *seat = Seat::District(chosen),
            Errand::Registering(draft) => draft.district = Some(chosen),
            Errand::Waiting(draft) => draft.wish.places.add(chosen, DISTRICTS_AT_MOST),
        }
    }

    /// A site of the chosen district. The slot that was chosen before no longer counts.
    pub fn choose_site(&mut self, district: &'static District, site: Site) {
        if let Some(wish) = self.wish_mut() {
            wish.places = ChosenPlaces::Site(district, Box::new(site));
        } else if let Some(seat) = self.seat_mut() {
            *seat = Seat::Site(district, Box::new(site));
        }
    }

    pub fn choose_slot(&mut self, slot: Slot) {
        if let Some(seat) = self.seat_mut() {
            seat.take(slot);
        }
    }

    /// The slot is given up, or is gone; the site stays chosen.
    pub fn leave_slot(&mut self) {
        if let Some(seat) = self.seat_mut() {
            seat.leave();
        }
    }

    /// Whether all that comes after the phone number is chosen.
    pub fn is_complete(&self) -> bool {
        match self {
            Errand::Booking(BookingDraft { seat, .. })
            | Errand::Rescheduling(RescheduleDraft { seat, .. }) => seat.slot().is_some(),
            Errand::Registering(draft) => !draft.brands.is_empty(),
            Errand::Waiting(draft) => draft.wish.told().is_some(),
            Errand::Leftovers(draft) => draft.seat.site().is_some(),
        }
    }

    /// What is sent to the service; `None` while something of the draft is missing. `key` belongs
    /// to this press of the button: a booking sent again has the same.
    pub fn submission(&self, language: Language, key: u128) -> Option<Submission> {
        match self {
            Errand::Booking(draft) => {
                let mobile = draft.mobile.as_ref()?.choice.clone();
                let ask = BookSlot { slot: draft.seat.slot()?.id, mobile, language };
                Some(Submission::Book { ask, key: format!("{key:032x}") })
            }
            Errand::Registering(draft) => Some(Submission::Register(Register {
                mobile: draft.mobile.as_ref()?.choice.clone(),
                district: draft.district?.code,
                brands: draft.brands.clone(),
                language,
            })),
            Errand::Rescheduling(draft) => {
                let slot = draft.seat.slot()?.id;
                Some(Submission::Reschedule(MoveBooking { number: draft.booking, slot, language }))
            }
            Errand::Waiting(draft) => {
                let mobile = draft.mobile.as_ref()?.choice.clone();
                Some(Submission::Wait(AskToWait { wish: draft.wish.told()?, mobile, language }))
            }
            Errand::Leftovers(draft) => {
                let (site, mobile) = (draft.seat.site()?.id, draft.mobile.as_ref()?.choice.clone());
                Some(Submission::TellOfLeftovers(AskForLeftover { site, mobile, language }))
            }
        }
    }
}
