//! What is the same on every screen: back, home, help, language, Chinese beside, clearer.

use super::{Journey, Phase};
use crate::domain::language::Language;
use crate::kiosk::model::action::GlobalAction;
use crate::kiosk::model::clearer::Clearer;
use crate::kiosk::model::effect::Effect;
use crate::kiosk::screens::Screen;
use crate::kiosk::screens::farewell::Reason;
use crate::kiosk::screens::overlay::Overlay;

impl Journey {
    pub(super) fn global(&mut self, action: GlobalAction, random: u128) {
        match action {
            GlobalAction::Back => self.back(random),
            GlobalAction::Home if self.is_sending() => self.overlay = Some(Overlay::LeaveUnsure),
            GlobalAction::Home => {
                self.overlay = None;
                self.visit(random, |visiting| visiting.home());
            }
            GlobalAction::Leave
                if self.is_sending() && self.overlay != Some(Overlay::LeaveUnsure) =>
            {
                self.overlay = Some(Overlay::LeaveUnsure);
            }
            GlobalAction::Leave => self.end_visit(Reason::Left),
            GlobalAction::Help => self.overlay = Some(Overlay::Help { topic: None }),
            GlobalAction::HelpTopic(topic) => {
                // From the topics, or from a page that leads to one.
                if matches!(self.overlay, None | Some(Overlay::Help { topic: None })) {
                    self.overlay = Some(Overlay::Help { topic: Some(topic) });
                }
            }
            GlobalAction::Bilingual => {
                self.visit(random, |visiting| {
                    visiting.visit.bilingual = !visiting.visit.bilingual;
                });
            }
            GlobalAction::Clearer => self.next_clearer(),
            // The pages of larger type are turned where they are drawn.
            GlobalAction::TurnPage => {}
            GlobalAction::Languages => self.overlay = Some(Overlay::Languages),
            GlobalAction::Speak(language) => self.speak(language, random),
            GlobalAction::StillHere => self.overlay = None,
            GlobalAction::MoreTime => self.more_time(),
            GlobalAction::EnoughTime => self.enough_time(),
            GlobalAction::Corner => self.corner(),
        }
    }

    /// Whether something is being sent whose answer is not known.
    fn is_sending(&self) -> bool {
        matches!(self.screen(), Some(Screen::Submitting(_)))
    }

    /// One step back: from a topic to the topics, from what lies over the screen to the screen, or
    /// from the screen.
    pub(super) fn back(&mut self, random: u128) {
        match self.overlay {
            Some(Overlay::Help { topic: Some(_) }) => {
                self.overlay = Some(Overlay::Help { topic: None });
            }
            Some(Overlay::MoreTime(_)) => self.enough_time(),
            Some(_) => self.overlay = None,
            None => self.visit(random, |visiting| visiting.back()),
        }
    }

    /// Another language for the rest of the visit; before a visit it begins one.
    fn speak(&mut self, language: Language, random: u128) {
        if self.overlay == Some(Overlay::Languages) {
            self.overlay = None;
        }
        match &mut self.phase {
            Phase::Farewell(farewell) => {
                farewell.language = language;
                return;
            }
            // Before the log-in: the language of the staff.
            Phase::Counter(counter) => {
                counter.language = language;
                return;
            }
            Phase::AtRest => self.begin_visit(Screen::Language),
            Phase::Visiting { .. } => {}
        }
        self.visit(random, |visiting| {
            visiting.visit.language = language;
            visiting.visit.language_chosen = true;
            if matches!(visiting.screen, Screen::Language) {
                visiting.after_language();
            }
        });
    }

    /// The next way to see the screen more easily, round and round. Larger type would need a page
    /// that is turned, which a counter has not.
    pub(super) fn next_clearer(&mut self) {
        let enlarges = self.machine.enlarges && !self.is_counter();
        self.see_clearer(self.machine.clearer.next(enlarges));
    }

    /// The whole screen in high contrast, with larger type where the terminal can; for this person
    /// only.
    pub(super) fn see_clearer(&mut self, clearer: Clearer) {
        if self.machine.clearer != clearer {
            self.machine.clearer = clearer;
            self.outbox.push(Effect::TypeSize(clearer));
        }
    }
}
