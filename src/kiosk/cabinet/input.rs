//! What reaches the kiosk from keys and fingers.

use crate::kiosk::widgets::targets::Direction;

/// What a person does with keys and fingers. Columns and rows count from 0.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Input {
    Digit(u8),
    /// A key of the numeric block or the keyboard with a meaning of its own: `*` home, `/` help,
    /// `+` Chinese, `.` language, `-` back, `=` clearer.
    Sign(char),
    Enter,
    /// Outside of a counter's fields the same as Enter.
    Space,
    Escape,
    Backspace,
    Tab,
    BackTab,
    Arrow(Direction),
    /// F1 to F12.
    Function(u8),
    /// A page of a list up or down.
    PageUp,
    PageDown,
    /// Ctrl-L and Ctrl-O: a counter is locked, its staff log out.
    Lock,
    LogOut,
    /// Ctrl-C: nothing for the public; in training it opens the trainer's drawer where the way out
    /// is.
    Interrupt,
    /// Ctrl-T: the card with the task of an exercise.
    Task,
    Press {
        x: u16,
        y: u16,
    },
    Release {
        x: u16,
        y: u16,
    },
    Resize,
}
