//! The house of vaxkiosk. Each room may import only what its line says, the kiosk's floors only
//! what is below them, and no two files import each other: `tests/repository/architecture.rs` reads
//! the imports and fails on a broken wall. `docs/ARCHITECTURE.md` has the ways through the house.
//!
//! - `domain`: the rules of identity, rounds, sites, slots and bookings, and what they are made of.
//!   Pure; imports nothing of ours.
//! - `api`: the contract between kiosk and service. May import `domain`.
//! - `client`: the service as its callers see it. May import `domain`, `api`.
//! - `receipt`: the signed receipt, its QR, and how a page is drawn. May import `domain`.
//! - `i18n`: the six languages. May import `domain`, and `receipt` whose errors it says.
//! - `config`: what a kiosk and a service are told about themselves. May import `domain`, `i18n`.
//! - `devices`: card readers, printers and clock, real and simulated. May import `domain`, and
//!   `receipt` for what is printed.
//! - `training`: exercises, and how a run of one is judged. May import `domain`, `i18n`, and
//!   `devices` for the practice people.
//! - `kiosk`: model, widgets, screens, journey, cabinet, runtime. May import all above.
//! - `server`: routes, engine, catalog, store. May import `domain`, `api`, `receipt`, `i18n` and
//!   `config`, never `kiosk`, `client` or `devices`.
//! - `classroom`: a room of trainees: what goes over the wire between them and their trainer, and
//!   the trainer's console. May import `domain`, `i18n`, `receipt` for what is printed, `training`,
//!   and of `kiosk` the colours.
//! - `commands`: a file or folder a subcommand, and what they share. May import all.
#![forbid(unsafe_code)]

pub mod api;
#[cfg(all(feature = "kiosk", feature = "server"))]
pub mod classroom;
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
#[cfg(feature = "kiosk")]
pub mod training;
