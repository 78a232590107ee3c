//! `vaxkiosk admin keys`: makes the file of secrets, once, and prints what is derived from it.

use super::Common;
use crate::commands::cli::{CommandError, Voice, read, settings};
use crate::commands::machine;
use crate::config::keys::KeysFile;
use crate::i18n::messages as say;
use crate::receipt::signing::ReceiptSigner;
use clap::Subcommand;
use std::process::ExitCode;

#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct KeysArguments {
    #[command(flatten)]
    common: Common,
    #[command(subcommand)]
    command: Option<KeysCommand>,
}

#[derive(Debug, Subcommand)]
enum KeysCommand {
    /// Print the administrator's token, which `POST /v1/admin/audit` asks for.
    Token(Common),
}

pub fn run(arguments: &KeysArguments) -> ExitCode {
    let (common, work): (_, fn(&Common, &Voice) -> _) = match &arguments.command {
        None => (&arguments.common, make),
        Some(KeysCommand::Token(common)) => (common, token),
    };
    let voice = Voice::new(common);
    match work(common, &voice) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.tell(&voice),
    }
}

fn make(common: &Common, voice: &Voice) -> Result<(), CommandError> {
    let config = settings(common)?;
    let receipts = machine::random();
    KeysFile::create(&config.keys, &machine::random(), &receipts)
        .map_err(|cause| CommandError::File(config.keys.clone(), cause))?;
    voice.tell(&say::KeysMade { file: config.keys.display().to_string().into() });
    let public = hex::encode(ReceiptSigner::from_secret(&receipts).public_key());
    voice.tell(&say::KeysPublic { key: public.into() });
    Ok(())
}

/// The token is derived from the root secret each time; it stands in no file.
fn token(common: &Common, voice: &Voice) -> Result<(), CommandError> {
    let (_, secrets) = read(common)?;
    voice.tell(&say::KeysToken { token: secrets.admin_token().into() });
    Ok(())
}
