//! Each page of the training by keys alone, by arrows and Enter, and by touch alone.

use super::ways::{PAGES, exercises, long_run, offered, place, ready, replayed, staged};
use crate::stage::{LARGE, SMALL, Stage};
use vaxkiosk::devices::simulated::people::PracticeCard;
use vaxkiosk::domain::language::Language;
use vaxkiosk::kiosk::cabinet::Input;
use vaxkiosk::kiosk::model::action::{
    Action, ExerciseAction, GlobalAction, ScreenAction, TrainingAction,
};
use vaxkiosk::kiosk::model::event::{Event, WorldEvent};
use vaxkiosk::kiosk::model::exercises::Stage as TrainingStage;
use vaxkiosk::kiosk::screens::overlay::{DrawerPage, Overlay};
use vaxkiosk::kiosk::widgets::targets::{Direction, Key};
use vaxkiosk::training::debrief::{Debriefing, Shown};
use vaxkiosk::training::exercise::Role;

fn facts(s: &mut Stage) {
    s.event(Event::World(WorldEvent::Facts(Box::default())));
}

fn debriefing(s: &mut Stage) -> Debriefing {
    match &exercises(s).stage {
        TrainingStage::Debriefed(debriefing) => (**debriefing).clone(),
        stage => panic!("{stage:?}"),
    }
}

fn introduced(s: &mut Stage) -> usize {
    match &exercises(s).stage {
        TrainingStage::Introduced { exercise } => *exercise,
        stage => panic!("{stage:?}"),
    }
}

#[test]
fn an_exercise_is_gone_through_by_digits() {
    let mut s = staged(Language::ZhTw, SMALL, offered);
    s.keys("2");
    assert_eq!(
        exercises(&mut s).stage,
        TrainingStage::Choosing { role: Some(Role::Shop), turned: 0 }
    );
    s.keys("0");
    s.keys("1");
    let chosen = introduced(&mut s);
    assert!(chosen > 0, "the first of the second page");
    // Back to the list, and its first page.
    s.keys("\x1b");
    s.keys("1");
    assert_eq!(introduced(&mut s), place("shop-1-line-cut"));
    s.keys("1");
    ready(&mut s);
    assert!(s.cabinet.journey.is_covered(), "the task is read first");
    s.keys("2");
    assert_eq!(exercises(&mut s).running().unwrap().hints, 1);
    assert!(s.text().contains("提示 1"), "{}", s.text());
    s.keys("1");
    assert!(!s.cabinet.journey.is_covered(), "{}", s.text());
    s.function(7);
    assert!(s.cabinet.journey.is_covered(), "{}", s.text());
    s.function(7);
    assert!(!s.cabinet.journey.is_covered(), "{}", s.text());
    s.input(Input::Task);
    s.keys("3");
    facts(&mut s);
    assert!(!debriefing(&mut s).verdict.passed);
    s.keys("1");
    assert_eq!(debriefing(&mut s).shown, Shown::Replay);
    s.keys("4");
    assert_eq!(debriefing(&mut s).shown, Shown::Verdict { turned: 0 });
    s.keys("3");
    assert_eq!(introduced(&mut s), place("shop-2-another-card"));
}

#[test]
fn the_replay_is_gone_through_step_by_step_and_to_the_mistakes() {
    let mut s = staged(Language::En, SMALL, super::ways::not_passed);
    s.keys("1");
    let first = debriefing(&mut s);
    assert_eq!((first.shown, first.at), (Shown::Replay, 0));
    s.keys("11");
    assert_eq!(debriefing(&mut s).at, 2);
    s.keys("2");
    assert_eq!(debriefing(&mut s).at, 1);
    s.keys("3");
    let mistake = debriefing(&mut s);
    assert!(s.text().contains("✗"), "{}", s.text());
    assert_eq!(mistake.replay[mistake.at].mark, vaxkiosk::training::debrief::Mark::Mistake);
    // To the last step, at which there is no next one.
    for _ in 0..40 {
        s.keys("1");
    }
    let last = debriefing(&mut s);
    assert_eq!(last.at, last.replay.len() - 1);
    s.keys("\x1b");
    assert_eq!(debriefing(&mut s).shown, Shown::Verdict { turned: 0 });
}

#[test]
fn an_exercise_is_gone_through_by_touch() {
    let mut s = staged(Language::Vi, LARGE, offered);
    s.touch(ExerciseAction::Role(Role::Shop));
    s.touch(ExerciseAction::TurnList);
    s.touch(GlobalAction::Back);
    s.touch(GlobalAction::Languages);
    s.touch(GlobalAction::Speak(Language::Th));
    assert_eq!(exercises(&mut s).language, Language::Th);
    assert!(s.text().contains("แบบฝึกหัด"), "{}", s.text());
    s.touch(ExerciseAction::Role(Role::Shop));
    s.touch(ExerciseAction::Choose(0));
    s.touch(ExerciseAction::Begin);
    ready(&mut s);
    s.touch(ExerciseAction::Hint);
    s.touch(TrainingAction::Drawer);
    assert_eq!(s.cabinet.journey.overlay, Some(Overlay::Drawer(DrawerPage::Cards)));
    assert!(!s.cabinet.journey.is_covered());
    s.touch(ExerciseAction::TaskCard);
    assert!(s.cabinet.journey.is_covered());
    s.touch(ExerciseAction::TaskCard);
    assert_eq!(s.cabinet.journey.overlay, None, "the drawer has gone too");
    // The line above the footer.
    s.touch(ExerciseAction::TaskCard);
    s.touch(ExerciseAction::Finished);
    facts(&mut s);
    s.touch(ExerciseAction::Replay(0));
    s.touch(ExerciseAction::Result);
    s.touch(ExerciseAction::Again);
    assert_eq!(introduced(&mut s), 0);
    s.touch(ExerciseAction::Begin);
    ready(&mut s);
    // Giving up drops what was done, and is asked about.
    s.touch(ExerciseAction::GiveUp);
    assert!(exercises(&mut s).running().is_some() && s.cabinet.journey.is_covered());
    s.touch(ExerciseAction::TaskCard);
    s.touch(ExerciseAction::GiveUp);
    s.touch(ExerciseAction::ToChoice);
    assert_eq!(exercises(&mut s).stage, TrainingStage::Choosing { role: None, turned: 0 });
    s.touch(ExerciseAction::LookAround);
    ready(&mut s);
    assert!(s.is_at_rest() && !s.cabinet.journey.is_covered());
}

/// Enter, Escape and the task's key all lead back to the task, and only one button drops it.
#[test]
fn an_exercise_is_not_given_up_by_mistake() {
    for way_back in [Input::Enter, Input::Escape, Input::Task, Input::Digit(1)] {
        let mut s = staged(Language::En, SMALL, |s| super::ways::begun(s, "shop-1-line-cut"));
        s.keys("9");
        assert!(s.text().contains("Give up this exercise?"), "{}", s.text());
        s.input(way_back);
        assert!(s.text().contains("Task:") && s.cabinet.journey.is_covered(), "{}", s.text());
        s.keys("92");
        assert_eq!(exercises(&mut s).stage, TrainingStage::Choosing { role: None, turned: 0 });
    }
}

/// The next page is the one that Enter and arrows alone lead to.
#[test]
fn an_exercise_is_begun_by_arrows_and_enter() {
    let mut s = staged(Language::ZhTw, SMALL, offered);
    s.input(Input::Arrow(Direction::Down));
    s.keys("\n\n\n");
    ready(&mut s);
    assert!(exercises(&mut s).running().is_some(), "{}", s.text());
    s.keys("\n");
    assert!(!s.cabinet.journey.is_covered(), "the first button closes the card");
}

#[test]
fn at_a_counter_the_task_has_a_key_and_a_place_of_its_own() {
    let mut s = staged(Language::En, SMALL, |s| super::ways::begun(s, "counter-1-log-in"));
    s.function(7);
    assert!(!s.cabinet.journey.is_covered(), "{}", s.text());
    assert!(s.text().contains("Ctrl-T"), "{}", s.text());
    s.touch(ExerciseAction::TaskCard);
    assert!(s.cabinet.journey.is_covered());
    s.input(Input::Task);
    assert!(!s.cabinet.journey.is_covered());
    // Only the PIN that the staff member remembers is told.
    s.function(1);
    assert_eq!(s.cabinet.journey.overlay, Some(Overlay::Drawer(DrawerPage::Cards)));
    let text = s.text();
    let pins = ["111111", "222222", "333333", "112233"];
    let told: Vec<&str> = pins.into_iter().filter(|pin| text.contains(pin)).collect();
    assert_eq!(told.len(), 1, "{told:?}\n{text}");
}

/// The trainee reads one language and the person another: what is for the trainee stays theirs.
#[test]
fn the_way_to_the_task_and_the_drawer_speak_the_trainees_language() {
    for (size, beside) in [(SMALL, false), (LARGE, true)] {
        let mut s = staged(Language::ZhTw, size, |s| super::ways::begun(s, "shop-1-line-cut"));
        s.keys("1");
        s.insert(PracticeCard::MigrantWorker);
        s.act(GlobalAction::Speak(Language::Vi));
        assert!(s.text().contains("F7 任務") && s.text().contains("riêng tư"), "{}", s.text());
        s.function(1);
        assert!(s.text().contains("插卡：移工"), "{}", s.text());
        assert_eq!(s.text().contains("riêng tư"), beside, "{}", s.text());
    }
}

#[test]
fn at_a_counter_at_work_the_task_is_a_touch_away_in_every_language() {
    for language in Language::ALL {
        for (name, way) in
            PAGES.into_iter().filter(|(name, _)| name.starts_with("training_counter"))
        {
            let mut s = staged(language, SMALL, way);
            assert!(!s.cabinet.journey.is_covered(), "{name}");
            s.touch(ExerciseAction::TaskCard);
            assert!(s.cabinet.journey.is_covered(), "{name} {}", language.tag());
        }
    }
}

/// Nothing beneath a page of the training is touched, and no card goes in.
#[test]
fn what_lies_beneath_a_page_of_the_training_is_out_of_reach() {
    for (name, way) in PAGES {
        let mut s = staged(Language::En, SMALL, way);
        if !s.cabinet.journey.is_covered() {
            continue;
        }
        let before = s.cabinet.journey.phase.clone();
        let has_drawer =
            ["training_task", "training_giving_up"].iter().any(|it| name.starts_with(it));
        for key in [1, 2, 3, 4, 5, 6].into_iter().skip(usize::from(has_drawer)) {
            s.function(key);
        }
        s.keys("*/+");
        s.press_the_corner();
        assert_eq!(s.cabinet.journey.phase, before, "{name}");
        let overlay = s.cabinet.journey.overlay.clone();
        assert!(overlay.is_none_or(|it| it == Overlay::Languages), "{name}");
    }
}

#[test]
fn every_button_has_a_key_of_its_own_and_is_reached_by_arrows() {
    for (name, way) in PAGES {
        for size in [SMALL, LARGE, (60, 40)] {
            if name.starts_with("training_counter") {
                continue;
            }
            let stage = staged(Language::ZhTw, size, way);
            let targets = stage.cabinet.targets();
            let keys: Vec<Key> = targets.all().iter().filter_map(|target| target.key).collect();
            for (at, key) in keys.iter().enumerate() {
                assert!(!keys[..at].contains(key), "{name} has {key:?} twice");
            }
            let actions: Vec<Action> = targets.all().iter().map(|target| target.action).collect();
            for (at, action) in actions.iter().enumerate() {
                // The screen at rest begins by a touch anywhere, and by its button.
                let may = *action == ScreenAction::Start.into();
                assert!(may || !actions[..at].contains(action), "{name} has {action:?} twice");
            }
            let mut reached = vec![targets.focused(None).unwrap()];
            let mut at = 0;
            while at < reached.len() {
                for way in [Direction::Up, Direction::Down, Direction::Left, Direction::Right] {
                    let next = targets.towards(Some(reached[at]), way).unwrap();
                    if !reached.contains(&next) {
                        reached.push(next);
                    }
                }
                at += 1;
            }
            for action in actions {
                assert!(reached.contains(&action), "{name} {size:?}: never at {action:?}");
            }
        }
    }
}

/// A run of an hour has hundreds of steps.
#[test]
fn a_long_run_is_gone_through_by_twenty_steps() {
    let mut s = staged(Language::ZhTw, SMALL, long_run);
    let of = debriefing(&mut s).replay.len();
    assert!(of > 45, "{of}");
    s.act(ExerciseAction::Replay(0));
    for expected in [20, 40] {
        s.keys("5");
        assert_eq!(debriefing(&mut s).at, expected, "{}", s.text());
    }
    for _ in 0..of / 20 {
        s.keys("5");
    }
    assert_eq!(debriefing(&mut s).at, of - 1, "the last\n{}", s.text());
    s.keys("6");
    assert_eq!(debriefing(&mut s).at, of - 21);
    s.act(ExerciseAction::Replay(3));
    s.keys("6");
    assert_eq!(debriefing(&mut s).at, 0);
    // A short one has no room to give away.
    let mut s = staged(Language::ZhTw, SMALL, replayed);
    assert!(!s.text().contains("20 步"), "{}", s.text());
    assert!(debriefing(&mut s).replay.len() <= 20);
}
