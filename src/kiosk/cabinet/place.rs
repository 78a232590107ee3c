//! What is asked on the screen. While it stays the same, so does the focus.

use crate::kiosk::journey::{Journey, Phase};
use crate::kiosk::model::exercises::Stage;
use crate::kiosk::screens::Place as ScreenPlace;
use crate::kiosk::screens::counter::CounterPlace;
use crate::kiosk::screens::overlay::Overlay;
use crate::training::debrief::Shown;
use crate::training::exercise::Role;

/// What is asked. When it changes, the focus begins anew.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Place {
    phase: PhasePlace,
    overlay: Option<Overlay>,
    /// A page of the training that lies over all of it.
    training: Option<TrainingPlace>,
    /// Whether the trainer has paused it, and how many of their messages are not read.
    trainers_word: (bool, usize),
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum PhasePlace {
    AtRest,
    Visiting(ScreenPlace),
    Farewell,
    Counter(CounterPlace),
}

/// A page of the training.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum TrainingPlace {
    Choosing(Option<Role>, usize),
    Introduced(usize),
    Wait,
    TaskCard,
    Verdict(usize),
    Replay,
}

impl Place {
    pub fn asks_the_same(&self, other: &Self) -> bool {
        match (self.phase, other.phase) {
            (PhasePlace::Visiting(screen), PhasePlace::Visiting(another)) => {
                screen.asks_the_same(&another)
                    && self.overlay == other.overlay
                    && self.training == other.training
                    && self.trainers_word == other.trainers_word
            }
            _ => self == other,
        }
    }
}

pub(super) fn place_of(journey: &Journey) -> Place {
    let phase = match &journey.phase {
        Phase::AtRest => PhasePlace::AtRest,
        Phase::Visiting { screen, .. } => PhasePlace::Visiting(screen.place()),
        Phase::Farewell(_) => PhasePlace::Farewell,
        Phase::Counter(counter) => PhasePlace::Counter(counter.place()),
    };
    let overlay = journey.overlay.as_ref().map(Overlay::place);
    let exercises = journey.exercises().filter(|exercises| exercises.covers());
    let training = exercises.map(|exercises| stage_of(&exercises.stage));
    let supervision = journey.supervision();
    let trainers_word = (supervision.is_paused, supervision.unread());
    Place { phase, overlay, training, trainers_word }
}

fn stage_of(stage: &Stage) -> TrainingPlace {
    match stage {
        Stage::Choosing { role, turned } => TrainingPlace::Choosing(*role, *turned),
        Stage::Introduced { exercise } => TrainingPlace::Introduced(*exercise),
        Stage::Preparing { .. } | Stage::Judging(_) | Stage::LookingAround => TrainingPlace::Wait,
        Stage::Running(_) => TrainingPlace::TaskCard,
        Stage::Debriefed(debriefing) => match debriefing.shown {
            Shown::Verdict { turned } => TrainingPlace::Verdict(turned),
            Shown::Replay => TrainingPlace::Replay,
        },
    }
}
