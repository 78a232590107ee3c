//! Each page of the training in every language and size, as a picture in text; and that nowhere a
//! text is cut off or an exercise's text has no room.

use super::ways::{
    PAGES, at, everything, exercises, offered, place, running_beneath, shelf, staged,
};
use crate::every_screen::all_screens;
use crate::pages::pictures;
use crate::stage::{LARGE, SMALL, Stage};
use rstest::rstest;
use std::time::Duration;
use vaxkiosk::domain::language::Language;
use vaxkiosk::kiosk::model::action::{Action, ExerciseAction, GlobalAction, TrainingAction};
use vaxkiosk::kiosk::model::exercises::{Running, Stage as TrainingStage};
use vaxkiosk::training::world::WorldFacts;

type Size = (u16, u16);

const SIZES: [Size; 5] = [SMALL, LARGE, (60, 40), (60, 50), (160, 50)];

#[test]
fn every_page_in_every_language_and_size_looks_as_agreed() {
    let mut settings = insta::Settings::clone_current();
    settings.set_omit_expression(true);
    settings.set_prepend_module_to_snapshot(false);
    settings.bind(|| {
        for (name, way) in PAGES {
            let pictures = pictures(&[SMALL, LARGE], |language, size| staged(language, size, way));
            insta::assert_snapshot!(name, pictures);
        }
    });
}

#[rstest]
fn no_text_is_cut_off_and_every_page_says_that_it_is_a_training(
    #[values(Language::ZhTw, Language::En, Language::Ja, Language::Vi, Language::Id, Language::Th)]
    language: Language,
) {
    let word = training_word(language);
    let mut failures = Vec::new();
    for (name, way) in PAGES {
        for size in SIZES {
            // A counter has no upright pages.
            if name.starts_with("training_counter") && size.0 < SMALL.0 {
                continue;
            }
            let stage = staged(language, size, way);
            if !stage.cut_off.is_empty() {
                failures.push(format!("{name} at {size:?}: {:?}", stage.cut_off));
            }
            assert!(stage.text().contains(word), "{name} at {size:?}:\n{}", stage.text());
        }
    }
    assert!(failures.is_empty(), "{} cut off:\n{}", failures.len(), failures.join("\n"));
}

fn training_word(language: Language) -> &'static str {
    match language {
        Language::ZhTw => "訓練模式",
        Language::En => "TRAINING",
        Language::Ja => "訓練モード",
        Language::Vi => "TẬP HUẤN",
        Language::Id => "PELATIHAN",
        Language::Th => "ฝึกอบรม",
    }
}

/// What an exercise says has room before it and while it goes on, with all its hints.
#[rstest]
fn every_exercise_has_room_in_every_size(
    #[values(Language::ZhTw, Language::En, Language::Ja, Language::Vi, Language::Id, Language::Th)]
    language: Language,
) {
    let mut failures = Vec::new();
    for size in SIZES {
        let mut stage = staged(language, size, offered);
        for (nth, exercise) in shelf().iter().enumerate() {
            at(&mut stage, TrainingStage::Introduced { exercise: nth });
            let mut cut_off = stage.cut_off.clone();
            let faults = exercise.faults.len();
            let running = Running::new(nth, stage.uptime, WorldFacts::default(), faults);
            at(&mut stage, TrainingStage::Running(Box::new(running)));
            for hint in 0..=exercise.hints() {
                cut_off.append(&mut stage.cut_off);
                let newest = exercise.text(language).unwrap().hints.get(hint.wrapping_sub(1));
                if let Some(newest) = newest {
                    let words = |text: &str| -> String { text.split_whitespace().collect() };
                    let begins: String = words(newest).chars().take(12).collect();
                    assert!(words(&stage.text()).contains(&begins), "{}", stage.text());
                }
                stage.act(ExerciseAction::Hint);
            }
            if !cut_off.is_empty() {
                failures.push(format!("{} at {size:?}: {cut_off:?}", exercise.id));
            }
        }
    }
    assert!(failures.is_empty(), "{} cut off:\n{}", failures.len(), failures.join("\n"));
}

/// All reasons are read by turning the page, and all steps by going through them.
#[rstest]
#[case::small(SMALL)]
#[case::large(LARGE)]
#[case::upright((60, 40))]
fn every_reason_and_every_step_has_words_and_room(#[case] size: Size) {
    for language in Language::ALL {
        let mut stage = staged(language, size, everything);
        let mut pages = vec![stage.text()];
        loop {
            assert!(stage.cut_off.is_empty(), "{}: {:?}", language.tag(), stage.cut_off);
            stage.act(ExerciseAction::TurnList);
            let text = stage.text();
            if text == pages[0] {
                break;
            }
            pages.push(text);
            assert!(pages.len() < 60, "{}", pages[1]);
        }
        let signs = |sign| pages.concat().matches(sign).count();
        let facts = super::ways::every_fact().len();
        assert!(signs("✓") >= 2 * facts && signs("✗") >= 2 * facts, "{}", pages.concat());
        stage.act(ExerciseAction::Replay(0));
        let steps = match &exercises(&mut stage).stage {
            TrainingStage::Debriefed(debriefing) => debriefing.replay.len(),
            stage => panic!("{stage:?}"),
        };
        for step in 0..steps {
            stage.act(ExerciseAction::Replay(step));
            assert!(stage.cut_off.is_empty(), "{}: {:?}", language.tag(), stage.cut_off);
            assert!(stage.text().contains("▶"), "{}", stage.text());
        }
    }
}

/// The words of a screen, without frames and marks, a line each.
pub fn words(text: &str) -> Vec<String> {
    let words = |line: &str| line.chars().filter(|c| c.is_alphanumeric()).collect();
    text.lines().map(words).collect()
}

/// While a run goes on and its card is closed, each page of the kiosk says all that it says without
/// it, and one row more that leads to the task.
#[rstest]
#[case::small(SMALL)]
#[case::large(LARGE)]
#[case::upright((60, 40))]
fn the_way_to_the_task_hides_nothing_of_the_page(#[case] size: Size) {
    // A message or a pause of the trainer lies over all.
    let is_covered = |name: &str| ["trainers_message", "trainers_pause"].contains(&name);
    let screens = all_screens().filter(|(name, _)| !name.starts_with("too_small"));
    for (name, way) in screens.filter(|(name, _)| !is_covered(name)) {
        let mut stage = staged(Language::Vi, size, way);
        if stage.cabinet.journey.overlay.as_ref().is_some_and(|it| it.makes_way_for_task()) {
            continue;
        }
        let before = words(&stage.text());
        running_beneath(&mut stage);
        assert!(stage.cut_off.is_empty(), "{name}: {:?}", stage.cut_off);
        let with = words(&stage.text());
        let row = usize::from(size.1) - 3;
        let other: Vec<usize> = (0..before.len()).filter(|at| before[*at] != with[*at]).collect();
        let is_alone = !stage.shows(ExerciseAction::TaskCard);
        assert!(
            other == [row] || is_alone && other.is_empty(),
            "{name} {other:?}\n{}",
            stage.text()
        );
        assert!(is_alone || before[row].is_empty() && with[row].starts_with("F7"), "{name}");
        // The key leads there from every page.
        let closed = !stage.cabinet.journey.is_covered();
        stage.function(7);
        assert!(closed && stage.cabinet.journey.is_covered(), "{name}");
    }
}

/// In larger type all of a page's buttons are there, on as many screens as it takes.
#[test]
fn in_larger_type_pages_are_turned_and_nothing_is_lost() {
    for (name, way) in PAGES.into_iter().filter(|(name, _)| !name.starts_with("training_counter")) {
        for (usual, sizes) in [(SMALL, [(53, 16), (40, 12)]), ((60, 40), [(40, 26), (30, 20)])] {
            let mut stage = staged(Language::Vi, usual, way);
            stage.cabinet.enlarges_type();
            stage.draw();
            let whole = actions(&stage);
            for size in sizes {
                stage.resize(size);
                let mut seen = actions(&stage);
                for _ in 0..40 {
                    assert!(stage.cut_off.is_empty(), "{name} {size:?}: {:?}", stage.cut_off);
                    if !stage.shows(GlobalAction::TurnPage) {
                        break;
                    }
                    stage.touch(GlobalAction::TurnPage);
                    seen.extend(actions(&stage));
                }
                let lost: Vec<_> = whole.iter().filter(|action| !seen.contains(action)).collect();
                // The line to the task has no row there: the word TRAINING leads to its card, which
                // has the way to the drawer.
                let may = |action: &Action| *action == TrainingAction::Drawer.into();
                assert!(lost.iter().all(|action| may(action)), "{name}: {lost:?}");
            }
        }
    }
}

fn actions(stage: &Stage) -> Vec<Action> {
    stage.cabinet.targets().all().iter().map(|target| target.action).collect()
}

#[test]
fn the_time_runs_on_the_task_card_and_in_the_line() {
    let mut stage = staged(Language::En, LARGE, |s| super::ways::begun(s, "shop-1-line-cut"));
    assert!(stage.text().contains("08:00"), "{}", stage.text());
    stage.wait(61);
    assert!(stage.text().contains("06:59"), "{}", stage.text());
    stage.act(ExerciseAction::TaskCard);
    stage.uptime += Duration::from_secs(1);
    stage.draw();
    assert!(stage.text().contains("06:59"), "{}", stage.text());
    assert_eq!(place("shop-1-line-cut"), 0);
}
