//! The practice world of an exercise: how it stands before the run, and the facts of it that are
//! read from the service's database. Practice people only; nothing of anybody real.

use super::fact::Message;
use crate::devices::simulated::people::PracticeCard;
use crate::domain::booking_number::BookingNumber;
use crate::domain::region::DistrictCode;
use crate::domain::site::SiteId;
use jiff::civil::DateTime;
use std::time::Duration;

/// How the world stands when the run begins. All that is not named here is as in the training's
/// usual world.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct WorldBefore {
    /// What the clock shows: Taiwan's civil time.
    pub begins: DateTime,
    pub line: LineBefore,
    pub printer: PrinterBefore,
    /// Whether the card reader is plugged in.
    pub reader: bool,
    /// Who has a booking besides those who always have one: the first free slot in their district.
    pub booked: Vec<PracticeCard>,
    /// Who waits in the line for a seat in their district.
    pub in_line: Vec<PracticeCard>,
    /// Districts where no seat is free.
    pub full: Vec<DistrictCode>,
}

/// The line to the service.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum LineBefore {
    Up,
    Cut,
    /// Each answer takes so long.
    Slow(Duration),
}

/// The printer.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PrinterBefore {
    Ready,
    Out,
}

/// What is true in the service's database at one moment.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct WorldFacts {
    /// In the order of [`PracticeCard::ALL`]; whoever has no readable card is not among them.
    pub people: Vec<PersonFacts>,
    /// How many people are checked in at the vaccination site, or vaccinated there, all days
    /// together.
    pub checked_in: u32,
}

/// One practice person.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PersonFacts {
    pub card: PracticeCard,
    /// The live booking, of which the database allows one a round.
    pub booking: Option<BookingFacts>,
    pub registered: bool,
    pub in_line: bool,
    pub told_of_leftovers: bool,
    /// The messages that were written for them, each kind as often as it was.
    pub messages: Vec<Message>,
}

/// A booking.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BookingFacts {
    pub number: BookingNumber,
    pub starts: DateTime,
    pub site: SiteId,
    pub district: DistrictCode,
    pub came: Came,
}

/// How far somebody has come at the vaccination site.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Came {
    NotYet,
    CheckedIn,
    Vaccinated {
        lot: String,
    },
    /// Left without being vaccinated, or did not come.
    Not,
}

impl WorldFacts {
    pub fn of(&self, card: PracticeCard) -> Option<&PersonFacts> {
        self.people.iter().find(|person| person.card == card)
    }

    pub fn booking(&self, card: PracticeCard) -> Option<&BookingFacts> {
        self.of(card)?.booking.as_ref()
    }
}
