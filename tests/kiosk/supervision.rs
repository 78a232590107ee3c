//! What a trainer does at a kiosk from their console: messages that are read, pauses that hold,
//! faults, and exercises that begin.

use crate::every_screen::steps::identified;
use crate::stage::{SMALL, Stage};
use std::path::Path;
use vaxkiosk::devices::simulated::people::PracticeCard;
use vaxkiosk::kiosk::cabinet::Input;
use vaxkiosk::kiosk::model::action::{GlobalAction, ScreenAction, TrainingAction};
use vaxkiosk::kiosk::model::event::{Event, WorldEvent};
use vaxkiosk::kiosk::model::exercises::{Exercises, Stage as At};
use vaxkiosk::kiosk::model::supervision::TrainerEvent;
use vaxkiosk::kiosk::screens::Screen;
use vaxkiosk::training::fault::FaultKind;
use vaxkiosk::training::reading;
use vaxkiosk::training::results::Results;
use vaxkiosk::training::trace::Happened;
use vaxkiosk::training::world::WorldFacts;

fn trainer(stage: &mut Stage, event: TrainerEvent) {
    stage.event(Event::Trainer(event));
}

fn says(stage: &mut Stage, text: &str) {
    trainer(stage, TrainerEvent::Says(text.to_owned()));
}

fn unread(stage: &Stage) -> usize {
    stage.cabinet.journey.supervision().unread()
}

fn served() -> Stage {
    let mut stage = Stage::new(SMALL);
    identified(&mut stage);
    stage
}

#[test]
fn a_message_lies_over_all_until_it_is_read_by_a_key_or_a_touch() {
    let mut stage = served();
    let screen = stage.screen().clone();
    let bells = stage.bells;
    says(&mut stage, "first: look at me");
    says(&mut stage, "second");
    assert_eq!(stage.bells, bells + 2, "it is heard");
    assert!(stage.text().contains("first: look at me"));
    // What is beneath is not touched by any key, touch or action.
    stage.keys("234567890");
    for input in [Input::Escape, Input::Sign('*'), Input::Sign('/'), Input::Sign('+')] {
        stage.input(input);
    }
    stage.act(ScreenAction::Start);
    stage.act(GlobalAction::Home);
    assert!(stage.text().contains("first: look at me"));
    assert_eq!(stage.screen(), &screen);
    stage.input(Input::Enter);
    assert!(stage.text().contains("second"));
    stage.touch(TrainingAction::Acknowledge);
    assert_eq!((stage.screen(), unread(&stage)), (&screen, 0));
    assert!(!stage.text().contains("second"));
}

#[test]
fn who_reads_a_message_is_not_gone() {
    let mut stage = served();
    says(&mut stage, "look at me");
    let profile = &stage.cabinet.journey.machine.profile;
    let long = profile.idle_warning + profile.idle_grace;
    stage.wait(long.as_secs() + 5);
    assert!(stage.visit().is_some(), "{}", stage.text());
    assert!(stage.text().contains("look at me"));
}

#[test]
fn a_pause_takes_no_input_and_a_trainer_who_is_gone_ends_it() {
    let mut stage = served();
    let screen = stage.screen().clone();
    trainer(&mut stage, TrainerEvent::Joined { sign: "K7QX".into() });
    assert!(stage.text().contains("K7QX"));
    says(&mut stage, "look at me");
    trainer(&mut stage, TrainerEvent::Paused(true));
    assert!(!stage.text().contains("look at me"));
    for input in [Input::Digit(1), Input::Enter, Input::Escape, Input::Function(4)] {
        let now = stage.now();
        assert_eq!(stage.cabinet.input(input, now), None);
    }
    trainer(&mut stage, TrainerEvent::Lost);
    assert!(stage.text().contains("look at me"), "what was said stays");
    assert!(!stage.text().contains("K7QX"));
    stage.input(Input::Digit(1));
    assert_eq!(stage.screen(), &screen);
}

#[test]
fn trouble_is_made_and_all_of_it_is_mended() {
    let mut stage = served();
    for kind in [FaultKind::CutLine, FaultKind::PrinterOut, FaultKind::PrinterJam] {
        trainer(&mut stage, TrainerEvent::Fault(kind));
    }
    let practice = &stage.cabinet.journey.machine.practice;
    assert!(practice.line_cut && practice.printer_unplugged && practice.printer_jams);
    assert!(stage.desk.cut && stage.printer.is_err());
    trainer(&mut stage, TrainerEvent::AllWell);
    let practice = &stage.cabinet.journey.machine.practice;
    assert!(!practice.line_cut && !practice.printer_unplugged && !practice.printer_jams);
    assert!(!stage.desk.cut && stage.printer.is_ok());
    trainer(&mut stage, TrainerEvent::Fault(FaultKind::PowerCut));
    assert!(stage.visit().is_none(), "it begins anew");
}

/// A stage with the program's exercises.
fn with_exercises() -> Stage {
    let mut stage = Stage::new(SMALL);
    stage.cabinet.journey.offer_exercises(reading::built_in().unwrap(), Results::default());
    stage
}

fn at(stage: &Stage) -> &At {
    &stage.cabinet.journey.exercises().unwrap().stage
}

fn ready(stage: &mut Stage) {
    let facts = WorldFacts { people: Vec::new(), checked_in: 0 };
    stage.event(Event::World(WorldEvent::Ready(Box::new(facts))));
}

fn title(exercises: &Exercises) -> &str {
    &exercises.exercise(exercises.running().unwrap().exercise).unwrap().id
}

#[test]
fn an_exercise_begins_at_the_trainers_word_wherever_the_trainee_is() {
    let mut stage = with_exercises();
    let ids: Vec<String> =
        stage.cabinet.journey.exercises().unwrap().shelf.iter().map(|it| it.id.clone()).collect();
    trainer(&mut stage, TrainerEvent::Begin("no such exercise".into()));
    assert!(matches!(at(&stage), At::Choosing { .. }));
    trainer(&mut stage, TrainerEvent::Begin(ids[1].clone()));
    assert!(matches!(at(&stage), At::Preparing { exercise: Some(1) }));
    ready(&mut stage);
    assert_eq!(title(stage.cabinet.journey.exercises().unwrap()), ids[1]);
    // Another one, although this one is not over.
    trainer(&mut stage, TrainerEvent::Begin(ids[0].clone()));
    ready(&mut stage);
    assert_eq!(title(stage.cabinet.journey.exercises().unwrap()), ids[0]);
    // A fault of the trainer's stands in the steps.
    trainer(&mut stage, TrainerEvent::Fault(FaultKind::CutLine));
    let running = stage.cabinet.journey.exercises().unwrap().running().unwrap();
    assert!(running.trace.has(Happened::Fault(FaultKind::CutLine)));
    trainer(&mut stage, TrainerEvent::EndExercise);
    assert!(matches!(at(&stage), At::Judging(_)));
    // What the trainer set outlives the world.
    says(&mut stage, "look at me");
    let facts = WorldFacts { people: Vec::new(), checked_in: 0 };
    stage.event(Event::World(WorldEvent::Facts(Box::new(facts))));
    assert!(matches!(at(&stage), At::Debriefed(_)));
    assert_eq!(unread(&stage), 1);
}

#[test]
fn an_exercise_of_the_trainers_own_goes_onto_the_shelf_once() {
    let mut stage = with_exercises();
    let before = stage.cabinet.journey.exercises().unwrap().shelf.len();
    let text = std::fs::read_to_string("kiosk-config/exercises/shop-1-line-cut.toml").unwrap();
    for _ in 0..2 {
        let own = reading::read(Path::new("own.toml"), &text).unwrap();
        trainer(&mut stage, TrainerEvent::BeginOwn(Box::new(own)));
        ready(&mut stage);
        let exercises = stage.cabinet.journey.exercises().unwrap();
        assert_eq!((title(exercises), exercises.shelf.len()), ("own", before + 1));
    }
}

#[test]
fn the_newest_order_that_comes_while_the_world_is_asked_is_done_afterwards() {
    let mut stage = with_exercises();
    let begin = |id: &str| TrainerEvent::Begin(id.into());
    let text = std::fs::read_to_string("kiosk-config/exercises/counter-2-cancel.toml").unwrap();
    let shelf = stage.cabinet.journey.exercises().unwrap().shelf.clone();
    let [first, second] = [0, 1].map(|at: usize| shelf[at].id.clone());
    let own = reading::read(Path::new(&format!("{first}.toml")), &text).unwrap();
    assert_ne!(own, shelf[0]);
    trainer(&mut stage, begin(&first));
    trainer(&mut stage, TrainerEvent::BeginOwn(Box::new(own)));
    let exercises = stage.cabinet.journey.exercises().unwrap();
    assert_eq!(exercises.shelf, shelf, "what is being prepared is not changed beneath it");
    trainer(&mut stage, begin(&second));
    assert!(matches!(at(&stage), At::Preparing { exercise: Some(0) }));
    ready(&mut stage);
    assert!(matches!(at(&stage), At::Preparing { exercise: Some(1) }));
    ready(&mut stage);
    assert_eq!(title(stage.cabinet.journey.exercises().unwrap()), second);
    // While one is judged the next one is wanted, and then not any more.
    trainer(&mut stage, TrainerEvent::EndExercise);
    trainer(&mut stage, begin(&first));
    trainer(&mut stage, TrainerEvent::EndExercise);
    let facts = WorldFacts { people: Vec::new(), checked_in: 0 };
    stage.event(Event::World(WorldEvent::Facts(Box::new(facts))));
    assert!(matches!(at(&stage), At::Debriefed(_)));
}

#[test]
fn whoever_looks_around_first_can_be_given_an_exercise() {
    let mut stage = with_exercises();
    stage.cabinet.journey.look_around_first();
    stage.insert(PracticeCard::MayBook);
    assert!(matches!(stage.screen(), Screen::Language));
    trainer(&mut stage, TrainerEvent::Begin("shop-1-line-cut".into()));
    ready(&mut stage);
    assert!(stage.visit().is_none() && matches!(at(&stage), At::Running(_)));
}

#[test]
fn a_kiosk_that_is_no_training_hears_no_trainer() {
    let mut stage = served();
    stage.cabinet.journey.machine.profile.training = false;
    says(&mut stage, "look at me");
    trainer(&mut stage, TrainerEvent::Paused(true));
    trainer(&mut stage, TrainerEvent::Fault(FaultKind::CutLine));
    let practice = &stage.cabinet.journey.machine.practice;
    assert!(practice.supervision.word().is_none() && !practice.line_cut);
}
