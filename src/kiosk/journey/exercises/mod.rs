//! The exercises of a training: choosing one, beginning it in a world made anew, its end and its
//! debriefing. `observing` writes down what happens in a run, `receipts` whose receipts are given,
//! `faults` lets go wrong what the exercise says, `ending` has it judged.

mod acts;
mod around;
mod ending;
mod faults;
mod observing;
mod receipts;
mod screen_names;
mod sending;

use super::{Journey, Phase};
use crate::config::counter::Counter as CounterProfile;
use crate::config::profile::Profile;
use crate::domain::channel::Channel;
use crate::kiosk::model::action::ExerciseAction;
use crate::kiosk::model::clearer::Clearer;
use crate::kiosk::model::effect::{Effect, JournalEffect, NewWorld, TrainingEffect};
use crate::kiosk::model::event::{Event, WorldEvent};
use crate::kiosk::model::exercises::{CardPage, Exercises, Looking, Running, Stage};
use crate::kiosk::model::machine::Machine;
use crate::kiosk::screens::counter::Counter;
use crate::training::exercise::Exercise;
use crate::training::results::Results;
use crate::training::world::{LineBefore, PrinterBefore, WorldFacts};
use observing::Watch;
use std::sync::Arc;

impl Journey {
    /// Offers exercises: the choice lies over all else. Only in a training.
    pub fn offer_exercises(&mut self, shelf: Arc<[Exercise]>, results: Results) {
        if self.machine.profile.training {
            let usual = self.machine.profile.clone();
            self.machine.practice.exercises = Some(Exercises::new(shelf, results, usual));
        }
    }

    pub fn exercises(&self) -> Option<&Exercises> {
        self.machine.practice.exercises.as_ref()
    }

    /// Whether a page of the training, or the trainer's word, lies over all of the screen: then
    /// what is beneath it cannot be touched.
    pub fn is_covered(&self) -> bool {
        self.supervision().word().is_some() || self.exercises().is_some_and(Exercises::covers)
    }

    /// Whether an exercise goes on, in which the trainer's props would give the answer away.
    pub(super) fn is_in_exercise(&self) -> bool {
        self.exercises().is_some_and(|exercises| exercises.running().is_some())
    }

    pub(super) fn exercise(&mut self, action: ExerciseAction) {
        let uptime = self.machine.now.uptime;
        let Some(exercises) = &mut self.machine.practice.exercises else { return };
        exercises.world_failed &= matches!(action, ExerciseAction::Speak(_));
        let is_preparing = matches!(exercises.stage, Stage::Preparing { .. } | Stage::Judging(_));
        match (action, &mut exercises.stage) {
            (ExerciseAction::Speak(language), _) => exercises.language = language,
            // What was asked of the world comes first.
            _ if is_preparing => {}
            (ExerciseAction::ToChoice, _) => {
                exercises.stage = Stage::Choosing { role: None, turned: 0 };
                self.overlay = None;
            }
            (ExerciseAction::LookAround, Stage::Choosing { .. }) => self.prepare_usual(false),
            (ExerciseAction::Role(role), Stage::Choosing { role: chosen, turned }) => {
                (*chosen, *turned) = (Some(role), 0);
            }
            (ExerciseAction::TurnList, Stage::Choosing { turned, .. }) => *turned += 1,
            (ExerciseAction::Choose(at), Stage::Choosing { .. }) if at < exercises.shelf.len() => {
                exercises.stage = Stage::Introduced { exercise: at };
            }
            (ExerciseAction::Begin, &mut Stage::Introduced { exercise }) => self.prepare(exercise),
            (ExerciseAction::TaskCard, Stage::Running(running)) => {
                running.card = running.card.turned();
                // What belongs to the page stays there, for when the card is closed.
                self.overlay = self.overlay.take().filter(|it| !it.makes_way_for_task());
            }
            (ExerciseAction::GiveUp, Stage::Running(running)) => running.card = CardPage::GivingUp,
            (ExerciseAction::Hint, Stage::Running(_)) => exercises.hint(uptime),
            (ExerciseAction::Finished, Stage::Running(_)) => self.end_run(false),
            (ExerciseAction::Again, Stage::Debriefed(debriefing)) => {
                exercises.stage = Stage::Introduced { exercise: debriefing.exercise };
            }
            (ExerciseAction::Next, Stage::Debriefed(debriefing)) => {
                let at = debriefing.exercise;
                exercises.stage = exercises.after(at);
            }
            (ExerciseAction::Replay(at), Stage::Debriefed(debriefing)) => debriefing.replay_at(at),
            (ExerciseAction::Result, Stage::Debriefed(debriefing)) => debriefing.show_result(),
            (ExerciseAction::TurnList, Stage::Debriefed(debriefing)) => debriefing.turn(),
            (
                ExerciseAction::LookAround
                | ExerciseAction::Role(_)
                | ExerciseAction::TurnList
                | ExerciseAction::Choose(_)
                | ExerciseAction::Begin
                | ExerciseAction::TaskCard
                | ExerciseAction::GiveUp
                | ExerciseAction::Hint
                | ExerciseAction::Finished
                | ExerciseAction::Again
                | ExerciseAction::Next
                | ExerciseAction::Replay(_)
                | ExerciseAction::Result,
                _,
            ) => {}
        }
    }

    /// The usual world once more, for whoever looks around; or the same in its next round.
    pub(super) fn prepare_usual(&mut self, next_round: bool) {
        if let Some(exercises) = &mut self.machine.practice.exercises {
            exercises.stage = Stage::Preparing { exercise: None };
        }
        let usual = self.exercises().map(|exercises| exercises.usual.channel);
        let channel = usual.unwrap_or(self.machine.profile.channel);
        self.ask_for_world(NewWorld { channel, before: None, next_round });
    }

    /// Asks for the world of an exercise.
    fn prepare(&mut self, at: usize) {
        let Some(exercises) = &mut self.machine.practice.exercises else { return };
        let Some(exercise) = exercises.shelf.get(at) else { return };
        let (channel, before) = (exercise.channel, Some(exercise.world.clone()));
        exercises.stage = Stage::Preparing { exercise: Some(at) };
        self.ask_for_world(NewWorld { channel, before, next_round: false });
    }

    fn ask_for_world(&mut self, world: NewWorld) {
        self.overlay = None;
        // What a desk kept of another run belongs to no world that comes.
        self.outbox.push(Effect::Journal(JournalEffect::Forget));
        self.outbox.push(Effect::Train(TrainingEffect::Begin(Box::new(world))));
    }

    pub(super) fn world(&mut self, event: WorldEvent) {
        match event {
            WorldEvent::Ready(facts) => self.begin_run(*facts),
            WorldEvent::Facts(facts) => self.facts_came(*facts),
            WorldEvent::Failed => self.world_failed(),
            WorldEvent::Done { done, not_kept } => {
                if let Some(exercises) = &mut self.machine.practice.exercises {
                    exercises.results.add(done);
                    exercises.not_kept = not_kept;
                }
            }
        }
        self.begin_wanted();
    }

    /// The world is there: the kiosk begins anew in it, as the exercise has it.
    fn begin_run(&mut self, facts: WorldFacts) {
        let uptime = self.machine.now.uptime;
        let Some(exercises) = &mut self.machine.practice.exercises else {
            // Without exercises it was reset.
            return self.begin_anew(self.machine.profile.clone());
        };
        let Stage::Preparing { exercise } = exercises.stage else { return };
        let chosen = exercise.and_then(|at| Some((at, exercises.exercise(at)?)));
        let Some((at, exercise)) = chosen else {
            exercises.stage = Stage::LookingAround;
            let usual = (*exercises.usual).clone();
            return self.begin_anew(usual);
        };
        let profile = profile_at(exercise.channel, &exercises.usual);
        let (line, printer) = (exercise.world.line, exercise.world.printer);
        let reader = exercise.world.reader;
        let running = Running::new(at, uptime, facts, exercise.faults.len());
        exercises.stage = Stage::Running(Box::new(running));
        self.begin_anew(profile);
        let practice = &mut self.machine.practice;
        practice.line_cut = line == LineBefore::Cut;
        practice.line_slow = matches!(line, LineBefore::Slow(_));
        practice.printer_unplugged = printer == PrinterBefore::Out;
        practice.reader_unplugged = !reader;
        self.machine.reader_lost = !reader;
        self.note_beginning();
    }

    /// A kiosk that has just been switched on, in the same training. Tickets go on being counted,
    /// so that an answer to the kiosk before comes to nobody.
    pub(super) fn begin_anew(&mut self, profile: Profile) {
        self.see_clearer(Clearer::Off);
        let now = self.machine.now;
        let mut practice = std::mem::take(&mut self.machine.practice);
        practice.forget_props();
        let enlarges = self.machine.enlarges;
        let at_counter = profile.counter.is_some();
        let first = profile.first_language();
        self.machine = Machine { practice, enlarges, ..Machine::new(profile, now) };
        self.phase = match at_counter {
            true => Phase::Counter(Box::new(Counter::new(first))),
            false => Phase::AtRest,
        };
        self.overlay = None;
        self.outbox.begin_anew();
        self.corner = super::operator::Corner::default();
        self.last_input = now.uptime;
        self.ask_round();
    }

    /// Without a world nothing can be practised: back to where it was asked for.
    fn world_failed(&mut self) {
        let Some(exercises) = &mut self.machine.practice.exercises else { return };
        let asked = matches!(exercises.stage, Stage::Preparing { .. } | Stage::Judging(_));
        exercises.world_failed = asked;
        match &exercises.stage {
            Stage::Preparing { exercise: Some(exercise) } => {
                exercises.stage = Stage::Introduced { exercise: *exercise };
            }
            Stage::Preparing { exercise: None } => {
                exercises.stage = Stage::Choosing { role: None, turned: 0 };
            }
            // Without facts nothing can be said of the run.
            Stage::Judging(ended) => {
                exercises.stage = Stage::Introduced { exercise: ended.run.exercise };
            }
            Stage::Running(_) => {
                if let Some(running) = exercises.running_mut() {
                    running.looking = Looking::Idle;
                }
            }
            Stage::Choosing { .. }
            | Stage::Introduced { .. }
            | Stage::Debriefed(_)
            | Stage::LookingAround => {}
        }
    }

    /// What is before an event, so that what it led to can be seen. `None` if no run goes on.
    pub(super) fn watch(&self, event: &Event) -> Option<Watch> {
        self.is_in_exercise().then(|| self.look_before(event))
    }
}

/// The kiosk of a training at a place of this channel.
fn profile_at(channel: Channel, usual: &Profile) -> Profile {
    if channel == usual.channel {
        let staffed = usual.counter.is_some() || channel != Channel::ConvenienceStore;
        let counter =
            staffed.then(|| usual.counter.clone().unwrap_or_else(CounterProfile::training));
        return Profile { counter, ..usual.clone() };
    }
    let counter = (channel != Channel::ConvenienceStore).then(CounterProfile::training);
    // The name of another place is not this one's.
    Profile { channel, counter, place: None, ..usual.clone() }
}
