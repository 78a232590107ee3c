//! What a trainer has set, and what the practice people's phones show. Only in training; nothing
//! here is real.

use super::exercises::Exercises;
use super::supervision::Supervision;
use crate::devices::simulated::people::PracticeCard;
use crate::domain::personal::Personal;

/// How many texts the practice phone keeps.
const KEPT: usize = 8;

/// The props of a training.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Practice {
    /// `None` where no exercises are offered.
    pub exercises: Option<Exercises>,
    /// The trainer has cut the line to the service.
    pub line_cut: bool,
    /// Each answer of the service takes its time.
    pub line_slow: bool,
    /// The trainer has unplugged the simulated printer.
    pub printer_unplugged: bool,
    /// The next page jams in it.
    pub printer_jams: bool,
    /// The trainer has unplugged the simulated card reader.
    pub reader_unplugged: bool,
    pub phone: PracticePhone,
    /// What the trainer of a room has set.
    pub supervision: Supervision,
}

/// A text message on the practice phone.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PracticeText {
    /// The number that it went to, masked.
    pub to: String,
    pub text: Personal,
}

/// What the simulated phones of the practice people show.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct PracticePhone {
    /// The newest first.
    pub texts: Vec<PracticeText>,
    /// How many have come since the phone was last looked at.
    pub unread: usize,
    /// The codes of the simulated NHI app, as they were when the list of people was opened.
    pub app_codes: Vec<(PracticeCard, Personal)>,
}

impl PracticePhone {
    /// A text has come. `looked_at` says whether the phone is on the screen now.
    pub fn receive(&mut self, text: PracticeText, looked_at: bool) {
        self.texts.insert(0, text);
        self.texts.truncate(KEPT);
        self.unread = if looked_at { 0 } else { self.unread + 1 };
    }
}

impl Practice {
    /// What the world has been made anew with is not cut, unplugged or written to any more.
    pub fn forget_props(&mut self) {
        let supervision = std::mem::take(&mut self.supervision);
        *self = Self { exercises: self.exercises.take(), supervision, ..Self::default() };
    }
}
