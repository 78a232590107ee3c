//! The steps of one run, as the journey saw them: what came onto the screen, what the trainee did,
//! what was sent and answered, and what went wrong. Of people only the numbers of practice bookings
//! whose receipts were given.

use super::act::Act;
use super::fact::ReceiptOn;
use super::fault::FaultKind;
use super::screen_name::ScreenName;
use super::world::WorldFacts;
use crate::domain::booking_number::BookingNumber;
use crate::domain::language::Language;
use jiff::civil::DateTime;
use std::time::Duration;

/// All that happened in a run, in order.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Trace {
    pub steps: Vec<Step>,
    /// How often the trainee pressed a button or a key that did something.
    pub presses: u16,
    /// How many hints were asked for.
    pub hints: usize,
    /// Each once.
    pub receipts: Vec<GivenReceipt>,
}

/// A receipt that somebody was given. After a move the same booking has another one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct GivenReceipt {
    pub on: ReceiptOn,
    pub number: BookingNumber,
    pub starts: DateTime,
}

/// Something that happened.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Step {
    /// Since the run began.
    pub at: Duration,
    /// The screen that it happened on; of [`Happened::Screen`], the one that came.
    pub screen: ScreenName,
    /// The language of the person who is served; where nobody is, the one on the screen.
    pub language: Language,
    pub what: Happened,
}

/// What happened in a step.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Happened {
    /// Another screen came.
    Screen,
    /// The trainee did it. Presses of the same kind on the same screen in a row are one step.
    Did(Act),
    /// It was sent to the service, for the first time or again with the same key.
    Sent {
        what: Sending,
        again: bool,
    },
    /// What was just sent is another one of its kind, although it is not known what became of the
    /// one before.
    SentAnew(Sending),
    /// The service answered, and whether it did as asked.
    Answered {
        what: Sending,
        done: bool,
    },
    /// No answer came: it is not known whether it was done.
    NoAnswer(Sending),
    /// A page was printed, or not.
    Printed {
        well: bool,
    },
    Fault(FaultKind),
    FaultOver(FaultKind),
    /// The trainee asked for the nth hint, from 1.
    Hint(u8),
    /// A staff member was logged in, or their PIN was refused.
    LogIn {
        well: bool,
    },
    /// The person agreed to the privacy notice.
    Consent,
    /// The visit ended while it was not known whether what was sent had been done.
    LeftUnsure,
}

/// What is sent to the service for good.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Sending {
    Booking,
    Move,
    Cancellation,
    Registration,
    Withdrawal,
    Line,
    LeavingLine,
    Leftovers,
    CheckIn,
}

/// How the kiosk was left.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct LeftAs {
    /// A citizen's card is in the reader.
    pub card_in: bool,
    /// Nobody is served any more.
    pub nobody_served: bool,
    pub staff: StaffLeft,
}

/// How the counter was left.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum StaffLeft {
    /// Nobody is logged in; at a kiosk always.
    LoggedOut,
    Locked,
    Working,
}

/// A run that is over: all that it is judged by.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Run {
    pub trace: Trace,
    pub took: Duration,
    pub left: LeftAs,
    pub before: WorldFacts,
    pub after: WorldFacts,
}

impl Trace {
    /// Writes down a receipt.
    pub fn give(&mut self, receipt: GivenReceipt) {
        if !self.receipts.contains(&receipt) {
            self.receipts.push(receipt);
        }
    }

    /// Whether the trainee did anything at all.
    pub fn has_deeds(&self) -> bool {
        self.steps.iter().any(|step| matches!(step.what, Happened::Did(_)))
    }

    /// How often something happened.
    pub fn count(&self, is_it: impl Fn(&Step) -> bool) -> usize {
        self.steps.iter().filter(|step| is_it(step)).count()
    }

    pub fn has(&self, what: Happened) -> bool {
        self.steps.iter().any(|step| step.what == what)
    }

    pub fn saw(&self, screen: ScreenName) -> bool {
        self.times_seen(screen) > 0
    }

    /// How often a screen came.
    pub fn times_seen(&self, screen: ScreenName) -> usize {
        self.count(|step| step.what == Happened::Screen && step.screen == screen)
    }
}
