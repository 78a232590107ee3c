//! What a person did not mean does nothing: two Enters at once, ten of them, a key that is held, a
//! double tap. On every screen of a booking, with the service answering at once and with its answer
//! still to come. What such a press comes to is the same as what one press comes to.

use crate::booking_way::{WAY, at_review, at_step};
use crate::stage::{SMALL, Stage};
use rstest::rstest;
use std::time::Duration;
use vaxkiosk::kiosk::cabinet::Input;
use vaxkiosk::kiosk::journey::Phase;
use vaxkiosk::kiosk::model::action::{Action, GlobalAction, ScreenAction};
use vaxkiosk::kiosk::screens::Screen;
use vaxkiosk::kiosk::screens::farewell::Reason;
use vaxkiosk::kiosk::screens::overlay::Overlay;
use vaxkiosk::kiosk::widgets::targets::Target;

/// A screen of a booking, on for long enough to have been seen. `slow`: the answers of the service
/// are still to come.
fn seen(step: usize, slow: bool) -> Stage {
    let mut stage = if step == 0 { Stage::new(SMALL) } else { at_step(step) };
    stage.slow = slow;
    stage.uptime += Duration::from_millis(400);
    stage
}

/// What became of it: the screen, what was agreed to, chosen and typed, and what was booked.
fn outcome(stage: &Stage) -> String {
    let journey = &stage.cabinet.journey;
    format!("{:?} {:?} {}", journey.phase, journey.overlay, stage.desk.booked.len())
}

/// The same key at these moments, in milliseconds after the first.
fn presses(stage: &mut Stage, input: Input, moments: impl IntoIterator<Item = u64>) {
    let first = stage.uptime;
    for moment in moments {
        stage.uptime = first + Duration::from_millis(moment);
        stage.input_at_once(input);
    }
}

fn one_press(step: usize, slow: bool, input: Input) -> String {
    let mut stage = seen(step, slow);
    stage.input_at_once(input);
    outcome(&stage)
}

#[rstest]
#[case::two_in_one_packet(vec![0, 0])]
#[case::ten_in_one_packet(vec![0; 10])]
#[case::a_bouncing_key(vec![0, 60])]
#[case::two_quick_ones(vec![0, 200])]
#[case::held_for_two_seconds((0..2000).step_by(33).collect())]
#[case::held_with_slow_repeats((0..2000).step_by(100).collect())]
fn many_enters_do_what_one_does(#[case] moments: Vec<u64>) {
    for slow in [false, true] {
        for step in 0..=WAY.len() {
            let mut stage = seen(step, slow);
            presses(&mut stage, Input::Enter, moments.iter().copied());
            let expected = one_press(step, slow, Input::Enter);
            assert_eq!(outcome(&stage), expected, "step {step}, slow {slow}");
        }
    }
}

/// Digits choose as Enter does, where they type nothing.
#[test]
fn a_held_digit_chooses_once() {
    for step in (0..=WAY.len()).filter(|step| *step != 5) {
        let mut stage = seen(step, false);
        presses(&mut stage, Input::Digit(1), (0..2000).step_by(33));
        assert_eq!(outcome(&stage), one_press(step, false, Input::Digit(1)), "step {step}");
    }
}

/// X11 waits half a second before it repeats a key. By time alone the first repeat looks like a
/// second press of somebody who has seen the next screen: so a key that is held there counts as two
/// presses, and never as more. Kitty tells repeats apart, and they are dropped in
/// `runtime::keys`.
#[test]
fn a_key_held_after_a_delay_of_half_a_second_counts_twice_and_never_more() {
    let held = || std::iter::once(0).chain((500..2500).step_by(33));
    for step in 0..=WAY.len() {
        let mut stage = seen(step, false);
        presses(&mut stage, Input::Enter, held());
        let mut twice = seen(step, false);
        presses(&mut twice, Input::Enter, [0, 500]);
        assert_eq!(outcome(&stage), outcome(&twice), "step {step}");
    }
}

/// A finger, down and up in the middle of a button.
pub fn tap(stage: &mut Stage, target: Target) {
    let (x, y) = (target.area.x + target.area.width / 2, target.area.y + target.area.height / 2);
    stage.input_at_once(Input::Press { x, y });
    stage.input_at_once(Input::Release { x, y });
}

/// Keys of a keypad, and what switches on and off, mean something each time.
pub fn counts_each_time(action: Action) -> bool {
    match action {
        Action::Screen(ScreenAction::Key(_) | ScreenAction::Erase | ScreenAction::ClearAll)
        | Action::Global(GlobalAction::Bilingual | GlobalAction::Clearer)
        | Action::Training(_) => true,
        Action::Screen(_) | Action::Global(_) | Action::Counter(_) => false,
    }
}

#[rstest]
#[case::at_once(60)]
#[case::a_little_later(200)]
fn a_double_tap_on_any_button_does_what_one_tap_does(#[case] apart: u64) {
    let mut tapped = 0;
    for step in 0..=WAY.len() {
        let targets = seen(step, false).cabinet.targets().all().to_vec();
        for target in targets.into_iter().filter(|target| !counts_each_time(target.action)) {
            let mut once = seen(step, false);
            tap(&mut once, target);
            let mut twice = seen(step, false);
            tap(&mut twice, target);
            twice.uptime += Duration::from_millis(apart);
            tap(&mut twice, target);
            assert_eq!(outcome(&twice), outcome(&once), "step {step}, {target:?}");
            tapped += 1;
        }
    }
    assert!(tapped > 60, "{tapped} buttons");
}

#[test]
fn the_enter_of_habit_after_the_last_digit_confirms_no_number_unread() {
    for keys in ["12345678", "0912345678"] {
        let mut stage = at_step(5);
        stage.keys(keys);
        let read_back =
            |stage: &Stage| matches!(stage.screen(), Screen::Phone(phone) if phone.is_checking());
        assert!(read_back(&stage), "{}", stage.text());
        for input in [Input::Enter, Input::Digit(1), Input::Enter] {
            stage.uptime += Duration::from_millis(300);
            stage.input_at_once(input);
            assert!(read_back(&stage), "{input:?} after {keys}");
        }
        stage.input(Input::Enter);
        assert!(!matches!(stage.screen(), Screen::Phone(_)), "{}", stage.text());
    }
}

#[test]
fn nothing_but_to_wait_has_the_focus_while_a_booking_is_sent() {
    let mut stage = at_review();
    stage.slow = true;
    stage.touch(ScreenAction::Confirm);
    for _ in 0..5 {
        stage.input(Input::Enter);
        assert!(matches!(stage.screen(), Screen::Submitting(_)), "{}", stage.text());
    }
    assert_eq!(stage.held.len(), 1, "and nothing is sent twice");
    stage.release();
    assert!(matches!(stage.screen(), Screen::Receipt(_)), "{}", stage.text());
}

#[test]
fn leaving_while_a_booking_is_sent_is_asked_about() {
    let mut stage = at_review();
    stage.slow = true;
    stage.touch(ScreenAction::Confirm);
    let asked = |stage: &Stage| stage.cabinet.journey.overlay == Some(Overlay::LeaveUnsure);
    stage.keys("*");
    assert!(asked(&stage), "{}", stage.text());
    stage.keys("*");
    assert!(asked(&stage) && stage.visit().is_some(), "the same key twice");
    stage.input(Input::Enter);
    assert!(!asked(&stage) && matches!(stage.screen(), Screen::Submitting(_)));
    stage.keys("*");
    stage.release();
    assert!(!asked(&stage) && matches!(stage.screen(), Screen::Receipt(_)), "{}", stage.text());

    let mut stage = at_review();
    stage.slow = true;
    stage.touch(ScreenAction::Confirm);
    stage.keys("*2");
    let Phase::Farewell(farewell) = &stage.cabinet.journey.phase else { panic!() };
    assert_eq!((farewell.reason, farewell.unsure.is_some()), (Reason::Left, true));
}
