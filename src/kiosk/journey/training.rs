//! What a trainer can do, and what the practice people's phones show. Only in training; nothing
//! here is real.

use super::effect::{Effect, TrainingEffect};
use super::event::Training;
use super::{Journey, Overlay};
use crate::devices::practice::PracticeCard;
use crate::domain::personal::Personal;
use jiff::SignedDuration;

/// The trainer's clock jumps to so long before the opening.
const BEFORE_OPENING: SignedDuration = SignedDuration::from_secs(30);
/// Texts that the practice phone keeps.
const KEPT: usize = 8;

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
    /// Since the phone was last looked at.
    pub unread: usize,
    /// Of the simulated NHI app, as they were when the list of people was opened.
    pub app_codes: Vec<(PracticeCard, Personal)>,
}

impl Journey {
    pub(super) fn text_arrived(&mut self, text: PracticeText) {
        let phone = &mut self.practice_phone;
        phone.texts.insert(0, text);
        phone.texts.truncate(KEPT);
        phone.unread = if self.overlay == Some(Overlay::Phone) { 0 } else { phone.unread + 1 };
    }

    pub(super) fn train(&mut self, training: Training, effects: &mut Vec<Effect>) {
        let effect = match training {
            Training::Insert(card) => TrainingEffect::Insert(card),
            Training::Pull => TrainingEffect::Pull,
            Training::Cut => {
                self.line_cut = true;
                TrainingEffect::CutLine
            }
            Training::Mend => {
                self.line_cut = false;
                TrainingEffect::MendLine
            }
            Training::FillSlot => match self.slot_to_fill() {
                Some(slot) => TrainingEffect::FillSlot(slot),
                None => return,
            },
            Training::JumpToOpening => match &self.round {
                Some(round) => TrainingEffect::SetClock(
                    round.opens.saturating_sub(BEFORE_OPENING).unwrap_or(round.opens),
                ),
                None => return,
            },
            Training::Printer => {
                self.printer_unplugged = !self.printer_unplugged;
                TrainingEffect::Printer { plugged: !self.printer_unplugged }
            }
            Training::Phone => {
                self.practice_phone.unread = 0;
                self.overlay = (self.overlay != Some(Overlay::Phone)).then_some(Overlay::Phone);
                return;
            }
            Training::People => {
                self.overlay = (self.overlay != Some(Overlay::People)).then_some(Overlay::People);
                effects.push(Effect::Train(TrainingEffect::AppCodes));
                return;
            }
            Training::Quit => {
                effects.push(Effect::Quit);
                return;
            }
        };
        self.overlay = None;
        effects.push(Effect::Train(effect));
    }
}
