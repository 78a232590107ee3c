//! What a trainee is shown after a run: the verdict, and their own steps to go through again.

use super::judge::Verdict;
use super::trace::{Happened, Run, Step};
use std::time::Duration;

/// The end of a run.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Debriefing {
    /// The exercise, by its place on the shelf.
    pub exercise: usize,
    pub verdict: Verdict,
    pub took: Duration,
    pub presses: u16,
    pub hints: usize,
    /// The time was over before the trainee was.
    pub time_over: bool,
    pub replay: Vec<ReplayStep>,
    /// Which step of the replay is marked.
    pub at: usize,
    /// The best score of this exercise before this run; `None` if it was the first.
    pub best_before: Option<u8>,
}

/// A step of the replay.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ReplayStep {
    pub step: Step,
    /// So many presses of the same kind stood here in a row.
    pub times: u16,
    pub mark: Mark,
}

impl Debriefing {
    /// What is shown of a run. Steps of the same kind on the same screen in a row are one.
    pub fn new(
        exercise: usize,
        verdict: Verdict,
        run: &Run,
        time_over: bool,
        best_before: Option<u8>,
    ) -> Self {
        let mut replay: Vec<ReplayStep> = Vec::new();
        for step in &run.trace.steps {
            match replay.last_mut() {
                Some(last) if (last.step.screen, last.step.what) == (step.screen, step.what) => {
                    last.times = last.times.saturating_add(1);
                }
                Some(_) | None => {
                    let mark = Mark::of(step.what);
                    replay.push(ReplayStep { step: *step, times: 1, mark });
                }
            }
        }
        let (presses, hints) = (run.trace.presses, run.trace.hints);
        let took = run.took;
        Self { exercise, verdict, took, presses, hints, time_over, replay, at: 0, best_before }
    }
}

/// How a step is marked in the replay.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mark {
    Plain,
    /// Something went wrong here, by the exercise's own doing.
    Fault,
    /// This is where the run went well: what had to be done was done.
    Well,
    /// This is where something happened that must not.
    Mistake,
}

impl Mark {
    /// How a kind of step is marked before the verdict is looked at.
    pub fn of(what: Happened) -> Self {
        match what {
            Happened::Fault(_) => Mark::Fault,
            Happened::Answered { done: true, .. } | Happened::Printed { well: true } => Mark::Well,
            Happened::LeftUnsure | Happened::SentAnew(_) => Mark::Mistake,
            Happened::Screen
            | Happened::Did(_)
            | Happened::Sent { .. }
            | Happened::Answered { done: false, .. }
            | Happened::NoAnswer(_)
            | Happened::Printed { well: false }
            | Happened::FaultOver(_)
            | Happened::Hint(_)
            | Happened::LogIn { .. }
            | Happened::Consent => Mark::Plain,
        }
    }
}
