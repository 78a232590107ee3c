//! Logging in at the counter: the card, its PIN, and what can go wrong. The PIN is masked on the
//! screen, handed to the card once and kept nowhere.

use crate::api::problem::Code;
use crate::devices::staff_card::{ModuleFault, SignFault, StaffCard, StaffCardEvent, Tries};
use crate::domain::card::Card;
use crate::domain::personal::Personal;
use crate::kiosk::model::counter::{CounterAction, LogInBy};

/// How far somebody of the staff is.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct LogIn {
    pub step: LogInStep,
    /// Why it failed before.
    pub trouble: Option<Trouble>,
}

#[derive(Clone, PartialEq, Debug, Default)]
pub enum LogInStep {
    /// No card is there.
    #[default]
    Card,
    /// The PIN of the staff card is typed.
    Pin {
        typed: Personal,
        card: Box<StaffCard>,
    },
    /// The registered password of an NHI card is typed.
    Password {
        typed: Personal,
        card: Box<Card>,
    },
    /// The NHI card is being read.
    Reading,
    Checking(Checking),
}

/// What is waited for.
#[derive(Clone, PartialEq, Debug)]
pub enum Checking {
    /// The service's challenge. The PIN goes to the card with it.
    Challenge { pin: Personal, card: Box<StaffCard> },
    /// The card's signature of the challenge with this nonce.
    Signature { nonce: String, card: Box<StaffCard> },
    /// The service's session.
    Session(LogInBy),
}

/// Why somebody is not logged in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Trouble {
    /// The card has not signed.
    Sign(SignFault),
    /// The service says no.
    Problem(Code),
    /// The service does not answer.
    NoLine,
    /// The NHI card cannot be read.
    NhiCard,
}

/// What is known of the reader of staff cards.
#[derive(Clone, PartialEq, Debug, Default)]
pub enum StaffReader {
    /// It has not said anything yet, or has no card.
    #[default]
    Empty,
    NoModule(ModuleFault),
    NoReader,
    /// A card that cannot be used here.
    NotStaffCard,
    Card(Box<StaffCard>),
}

impl StaffReader {
    pub fn told(&mut self, event: StaffCardEvent) {
        *self = match event {
            StaffCardEvent::NoModule(fault) => StaffReader::NoModule(fault),
            StaffCardEvent::NoReader => StaffReader::NoReader,
            StaffCardEvent::NoCard | StaffCardEvent::CardOut => StaffReader::Empty,
            StaffCardEvent::NotStaffCard => StaffReader::NotStaffCard,
            StaffCardEvent::CardIn(card) => StaffReader::Card(Box::new(card)),
        };
    }
}

/// Characters of a password at least, and of it or a PIN at most. A staff card says itself how long
/// its PINs are.
const SHORTEST: usize = 4;
const LONGEST: usize = 16;

impl LogIn {
    /// The beginning: the PIN is asked for where a card is in.
    pub fn new(reader: &StaffReader) -> Self {
        Self { step: LogInStep::first(reader), trouble: None }
    }

    /// It failed: it begins anew.
    pub fn failed(trouble: Trouble, reader: &StaffReader) -> Self {
        Self { trouble: Some(trouble), ..Self::new(reader) }
    }

    /// Whether a PIN or a password is typed. A card that is locked takes none.
    pub fn types(&self) -> bool {
        matches!(self.step, LogInStep::Pin { .. } | LogInStep::Password { .. })
            && !self.is_pin_locked()
    }

    /// Whether the card in the reader takes no PIN any more.
    pub fn is_pin_locked(&self) -> bool {
        matches!(&self.step, LogInStep::Pin { card, .. } if card.tries == Tries::Locked)
    }

    /// Whether somebody is logging in with their NHI card.
    pub fn is_by_nhi_card(&self) -> bool {
        match &self.step {
            LogInStep::Password { .. }
            | LogInStep::Reading
            | LogInStep::Checking(Checking::Session(LogInBy::NhiCard)) => true,
            LogInStep::Card | LogInStep::Pin { .. } | LogInStep::Checking(_) => false,
        }
    }

    /// What was typed whole, once Enter is pressed on it.
    pub fn act(&mut self, action: CounterAction) -> Option<Personal> {
        if self.is_pin_locked() {
            return None;
        }
        let (typed, shortest) = match &mut self.step {
            LogInStep::Pin { typed, card } => (typed, card.pin_length.shortest),
            LogInStep::Password { typed, .. } => (typed, SHORTEST),
            LogInStep::Card | LogInStep::Reading | LogInStep::Checking(_) => return None,
        };
        match action {
            CounterAction::Type(letter)
                if letter.is_ascii_graphic() && typed.expose().len() < LONGEST =>
            {
                self.trouble = None;
                typed.push(letter);
            }
            CounterAction::Erase => {
                typed.pop();
            }
            CounterAction::Escape => *typed = Personal::default(),
            // What cannot be the card's costs none of its tries.
            CounterAction::Enter if typed.expose().len() >= shortest => {
                return Some(std::mem::take(typed));
            }
            // It is said how long one is.
            CounterAction::Enter => {
                if let LogInStep::Pin { card, .. } = &self.step {
                    self.trouble = Some(Trouble::Sign(SignFault::PinLength(card.pin_length)));
                }
            }
            _ => {}
        }
        None
    }
}

impl LogInStep {
    fn first(reader: &StaffReader) -> Self {
        match reader {
            StaffReader::Card(card) => {
                LogInStep::Pin { typed: Personal::default(), card: card.clone() }
            }
            StaffReader::Empty
            | StaffReader::NoModule(_)
            | StaffReader::NoReader
            | StaffReader::NotStaffCard => LogInStep::Card,
        }
    }
}
