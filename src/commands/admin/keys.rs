//! `vaxkiosk admin keys`: makes the file of secrets, once; `keys token` shows the administrator's
//! token, which is made from them.

use super::Common;
use crate::commands::cli::{CommandError, Voice, read};
use crate::commands::machine;
use crate::config::keys::KeysFile;
use crate::config::server::ServerConfig;
use crate::i18n::messages as say;
use crate::receipt::signing::ReceiptSigner;
use std::process::ExitCode;

#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct KeysArguments {
    #[command(subcommand)]
    command: Option<KeysCommand>,
    #[command(flatten)]
    common: Common,
}

#[derive(Debug, clap::Subcommand)]
enum KeysCommand {
    /// Show the administrator's token, for the routes of the administrator. It is made from the
    /// secrets, and is as secret.
    Token {
        #[command(flatten)]
        common: Common,
    },
}

pub fn run(arguments: &KeysArguments) -> ExitCode {
    if let Some(KeysCommand::Token { common }) = &arguments.command {
        let voice = Voice::new(common);
        return match read(common) {
            Ok((_, secrets)) => {
                println!("{}", secrets.admin_token());
                ExitCode::SUCCESS
            }
            Err(failure) => failure.tell(&voice),
        };
    }
    let voice = Voice::new(&arguments.common);
    match make(arguments, &voice) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.tell(&voice),
    }
}

fn make(arguments: &KeysArguments, voice: &Voice) -> Result<(), CommandError> {
    let config = ServerConfig::load(&arguments.common.config)?;
    let receipts = machine::random();
    KeysFile::create(&config.keys, &machine::random(), &receipts)
        .map_err(|cause| CommandError::File(config.keys.clone(), cause))?;
    voice.tell(&say::KeysMade { file: config.keys.display().to_string().into() });
    let public = hex::encode(ReceiptSigner::from_secret(&receipts).public_key());
    voice.tell(&say::KeysPublic { key: public.into() });
    Ok(())
}
