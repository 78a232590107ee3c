//! `vaxkiosk admin import`: sites, slots and roster from CSV files, all or nothing. Every bad row
//! is named with its line and reason.

use super::Common;
use crate::commands::cli::{CommandError, Voice, read, run_to_end, store};
use crate::config::tables::{RosterRow, Row, RowMistake, Rows, SlotRow, Wrong};
use crate::domain::round::{Round, RoundNumber};
use crate::domain::site::{Site, SiteId, Slot, SlotId};
use crate::i18n::messages as say;
use crate::server::store::Store;
use crate::server::store::import::RosterEntry;
use clap::Subcommand;
use indicatif::ProgressBar;
use std::collections::HashSet;
use std::fs::File;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::BufReader;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

#[derive(Debug, Subcommand)]
pub enum ImportCommand {
    /// number,district,name_zh,name_en,address_zh,address_en,brand
    Sites(OfRound),
    /// site,starts,ends,capacity
    Slots(OfRound),
    /// id,card,name,born,category,password_hash: people are added, or renewed where they are on the
    /// roster.
    Roster {
        /// The CSV file.
        file: PathBuf,
        #[command(flatten)]
        common: Common,
    },
}

#[derive(Debug, clap::Args)]
pub struct OfRound {
    /// The CSV file.
    file: PathBuf,
    /// The round that they belong to.
    #[arg(long)]
    round: u8,
    #[command(flatten)]
    common: Common,
}

/// Bad rows that are named; the others are counted.
const NAMED_AT_MOST: usize = 20;
/// Rows in one statement.
const AT_A_TIME: usize = 5_000;

/// Why nothing was imported.
enum Refused {
    Rows(Vec<RowMistake>, usize),
    NoRound(u8),
    Command(CommandError),
}

impl<T: Into<CommandError>> From<T> for Refused {
    fn from(failure: T) -> Self {
        Refused::Command(failure.into())
    }
}

pub fn run(command: &ImportCommand) -> ExitCode {
    let (common, file) = match command {
        ImportCommand::Sites(of) | ImportCommand::Slots(of) => (&of.common, &of.file),
        ImportCommand::Roster { file, common } => (common, file),
    };
    let voice = Voice::new(common);
    let imported = run_to_end(async {
        let (config, secrets) = read(common)?;
        let store = store(&config, &secrets).await?;
        let imported = match command {
            ImportCommand::Sites(of) => sites(&store, of).await,
            ImportCommand::Slots(of) => slots(&store, of).await,
            ImportCommand::Roster { file, .. } => roster(&store, file).await,
        };
        store.close().await;
        imported
    });
    let name = file.display().to_string();
    match imported {
        Ok(rows) => {
            voice.tell(&say::ImportDone { rows: (rows as u64).into(), file: name.into() });
            ExitCode::SUCCESS
        }
        Err(Refused::Command(failure)) => failure.tell(&voice),
        Err(Refused::NoRound(round)) => {
            eprintln!("{}", voice.say(&say::RoundUnknown { round: format!("{round:02}").into() }));
            ExitCode::from(2)
        }
        Err(Refused::Rows(mistakes, all)) => {
            eprintln!(
                "{}",
                voice.say(&say::ImportRefused { file: name.into(), rows: (all as u64).into() })
            );
            for mistake in &mistakes {
                let reason = voice.say(mistake.wrong.said());
                eprintln!(
                    "{}",
                    voice.say(&say::ImportRow {
                        line: mistake.line.to_string().into(),
                        reason: reason.into()
                    })
                );
            }
            if all > mistakes.len() {
                eprintln!(
                    "{}",
                    voice.say(&say::ImportMore { rows: ((all - mistakes.len()) as u64).into() })
                );
            }
            ExitCode::FAILURE
        }
    }
}

fn rows<T: Row>(path: &Path) -> Result<Rows<BufReader<File>, T>, Refused> {
    let file = File::open(path).map_err(|cause| CommandError::File(path.to_owned(), cause))?;
    Rows::new(BufReader::with_capacity(1 << 20, file))
        .map_err(|mistake| Refused::Rows(vec![mistake], 1))
}

/// Reads the whole file once, before anything is written: how many rows, or all that is wrong.
fn check<T: Row>(path: &Path, mut also: impl FnMut(&T) -> Option<Wrong>) -> Result<usize, Refused> {
    let (mut good, mut named, mut bad) = (0, Vec::new(), 0);
    for row in rows::<T>(path)? {
        let mistake = match row {
            Ok((line, row)) => also(&row).map(|wrong| RowMistake { line, wrong }),
            Err(mistake) => Some(mistake),
        };
        match mistake {
            None => good += 1,
            Some(mistake) => {
                bad += 1;
                if named.len() < NAMED_AT_MOST {
                    named.push(mistake);
                }
            }
        }
    }
    if bad == 0 { Ok(good) } else { Err(Refused::Rows(named, bad)) }
}

/// The same rows once more. They were right a moment ago.
fn again<T: Row>(path: &Path) -> Result<impl Iterator<Item = T>, Refused> {
    Ok(rows::<T>(path)?.filter_map(|row| row.ok().map(|(_, row)| row)))
}

async fn round(store: &Store, number: u8) -> Result<Round, Refused> {
    let known = RoundNumber::try_from(number).map_err(|_| Refused::NoRound(number))?;
    store.round(known).await?.ok_or(Refused::NoRound(number))
}

async fn sites(store: &Store, of: &OfRound) -> Result<usize, Refused> {
    let round = round(store, of.round).await?;
    let mut seen: HashSet<SiteId> = store.site_numbers(None).await?.into_iter().collect();
    let count = check::<Site>(&of.file, |site| {
        let twice = !seen.insert(site.id);
        if !round.brands.contains(&site.brand) {
            Some(Wrong::Brand)
        } else {
            twice.then_some(Wrong::Twice)
        }
    })?;
    let mut import = store.import().await?;
    let all: Vec<Site> = again(&of.file)?.collect();
    for set in all.chunks(AT_A_TIME) {
        import.sites(round.number, set).await?;
    }
    import.finish().await?;
    Ok(count)
}

async fn slots(store: &Store, of: &OfRound) -> Result<usize, Refused> {
    let round = round(store, of.round).await?;
    let sites: HashSet<SiteId> =
        store.site_numbers(Some(round.number)).await?.into_iter().collect();
    let mut seen = HashSet::new();
    let count = check::<SlotRow>(&of.file, |slot| {
        let twice = !seen.insert((slot.site, slot.starts));
        if !sites.contains(&slot.site) { Some(Wrong::Site) } else { twice.then_some(Wrong::Twice) }
    })?;
    let mut import = store.import().await?;
    let first = import.next_slot().await?.0;
    let slot = |(id, row): (u32, SlotRow)| Slot {
        id: SlotId(id),
        site: row.site,
        starts: row.starts,
        ends: row.ends,
        capacity: row.capacity,
        taken: 0,
    };
    let all: Vec<Slot> = (first..).zip(again(&of.file)?).map(slot).collect();
    for set in all.chunks(AT_A_TIME) {
        import.slots(round.number, set).await?;
    }
    import.finish().await?;
    Ok(count)
}

/// A number for a person that tells two apart; nothing of them is kept.
fn mark(row: &RosterRow) -> u64 {
    let mut hasher = DefaultHasher::new();
    row.card.id.hash(&mut hasher);
    hasher.finish()
}

async fn roster(store: &Store, path: &Path) -> Result<usize, Refused> {
    let mut seen = HashSet::new();
    let count = check::<RosterRow>(path, |row| (!seen.insert(mark(row))).then_some(Wrong::Twice))?;
    drop(seen);
    let bar = ProgressBar::new(count as u64).with_style(super::bar());
    let entry = |row: RosterRow| RosterEntry {
        category: row.category,
        password_hash: row.password_hash,
        ..RosterEntry::new(row.card)
    };
    let mut people = again::<RosterRow>(path)?.map(entry);
    let mut import = store.import().await?;
    loop {
        let set: Vec<RosterEntry> = people.by_ref().take(AT_A_TIME).collect();
        if set.is_empty() {
            break;
        }
        import.people(&set).await?;
        bar.inc(set.len() as u64);
    }
    import.finish().await?;
    bar.finish_and_clear();
    Ok(count)
}
