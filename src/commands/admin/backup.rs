//! `vaxkiosk admin backup` and `admin restore`: a copy of the database while it is in use, and a
//! copy put in its place. PostgreSQL has programs of its own for both; only what follows a restore
//! is done here for it.

use super::Common;
use crate::commands::cli::{CommandError, Voice, keys, read, run_to_end, store};
use crate::commands::machine;
use crate::config::keys::KeysFile;
use crate::config::server::{Database, ServerConfig};
use crate::i18n::messages as say;
use crate::server::keys::Secrets;
use crate::server::store::Store;
use crate::server::store::audit_trail::{Action, Actor, Entry};
use crate::server::store::error::StoreError;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

#[derive(Debug, clap::Args)]
pub struct BackupArguments {
    /// The copy. It must not be there yet.
    file: PathBuf,
    #[command(flatten)]
    common: Common,
}

#[derive(Debug, clap::Args)]
pub struct RestoreArguments {
    /// The copy that `admin backup` made. With PostgreSQL: none, after pg_restore.
    file: Option<PathBuf>,
    #[command(flatten)]
    common: Common,
}

pub fn backup(arguments: &BackupArguments) -> ExitCode {
    let voice = Voice::new(&arguments.common);
    let done = run_to_end(async {
        let (config, secrets) = read(&arguments.common)?;
        let store = store(&config, &secrets).await?;
        let done = store.backup(&arguments.file).await;
        store.close().await;
        Ok::<_, CommandError>(done?)
    });
    match done {
        Ok(()) => {
            voice.tell(&say::BackupDone { file: shown(&arguments.file).into() });
            ExitCode::SUCCESS
        }
        Err(CommandError::Store(StoreError::NotForPostgres)) => {
            eprintln!("{}", voice.say(&say::BackupPostgres));
            ExitCode::from(2)
        }
        Err(error) => error.tell(&voice),
    }
}

pub fn restore(arguments: &RestoreArguments) -> ExitCode {
    let voice = Voice::new(&arguments.common);
    match run_to_end(put_back(arguments, &voice)) {
        Ok(status) => status,
        Err(error) => error.tell(&voice),
    }
}

async fn put_back(arguments: &RestoreArguments, voice: &Voice) -> Result<ExitCode, CommandError> {
    let (mut config, keys) = keys(&arguments.common)?;
    let place = match &config.database {
        Database::Sqlite(place) => Some(place.clone()),
        Database::Postgres(_) => None,
    };
    let copied = match (&place, &arguments.file) {
        (Some(place), Some(file)) => {
            if place.exists() {
                eprintln!("{}", voice.say(&say::RestoreThere { file: shown(place).into() }));
                return Ok(ExitCode::from(2));
            }
            // Beside its place until it is known to be good, so that no half of it is ever served.
            let beside = place.with_extension("restoring");
            copy(file, &beside).map_err(|cause| CommandError::File(file.clone(), cause))?;
            config.database = Database::Sqlite(beside.clone());
            Some((place.clone(), beside))
        }
        (Some(_), None) => {
            eprintln!("{}", voice.say(&say::RestoreFile));
            return Ok(ExitCode::from(2));
        }
        (None, Some(_)) => {
            eprintln!("{}", voice.say(&say::BackupPostgres));
            return Ok(ExitCode::from(2));
        }
        (None, None) => None,
    };
    let checked = async {
        let store = at_its_own_key(&config, &keys).await?;
        store.check_file().await?;
        store.jump_numbers().await?;
        let entry = Entry::new(machine::now(), Actor::Administrator, Action::Restore);
        store.add_to_trail(&[entry]).await?;
        let contents = store.contents().await?;
        store.close().await;
        Ok::<_, CommandError>(contents)
    };
    let checked = checked.await;
    if let Some((place, beside)) = copied {
        match &checked {
            Ok(_) => std::fs::rename(&beside, &place)
                .map_err(|cause| CommandError::File(place.clone(), cause))?,
            Err(_) => leave_nothing(&beside),
        }
    }
    let contents = checked?;
    voice.tell(&say::RestoreDone {
        people: contents.people.into(),
        bookings: contents.bookings.into(),
    });
    Ok(ExitCode::SUCCESS)
}

/// The database with the key at which it is: a copy may be of a time before the newest.
async fn at_its_own_key(config: &ServerConfig, keys: &KeysFile) -> Result<Store, CommandError> {
    match store(config, &Secrets::newest(keys)).await {
        Err(CommandError::Store(StoreError::OtherKeyNumber { database, file })) => {
            match Secrets::of_root(keys, database) {
                Some(secrets) => store(config, &secrets).await,
                None => Err(StoreError::OtherKeyNumber { database, file }.into()),
            }
        }
        opened => opened,
    }
}

/// Copies a file so that only its owner may read it, over one that an earlier attempt left.
fn copy(from: &Path, to: &Path) -> std::io::Result<()> {
    leave_nothing(to);
    let mut source = std::fs::File::open(from)?;
    let mut options = std::fs::OpenOptions::new();
    let mut target = options.write(true).create_new(true).mode(0o600).open(to)?;
    std::io::copy(&mut source, &mut target)?;
    target.sync_all()
}

/// Removes a database file and the two that SQLite keeps beside it.
fn leave_nothing(file: &Path) {
    for end in ["", "-wal", "-shm"] {
        let mut name = file.as_os_str().to_owned();
        name.push(end);
        // Most often there is none.
        let _ = std::fs::remove_file(name);
    }
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}
