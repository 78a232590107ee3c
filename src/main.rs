//! The program: reads its arguments and hands over to a subcommand.
#![forbid(unsafe_code)]

use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    vaxkiosk::commands::Arguments::parse().run()
}
