//! What a trainer does to this kiosk from their console: messages, pauses, faults, exercises.

use super::Journey;
use crate::kiosk::model::action::ExerciseAction;
use crate::kiosk::model::effect::Effect;
use crate::kiosk::model::exercises::{Exercises, Stage};
use crate::kiosk::model::supervision::{Supervision, TrainerEvent, Wanted};
use crate::training::exercise::Exercise;
use crate::training::fault::FaultKind;
use crate::training::trace::Happened;
use std::sync::Arc;
use std::time::Duration;

/// What is mended when all is to be well again. How slow the line is plays no part in it.
const MENDABLE: [FaultKind; 5] = [
    FaultKind::SlowLine(Duration::ZERO),
    FaultKind::CutLine,
    FaultKind::PrinterJam,
    FaultKind::PrinterOut,
    FaultKind::ReaderGone,
];

impl Journey {
    /// What the trainer has set.
    pub fn supervision(&self) -> &Supervision {
        &self.machine.practice.supervision
    }

    /// The trainee has read what is on the screen of the trainer's.
    pub(super) fn acknowledge(&mut self) {
        self.machine.practice.supervision.acknowledge();
    }

    /// Begins with the kiosk itself, and not with the choice of exercises.
    pub fn look_around_first(&mut self) {
        if let Some(exercises) = &mut self.machine.practice.exercises {
            exercises.stage = Stage::LookingAround;
        }
    }

    pub(super) fn trainer(&mut self, event: TrainerEvent) {
        if !self.machine.profile.training {
            return;
        }
        let supervision = &mut self.machine.practice.supervision;
        match event {
            TrainerEvent::Joined { sign } => supervision.sign = Some(sign),
            TrainerEvent::Lost => supervision.lost(),
            TrainerEvent::Says(text) => {
                supervision.says(text);
                self.outbox.bell();
            }
            TrainerEvent::Paused(is_paused) => supervision.is_paused = is_paused,
            TrainerEvent::Fault(kind) => self.trainers_fault(kind),
            TrainerEvent::AllWell => self.all_well(),
            TrainerEvent::Begin(id) => self.begin(Wanted::OfShelf(id)),
            TrainerEvent::BeginOwn(exercise) => self.begin(Wanted::Own(exercise)),
            TrainerEvent::EndExercise => {
                supervision.wanted = None;
                self.exercise(ExerciseAction::Finished);
            }
            TrainerEvent::Close => self.outbox.push(Effect::Quit),
        }
    }

    /// A fault at the trainer's word. In an exercise it stands in its steps, as one of its own
    /// would.
    fn trainers_fault(&mut self, kind: FaultKind) {
        self.note(self.screen_name(), Happened::Fault(kind));
        if kind == FaultKind::PowerCut {
            let mut effects = Vec::new();
            self.lose_power(&mut effects);
            effects.into_iter().for_each(|effect| self.outbox.push(effect));
        } else if let Some(effect) = self.break_it(kind, &[]) {
            self.outbox.push(Effect::Train(effect));
        }
    }

    fn all_well(&mut self) {
        for kind in MENDABLE {
            if let Some(effect) = self.mend(kind) {
                self.outbox.push(Effect::Train(effect));
            }
        }
    }

    /// Begins an exercise, or keeps the newest one that is wanted while the world is being asked:
    /// what was asked of it comes first.
    fn begin(&mut self, wanted: Wanted) {
        let is_asked =
            |it: &Exercises| matches!(it.stage, Stage::Preparing { .. } | Stage::Judging(_));
        if self.exercises().is_some_and(is_asked) {
            self.machine.practice.supervision.wanted = Some(wanted);
            return;
        }
        match wanted {
            Wanted::OfShelf(id) => self.begin_by_id(&id),
            Wanted::Own(exercise) => self.begin_own(*exercise),
        }
    }

    /// The world has answered.
    pub(super) fn begin_wanted(&mut self) {
        if let Some(wanted) = self.machine.practice.supervision.wanted.take() {
            self.begin(wanted);
        }
    }

    fn begin_by_id(&mut self, id: &str) {
        let at = |exercises: &Exercises| exercises.shelf.iter().position(|one| one.id == id);
        if let Some(at) = self.exercises().and_then(at) {
            self.begin_exercise(at);
        }
    }

    /// An exercise of the same id is replaced: the trainer may have changed it.
    fn begin_own(&mut self, exercise: Exercise) {
        let Some(exercises) = &mut self.machine.practice.exercises else { return };
        let mut shelf = exercises.shelf.to_vec();
        let at = match shelf.iter().position(|one| one.id == exercise.id) {
            Some(at) => {
                shelf[at] = exercise;
                at
            }
            None => {
                shelf.push(exercise);
                shelf.len() - 1
            }
        };
        exercises.shelf = Arc::from(shelf);
        self.begin_exercise(at);
    }

    /// From wherever the trainee is: what they were at is dropped.
    fn begin_exercise(&mut self, at: usize) {
        if let Some(exercises) = &mut self.machine.practice.exercises {
            exercises.stage = Stage::Introduced { exercise: at };
            self.exercise(ExerciseAction::Begin);
        }
    }
}
