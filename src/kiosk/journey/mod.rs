//! The journey: a pure state machine. `update(event, now)` changes it and returns effects as data;
//! it has no handle to anything, so all of the kiosk's behaviour can be tested without I/O.
//!
//! Here is what is above all screens: the phases, the events, and what every event is followed by.
//! What needs a visit is in `visiting` and, by topic, in `sign_in`, `offering`, `booking`,
//! `registering`, `my_booking`, `line`, `asking` and `submitting`; `path` knows the order of an
//! errand's steps, and `steps` goes over them.

mod asking;
mod booking;
mod clock;
mod counter;
mod exercises;
mod global;
mod group;
mod line;
mod more_time;
mod my_booking;
mod offering;
mod operator;
mod outbox;
mod path;
mod reader;
mod registering;
mod scanning;
mod sign_in;
mod steps;
mod submitting;
mod supervision;
mod training;
mod visiting;

use crate::client::calls::{Answer, Call, Fault, Reply};
use crate::config::profile::Profile;
use crate::domain::language::Language;
use crate::kiosk::model::action::{Action, GlobalAction, ScreenAction, TrainingAction};
use crate::kiosk::model::clearer::Clearer;
use crate::kiosk::model::effect::Effect;
use crate::kiosk::model::event::{Event, Moment};
use crate::kiosk::model::machine::{Machine, Now};
use crate::kiosk::model::ticket::Ticket;
use crate::kiosk::model::visit::Visit;
use crate::kiosk::screens::Screen;
use crate::kiosk::screens::chrome::Progress;
use crate::kiosk::screens::context::Context;
use crate::kiosk::screens::counter::Counter;
use crate::kiosk::screens::farewell::{Farewell, Reason};
use crate::kiosk::screens::overlay::Overlay;
use crate::kiosk::screens::scanned::Scanned;
use counter::AtCounter;
use operator::Corner;
use outbox::Outbox;
use std::time::Duration;
use visiting::Visiting;

/// Whether somebody is being served.
#[derive(Clone, PartialEq, Debug)]
pub enum Phase {
    /// It waits for somebody.
    AtRest,
    Visiting {
        visit: Box<Visit>,
        screen: Screen,
    },
    /// A visit has ended; nothing of the person is left but their language.
    Farewell(Farewell),
    /// Staff serve people here; nobody serves themselves.
    Counter(Box<Counter>),
}

/// The state of the kiosk.
#[derive(Clone, PartialEq, Debug)]
pub struct Journey {
    pub machine: Machine,
    pub phase: Phase,
    /// What lies over the screen.
    pub overlay: Option<Overlay>,
    outbox: Outbox,
    corner: Corner,
    last_input: Duration,
    /// How many visits there have been.
    visits: u64,
}

impl Journey {
    /// A kiosk that has just been switched on, and what it wants to know first.
    pub fn start(profile: Profile, now: Moment) -> (Self, Vec<Effect>) {
        let at_counter = profile.counter.is_some();
        let counter = || Phase::Counter(Box::new(Counter::new(profile.first_language())));
        let phase = if at_counter { counter() } else { Phase::AtRest };
        let mut journey = Self {
            machine: Machine::new(profile, now.into()),
            phase,
            overlay: None,
            outbox: Outbox::default(),
            corner: Corner::default(),
            last_input: now.uptime,
            visits: 0,
        };
        journey.ask_round();
        let effects = journey.outbox.drain();
        (journey, effects)
    }

    /// What happens at an event.
    pub fn update(&mut self, event: Event, now: Moment) -> Vec<Effect> {
        self.machine.now = Now::from(now);
        let troubled = self.shows_trouble();
        let random = now.random;
        let watch = self.watch(&event);
        match event {
            Event::Act(action) => {
                self.last_input = now.uptime;
                self.act(action, random);
            }
            Event::Reader(reader) => self.reader(reader, random),
            Event::StaffCard(event) => self.at_counter(random, |it| it.staff_card(event)),
            Event::StaffSigned { ticket, outcome } => {
                self.at_counter(random, |it| it.signed(ticket, outcome));
            }
            Event::CardRead { ticket, outcome } if self.is_counter() => {
                self.at_counter(random, |it| it.card_read(ticket, outcome));
            }
            Event::CardRead { ticket, outcome } => {
                self.card_read(ticket, outcome, random);
            }
            Event::Printed { ticket, outcome } => self.printed(ticket, outcome),
            Event::PinChecked { ticket, right } => self.pin_checked(ticket, right),
            Event::Checked { ticket, checks } if self.operator_checked(ticket, &checks) => {}
            Event::Checked { ticket, checks } => {
                self.visit(random, |visiting| visiting.checked(ticket, checks));
            }
            Event::Reply { ticket, reply } => self.reply(ticket, reply, random),
            Event::Journal(event) => self.at_counter(random, |it| it.journal(event)),
            Event::Scanned(text) => self.scanned(text.expose(), random),
            Event::Text(text) => self.text_came(text),
            Event::AppCodes(codes) => self.machine.practice.phone.app_codes = codes,
            Event::World(event) => self.world(event),
            Event::Trainer(event) => self.trainer(event),
            Event::Tick => self.tick(random),
        }
        // Who does not see that something went wrong hears it.
        if !troubled && self.shows_trouble() && !self.outbox.has_bell() {
            self.outbox.bell();
        }
        let mut effects = self.outbox.drain();
        if let Some(watch) = watch {
            self.observe(watch, &mut effects);
            effects.append(&mut self.outbox.drain());
        }
        effects
    }

    /// Does something in the visit that is in progress, and ends it if that was asked for; without
    /// a visit nothing is done.
    fn visit(&mut self, random: u128, act: impl FnOnce(&mut Visiting<'_>)) {
        let mut ending = None;
        if let Phase::Visiting { visit, screen } = &mut self.phase {
            act(&mut Visiting {
                visit,
                screen,
                machine: &mut self.machine,
                overlay: &mut self.overlay,
                outbox: &mut self.outbox,
                ending: &mut ending,
                random,
            });
        }
        if let Some(reason) = ending {
            self.end_visit(reason);
        }
    }

    /// Whether staff serve people here.
    pub(super) fn is_counter(&self) -> bool {
        matches!(self.phase, Phase::Counter(_))
    }

    /// Whether keys and touches are for the counter itself, and not for what lies over it.
    pub fn takes_counter_keys(&self) -> bool {
        self.is_counter() && self.overlay.is_none() && !self.is_covered()
    }

    /// The counter.
    pub fn counter(&self) -> Option<&Counter> {
        match &self.phase {
            Phase::Counter(counter) => Some(counter),
            Phase::AtRest | Phase::Visiting { .. } | Phase::Farewell(_) => None,
        }
    }

    /// Does something at the counter; elsewhere nothing is done.
    fn at_counter(&mut self, random: u128, act: impl FnOnce(&mut AtCounter<'_>)) {
        if let Phase::Counter(counter) = &mut self.phase {
            act(&mut AtCounter {
                counter,
                machine: &mut self.machine,
                overlay: &mut self.overlay,
                outbox: &mut self.outbox,
                visits: &mut self.visits,
                random,
            });
        }
    }

    fn act(&mut self, action: Action, random: u128) {
        let operating = matches!(self.overlay, Some(Overlay::Operator(_)));
        match action {
            // A page of the training lies over all that could be touched.
            Action::Global(action) if self.is_covered() => self.around_exercises(action),
            Action::Training(action) if self.is_covered() => self.train(action),
            _ if self.is_covered() => {}
            // The way to the task is there from every page.
            Action::Training(action @ TrainingAction::Exercise(_)) => self.train(action),
            Action::Global(GlobalAction::Back) => self.back(random),
            _ if operating => self.operate(action),
            Action::Global(action) => self.global(action, random),
            Action::Training(action) => self.train(action),
            Action::Counter(action) if self.overlay.is_none() => {
                self.at_counter(random, |it| it.act(action));
            }
            Action::Counter(_) => {}
            Action::Screen(action) if self.overlay.is_none() => self.on_screen(action, random),
            Action::Screen(_) => {}
        }
    }

    /// An action of the screen that is on.
    fn on_screen(&mut self, action: ScreenAction, random: u128) {
        match &self.phase {
            Phase::AtRest if action == ScreenAction::Start => {
                self.begin_visit(Screen::Language);
                if self.machine.card_in {
                    self.visit(random, |visiting| visiting.read_card());
                }
            }
            Phase::Farewell(_) if action == ScreenAction::Start && !self.machine.card_in => {
                self.rest();
            }
            Phase::AtRest | Phase::Farewell(_) | Phase::Counter(_) => {}
            Phase::Visiting { .. } => self.visit(random, |visiting| visiting.act(action)),
        }
    }

    /// Begins a visit in the kiosk's first language.
    fn begin_visit(&mut self, screen: Screen) {
        self.visits += 1;
        let language = self.machine.profile.first_language();
        let uptime = self.machine.now.uptime;
        let visit = Box::new(Visit::new(self.visits, uptime, language));
        self.phase = Phase::Visiting { visit, screen };
        self.outbox.forget_screen();
        self.last_input = uptime;
    }

    /// Ends the visit: everything of the person is dropped here and nowhere else.
    fn end_visit(&mut self, reason: Reason) {
        let (visit, screen) = match std::mem::replace(&mut self.phase, Phase::AtRest) {
            Phase::Visiting { visit, screen } => (visit, screen),
            phase @ (Phase::AtRest | Phase::Farewell(_) | Phase::Counter(_)) => {
                self.phase = phase;
                return;
            }
        };
        for token in visit.all_tokens() {
            self.outbox.call(visit.id, Call::CloseSession { token });
        }
        self.overlay = None;
        self.see_clearer(Clearer::Off);
        self.outbox.forget_screen();
        // What is being sent may have been done, although no answer came.
        let unsure = screen.subject();
        if reason != Reason::Left || self.machine.card_in || unsure.is_some() {
            let (language, since) = (visit.language, self.machine.now.uptime);
            self.phase = Phase::Farewell(Farewell { reason, unsure, language, since });
        }
        self.outbox.bell();
    }

    /// Back to the attract screen.
    fn rest(&mut self) {
        self.phase = Phase::AtRest;
        self.outbox.forget_screen();
    }

    fn ask_round(&mut self) {
        let ticket = self.outbox.call(0, Call::Round);
        self.outbox.round = Some((ticket, self.machine.now.uptime));
    }

    /// The service's answer, or that there is none. `random` keeps kiosks that fail together from
    /// coming back together.
    fn reply(&mut self, ticket: Ticket, reply: Reply, random: u128) {
        let was_up = self.machine.line_up;
        self.machine.line_up = reply != Err(Fault::Gone);
        if self.outbox.round.is_some_and(|(asked, _)| asked == ticket) {
            if let Ok(Answer::Round(round)) = reply {
                self.machine.round = Some(*round);
            }
            // The line is back: what waits for its next attempt need not wait any longer. Kiosks
            // ask for the round at different moments, so they do not all come back at once.
            if self.machine.line_up && !was_up {
                self.visit(random, |visiting| visiting.try_again());
                self.at_counter(random, |it| it.line_is_back());
            }
        } else if let Some((_, asked)) =
            self.outbox.renewing.filter(|(renewing, _)| *renewing == ticket)
        {
            self.renewed(ticket, asked, reply);
        } else if self.is_counter() {
            self.at_counter(random, |it| it.reply(ticket, reply));
        } else if let Some(token) = self.nobodys_session(ticket, &reply) {
            self.outbox.call(ticket.visit, Call::CloseSession { token });
        } else {
            self.visit(random, |visiting| visiting.reply(ticket, reply));
        }
    }

    /// Whether the screen says that something went wrong.
    fn shows_trouble(&self) -> bool {
        if let Some(Overlay::Scanned(Scanned::Wrong(_) | Scanned::NoKey)) = self.overlay {
            return true;
        }
        match &self.phase {
            Phase::Visiting { screen, .. } => screen.shows_trouble(&self.context()),
            // The counter rings where it finds the trouble.
            Phase::AtRest | Phase::Farewell(_) | Phase::Counter(_) => false,
        }
    }

    /// What a screen may know.
    pub fn context(&self) -> Context<'_> {
        Context { machine: &self.machine, visit: self.current_visit() }
    }

    /// The visit in progress.
    pub fn current_visit(&self) -> Option<&Visit> {
        match &self.phase {
            Phase::Visiting { visit, .. } => Some(visit),
            Phase::AtRest | Phase::Farewell(_) | Phase::Counter(_) => None,
        }
    }

    /// The visit's screen.
    pub fn screen(&self) -> Option<&Screen> {
        match &self.phase {
            Phase::Visiting { screen, .. } => Some(screen),
            Phase::AtRest | Phase::Farewell(_) | Phase::Counter(_) => None,
        }
    }

    /// How far the errand is.
    pub fn progress(&self) -> Option<Progress> {
        match &self.phase {
            Phase::Visiting { visit, screen } => path::of_visit(visit, screen),
            Phase::AtRest | Phase::Farewell(_) | Phase::Counter(_) => None,
        }
    }

    /// The language on the screen now.
    pub fn language(&self) -> Language {
        if let Some(exercises) = self.exercises().filter(|exercises| exercises.covers()) {
            return exercises.language;
        }
        match &self.phase {
            Phase::Visiting { visit, .. } => visit.language,
            Phase::Farewell(farewell) => farewell.language,
            Phase::AtRest => self.machine.profile.first_language(),
            Phase::Counter(counter) => counter.language_shown(),
        }
    }

    /// Whether somebody has chosen it, or has been spoken to in it until just now.
    pub fn language_is_chosen(&self) -> bool {
        match &self.phase {
            Phase::Visiting { visit, .. } => visit.language_chosen,
            Phase::Farewell(_) | Phase::Counter(_) => true,
            Phase::AtRest => false,
        }
    }

    pub fn bilingual(&self) -> bool {
        let asked = match &self.phase {
            Phase::Visiting { visit, .. } => visit.bilingual,
            Phase::Counter(counter) => counter.is_bilingual(),
            Phase::AtRest | Phase::Farewell(_) => false,
        };
        asked && !self.is_covered() && self.language() != Language::ZhTw
    }

    /// Whether home ends the visit here.
    pub fn home_leaves(&self) -> bool {
        match &self.phase {
            Phase::Visiting { visit, screen } => visiting::home_leaves(visit, screen),
            Phase::AtRest | Phase::Farewell(_) | Phase::Counter(_) => true,
        }
    }
}
