//! `vaxkiosk admin person`: what a person may ask of whoever runs the service.

use super::Common;
use crate::commands::cli::{CommandError, Voice, read, run_to_end, store};
use crate::commands::machine;
use crate::domain::identity::IdNumber;
use crate::domain::taipei;
use crate::i18n::messages as say;
use crate::server::store::erasure::Erased;
use crate::server::store::people::Credentials;
use clap::Subcommand;
use std::io::BufRead;
use std::process::ExitCode;

#[derive(Debug, Subcommand)]
pub enum PersonCommand {
    /// Erase a person. Their identity number is read from standard input, so that it is in no list
    /// of commands.
    Erase {
        #[command(flatten)]
        common: Common,
    },
}

pub fn run(command: &PersonCommand) -> ExitCode {
    let PersonCommand::Erase { common } = command;
    let voice = Voice::new(common);
    run_to_end(erase(common, &voice)).unwrap_or_else(|error| error.tell(&voice))
}

async fn erase(common: &Common, voice: &Voice) -> Result<ExitCode, CommandError> {
    let (config, secrets) = read(common)?;
    let mut line = zeroize::Zeroizing::new(String::new());
    std::io::stdin().lock().read_line(&mut line)?;
    let store = store(&config, &secrets).await?;
    let person = match IdNumber::parse(line.trim()) {
        Ok(id) => store.person_of_number(&Credentials { id, card: None }).await?,
        Err(_) => None,
    };
    let Some(person) = person else {
        eprintln!("{}", voice.say(&say::PersonUnknown));
        return Ok(ExitCode::FAILURE);
    };
    let now = machine::now();
    let erased = store.erase_person(person, now, taipei::civil(now)).await?;
    store.close().await;
    match erased {
        Erased::Done => {
            voice.tell(&say::PersonErased);
            Ok(ExitCode::SUCCESS)
        }
        Erased::Booked => {
            eprintln!("{}", voice.say(&say::PersonBooked));
            Ok(ExitCode::FAILURE)
        }
    }
}
