//! The counter's screens, dense and driven by keys: who of the staff works there, the form for the
//! person in front of them, the day's list, the institution's users and its day in figures.
//! `layout` knows where each part stands at each size.

mod around;
pub mod choices;
mod citizen_side;
mod figures_table;
mod filled;
pub mod form;
mod form_keys;
mod form_view;
mod gate_view;
mod held;
mod held_form;
mod institution_figures;
mod layout;
pub mod leftover;
mod leftover_view;
mod line_view;
pub mod log_in;
pub mod numbers;
mod person_panel;
pub mod serving;
pub mod site;
mod site_around;
mod site_band;
mod site_facts;
mod site_hours;
mod site_pages;
mod site_view;
mod site_words;
pub mod staff_list;
mod staff_view;
mod today;
mod view;
mod waiting_form;
pub mod wish;

use crate::api::bookings::BookingView;
use crate::api::problem::Code;
use crate::domain::language::Language;
use crate::domain::personal::Personal;
use crate::kiosk::model::action::Action;
use crate::kiosk::model::counter::{CounterAction, Duty, LockCause, Tab};
use crate::kiosk::model::printing::Printing;
use log_in::{LogIn, LogInStep, StaffReader};
use numbers::Numbers;
use serving::{Done, Serving, Step};
use site::{SiteDesk, SitePlace};
use staff_list::StaffList;
use std::mem::{Discriminant, discriminant};

/// The counter, with the language of its staff.
#[derive(Clone, PartialEq, Debug)]
pub struct Counter {
    pub language: Language,
    pub screen: CounterScreen,
    pub reader: StaffReader,
    /// A card came into the citizens' reader while nobody worked, and was not read.
    pub unread_card: bool,
}

/// Who is at it.
#[derive(Clone, PartialEq, Debug)]
pub enum CounterScreen {
    LoggedOut(LogIn),
    Working(Box<Working>),
    /// What is done waits beneath. Only the same staff member gets it back; the log-in of another
    /// one wipes it.
    Locked {
        cause: LockCause,
        log_in: LogIn,
        working: Box<Working>,
    },
}

/// A staff member at work.
#[derive(Clone, PartialEq, Debug)]
pub struct Working {
    pub duty: Duty,
    pub tab: Tab,
    pub desk: Desk,
    pub staff: StaffList,
    /// What is typed to search the day's list.
    pub search: Personal,
    /// Which line of it is marked.
    pub at: usize,
    pub asked: Option<Question>,
    /// The page that is turned to the citizen is shown.
    pub citizen_side: bool,
    pub notice: Option<Notice>,
    /// What became of the last receipt on paper.
    pub printing: Printing,
}

/// Whether somebody is in front of the counter.
#[derive(Clone, PartialEq, Debug)]
pub enum Desk {
    /// The next person's card, or their numbers, are waited for.
    Free(Numbers),
    Serving(Box<Serving>),
    /// A vaccination site, where nobody books.
    Site(Box<SiteDesk>),
}

/// What is asked before it is done.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Question {
    Cancel,
    Withdraw,
    /// Off the waiting list.
    LeaveLine,
    /// On to the next person although an answer is not known.
    LeaveUnsure,
    LogOut,
    /// The lock of a site's desk while there is no line, without which nobody can unlock it.
    LockOffline,
    /// Somebody of the staff is not to work here any more.
    WithdrawStaff,
    /// So many doses are said to be left that a mistake would reach many people, or none.
    DosesLeft {
        doses: u32,
        people: u32,
    },
}

/// A sentence about what has just happened.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Notice {
    /// The person's card was taken out: what was entered is wiped.
    CardOut,
    /// It was taken out while what was sent had no answer.
    CardOutUnsure,
    /// The staff member may not do that.
    NoRight,
    /// Locked work is back.
    WelcomeBack,
    /// The staff member is back, and nothing had waited for them.
    Back,
    /// What the locked counter had of somebody else is wiped.
    Wiped,
    StaffSaved,
    /// The service says no to what was entered.
    Problem(Code),
    NoLine,
}

/// What is on the counter's screen. While it stays the same, keys typed ahead count.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct CounterPlace {
    screen: Discriminant<CounterScreen>,
    log_in: Option<Discriminant<LogInStep>>,
    tab: Option<Tab>,
    visit: u64,
    step: Option<Discriminant<Step>>,
    waits: bool,
    asked: Option<Question>,
    citizen_side: bool,
    site: Option<SitePlace>,
}

impl Counter {
    pub fn new(language: Language) -> Self {
        Self {
            language,
            screen: CounterScreen::LoggedOut(LogIn::default()),
            reader: StaffReader::default(),
            unread_card: false,
        }
    }

    pub fn working(&self) -> Option<&Working> {
        match &self.screen {
            CounterScreen::Working(working) => Some(working),
            CounterScreen::LoggedOut(_) | CounterScreen::Locked { .. } => None,
        }
    }

    pub fn working_mut(&mut self) -> Option<&mut Working> {
        match &mut self.screen {
            CounterScreen::Working(working) => Some(working),
            CounterScreen::LoggedOut(_) | CounterScreen::Locked { .. } => None,
        }
    }

    /// Whether a scanned code is somebody's who comes to be vaccinated.
    pub fn scans(&self) -> bool {
        self.working().is_some_and(|working| working.desk.site().is_some())
    }

    /// The person who is served, also behind the lock.
    pub fn serving_mut(&mut self) -> Option<&mut Serving> {
        match &mut self.screen {
            CounterScreen::Working(working) | CounterScreen::Locked { working, .. } => {
                working.desk.serving_mut()
            }
            CounterScreen::LoggedOut(_) => None,
        }
    }

    /// The desk of a vaccination site, also behind the lock.
    pub fn site_mut(&mut self) -> Option<&mut SiteDesk> {
        match &mut self.screen {
            CounterScreen::Working(working) | CounterScreen::Locked { working, .. } => {
                working.desk.site_mut()
            }
            CounterScreen::LoggedOut(_) => None,
        }
    }

    pub fn log_in_mut(&mut self) -> Option<&mut LogIn> {
        match &mut self.screen {
            CounterScreen::LoggedOut(log_in) | CounterScreen::Locked { log_in, .. } => Some(log_in),
            CounterScreen::Working(_) => None,
        }
    }

    pub fn log_in(&self) -> Option<&LogIn> {
        match &self.screen {
            CounterScreen::LoggedOut(log_in) | CounterScreen::Locked { log_in, .. } => Some(log_in),
            CounterScreen::Working(_) => None,
        }
    }

    /// The language on the screen: the citizen's on the page that is turned to them.
    pub fn language_shown(&self) -> Language {
        let citizens = self.working().filter(|working| working.citizen_side);
        let serving = citizens.and_then(|working| working.desk.serving());
        serving.map_or(self.language, |serving| serving.visit.language)
    }

    /// Whether the Chinese stands beside the citizen's language.
    pub fn is_bilingual(&self) -> bool {
        let citizens = self.working().filter(|working| working.citizen_side);
        let serving = citizens.and_then(|working| working.desk.serving());
        serving.is_some_and(|serving| serving.visit.bilingual)
    }

    /// Whether a character ticks something instead of going into a field. A key that is held must
    /// not untick it again.
    pub fn ticks(&self, action: Action) -> bool {
        let Action::Counter(CounterAction::Type(letter)) = action else { return false };
        let Some(working) = self.working() else { return false };
        let form = working.desk.serving().and_then(Serving::form);
        let is_form = !working.citizen_side && working.tab.serves();
        form.is_some_and(|form| is_form && form.ticks(letter))
            || working.tab == Tab::Manage && working.staff.ticks(letter)
    }

    /// What F11 does on the page that is on, as its button says.
    pub fn eleventh_key(&self) -> CounterAction {
        let book = self.working().filter(|working| working.tab == Tab::Book);
        match book.map(|working| &working.desk) {
            Some(Desk::Free(_)) => CounterAction::OfferCode,
            Some(Desk::Serving(serving)) if serving.may_open_line() => CounterAction::WaitingList,
            Some(Desk::Serving(_) | Desk::Site(_)) | None => CounterAction::GiveUp,
        }
    }

    pub fn place(&self) -> CounterPlace {
        let working = self.working();
        let serving = working.and_then(|working| working.desk.serving());
        CounterPlace {
            screen: discriminant(&self.screen),
            log_in: self.log_in().map(|log_in| discriminant(&log_in.step)),
            tab: working.map(|working| working.tab),
            visit: serving.map_or(0, |serving| serving.visit.id),
            step: serving.map(|serving| discriminant(&serving.step)),
            waits: serving.is_some_and(Serving::is_on_line),
            asked: working.and_then(|working| working.asked),
            citizen_side: working.is_some_and(|working| working.citizen_side),
            site: working.and_then(|working| working.desk.site()).map(SiteDesk::place),
        }
    }
}

impl Working {
    pub fn new(duty: Duty) -> Self {
        Self {
            duty,
            tab: Tab::Book,
            desk: Desk::Free(Numbers::default()),
            staff: StaffList::default(),
            search: Personal::default(),
            at: 0,
            asked: None,
            citizen_side: false,
            notice: None,
            printing: Printing::NotYet,
        }
    }

    /// What can be printed now, and in which language.
    pub fn printable(&self) -> Option<(BookingView, Language)> {
        if self.tab == Tab::Today {
            let entry = self.duty.found(self.search.expose()).nth(self.at)?;
            return Some((entry.booking.as_deref()?.clone(), entry.language));
        }
        let serving = self.desk.serving()?;
        let language = serving.visit.language;
        let booking = match &serving.step {
            Step::Done(done) => match &**done {
                Done::Booked { booking, .. } => booking,
                Done::Cancelled
                | Done::Registered(_)
                | Done::Withdrawn
                | Done::Waits(_)
                | Done::LeftLine => return None,
            },
            Step::Open => serving.visit.person.as_ref()?.booking()?,
            Step::Reading | Step::Faulty(_) | Step::Asking { .. } | Step::Failed(_) => return None,
            Step::Sending { .. } => return None,
        };
        Some((booking.clone(), language))
    }

    /// The day's list under the eyes of who searches it.
    pub fn search(&mut self, action: CounterAction) {
        let last = self.duty.found(self.search.expose()).count().saturating_sub(1);
        match action {
            CounterAction::Type(letter) if self.search.expose().len() < 16 => {
                self.search.push(letter);
                self.at = 0;
            }
            CounterAction::Erase => {
                self.search.pop();
                self.at = 0;
            }
            CounterAction::Escape => {
                self.search = Personal::default();
                self.at = 0;
            }
            CounterAction::Choose(at) => self.at = at.min(last),
            CounterAction::Up | CounterAction::Previous => self.at = self.at.saturating_sub(1),
            CounterAction::Down | CounterAction::Next => self.at = (self.at + 1).min(last),
            CounterAction::PageUp => self.at = self.at.saturating_sub(10),
            CounterAction::PageDown => self.at = (self.at + 10).min(last),
            _ => {}
        }
    }
}

impl Desk {
    pub fn serving(&self) -> Option<&Serving> {
        match self {
            Desk::Serving(serving) => Some(serving),
            Desk::Free(_) | Desk::Site(_) => None,
        }
    }

    pub fn serving_mut(&mut self) -> Option<&mut Serving> {
        match self {
            Desk::Serving(serving) => Some(serving),
            Desk::Free(_) | Desk::Site(_) => None,
        }
    }
    pub fn site(&self) -> Option<&SiteDesk> {
        match self {
            Desk::Site(site) => Some(site),
            Desk::Free(_) | Desk::Serving(_) => None,
        }
    }

    pub fn site_mut(&mut self) -> Option<&mut SiteDesk> {
        match self {
            Desk::Site(site) => Some(site),
            Desk::Free(_) | Desk::Serving(_) => None,
        }
    }
}
