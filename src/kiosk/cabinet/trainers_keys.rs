//! The function keys of a training: its props, and the way to the task.

use crate::devices::simulated::people::PracticeCard;
use crate::kiosk::model::action::{Action, ExerciseAction, TrainingAction};

/// What a function key does; `None` if it does nothing.
pub(super) fn action(number: u8) -> Option<Action> {
    let action = match number {
        1 => TrainingAction::Drawer,
        2 => TrainingAction::Insert(PracticeCard::MayBook),
        3 => TrainingAction::Insert(PracticeCard::MigrantWorker),
        4 => TrainingAction::Pull,
        5 => TrainingAction::Phone,
        6 => TrainingAction::People,
        7 => TrainingAction::Exercise(ExerciseAction::TaskCard),
        _ => return None,
    };
    Some(action.into())
}
