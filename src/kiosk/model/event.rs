//! Everything that can happen to the journey. An event is data: nothing here can do anything.

use super::action::Action;
use super::practice::PracticeText;
use super::site::Kept;
use super::supervision::TrainerEvent;
use super::ticket::Ticket;
use crate::client::calls::Reply;
use crate::devices::card_reader::{CardFault, ReaderEvent, ReaderInfo};
use crate::devices::journal::JournalFault;
use crate::devices::printer::PrintFault;
use crate::devices::simulated::people::PracticeCard;
use crate::devices::staff_card::{SignFault, Signature, StaffCardEvent};
use crate::domain::card::Card;
use crate::domain::personal::Personal;
use crate::training::results::Done;
use crate::training::world::WorldFacts;
use jiff::Timestamp;
use jiff::civil::Date;
use std::time::Duration;

/// The time and the random bits of one event, handed in by the loop.
#[derive(Clone, Copy, Debug)]
pub struct Moment {
    /// The wall clock: for rounds and dates.
    pub wall: Timestamp,
    /// Time since the program started, never going back: for visits and waits.
    pub uptime: Duration,
    /// Fresh random bits: for the key of a booking.
    pub random: u128,
}

#[derive(Clone, PartialEq, Debug)]
pub enum Event {
    /// A button was touched, or chosen by keys.
    Act(Action),
    Reader(ReaderEvent),
    /// Something happened at the staff's reader.
    StaffCard(StaffCardEvent),
    StaffSigned {
        ticket: Ticket,
        outcome: Result<Signature, SignFault>,
    },
    CardRead {
        ticket: Ticket,
        outcome: Result<Card, CardFault>,
    },
    Reply {
        ticket: Ticket,
        reply: Reply,
    },
    PinChecked {
        ticket: Ticket,
        right: bool,
    },
    Printed {
        ticket: Ticket,
        outcome: Result<(), PrintFault>,
    },
    Checked {
        ticket: Ticket,
        checks: Checks,
    },
    /// Of the sealed journal of a vaccination site's desk.
    Journal(JournalEvent),
    /// A scanner typed this: a receipt's text, or whatever else has a code.
    Scanned(Personal),
    /// A text message came to a practice phone.
    Text(PracticeText),
    /// The practice people's codes of the simulated NHI app.
    AppCodes(Vec<(PracticeCard, Personal)>),
    /// Of the practice world.
    World(WorldEvent),
    /// Of the trainer's console.
    Trainer(TrainerEvent),
    /// Once a second.
    Tick,
}

/// What the practice world answers.
#[derive(Clone, PartialEq, Debug)]
pub enum WorldEvent {
    /// It has been made anew, and these are its facts.
    Ready(Box<WorldFacts>),
    /// Its facts now.
    Facts(Box<WorldFacts>),
    /// It could not be made, or its facts could not be read.
    Failed,
    /// The result of a run with the time of its end, and why it could not be kept, if so.
    Done { done: Done, not_kept: Option<String> },
}

/// What the journal answers.
#[derive(Clone, PartialEq, Debug)]
pub enum JournalEvent {
    Opened {
        day: Date,
        outcome: Result<JournalOpened, JournalFault>,
    },
    /// The entry with this id is on the disk, or it is not kept.
    Written {
        id: String,
        outcome: Result<(), JournalFault>,
    },
    /// What is answered could not be taken out. It is sent once more after a restart, and does no
    /// harm.
    NotReplaced(JournalFault),
}

/// What was found in a day's journal.
#[derive(Clone, PartialEq, Debug)]
pub struct JournalOpened {
    pub kept: Vec<Kept>,
    /// Whether a part of it cannot be read any more.
    pub damaged: bool,
    /// Other days of which there are journals, the oldest first.
    pub other_days: Vec<Date>,
}

/// What the system check found.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Checks {
    pub reader: Option<ReaderInfo>,
    /// How long the service took to answer; `None` if it did not.
    pub line: Option<Duration>,
    /// How far the kiosk's clock is from the service's; `None` if the service did not say.
    pub clock: Option<Duration>,
    /// Whether the printer is well; `None` if there is no printer.
    pub printer: Option<Result<(), PrintFault>>,
}
