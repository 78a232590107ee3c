//! What is known and what can happen, as data: events, actions, effects and tickets; the visit, its
//! person and its errand; the machine that outlives them. The ground floor: it imports no other
//! floor of the kiosk.

pub mod action;
pub mod check_in;
pub mod clearer;
pub mod counter;
pub mod effect;
pub mod errand;
pub mod event;
pub mod exercises;
pub mod group;
pub mod machine;
pub mod person;
pub mod practice;
pub mod printing;
pub mod retry;
pub mod sign_in;
pub mod site;
pub mod staff_problems;
pub mod submission;
pub mod supervision;
pub mod ticket;
pub mod visit;
pub mod wish;
