//! What is sent to the service until there is an answer. Sent again it is the same, whatever became
//! of it the first time.

use crate::api::bookings::{BookSlot, CancelBooking, MobileChoice, MoveBooking};
use crate::api::intentions::Register;
use crate::api::leftovers::AskForLeftover;
use crate::api::sessions::SessionToken;
use crate::api::together::{BookTogether, TogetherSeat};
use crate::api::waiting::{AskToWait, TakeOffer};
use crate::client::calls::Call;
use crate::domain::language::Language;
use crate::domain::site::SlotId;

#[derive(Clone, PartialEq, Debug)]
pub enum Submission {
    /// The key was made when the person pressed the button.
    Book {
        ask: BookSlot,
        key: String,
    },
    /// For several people, with one key for all of them: slot and telephone of each, in their
    /// order.
    Together {
        seats: Vec<(SlotId, MobileChoice)>,
        language: Language,
        key: String,
    },
    Reschedule(MoveBooking),
    Cancel(CancelBooking),
    Register(Register),
    Withdraw,
    Wait(AskToWait),
    LeaveLine,
    /// By the code of its text message, so nobody has to be known. The key was made when the code
    /// was whole.
    TakeOffer {
        ask: TakeOffer,
        key: String,
    },
    TellOfLeftovers(AskForLeftover),
    LeaveLeftovers,
}

/// What a submission is about.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Subject {
    Booking,
    /// Another slot for a booking, or its end.
    Change,
    Registration,
    /// A place in the line of those who wait, or to be told of doses that are left.
    Line,
}

impl Submission {
    pub fn subject(&self) -> Subject {
        match self {
            Submission::Book { .. }
            | Submission::Together { .. }
            | Submission::TakeOffer { .. } => Subject::Booking,
            Submission::Reschedule(_) | Submission::Cancel(_) => Subject::Change,
            Submission::Register(_) | Submission::Withdraw => Subject::Registration,
            Submission::Wait(_)
            | Submission::LeaveLine
            | Submission::TellOfLeftovers(_)
            | Submission::LeaveLeftovers => Subject::Line,
        }
    }

    /// The call that sends it for those of these sessions, the visit's person first. `None` if it
    /// is somebody's, and nobody is known.
    pub fn call(&self, sessions: &[SessionToken]) -> Option<Call> {
        if let Submission::TakeOffer { ask, key } = self.clone() {
            return Some(Call::TakeOffer { ask, key });
        }
        let token = sessions.first()?.clone();
        Some(match self.clone() {
            Submission::Together { seats, language, key } => {
                let seat = |(session, (slot, mobile))| TogetherSeat { session, slot, mobile };
                let people = sessions.iter().cloned().zip(seats).map(seat).collect();
                Call::BookTogether { ask: BookTogether { people, language }, key }
            }
            Submission::Book { ask, key } => Call::Book { token, ask, key },
            Submission::Reschedule(ask) => Call::Reschedule { token, ask },
            Submission::Cancel(ask) => Call::Cancel { token, ask },
            Submission::Register(ask) => Call::Register { token, ask },
            Submission::Withdraw => Call::Withdraw { token },
            Submission::Wait(ask) => Call::AskToWait { token, ask },
            Submission::LeaveLine => Call::LeaveLine { token },
            Submission::TakeOffer { ask, key } => Call::TakeOffer { ask, key },
            Submission::TellOfLeftovers(ask) => Call::AskForLeftover { token, ask },
            Submission::LeaveLeftovers => Call::LeaveLeftovers { token },
        })
    }

    /// Whether a new booking is sent.
    pub fn books(&self) -> bool {
        self.subject() == Subject::Booking
    }
}
