//! `vaxkiosk admin`: for whoever runs a service. Each works on the service's database, while it runs or not.

mod device;
mod keys;
mod practice;

use super::opening::Common;
use clap::Subcommand;
use std::process::ExitCode;

#[derive(Debug, Subcommand)]
pub enum AdminCommand {
    /// Make the file of secrets that the settings name.
    Keys(keys::KeysArguments),
    /// The kiosks that the service knows.
    #[command(subcommand)]
    Device(device::DeviceCommand),
    /// Fill an empty database with a made-up round, people and kiosks, to try a service out with `vaxkiosk rush`.
    Practice(practice::PracticeArguments),
}

impl AdminCommand {
    pub fn run(&self) -> ExitCode {
        match self {
            AdminCommand::Keys(arguments) => keys::run(arguments),
            AdminCommand::Device(command) => device::run(command),
            AdminCommand::Practice(arguments) => practice::run(arguments),
        }
    }
}
