//! The contract between a kiosk and the booking service: paths, requests, answers and problems.
//! Both sides share these types. How they are sent is in `client` and `server`.

pub mod attendance;
pub mod audit;
pub mod bookings;
pub mod captchas;
pub mod intentions;
pub mod paths;
pub mod problem;
pub mod queries;
pub mod sessions;
pub mod sites;
pub mod staff;
pub mod time;
