//! Everything that the journey can ask for, as data. `runtime` performs it and sends the result
//! back as an event.

use super::clearer::Clearer;
use super::printing::{Paper, PaperForAll};
use super::site::Kept;
use super::ticket::Ticket;
use crate::client::calls::Call;
use crate::devices::simulated::people::PracticeCard;
use crate::devices::simulated::staff::PracticeStaff;
use crate::devices::staff_card::StaffCard;
use crate::domain::channel::Channel;
use crate::domain::personal::Personal;
use crate::domain::site::SlotId;
use crate::receipt::claims::Claims;
use crate::training::world::WorldBefore;
use jiff::Timestamp;
use jiff::civil::Date;
use std::time::Duration;

#[derive(Clone, PartialEq, Debug)]
pub enum Effect {
    ReadCard {
        ticket: Ticket,
    },
    Call {
        ticket: Ticket,
        call: Call,
    },
    /// The system check: reader, line, clock.
    Check {
        ticket: Ticket,
    },
    /// The receipt on paper.
    Print {
        ticket: Ticket,
        paper: Box<Paper>,
    },
    /// The page for all who booked together.
    PrintTogether {
        ticket: Ticket,
        paper: Box<PaperForAll>,
    },
    /// A page that shows whether the printer is well.
    TestPrint {
        ticket: Ticket,
    },
    /// Whether a PIN belongs to a hash: looked at slowly, on purpose.
    CheckPin {
        ticket: Ticket,
        pin: Personal,
        hash: String,
    },
    /// Has the staff card sign a text. The PIN goes to the card and is kept nowhere.
    StaffSign {
        ticket: Ticket,
        card: Box<StaffCard>,
        pin: Personal,
        text: Vec<u8>,
    },
    /// What a desk keeps on the machine.
    Journal(JournalEffect),
    /// The terminal's bell.
    Bell,
    /// Asks the terminal for larger type, or for its usual one.
    TypeSize(Clearer),
    Train(TrainingEffect),
    Quit,
}

/// What is done with the sealed journal of a vaccination site's desk. All of it is done in order.
#[derive(Clone, PartialEq, Debug)]
pub enum JournalEffect {
    /// Opens a day's journal with the key that came with the day's list: 64 hexadecimal digits.
    Open { day: Date, key: Personal },
    /// Keeps an entry. It is on the disk when the event says so.
    Append(Box<Kept>),
    /// Keeps these, and nothing else of that day.
    Replace { day: Date, kept: Vec<Kept> },
    /// Forgets all keys.
    Close,
    /// Forgets all keys, and deletes what is kept. Only in a training, whose world is made anew.
    Forget,
}

/// What the training's world is asked to do.
#[derive(Clone, PartialEq, Debug)]
pub enum TrainingEffect {
    Insert(PracticeCard),
    Pull,
    StaffIn(PracticeStaff),
    StaffOut,
    /// Scans a receipt with these claims.
    Scan {
        claims: Claims,
        forged: bool,
    },
    CutLine,
    MendLine,
    FillSlot(SlotId),
    FreeSeat,
    SetClock(Timestamp),
    /// Plugs the simulated printer in, or out.
    Printer {
        plugged: bool,
    },
    /// Asks for the practice people's codes of the simulated NHI app.
    AppCodes,
    /// Each answer of the service takes so long; none: as long as it takes.
    SlowLine(Option<Duration>),
    /// The next page jams in the middle; without it, nothing jams any more.
    Jam(bool),
    /// Plugs the simulated card reader in, or out.
    Reader {
        plugged: bool,
    },
    /// The machine is switched off and on: the readers tell again what is in them.
    PowerCut,
    /// Makes the world anew, with its cards out, its line up and its devices well.
    /// [`WorldEvent::Ready`](super::event::WorldEvent::Ready) comes back.
    Begin(Box<NewWorld>),
    /// Reads the facts of the world. [`WorldEvent::Facts`](super::event::WorldEvent::Facts) comes
    /// back.
    Facts,
    /// Keeps what a run was worth, where results are kept.
    Keep {
        exercise: String,
        score: u8,
        passed: bool,
    },
}

/// Which world is made.
#[derive(Clone, PartialEq, Debug)]
pub struct NewWorld {
    pub channel: Channel,
    /// `None` for the training's usual one.
    pub before: Option<WorldBefore>,
    /// The round that comes after the usual one is on.
    pub next_round: bool,
}
