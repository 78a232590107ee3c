//! Pages in type of one and a half times and twice the size, which are turned: nothing is cut off,
//! nothing is left out, and a booking is made with them.

use crate::every_screen::{all_screens, staged};
use crate::stage::{SMALL, Stage};
use rstest::rstest;
use std::time::Duration;
use vaxkiosk::devices::simulated::people::PracticeCard;
use vaxkiosk::domain::language::Language;
use vaxkiosk::kiosk::model::action::{Action, GlobalAction, ScreenAction, TrainingAction};
use vaxkiosk::kiosk::model::clearer::Clearer;
use vaxkiosk::kiosk::screens::Screen;

/// Twice the size on a panel of 80x24, and of 60x40.
const TWICE: (u16, u16) = (40, 12);
const TWICE_UPRIGHT: (u16, u16) = (30, 20);

/// In a terminal that has larger type and pictures.
fn enlarging(stage: &mut Stage) {
    stage.cabinet.shows_pictures();
    stage.cabinet.enlarges_type();
}

fn on_screen(stage: &Stage) -> Vec<Action> {
    stage.cabinet.targets().all().iter().map(|target| target.action).collect()
}

/// Each screen of the page that is on: its text and what can be done on it.
fn screens(stage: &mut Stage) -> Vec<(String, Vec<Action>)> {
    let mut screens = Vec::new();
    loop {
        screens.push((stage.text(), on_screen(stage)));
        assert!(screens.len() < 40, "{}", stage.text());
        if !stage.shows(GlobalAction::TurnPage) {
            return screens;
        }
        stage.touch(GlobalAction::TurnPage);
        if screens.iter().any(|(text, _)| *text == stage.text()) {
            return screens;
        }
    }
}

#[rstest]
fn nothing_is_cut_off_and_nothing_is_left_out(
    #[values(Language::ZhTw, Language::En, Language::Ja, Language::Vi, Language::Id, Language::Th)]
    language: Language,
) {
    let mut failures = Vec::new();
    for (name, way) in all_screens().filter(|(name, _)| !name.starts_with("too_small")) {
        let mut stage = staged(language, SMALL, way);
        enlarging(&mut stage);
        for (usual, sizes) in [(SMALL, [(53, 16), TWICE]), ((60, 40), [(40, 26), TWICE_UPRIGHT])] {
            stage.resize(usual);
            let whole = on_screen(&stage);
            for size in sizes {
                // The Chinese beside all of it needs the most room where there is the least.
                for bilingual in [false, true].into_iter().take(1 + usize::from(size == TWICE)) {
                    stage.set_bilingual(bilingual);
                    stage.resize(size);
                    let missing = missing(&mut stage, name, &whole);
                    let of = |fault| format!("{name} at {size:?} bilingual {bilingual}: {fault}");
                    failures.extend(missing.into_iter().map(of));
                }
                stage.set_bilingual(false);
            }
        }
    }
    assert!(failures.is_empty(), "{}: {:#?}", failures.len(), &failures[..failures.len().min(20)]);
}

/// What of a page is cut off, and what is reached on none of its screens.
fn missing(stage: &mut Stage, name: &str, whole: &[Action]) -> Vec<String> {
    let (mut missing, mut reached) = (Vec::new(), Vec::new());
    for (text, actions) in screens(stage) {
        if !stage.cut_off.is_empty() {
            missing.push(format!("{:?}\n{text}", stage.cut_off));
        }
        reached.extend(actions);
    }
    // Whoever turns the page of "are you still there" is, and it goes. Unread messages of the
    // practice phones are in the drawer.
    let phone = TrainingAction::Phone.into();
    for action in whole.iter().filter(|it| name != "still_there" && **it != phone) {
        if !reached.contains(action) {
            missing.push(format!("{action:?} is not reached"));
        }
    }
    missing
}

#[test]
fn every_screen_at_twice_the_size_looks_as_agreed() {
    let mut settings = insta::Settings::clone_current();
    settings.set_omit_expression(true);
    settings.set_prepend_module_to_snapshot(false);
    settings.set_snapshot_path("snapshots/turned");
    settings.bind(|| {
        for (name, way) in all_screens().filter(|(name, _)| !name.starts_with("too_small")) {
            let mut picture = String::new();
            for language in [Language::ZhTw, Language::Vi, Language::Th] {
                let mut stage = staged(language, SMALL, way);
                enlarging(&mut stage);
                stage.resize(TWICE);
                for (at, (text, _)) in screens(&mut stage).into_iter().enumerate() {
                    picture.push_str(&format!("=== {} {}\n{text}", language.tag(), at + 1));
                }
            }
            insta::assert_snapshot!(name, picture);
        }
    });
}

#[test]
fn the_key_goes_from_size_to_size_and_back() {
    let mut stage = Stage::new(SMALL);
    enlarging(&mut stage);
    for (clearer, size) in
        [(Clearer::Larger, (53, 16)), (Clearer::Largest, TWICE), (Clearer::Off, SMALL)]
    {
        stage.keys("=");
        assert_eq!(stage.clearer, Some(clearer));
        // The terminal does it a moment later.
        stage.resize(size);
        let marks =
            [Clearer::Larger, Clearer::Largest].map(|other| stage.text().contains(other.mark()));
        let expected = [Clearer::Larger, Clearer::Largest].map(|other| other == clearer);
        assert_eq!(marks, expected, "{}", stage.text());
    }
}

/// Turns the page until it has what is looked for, and touches it.
fn touch(stage: &mut Stage, action: impl Into<Action>) {
    let action = action.into();
    for _ in 0..40 {
        if stage.shows(action) {
            return stage.touch(action);
        }
        stage.touch(GlobalAction::TurnPage);
    }
    panic!("{action:?} is nowhere:\n{}", stage.text());
}

/// Somebody whose card is in, after the language.
fn with_card(size: (u16, u16), language: Language) -> Stage {
    let mut stage = Stage::new(size);
    enlarging(&mut stage);
    stage.draw();
    stage.insert(PracticeCard::MayBook);
    touch(&mut stage, GlobalAction::Speak(language));
    stage
}

#[rstest]
#[case::lying(TWICE)]
#[case::upright(TWICE_UPRIGHT)]
fn a_booking_is_made_at_twice_the_size(#[case] size: (u16, u16)) {
    let mut stage = with_card(size, Language::Vi);
    touch(&mut stage, ScreenAction::Confirm);
    touch(&mut stage, ScreenAction::OtherPhone);
    for digit in "87654321".bytes() {
        touch(&mut stage, ScreenAction::Key(digit - b'0'));
    }
    touch(&mut stage, ScreenAction::Confirm);
    let Screen::Offer(offer) = stage.screen() else { panic!("{}", stage.text()) };
    let slot = offer.shown().slot.id;
    touch(&mut stage, ScreenAction::BookOffered(slot));
    assert!(matches!(stage.screen(), Screen::Receipt(_)), "{}", stage.text());
    assert_eq!(stage.desk.booked.len(), 1);
}

#[test]
fn whoever_turns_with_enter_chooses_nothing_by_it() {
    let mut stage = with_card(TWICE, Language::Vi);
    touch(&mut stage, ScreenAction::Confirm);
    for _ in 0..20 {
        stage.keys("\n");
    }
    assert!(matches!(stage.screen(), Screen::Offer(_)), "{}", stage.text());
    assert_eq!(stage.desk.booked.len(), 0);
}

#[test]
fn the_question_whether_somebody_is_there_goes_when_it_is_turned() {
    let mut stage = with_card(TWICE, Language::En);
    let first = stage.text();
    stage.wait(61);
    assert!(stage.cabinet.journey.overlay.is_some(), "{}", stage.text());
    touch(&mut stage, GlobalAction::TurnPage);
    let turned = stage.text();
    stage.wait(1);
    let page = |text: &str| text.lines().nth(1).map(str::to_owned);
    assert_eq!((page(&turned), page(&stage.text())), (page(&first), page(&first)));
}

#[test]
fn what_was_just_turned_to_takes_no_press_yet() {
    let mut stage = with_card(TWICE, Language::En);
    let before = stage.text();
    let area = stage.cabinet.targets().area_of(GlobalAction::TurnPage.into()).unwrap();
    let tap = |stage: &mut Stage| {
        use vaxkiosk::kiosk::cabinet::Input;
        stage.input_at_once(Input::Press { x: area.x + 1, y: area.y });
        stage.input_at_once(Input::Release { x: area.x + 1, y: area.y });
    };
    stage.uptime += Duration::from_secs(2);
    tap(&mut stage);
    let turned = stage.text();
    assert_ne!(turned, before);
    stage.uptime += Duration::from_millis(200);
    tap(&mut stage);
    assert_eq!(stage.text(), turned, "a double tap turns one screen");
}
