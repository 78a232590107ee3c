//! Why a person is refused: one variant a rule, with a code that a helper on the phone can look up.
//! The sentences that a person reads are in `i18n::refusals`.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Why a person cannot book or register. The screen shows a sentence for it and its
/// [`code`](Refusal::code).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "kebab-case", tag = "refusal")]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub enum Refusal {
    #[error("there is a booking in this round already")]
    AlreadyBooked,
    #[error("the round is for others: category and birth date do not match")]
    NotInRound,
    #[error("no intention was registered")]
    NotRegistered,
    #[error("the intention was registered after the cut-off")]
    RegisteredTooLate { cut_off: Timestamp },
    #[error("none of the round's brands was chosen at registration")]
    BrandNotChosen,
    #[error("the round is not open yet")]
    NotOpenYet { opens: Timestamp },
    #[error("the round is closed")]
    Closed { closed: Timestamp },
    #[error("the slot is full")]
    SlotFull,
    #[error("the slot is not one of this round, or is past")]
    SlotGone,
    #[error("the round is open, but not yet for this age")]
    AgeOpensLater { opens: Timestamp },
    #[error("the round is a pilot for other counties")]
    NotInCounties,
    #[error("registration is not open yet")]
    RegistrationNotOpenYet { opens: Timestamp },
    #[error("registration is over")]
    RegistrationClosed { closed: Timestamp },
    #[error("the intention was counted for the round and stays as it is until the round is over")]
    IntentionCounted { until: Timestamp },
    #[error("there is no such booking, or not any more")]
    NoBooking,
    #[error("the person has checked in with this booking at the vaccination site")]
    CheckedIn,
    #[error("the person did not come with the booking that they had in this round")]
    NoShow {
        /// When the round is over: the person may book in the next one.
        until: Timestamp,
    },
    #[error("the code of a text message counts no more: its time is over, or it was given up")]
    CodeOver,
}

impl Refusal {
    /// The code that the screen shows with the sentence.
    pub fn code(self) -> &'static str {
        match self {
            Refusal::AlreadyBooked => "R01",
            Refusal::NotInRound => "R02",
            Refusal::NotRegistered => "R03",
            Refusal::RegisteredTooLate { .. } => "R04",
            Refusal::BrandNotChosen => "R05",
            Refusal::NotOpenYet { .. } => "R06",
            Refusal::Closed { .. } => "R07",
            Refusal::SlotFull => "R08",
            Refusal::SlotGone => "R09",
            // R10 is shown when the service does not know the person: that is no rule of a round.
            Refusal::AgeOpensLater { .. } => "R11",
            Refusal::NotInCounties => "R12",
            Refusal::RegistrationNotOpenYet { .. } => "R13",
            Refusal::RegistrationClosed { .. } => "R14",
            Refusal::IntentionCounted { .. } => "R15",
            Refusal::NoBooking => "R16",
            Refusal::CheckedIn => "R17",
            Refusal::NoShow { .. } => "R18",
            Refusal::CodeOver => "R19",
        }
    }
}
