//! `vaxkiosk card-helper`: the process in which a kiosk loads the module of staff cards. The kiosk
//! starts and ends it; nobody else does.

use super::machine;
use crate::devices::pkcs11::{ModuleOptions, helper};
use rustix::process::{Signal, set_parent_process_death_signal};
use rustix::stdio::{dup2_stdin, dup2_stdout};
use std::fs::File;
use std::io::{stdin, stdout};
use std::os::fd::AsFd;
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Debug, clap::Args)]
pub struct CardHelperArguments {
    #[arg(long)]
    module: PathBuf,
    #[arg(long)]
    slot_number: Option<u64>,
    #[arg(long)]
    slot_named: Option<String>,
    #[arg(long)]
    token_label: Option<String>,
}

pub fn run(arguments: CardHelperArguments) -> ExitCode {
    match pipes() {
        Ok((requests, answers)) => {
            let CardHelperArguments { module, slot_number, slot_named, token_label } = arguments;
            let options = ModuleOptions { module, slot_number, slot_named, token_label };
            helper::serve(options, requests, answers);
            ExitCode::SUCCESS
        }
        Err(_) => ExitCode::FAILURE,
    }
}

/// The ends of the kiosk's pipes, which from now on are neither standard input nor output: a module
/// that prints something must not write into the answers. The helper ends with the kiosk even if
/// the module hangs, and leaves no picture of its memory behind.
fn pipes() -> std::io::Result<(File, File)> {
    machine::leave_no_core()?;
    set_parent_process_death_signal(Some(Signal::KILL))?;
    let requests = stdin().as_fd().try_clone_to_owned()?;
    let answers = stdout().as_fd().try_clone_to_owned()?;
    let nowhere = File::options().read(true).write(true).open("/dev/null")?;
    dup2_stdin(&nowhere)?;
    dup2_stdout(&nowhere)?;
    Ok((requests.into(), answers.into()))
}
