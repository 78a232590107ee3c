//! The person who has shown who they are, and how the service says that they stand.

use super::printing::Printing;
use crate::api::bookings::BookingView;
use crate::api::intentions::IntentionView;
use crate::api::sessions::{Displaced, OfferView, SessionOpened, SessionToken, Standing};
use crate::api::waiting::WaitingView;
use crate::domain::eligibility::refusal_at;
use crate::domain::personal::Personal;
use crate::domain::refusal::Refusal;
use crate::domain::region::{self, District};
use crate::domain::round::Round;
use jiff::Timestamp;

/// Somebody whom the service knows. Their texts wipe themselves when they are dropped.
#[derive(Clone, PartialEq, Debug)]
pub struct Person {
    /// Speaks for the person at the service.
    pub token: SessionToken,
    /// How they stand, with what was changed here since the service told it.
    pub standing: Standing,
    /// How they wait for a seat, if that was asked and they do.
    pub waiting: Option<Box<WaitingView>>,
    /// What became of the booking's receipt on paper.
    pub printing: Printing,
    /// Something was changed since the service told how they stand.
    pub stale: bool,
}

impl Person {
    pub fn new(opened: SessionOpened) -> Self {
        Self {
            token: opened.token,
            standing: opened.standing,
            waiting: None,
            printing: Printing::default(),
            stale: false,
        }
    }

    /// The service has told anew how they stand.
    pub fn stands(&mut self, standing: Standing) {
        self.standing = standing;
        self.stale = false;
    }

    /// The live booking.
    pub fn booking(&self) -> Option<&BookingView> {
        self.standing.booking.as_ref()
    }

    /// Another booking, or none: its receipt has not been printed.
    pub fn has_booking(&mut self, booking: Option<BookingView>) {
        self.standing.booking = booking;
        // Whoever has a seat waits for none, and what was held for them is theirs or another's.
        (self.standing.offer, self.standing.displaced) = (None, None);
        self.waiting = None;
        self.printing = Printing::default();
        self.stale = true;
    }

    /// What was registered.
    pub fn intention(&self) -> Option<&IntentionView> {
        self.standing.intention.as_ref()
    }

    /// Another registration, or none.
    pub fn has_intention(&mut self, intention: Option<IntentionView>) {
        self.standing.intention = intention;
        self.stale = true;
    }

    /// How they wait for a seat, or that they do not.
    pub fn waits(&mut self, waiting: Option<Box<WaitingView>>) {
        self.standing.offer = waiting.as_ref().and_then(|waiting| waiting.offer.clone());
        self.waiting = waiting;
    }

    /// The seat that is held for them because they wait, although its time may have ended.
    pub fn offer(&self) -> Option<&OfferView> {
        self.standing.offer.as_ref().filter(|_| self.booking().is_none())
    }

    /// What happened to their seat whose slot was closed.
    pub fn displaced(&self) -> Option<&Displaced> {
        self.standing.displaced.as_ref().filter(|_| self.booking().is_none())
    }

    /// The phone number given at registration, masked.
    pub fn registered_mobile(&self) -> Option<&Personal> {
        Some(&self.intention()?.mobile_masked)
    }

    /// The district given at registration.
    pub fn registered_district(&self) -> Option<&'static District> {
        region::district(self.intention()?.district)
    }

    /// Why they cannot register now, or change what they registered.
    pub fn registering_refusal(&self, wall: Timestamp) -> Option<Refusal> {
        let said = self.standing.registering?;
        let over = matches!(said, Refusal::RegistrationNotOpenYet { opens } if wall >= opens);
        (!over).then_some(said)
    }

    /// Why they cannot book now. What the service said of the person stands; what it said of the
    /// clock is looked at again, so that whoever waits in front of the screen can book the second
    /// the round opens.
    pub fn refusal(&self, round: Option<&Round>, wall: Timestamp) -> Option<Refusal> {
        if self.booking().is_some() {
            return Some(Refusal::AlreadyBooked);
        }
        // Who lost a seat may choose another when the window is over, too.
        if self.displaced().is_some_and(|displaced| wall < displaced.until) {
            return self.standing.refusal;
        }
        refusal_at(self.standing.refusal, round, wall)
    }
}
