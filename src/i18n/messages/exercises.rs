//! Mistakes in the files of exercises.

use super::messages;
use fluent_bundle::{FluentArgs, FluentValue};

messages! {
    EXERCISES:
    ExerciseMistake = "exercise-mistake" { at, what };
    ExerciseUnknownKey = "exercise-unknown-key" { key, nearest };
    ExerciseMissingKey = "exercise-missing-key" { key };
    ExerciseWrongType = "exercise-wrong-type" { key, wanted };
    ExerciseWantedText = "exercise-wanted-text";
    ExerciseWantedNumber = "exercise-wanted-number";
    ExerciseWantedTruth = "exercise-wanted-truth";
    ExerciseWantedList = "exercise-wanted-list";
    ExerciseWantedSection = "exercise-wanted-section";
    ExerciseWantedDateTime = "exercise-wanted-date-time" { example };
    ExerciseUnknownWord = "exercise-unknown-word" { word, right };
    ExerciseOutOfRange = "exercise-out-of-range" { key, least, most };
    ExerciseEmpty = "exercise-empty" { key };
    ExerciseHintsDiffer = "exercise-hints-differ" { key, wanted };
    ExerciseNotOfRole = "exercise-not-of-role" { word, role };
    ExerciseCardUnreadable = "exercise-card-unreadable" { word };
    ExerciseCardNotRegistered = "exercise-card-not-registered" { word };
    ExerciseFileName = "exercise-file-name" { name };
    ExerciseOnlyAtConfirm = "exercise-only-at-confirm" { word };
    ExerciseOneTrigger = "exercise-one-trigger";
    ExerciseNeverReached = "exercise-never-reached";
    ExerciseBeforeItBegins = "exercise-before-it-begins";
    ExerciseLongerThanItself = "exercise-longer-than-itself";
    ExerciseCannotEnd = "exercise-cannot-end" { word };
    ExerciseContradiction = "exercise-contradiction" { fact };
    ExerciseSameNumber = "exercise-same-number" { number, other };
    ExerciseNone = "exercise-none";
    ExercisesRight = "exercises-right" { count };
}
