//! Where a group stands, and that nothing of it is left.

use crate::stage::Stage;
use vaxkiosk::devices::simulated::people::PracticeCard;
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
    let seen = format!("{}{:?}", stage.text(), stage.cabinet.journey);
    for card in PracticeCard::ALL {
        let Ok(face) = card.face() else { continue };
        let masked = [face.id.masked(), face.name.masked()];
        let whole = [face.id.expose(), face.name.expose(), face.number.expose()];
        for secret in whole.into_iter().chain(masked.iter().map(String::as_str)) {
            assert!(!seen.contains(secret), "{secret} is left");
        }
    }
    for secret in ["secret-of-a-session", "VAX1:", "0912", "02000146"] {
        assert!(!seen.contains(secret), "{secret} is left");
    }
    let (opened, closed) = (stage.desk.group.opened_sessions, stage.desk.closed_sessions);
    assert_eq!(opened, closed, "each session that was opened is closed");
}
