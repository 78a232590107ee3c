//! What must be true at the end of an exercise, or must not. Each is decided by the service's
//! database, by what the journey did, or by how the kiosk was left, and never by which keys were
//! pressed.

use super::people::card_word;
use super::role::Role;
use super::screen_name::ScreenName;
use super::words::words;
use crate::devices::simulated::people::PracticeCard;
use crate::domain::language::Language;
use crate::domain::region::DistrictCode;
use jiff::civil::DateTime;
use std::time::Duration;

/// A fact of a run. The same facts stand in `must` and in `must_not`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Fact {
    /// The person has a live booking, of this kind.
    Booked(Booked),
    /// The person's booking has another slot than before the run.
    Moved(PracticeCard),
    /// The person had a booking, and has none now.
    Cancelled(PracticeCard),
    /// The person's intention is registered.
    Registered(PracticeCard),
    /// The person waits in the line for a seat.
    InLine(PracticeCard),
    /// The person is to be told of doses that are left.
    ToldOfLeftovers(PracticeCard),
    /// The person was checked in at the vaccination site.
    CheckedIn(PracticeCard),
    /// The person was vaccinated, with this lot number if it is named.
    Vaccinated { who: PracticeCard, lot: Option<String> },
    /// At least so many people were checked in during the run, whoever they are.
    PeopleCheckedIn(u32),
    /// A text message about this went to the person's phone during the run.
    Texted { who: PracticeCard, about: Message },
    /// The exercise's person has the receipt of their booking in this form.
    Receipt(ReceiptOn),
    /// No citizen's card is in the reader when the run ends.
    CardOut,
    /// Nobody is served any more when the run ends: the visit is over, or the counter free.
    VisitEnded,
    /// The person was spoken to in this language when something was confirmed or refused.
    Spoken(Language),
    /// The screen came at least so often.
    Seen { screen: ScreenName, times: u8 },
    /// No staff member is logged in when the run ends.
    LoggedOut,
    /// The counter is locked, or nobody is logged in, when the run ends.
    Locked,
    /// A staff member logged in.
    LoggedIn,
    /// The person agreed to the privacy notice before something was sent for them.
    Consent,
    /// The visit was ended, or the card taken out, while it was not known whether what was sent had
    /// been done.
    LeftUnsure,
    /// Something that was sent was sent again as if it were new.
    SentTwice,
    /// The run took at most this long.
    Within(Duration),
    /// The trainee pressed at most so often.
    Presses(u16),
}

/// What kind of booking a person has.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Booked {
    pub who: PracticeCard,
    /// The slot begins before this.
    pub before: Option<DateTime>,
    pub district: Option<DistrictCode>,
    /// Several are in one household: the slot begins at the same time as this person's.
    pub same_time_as: Option<PracticeCard>,
}

words! {
    /// In which form somebody has their receipt.
    pub enum ReceiptOn {
        /// It was printed.
        Paper = "paper",
        /// It stood on the screen.
        Screen = "screen",
        /// Its code was shown over all of the screen.
        Code = "code",
    }
}

words! {
    /// What a text message is about.
    pub enum Message {
        Booked = "booked",
        Moved = "moved",
        Cancelled = "cancelled",
        /// A seat is held for them.
        Offered = "offered",
        /// Doses are left at a site.
        Leftover = "leftover",
    }
}

words! {
    /// The kinds of facts, by their words.
    pub enum FactKind {
        Booked = "booked",
        Moved = "moved",
        Cancelled = "cancelled",
        Registered = "registered",
        InLine = "in-line",
        ToldOfLeftovers = "told-of-leftovers",
        CheckedIn = "checked-in",
        Vaccinated = "vaccinated",
        PeopleCheckedIn = "people-checked-in",
        Texted = "texted",
        Receipt = "receipt",
        CardOut = "card-out",
        VisitEnded = "visit-ended",
        Spoken = "spoken",
        Seen = "seen",
        LoggedOut = "logged-out",
        Locked = "locked",
        LoggedIn = "logged-in",
        Consent = "consent",
        LeftUnsure = "left-unsure",
        SentTwice = "sent-twice",
        Within = "within",
        Presses = "presses",
    }
}

impl FactKind {
    /// Whether it means anything where somebody of this role works.
    pub fn is_of(self, role: Role) -> bool {
        match self {
            // A convenience store cancels nothing, and a move gives a seat up too.
            FactKind::Moved
            | FactKind::Cancelled
            | FactKind::LoggedIn
            | FactKind::LoggedOut
            | FactKind::Locked => role != Role::Shop,
            FactKind::CheckedIn | FactKind::Vaccinated | FactKind::PeopleCheckedIn => {
                role == Role::Site
            }
            // At the desk of a site nobody is served, so that it would always be true there.
            FactKind::VisitEnded => role != Role::Site,
            FactKind::Booked
            | FactKind::Registered
            | FactKind::InLine
            | FactKind::ToldOfLeftovers
            | FactKind::Texted
            | FactKind::Receipt
            | FactKind::CardOut
            | FactKind::Spoken
            | FactKind::Seen
            | FactKind::Consent
            | FactKind::LeftUnsure
            | FactKind::SentTwice
            | FactKind::Within
            | FactKind::Presses => true,
        }
    }
}

impl Fact {
    /// Whom or what it is about, in words of the file; empty if it says nothing of that.
    pub fn about(&self) -> String {
        match self {
            Fact::Booked(Booked { who, .. })
            | Fact::Moved(who)
            | Fact::Cancelled(who)
            | Fact::Registered(who)
            | Fact::InLine(who)
            | Fact::ToldOfLeftovers(who)
            | Fact::CheckedIn(who)
            | Fact::Vaccinated { who, .. }
            | Fact::Texted { who, .. } => card_word(*who).to_owned(),
            Fact::PeopleCheckedIn(people) => people.to_string(),
            Fact::Receipt(on) => on.word().to_owned(),
            Fact::Spoken(language) => language.tag().to_owned(),
            Fact::Seen { screen, .. } => screen.word().to_owned(),
            Fact::Within(limit) => (limit.as_secs() / 60).to_string(),
            Fact::Presses(most) => most.to_string(),
            Fact::CardOut
            | Fact::VisitEnded
            | Fact::LoggedOut
            | Fact::Locked
            | Fact::LoggedIn
            | Fact::Consent
            | Fact::LeftUnsure
            | Fact::SentTwice => String::new(),
        }
    }

    pub fn kind(&self) -> FactKind {
        match self {
            Fact::Booked(_) => FactKind::Booked,
            Fact::Moved(_) => FactKind::Moved,
            Fact::Cancelled(_) => FactKind::Cancelled,
            Fact::Registered(_) => FactKind::Registered,
            Fact::InLine(_) => FactKind::InLine,
            Fact::ToldOfLeftovers(_) => FactKind::ToldOfLeftovers,
            Fact::CheckedIn(_) => FactKind::CheckedIn,
            Fact::Vaccinated { .. } => FactKind::Vaccinated,
            Fact::PeopleCheckedIn(_) => FactKind::PeopleCheckedIn,
            Fact::Texted { .. } => FactKind::Texted,
            Fact::Receipt(_) => FactKind::Receipt,
            Fact::CardOut => FactKind::CardOut,
            Fact::VisitEnded => FactKind::VisitEnded,
            Fact::Spoken(_) => FactKind::Spoken,
            Fact::Seen { .. } => FactKind::Seen,
            Fact::LoggedOut => FactKind::LoggedOut,
            Fact::Locked => FactKind::Locked,
            Fact::LoggedIn => FactKind::LoggedIn,
            Fact::Consent => FactKind::Consent,
            Fact::LeftUnsure => FactKind::LeftUnsure,
            Fact::SentTwice => FactKind::SentTwice,
            Fact::Within(_) => FactKind::Within,
            Fact::Presses(_) => FactKind::Presses,
        }
    }
}
