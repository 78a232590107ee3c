//! Writes man pages and shell completions from the same definition that reads the command line:
//! `cargo run --example manual -- FOLDER SUBCOMMAND…`, with the subcommands of the program in the
//! package. An example, so that nothing of it is in the program.

use clap::{Command, CommandFactory};
use clap_complete::{Shell, generate_to};
use std::path::Path;
use vaxkiosk::commands::Arguments;

/// The program's command line with these subcommands and no others.
fn with_only(names: &[String]) -> Command {
    let all = Arguments::command();
    let mut few =
        Command::new("vaxkiosk").version(env!("CARGO_PKG_VERSION")).arg_required_else_help(true);
    if let Some(about) = all.get_about() {
        few = few.about(about.clone());
    }
    for name in names {
        let found = all.find_subcommand(name);
        few = few.subcommand(found.unwrap_or_else(|| panic!("no subcommand {name}")).clone());
    }
    few
}

fn main() -> Result<(), std::io::Error> {
    let mut words = std::env::args().skip(1);
    let folder = words.next().expect("a folder");
    let names: Vec<String> = words.collect();
    assert!(!names.is_empty(), "the subcommands that the program has");
    let folder = Path::new(&folder);
    std::fs::create_dir_all(folder.join("man"))?;
    clap_mangen::generate_to(with_only(&names), folder.join("man"))?;
    for shell in [Shell::Bash, Shell::Zsh, Shell::Fish] {
        generate_to(shell, &mut with_only(&names), "vaxkiosk", folder)?;
    }
    Ok(())
}
