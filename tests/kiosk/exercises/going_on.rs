//! What is the same in every exercise: the task card, hints, the time, the end, and what comes
//! after it; and looking around, with the props that make the world another one.

use super::rig::Do::{self, *};
use super::rig::Rig;
use std::time::Duration;
use vaxkiosk::devices::simulated::people::PracticeCard::{
    AlreadyBooked, MayBook, MigrantWorker, Unregistered,
};
use vaxkiosk::devices::simulated::staff::PracticeStaff;
use vaxkiosk::domain::language::Language;
use vaxkiosk::kiosk::cabinet::Input;
use vaxkiosk::kiosk::model::action::{
    Action, ExerciseAction, GlobalAction, ScreenAction, TrainingAction,
};
use vaxkiosk::kiosk::model::event::Event;
use vaxkiosk::kiosk::model::exercises::{FaultState, Stage};
use vaxkiosk::training::debrief::Debriefing;
use vaxkiosk::training::exercise::{Exercise, Role};
use vaxkiosk::training::fault::{Fault, FaultKind, Trigger};
use vaxkiosk::training::screen_name::ScreenName;
use vaxkiosk::training::trace::Happened;

fn debriefing(rig: &Rig) -> &Debriefing {
    match &rig.exercises().stage {
        Stage::Debriefed(debriefing) => debriefing,
        stage => panic!("{stage:?}"),
    }
}

const CANCELS: [Do; 6] = [
    Staff(PracticeStaff::User),
    Keys("222222\n"),
    Card(AlreadyBooked),
    Function(11),
    Keys("\n"),
    CardOut,
];

#[test]
fn nothing_beneath_the_task_card_can_be_touched_and_no_press_of_it_counts() {
    let mut rig = Rig::reading("shop-1-line-cut");
    let all = rig.cabinet.targets().all();
    let is_beneath = |action: &Action| matches!(action, Action::Screen(_) | Action::Counter(_));
    assert!(!all.is_empty() && !all.iter().any(|target| is_beneath(&target.action)), "{all:?}");
    rig.event(Event::Act(ScreenAction::Start.into()));
    assert_eq!(rig.cabinet.journey.screen_name(), ScreenName::AtRest);
    assert_eq!(rig.exercises().running().unwrap().trace.presses, 0);
    let card = rig.exercises().task_card(Duration::from_secs(60)).unwrap();
    assert_eq!((card.left, card.hints), (Duration::from_secs(7 * 60), (0, 3)));
    rig.exercise(ExerciseAction::TaskCard);
    rig.input(Input::Digit(1));
    assert_eq!(rig.cabinet.journey.screen_name(), ScreenName::Language);
    assert_eq!(rig.exercises().running().unwrap().trace.presses, 1);
}

#[test]
fn the_trainers_props_do_nothing_in_an_exercise() {
    let mut rig = Rig::begin("shop-1-line-cut");
    for action in [
        TrainingAction::Cut,
        TrainingAction::SlowLine,
        TrainingAction::Jam,
        TrainingAction::Reader,
        TrainingAction::DayBefore,
        TrainingAction::NextRound,
        TrainingAction::Reset,
    ] {
        rig.train(action);
    }
    rig.act(Card(MigrantWorker));
    rig.act(On(ScreenName::Language));
    let practice = &rig.cabinet.journey.machine.practice;
    assert!(!practice.line_cut && !practice.line_slow && !practice.reader_unplugged);
}

#[test]
fn when_the_time_is_over_the_run_is_judged_as_it_stands() {
    let mut rig = Rig::begin("shop-1-line-cut");
    rig.act(Card(MigrantWorker));
    rig.act(Wait(8 * 60));
    let debriefing = debriefing(&rig);
    assert!(debriefing.time_over && !debriefing.verdict.passed);
    assert_eq!(debriefing.took, Duration::from_secs(8 * 60));
}

#[test]
fn hints_come_one_by_one_and_cost_points_and_what_was_done_is_kept() {
    let mut rig = Rig::begin("counter-2-cancel");
    rig.act(Hint);
    assert_eq!(rig.exercises().task_card(Duration::ZERO).unwrap().hints, (1, 3));
    CANCELS.iter().for_each(|step| rig.act(*step));
    rig.act(Function(12));
    assert_eq!(debriefing(&rig).verdict.score, 96, "a third of the ten points");
    let results = &rig.exercises().results;
    assert!(results.passed("counter-2-cancel"));
    assert_eq!(results.best("counter-2-cancel"), Some(96));
    // Once more, and without the hint: the world is as it was at first.
    rig.exercise(ExerciseAction::Again);
    rig.exercise(ExerciseAction::Begin);
    rig.exercise(ExerciseAction::TaskCard);
    CANCELS.iter().for_each(|step| rig.act(*step));
    rig.act(Function(12));
    assert_eq!((debriefing(&rig).verdict.score, debriefing(&rig).best_before), (100, Some(96)));
    rig.exercise(ExerciseAction::Next);
    let Stage::Introduced { exercise } = rig.exercises().stage else { panic!("none is next") };
    assert_eq!(rig.exercises().exercise(exercise).unwrap().id, "counter-3-move");
}

#[test]
fn the_staff_member_remembers_the_pin_after_a_wrong_one() {
    let mut rig = Rig::begin("counter-1-log-in");
    let pin = |rig: &Rig| rig.exercises().task_card(Duration::ZERO).unwrap().staff.unwrap().1;
    let wrong = pin(&rig);
    assert_ne!(wrong, PracticeStaff::User.pin());
    rig.act(Staff(PracticeStaff::User));
    wrong.chars().for_each(|digit| rig.input(Input::Digit(digit as u8 - b'0')));
    rig.input(Input::Enter);
    assert_eq!(pin(&rig), PracticeStaff::User.pin());
    rig.act(StaffOut);
    rig.act(On(ScreenName::CounterLogIn));
}

#[test]
fn a_world_that_cannot_be_made_is_said_until_something_else_is_done() {
    let nobody = |exercise: &mut Exercise| exercise.world.in_line = vec![Unregistered];
    let mut rig = Rig::changed("shop-1-line-cut", nobody);
    let said = |rig: &Rig, language, words| {
        assert_eq!(rig.exercises().language, language);
        // A wide sign has two cells.
        let text = rig.text().replace(' ', "");
        assert!(text.contains(&str::replace(words, " ", "")), "{text}");
    };
    said(&rig, Language::ZhTw, "無法準備練習環境");
    rig.exercise(ExerciseAction::Speak(Language::En));
    said(&rig, Language::En, "The practice could not be prepared");
    rig.exercise(ExerciseAction::ToChoice);
    assert!(!rig.text().contains("could not be prepared"));
}

#[test]
fn a_slot_cannot_be_filled_before_one_is_on_the_screen() {
    let at_once = |exercise: &mut Exercise| {
        let [fault] = &mut exercise.faults[..] else { panic!("one fault") };
        fault.when = Trigger::After(Duration::ZERO);
    };
    let mut rig = Rig::changed("shop-4-slot-filled", at_once);
    rig.exercise(ExerciseAction::TaskCard);
    let filled = |rig: &Rig| {
        let running = rig.exercises().running().unwrap();
        (running.faults[0], running.trace.has(Happened::Fault(FaultKind::SlotFilled)))
    };
    rig.act(Wait(3));
    assert_eq!(filled(&rig), (FaultState::Waits, false));
    rig.act(Card(MayBook));
    rig.act(Touch(GlobalAction::Speak(Language::En).into()));
    rig.act(Touch(ScreenAction::Confirm.into()));
    rig.act(On(ScreenName::Offer));
    assert_eq!(filled(&rig), (FaultState::Over, true));
}

#[test]
fn after_a_power_cut_a_reader_that_is_unplugged_is_still_missed() {
    let without_reader = |exercise: &mut Exercise| {
        exercise.world.reader = false;
        exercise.faults = vec![Fault {
            when: Trigger::After(Duration::from_secs(2)),
            does: FaultKind::PowerCut,
            ends_after: None,
        }];
    };
    let mut rig = Rig::changed("shop-8-reader-gone", without_reader);
    rig.exercise(ExerciseAction::TaskCard);
    rig.act(Wait(4));
    let running = rig.exercises().running().unwrap();
    assert!(running.trace.has(Happened::Fault(FaultKind::PowerCut)));
    assert!(rig.cabinet.journey.machine.reader_lost);
}

#[test]
fn whoever_looks_around_has_the_usual_kiosk_and_may_go_on_to_the_next_round() {
    let mut rig = Rig::begin("counter-2-cancel");
    rig.exercise(ExerciseAction::ToChoice);
    rig.exercise(ExerciseAction::Role(Role::Site));
    rig.exercise(ExerciseAction::Speak(Language::Th));
    assert_eq!(rig.cabinet.journey.language(), Language::Th);
    rig.exercise(ExerciseAction::LookAround);
    assert_eq!(rig.exercises().stage, Stage::LookingAround);
    // The kiosk of a shop again, and not the counter of the exercise.
    assert_eq!(rig.cabinet.journey.screen_name(), ScreenName::AtRest);
    let round = |rig: &Rig| rig.cabinet.journey.machine.round.clone().unwrap();
    let first = round(&rig);
    rig.train(TrainingAction::DayBefore);
    let wall = rig.cabinet.journey.machine.now.wall;
    rig.input(Input::Digit(1));
    assert!(rig.cabinet.journey.machine.now.wall < wall, "a day before the opening");
    rig.train(TrainingAction::NextRound);
    assert_eq!(u8::from(round(&rig).number), u8::from(first.number) + 1);
    assert!(round(&rig).opens > first.closes);
    rig.train(TrainingAction::Reset);
    assert_eq!(round(&rig), first);
}
