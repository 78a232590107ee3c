//! The contract between a kiosk and the booking service: paths, requests, answers and problems.
//! Both sides share these types; how they travel, and what is decided, is not here.

pub mod audit;
pub mod bookings;
pub mod captchas;
pub mod intentions;
pub mod paths;
pub mod problem;
pub mod queries;
pub mod sessions;
pub mod sites;
pub mod time;
