//! The house of vaxkiosk. Each room may import only what its line says (`tests/architecture.rs`
//! reads the imports and fails on a broken wall):
//!
//! - `domain`: the rules of identity, rounds, sites, slots and bookings. Pure; imports nothing of
//!   ours.
//! - `api`: the contract between kiosk and service. May import `domain`.
//! - `receipt`: the signed receipt and its QR. May import `domain`.
//! - `i18n`: the six languages. May import `domain`.
//! - `config`: what a kiosk and a service are told about themselves. May import `domain`, `i18n`.
//! - `devices`: card readers, printers and clock, real and simulated. May import `domain`, and
//!   `receipt` for what is printed.
//! - `kiosk`: the journey, the screens, the loop. May import all above, never `server`.
//! - `server`: routes, engine, store. May import `domain`, `api`, `receipt`, `config`, never
//!   `kiosk`.
//! - `commands`: one file a subcommand, wiring only. May import all.
#![forbid(unsafe_code)]

pub mod api;
#[cfg(feature = "client")]
pub mod client;
pub mod commands;
pub mod config;
pub mod devices;
pub mod domain;
pub mod i18n;
#[cfg(feature = "kiosk")]
pub mod kiosk;
pub mod receipt;
#[cfg(feature = "server")]
pub mod server;
