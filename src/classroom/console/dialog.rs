//! What lies over the console's page: what is to go wrong, which exercise, which message, and
//! whether something is really to be ended.

use super::seat::SeatNumber;
use crate::classroom::wire::Trouble;

/// For whom something is done.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum To {
    /// All who are there.
    All,
    One(SeatNumber),
}

/// What is asked for once more.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Sure {
    /// The exercise of these is ended and judged as it stands.
    EndExercise(To),
    /// The programs of these are ended.
    Close(To),
    /// The console itself is ended.
    Quit,
}

/// What lies over the page.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Dialog {
    /// Which of [`Trouble::ALL`] is marked.
    Troubles {
        to: To,
        marked: usize,
    },
    /// Which exercise is marked.
    Exercises {
        to: To,
        marked: usize,
    },
    Message {
        to: To,
        text: String,
    },
    Sure(Sure),
}

/// An exercise that can be begun.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Choice {
    pub title: String,
    pub id: String,
    /// The text of its file, where the trainer has it; otherwise the trainee's program has it.
    pub text: Option<String>,
}

/// The key of a choice: 1 to 9, and 0 for the tenth.
pub fn digit(at: usize) -> Option<char> {
    match at {
        0..9 => char::from_digit(at as u32 + 1, 10),
        9 => Some('0'),
        _ => None,
    }
}

/// The choice that a key is for.
pub fn of_digit(key: char) -> Option<usize> {
    match key.to_digit(10)? {
        0 => Some(9),
        digit => Some(digit as usize - 1),
    }
}

/// How many troubles there are.
pub const TROUBLES: usize = Trouble::ALL.len();

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_of_ten_choices_has_a_key_of_its_own() {
        for at in 0..10 {
            assert_eq!(digit(at).and_then(of_digit), Some(at));
        }
        assert_eq!(digit(10), None);
        assert_eq!(of_digit('x'), None);
    }
}
