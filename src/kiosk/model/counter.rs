//! The counter of a pharmacy or health station: which of the staff works at it, what they can do
//! there, and what was done in their session. Of a citizen it holds only what the day's list shows,
//! and all of it is dropped and wiped when the staff member logs out.

use super::site::SiteAction;
use crate::api::bookings::BookingView;
use crate::api::staff::StaffSessionOpened;
use crate::domain::language::Language;
use crate::domain::personal::Personal;
use crate::domain::refusal::Refusal;
use crate::domain::staff::Right;
use jiff::Timestamp;

/// What the staff can do with keys and fingers at the counter.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CounterAction {
    Tab(Tab),
    /// A character for the field that has the focus.
    Type(char),
    Erase,
    /// The next field, or the one before.
    Next,
    Previous,
    /// Takes the choice that is marked, or says yes.
    Enter,
    /// Gives up what was typed in the field, or says no.
    Escape,
    Up,
    Down,
    /// A page of a list.
    PageUp,
    PageDown,
    /// A field was touched.
    Focus(Field),
    /// The nth of the choices beside the field was touched.
    Choose(usize),
    Submit,
    Print,
    Clear,
    NextPerson,
    /// Cancels the booking or withdraws the registration, after a question.
    GiveUp,
    /// To the waiting list, where the person asks to be told of a free place.
    WaitingList,
    /// To the field for the code of a text message.
    OfferCode,
    /// The page that is turned to the citizen.
    CitizenSide,
    Lock,
    LogOut,
    /// At the desk of a vaccination site.
    Site(SiteAction),
}

/// The pages of the counter, each with its key from F2 to F6.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Tab {
    Book,
    Change,
    Register,
    Today,
    Manage,
}

impl Tab {
    pub const ALL: [Tab; 5] = [Tab::Book, Tab::Change, Tab::Register, Tab::Today, Tab::Manage];

    /// The number of its function key.
    pub fn key(self) -> u8 {
        match self {
            Tab::Book => 2,
            Tab::Change => 3,
            Tab::Register => 4,
            Tab::Today => 5,
            Tab::Manage => 6,
        }
    }

    pub fn of_key(key: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|tab| tab.key() == key)
    }

    /// Whether it is about the person at the counter.
    pub fn serves(self) -> bool {
        match self {
            Tab::Book | Tab::Change | Tab::Register => true,
            Tab::Today | Tab::Manage => false,
        }
    }

    /// What a staff member must be allowed to do before this page does anything.
    pub fn right(self) -> Option<Right> {
        match self {
            Tab::Book | Tab::Register => Some(Right::Book),
            Tab::Change => Some(Right::Change),
            Tab::Today => None,
            Tab::Manage => Some(Right::Manage),
        }
    }
}

/// A field of the counter's forms.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Field {
    /// The privacy notice, agreed to before a witness.
    Consent,
    Phone,
    County,
    District,
    Site,
    Vaccine,
    Date,
    Slot,
    /// The vaccines of a registration, or those that somebody waits for: several.
    Brands,
    /// The days that somebody waits for: several, or any.
    Days,
    /// The part of the day that they wait for.
    Part,
    /// The code of a text message, instead of card and numbers.
    Code,
    /// Typed when there is no card.
    Id,
    CardNumber,
    /// Of somebody new of the staff.
    StaffName,
    StaffRole,
    StaffRights,
}

/// A staff member at work: their session, and what was done in it.
#[derive(Clone, PartialEq, Debug)]
pub struct Duty {
    pub session: StaffSessionOpened,
    /// How they showed who they are.
    pub by: LogInBy,
    /// The newest first.
    pub done: Vec<Entry>,
    /// The certificate of the card by which they logged in, in hexadecimal digits.
    pub own_card: Option<String>,
}

/// By what somebody of the staff logs in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum LogInBy {
    /// A card that signs. It stays in its reader: without it the counter locks.
    StaffCard,
    /// Their NHI card and the registered password. It makes room for the citizens' cards.
    NhiCard,
}

impl Duty {
    pub fn new(session: StaffSessionOpened, by: LogInBy) -> Self {
        Self { session, by, done: Vec::new(), own_card: None }
    }

    pub fn may(&self, right: Right) -> bool {
        self.session.staff.rights.contains(right)
    }

    /// Whether the page can be opened at all. What it is about can be looked at without the right
    /// to change it.
    pub fn may_open(&self, tab: Tab) -> bool {
        tab != Tab::Manage || self.may(Right::Manage)
    }

    /// A booking that was moved or cancelled is no earlier line's to print any more.
    pub fn note(&mut self, entry: Entry) {
        if matches!(entry.deed, Deed::Moved | Deed::Cancelled) {
            let same = self.done.iter_mut().filter(|other| other.number == entry.number);
            same.for_each(|other| other.booking = None);
        }
        self.done.insert(0, entry);
    }

    /// The entries in which the searched text is part of the number or of the masked name.
    pub fn found(&self, search: &str) -> impl Iterator<Item = &Entry> {
        let search = search.trim().to_uppercase();
        self.done.iter().filter(move |entry| entry.has(&search))
    }

    /// How many entries there are of each kind.
    pub fn count(&self, is_it: impl Fn(Deed) -> bool) -> usize {
        self.done.iter().filter(|entry| is_it(entry.deed)).count()
    }
}

/// What was done for a citizen.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Deed {
    Booked,
    Moved,
    Cancelled,
    Registered,
    Withdrawn,
    /// They are on the waiting list.
    Waits,
    /// They are no longer.
    LeftLine,
    /// They may not book, by this rule.
    Refused(Refusal),
    /// The answer never came: it may have been done.
    Unsure,
}

/// A line of the day's list.
#[derive(Clone, PartialEq, Debug)]
pub struct Entry {
    pub at: Timestamp,
    pub deed: Deed,
    /// The digits of the booking or registration; empty where there is none.
    pub number: Personal,
    pub name_masked: Personal,
    /// To be printed again, in the person's language.
    pub booking: Option<Box<BookingView>>,
    pub language: Language,
}

impl Entry {
    fn has(&self, search: &str) -> bool {
        self.number.expose().contains(search)
            || self.name_masked.expose().to_uppercase().contains(search)
    }

    /// The last digits, by which people find it.
    pub fn number_end(&self) -> &str {
        let digits = self.number.expose();
        &digits[digits.len().saturating_sub(4)..]
    }
}

/// Why the counter is locked.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum LockCause {
    CardOut,
    Idle,
    /// Somebody pressed the key for it.
    Pressed,
    /// The service has ended the session.
    SessionOver,
}
