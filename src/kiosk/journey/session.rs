//! What is known of the person in front of the kiosk: one struct, dropped and wiped whole at the
//! session's end.

use crate::api::bookings::{BookSlot, BookingView, CancelBooking, MobileChoice, MoveBooking};
use crate::api::graphic::GraphicAnswer;
use crate::api::intentions::{IntentionView, Register};
use crate::api::queries::{Query, QueryView};
use crate::api::sessions::{OpenSession, SessionToken, Standing};
use crate::config::profile::WayIn;
use crate::devices::card_reader::CardFault;
use crate::domain::card::{Card, CardNumber};
use crate::domain::eligibility::Refusal;
use crate::domain::identity::IdNumber;
use crate::domain::language::Language;
use crate::domain::personal::Personal;
use crate::domain::region::{self, District};
use crate::domain::round::{Brand, Phase, Round};
use crate::domain::site::{Site, Slot};
use crate::kiosk::paper::Printing;
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
    /// The booking that is being sent: kept until its answer is known, sent again with the same
    /// key.
    pub sending: Option<Sending>,
    pub booking: Option<BookingView>,
    /// What became of that booking's receipt on paper.
    pub printing: Printing,
    pub purpose: Purpose,
    /// Chosen at registration.
    pub brands: Vec<Brand>,
    /// How the person comes in; none: by putting the card in.
    pub way: Option<WayIn>,
    pub agreed: bool,
    pub typed: Typed,
    pub found: Option<QueryView>,
    /// Something was changed since the service told how the person stands.
    pub stale: bool,
}

/// What was typed to come in.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Typed {
    pub id: Option<IdNumber>,
    pub card: Option<CardNumber>,
    /// The app's code.
    pub code: Personal,
    /// The registered password.
    pub password: Personal,
    /// The last digits of the mobile number.
    pub mobile_end: Personal,
    pub graphic: Option<GraphicAnswer>,
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
            printing: Printing::default(),
            purpose: Purpose::default(),
            brands: Vec::new(),
            way: None,
            agreed: false,
            typed: Typed::default(),
            found: None,
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

    /// What proves who the person is, once it is all there.
    pub fn proof(&self) -> Option<OpenSession> {
        let typed = &self.typed;
        match (self.way, &self.card) {
            (Some(WayIn::App), _) => Some(OpenSession::App {
                id: typed.id.clone()?,
                code: typed.code.clone(),
                graphic: typed.graphic.clone()?,
            }),
            (Some(WayIn::Numbers), _) => Some(OpenSession::Numbers {
                id: typed.id.clone()?,
                card: typed.card.clone()?,
                graphic: typed.graphic.clone()?,
            }),
            (way @ (None | Some(WayIn::CardPassword)), CardState::Read(card)) => {
                let password = (way == Some(WayIn::CardPassword)).then(|| typed.password.clone());
                Some(OpenSession::Card { id: card.id.clone(), card: card.number.clone(), password })
            }
            (Some(WayIn::Query), _)
            | (_, CardState::None | CardState::Reading | CardState::Faulty(_)) => None,
        }
    }

    /// What the simple query asks, once it is all there.
    pub fn query(&self) -> Option<Query> {
        let Typed { id, mobile_end, graphic, .. } = &self.typed;
        Some(Query { id: id.clone()?, mobile_end: mobile_end.clone(), graphic: graphic.clone()? })
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
            CardState::None | CardState::Reading | CardState::Faulty(_) => {
                Some(self.typed.id.as_ref()?.masked())
            }
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

    /// Why the person cannot book now. What the service said of the person stands; what it said of
    /// the clock is looked at again, so that whoever waits in front of the screen can book the
    /// second the round opens.
    pub fn refusal(&self, round: Option<&Round>, wall: Timestamp) -> Option<Refusal> {
        if self.booking.is_some() {
            return Some(Refusal::AlreadyBooked);
        }
        match self.standing.as_ref().and_then(|standing| standing.refusal) {
            Some(Refusal::AgeOpensLater { opens }) if wall < opens => {
                Some(Refusal::AgeOpensLater { opens })
            }
            // The round's first hour may be another's: one's own is what the service said.
            Some(Refusal::NotOpenYet { opens })
                if wall < opens && round.is_some_and(|round| opens > round.opens) =>
            {
                Some(Refusal::NotOpenYet { opens })
            }
            None
            | Some(
                Refusal::NotOpenYet { .. } | Refusal::AgeOpensLater { .. } | Refusal::Closed { .. },
            ) => match round?.phase(wall) {
                Phase::NotOpenYet { opens } => Some(Refusal::NotOpenYet { opens }),
                Phase::Open { .. } => None,
                Phase::Closed { closed } => Some(Refusal::Closed { closed }),
            },
            person => person,
        }
    }
}
