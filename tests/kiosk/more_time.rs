//! More time in a visit's last two minutes, by scripts of events: who is given it, how often, and
//! what becomes of the session before.

use crate::booking_way::{at_step, farewell};
use crate::stage;
use crate::stage::{SMALL, Stage};
use vaxkiosk::config::profile::WayIn;
use vaxkiosk::devices::simulated::people::PracticeCard;
use vaxkiosk::domain::language::Language;
use vaxkiosk::kiosk::cabinet::Input;
use vaxkiosk::kiosk::model::action::{GlobalAction, ScreenAction};
use vaxkiosk::kiosk::screens::Screen;
use vaxkiosk::kiosk::screens::farewell::Reason;
use vaxkiosk::kiosk::screens::more_time::MoreTime;
use vaxkiosk::kiosk::screens::overlay::Overlay;

fn left(stage: &Stage) -> u64 {
    stage.cabinet.journey.time_left().unwrap().as_secs()
}

/// Somebody who is there all the time, until so many seconds are left.
fn until(stage: &mut Stage, seconds: u64) {
    while left(stage) > seconds {
        stage.act(GlobalAction::StillHere);
        stage.wait(1);
    }
}

/// At the review, by the actions that the buttons have.
fn at_review() -> Stage {
    let mut stage = at_step(7);
    for action in [ScreenAction::Pick(0), ScreenAction::Pick(4), ScreenAction::Pick(0)] {
        stage.act(action);
    }
    stage.act_seat(1, 0);
    assert!(matches!(stage.screen(), Screen::Review), "{}", stage.text());
    stage
}

fn dialog(stage: &Stage) -> Option<MoreTime> {
    match stage.cabinet.journey.overlay {
        Some(Overlay::MoreTime(more_time)) => Some(more_time),
        _ => None,
    }
}

#[test]
fn in_the_last_two_minutes_more_time_is_given_twice_and_no_third_time() {
    let mut stage = at_review();
    let limit = stage.cabinet.journey.machine.profile.session_limit.as_secs();
    for given in 0..2 {
        until(&mut stage, 121);
        assert_eq!(dialog(&stage), None);
        let bells = stage.bells;
        until(&mut stage, 120);
        assert_eq!(dialog(&stage), Some(MoreTime::Offered), "{}", stage.text());
        assert_eq!(stage.bells, bells + 1);
        stage.touch(GlobalAction::MoreTime);
        assert!(left(&stage) > limit - 3, "{} s are left", left(&stage));
        assert_eq!(stage.desk.closed_sessions, given + 1, "the one before is closed");
        assert_eq!(dialog(&stage), None);
        assert!(matches!(stage.screen(), Screen::Review), "and all is as it was");
    }
    until(&mut stage, 120);
    assert_eq!(dialog(&stage), Some(MoreTime::Refused));
    stage.act(GlobalAction::MoreTime);
    assert_eq!(left(&stage), 120, "a third time");
    stage.keys("1");
    assert_eq!(dialog(&stage), None, "it only warns");
    until(&mut stage, 1);
    assert_eq!(dialog(&stage), None, "and says it once");
    stage.wait(2);
    assert_eq!(farewell(&stage).0, Reason::TimeUp);
}

#[test]
fn a_booking_goes_on_with_the_session_that_came_in_place_of_the_one_before() {
    let mut stage = at_review();
    until(&mut stage, 100);
    stage.keys("1");
    assert_eq!((dialog(&stage), stage.desk.closed_sessions), (None, 1));
    stage.touch(ScreenAction::Confirm);
    assert!(matches!(stage.screen(), Screen::Receipt(_)), "{}", stage.text());
    assert_eq!(stage.desk.booked.len(), 1);
}

#[test]
fn who_goes_on_without_it_is_not_asked_again() {
    for key in [Input::Digit(2), Input::Escape] {
        let mut stage = at_review();
        until(&mut stage, 119);
        stage.input(key);
        assert_eq!(dialog(&stage), None, "{key:?}");
        stage.wait(5);
        assert_eq!(dialog(&stage), None, "{key:?}");
        assert!(matches!(stage.screen(), Screen::Review), "{key:?}");
    }
}

#[test]
fn a_line_that_is_down_is_said_and_it_can_be_asked_again() {
    let mut stage = at_review();
    until(&mut stage, 110);
    stage.desk.cut = true;
    stage.touch(GlobalAction::MoreTime);
    assert_eq!(dialog(&stage), Some(MoreTime::Failed));
    assert!(left(&stage) <= 110);
    stage.desk.cut = false;
    stage.touch(GlobalAction::MoreTime);
    assert_eq!(dialog(&stage), None);
    assert!(left(&stage) > 590);
}

#[test]
fn who_came_in_by_numbers_is_only_warned() {
    let mut stage = Stage::new(SMALL);
    stage.act(ScreenAction::Start);
    stage.act(GlobalAction::Speak(Language::En));
    stage.act(ScreenAction::OtherWays);
    stage.act(ScreenAction::SignInBy(WayIn::Numbers));
    stage.act(ScreenAction::Confirm);
    stage.keys("A22345678100000000000");
    stage.keys("1");
    stage.keys(stage::desk::GRAPHIC);
    assert!(stage.person().is_some(), "{}", stage.text());
    until(&mut stage, 120);
    assert_eq!(dialog(&stage), Some(MoreTime::Refused));
    let now = left(&stage);
    stage.act(GlobalAction::MoreTime);
    assert_eq!(left(&stage), now);
}

#[test]
fn before_anybody_has_shown_who_they_are_it_needs_no_session() {
    let mut stage = Stage::new(SMALL);
    stage.act(ScreenAction::Start);
    until(&mut stage, 120);
    stage.desk.cut = true;
    stage.touch(GlobalAction::MoreTime);
    assert!(left(&stage) > 598);
    assert!(matches!(stage.screen(), Screen::Language));
}

#[test]
fn a_session_that_comes_after_its_visit_has_ended_is_closed() {
    let mut stage = at_step(3);
    until(&mut stage, 120);
    stage.slow = true;
    stage.touch(GlobalAction::MoreTime);
    assert_eq!(dialog(&stage), Some(MoreTime::Asking));
    stage.pull();
    stage.wait(10);
    stage.insert(PracticeCard::MigrantWorker);
    stage.release();
    assert_eq!(stage.desk.closed_sessions, 2, "the visit's own and the late one");
    assert!(stage.person().is_none());
    assert_eq!(stage.visit().unwrap().more_time, 0);
}

#[test]
fn nothing_is_asked_while_something_is_being_sent() {
    let mut stage = at_review();
    stage.desk.cut = true;
    stage.touch(ScreenAction::Confirm);
    until(&mut stage, 100);
    assert!(matches!(stage.screen(), Screen::Submitting(_)));
    assert_eq!(dialog(&stage), None);
    stage.desk.cut = false;
    stage.touch(ScreenAction::RetryNow);
    assert!(matches!(stage.screen(), Screen::Receipt(_)), "{}", stage.text());
    stage.wait(1);
    assert_eq!(dialog(&stage), Some(MoreTime::Offered));
}
