//! Which inputs a person can have meant: not what comes before they can have seen the screen, and
//! not what a held key repeats. Pure; time is handed in with each input.

use super::input::Input;
use crate::kiosk::model::action::Action;
use std::time::Duration;

/// An input sooner than this after another screen was shown was meant for the one before: people
/// need about 250 ms from a change on a screen to a press (simple reaction time), and a bouncing or
/// double press comes within 200 ms.
const SEEN_AFTER: Duration = Duration::from_millis(350);
/// The same key sooner than this is one that is held: terminals repeat each 30 to 40 ms, and the
/// first repeat of a fast typist's own presses comes after some 150 ms.
const REPEATS_WITHIN: Duration = Duration::from_millis(120);
/// Somebody who typed a whole number goes on with Enter by habit: on a page that came by itself
/// with the last digit no key is taken that soon, because nobody has read it.
const TYPED_FOR: Duration = Duration::from_secs(1);
/// After the focus had to move by itself, no key is taken for so long.
const JUMPED_FOR: Duration = Duration::from_secs(1);

/// What an input is for, as far as it matters here.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    /// It goes into a field, where the same digit may be meant twice in a row as fast as somebody
    /// types.
    Typed,
    /// The trainer's keys are nobody's answer to a screen.
    Trainers,
    /// It answers what is on the screen.
    Answer,
}

#[derive(Clone, Debug, Default)]
pub(super) struct Guard {
    /// Nothing is taken before this.
    until: Duration,
    /// No key but one that types is taken before this: the focus moved by itself. A finger sees
    /// what it touches.
    keys_from: Duration,
    /// When something was typed last.
    typed: Option<Duration>,
    /// When the buttons of the same screen last changed.
    redrawn: Option<Duration>,
    /// The last key and when it came, whether it was taken or not.
    last: Option<(Input, Duration)>,
    /// The button that was tapped last, and when.
    tapped: Option<(Action, Duration)>,
}

impl Guard {
    /// Another screen is shown from now on.
    pub fn shown(&mut self, now: Duration) {
        self.until = now + SEEN_AFTER;
        self.keys_from = self.typed.map_or(Duration::ZERO, |at| at + TYPED_FOR);
        self.redrawn = None;
    }

    /// What had the focus is gone, and it is on something else now.
    pub fn jumped(&mut self, now: Duration) {
        self.keys_from = now + JUMPED_FOR;
    }

    /// Buttons of the same screen are others now.
    pub fn redrawn(&mut self, now: Duration) {
        self.redrawn = Some(now);
    }

    /// Whether buttons changed so shortly ago that a touch may have been meant for what was there.
    pub fn was_redrawn(&self, now: Duration) -> bool {
        self.redrawn.is_some_and(|at| now < at + SEEN_AFTER)
    }

    /// Whether a tap on a button counts. A double tap on one that stays where it is means it once,
    /// unless each tap of it means something.
    pub fn admits_tap(&mut self, action: Action, means_it_again: bool, now: Duration) -> bool {
        let again = self
            .tapped
            .is_some_and(|(tapped, at)| tapped == action && now.saturating_sub(at) < SEEN_AFTER);
        self.tapped = Some((action, now));
        means_it_again || !again
    }

    /// Whether an input counts.
    pub fn admits(&mut self, input: Input, kind: Kind, now: Duration) -> bool {
        let types = kind == Kind::Typed;
        match input {
            // A finger that is lifted ends a press that was admitted; a size is no press.
            Input::Release { .. } | Input::Resize => return true,
            Input::Press { .. } => return now >= self.until,
            _ if kind == Kind::Trainers => {}
            Input::Function(_)
            | Input::Interrupt
            | Input::Task
            | Input::Digit(_)
            | Input::Sign(_)
            | Input::Enter
            | Input::Space
            | Input::PageUp
            | Input::PageDown
            | Input::Lock
            | Input::LogOut
            | Input::Escape
            | Input::Backspace
            | Input::Tab
            | Input::BackTab
            | Input::Arrow(_) => {
                if now < self.until || !types && now < self.keys_from {
                    self.last = Some((input, now));
                    return false;
                }
            }
        }
        let held = self
            .last
            .is_some_and(|(last, at)| last == input && now.saturating_sub(at) < REPEATS_WITHIN);
        self.last = Some((input, now));
        if types {
            self.typed = Some(now);
        }
        types || !held
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kiosk::model::action::ScreenAction;
    use rstest::rstest;

    fn at(ms: u64) -> Duration {
        Duration::from_millis(ms)
    }

    /// As in the training of a kiosk, whose trainer has the first keys, and of a counter, which has
    /// the others.
    fn kind_of(input: Input) -> Kind {
        match input {
            Input::Function(1..=6) => Kind::Trainers,
            _ => Kind::Answer,
        }
    }

    #[rstest]
    #[case::at_once(Input::Enter, 0, false)]
    #[case::a_double_press(Input::Enter, 200, false)]
    #[case::a_digit(Input::Digit(1), 349, false)]
    #[case::a_finger(Input::Press { x: 1, y: 1 }, 349, false)]
    #[case::seen(Input::Enter, 350, true)]
    #[case::a_finger_that_saw_it(Input::Press { x: 1, y: 1 }, 350, true)]
    #[case::the_trainer(Input::Function(2), 0, true)]
    #[case::a_counters_key_at_once(Input::Function(9), 349, false)]
    #[case::a_take_back(Input::Function(11), 349, false)]
    #[case::the_next_person(Input::Function(12), 200, false)]
    #[case::a_counters_key(Input::Function(12), 350, true)]
    #[case::another_size(Input::Resize, 0, true)]
    fn a_press_counts_once_the_screen_was_seen(
        #[case] input: Input,
        #[case] after: u64,
        #[case] counts: bool,
    ) {
        let mut guard = Guard::default();
        guard.shown(at(5000));
        assert_eq!(guard.admits(input, kind_of(input), at(5000 + after)), counts);
    }

    #[test]
    fn a_held_key_counts_once_however_long_it_is_held() {
        let mut guard = Guard::default();
        assert!(guard.admits(Input::Enter, Kind::Answer, at(0)));
        for ms in (33..3000).step_by(33) {
            assert!(!guard.admits(Input::Enter, Kind::Answer, at(ms)), "at {ms}");
        }
        assert!(guard.admits(Input::Enter, Kind::Answer, at(3300)));
        assert!(guard.admits(Input::Digit(1), Kind::Answer, at(3310)), "another key");
    }

    #[test]
    fn a_key_held_across_screens_stays_held() {
        let mut guard = Guard::default();
        guard.shown(at(0));
        for ms in (0..2000).step_by(100) {
            assert!(!guard.admits(Input::Enter, Kind::Answer, at(ms)) || ms == 0, "at {ms}");
        }
    }

    #[test]
    fn a_field_takes_the_same_digit_as_fast_as_it_comes() {
        let mut guard = Guard::default();
        assert!((0..10).all(|nth| guard.admits(Input::Digit(0), Kind::Typed, at(nth))));
    }

    #[test]
    fn a_double_tap_means_it_once() {
        let (mut guard, sort) = (Guard::default(), ScreenAction::Sort.into());
        assert!(guard.admits_tap(sort, false, at(0)));
        assert!(!guard.admits_tap(sort, false, at(200)));
        assert!(guard.admits_tap(ScreenAction::More.into(), false, at(210)));
        assert!(guard.admits_tap(sort, false, at(220)));
        assert!(guard.admits_tap(sort, false, at(570)));
        assert!(guard.admits_tap(ScreenAction::Erase.into(), true, at(580)));
        assert!(guard.admits_tap(ScreenAction::Erase.into(), true, at(590)));
    }

    #[test]
    fn the_enter_of_habit_after_a_number_is_nobodys_answer_to_the_next_page() {
        let mut guard = Guard::default();
        assert!(guard.admits(Input::Digit(7), Kind::Typed, at(0)));
        guard.shown(at(20));
        assert!(!guard.admits(Input::Enter, Kind::Answer, at(999)));
        assert!(!guard.admits(Input::Digit(1), Kind::Answer, at(999)));
        assert!(guard.admits(Input::Digit(1), Kind::Typed, at(400)), "the next number");
        // A page that waits for the service, and the one that comes then.
        guard.shown(at(410));
        guard.shown(at(600));
        assert!(!guard.admits(Input::Enter, Kind::Answer, at(1399)));
        assert!(guard.admits(Input::Press { x: 1, y: 1 }, Kind::Answer, at(1399)), "a finger sees");
        assert!(guard.admits(Input::Enter, Kind::Answer, at(1600)));
        guard.shown(at(2000));
        assert!(guard.admits(Input::Enter, Kind::Answer, at(2350)), "nothing was typed there");
    }

    #[test]
    fn no_key_is_taken_for_a_second_after_the_focus_jumped() {
        let mut guard = Guard::default();
        guard.jumped(at(100));
        assert!(!guard.admits(Input::Enter, Kind::Answer, at(1099)));
        assert!(guard.admits(Input::Press { x: 1, y: 1 }, Kind::Answer, at(200)));
        assert!(
            guard.admits(Input::Digit(5), Kind::Typed, at(200)),
            "what is typed needs no focus"
        );
        assert!(guard.admits(Input::Enter, Kind::Answer, at(1300)));
        assert!(!guard.was_redrawn(at(1300)));
        guard.redrawn(at(1400));
        assert!(guard.was_redrawn(at(1749)) && !guard.was_redrawn(at(1750)));
    }
}
