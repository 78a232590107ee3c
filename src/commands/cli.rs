//! What `serve`, `admin` and `rush` begin with: the service's files, its secrets and its database;
//! and how a failure is told.

use super::locale::LanguageParser;
use super::{locale, machine};
use crate::commands::stdout;
use crate::config::keys::KeysFile;
use crate::config::mistake::Mistake;
use crate::config::server::{Database, ServerConfig};
use crate::domain::language::Language;
use crate::i18n::messages as say;
use crate::i18n::messages::Message;
use crate::i18n::names::place_name;
use crate::i18n::texts::Texts;
use crate::receipt::demo_key::DEMO_ONLY_SECRET;
use crate::server::keys::Secrets;
use crate::server::service::seal;
use crate::server::staff::trust::TrustError;
use crate::server::store::Store;
use crate::server::store::database::Address;
use crate::server::store::error::StoreError;
use crate::server::tls::TlsError;
use std::path::PathBuf;
use std::process::ExitCode;

/// The arguments that each of these subcommands takes.
#[derive(Debug, clap::Args)]
pub struct Common {
    /// The service's settings.
    #[arg(long, default_value = "kiosk-config/server.toml")]
    pub config: PathBuf,
    /// The language of what is said. Otherwise that of the locale, or zh-TW.
    #[arg(long, value_parser = LanguageParser)]
    pub language: Option<Language>,
}

/// Speaks to whoever gave the command.
pub struct Voice {
    texts: Texts,
    language: Language,
}

impl Voice {
    pub fn new(common: &Common) -> Self {
        Self { texts: Texts::default(), language: locale::language(common.language) }
    }

    /// For a subcommand that is not told a language.
    #[cfg(feature = "web")]
    pub fn of_locale() -> Self {
        Self { texts: Texts::default(), language: locale::language(None) }
    }

    pub fn say(&self, message: &dyn Message) -> String {
        self.texts.say(self.language, message)
    }

    /// An instant as Taiwan's clocks show it.
    pub fn moment(&self, instant: jiff::Timestamp) -> String {
        self.texts.moment(self.language, instant)
    }

    /// The name of a place, for those who read Chinese or for the others.
    pub fn place<'a>(&self, zh: &'a str, en: &'a str) -> &'a str {
        place_name(self.language, zh, en)
    }

    pub fn tell(&self, message: &dyn Message) {
        stdout::line(self.say(message));
    }
}

/// Why a subcommand cannot go on.
#[derive(Debug, thiserror::Error)]
pub enum CommandError {
    #[error("the settings or the keys: {0:?}")]
    Config(Mistake),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Tls(#[from] TlsError),
    #[error(transparent)]
    StaffCards(#[from] TrustError),
    /// A file of the configuration that cannot be read.
    #[error("{path}: {1}", path = .0.display())]
    File(PathBuf, std::io::Error),
    #[error("{0}: {1}")]
    Listen(std::net::SocketAddr, std::io::Error),
    /// The machine has no thread, memory or file to spare.
    #[error(transparent)]
    Machine(#[from] std::io::Error),
}

impl From<Mistake> for CommandError {
    fn from(mistake: Mistake) -> Self {
        CommandError::Config(mistake)
    }
}

/// Runs a subcommand's work on this thread until it is done.
///
/// # Errors
/// What the work fails with, or that the machine cannot give what a runtime needs.
pub fn run_to_end<T, E: From<std::io::Error>>(
    work: impl Future<Output = Result<T, E>>,
) -> Result<T, E> {
    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(work)
}

impl CommandError {
    /// Says it on standard error. Status 2: nothing was done.
    pub fn tell(&self, voice: &Voice) -> ExitCode {
        let words = |error: &dyn std::fmt::Display| error.to_string();
        eprintln!(
            "{}",
            match self {
                CommandError::Config(mistake) => mistake.said(&voice.texts, voice.language),
                CommandError::Store(StoreError::Taken(_)) => voice.say(&say::DeviceTaken),
                CommandError::Store(StoreError::Damaged) => voice.say(&say::DatabaseDamaged),
                CommandError::Store(StoreError::OtherKeys) => voice.say(&say::DatabaseOtherKeys),
                CommandError::Store(StoreError::KeysChanging) => voice.say(&say::DatabaseChanging),
                CommandError::Store(StoreError::InUse) => voice.say(&say::DatabaseInUse),
                CommandError::Store(StoreError::OtherKeyNumber { database, file }) =>
                    other_number(*database, *file, voice),
                CommandError::Store(StoreError::NotEmpty) => voice.say(&say::PracticeNotEmpty),
                CommandError::Store(error) =>
                    voice.say(&say::DatabaseFailed { cause: words(error).into() }),
                CommandError::Tls(error) =>
                    voice.say(&say::TlsFailed { cause: words(error).into() }),
                CommandError::StaffCards(error) =>
                    voice.say(&say::StaffCardsFailed { cause: words(error).into() }),
                CommandError::File(file, cause) => voice.say(&say::ConfigUnreadable {
                    file: file.display().to_string().into(),
                    cause: words(cause).into(),
                }),
                CommandError::Listen(address, cause) => voice.say(&say::ListenFailed {
                    address: address.to_string().into(),
                    cause: words(cause).into()
                }),
                CommandError::Machine(cause) =>
                    voice.say(&say::MachineFailed { cause: words(cause).into() }),
            }
        );
        ExitCode::from(2)
    }
}

/// The settings, with the paths of credentials in the folder where systemd put them.
pub fn settings(common: &Common) -> Result<ServerConfig, CommandError> {
    let config = ServerConfig::load(&common.config)?;
    Ok(match machine::credentials() {
        Some(folder) => config.with_credentials(&folder),
        None => config,
    })
}

/// A database that is not at the newest key of the file: what is to be done.
fn other_number(database: u32, file: u32, voice: &Voice) -> String {
    let is_behind = database < file;
    let (database, file) = (database.to_string().into(), file.to_string().into());
    match is_behind {
        true => voice.say(&say::DatabaseKeysBehind { database, file }),
        false => voice.say(&say::DatabaseKeysAhead { database, file }),
    }
}

/// The settings, and the file of secrets that they name.
pub fn keys(common: &Common) -> Result<(ServerConfig, KeysFile), CommandError> {
    let config = settings(common)?;
    let keys = KeysFile::load(&config.keys, DEMO_ONLY_SECRET, machine::credentials().as_deref())?;
    Ok((config, keys))
}

/// The settings, and the secrets in use.
pub fn read(common: &Common) -> Result<(ServerConfig, Secrets), CommandError> {
    let (config, keys) = keys(common)?;
    Ok((config, Secrets::newest(&keys)))
}

/// The database of the settings, brought up to date.
pub async fn store(config: &ServerConfig, secrets: &Secrets) -> Result<Store, CommandError> {
    Ok(Store::open(&address(config), seal(secrets, &machine::env())).await?)
}

/// Where the database of the settings is.
pub fn address(config: &ServerConfig) -> Address {
    match &config.database {
        Database::Sqlite(path) => Address::Sqlite(path.clone()),
        Database::Postgres(url) => Address::Postgres(url.0.clone()),
    }
}
