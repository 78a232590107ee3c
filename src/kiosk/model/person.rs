//! The person who has shown who they are, and how the service says that they stand.

use super::printing::Printing;
use crate::api::bookings::BookingView;
use crate::api::intentions::IntentionView;
use crate::api::sessions::{SessionOpened, SessionToken, Standing};
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
        // Whose slot was closed chooses until later than others.
        let may_choose = self.standing.displaced.as_ref().is_some_and(|it| wall < it.until);
        if may_choose && self.standing.refusal.is_none() {
            return None;
        }
        refusal_at(self.standing.refusal, round, wall)
    }
}
