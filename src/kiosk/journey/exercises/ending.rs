//! The end of a run: by the trainee's word, because the time is over, or because all is done and
//! the kiosk is as one leaves it. The world's facts are asked for, and both are judged together.

use crate::kiosk::journey::Journey;
use crate::kiosk::model::effect::{Effect, TrainingEffect};
use crate::kiosk::model::exercises::{Ended, Exercises, Looking, Running, Stage};
use crate::training::debrief::Debriefing;
use crate::training::exercise::Exercise;
use crate::training::judge::judge;
use crate::training::screen_name::ScreenName;
use crate::training::trace::{Happened, Run, Step};
use crate::training::world::WorldFacts;
use std::time::Duration;

impl Journey {
    /// Once a second: whoever reads the task card is not idle, and the time may be over.
    pub(in crate::kiosk::journey) fn tick_exercise(&mut self) {
        if self.is_covered() {
            self.last_input = self.machine.now.uptime;
        }
        let Some(took) = self.run_took() else { return };
        let limit = self
            .exercises()
            .and_then(|exercises| Some(exercises.exercise(exercises.running()?.exercise)?.time));
        if limit.is_some_and(|limit| took >= limit) {
            self.end_run(true);
        }
    }

    /// The run is over: the facts are asked for, and it is judged when they come.
    pub(super) fn end_run(&mut self, time_over: bool) {
        let (left, took) = (self.left_as(), self.run_took().unwrap_or_default());
        let Some(exercises) = &mut self.machine.practice.exercises else { return };
        let stage = std::mem::replace(&mut exercises.stage, Stage::LookingAround);
        let Stage::Running(run) = stage else {
            exercises.stage = stage;
            return;
        };
        exercises.stage = Stage::Judging(Box::new(Ended { run: *run, left, took, time_over }));
        self.overlay = None;
        self.outbox.push(Effect::Train(TrainingEffect::Facts));
    }

    /// Asks for the facts without ending the run: if all is done, it ends by itself.
    pub(super) fn look_whether_done(&mut self) {
        let Some(running) = self.running_mut() else { return };
        // Before anything was done there is nothing to be done with.
        let is_something = |step: &Step| {
            matches!(step.what, Happened::Answered { .. } | Happened::Printed { .. })
                || step.what == Happened::Screen && step.screen == ScreenName::WhyNot
        };
        if running.trace.count(is_something) == 0 {
            return;
        }
        match running.looking {
            Looking::Idle => {
                running.looking = Looking::Asked;
                self.outbox.push(Effect::Train(TrainingEffect::Facts));
            }
            Looking::Asked | Looking::AskAgain => running.looking = Looking::AskAgain,
        }
    }

    pub(super) fn facts_came(&mut self, facts: WorldFacts) {
        let (left, took) = (self.left_as(), self.run_took().unwrap_or_default());
        let Some(exercises) = &mut self.machine.practice.exercises else { return };
        match &mut exercises.stage {
            Stage::Judging(ended) => {
                let ended = (**ended).clone();
                self.debrief(ended, facts);
            }
            Stage::Running(running) => {
                let asks_again = running.looking == Looking::AskAgain;
                running.looking = Looking::Idle;
                let run = (**running).clone();
                let ended = Ended { run, left, took, time_over: false };
                let exercise = exercises.shelf.get(ended.run.exercise);
                let passed = exercise
                    .is_some_and(|exercise| judge(exercise, &run_of(&ended, facts.clone())).passed);
                if passed {
                    self.overlay = None;
                    self.debrief(ended, facts);
                } else if asks_again {
                    self.look_whether_done();
                }
            }
            Stage::Choosing { .. }
            | Stage::Introduced { .. }
            | Stage::Preparing { .. }
            | Stage::Debriefed(_)
            | Stage::LookingAround => {}
        }
    }

    fn debrief(&mut self, ended: Ended, facts: WorldFacts) {
        let Some(exercises) = &mut self.machine.practice.exercises else { return };
        let at = ended.run.exercise;
        let Some(exercise) = exercises.exercise(at).cloned() else { return };
        let debriefing = debriefing_of(exercises, &exercise, &ended, facts);
        let (score, passed) = (debriefing.verdict.score, debriefing.verdict.passed);
        exercises.stage = Stage::Debriefed(Box::new(debriefing));
        let keep = TrainingEffect::Keep { exercise: exercise.id, score, passed };
        self.outbox.push(Effect::Train(keep));
    }
}

fn run_of(ended: &Ended, after: WorldFacts) -> Run {
    let Running { trace, before, .. } = ended.run.clone();
    Run { trace, took: ended.took, left: ended.left, before, after }
}

fn debriefing_of(
    exercises: &Exercises,
    exercise: &Exercise,
    ended: &Ended,
    facts: WorldFacts,
) -> Debriefing {
    let run = run_of(ended, facts);
    let verdict = judge(exercise, &run);
    let best_before = exercises.results.best(&exercise.id);
    Debriefing::new(ended.run.exercise, verdict, &run, ended.time_over, best_before)
}

impl Exercises {
    /// One hint more, as long as there are any.
    pub(super) fn hint(&mut self, uptime: Duration) {
        let running = self.running().map(|running| running.exercise);
        let most = running.and_then(|at| self.exercise(at)).map_or(0, Exercise::hints);
        let language = self.language;
        let Some(running) = self.running_mut() else { return };
        if running.hints >= most {
            return;
        }
        running.hints += 1;
        running.trace.hints = running.hints;
        let nth = u8::try_from(running.hints).unwrap_or(u8::MAX);
        let at = uptime.saturating_sub(running.began);
        let last = running.trace.steps.last().map(|step| step.screen);
        let screen = last.unwrap_or(ScreenName::AtRest);
        running.trace.steps.push(Step { at, screen, language, what: Happened::Hint(nth) });
    }
}
