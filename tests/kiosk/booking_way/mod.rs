//! The way of a booking by touch, and what must be gone at its end.
#![allow(dead_code, reason = "each test file uses its part")]

use crate::stage::{SMALL, Stage};
use vaxkiosk::config::profile::Offer;
use vaxkiosk::devices::simulated::people::PracticeCard;
use vaxkiosk::domain::language::Language;
use vaxkiosk::kiosk::model::action::{GlobalAction, ScreenAction};
use vaxkiosk::kiosk::screens::Screen;
use vaxkiosk::kiosk::screens::farewell::Reason;
use vaxkiosk::kiosk::screens::why_not::Why;

/// Each thing one does between the attract screen and the receipt, by touch.
pub const WAY: [fn(&mut Stage); 12] = [
    |s| s.insert(PracticeCard::MayBook),
    |s| s.touch(GlobalAction::Speak(Language::Vi)),
    |s| {
        s.touch(ScreenAction::Confirm);
        s.leave_offer();
    },
    |s| s.touch(ScreenAction::Serve(Offer::Book)),
    |s| s.touch(ScreenAction::OtherPhone),
    |s| "0912345678".bytes().for_each(|digit| s.touch(ScreenAction::Key(digit - b'0'))),
    |s| s.touch(ScreenAction::Confirm),
    |s| s.touch(ScreenAction::Pick(0)),
    |s| s.touch(ScreenAction::Pick(4)),
    |s| s.touch(ScreenAction::Pick(0)),
    |s| s.touch_seat(1, 0),
    |s| s.touch(ScreenAction::Confirm),
];

pub fn at_step(step: usize) -> Stage {
    let mut stage = Stage::new(SMALL);
    WAY[..step].iter().for_each(|act| act(&mut stage));
    stage
}

pub fn at_review() -> Stage {
    let stage = at_step(11);
    assert!(matches!(stage.screen(), Screen::Review), "{}", stage.text());
    stage
}

/// A card of somebody who may book, put in nineteen seconds before the round opens.
pub fn before_opening() -> Stage {
    let mut stage = Stage::new(SMALL);
    stage.wall -= jiff::SignedDuration::from_secs(5 * 60 + 20);
    stage.wait(1);
    stage.insert(PracticeCard::MayBook);
    stage
}

pub fn why(stage: &Stage) -> Why {
    match stage.screen() {
        Screen::WhyNot(why_not) => why_not.why,
        other => panic!("{other:?}"),
    }
}

pub fn farewell(stage: &Stage) -> (Reason, bool) {
    let farewell = stage.farewell().unwrap_or_else(|| panic!("{}", stage.text()));
    (farewell.reason, farewell.unsure.is_some())
}

/// What belongs to the practice person, the phone typed, and the session's secret.
pub const OF_THE_PERSON: [&str; 8] = [
    "A223456781",
    "甄健康",
    "甄〇康",
    "A********1",
    "000000000001",
    "0912345678",
    "0912 345 678",
    "secret-of-a-session",
];

pub fn assert_nothing_left(stage: &Stage) {
    assert!(stage.visit().is_none());
    let text = stage.text();
    for secret in OF_THE_PERSON {
        assert!(!text.contains(secret), "{secret} is on the screen:\n{text}");
    }
    let state = format!("{:?}", stage.cabinet.journey);
    for secret in OF_THE_PERSON.iter().chain(&["0200014637", "VAX1:"]) {
        assert!(!state.contains(secret), "{secret} is in the state");
    }
}
