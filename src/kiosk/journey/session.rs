//! What is known of the person in front of the kiosk: one struct, dropped and wiped whole at the session's end.

use crate::api::bookings::{BookSlot, BookingView, MobileChoice};
use crate::api::sessions::{SessionToken, Standing};
use crate::devices::card_reader::CardFault;
use crate::domain::card::Card;
use crate::domain::eligibility::Refusal;
use crate::domain::language::Language;
use crate::domain::personal::Personal;
use crate::domain::region::{self, District};
use crate::domain::round::{Phase, Round};
use crate::domain::site::{Site, Slot};
use jiff::Timestamp;
use std::time::Duration;

/// One person's time at the kiosk. Its personal texts wipe themselves when it is dropped.
#[derive(Clone, PartialEq, Debug)]
pub struct Session {
    pub id: u64,
    pub started: Duration,
    pub language: Language,
    pub language_chosen: bool,
    pub bilingual: bool,
    pub card: CardState,
    pub token: Option<SessionToken>,
    pub standing: Option<Standing>,
    pub mobile: Option<ChosenMobile>,
    pub district: Option<&'static District>,
    pub site: Option<Site>,
    pub slot: Option<Slot>,
    /// The booking that is being sent: kept until its answer is known, sent again with the same key.
    pub sending: Option<Sending>,
    pub booking: Option<BookingView>,
}

/// How far the card has been read.
#[derive(Clone, PartialEq, Debug)]
pub enum CardState {
    None,
    Reading,
    Read(Box<Card>),
    Faulty(CardFault),
}

/// The phone number as chosen, and as it may be shown.
#[derive(Clone, PartialEq, Debug)]
pub struct ChosenMobile {
    pub choice: MobileChoice,
    pub shown: Personal,
}

#[derive(Clone, PartialEq, Debug)]
pub struct Sending {
    pub ask: BookSlot,
    pub key: String,
}

impl Session {
    pub fn new(id: u64, started: Duration, language: Language) -> Self {
        Self {
            id,
            started,
            language,
            language_chosen: false,
            bilingual: false,
            card: CardState::None,
            token: None,
            standing: None,
            mobile: None,
            district: None,
            site: None,
            slot: None,
            sending: None,
            booking: None,
        }
    }

    /// The phone number given at registration, masked.
    pub fn registered_mobile(&self) -> Option<&Personal> {
        Some(&self.standing.as_ref()?.intention.as_ref()?.mobile_masked)
    }

    /// The district given at registration.
    pub fn registered_district(&self) -> Option<&'static District> {
        region::district(self.standing.as_ref()?.intention.as_ref()?.district)
    }

    /// Why the person cannot book now. What the service said of the person stands; what it said of the clock is looked at again, so
    /// that whoever waits in front of the screen can book the second the round opens.
    pub fn refusal(&self, round: Option<&Round>, wall: Timestamp) -> Option<Refusal> {
        if self.booking.is_some() {
            return Some(Refusal::AlreadyBooked);
        }
        match self.standing.as_ref().and_then(|standing| standing.refusal) {
            None | Some(Refusal::NotOpenYet { .. } | Refusal::Closed { .. }) => match round?.phase(wall) {
                Phase::NotOpenYet { opens } => Some(Refusal::NotOpenYet { opens }),
                Phase::Open { .. } => None,
                Phase::Closed { closed } => Some(Refusal::Closed { closed }),
            },
            person => person,
        }
    }
}
