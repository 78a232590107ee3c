//! The kiosk, in floors from the ground up; each imports only what is below it:
//!
//! - `model`: what is known and what can happen, as data.
//! - `widgets`, with `theme`: what screens are drawn with.
//! - `screens`: one file each, with its state, its actions and its view.
//! - `journey`: the pure state machine.
//! - `cabinet`: journey, screens and focus put together, still pure. Beside it `receipt_page`: a
//!   receipt as a printed page.
//! - `runtime`: the loop that performs effects, the terminal, threads and handles.

pub mod cabinet;
pub mod journey;
pub mod model;
pub mod receipt_page;
pub mod runtime;
pub mod screens;
pub mod theme;
pub mod widgets;
