//! A row of the trainer's list: a trainee, their screen, and how far they are.

use crate::classroom::exercise_result::ExerciseResult;
use crate::classroom::wire::{Hello, Offered, Progress};
use jiff::Timestamp;
use ratatui::buffer::Buffer;
use std::time::Duration;

/// A connection, by a number that is never used twice.
pub type LineId = u64;
/// A row, by its number from 1.
pub type SeatNumber = u32;

/// Whether the trainee's program is there.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Presence {
    /// `heard`: uptime at which something last came.
    Here {
        line: LineId,
        heard: Duration,
    },
    LostSince(Timestamp),
}

/// A result, with the time at which it came.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Kept {
    pub when: Timestamp,
    pub seat: SeatNumber,
    /// As it was typed; empty if no name was.
    pub name: String,
    /// Of the run of the trainee's program in which it was done.
    pub token: String,
    pub result: ExerciseResult,
}

/// A trainee.
#[derive(Clone, PartialEq, Debug)]
pub struct Seat {
    pub number: SeatNumber,
    pub hello: Hello,
    /// The four letters that stand on the trainee's own screen.
    pub sign: String,
    pub presence: Presence,
    pub screen: Option<Buffer>,
    pub offers: Vec<Offered>,
    pub progress: Progress,
    pub is_paused: bool,
    /// Of this trainee, the oldest first.
    pub results: Vec<Kept>,
}

impl Seat {
    pub fn new(number: SeatNumber, hello: Hello, sign: String, presence: Presence) -> Self {
        Self {
            number,
            hello,
            sign,
            presence,
            screen: None,
            offers: Vec::new(),
            progress: Progress::default(),
            is_paused: false,
            results: Vec::new(),
        }
    }

    /// The line to the trainee's program, while it is there.
    pub fn line(&self) -> Option<LineId> {
        match self.presence {
            Presence::Here { line, .. } => Some(line),
            Presence::LostSince(_) => None,
        }
    }

    pub fn is_here(&self) -> bool {
        self.line().is_some()
    }

    /// The name that was typed, or else the sign that is on their screen.
    pub fn label(&self) -> &str {
        if self.hello.name.is_empty() { &self.sign } else { &self.hello.name }
    }
}
