//! The simulated devices of the training and of tests: readers, printer, clock, and the
//! practice people and staff with their cards.

pub mod clock;
pub mod people;
#[cfg(feature = "kiosk")]
pub mod printer;
pub mod reader;
pub mod staff;
#[cfg(feature = "server")]
pub mod staff_card;
