//! What a trainee does, in words of an exercise's file. No word says whom it was done for or what
//! was typed.

use super::role::Role;
use super::words::words;

words! {
    /// Something that a trainee does.
    pub enum Act {
        CardIn = "card-in",
        CardOut = "card-out",
        StaffCardIn = "staff-card-in",
        StaffCardOut = "staff-card-out",
        Start = "start",
        /// Takes one of several choices.
        Choose = "choose",
        /// Types or erases.
        Type = "type",
        /// Says yes, or goes on.
        Agree = "agree",
        Decline = "decline",
        /// Sends what was entered, for good: a booking, a move, a cancellation, a registration, a
        /// place in the line.
        Confirm = "confirm",
        Print = "print",
        ShowCode = "show-code",
        Retry = "retry",
        Back = "back",
        Home = "home",
        Leave = "leave",
        Help = "help",
        Bilingual = "bilingual",
        LargerType = "larger-type",
        Speak = "speak",
        /// Turns a page, or another part of the same screen.
        Turn = "turn",
        /// Asks for more time, or says that somebody is still there.
        Stay = "stay",
        /// Signs in without putting a card in.
        OtherWay = "other-way",
        /// Opens another page of the counter.
        OpenPage = "open-page",
        Lock = "lock",
        LogOut = "log-out",
        NextPerson = "next-person",
        /// Shows a receipt to the scanner.
        Scan = "scan",
        CheckIn = "check-in",
        Vaccinate = "vaccinate",
        /// The operator's corner.
        Corner = "corner",
    }
}

impl Act {
    /// Whether a trainee of this role can do it.
    pub fn is_of(self, role: Role) -> bool {
        match self {
            Act::StaffCardIn
            | Act::StaffCardOut
            | Act::OpenPage
            | Act::Lock
            | Act::LogOut
            | Act::NextPerson => role != Role::Shop,
            Act::CheckIn | Act::Vaccinate => role == Role::Site,
            Act::Start
            | Act::ShowCode
            | Act::Back
            | Act::Home
            | Act::Leave
            | Act::Stay
            | Act::OtherWay
            | Act::Retry
            | Act::Help => role == Role::Shop,
            Act::CardIn
            | Act::CardOut
            | Act::Choose
            | Act::Type
            | Act::Agree
            | Act::Decline
            | Act::Confirm
            | Act::Print
            | Act::Bilingual
            | Act::LargerType
            | Act::Speak
            | Act::Turn
            | Act::Scan
            | Act::Corner => true,
        }
    }
}
