//! The journey: a pure state machine. `update(event, now)` changes it and returns effects as data;
//! it has no handle to anything, so every wall of the kiosk's behaviour can be tested without I/O.
//! What a screen looks like is not known here.

mod back;
mod calls;
mod changes;
pub mod effect;
pub mod event;
mod flow;
pub mod operator;
mod printing;
mod replies;
pub mod retry;
mod rules;
pub mod session;
pub mod training;
mod ways;

use crate::api::sites::Seats;
use crate::config::profile::Profile;
use crate::domain::language::Language;
use crate::domain::round::Round;
use crate::kiosk::paper::Printing;
use crate::kiosk::screens::Screen;
use crate::kiosk::screens::operator::Operator;
use crate::kiosk::screens::scanned::Scanned;
use crate::receipt::signing::{PREFIX, ReceiptError, verify};
use effect::{Call, Effect, Ticket};
use event::{Event, Moment};
use operator::Corner;
use session::{CardState, Purpose, Session};
use std::time::Duration;
use training::PracticePhone;

/// Something in front of the screen that one returns from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Overlay {
    Languages,
    /// The topics, or the answer of one.
    Help {
        topic: Option<usize>,
    },
    StillThere,
    /// A receipt's code was scanned.
    Scanned(Scanned),
    Drawer,
    Operator,
    /// The practice people's phones.
    Phone,
    /// Who the practice people are, with all their numbers.
    People,
}

/// The state of the kiosk.
#[derive(Clone, PartialEq, Debug)]
pub struct Journey {
    pub profile: Profile,
    pub screen: Screen,
    pub overlay: Option<Overlay>,
    pub session: Option<Session>,
    pub now: Shown,
    pub round: Option<Round>,
    /// Free seats by district, as last told: nothing of a person.
    pub seats: Seats,
    /// Whether the last call reached the service.
    pub line_up: bool,
    pub card_in: bool,
    pub reader_lost: bool,
    /// The trainer has cut the line.
    pub line_cut: bool,
    /// The trainer has unplugged the printer.
    pub printer_unplugged: bool,
    pub practice_phone: PracticePhone,
    /// High contrast, and larger type where the terminal can.
    pub clearer: bool,
    pub operator: Operator,
    corner: Corner,
    held: Option<Language>,
    last_input: Duration,
    sessions: u64,
    serial: u64,
    /// The call that the screen waits for.
    awaited: Option<Ticket>,
    /// A call that only brings the screen up to date.
    refreshing: Option<Ticket>,
    card_asked: Option<Ticket>,
    round_asked: Option<(Ticket, Duration)>,
}

/// The time that is on the screen.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Shown {
    pub wall: jiff::Timestamp,
    pub uptime: Duration,
}

/// The attract screen speaks each language for so long.
const ATTRACT_TURN: Duration = Duration::from_secs(4);

impl Journey {
    /// A kiosk that has just been switched on, and what it wants to know first.
    pub fn start(profile: Profile, now: Moment) -> (Self, Vec<Effect>) {
        let mut journey = Self {
            profile,
            screen: Screen::Attract,
            overlay: None,
            session: None,
            now: Shown { wall: now.wall, uptime: now.uptime },
            round: None,
            seats: Seats::default(),
            line_up: true,
            card_in: false,
            reader_lost: false,
            line_cut: false,
            printer_unplugged: false,
            practice_phone: PracticePhone::default(),
            clearer: false,
            operator: Operator::default(),
            corner: Corner::default(),
            held: None,
            last_input: now.uptime,
            sessions: 0,
            serial: 0,
            awaited: None,
            refreshing: None,
            card_asked: None,
            round_asked: None,
        };
        let mut effects = Vec::new();
        journey.ask_round(&mut effects);
        (journey, effects)
    }

    /// What happens at an event.
    pub fn update(&mut self, event: Event, now: Moment) -> Vec<Effect> {
        let mut effects = Vec::new();
        let language = self.language();
        self.now = Shown { wall: now.wall, uptime: now.uptime };
        let troubled = self.shows_trouble();
        match event {
            Event::Act(action) => {
                self.last_input = now.uptime;
                self.act(action, now, &mut effects);
            }
            Event::Reader(reader) => self.reader(reader, &mut effects),
            Event::CardRead { ticket, outcome } => self.card_read(ticket, outcome),
            Event::Printed { ticket, outcome } => {
                self.printed(ticket, outcome);
                self.operator_printed(ticket, outcome);
            }
            Event::PinChecked { ticket, right } => self.pin_checked(ticket, right, &mut effects),
            Event::Checked { ticket, checks } if self.operator_checked(ticket, &checks) => {}
            Event::Checked { ticket, checks } => self.checked(ticket, checks),
            Event::Reply { ticket, reply } => self.reply(ticket, reply, now.fresh, &mut effects),
            Event::Scanned(text) => self.scanned(text.expose()),
            Event::Text(text) => self.text_arrived(text),
            Event::AppCodes(codes) => self.practice_phone.app_codes = codes,
            Event::Tick => self.tick(&mut effects),
        }
        self.hold(language);
        // Who does not see that something went wrong hears it.
        if !troubled && self.shows_trouble() && !effects.contains(&Effect::Bell) {
            effects.push(Effect::Bell);
        }
        effects
    }

    /// A receipt's code, checked with the key that this kiosk was given: shown over whatever is on
    /// the screen.
    fn scanned(&mut self, text: &str) {
        self.last_input = self.now.uptime;
        self.overlay = Some(Overlay::Scanned(match &self.profile.receipt_key {
            _ if !text.trim_start().starts_with(PREFIX) => {
                Scanned::Wrong(ReceiptError::NotAReceipt)
            }
            None => Scanned::NoKey,
            Some(key) => verify(text, key).map_or_else(Scanned::Wrong, Scanned::Valid),
        }));
    }

    /// Whether the screen says that something went wrong.
    fn shows_trouble(&self) -> bool {
        if matches!(self.overlay, Some(Overlay::Scanned(Scanned::Wrong(_) | Scanned::NoKey))) {
            return true;
        }
        let faulty = |session: &Session| matches!(session.card, CardState::Faulty(_));
        match &self.screen {
            Screen::WhyNot(_) => true,
            Screen::Phone(phone) => phone.is_wrong(),
            Screen::Entry(entry) => entry.wrong,
            Screen::Receipt(_) => self
                .session
                .as_ref()
                .is_some_and(|session| matches!(session.printing, Printing::Failed(_))),
            Screen::Waiting(waiting) => waiting.retry.attempt > 1,
            Screen::Submitting(retry) => retry.attempt > 1,
            Screen::Card => self.reader_lost || self.session.as_ref().is_some_and(faulty),
            _ => false,
        }
    }

    /// The language on the screen now.
    pub fn language(&self) -> Language {
        if let Some(session) = &self.session {
            return session.language;
        }
        if let Screen::Farewell(farewell) = &self.screen {
            return farewell.language;
        }
        if let Some(held) = self.held {
            return held;
        }
        let languages = &self.profile.languages;
        let turn = usize::try_from(self.now.uptime.as_secs() / ATTRACT_TURN.as_secs()).unwrap_or(0);
        languages.get(turn % languages.len().max(1)).copied().unwrap_or(Language::ZhTw)
    }

    /// Nobody can read what changes its language: while something lies over the attract screen it
    /// stays as it was opened. The operator's is the kiosk's first.
    fn hold(&mut self, shown: Language) {
        self.held = match self.overlay {
            Some(Overlay::Operator) => Some(self.profile.first_language()),
            Some(_) if self.session.is_none() => self.held.or(Some(shown)),
            _ => None,
        };
    }

    pub fn bilingual(&self) -> bool {
        self.language() != Language::ZhTw
            && self.session.as_ref().is_some_and(|session| session.bilingual)
    }

    /// What the person is about.
    pub fn purpose(&self) -> Purpose {
        self.session.as_ref().map_or(Purpose::default(), |session| session.purpose)
    }

    /// What is left of the session's ten minutes.
    pub fn time_left(&self) -> Option<Duration> {
        let session = self.session.as_ref()?;
        Some((session.started + self.profile.session_limit).saturating_sub(self.now.uptime))
    }

    /// What is left of the grace after "are you still there?".
    pub fn grace_left(&self) -> Duration {
        (self.last_input + self.profile.idle_warning + self.profile.idle_grace)
            .saturating_sub(self.now.uptime)
    }

    /// Somebody moved the focus: they are still there.
    pub fn touched(&mut self) {
        self.last_input = self.now.uptime;
        if self.overlay == Some(Overlay::StillThere) {
            self.overlay = None;
        }
    }

    /// Whether "fill a slot" has one to fill.
    pub fn can_fill(&self) -> bool {
        self.slot_to_fill().is_some()
    }

    fn ticket(&mut self) -> Ticket {
        self.serial += 1;
        Ticket {
            session: self.session.as_ref().map_or(0, |session| session.id),
            serial: self.serial,
        }
    }

    fn call(&mut self, call: Call, effects: &mut Vec<Effect>) -> Ticket {
        let ticket = self.ticket();
        effects.push(Effect::Call { ticket, call });
        ticket
    }

    fn ask_round(&mut self, effects: &mut Vec<Effect>) {
        let ticket = self.call(Call::Round, effects);
        self.round_asked = Some((ticket, self.now.uptime));
    }
}
