//! `vaxkiosk rush`: a flash crowd of kiosks against a service filled by `vaxkiosk admin practice`.
//! Then it asks the service whether anything is there that must never be, and exits with 1 if so.

mod family;
mod kiosk;
mod line;
mod report;
mod tally;

use super::cli::{CommandError, Common, Voice, read};
use super::{machine, practice_people};
use crate::api::audit::{AuditAsk, AuditReport};
use crate::client::calls::Fault;
use crate::client::http::{Client, ClientOptions, HttpClient, TlsRoots};
use crate::commands::stdout;
use crate::server::keys::Secrets;
use indicatif::{ProgressBar, ProgressStyle};
use kiosk::{Kiosk, Plan};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;
use tally::Tally;

#[derive(Debug, clap::Args)]
pub struct RushArguments {
    /// Where the service is; given more than once for servers side by side. Otherwise what the
    /// settings say.
    #[arg(long)]
    url: Vec<String>,
    /// The PEM of the CA of the service's certificate. Otherwise what this machine trusts.
    #[arg(long)]
    ca: Option<PathBuf>,
    /// Kiosks at once.
    #[arg(long, default_value_t = 1_000)]
    kiosks: u32,
    /// Seconds during which people come.
    #[arg(long, default_value_t = 60)]
    seconds: u32,
    /// How many people `admin practice` made.
    #[arg(long, default_value_t = 100_000)]
    people: u32,
    /// Seconds that a person looks at each screen, on average.
    #[arg(long, default_value_t = 2.0)]
    think: f64,
    /// Seconds over which the kiosks begin. 0: all at once.
    #[arg(long, default_value_t = 0.0)]
    ramp: f64,
    /// Of a hundred people, how many want one of the few popular slots.
    #[arg(long, default_value_t = 30, value_parser = clap::value_parser!(u8).range(0..=100))]
    popular: u8,
    /// Of a hundred visits, how many are of families of two to six.
    #[arg(long, default_value_t = 0, value_parser = clap::value_parser!(u8).range(0..=100))]
    families: u8,
    /// Of a hundred people who find all full, how many wait for a seat; and of a hundred who have
    /// booked, how many give theirs up where that is possible.
    #[arg(long, default_value_t = 0, value_parser = clap::value_parser!(u8).range(0..=100))]
    waiting: u8,
    /// Print the result as JSON.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    common: Common,
}

/// Whoever has begun may still finish so long after the crowd's end: a service that was down comes
/// back.
const FAREWELL: Duration = Duration::from_secs(90);
/// Numbers in one question of the audit.
const AUDIT_AT_A_TIME: usize = 20_000;

pub fn run(arguments: &RushArguments) -> ExitCode {
    let voice = Voice::new(&arguments.common);
    machine::open_files();
    let done = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(CommandError::from)
        .and_then(|runtime| runtime.block_on(rush(arguments, &voice)));
    done.unwrap_or_else(|failure| failure.tell(&voice))
}

async fn rush(arguments: &RushArguments, voice: &Voice) -> Result<ExitCode, CommandError> {
    let (config, secrets) = read(&arguments.common)?;
    let urls = match arguments.url.as_slice() {
        [] => vec![format!(
            "{}://{}",
            if config.tls.is_some() { "https" } else { "http" },
            config.listen
        )],
        urls => urls.to_vec(),
    };
    let trust = match &arguments.ca {
        Some(path) => TlsRoots::Only(
            std::fs::read(path).map_err(|cause| CommandError::File(path.clone(), cause))?,
        ),
        None if urls.iter().all(|url| url.starts_with("http://")) => TlsRoots::Nothing,
        None => TlsRoots::System,
    };
    let connecting = ClientOptions { trust, ..ClientOptions::default() };
    let way = HttpClient::new(&connecting)
        .map_err(|error| CommandError::Machine(std::io::Error::other(error)))?;
    let tally = Arc::new(Tally::default());
    let began = machine::uptime();
    let plan = Arc::new(Plan {
        kiosks: arguments.kiosks,
        people: arguments.people,
        think: Duration::from_secs_f64(arguments.think.clamp(0.0, 600.0)),
        popular: arguments.popular,
        families: arguments.families,
        waiting: arguments.waiting,
        crowd_ends: began + Duration::from_secs(arguments.seconds.into()),
        all_ends: began + Duration::from_secs(arguments.seconds.into()) + FAREWELL,
    });
    let mut kiosks = tokio::task::JoinSet::new();
    for nth in 0..arguments.kiosks {
        let token = secrets.practice_token(nth);
        let ways =
            urls.iter().map(|url| Client::new(way.clone(), url.clone(), token.clone())).collect();
        let kiosk = Kiosk::new(nth, ways, Arc::clone(&plan), Arc::clone(&tally));
        let wait = Duration::from_secs_f64(
            arguments.ramp.max(0.0) * f64::from(nth) / f64::from(arguments.kiosks),
        );
        kiosks.spawn(async move {
            tokio::time::sleep(wait).await;
            kiosk.stand().await;
        });
    }
    show_progress(arguments, &tally, &mut kiosks).await;
    let took = machine::uptime() - began;
    let servers: Vec<_> =
        urls.iter().map(|url| Client::new(way.clone(), url.clone(), String::new())).collect();
    let audit = audit(&servers, &secrets, &tally).await;
    let report = tally.report(took, audit);
    if arguments.json {
        stdout::line(serde_json::to_string_pretty(&report).unwrap_or_default());
    } else {
        stdout::write(report.table(voice));
    }
    Ok(if report.passed() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Until every kiosk is done.
async fn show_progress(
    arguments: &RushArguments,
    tally: &Tally,
    kiosks: &mut tokio::task::JoinSet<()>,
) {
    let bar = ProgressBar::new(arguments.seconds.into());
    if let Ok(style) = ProgressStyle::with_template("{wide_bar} {pos}/{len} s  {msg}") {
        bar.set_style(style);
    }
    let mut second = tokio::time::interval(Duration::from_secs(1));
    let mut passed = 0;
    loop {
        tokio::select! {
            done = kiosks.join_next() => if done.is_none() { break },
            _ = second.tick() => {
                bar.set_position(passed.min(arguments.seconds.into()));
                bar.set_message(tally.line());
                passed += 1;
            }
        }
    }
    bar.finish_and_clear();
}

/// Asks the first server that answers.
async fn audit(servers: &[Client], secrets: &Secrets, tally: &Tally) -> Result<AuditReport, Fault> {
    let mut whole: Option<AuditReport> = None;
    let numbers = tally.acknowledged();
    // At least one question, if nothing was booked.
    let mut parts: Vec<_> = numbers.chunks(AUDIT_AT_A_TIME).map(<[_]>::to_vec).collect();
    if parts.is_empty() {
        parts.push(Vec::new());
    }
    for part in parts {
        let ask = AuditAsk { numbers: part };
        let mut found = Err(Fault::Gone);
        for server in servers {
            found = server.audit(&secrets.admin_token(), &ask).await;
            if found.is_ok() {
                break;
            }
        }
        let mut found = found?;
        if let Some(before) = whole {
            found.missing.extend(before.missing);
        }
        whole = Some(found);
    }
    whole.ok_or(Fault::Gone)
}
