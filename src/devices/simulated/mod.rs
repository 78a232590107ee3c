//! The simulated devices of the training and of tests: reader, printer, clock, and the practice
//! people with their cards.

pub mod clock;
pub mod people;
#[cfg(feature = "kiosk")]
pub mod printer;
pub mod reader;
