//! `vaxkiosk admin keys`: makes the file of secrets, prints what is derived from it, adds keys and
//! forgets those of before.

use super::Common;
use crate::commands::cli::{CommandError, Voice, address, keys, read, run_to_end, settings, store};
use crate::commands::machine;
use crate::config::keys::{KeysFile, NumberedKeys};
use crate::config::server::ServerConfig;
use crate::i18n::messages as say;
use crate::receipt::signing::ReceiptSigner;
use crate::server::keys::Secrets;
use crate::server::service::seal;
use crate::server::store::Store;
use crate::server::store::error::StoreError;
use crate::server::store::numbered_keys::KeyNumbers;
use crate::server::store::seal::Seal;
use clap::Subcommand;
use indicatif::ProgressBar;
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
    /// Print the public keys of receipts, by their numbers, and the numbers of the root keys.
    Public(Common),
    /// Add a new key, which is in use from then on. With a new root key the database is sealed
    /// anew: the service must be stopped. What was broken off goes on.
    Rotate(RotateArguments),
    /// Remove a key that is in use no more from the file.
    Forget(ForgetArguments),
}

/// Which of the two keys.
#[derive(Clone, Copy, PartialEq, Eq, Debug, clap::ValueEnum)]
enum Which {
    /// The secret from which the keys of the database are derived.
    Root,
    /// The key that signs receipts.
    Receipts,
}

impl Which {
    fn of(self, keys: &mut KeysFile) -> &mut NumberedKeys {
        match self {
            Which::Root => &mut keys.roots,
            Which::Receipts => &mut keys.receipts,
        }
    }

    fn name(self, number: u32) -> String {
        match self {
            Which::Root => format!("root {number}"),
            Which::Receipts => format!("receipts {number}"),
        }
    }
}

#[derive(Debug, clap::Args)]
struct RotateArguments {
    which: Which,
    /// Change only the file: where the database belongs to another user, who then gives the same
    /// command without this.
    #[arg(long)]
    file_only: bool,
    #[command(flatten)]
    common: Common,
}

#[derive(Debug, clap::Args)]
struct ForgetArguments {
    which: Which,
    number: u32,
    #[command(flatten)]
    common: Common,
}

pub fn run(arguments: &KeysArguments) -> ExitCode {
    let common = match &arguments.command {
        None => &arguments.common,
        Some(KeysCommand::Token(common) | KeysCommand::Public(common)) => common,
        Some(KeysCommand::Rotate(rotate)) => &rotate.common,
        Some(KeysCommand::Forget(forget)) => &forget.common,
    };
    let voice = Voice::new(common);
    let done = match &arguments.command {
        None => make(common, &voice),
        Some(KeysCommand::Token(_)) => token(common, &voice),
        Some(KeysCommand::Public(_)) => public(common, &voice),
        Some(KeysCommand::Rotate(rotate)) => match rotate.which {
            Which::Root if !rotate.file_only => run_to_end(rotate_root(common, &voice)),
            Which::Root | Which::Receipts => add(rotate.which, common, &voice),
        },
        Some(KeysCommand::Forget(arguments)) => match forget(arguments, &voice) {
            Ok(status) => return status,
            Err(failure) => Err(failure),
        },
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.tell(&voice),
    }
}

fn make(common: &Common, voice: &Voice) -> Result<(), CommandError> {
    let config = settings(common)?;
    let receipts = machine::random();
    KeysFile::new(machine::random(), receipts)
        .create(&config.keys)
        .map_err(|cause| CommandError::File(config.keys.clone(), cause))?;
    voice.tell(&say::KeysMade { file: shown(&config).into() });
    voice.tell(&say::KeysPublic { key: public_key(&receipts).into() });
    Ok(())
}

/// The token is derived from the root secret each time; it stands in no file.
fn token(common: &Common, voice: &Voice) -> Result<(), CommandError> {
    let (_, secrets) = read(common)?;
    voice.tell(&say::KeysToken { token: secrets.admin_token().into() });
    Ok(())
}

fn public(common: &Common, voice: &Voice) -> Result<(), CommandError> {
    let (_, keys) = keys(common)?;
    for (number, secret) in keys.receipts.iter() {
        tell_public(number, secret, voice);
    }
    let numbers: Vec<String> = keys.roots.iter().map(|(number, _)| number.to_string()).collect();
    voice.tell(&say::KeysRoots { numbers: numbers.join(", ").into() });
    Ok(())
}

/// Adds a key to the file.
fn add(which: Which, common: &Common, voice: &Voice) -> Result<(), CommandError> {
    let (config, mut keys) = keys(common)?;
    let secret = machine::random();
    let number = which.of(&mut keys).add(secret);
    replace(&config, &keys)?;
    let (key, file) = (which.name(number).into(), shown(&config).into());
    voice.tell(&say::KeysAdded { key, file });
    match which {
        Which::Root => voice.tell(&say::KeysRotateNext),
        Which::Receipts => {
            tell_public(number, &secret, voice);
            voice.tell(&say::KeysReceiptsNext);
        }
    }
    Ok(())
}

/// Brings the database to a new root key, or goes on with a change that was broken off: the newest
/// key of the file is then the one to which it goes, and no further one is added.
async fn rotate_root(common: &Common, voice: &Voice) -> Result<(), CommandError> {
    let (config, mut keys) = keys(common)?;
    let env = machine::env();
    let store = Store::open_alone(&address(&config), seal(&Secrets::newest(&keys), &env)).await?;
    let mut numbers = store.key_numbers().await?;
    let newest = keys.roots.newest().0;
    if numbers.at > newest {
        let (database, file) = (numbers.at, newest);
        return Err(StoreError::OtherKeyNumber { database, file }.into());
    }
    if numbers == (KeyNumbers { at: newest, to: None }) {
        let number = keys.roots.add(machine::random());
        replace(&config, &keys)?;
        let key = Which::Root.name(number).into();
        voice.tell(&say::KeysAdded { key, file: shown(&config).into() });
    }
    let newest = keys.roots.newest().0;
    while numbers != (KeyNumbers { at: newest, to: None }) {
        let of = |number| Secrets::of_root(&keys, number).map(|secrets| seal(&secrets, &env));
        let (from, to) = (of(numbers.at), of(numbers.to.unwrap_or(newest)));
        let (Some(from), Some(to)) = (from, to) else { return Err(StoreError::OtherKeys.into()) };
        seal_anew(&store, from, to, voice).await?;
        numbers = store.key_numbers().await?;
    }
    store.close().await;
    voice.tell(&say::KeysRotated { key: Which::Root.name(newest).into() });
    Ok(())
}

async fn seal_anew(store: &Store, from: Seal, to: Seal, voice: &Voice) -> Result<(), CommandError> {
    let bar = ProgressBar::new(store.rows_to_seal().await?).with_style(super::bar());
    let mut rotation = store.rotate(from, to).await?;
    while let Some(rows) = rotation.next(machine::now()).await? {
        bar.inc(rows);
    }
    bar.finish_and_clear();
    if rotation.damaged > 0 {
        eprintln!("{}", voice.say(&say::KeysDamaged { values: rotation.damaged.into() }));
    }
    Ok(())
}

/// Removes a key that is not in use. Exit status 1: it is, or there is none with this number.
fn forget(arguments: &ForgetArguments, voice: &Voice) -> Result<ExitCode, CommandError> {
    let (config, mut keys) = keys(&arguments.common)?;
    if arguments.which == Which::Root {
        // A database that opens with the newest key needs no other.
        run_to_end(async {
            let store = store(&config, &Secrets::newest(&keys)).await?;
            store.close().await;
            Ok::<_, CommandError>(())
        })?;
    }
    let key = arguments.which.name(arguments.number);
    let file = shown(&config).into();
    if !arguments.which.of(&mut keys).forget(arguments.number) {
        eprintln!("{}", voice.say(&say::KeysInUse { key: key.into(), file }));
        return Ok(ExitCode::FAILURE);
    }
    replace(&config, &keys)?;
    voice.tell(&say::KeysForgotten { key: key.into(), file });
    Ok(ExitCode::SUCCESS)
}

fn replace(config: &ServerConfig, keys: &KeysFile) -> Result<(), CommandError> {
    keys.replace(&config.keys).map_err(|cause| CommandError::File(config.keys.clone(), cause))
}

fn tell_public(number: u32, secret: &[u8; 32], voice: &Voice) {
    let (key, public) = (Which::Receipts.name(number).into(), public_key(secret).into());
    voice.tell(&say::KeysPublicNumbered { key, public });
}

fn public_key(secret: &[u8; 32]) -> String {
    hex::encode(ReceiptSigner::from_secret(secret).public_key())
}

fn shown(config: &ServerConfig) -> String {
    config.keys.display().to_string()
}
