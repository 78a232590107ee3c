//! One file a subcommand: wiring only. Rules, screens and routes are in their rooms.

#[cfg(all(feature = "kiosk", feature = "server"))]
pub mod demo;
pub mod speech;
pub mod verify;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// A six-language vaccination booking kiosk in a terminal, and its booking service.
#[derive(Debug, Parser)]
#[command(name = "vaxkiosk", version, about, long_about = None)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Kiosk and service in one process, for training: no network, no hardware, nothing is real.
    #[cfg(all(feature = "kiosk", feature = "server"))]
    Demo,
    /// Check a receipt's text without a network. Exit status 0: valid; 1: not.
    Verify(verify::VerifyArguments),
}

impl Arguments {
    pub fn run(self) -> ExitCode {
        match self.command {
            #[cfg(all(feature = "kiosk", feature = "server"))]
            Command::Demo => demo::run(),
            Command::Verify(arguments) => verify::run(&arguments),
        }
    }
}
