//! A room of trainees and their trainer: what goes over the wire between them, what the trainer's
//! console knows and shows, and what is kept of results. Pure: connections, terminal, clock and
//! files are in `commands`.
//!
//! - `code`: the code that both sides know, and how they prove it; `tries`: wrong ones.
//! - `wire`: what they tell each other; `exercise_result`: what an exercise was worth; `shot`: a
//!   screen as it goes over the wire.
//! - `console`: the trainer's console as a state machine, and its pages.
//! - `results`: the table of results; `report`: a person's page.

pub mod code;
pub mod console;
pub mod exercise_result;
pub mod fact_names;
pub mod report;
pub mod results;
pub mod shot;
pub mod tries;
pub mod wire;
