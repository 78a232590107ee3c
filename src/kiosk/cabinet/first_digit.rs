//! The digits that press buttons: one of a button's own, or two of its number. The first of two
//! waits, and meanwhile only those buttons can be pressed that its second leads to.

use super::super::model::action::Action;
use super::super::widgets::targets::Key;
use super::super::widgets::ui::FirstDigit;
use super::{Cabinet, Input};
use std::time::Duration;

/// How long the second of two digits is waited for. The buttons show which it may be until then.
const SECOND_WITHIN: Duration = Duration::from_secs(10);

/// What a digit means.
pub(super) enum Meant {
    Action(Action),
    /// It is the first of two.
    Waits,
    /// No button shows this digit now.
    Nothing,
}

/// Whether an input takes the first of two digits back, and does nothing else. Enter is among them:
/// what has the focus looks then as if it could not be pressed.
pub(super) fn takes_back(input: Input) -> bool {
    matches!(
        input,
        Input::Escape | Input::Sign('-') | Input::Backspace | Input::Enter | Input::Space
    )
}

impl Cabinet {
    /// A digit, after the first of two or by itself; `None` if there is nothing that it could mean.
    pub(super) fn digit(
        &mut self,
        digit: u8,
        first: Option<FirstDigit>,
        now: Duration,
    ) -> Option<Meant> {
        if let Some(waiting) = first {
            let action = self.targets.of_key(Key::Number(waiting.tens * 10 + digit));
            if action.is_none() {
                self.hold.first_digit = first;
                self.journey.touched();
            }
            return Some(action.map_or(Meant::Nothing, Meant::Action));
        }
        if self.targets.has_number_from(digit) {
            self.hold.first_digit = Some(FirstDigit { tens: digit, pressed: now });
            self.journey.touched();
            return Some(Meant::Waits);
        }
        self.targets.of_key(Key::Digit(digit)).map(Meant::Action)
    }

    /// No second one came in time.
    pub(super) fn first_digit_lapses(&mut self, now: Duration) {
        let waits = |first: &mut FirstDigit| now.saturating_sub(first.pressed) < SECOND_WITHIN;
        self.hold.first_digit = self.hold.first_digit.take_if(waits);
    }
}
