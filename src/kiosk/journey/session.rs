//! What is known of the person in front of the kiosk: one struct, dropped and wiped whole at the session's end.

use crate::api::bookings::{BookSlot, BookingView, CancelBooking, MobileChoice, MoveBooking};
use crate::api::intentions::{IntentionView, Register};
use crate::api::sessions::{SessionToken, Standing};
use crate::devices::card_reader::CardFault;
use crate::domain::card::Card;
use crate::domain::eligibility::Refusal;
use crate::domain::language::Language;
use crate::domain::personal::Personal;
use crate::domain::region::{self, District};
use crate::domain::round::{Brand, Phase, Round};
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
    pub purpose: Purpose,
    /// Chosen at registration.
    pub brands: Vec<Brand>,
    /// Something was changed since the service told how the person stands.
    pub stale: bool,
}

/// What the person is about.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Purpose {
    #[default]
    Booking,
    Registering,
    /// Another seat for the booking that is there.
    Moving,
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

/// What is being sent. Sent again it is the same, whatever became of it the first time.
#[derive(Clone, PartialEq, Debug)]
pub enum Sending {
    Book { ask: BookSlot, key: String },
    Move(MoveBooking),
    Cancel(CancelBooking),
    Register(Register),
    Withdraw,
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
            purpose: Purpose::default(),
            brands: Vec::new(),
            stale: false,
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

    /// Of the card, or as the service told it.
    pub fn name_masked(&self) -> Option<String> {
        match &self.card {
            CardState::Read(card) => Some(card.name.masked()),
            CardState::None | CardState::Reading | CardState::Faulty(_) => {
                Some(self.standing.as_ref()?.name_masked.expose().to_owned())
            }
        }
    }

    /// Of the card, or as it was typed.
    pub fn id_masked(&self) -> Option<String> {
        match &self.card {
            CardState::Read(card) => Some(card.id.masked()),
            CardState::None | CardState::Reading | CardState::Faulty(_) => None,
        }
    }

    /// What was registered.
    pub fn intention(&self) -> Option<&IntentionView> {
        self.standing.as_ref()?.intention.as_ref()
    }

    /// Why the person cannot register now, or change what they registered.
    pub fn registering_refusal(&self, wall: Timestamp) -> Option<Refusal> {
        let said = self.standing.as_ref()?.registering?;
        let over = matches!(said, Refusal::RegistrationNotOpenYet { opens } if wall >= opens);
        (!over).then_some(said)
    }

    /// Why the person cannot book now. What the service said of the person stands; what it said of the clock is looked at again, so
    /// that whoever waits in front of the screen can book the second the round opens.
    pub fn refusal(&self, round: Option<&Round>, wall: Timestamp) -> Option<Refusal> {
        if self.booking.is_some() {
            return Some(Refusal::AlreadyBooked);
        }
        match self.standing.as_ref().and_then(|standing| standing.refusal) {
            Some(Refusal::AgeOpensLater { opens }) if wall < opens => Some(Refusal::AgeOpensLater { opens }),
            // The round's first hour may be another's: one's own is what the service said.
            Some(Refusal::NotOpenYet { opens }) if wall < opens && round.is_some_and(|round| opens > round.opens) => {
                Some(Refusal::NotOpenYet { opens })
            }
            None | Some(Refusal::NotOpenYet { .. } | Refusal::AgeOpensLater { .. } | Refusal::Closed { .. }) => {
                match round?.phase(wall) {
                    Phase::NotOpenYet { opens } => Some(Refusal::NotOpenYet { opens }),
                    Phase::Open { .. } => None,
                    Phase::Closed { closed } => Some(Refusal::Closed { closed }),
                }
            }
            person => person,
        }
    }
}
