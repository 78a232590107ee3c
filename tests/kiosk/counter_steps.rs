//! Ways to a counter at work, and to a form that is filled in.

use crate::stage::{LARGE, Stage};
use vaxkiosk::devices::simulated::people::PracticeCard;
use vaxkiosk::devices::simulated::staff::PracticeStaff;
use vaxkiosk::domain::language::Language;

pub fn counter() -> Stage {
    Stage::counter(Language::ZhTw, LARGE)
}

pub fn at_work() -> Stage {
    let mut stage = counter();
    stage.staff_logs_in(PracticeStaff::User);
    stage
}

/// A booking with all that is needed but the press that sends it.
pub fn filled_in(stage: &mut Stage) {
    stage.insert(PracticeCard::MayBook);
    // Consent; the phone and the district are known; site, day and hour.
    stage.keys("\n\n\n\n");
}
