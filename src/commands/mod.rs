//! A file or folder a subcommand, which wires rooms together, and what several of them need: the
//! command line, standard output, the machine (time, randomness, environment), the locale, whose
//! an address is, tables that grow on the disk, and the people of the practice round.

#[cfg(feature = "server")]
pub mod admin;
#[cfg(feature = "pcsc")]
pub mod card;
#[cfg(feature = "staff-card")]
pub mod card_helper;
#[cfg(feature = "server")]
pub mod cli;
#[cfg(all(feature = "kiosk", feature = "server"))]
pub mod demo;
#[cfg(feature = "kiosk")]
pub mod doctor;
#[cfg(feature = "kiosk")]
pub mod kiosk;
pub mod locale;
#[cfg(any(feature = "kiosk", feature = "server"))]
pub mod machine;
#[cfg(all(feature = "kiosk", feature = "server"))]
mod peer;
#[cfg(feature = "server")]
pub mod practice_people;
#[cfg(feature = "rush")]
pub mod rush;
#[cfg(feature = "server")]
pub mod serve;
#[cfg(feature = "staff-card")]
pub mod staff_card;
#[cfg(feature = "server")]
mod staff_cards;
mod stdout;
#[cfg(all(feature = "kiosk", feature = "server"))]
mod table_file;
#[cfg(all(feature = "kiosk", feature = "server"))]
pub mod trainer;
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
    Demo(demo::DemoArguments),
    /// The console for a room of trainees: their screens, faults, exercises, messages and results.
    #[cfg(all(feature = "kiosk", feature = "server"))]
    Trainer(trainer::TrainerArguments),
    /// The kiosk with its real devices, against a service.
    #[cfg(feature = "kiosk")]
    Kiosk(kiosk::KioskArguments),
    /// The system check as a report: terminal, fonts, reader, printer, service, clock. Exit status
    /// 0: all passes; 1: not.
    #[cfg(feature = "kiosk")]
    Doctor(doctor::DoctorArguments),
    /// A virtual NHI card in the virtual reader of vsmartcard, for whoever develops a kiosk. Until
    /// it is stopped it is in.
    #[cfg(feature = "pcsc")]
    Card(card::CardArguments),
    /// The process that loads the module of staff cards. A kiosk starts it by itself.
    #[cfg(feature = "staff-card")]
    #[command(hide = true)]
    CardHelper(card_helper::CardHelperArguments),
    /// The booking service.
    #[cfg(feature = "server")]
    Serve(cli::Common),
    /// For whoever runs a service: keys, kiosks, a round to practise with.
    #[cfg(feature = "server")]
    #[command(subcommand)]
    Admin(admin::AdminCommand),
    /// A flash crowd of kiosks against a service with a practice round. Exit status 0: nothing
    /// lost, nothing doubled; 1: something.
    #[cfg(feature = "rush")]
    Rush(rush::RushArguments),
    /// Check a receipt's text without a network. Exit status 0: valid; 1: not.
    Verify(verify::VerifyArguments),
}

impl Arguments {
    pub fn run(self) -> ExitCode {
        match self.command {
            #[cfg(all(feature = "kiosk", feature = "server"))]
            Command::Demo(arguments) => demo::run(&arguments),
            #[cfg(all(feature = "kiosk", feature = "server"))]
            Command::Trainer(arguments) => trainer::run(&arguments),
            #[cfg(feature = "kiosk")]
            Command::Kiosk(arguments) => kiosk::run(&arguments),
            #[cfg(feature = "kiosk")]
            Command::Doctor(arguments) => doctor::run(&arguments),
            #[cfg(feature = "pcsc")]
            Command::Card(arguments) => card::run(&arguments),
            #[cfg(feature = "staff-card")]
            Command::CardHelper(arguments) => card_helper::run(arguments),
            #[cfg(feature = "server")]
            Command::Serve(common) => serve::run(&common),
            #[cfg(feature = "server")]
            Command::Admin(command) => command.run(),
            #[cfg(feature = "rush")]
            Command::Rush(arguments) => rush::run(&arguments),
            Command::Verify(arguments) => verify::run(&arguments),
        }
    }
}
