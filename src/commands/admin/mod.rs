//! `vaxkiosk admin`: for whoever runs a service. Each works on the service's database, while it
//! runs or not.

mod audit;
mod backup;
mod closing;
mod device;
mod export;
mod import;
mod institution;
mod keys;
mod person;
mod plan;
mod practice;
mod report;
mod round;
mod site;
mod slot;

use super::cli::Common;
use clap::Subcommand;
use indicatif::ProgressStyle;
use std::process::ExitCode;

#[derive(Debug, Subcommand)]
pub enum AdminCommand {
    /// Make the file of secrets that the settings name.
    Keys(keys::KeysArguments),
    /// Copy the database into a file, while it is in use.
    Backup(backup::BackupArguments),
    /// Put a copy in the place of a database that is gone: it is checked first, and the numbers of
    /// bookings jump, so that none is given twice.
    Restore(backup::RestoreArguments),
    /// Who did what: show the trail, and check that it is whole.
    #[command(subcommand)]
    Audit(audit::AuditCommand),
    /// What a person may ask of whoever runs the service: to be erased.
    #[command(subcommand)]
    Person(person::PersonCommand),
    /// The kiosks that the service knows.
    #[command(subcommand)]
    Device(device::DeviceCommand),
    /// The institutions at whose devices staff log in, and their representatives.
    #[command(subcommand)]
    Institution(institution::InstitutionCommand),
    /// Rounds: add, open, settle, close, report.
    #[command(subcommand)]
    Round(round::RoundCommand),
    /// The sites of a round: list, close.
    #[command(subcommand)]
    Site(site::SiteCommand),
    /// The slots of a round: list, close.
    #[command(subcommand)]
    Slot(slot::SlotCommand),
    /// Sites, slots and roster from CSV files: all or nothing.
    #[command(subcommand)]
    Import(import::ImportCommand),
    /// Appointments and vaccinations, for programs of others.
    #[command(subcommand)]
    Export(export::ExportCommand),
    /// Fill an empty database with a made-up round, people and kiosks, to try a service out with
    /// `vaxkiosk rush`.
    Practice(practice::PracticeArguments),
}

impl AdminCommand {
    pub fn run(&self) -> ExitCode {
        match self {
            AdminCommand::Keys(arguments) => keys::run(arguments),
            AdminCommand::Backup(arguments) => backup::backup(arguments),
            AdminCommand::Restore(arguments) => backup::restore(arguments),
            AdminCommand::Audit(command) => audit::run(command),
            AdminCommand::Person(command) => person::run(command),
            AdminCommand::Device(command) => device::run(command),
            AdminCommand::Institution(command) => institution::run(command),
            AdminCommand::Round(command) => round::run(command),
            AdminCommand::Site(command) => site::run(command),
            AdminCommand::Slot(command) => slot::run(command),
            AdminCommand::Import(command) => import::run(command),
            AdminCommand::Export(command) => export::run(command),
            AdminCommand::Practice(arguments) => practice::run(arguments),
        }
    }
}

/// How long work shows how far it is.
fn bar() -> ProgressStyle {
    ProgressStyle::with_template("{wide_bar} {human_pos}/{human_len} {eta}")
        .unwrap_or_else(|_| ProgressStyle::default_bar())
}
