//! What is asked on the screen. While it stays the same, so does the focus.

use crate::kiosk::journey::{Journey, Phase};
use crate::kiosk::screens::Place as ScreenPlace;
use crate::kiosk::screens::counter::CounterPlace;
use crate::kiosk::screens::overlay::Overlay;

/// What is asked. When it changes, the focus begins anew.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Place {
    phase: PhasePlace,
    overlay: Option<Overlay>,
    /// Whether the trainer has paused it, and how many of their messages are not read.
    trainers_word: (bool, usize),
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum PhasePlace {
    AtRest,
    Visiting(ScreenPlace),
    Farewell,
    Counter(CounterPlace),
}

impl Place {
    pub fn asks_the_same(&self, other: &Self) -> bool {
        match (self.phase, other.phase) {
            (PhasePlace::Visiting(screen), PhasePlace::Visiting(another)) => {
                screen.asks_the_same(&another)
                    && self.overlay == other.overlay
                    && self.trainers_word == other.trainers_word
            }
            _ => self == other,
        }
    }
}

pub(super) fn place_of(journey: &Journey) -> Place {
    let phase = match &journey.phase {
        Phase::AtRest => PhasePlace::AtRest,
        Phase::Visiting { screen, .. } => PhasePlace::Visiting(screen.place()),
        Phase::Farewell(_) => PhasePlace::Farewell,
        Phase::Counter(counter) => PhasePlace::Counter(counter.place()),
    };
    let supervision = journey.supervision();
    let trainers_word = (supervision.is_paused, supervision.unread());
    Place { phase, overlay: journey.overlay.as_ref().map(Overlay::place), trainers_word }
}
