//! Every screen and overlay that a person may see, as a list to go through.

pub mod groups;
pub mod line;
mod overlays;
mod screens;
pub mod steps;

use crate::stage::Stage;
use steps::Way;
use vaxkiosk::domain::language::Language;

/// The stage in a language: its profile begins with it, so that the attract screen and the first
/// screens speak it too.
pub fn staged(language: Language, size: (u16, u16), way: Way) -> Stage {
    let mut stage = Stage::new(size);
    stage.cabinet.journey.machine.profile.languages.retain(|other| *other != language);
    stage.cabinet.journey.machine.profile.languages.insert(0, language);
    way(&mut stage);
    stage.draw();
    stage
}

pub fn all_screens() -> impl Iterator<Item = (&'static str, Way)> {
    let line = line::LINE.into_iter().chain(line::FULL);
    screens::SCREENS.into_iter().chain(groups::GROUPS).chain(line).chain(overlays::OVERLAYS)
}
