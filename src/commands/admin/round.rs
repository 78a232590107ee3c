//! `vaxkiosk admin round`: adds, lists, opens, settles, closes and reports rounds. A running
//! service knows within a second.

use super::Common;
use super::report::report;
use crate::commands::cli::{CommandError, Voice, read, run_to_end, store};
use crate::commands::machine;
use crate::commands::stdout;
use crate::domain::eligibility::{Applicant, may_take_part};
use crate::domain::person::Category;
use crate::domain::region::CountyIndex;
use crate::domain::round::{AgeBand, Brand, Round, RoundNumber, RoundRule};
use crate::domain::taipei;
use crate::i18n::messages as say;
use crate::server::store::Store;
use crate::server::store::audit_trail::{Action, Actor, Entry};
use crate::server::store::ids::PersonId;
use crate::server::store::import::RoundImport;
use clap::Subcommand;
use indicatif::ProgressBar;
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Debug, Subcommand)]
pub enum RoundCommand {
    /// Add a round. Times are Taiwan's: 2027-07-13T10:00.
    Add(Box<AddArguments>),
    /// All rounds.
    List {
        #[command(flatten)]
        common: Common,
    },
    /// Open the booking window now.
    Open(OneRound),
    /// Work out who may book, and have them told by text message. Done again, nobody is told twice.
    Settle(OneRound),
    /// Close the booking window now.
    Close(OneRound),
    /// A round in figures.
    Report(ReportArguments),
}

#[derive(Debug, clap::Args)]
pub struct OneRound {
    #[arg(value_parser = number)]
    round: RoundNumber,
    #[command(flatten)]
    common: Common,
}

#[derive(Debug, clap::Args)]
pub struct ReportArguments {
    #[command(flatten)]
    one: OneRound,
    /// Write who came, by site and hour, into this file too.
    #[arg(long, value_name = "FILE")]
    csv: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
pub struct AddArguments {
    /// 1 to 99.
    #[arg(value_parser = number)]
    round: RoundNumber,
    /// AZ, MO or both.
    #[arg(long, value_delimiter = ',', required = true, value_parser = brand)]
    brands: Vec<Brand>,
    /// Categories that the round is for.
    #[arg(long, value_delimiter = ',')]
    categories: Vec<u8>,
    /// And everybody born on or before this day: 2003-12-31.
    #[arg(long)]
    born_until: Option<Date>,
    /// A pilot for those who registered in these counties: 金門縣,連江縣.
    #[arg(long, value_delimiter = ',', value_parser = county)]
    counties: Vec<CountyIndex>,
    /// From when people may register for it.
    #[arg(long)]
    registration_opens: DateTime,
    /// Who registers later waits for the next round.
    #[arg(long)]
    cut_off: DateTime,
    /// When booking opens.
    #[arg(long)]
    opens: DateTime,
    /// When booking closes.
    #[arg(long)]
    closes: DateTime,
    /// Whoever was born on or before a day books from a time on, oldest first:
    /// 1957-01-15=2022-01-15T10:00.
    #[arg(long, value_parser = band)]
    band: Vec<AgeBand>,
    #[command(flatten)]
    common: Common,
}

/// A round's number as an argument.
///
/// # Errors
/// What it should be.
pub fn number(text: &str) -> Result<RoundNumber, String> {
    let number: u8 = text.parse().map_err(|_| "1 to 99")?;
    RoundNumber::try_from(number).map_err(|error| error.to_string())
}

fn brand(text: &str) -> Result<Brand, String> {
    Brand::from_code(text).ok_or_else(|| "AZ or MO".to_owned())
}

fn county(text: &str) -> Result<CountyIndex, String> {
    CountyIndex::named(text).map_err(|error| error.to_string())
}

fn band(text: &str) -> Result<AgeBand, String> {
    const FORM: &str = "a birth date, =, and a time: 1957-01-15=2022-01-15T10:00";
    let (day, time) = text.split_once('=').ok_or(FORM)?;
    let opens: DateTime = time.parse().map_err(|_| FORM)?;
    Ok(AgeBand { born_until: day.parse().map_err(|_| FORM)?, opens: taipei::instant(opens) })
}

/// What the audit trail is told of another booking window.
fn told(round: &Round, opens: Timestamp, closes: Timestamp) -> Entry {
    let window =
        |opens, closes| Some(format!("round {}: {opens} to {closes}", shown(round.number)));
    Entry {
        before: window(round.opens, round.closes),
        after: window(opens, closes),
        ..Entry::new(machine::now(), Actor::Administrator, Action::ChangeRound)
    }
}

/// As people read a round's number: `02`.
fn shown(round: RoundNumber) -> String {
    format!("{:02}", u8::from(round))
}

pub fn run(command: &RoundCommand) -> ExitCode {
    let common = match command {
        RoundCommand::Add(arguments) => &arguments.common,
        RoundCommand::List { common } => common,
        RoundCommand::Open(one) | RoundCommand::Settle(one) | RoundCommand::Close(one) => {
            &one.common
        }
        RoundCommand::Report(arguments) => &arguments.one.common,
    };
    let voice = Voice::new(common);
    let done = run_to_end(async {
        let (config, secrets) = read(common)?;
        let store = store(&config, &secrets).await?;
        let done = perform(command, &store, &voice).await;
        store.close().await;
        done
    });
    done.unwrap_or_else(|failure| failure.tell(&voice))
}

async fn perform(
    command: &RoundCommand,
    store: &Store,
    voice: &Voice,
) -> Result<ExitCode, CommandError> {
    match command {
        RoundCommand::Add(arguments) => add(arguments, store, voice).await,
        RoundCommand::List { .. } => {
            for round in store.rounds().await? {
                let civil = |instant| taipei::civil(instant).strftime("%F %H:%M").to_string();
                let brands =
                    round.brands.iter().map(|brand| brand.code()).collect::<Vec<_>>().join(",");
                stdout::line(format_args!(
                    "{}\t{brands}\t{}\t{}",
                    shown(round.number),
                    civil(round.opens),
                    civil(round.closes)
                ));
            }
            Ok(ExitCode::SUCCESS)
        }
        RoundCommand::Open(one) => match known(one.round, store, voice).await? {
            Some(round) => open(&round, store, voice).await,
            None => Ok(ExitCode::FAILURE),
        },
        RoundCommand::Close(one) => match known(one.round, store, voice).await? {
            Some(round) => close(&round, store, voice).await,
            None => Ok(ExitCode::FAILURE),
        },
        RoundCommand::Settle(one) => match known(one.round, store, voice).await? {
            Some(round) => settle(&round, store, voice).await,
            None => Ok(ExitCode::FAILURE),
        },
        RoundCommand::Report(arguments) => match known(arguments.one.round, store, voice).await? {
            Some(round) => report(&round, arguments.csv.as_deref(), store, voice).await,
            None => Ok(ExitCode::FAILURE),
        },
    }
}

/// The round with this number; that there is none is told.
async fn known(
    number: RoundNumber,
    store: &Store,
    voice: &Voice,
) -> Result<Option<Round>, CommandError> {
    let round = store.round(number).await?;
    if round.is_none() {
        eprintln!("{}", voice.say(&say::RoundUnknown { round: shown(number).into() }));
    }
    Ok(round)
}

async fn add(
    arguments: &AddArguments,
    store: &Store,
    voice: &Voice,
) -> Result<ExitCode, CommandError> {
    let number = shown(arguments.round);
    let round = Round {
        number: arguments.round,
        brands: arguments.brands.clone(),
        rule: RoundRule {
            categories: arguments.categories.iter().copied().map(Category).collect(),
            born_until: arguments.born_until,
            counties: arguments.counties.clone(),
        },
        registration_opens: taipei::instant(arguments.registration_opens),
        registration_until: taipei::instant(arguments.cut_off),
        opens: taipei::instant(arguments.opens),
        closes: taipei::instant(arguments.closes),
        bands: arguments.band.clone(),
        settled: None,
    };
    if let Err(error) = round.check() {
        eprintln!("{}", voice.say(&say::RoundSenseless { cause: error.to_string().into() }));
        return Ok(ExitCode::from(2));
    }
    if store.round(arguments.round).await?.is_some() {
        eprintln!("{}", voice.say(&say::RoundThere { round: number.into() }));
        return Ok(ExitCode::FAILURE);
    }
    let mut import = store.import().await?;
    import.round(&RoundImport { round, sites: Vec::new(), slots: Vec::new() }).await?;
    let added = format!("round {number} added");
    let entry = Entry::new(machine::now(), Actor::Administrator, Action::ChangeRound);
    import.tell_trail(Entry { after: Some(added), ..entry });
    import.finish().await?;
    voice.tell(&say::RoundAdded { round: number.into() });
    Ok(ExitCode::SUCCESS)
}

/// To the second, as it is stored.
fn now() -> Timestamp {
    Timestamp::from_second(machine::now().as_second()).unwrap_or_default()
}

async fn open(round: &Round, store: &Store, voice: &Voice) -> Result<ExitCode, CommandError> {
    let opens = round.opens.min(now());
    store.set_window(round.number, opens, round.closes, told(round, opens, round.closes)).await?;
    voice.tell(&say::RoundOpened {
        round: shown(round.number).into(),
        opens: voice.moment(opens).into(),
    });
    Ok(ExitCode::SUCCESS)
}

async fn close(round: &Round, store: &Store, voice: &Voice) -> Result<ExitCode, CommandError> {
    let closes = round.closes.min(now());
    if closes <= round.opens {
        eprintln!("{}", voice.say(&say::RoundNotOpen { round: shown(round.number).into() }));
        return Ok(ExitCode::FAILURE);
    }
    store.set_window(round.number, round.opens, closes, told(round, round.opens, closes)).await?;
    voice.tell(&say::RoundNowClosed {
        round: shown(round.number).into(),
        closes: voice.moment(closes).into(),
    });
    Ok(ExitCode::SUCCESS)
}

/// By the same rule by which bookings are granted, so that nobody is told otherwise than what they
/// meet.
async fn settle(round: &Round, store: &Store, voice: &Voice) -> Result<ExitCode, CommandError> {
    let now = now();
    let number = shown(round.number);
    if now <= round.registration_until {
        let until = voice.moment(round.registration_until);
        eprintln!(
            "{}",
            voice.say(&say::RoundTooEarly { round: number.into(), until: until.into() })
        );
        return Ok(ExitCode::FAILURE);
    }
    let bar = ProgressBar::new(store.count_registered().await?).with_style(super::bar());
    let (mut last, mut registered, mut people) = (PersonId(0), 0_u64, 0_u64);
    loop {
        let mut set = store.registered_after(last).await?;
        let Some(end) = set.last() else { break };
        last = end.record.person;
        let all = set.len() as u64;
        set.retain(|person| {
            let who: Applicant<'_> = person.record.applicant();
            may_take_part(round, &who).is_ok()
        });
        store.tell_settled(round, &set, now).await?;
        registered += all;
        people += set.len() as u64;
        bar.inc(all);
    }
    bar.finish_and_clear();
    store.set_settled(round.number, now).await?;
    voice.tell(&say::RoundSettled {
        round: number.into(),
        people: people.into(),
        registered: registered.into(),
    });
    Ok(ExitCode::SUCCESS)
}
