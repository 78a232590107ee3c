//! `vaxkiosk admin export`: the appointments of sites, and what was given, for programs of others.

use super::Common;
use crate::commands::cli::{CommandError, Voice, read, run_to_end, store};
use crate::commands::machine;
use crate::domain::attendance::Attendance;
use crate::domain::site::SiteId;
use crate::i18n::messages as say;
use crate::server::engine::attendance::shown;
use crate::server::fhir::pseudonym::Pseudonyms;
use crate::server::fhir::publication::location;
use crate::server::fhir::records::{Patient, Record};
use crate::server::fhir::resources::ndjson;
use crate::server::fhir::vocabulary::Naming;
use crate::server::keys::Purpose;
use crate::server::store::appointments::{AppointmentFilter, AppointmentRow};
use crate::server::store::audit_trail::{Action, Actor, Entry};
use clap::Subcommand;
use jiff::civil::Date;
use std::fs::{DirBuilder, File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use zeroize::Zeroizing;

#[derive(Debug, Subcommand)]
pub enum ExportCommand {
    /// FHIR R4 as NDJSON: Location.ndjson, Appointment.ndjson and Immunization.ndjson. People are
    /// in it by a keyed pseudonym.
    Fhir(FhirArguments),
}

#[derive(Debug, clap::Args)]
pub struct FhirArguments {
    /// The folder for the files. It is made if it is not there; no file in it is overwritten.
    #[arg(long)]
    out: PathBuf,
    /// Only this site, by its number.
    #[arg(long)]
    site: Option<u32>,
    /// Only the slots of this day: 2027-07-16.
    #[arg(long)]
    date: Option<Date>,
    /// With people's identity numbers and names instead of pseudonyms.
    #[arg(long)]
    identified: bool,
    #[command(flatten)]
    common: Common,
}

/// Why an export did not end well.
enum ExportError {
    Command(CommandError),
    /// A file or folder that cannot be made or written.
    Written(PathBuf, io::Error),
}

impl<E: Into<CommandError>> From<E> for ExportError {
    fn from(error: E) -> Self {
        ExportError::Command(error.into())
    }
}

/// How much was written.
#[derive(Clone, Copy, Default)]
struct Count {
    appointments: u64,
    immunizations: u64,
}

pub fn run(command: &ExportCommand) -> ExitCode {
    let ExportCommand::Fhir(arguments) = command;
    let voice = Voice::new(&arguments.common);
    run_to_end(export(arguments, &voice)).unwrap_or_else(|error| match error {
        ExportError::Command(error) => error.tell(&voice),
        ExportError::Written(file, cause) => {
            let (file, cause) = (file.display().to_string(), cause.to_string());
            eprintln!("{}", voice.say(&say::ExportFile { file: file.into(), cause: cause.into() }));
            ExitCode::from(2)
        }
    })
}

async fn export(arguments: &FhirArguments, voice: &Voice) -> Result<ExitCode, ExportError> {
    let (config, secrets) = read(&arguments.common)?;
    let store = store(&config, &secrets).await?;
    let site = arguments.site.map(SiteId);
    let sites = store.sites(site).await?;
    if let (Some(site), true) = (arguments.site, sites.is_empty()) {
        eprintln!("{}", voice.say(&say::SiteUnknown { site: site.to_string().into() }));
        return Ok(ExitCode::FAILURE);
    }
    let naming = Naming::new(config.fhir.map(|fhir| fhir.base));
    let pseudonyms = Pseudonyms::new(&secrets.key(Purpose::Pseudonyms));
    let mut files = Files::make(&arguments.out)?;
    // Before anything of a person is written: an export that breaks off has told some of it.
    store.add_to_trail(&[told(arguments)]).await?;
    let locations = sites.iter().map(|site| location(site, &naming, Vec::new()));
    files.locations.write(ndjson(locations))?;
    let filter =
        AppointmentFilter { site, date: arguments.date, is_identified: arguments.identified };
    let mut count = Count::default();
    let mut last = None;
    loop {
        let rows = store.appointments(&filter, last).await?;
        let Some(end) = rows.last() else { break };
        last = Some(end.number);
        for record in rows.into_iter().map(|row| record(&pseudonyms, row)) {
            let (appointment, given) = (record.appointment(&naming), record.immunization(&naming));
            count.appointments += u64::from(appointment.is_some());
            count.immunizations += u64::from(given.is_some());
            files.appointments.write(ndjson(appointment.into_iter()))?;
            files.immunizations.write(ndjson(given.into_iter()))?;
        }
    }
    files.end()?;
    store.close().await;
    voice.tell(&say::ExportDone {
        folder: arguments.out.display().to_string().into(),
        appointments: count.appointments.into(),
        immunizations: count.immunizations.into(),
    });
    if arguments.identified {
        voice.tell(&say::ExportIdentified);
    } else {
        voice.tell(&say::ExportPseudonyms);
    }
    Ok(ExitCode::SUCCESS)
}

/// A booking with what became of it.
fn record(pseudonyms: &Pseudonyms, row: AppointmentRow) -> Record {
    Record {
        number: row.number,
        patient: match row.identity {
            Some((id, name)) => Patient::Identified { id, name },
            None => Patient::Pseudonym(pseudonyms.of(row.person)),
        },
        site: row.site,
        starts: row.starts,
        ends: row.ends,
        brand: row.brand,
        attendance: match row.step {
            _ if row.is_cancelled => Attendance::Cancelled,
            Some((step, desk)) => shown(Some(&step), |_| desk),
            None => Attendance::Expected,
        },
    }
}

/// The entry of the trail: what was asked for, and nothing of a person.
fn told(arguments: &FhirArguments) -> Entry {
    let site = arguments.site.map_or("all sites".into(), |site| format!("site {site}"));
    let date = arguments.date.map_or("all days".into(), |date| date.to_string());
    let people = if arguments.identified { "identity numbers and names" } else { "pseudonyms" };
    let after = Some(format!("{site}, {date}, {people}"));
    Entry { after, ..Entry::new(machine::now(), Actor::Administrator, Action::Export) }
}

/// The files of an export, which only their owner may read.
struct Files {
    locations: Ndjson,
    appointments: Ndjson,
    immunizations: Ndjson,
}

struct Ndjson {
    path: PathBuf,
    file: BufWriter<File>,
}

impl Files {
    fn make(folder: &Path) -> Result<Self, ExportError> {
        let mut builder = DirBuilder::new();
        let made = builder.recursive(true).mode(0o700).create(folder);
        made.map_err(|cause| ExportError::Written(folder.to_owned(), cause))?;
        Ok(Self {
            locations: Ndjson::make(folder.join("Location.ndjson"))?,
            appointments: Ndjson::make(folder.join("Appointment.ndjson"))?,
            immunizations: Ndjson::make(folder.join("Immunization.ndjson"))?,
        })
    }

    fn end(self) -> Result<(), ExportError> {
        self.locations.end()?;
        self.appointments.end()?;
        self.immunizations.end()
    }
}

impl Ndjson {
    fn make(path: PathBuf) -> Result<Self, ExportError> {
        let made = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path);
        match made {
            Ok(file) => Ok(Self { path, file: BufWriter::new(file) }),
            Err(cause) => Err(ExportError::Written(path, cause)),
        }
    }

    /// Writes lines, and wipes them: they may name people.
    fn write(&mut self, lines: Vec<u8>) -> Result<(), ExportError> {
        let written = self.file.write_all(&Zeroizing::new(lines));
        written.map_err(|cause| ExportError::Written(self.path.clone(), cause))
    }

    fn end(mut self) -> Result<(), ExportError> {
        let written = self.file.flush().and_then(|()| self.file.get_ref().sync_all());
        written.map_err(|cause| ExportError::Written(self.path, cause))
    }
}
