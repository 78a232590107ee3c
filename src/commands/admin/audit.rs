//! `vaxkiosk admin audit`: who did what, and whether the trail of it is whole.

use super::Common;
use crate::commands::cli::{CommandError, Voice, read, run_to_end, store};
use crate::commands::stdout;
use crate::domain::booking_number::BookingNumber;
use crate::domain::identity::IdNumber;
use crate::domain::taipei;
use crate::i18n::messages as say;
use crate::server::store::Store;
use crate::server::store::audit_read::{TrailFilter, TrailRow};
use crate::server::store::people::{Credentials, as_integer};
use clap::Subcommand;
use clap::builder::PossibleValuesParser;
use jiff::Timestamp;
use jiff::civil::DateTime;
use std::collections::HashMap;
use std::process::ExitCode;

#[derive(Debug, Subcommand)]
pub enum AuditCommand {
    /// Check every row of the trail. Exit status 0: it is whole; 1: a row was changed, is missing
    /// or was moved.
    Verify {
        #[command(flatten)]
        common: Common,
    },
    /// Rows of the trail, oldest first: when, who, what, number, before, after.
    Show(ShowArguments),
}

#[derive(Debug, clap::Args)]
pub struct ShowArguments {
    /// A booking's or registration's number.
    #[arg(long)]
    number: Option<String>,
    /// A person's identity number.
    #[arg(long)]
    id: Option<String>,
    /// A device's name; or administrator, service, or "staff 5".
    #[arg(long)]
    by: Option<String>,
    /// What was done.
    #[arg(long, value_parser = actions())]
    action: Option<String>,
    /// From when, in Taiwan's time: 2027-07-13T10:00.
    #[arg(long)]
    since: Option<DateTime>,
    /// Until when.
    #[arg(long)]
    until: Option<DateTime>,
    /// How many rows at most: the latest.
    #[arg(long, default_value_t = 200)]
    limit: u32,
    #[command(flatten)]
    common: Common,
}

fn actions() -> PossibleValuesParser {
    use crate::server::store::audit_trail::Action;
    PossibleValuesParser::new(Action::ALL.map(Action::code))
}

pub fn run(command: &AuditCommand) -> ExitCode {
    let common = match command {
        AuditCommand::Verify { common } => common,
        AuditCommand::Show(arguments) => &arguments.common,
    };
    let voice = Voice::new(common);
    let done = run_to_end(async {
        let (config, secrets) = read(common)?;
        let store = store(&config, &secrets).await?;
        let done = match command {
            AuditCommand::Verify { .. } => verify(&store, &voice).await,
            AuditCommand::Show(arguments) => show(&store, arguments).await,
        };
        store.close().await;
        done
    });
    done.unwrap_or_else(|error| error.tell(&voice))
}

async fn verify(store: &Store, voice: &Voice) -> Result<ExitCode, CommandError> {
    let found = store.verify_trail().await?;
    if found.broken.is_empty() {
        voice.tell(&say::AuditWhole { rows: found.rows.into(), chains: found.chains.into() });
        return Ok(ExitCode::SUCCESS);
    }
    for broken in &found.broken {
        let (chain, place) = (broken.chain.to_string(), broken.place.to_string());
        eprintln!("{}", voice.say(&say::AuditBroken { chain: chain.into(), place: place.into() }));
    }
    Ok(ExitCode::FAILURE)
}

async fn show(store: &Store, arguments: &ShowArguments) -> Result<ExitCode, CommandError> {
    let devices = store.devices().await?;
    let names: HashMap<String, &str> =
        devices.iter().map(|one| (format!("device {}", one.id.0), one.name.as_str())).collect();
    let Some(filter) = filter(store, arguments, &names).await? else {
        // Nobody and nothing has this number or name, so there are no rows.
        return Ok(ExitCode::SUCCESS);
    };
    for row in store.trail(&filter).await? {
        stdout::line(line(&row, &names));
    }
    Ok(ExitCode::SUCCESS)
}

/// What is looked for; `None` if there is no such number, person or device.
async fn filter(
    store: &Store,
    arguments: &ShowArguments,
    names: &HashMap<String, &str>,
) -> Result<Option<TrailFilter>, CommandError> {
    let mut filter = TrailFilter {
        action: arguments.action.clone(),
        since: arguments.since.map(taipei::instant),
        until: arguments.until.map(taipei::instant),
        limit: arguments.limit,
        ..TrailFilter::default()
    };
    if let Some(number) = &arguments.number {
        let Ok(number) = BookingNumber::parse(number) else { return Ok(None) };
        filter.number = Some(as_integer(number));
    }
    if let Some(id) = &arguments.id {
        let Ok(id) = IdNumber::parse(id) else { return Ok(None) };
        let Some(person) = store.person_of_number(&Credentials { id, card: None }).await? else {
            return Ok(None);
        };
        filter.person = Some(person);
    }
    if let Some(by) = &arguments.by {
        let device = names.iter().find(|(_, name)| *name == by).map(|(actor, _)| actor.clone());
        let is_known = ["administrator", "service"].contains(&by.as_str())
            || by.strip_prefix("staff ").is_some_and(|id| id.parse::<i64>().is_ok());
        let known = is_known.then(|| by.clone());
        let Some(actor) = device.or(known) else { return Ok(None) };
        filter.actor = Some(actor);
    }
    Ok(Some(filter))
}

/// A row as a line with tabs between its columns.
fn line(row: &TrailRow, names: &HashMap<String, &str>) -> String {
    let clock = |at: Timestamp| taipei::civil(at).strftime("%F %T").to_string();
    let actor = match row.actor.split_once(" at ") {
        Some((staff, device)) => format!("{staff} at {}", names.get(device).unwrap_or(&device)),
        None => names.get(&row.actor).map_or(row.actor.clone(), |name| (*name).to_owned()),
    };
    let number = row.number.map(|number| format!("{number:010}")).unwrap_or_default();
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let (before, after) = (text(&row.before), text(&row.after));
    [clock(row.at), actor, row.action.clone(), number, before, after].join("\t")
}
