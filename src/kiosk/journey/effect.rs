//! Everything that the journey can ask for, as data. `runtime` performs it and sends the result
//! back as an event.

use crate::api::bookings::{BookSlot, CancelBooking, MoveBooking};
use crate::api::intentions::Register;
use crate::api::queries::Query;
use crate::api::sessions::{OpenSession, SessionToken};
use crate::devices::practice::PracticeCard;
use crate::domain::personal::Personal;
use crate::domain::region::DistrictCode;
use crate::domain::site::{SiteId, SlotId};
use crate::kiosk::paper::Paper;
use jiff::Timestamp;

/// Which session asked, and its how-manieth call. An answer whose ticket nobody waits for is
/// dropped, so a reply that comes after its session has ended can never be shown to the next
/// person.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Ticket {
    pub session: u64,
    pub serial: u64,
}

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
    /// The terminal's bell.
    Bell,
    /// Asks the terminal for larger type, or for its usual one.
    LargerType(bool),
    Train(TrainingEffect),
    Quit,
}

/// A call of the service.
#[derive(Clone, PartialEq, Debug)]
pub enum Call {
    Round,
    OpenSession(Box<OpenSession>),
    Standing { token: SessionToken },
    CloseSession { token: SessionToken },
    Seats,
    Sites(DistrictCode),
    Slots(SiteId),
    Book { token: SessionToken, ask: BookSlot, key: String },
    Move { token: SessionToken, ask: MoveBooking },
    Cancel { token: SessionToken, ask: CancelBooking },
    Register { token: SessionToken, ask: Register },
    Withdraw { token: SessionToken },
    Graphic { larger: bool },
    Query(Box<Query>),
}

/// What the training's world is asked to do.
#[derive(Clone, PartialEq, Debug)]
pub enum TrainingEffect {
    Insert(PracticeCard),
    Pull,
    CutLine,
    MendLine,
    FillSlot(SlotId),
    SetClock(Timestamp),
    /// Plugs the simulated printer in, or out.
    Printer {
        plugged: bool,
    },
    /// Asks for the practice people's codes of the simulated NHI app.
    AppCodes,
}
