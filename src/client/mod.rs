//! The booking service as its callers see it: `calls` (each call beside its answer and its faults)
//! and `http` (how a call travels; those of people are in `people`). Used by the kiosk, the rush
//! and tests.

pub mod calls;
pub mod http;
mod people;
