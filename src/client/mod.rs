//! The booking service as its callers see it: `calls` (each call beside its answer and its faults),
//! `http` (how a call travels), `staff` and `attendance` (how those of staff do). Used by the kiosk,
//! the rush and tests.

mod attendance;
pub mod calls;
pub mod http;
mod staff;
