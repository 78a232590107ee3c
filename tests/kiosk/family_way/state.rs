//! Where a group stands, and that nothing of it is left.

use crate::stage::Stage;
use crate::wiped::left_of_anybody;
use vaxkiosk::kiosk::model::group::Group;
use vaxkiosk::kiosk::screens::Screen;
use vaxkiosk::kiosk::screens::group::{GroupScreen, NotAdded, WhyNotAdded};

pub fn at(stage: &Stage) -> &GroupScreen {
    match stage.screen() {
        Screen::Group(screen) => screen,
        other => panic!("{other:?}\n{}", stage.text()),
    }
}

pub fn group(stage: &Stage) -> &Group {
    stage.visit().and_then(|visit| visit.group.as_ref()).expect("there is a group")
}

pub fn why(stage: &Stage) -> WhyNotAdded {
    match at(stage) {
        GroupScreen::NotAdded(NotAdded { why, .. }) => *why,
        other => panic!("{other:?}\n{}", stage.text()),
    }
}

pub fn is_gathering(stage: &Stage) -> bool {
    *at(stage) == GroupScreen::Gathering
}

pub fn is_receipt(stage: &Stage) -> bool {
    matches!(at(stage), GroupScreen::Receipt(_))
}

pub fn hours(stage: &Stage) -> Vec<u32> {
    group(stage).hours.iter().map(|slot| slot.id.0).collect()
}

/// Nobody's name, numbers, session or receipt is on the screen or in the state.
pub fn assert_wiped(stage: &Stage) {
    assert!(stage.visit().is_none(), "{}", stage.text());
    assert_eq!(left_of_anybody(stage), None);
    let (opened, closed) = (stage.desk.group.opened_sessions, stage.desk.closed_sessions);
    assert_eq!(opened, closed, "each session that was opened is closed");
}
