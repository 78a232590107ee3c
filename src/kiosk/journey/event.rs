//! Everything that can happen to the journey. An event is data: nothing here can do anything.

use super::effect::Ticket;
use super::training::PracticeText;
use crate::api::bookings::BookingView;
use crate::api::graphic::GraphicCode;
use crate::api::intentions::IntentionView;
use crate::api::problem::Problem;
use crate::api::queries::QueryView;
use crate::api::sessions::{SessionOpened, Standing};
use crate::api::sites::{Seats, SiteView};
use crate::devices::card_reader::{CardFault, ReaderEvent, ReaderInfo};
use crate::devices::practice::PracticeCard;
use crate::devices::printer::PrintFault;
use crate::domain::card::Card;
use crate::domain::language::Language;
use crate::domain::personal::Personal;
use crate::domain::round::Round;
use crate::domain::site::Slot;
use jiff::Timestamp;
use std::time::Duration;

/// The time and the luck of one event, handed in by the edge.
#[derive(Clone, Copy, Debug)]
pub struct Moment {
    /// The wall clock: for rounds and dates.
    pub wall: Timestamp,
    /// Time since the program started, never going back: for sessions and waits.
    pub uptime: Duration,
    /// Fresh random bits: for the key of a booking.
    pub fresh: u128,
}

#[derive(Clone, PartialEq, Debug)]
pub enum Event {
    /// A button was touched, or chosen by keys.
    Act(Action),
    Reader(ReaderEvent),
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
    /// A scanner typed this: a receipt's text, or whatever else has a code.
    Scanned(Personal),
    /// A text message came to a practice phone.
    Text(PracticeText),
    /// The practice people's codes of the simulated NHI app.
    AppCodes(Vec<(PracticeCard, Personal)>),
    /// Once a second.
    Tick,
}

/// What the system check found.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Checks {
    pub reader: Option<ReaderInfo>,
    /// How long the service took to answer; none: it did not.
    pub line: Option<Duration>,
    /// How far the kiosk's clock is from the service's.
    pub clock: Option<Duration>,
    /// None: there is none.
    pub printer: Option<Result<(), PrintFault>>,
}

/// What a button does. Drawn and touched by the same value, so that they cannot differ.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Action {
    Start,
    Back,
    Home,
    /// Ends the session.
    Leave,
    /// From a refusal back to what can be done.
    ToServices,
    Help,
    Bilingual,
    /// High contrast and larger type, on and off.
    Clearer,
    Languages,
    Speak(Language),
    /// The nth choice of the screen, counted over all its pages.
    Pick(usize),
    More,
    /// A digit of the keypad on the screen.
    Key(u8),
    Erase,
    ClearAll,
    Confirm,
    Decline,
    RetryNow,
    ShowQr,
    /// The operator's, which nobody sees.
    Corner,
    Print,
    ShowBooking,
    Done,
    StillHere,
    Change(Part),
    /// Another seat for the booking that is there.
    MoveBooking,
    /// Asks whether to cancel it.
    CancelBooking,
    /// Changes what was registered.
    ChangeIntention,
    /// Asks whether to withdraw it.
    WithdrawIntention,
    /// The other ways in.
    Ways,
    /// A letter of the keyboard on the screen, or of a real one.
    Letter(char),
    /// Large letters, small letters.
    Shift,
    /// Another graphic code.
    Renew,
    /// A larger one.
    Larger,
    /// The same way in from its beginning.
    Again,
    /// A day and an hour of the slot table, by their places.
    Seat {
        day: usize,
        hour: usize,
    },
    Nearest,
    Drawer,
    Train(Training),
}

/// A part of the booking that can be changed at review.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Part {
    Phone,
    Place,
    Time,
    Brands,
}

/// What a trainer can do to the world.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Training {
    Insert(PracticeCard),
    Pull,
    Cut,
    Mend,
    FillSlot,
    JumpToOpening,
    /// Plugs the simulated printer in, or out.
    Printer,
    Phone,
    People,
    Quit,
}

/// What the service answered.
pub type Reply = Result<Answer, Fault>;

#[derive(Clone, PartialEq, Debug)]
pub enum Answer {
    Round(Box<Round>),
    Session(Box<SessionOpened>),
    Standing(Box<Standing>),
    Closed,
    Seats(Seats),
    Sites(Vec<SiteView>),
    Slots(Vec<Slot>),
    Booked(Box<BookingView>),
    Cancelled,
    Intention(Box<IntentionView>),
    Withdrawn,
    Graphic(GraphicCode),
    Found(Box<QueryView>),
}

/// Why there is no answer.
#[derive(Clone, PartialEq, Debug)]
pub enum Fault {
    /// The line is down, the service silent or broken: whether anything was done is not known.
    Gone,
    /// The service says no, with a code.
    Problem(Box<Problem>),
}
