//! What `serve`, `admin` and `rush` begin with: the service's files, its secrets and its database;
//! and how a failure is told.

use super::{locale, machine};
use crate::config::keys::KeysFile;
use crate::config::mistake::Mistake;
use crate::config::server::{Database, ServerConfig};
use crate::domain::language::Language;
use crate::i18n::messages as say;
use crate::i18n::messages::Message;
use crate::i18n::texts::Texts;
use crate::receipt::demo_key::DEMO_ONLY_SECRET;
use crate::server::keys::Secrets;
use crate::server::service::seal;
use crate::server::store::Store;
use crate::server::store::database::Address;
use crate::server::store::error::StoreError;
use crate::server::tls::TlsError;
use std::path::PathBuf;
use std::process::ExitCode;

/// What each of them is told.
#[derive(Debug, clap::Args)]
pub struct Common {
    /// The service's settings.
    #[arg(long, default_value = "kiosk-config/server.toml")]
    pub config: PathBuf,
    /// zh-TW, en, ja, vi, id or th. Otherwise that of the locale, or zh-TW.
    #[arg(long, value_parser = locale::parse)]
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

    pub fn say(&self, message: &dyn Message) -> String {
        self.texts.say(self.language, message)
    }

    /// An instant as Taiwan's clocks show it.
    pub fn moment(&self, instant: jiff::Timestamp) -> String {
        self.texts.moment(self.language, instant)
    }

    pub fn tell(&self, message: &dyn Message) {
        println!("{}", self.say(message));
    }
}

/// Why a subcommand cannot go on.
#[derive(Debug)]
pub enum Failure {
    Config(Mistake),
    Store(StoreError),
    Tls(TlsError),
    /// A file of the configuration that is not there.
    File(PathBuf, std::io::Error),
    Listen(std::net::SocketAddr, std::io::Error),
    /// Anything of this machine: threads, limits.
    Machine(std::io::Error),
}

impl From<Mistake> for Failure {
    fn from(mistake: Mistake) -> Self {
        Failure::Config(mistake)
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Failure::Store(error)
    }
}

impl From<TlsError> for Failure {
    fn from(error: TlsError) -> Self {
        Failure::Tls(error)
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        Failure::Machine(error)
    }
}

impl Failure {
    /// Says it on standard error. Status 2: nothing was done.
    pub fn tell(&self, voice: &Voice) -> ExitCode {
        let words = |error: &dyn std::fmt::Display| error.to_string();
        eprintln!(
            "{}",
            match self {
                Failure::Config(mistake) => mistake.said(&voice.texts, voice.language),
                Failure::Store(StoreError::Taken(_)) => voice.say(&say::DeviceTaken),
                Failure::Store(StoreError::NotEmpty) => voice.say(&say::PracticeNotEmpty),
                Failure::Store(error) =>
                    voice.say(&say::DatabaseFailed { cause: words(error).into() }),
                Failure::Tls(error) => voice.say(&say::TlsFailed { cause: words(error).into() }),
                Failure::File(file, cause) => voice.say(&say::ConfigUnreadable {
                    file: file.display().to_string().into(),
                    cause: words(cause).into(),
                }),
                Failure::Listen(address, cause) => voice.say(&say::ListenFailed {
                    address: address.to_string().into(),
                    cause: words(cause).into()
                }),
                Failure::Machine(cause) =>
                    voice.say(&say::MachineFailed { cause: words(cause).into() }),
            }
        );
        ExitCode::from(2)
    }
}

/// The settings, and the secrets that they name.
pub fn read(common: &Common) -> Result<(ServerConfig, Secrets), Failure> {
    let config = ServerConfig::load(&common.config)?;
    let keys = KeysFile::load(&config.keys, DEMO_ONLY_SECRET)?;
    Ok((config, Secrets::new(*keys.root, *keys.receipts)))
}

/// The database of the settings, brought up to date.
pub async fn store(config: &ServerConfig, secrets: &Secrets) -> Result<Store, Failure> {
    let address = match &config.database {
        Database::Sqlite(path) => Address::Sqlite(path.clone()),
        Database::Postgres(url) => Address::Postgres(url.0.clone()),
    };
    Ok(Store::open(&address, seal(secrets, &machine::env())).await?)
}
