//! What is sent to the service until there is an answer. Sent again it is the same, whatever became
//! of it the first time.

use crate::api::bookings::{BookSlot, CancelBooking, MoveBooking};
use crate::api::intentions::Register;
use crate::api::sessions::SessionToken;
use crate::api::waiting::{AskToWait, TakeOffer};
use crate::client::calls::Call;

#[derive(Clone, PartialEq, Debug)]
pub enum Submission {
    /// The key was made when the person pressed the button.
    Book {
        ask: BookSlot,
        key: String,
    },
    Reschedule(MoveBooking),
    Cancel(CancelBooking),
    Register(Register),
    Withdraw,
    AskToWait(AskToWait),
    LeaveLine,
    /// The seat of an offer, by the code of its text message alone.
    TakeOffer {
        ask: TakeOffer,
        key: String,
    },
}

/// What a submission is about.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Subject {
    Booking,
    /// Another slot for a booking, or its end.
    Change,
    Registration,
}

impl Submission {
    pub fn subject(&self) -> Subject {
        match self {
            Submission::Book { .. } | Submission::TakeOffer { .. } => Subject::Booking,
            Submission::Reschedule(_) | Submission::Cancel(_) => Subject::Change,
            Submission::Register(_)
            | Submission::Withdraw
            | Submission::AskToWait(_)
            | Submission::LeaveLine => Subject::Registration,
        }
    }

    /// The call that sends it for the person of this token.
    pub fn call(&self, token: SessionToken) -> Call {
        match self.clone() {
            Submission::Book { ask, key } => Call::Book { token, ask, key },
            Submission::Reschedule(ask) => Call::Reschedule { token, ask },
            Submission::Cancel(ask) => Call::Cancel { token, ask },
            Submission::Register(ask) => Call::Register { token, ask },
            Submission::Withdraw => Call::Withdraw { token },
            Submission::AskToWait(ask) => Call::AskToWait { token, ask },
            Submission::LeaveLine => Call::LeaveLine { token },
            Submission::TakeOffer { ask, key } => Call::TakeOffer { ask, key },
        }
    }

    /// Whether a new booking is sent.
    pub fn books(&self) -> bool {
        self.subject() == Subject::Booking
    }
}
