//! The page that is turned to the citizen: what they press there.

use super::AtCounter;
use crate::domain::language::Language;
use crate::kiosk::model::counter::CounterAction;

impl AtCounter<'_> {
    /// The page that is turned to the citizen: their language, the Chinese beside it, and that they
    /// agree to the notice.
    pub fn on_citizen_side(&mut self, action: CounterAction) {
        let languages = self.machine.profile.languages.clone();
        let Some(working) = self.counter.working_mut() else { return };
        match action {
            CounterAction::CitizenSide | CounterAction::Escape => working.citizen_side = false,
            CounterAction::Type('+') => {
                if let Some(serving) = working.desk.serving_mut() {
                    serving.visit.bilingual = !serving.visit.bilingual;
                }
            }
            CounterAction::Type(digit @ '1'..='9') => {
                let chosen = languages.get(digit as usize - '1' as usize);
                self.speak_to_citizen(chosen.copied());
            }
            CounterAction::Choose(at) => self.speak_to_citizen(languages.get(at).copied()),
            CounterAction::Enter => {
                // Nobody agrees to what is not on the screen.
                if let Some(serving) = working.desk.serving_mut()
                    && serving.shows_notice()
                {
                    serving.agrees(true);
                }
            }
            _ => {}
        }
    }

    fn speak_to_citizen(&mut self, language: Option<Language>) {
        if let (Some(serving), Some(language)) = (self.counter.serving_mut(), language) {
            serving.visit.language = language;
            serving.visit.language_chosen = true;
        }
    }
}
