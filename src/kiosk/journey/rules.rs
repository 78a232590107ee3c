//! The rules above all screens, in one place: card pulled, reader or service lost, idle, ten
//! minutes over, language changed, help, home, the trainer's drawer. What follows which screen is
//! in `flow`.

use super::effect::{Call, Effect};
use super::event::{Action, Moment};
use super::session::{CardState, Session};
use super::{Journey, Overlay};
use crate::devices::card_reader::ReaderEvent;
use crate::domain::language::Language;
use crate::kiosk::screens::Screen;
use crate::kiosk::screens::farewell::{Farewell, Reason};
use crate::kiosk::screens::help;
use std::time::Duration;

/// How often the round is asked for: soon after a failure, else now and then.
const ROUND_AGAIN: Duration = Duration::from_secs(300);
const ROUND_RETRY: Duration = Duration::from_secs(5);
/// How long a farewell without a card stays.
const FAREWELL_STAYS: Duration = Duration::from_secs(6);

impl Journey {
    pub(super) fn act(&mut self, action: Action, now: Moment, effects: &mut Vec<Effect>) {
        if self.overlay == Some(Overlay::Operator) && action != Action::Back {
            self.operate(action, effects);
            return;
        }
        match action {
            Action::Corner => self.corner(),
            Action::Help => self.overlay = Some(Overlay::Help { topic: None }),
            Action::Leave => self.end(Reason::Left, effects),
            Action::Languages => self.overlay = Some(Overlay::Languages),
            Action::Speak(language) => self.speak(language),
            Action::StillHere => self.overlay = None,
            Action::Bilingual => {
                if let Some(session) = &mut self.session {
                    session.bilingual = !session.bilingual;
                }
            }
            Action::Home => self.home(effects),
            Action::Back if matches!(self.overlay, Some(Overlay::Help { topic: Some(_) })) => {
                self.overlay = Some(Overlay::Help { topic: None });
            }
            Action::Back if self.overlay.is_some() => self.overlay = None,
            Action::Back => self.back(effects),
            Action::Drawer if self.profile.training => {
                self.overlay = if self.overlay == Some(Overlay::Drawer) {
                    None
                } else {
                    Some(Overlay::Drawer)
                };
            }
            Action::Train(training) if self.profile.training => self.train(training, effects),
            Action::Drawer | Action::Train(_) => {}
            Action::Pick(topic) if self.overlay == Some(Overlay::Help { topic: None }) => {
                self.overlay = Some(Overlay::Help {
                    topic: Some(topic).filter(|topic| *topic < help::TOPICS),
                });
            }
            Action::Clearer => self.see_clearer(!self.clearer, effects),
            Action::Start
            | Action::Pick(_)
            | Action::More
            | Action::Key(_)
            | Action::Erase
            | Action::ClearAll
            | Action::Confirm
            | Action::Decline
            | Action::RetryNow
            | Action::ToServices
            | Action::ShowQr
            | Action::Print
            | Action::ShowBooking
            | Action::Done
            | Action::Change(_)
            | Action::MoveBooking
            | Action::CancelBooking
            | Action::ChangeIntention
            | Action::WithdrawIntention
            | Action::Ways
            | Action::Letter(_)
            | Action::Shift
            | Action::Renew
            | Action::Larger
            | Action::Again
            | Action::Seat { .. }
            | Action::Nearest => {
                if self.overlay.is_none() {
                    self.proceed(action, now, effects);
                }
            }
        }
    }

    /// Another language: in a session for the session; before one it begins one.
    fn speak(&mut self, language: Language) {
        let on_language_screen = matches!(self.screen, Screen::Language);
        if self.overlay == Some(Overlay::Languages) {
            self.overlay = None;
        }
        if let Screen::Farewell(farewell) = &mut self.screen {
            farewell.language = language;
            return;
        }
        if self.session.is_none() {
            self.begin();
        }
        if let Some(session) = &mut self.session {
            session.language = language;
            session.language_chosen = true;
        }
        if on_language_screen || matches!(self.screen, Screen::Attract) {
            self.after_language();
        }
    }

    /// The whole screen in high contrast, with larger type where the terminal can; for this person
    /// only.
    fn see_clearer(&mut self, clearer: bool, effects: &mut Vec<Effect>) {
        if self.clearer != clearer {
            self.clearer = clearer;
            effects.push(Effect::LargerType(clearer));
        }
    }

    fn home(&mut self, effects: &mut Vec<Effect>) {
        self.overlay = None;
        if self.home_leaves() {
            self.end(Reason::Left, effects);
        } else {
            self.services(effects);
        }
    }

    /// Whether home ends the session: before one is known, at the services themselves, and while a
    /// booking's answer is not known (the farewell then says so).
    pub fn home_leaves(&self) -> bool {
        let known = self.session.as_ref().is_some_and(|session| session.token.is_some());
        !known || matches!(self.screen, Screen::Service | Screen::Submitting(_))
    }

    pub(super) fn begin(&mut self) {
        self.sessions += 1;
        let language = self.profile.first_language();
        self.session = Some(Session::new(self.sessions, self.now.uptime, language));
        self.last_input = self.now.uptime;
    }

    pub(super) fn show(&mut self, screen: Screen) {
        self.screen = screen;
        self.awaited = None;
        self.refreshing = None;
    }

    /// Ends the session: everything of the person is dropped here and nowhere else.
    pub(super) fn end(&mut self, reason: Reason, effects: &mut Vec<Effect>) {
        let Some(session) = self.session.take() else { return };
        if let Some(token) = session.token.clone() {
            self.call(Call::CloseSession { token }, effects);
        }
        self.overlay = None;
        self.see_clearer(false, effects);
        let unsure = session.sending.is_some();
        let quiet = reason == Reason::Left && !self.card_in && !unsure;
        self.show(if quiet {
            Screen::Attract
        } else {
            Screen::Farewell(Farewell {
                reason,
                unsure,
                language: session.language,
                since: self.now.uptime,
            })
        });
        effects.push(Effect::Bell);
    }

    pub(super) fn reader(&mut self, event: ReaderEvent, effects: &mut Vec<Effect>) {
        match event {
            ReaderEvent::CardIn => {
                // A card that comes without the last one going is another person's; so is one that
                // comes to somebody who came in without a card, and perhaps went away.
                let anothers = |session: &Session| {
                    session.card != CardState::None
                        || session.token.is_some()
                        || session.found.is_some()
                };
                if self.session.as_ref().is_some_and(anothers) {
                    self.end(Reason::Pulled, effects);
                }
                self.card_in = true;
                self.reader_lost = false;
                self.overlay = None;
                self.card_instead();
                if self.session.is_none() {
                    self.begin();
                    self.show(Screen::Card);
                }
                self.read_card(effects);
            }
            ReaderEvent::CardOut => {
                self.card_in = false;
                self.card_out(effects);
            }
            ReaderEvent::ReaderLost => {
                self.reader_lost = true;
                self.card_in = false;
                self.card_out(effects);
            }
            ReaderEvent::ReaderFound => self.reader_lost = false,
        }
    }

    fn card_out(&mut self, effects: &mut Vec<Effect>) {
        match &self.session {
            // A faulty card was taken out to be wiped and put in again: the session waits for it.
            Some(Session { card: CardState::Faulty(_), .. }) => {
                if let Some(session) = &mut self.session {
                    session.card = CardState::None;
                }
            }
            Some(Session { card: CardState::None, .. }) => {}
            Some(_) => self.end(Reason::Pulled, effects),
            None if matches!(self.screen, Screen::Farewell(_)) => self.show(Screen::Attract),
            None => {}
        }
    }

    pub(super) fn read_card(&mut self, effects: &mut Vec<Effect>) {
        if let Some(session) = &mut self.session {
            session.card = CardState::Reading;
        }
        let ticket = self.ticket();
        self.card_asked = Some(ticket);
        effects.push(Effect::ReadCard { ticket });
    }

    pub(super) fn tick(&mut self, effects: &mut Vec<Effect>) {
        let wait = if self.round.is_some() && self.line_up { ROUND_AGAIN } else { ROUND_RETRY };
        if self.round_asked.is_none_or(|(_, asked)| self.now.uptime >= asked + wait) {
            self.ask_round(effects);
        }
        if let Screen::Farewell(farewell) = &self.screen {
            if self.card_in {
                effects.push(Effect::Bell);
            } else if self.now.uptime >= farewell.since + FAREWELL_STAYS {
                self.show(Screen::Attract);
            }
            return;
        }
        self.tick_unattended(effects);
        let Some(session) = &self.session else { return };
        if self.now.uptime >= session.started + self.profile.session_limit {
            self.end(Reason::TimeUp, effects);
            return;
        }
        if self.time_left().is_some_and(|left| left.as_secs() == 60) {
            effects.push(Effect::Bell);
        }
        // Whoever waits for the service is not idle.
        if self.screen.waits_for_service() && self.overlay.is_none() {
            self.last_input = self.now.uptime;
        }
        let idle = self.now.uptime.saturating_sub(self.last_input);
        if idle >= self.profile.idle_warning + self.profile.idle_grace {
            self.end(Reason::Idle, effects);
            return;
        }
        if idle >= self.profile.idle_warning && self.overlay != Some(Overlay::StillThere) {
            self.overlay = Some(Overlay::StillThere);
            effects.push(Effect::Bell);
        }
        self.keep_going(effects);
    }

    /// Before the attract screen: what somebody left open or switched on goes back by itself.
    fn tick_unattended(&mut self, effects: &mut Vec<Effect>) {
        let idle = self.now.uptime.saturating_sub(self.last_input);
        if self.session.is_none() && idle >= self.profile.idle_warning {
            self.overlay = None;
            self.see_clearer(false, effects);
        }
    }
}
