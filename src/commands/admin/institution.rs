//! `vaxkiosk admin institution`: adds, lists and closes institutions, and names their
//! representatives, who name managers at a counter. A running service knows within a second.

use super::Common;
use super::device::printable;
use crate::commands::cli::{CommandError, Voice, read, run_to_end, store};
use crate::commands::machine;
use crate::commands::stdout;
use crate::domain::identity::IdNumber;
use crate::domain::personal::Personal;
use crate::domain::staff::{Right, Rights, StaffRole};
use crate::i18n::messages as say;
use crate::server::staff::certificate::{check_key_usage, owner};
use crate::server::store::Store;
use crate::server::store::audit_trail::Actor;
use crate::server::store::error::StoreError;
use crate::server::store::institutions::{InstitutionRecord, NewInstitution};
use crate::server::store::staff::NewStaffRecord;
use crate::server::store::staff_card::StaffCard;
use clap::Subcommand;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use std::io::BufRead;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

#[derive(Debug, Subcommand)]
pub enum InstitutionCommand {
    /// Make an institution known. Its devices are those that were added with this code.
    Add {
        /// 機構代碼, as its devices have it.
        code: String,
        #[arg(long)]
        name_zh: String,
        #[arg(long)]
        name_en: String,
        #[command(flatten)]
        common: Common,
    },
    /// All institutions, closed ones too.
    List {
        #[command(flatten)]
        common: Common,
    },
    /// From now on its staff can do nothing any more.
    Close {
        code: String,
        #[command(flatten)]
        common: Common,
    },
    /// Name somebody who represents the institution. They may do everything, and name managers.
    Representative(RepresentativeArguments),
    /// The staff of an institution: number, role, rights, kind of card, state.
    Staff {
        code: String,
        #[command(flatten)]
        common: Common,
    },
    /// From now on this staff member can do nothing any more.
    Withdraw {
        code: String,
        /// The staff member's number, as `institution staff` shows it.
        number: i64,
        #[command(flatten)]
        common: Common,
    },
}

#[derive(Debug, clap::Args)]
pub struct RepresentativeArguments {
    code: String,
    #[arg(long)]
    name: String,
    /// The certificate of their card, for signatures (PEM or DER). It can be read without a PIN.
    #[arg(long, required_unless_present = "id", conflicts_with = "id")]
    certificate: Option<PathBuf>,
    /// They log in with their NHI card and its registered password. Their identity number is read
    /// from standard input, so that it is in no list of commands.
    #[arg(long)]
    id: bool,
    #[command(flatten)]
    common: Common,
}

impl InstitutionCommand {
    fn common(&self) -> &Common {
        match self {
            InstitutionCommand::Add { common, .. }
            | InstitutionCommand::List { common }
            | InstitutionCommand::Close { common, .. }
            | InstitutionCommand::Staff { common, .. }
            | InstitutionCommand::Withdraw { common, .. } => common,
            InstitutionCommand::Representative(arguments) => &arguments.common,
        }
    }
}

pub fn run(command: &InstitutionCommand) -> ExitCode {
    let common = command.common();
    let voice = Voice::new(common);
    let done = run_to_end(async {
        let (config, secrets) = read(common)?;
        let store = store(&config, &secrets).await?;
        let done = act(command, &store, &voice).await;
        store.close().await;
        done
    });
    done.unwrap_or_else(|failure| failure.tell(&voice))
}

async fn act(
    command: &InstitutionCommand,
    store: &Store,
    voice: &Voice,
) -> Result<ExitCode, CommandError> {
    match command {
        InstitutionCommand::Add { code, name_zh, name_en, .. } => {
            let new = NewInstitution {
                code: code.clone(),
                name_zh: name_zh.clone(),
                name_en: name_en.clone(),
                added: machine::now(),
            };
            add(store, voice, &new).await
        }
        InstitutionCommand::List { .. } => list(store, voice).await,
        InstitutionCommand::Close { code, .. } => {
            if !store.close_institution(code, machine::now()).await? {
                return Ok(unknown(voice, code));
            }
            voice.tell(&say::InstitutionClosed { code: code.as_str().into() });
            Ok(ExitCode::SUCCESS)
        }
        InstitutionCommand::Representative(arguments) => {
            representative(store, voice, arguments).await
        }
        InstitutionCommand::Staff { code, .. } => staff(store, voice, code).await,
        InstitutionCommand::Withdraw { code, number, .. } => {
            withdraw(store, voice, code, *number).await
        }
    }
}

fn unknown(voice: &Voice, code: &str) -> ExitCode {
    eprintln!("{}", voice.say(&say::InstitutionUnknown { code: code.into() }));
    ExitCode::FAILURE
}

async fn add(store: &Store, voice: &Voice, new: &NewInstitution) -> Result<ExitCode, CommandError> {
    let code = new.code.as_str();
    match store.add_institution(new).await {
        Ok(()) => {
            voice.tell(&say::InstitutionAdded { code: code.into() });
            Ok(ExitCode::SUCCESS)
        }
        Err(StoreError::Taken(_)) => {
            eprintln!("{}", voice.say(&say::InstitutionTaken { code: code.into() }));
            Ok(ExitCode::FAILURE)
        }
        Err(error) => Err(error.into()),
    }
}

async fn list(store: &Store, voice: &Voice) -> Result<ExitCode, CommandError> {
    let (institutions, staff) = (store.institutions().await?, store.staff().await?);
    if institutions.is_empty() {
        voice.tell(&say::InstitutionNone);
    }
    for one in &institutions {
        let names = (printable(&one.name_zh), printable(&one.name_en));
        let working = staff
            .iter()
            .filter(|staff| staff.institution == one.id && staff.withdrawn.is_none())
            .count();
        let state = match one.closed {
            Some(when) => voice.say(&say::InstitutionClosedSince { when: when.to_string().into() }),
            None => voice.say(&say::InstitutionOpen { staff: working.into() }),
        };
        let code = printable(&one.code);
        stdout::line(format_args!("{code}\t{}\t{}\t{state}", names.0, names.1));
    }
    Ok(ExitCode::SUCCESS)
}

/// The open institution of a code.
async fn open(store: &Store, code: &str) -> Result<Option<InstitutionRecord>, CommandError> {
    let all = store.institutions().await?;
    Ok(all.into_iter().find(|one| one.code == code && one.closed.is_none()))
}

async fn representative(
    store: &Store,
    voice: &Voice,
    arguments: &RepresentativeArguments,
) -> Result<ExitCode, CommandError> {
    let code = arguments.code.as_str();
    let Some(institution) = open(store, code).await? else { return Ok(unknown(voice, code)) };
    let card = match (&arguments.certificate, &arguments.id) {
        (Some(file), _) => certificate(file)?.ok_or_else(|| {
            let file = file.display().to_string();
            voice.say(&say::InstitutionCertificateUnusable { file: file.into() })
        }),
        (None, _) => {
            let mut line = zeroize::Zeroizing::new(String::new());
            std::io::stdin().lock().read_line(&mut line)?;
            IdNumber::parse(line.trim())
                .map(|id| StaffCard::NhiCard { id })
                .map_err(|_| voice.say(&say::InstitutionIdWrong))
        }
    };
    let card = match card {
        Ok(card) => card,
        Err(said) => {
            eprintln!("{said}");
            return Ok(ExitCode::FAILURE);
        }
    };
    let new = NewStaffRecord {
        institution: institution.id,
        name: Personal::new(arguments.name.as_str()),
        card,
        role: StaffRole::Representative,
        rights: Right::ALL.into_iter().collect(),
    };
    match store.add_staff(&new, Actor::Administrator, machine::now()).await {
        Ok(id) => {
            let number = id.0.to_string().into();
            voice.tell(&say::InstitutionRepresentative { code: code.into(), number });
            Ok(ExitCode::SUCCESS)
        }
        Err(StoreError::Taken(_)) => {
            eprintln!("{}", voice.say(&say::InstitutionCardKnown { code: code.into() }));
            Ok(ExitCode::FAILURE)
        }
        Err(error) => Err(error.into()),
    }
}

/// Whose card the certificate in a file is of; `None` if nobody can log in with it.
fn certificate(file: &Path) -> Result<Option<StaffCard>, CommandError> {
    let bytes = std::fs::read(file).map_err(|cause| CommandError::File(file.to_owned(), cause))?;
    let der = match CertificateDer::from_pem_slice(&bytes) {
        Ok(der) => der.to_vec(),
        Err(_) => bytes,
    };
    Ok(check_key_usage(&der).and_then(|()| owner(&der)).ok())
}

async fn staff(store: &Store, voice: &Voice, code: &str) -> Result<ExitCode, CommandError> {
    let all = store.institutions().await?;
    let Some(institution) = all.into_iter().find(|one| one.code == code) else {
        return Ok(unknown(voice, code));
    };
    for one in store.staff_of(institution.id).await? {
        let (id, role, kind) = (one.record.id.0, one.record.role.code(), one.card.kind());
        let rights: Vec<&str> = one.record.rights.iter().map(Right::code).collect();
        let (rights, name) = (rights.join(","), printable(one.name.expose()));
        let withdrawn = one.record.withdrawn.map(|when| when.to_string()).unwrap_or_default();
        stdout::line(format_args!("{id}\t{name}\t{role}\t{rights}\t{kind}\t{withdrawn}"));
    }
    Ok(ExitCode::SUCCESS)
}

async fn withdraw(
    store: &Store,
    voice: &Voice,
    code: &str,
    number: i64,
) -> Result<ExitCode, CommandError> {
    let Some(institution) = open(store, code).await? else { return Ok(unknown(voice, code)) };
    let all = store.staff().await?;
    let found = all.into_iter().find(|one| one.id.0 == number && one.institution == institution.id);
    let said = number.to_string();
    let Some(before) = found else {
        let unknown = say::InstitutionStaffUnknown { code: code.into(), number: said.into() };
        eprintln!("{}", voice.say(&unknown));
        return Ok(ExitCode::FAILURE);
    };
    let to: (Rights, bool) = (before.rights, true);
    if !store.change_staff(&before, to, Actor::Administrator, machine::now()).await? {
        eprintln!("{}", voice.say(&say::InstitutionStaffChanged { number: said.into() }));
        return Ok(ExitCode::FAILURE);
    }
    voice.tell(&say::InstitutionWithdrawn { number: said.into() });
    Ok(ExitCode::SUCCESS)
}
