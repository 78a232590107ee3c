//! What is around the pages of the training: back, the language, and how they are seen.

use crate::kiosk::journey::Journey;
use crate::kiosk::model::action::{ExerciseAction, GlobalAction};
use crate::kiosk::model::exercises::{CardPage, Stage};
use crate::kiosk::screens::overlay::Overlay;
use crate::training::debrief::Shown;

impl Journey {
    /// A key or a button of the frame, while a page of the training lies over all of the screen.
    pub(in crate::kiosk::journey) fn around_exercises(&mut self, action: GlobalAction) {
        match action {
            GlobalAction::Back => self.back_in_exercises(),
            GlobalAction::Languages => self.overlay = Some(Overlay::Languages),
            GlobalAction::Speak(language) => {
                self.overlay = None;
                self.exercise(ExerciseAction::Speak(language));
            }
            GlobalAction::Clearer => self.next_clearer(),
            // Of the page beneath, which cannot be touched.
            GlobalAction::Home
            | GlobalAction::Leave
            | GlobalAction::Help
            | GlobalAction::HelpTopic(_)
            | GlobalAction::Bilingual
            | GlobalAction::TurnPage
            | GlobalAction::StillHere
            | GlobalAction::MoreTime
            | GlobalAction::EnoughTime
            | GlobalAction::Corner => {}
        }
    }

    /// One step back, as far as there is one.
    fn back_in_exercises(&mut self) {
        if self.overlay == Some(Overlay::Languages) {
            self.overlay = None;
            return;
        }
        let Some(exercises) = &mut self.machine.practice.exercises else { return };
        match &mut exercises.stage {
            Stage::Introduced { exercise } => {
                let role = exercises.shelf.get(*exercise).map(|exercise| exercise.role);
                exercises.stage = Stage::Choosing { role, turned: 0 };
            }
            Stage::Choosing { role, turned } => (*role, *turned) = (None, 0),
            Stage::Running(running) => {
                running.card = match running.card {
                    CardPage::GivingUp => CardPage::Task,
                    CardPage::Task | CardPage::Closed => CardPage::Closed,
                }
            }
            Stage::Debriefed(debriefing) if debriefing.shown == Shown::Replay => {
                debriefing.show_result();
            }
            Stage::Debriefed(_)
            | Stage::Preparing { .. }
            | Stage::Judging(_)
            | Stage::LookingAround => {}
        }
    }

    /// Closes the card with the task; false if it is not open.
    pub(in crate::kiosk::journey) fn close_task_card(&mut self) -> bool {
        let exercises = self.machine.practice.exercises.as_mut();
        let Some(running) = exercises.and_then(|exercises| exercises.running_mut()) else {
            return false;
        };
        std::mem::replace(&mut running.card, CardPage::Closed).is_open()
    }

    pub(in crate::kiosk::journey) fn open_task_card(&mut self) {
        let exercises = self.machine.practice.exercises.as_mut();
        if let Some(running) = exercises.and_then(|exercises| exercises.running_mut()) {
            running.card = CardPage::Task;
        }
    }
}
