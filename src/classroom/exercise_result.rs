//! What an exercise was worth, as a trainee's program tells it to the console.

use crate::training::judge::Outcome;
use serde::{Deserialize, Serialize};

/// What an exercise was worth.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ExerciseResult {
    /// Counts up in a run of the trainee's program: what is sent again is known by it.
    pub number: u32,
    pub exercise: String,
    pub title: String,
    pub passed: bool,
    /// 0 to 100.
    pub score: u8,
    pub seconds: u32,
    pub presses: u32,
    pub hints: u32,
    pub reasons: Vec<Reason>,
}

/// A fact of an exercise, and what became of it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Reason {
    /// The fact's word, as in the exercise's file.
    pub fact: String,
    /// Whom or what it is about, in words of the file, such as `may-book`; empty if nobody.
    pub about: String,
    pub outcome: Outcome,
}
