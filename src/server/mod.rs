//! The booking service: `routes` (thin), `engine` (use-cases and the one writer), `catalog` (what
//! the crowd reads), `store` (the only SQL), `auth`; `service` puts them together. It takes its
//! listener, clock, randomness and secrets as arguments (`env`), so that tests and the training run
//! the real one. It never knows of screens, and reads no clock, randomness or environment by
//! itself.

pub mod absences;
pub mod admission;
pub mod auth;
pub mod captcha;
pub mod catalog;
pub mod connections;
pub mod ended_tokens;
pub mod engine;
pub mod env;
pub mod fhir;
pub mod heard_desks;
mod hexadecimal;
pub mod keys;
pub mod limits;
pub mod lockout;
pub mod metrics;
pub mod notify;
pub mod otp;
pub mod passwords;
pub mod publishing;
pub mod refused_log_ins;
pub mod retention;
pub mod routes;
pub mod sealer;
pub mod service;
pub mod site_days;
pub mod staff;
pub mod store;
pub mod tls;
pub mod watch;
