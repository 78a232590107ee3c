//! The rules of public vaccination booking, as plain functions and types: `now` is always an
//! argument. Nothing here reads a clock, a random number, the environment, a file or a network, or
//! imports another room.

pub mod attendance;
pub mod backoff;
pub mod booking;
pub mod booking_number;
pub mod card;
pub mod channel;
pub mod earliest;
pub mod eligibility;
pub mod identity;
pub mod intention;
pub mod language;
pub mod outline;
pub mod person;
pub mod personal;
pub mod phone;
pub mod refusal;
pub mod region;
pub mod registering;
pub mod round;
pub mod setting_aside;
pub mod site;
pub mod splitmix;
pub mod staff;
pub mod taipei;
