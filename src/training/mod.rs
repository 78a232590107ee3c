//! Exercises of a training: what one is, how its file is read and checked, what a trainee did, what
//! became of the practice world, and how both are judged. Pure: files, clock, service and screens
//! are the edges'. A run is judged by facts of the service's database and of the journey, and the
//! same run always gets the same score.
//!
//! - `exercise`: an exercise as data, with its `fact`s and its `fault`s.
//! - `screen_name`, `act`: the words by which files and traces name screens and what trainees do.
//! - `reading`: the exercises' files, and every mistake in them; `people`: whom they can name.
//! - `trace`: the steps of one run; `world`: the practice world before it and after it.
//! - `judge`: a run's verdict; `debrief`: what the trainee is shown of it; `results`: what was done
//!   before.

pub mod act;
pub mod debrief;
pub mod exercise;
pub mod fact;
pub mod fault;
pub mod judge;
pub mod people;
pub mod reading;
pub mod results;
pub mod role;
pub mod screen_name;
pub mod trace;
mod words;
pub mod world;
