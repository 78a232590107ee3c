//! `vaxkiosk admin`: for whoever runs a service. Each works on the service's database, while it
//! runs or not.

mod device;
mod import;
mod keys;
mod plan;
mod practice;
mod round;

use super::cli::Common;
use clap::Subcommand;
use indicatif::ProgressStyle;
use std::process::ExitCode;

#[derive(Debug, Subcommand)]
pub enum AdminCommand {
    /// Make the file of secrets that the settings name.
    Keys(keys::KeysArguments),
    /// The kiosks that the service knows.
    #[command(subcommand)]
    Device(device::DeviceCommand),
    /// Rounds: add, open, settle, close, report.
    #[command(subcommand)]
    Round(round::RoundCommand),
    /// Sites, slots and roster from CSV files: all or nothing.
    #[command(subcommand)]
    Import(import::ImportCommand),
    /// Fill an empty database with a made-up round, people and kiosks, to try a service out with
    /// `vaxkiosk rush`.
    Practice(practice::PracticeArguments),
}

impl AdminCommand {
    pub fn run(&self) -> ExitCode {
        match self {
            AdminCommand::Keys(arguments) => keys::run(arguments),
            AdminCommand::Device(command) => device::run(command),
            AdminCommand::Round(command) => round::run(command),
            AdminCommand::Import(command) => import::run(command),
            AdminCommand::Practice(arguments) => practice::run(arguments),
        }
    }
}

/// How long work shows how far it is.
fn bar() -> ProgressStyle {
    ProgressStyle::with_template("{wide_bar} {human_pos}/{human_len} {eta}")
        .unwrap_or_else(|_| ProgressStyle::default_bar())
}
