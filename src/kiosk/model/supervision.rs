//! What the trainer of a room has set at this kiosk, from their own console. Only in training.

use crate::training::exercise::Exercise;
use crate::training::fault::FaultKind;
use std::collections::VecDeque;

/// Messages that may wait to be acknowledged. A further one takes the place of the oldest.
const MOST_MESSAGES: usize = 8;

/// What comes from the trainer's console.
#[derive(Clone, PartialEq, Debug)]
pub enum TrainerEvent {
    /// The console is there; these letters stand in its list too.
    Joined {
        sign: String,
    },
    /// The console is gone, or cannot be reached.
    Lost,
    /// A message, which is acknowledged by the trainee.
    Says(String),
    /// No input is taken, and time stands still; or it goes on.
    Paused(bool),
    Fault(FaultKind),
    /// Line, reader and printer work as usual.
    AllWell,
    /// Begins an exercise of the shelf, by its id.
    Begin(String),
    /// Begins an exercise that the trainer has. It stays on the shelf.
    BeginOwn(Box<Exercise>),
    /// Ends the exercise, which is judged as it stands.
    EndExercise,
    /// Ends the program.
    Close,
}

/// An exercise that the trainer wants begun.
#[derive(Clone, PartialEq, Debug)]
pub enum Wanted {
    /// By its id.
    OfShelf(String),
    Own(Box<Exercise>),
}

/// What the trainer has set.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Supervision {
    /// Four letters, while the console is there.
    pub sign: Option<String>,
    pub is_paused: bool,
    /// Begins as soon as the world has answered what it was asked before.
    pub wanted: Option<Wanted>,
    /// Not acknowledged yet, the oldest first.
    messages: VecDeque<String>,
}

/// What of the trainer lies over all of the screen.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TrainersWord<'a> {
    Paused,
    Message(&'a str),
}

impl Supervision {
    pub fn word(&self) -> Option<TrainersWord<'_>> {
        if self.is_paused {
            return Some(TrainersWord::Paused);
        }
        self.messages.front().map(|text| TrainersWord::Message(text))
    }

    pub fn says(&mut self, text: String) {
        if self.messages.len() >= MOST_MESSAGES {
            self.messages.pop_front();
        }
        self.messages.push_back(text);
    }

    /// The trainee has read the message that is on the screen.
    pub fn acknowledge(&mut self) {
        if !self.is_paused {
            self.messages.pop_front();
        }
    }

    /// How many messages wait to be acknowledged.
    pub fn unread(&self) -> usize {
        self.messages.len()
    }

    /// Without a trainer nobody could let it go on.
    pub fn lost(&mut self) {
        (self.sign, self.is_paused) = (None, false);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_read_one_by_one_and_a_pause_lies_over_them() {
        let mut supervision = Supervision::default();
        for nth in 0..10 {
            supervision.says(nth.to_string());
        }
        assert_eq!(supervision.unread(), MOST_MESSAGES);
        assert_eq!(supervision.word(), Some(TrainersWord::Message("2")));
        supervision.is_paused = true;
        supervision.acknowledge();
        assert_eq!(supervision.word(), Some(TrainersWord::Paused));
        supervision.lost();
        supervision.acknowledge();
        assert_eq!(supervision.word(), Some(TrainersWord::Message("3")));
    }
}
