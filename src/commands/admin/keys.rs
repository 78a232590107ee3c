//! `vaxkiosk admin keys`: makes the file of secrets, once.

use super::Common;
use crate::commands::cli::{CommandError, Voice};
use crate::commands::machine;
use crate::config::keys::KeysFile;
use crate::config::server::ServerConfig;
use crate::i18n::messages as say;
use crate::receipt::signing::ReceiptSigner;
use std::process::ExitCode;

#[derive(Debug, clap::Args)]
pub struct KeysArguments {
    #[command(flatten)]
    common: Common,
}

pub fn run(arguments: &KeysArguments) -> ExitCode {
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
