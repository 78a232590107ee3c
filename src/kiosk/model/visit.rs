//! The visit: one person's time at the kiosk, dropped and wiped whole at its end.

use super::errand::Errand;
use super::person::Person;
use super::printing::Printing;
use super::sign_in::SignIn;
use crate::api::bookings::BookingView;
use crate::devices::card_reader::CardFault;
use crate::domain::card::Card;
use crate::domain::language::Language;
use std::time::Duration;

/// One person's time at the kiosk. Its personal texts wipe themselves when it is dropped.
#[derive(Clone, PartialEq, Debug)]
pub struct Visit {
    pub id: u64,
    /// The uptime at its beginning, or when more time was asked for.
    pub started: Duration,
    /// How often its time was begun anew.
    pub more_time: u8,
    /// The person has seen that the end is near.
    pub end_known: bool,
    pub language: Language,
    pub language_chosen: bool,
    /// Whether the Chinese stands beside the person's language.
    pub bilingual: bool,
    /// The privacy notice has been agreed to.
    pub agreed: bool,
    pub card: CardState,
    pub sign_in: SignIn,
    /// Who has shown who they are.
    pub person: Option<Person>,
    pub errand: Option<Errand>,
    /// A slot has been offered, or could not be.
    pub offered: bool,
    /// A seat that is held for them has been shown.
    pub held_shown: bool,
    /// What was booked by the code of a text message, by somebody whom nobody knows.
    pub by_code: Option<Box<ByCode>>,
}

/// A booking that was made by a code alone.
#[derive(Clone, PartialEq, Debug)]
pub struct ByCode {
    pub booking: BookingView,
    /// What became of its receipt on paper.
    pub printing: Printing,
}

/// How far the card has been read.
#[derive(Clone, PartialEq, Debug)]
pub enum CardState {
    Absent,
    Reading,
    Read(Box<Card>),
    Faulty(CardFault),
}

impl Visit {
    pub fn new(id: u64, started: Duration, language: Language) -> Self {
        Self {
            id,
            started,
            more_time: 0,
            end_known: false,
            language,
            language_chosen: false,
            bilingual: false,
            agreed: false,
            card: CardState::Absent,
            sign_in: SignIn::default(),
            person: None,
            errand: None,
            offered: false,
            held_shown: false,
            by_code: None,
        }
    }

    /// The card that has been read.
    pub fn card(&self) -> Option<&Card> {
        match &self.card {
            CardState::Read(card) => Some(card),
            CardState::Absent | CardState::Reading | CardState::Faulty(_) => None,
        }
    }

    /// Whether somebody has begun to show who they are: a card that comes now is another's.
    pub fn is_taken(&self) -> bool {
        self.card != CardState::Absent
            || self.person.is_some()
            || self.sign_in.found().is_some()
            || self.by_code.is_some()
    }

    /// The booking that is there: the person's, or what was booked by a code.
    pub fn booking(&self) -> Option<&BookingView> {
        let by_code = self.by_code.as_ref().map(|by_code| &by_code.booking);
        self.person.as_ref().and_then(Person::booking).or(by_code)
    }

    /// What becomes of its receipt on paper.
    pub fn printing(&self) -> Printing {
        match (&self.person, &self.by_code) {
            (Some(person), _) => person.printing,
            (None, Some(by_code)) => by_code.printing,
            (None, None) => Printing::NotYet,
        }
    }

    pub fn printing_mut(&mut self) -> Option<&mut Printing> {
        match (&mut self.person, &mut self.by_code) {
            (Some(person), _) => Some(&mut person.printing),
            (None, Some(by_code)) => Some(&mut by_code.printing),
            (None, None) => None,
        }
    }

    /// The name on the card, or as the service told it.
    pub fn name_masked(&self) -> Option<String> {
        match (self.card(), &self.person) {
            (Some(card), _) => Some(card.name.masked()),
            (None, Some(person)) => Some(person.standing.name_masked.expose().to_owned()),
            (None, None) => None,
        }
    }

    /// The ID number on the card, or as it was typed.
    pub fn id_masked(&self) -> Option<String> {
        match self.card() {
            Some(card) => Some(card.id.masked()),
            None => self.sign_in.id().map(|id| id.masked()),
        }
    }

    /// Whether free seats matter to what they came for.
    pub fn looks_for_seats(&self) -> bool {
        match &self.errand {
            None | Some(Errand::Booking(_) | Errand::Rescheduling(_)) => true,
            Some(Errand::Registering(_) | Errand::Waiting(_) | Errand::Leftovers(_)) => false,
        }
    }

    /// Whether they say what they would wait for.
    pub fn waits(&self) -> bool {
        matches!(self.errand, Some(Errand::Waiting(_)))
    }

    pub fn is_registering(&self) -> bool {
        matches!(self.errand, Some(Errand::Registering(_)))
    }

    pub fn is_rescheduling(&self) -> bool {
        matches!(self.errand, Some(Errand::Rescheduling(_)))
    }
}
