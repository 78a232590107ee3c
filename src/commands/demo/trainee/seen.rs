//! What of the kiosk the trainer is shown: its newest frame, and how far the trainee is. The loop
//! leaves it here and goes on; whoever sends takes the newest.

use crate::classroom::exercise_result::{ExerciseResult, Reason};
use crate::classroom::wire::{Offered, Progress};
use crate::domain::language::Language;
use crate::i18n::messages as say;
use crate::i18n::messages::Message;
use crate::i18n::texts::Texts;
use crate::kiosk::journey::{Journey, Phase};
use crate::kiosk::model::exercises::{CardPage, Exercises, Stage};
use crate::kiosk::runtime::Watcher;
use crate::training::debrief::Debriefing;
use crate::training::exercise::Exercise;
use crate::training::judge;
use crate::training::trace::{Happened, Step, Trace};
use fluent_bundle::FluentArgs;
use ratatui::buffer::Buffer;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::Notify;

/// Results of a run of the program that are kept for a line that is lost.
const MOST_RESULTS: usize = 1000;

/// A message by its key: what is said is chosen in the loop, and said where the texts are.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Keyed(&'static str);

impl Message for Keyed {
    fn key(&self) -> &'static str {
        self.0
    }

    fn arguments(&self) -> Option<FluentArgs<'_>> {
        None
    }
}

/// What was seen last.
#[derive(Clone, Default)]
pub struct Seen {
    pub screen: Option<Buffer>,
    pub shelf: Arc<[Exercise]>,
    pub results: Vec<Arc<Done>>,
    at: At,
}

/// An exercise that was judged.
pub struct Done {
    number: u32,
    exercise: Exercise,
    debriefing: Debriefing,
}

/// How far the trainee is.
#[derive(Clone, Default)]
struct At {
    /// The exercise, by its place on the shelf.
    exercise: Option<usize>,
    /// What is done, by its key, and which step of how many it is.
    step: Option<(Keyed, Option<(u16, u16)>)>,
    took: Duration,
    presses: u32,
    hints: u32,
    mistakes: u32,
    unread: u32,
}

/// Sees the frames of the loop.
#[derive(Default)]
pub struct Eye {
    seen: Mutex<Glance>,
    changed: Notify,
}

/// What was seen, and whether the debriefing that is on was counted.
#[derive(Default)]
struct Glance {
    seen: Seen,
    was_debriefed: bool,
}

impl Eye {
    pub fn seen(&self) -> Seen {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).seen.clone()
    }

    /// Returns when something was drawn after the last time that this returned.
    pub async fn changed(&self) {
        self.changed.notified().await;
    }
}

impl Watcher for Eye {
    fn drawn(&self, frame: &Buffer, journey: &Journey) {
        let mut glance = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        match &mut glance.seen.screen {
            Some(screen) => screen.clone_from(frame),
            none => *none = Some(frame.clone()),
        }
        if let Some(exercises) = journey.exercises() {
            glance.seen.shelf = Arc::clone(&exercises.shelf);
            glance.note_result(exercises);
        }
        glance.seen.at = At::of(journey);
        drop(glance);
        self.changed.notify_one();
    }
}

impl Glance {
    /// A debriefing stays on for many frames and counts once.
    fn note_result(&mut self, exercises: &Exercises) {
        let debriefing = match &exercises.stage {
            Stage::Debriefed(debriefing) => Some(debriefing),
            Stage::Choosing { .. }
            | Stage::Introduced { .. }
            | Stage::Preparing { .. }
            | Stage::Running(_)
            | Stage::Judging(_)
            | Stage::LookingAround => None,
        };
        let was_debriefed = std::mem::replace(&mut self.was_debriefed, debriefing.is_some());
        let new = debriefing.filter(|_| !was_debriefed && self.seen.results.len() < MOST_RESULTS);
        if let Some(debriefing) = new
            && let Some(exercise) = exercises.exercise(debriefing.exercise)
        {
            let number = self.seen.results.len() as u32 + 1;
            let (exercise, debriefing) = (exercise.clone(), (**debriefing).clone());
            self.seen.results.push(Arc::new(Done { number, exercise, debriefing }));
        }
    }
}

impl At {
    fn of(journey: &Journey) -> Self {
        let unread = journey.supervision().unread() as u32;
        let keyed = |message: &dyn Message| (Keyed(message.key()), None);
        let on_screen = || match &journey.phase {
            Phase::AtRest => keyed(&say::StepAtRest),
            Phase::Farewell(_) => keyed(&say::StepFarewell),
            Phase::Counter(_) => keyed(&say::StepCounter),
            Phase::Visiting { .. } => match journey.progress() {
                Some(progress) => {
                    let nth = (progress.done + 1).min(progress.steps);
                    (Keyed(progress.name.key()), Some((nth, progress.steps)))
                }
                None => keyed(&say::StepVisit),
            },
        };
        let of_page = |message: &dyn Message, exercise| Self {
            exercise,
            step: Some(keyed(message)),
            unread,
            ..Self::default()
        };
        let Some(exercises) = journey.exercises() else {
            return Self { step: Some(on_screen()), unread, ..Self::default() };
        };
        match &exercises.stage {
            Stage::LookingAround => Self { step: Some(on_screen()), unread, ..Self::default() },
            Stage::Choosing { .. } => of_page(&say::StepChoosing, None),
            Stage::Introduced { exercise } => of_page(&say::StepBriefing, Some(*exercise)),
            Stage::Preparing { exercise } => of_page(&say::StepPreparing, *exercise),
            Stage::Judging(ended) => of_page(&say::StepPreparing, Some(ended.run.exercise)),
            Stage::Debriefed(_) => of_page(&say::StepDebriefing, None),
            Stage::Running(running) => Self {
                exercise: Some(running.exercise),
                step: Some(match running.card {
                    CardPage::Task | CardPage::GivingUp => keyed(&say::StepBriefing),
                    CardPage::Closed => on_screen(),
                }),
                took: journey.machine.now.uptime.saturating_sub(running.began),
                presses: running.trace.presses.into(),
                hints: running.hints as u32,
                mistakes: mistakes(&running.trace),
                unread,
            },
        }
    }
}

/// What went wrong by the trainee's own doing.
fn mistakes(trace: &Trace) -> u32 {
    let is_one = |step: &Step| match step.what {
        Happened::LeftUnsure
        | Happened::SentAnew(_)
        | Happened::Answered { done: false, .. }
        | Happened::LogIn { well: false } => true,
        Happened::Screen
        | Happened::Did(_)
        | Happened::Sent { .. }
        | Happened::Answered { done: true, .. }
        | Happened::NoAnswer(_)
        | Happened::Printed { .. }
        | Happened::Fault(_)
        | Happened::FaultOver(_)
        | Happened::Hint(_)
        | Happened::LogIn { well: true }
        | Happened::Consent => false,
    };
    trace.count(is_one) as u32
}

/// Says what was seen in the trainer's language.
pub struct Speaker {
    texts: Texts,
    language: Language,
}

impl Speaker {
    pub fn new(texts: Texts, language: Language) -> Self {
        Self { texts, language }
    }

    fn title(&self, exercise: &Exercise) -> String {
        exercise.text(self.language).map_or_else(|| exercise.id.clone(), |text| text.title.clone())
    }

    pub fn offers(&self, shelf: &[Exercise]) -> Vec<Offered> {
        let offered =
            |exercise: &Exercise| Offered { id: exercise.id.clone(), title: self.title(exercise) };
        shelf.iter().map(offered).collect()
    }

    pub fn progress(&self, seen: &Seen) -> Progress {
        let at = &seen.at;
        let step = at.step.map(|(name, of)| {
            let name = self.texts.say(self.language, &name);
            of.map_or_else(|| name.clone(), |(nth, all)| format!("{nth}/{all} {name}"))
        });
        let exercise = at.exercise.and_then(|at| seen.shelf.get(at));
        Progress {
            exercise: exercise.map(|exercise| self.title(exercise)),
            step: step.unwrap_or_default(),
            seconds: at.took.as_secs() as u32,
            presses: at.presses,
            hints: at.hints,
            mistakes: at.mistakes,
            unread: at.unread,
        }
    }

    pub fn result(&self, done: &Done) -> ExerciseResult {
        let Done { number, exercise, debriefing } = done;
        let verdict = &debriefing.verdict;
        let reason = |reason: &judge::Reason| Reason {
            fact: reason.fact.kind().word().to_owned(),
            about: reason.fact.about(),
            outcome: reason.outcome,
        };
        ExerciseResult {
            number: *number,
            exercise: exercise.id.clone(),
            title: self.title(exercise),
            passed: verdict.passed,
            score: verdict.score,
            seconds: debriefing.took.as_secs() as u32,
            presses: debriefing.presses.into(),
            hints: debriefing.hints as u32,
            reasons: verdict.reasons.iter().map(reason).collect(),
        }
    }
}
