//! A receipt on paper: what is printed, and what became of it.

use super::ticket::Ticket;
use crate::api::bookings::BookingView;
use crate::devices::printer::PrintFault;
use crate::domain::language::Language;
use crate::domain::personal::Personal;

/// What became of the receipt on paper.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Printing {
    #[default]
    NotYet,
    Running(Ticket),
    Done,
    Failed(PrintFault),
}

impl Printing {
    /// Whether a press prints now: not while it prints, and not twice.
    pub fn may_begin(self) -> bool {
        matches!(self, Printing::NotYet | Printing::Failed(_))
    }

    /// The printer has answered: taken note of if this waits for that ticket.
    pub fn finish(&mut self, ticket: Ticket, outcome: Result<(), PrintFault>) {
        if *self == Printing::Running(ticket) {
            *self = outcome.map_or_else(Printing::Failed, |()| Printing::Done);
        }
    }
}

/// What is printed on the page for all who booked together.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PaperForAll {
    /// Each with the masked name of whose it is.
    pub bookings: Vec<(Personal, BookingView)>,
    pub language: Language,
    pub training: bool,
}

/// What is printed of a booking.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Paper {
    pub booking: BookingView,
    pub language: Language,
    pub training: bool,
    /// The kiosk's channel does not cancel: the paper says who does.
    pub cancels_elsewhere: bool,
}
