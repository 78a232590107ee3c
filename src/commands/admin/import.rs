//! `vaxkiosk admin import`: sites, slots and roster from CSV files, all or nothing. Every bad row
//! is named with its line and reason.

use super::Common;
use super::plan::{SitePlan, SlotPlan, Step};
use crate::commands::cli::{CommandError, Voice, read, run_to_end, store};
use crate::commands::machine;
use crate::config::tables::{RosterRow, Row, RowMistake, Rows, SlotRow, Wrong, WrongCell};
use crate::domain::round::RoundNumber;
use crate::domain::site::{Site, Slot, SlotId};
use crate::i18n::messages as say;
use crate::server::store::Store;
use crate::server::store::audit_trail::{Action, Actor, Entry};
use crate::server::store::import::{Import, RosterEntry};
use crate::server::store::programme::Programme;
use crate::server::store::roster::Counts;
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
        Ok(Counts { new, changed, same }) => {
            voice.tell(&say::ImportDone {
                added: (new as u64).into(),
                changed: (changed as u64).into(),
                same: (same as u64).into(),
                file: name.into(),
            });
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
                eprintln!("{}", said(&voice, mistake));
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

/// A mistake as a line for the administrator.
fn said(voice: &Voice, mistake: &RowMistake) -> String {
    let reason = mistake.wrong.tell(|message| voice.say(message)).into();
    let line = mistake.line.to_string().into();
    match &mistake.cell {
        None => voice.say(&say::ImportRow { line, reason }),
        Some(WrongCell { column, found: None }) => {
            voice.say(&say::ImportRowColumn { line, reason, column: (*column).into() })
        }
        Some(WrongCell { column, found: Some(found) }) => {
            let (column, found) = ((*column).into(), found.as_str().into());
            voice.say(&say::ImportRowCell { line, column, found, reason })
        }
    }
}

fn rows<T: Row>(path: &Path) -> Result<Rows<BufReader<File>, T>, Refused> {
    let unreadable = |cause| CommandError::File(path.to_owned(), cause);
    let file = File::open(path).map_err(unreadable)?;
    if file.metadata().map_err(unreadable)?.is_dir() {
        return Err(unreadable(std::io::ErrorKind::IsADirectory.into()).into());
    }
    Rows::new(BufReader::with_capacity(1 << 20, file))
        .map_err(|mistake| Refused::Rows(vec![mistake], 1))
}

/// Reads the whole file once, before anything is written: what is to be done with each row, or all
/// that is wrong.
fn check<T: Row, S>(
    path: &Path,
    mut step: impl FnMut(&T) -> Result<S, Wrong>,
) -> Result<Vec<S>, Refused> {
    let (mut steps, mut named, mut bad) = (Vec::new(), Vec::new(), 0);
    for row in rows::<T>(path)? {
        let step =
            row.and_then(|(line, row)| step(&row).map_err(|wrong| RowMistake::of_row(line, wrong)));
        match step {
            Ok(step) => steps.push(step),
            Err(mistake) => {
                bad += 1;
                if named.len() < NAMED_AT_MOST {
                    named.push(mistake);
                }
            }
        }
    }
    if bad == 0 { Ok(steps) } else { Err(Refused::Rows(named, bad)) }
}

/// The same rows once more. They were right a moment ago.
fn again<T: Row>(path: &Path) -> Result<impl Iterator<Item = T>, Refused> {
    Ok(rows::<T>(path)?.filter_map(|row| row.ok().map(|(_, row)| row)))
}

async fn programme(store: &Store, number: u8) -> Result<Programme, Refused> {
    let known = RoundNumber::try_from(number).map_err(|_| Refused::NoRound(number))?;
    store.programme(known).await?.ok_or(Refused::NoRound(number))
}

/// How many rows are added, changed and left as they are.
fn count<C>(steps: &[Step<C>]) -> Counts {
    let mut counts = Counts::default();
    for step in steps {
        match step {
            Step::New => counts.new += 1,
            Step::Changed(_) => counts.changed += 1,
            Step::Same => counts.same += 1,
        }
    }
    counts
}

async fn sites(store: &Store, of: &OfRound) -> Result<Counts, Refused> {
    let Programme { round, sites, slots } = programme(store, of.round).await?;
    let all = store.site_numbers(None).await?;
    let mut plan = SitePlan::new(&round, &sites, &slots, &all);
    let steps = check::<Site, _>(&of.file, |site| plan.step(site))?;
    let (mut new, mut changed) = (Vec::new(), Vec::new());
    for (step, site) in steps.iter().zip(again::<Site>(&of.file)?) {
        match step {
            Step::New => new.push(site),
            Step::Changed(()) => changed.push(site),
            Step::Same => {}
        }
    }
    let mut import = store.import().await?;
    import.sites(round.number, &new).await?;
    for set in changed.chunks(AT_A_TIME) {
        import.change_sites(set).await?;
    }
    tell_trail(&mut import, &of.file, count(&steps));
    import.finish().await?;
    Ok(count(&steps))
}

async fn slots(store: &Store, of: &OfRound) -> Result<Counts, Refused> {
    let Programme { round, sites, slots } = programme(store, of.round).await?;
    let mut plan = SlotPlan::new(&round, &sites, &slots);
    let steps = check::<SlotRow, _>(&of.file, |row| plan.step(row))?;
    let mut import = store.import().await?;
    let mut next = import.next_slot().await?.0..;
    let (mut new, mut changed) = (Vec::new(), Vec::new());
    for (step, row) in steps.iter().zip(again::<SlotRow>(&of.file)?) {
        match step {
            Step::New => new.extend(next.next().map(|id| Slot {
                id: SlotId(id),
                site: row.site,
                starts: row.starts,
                ends: row.ends,
                capacity: row.capacity,
                taken: 0,
            })),
            Step::Changed(slot) => changed.push((*slot, row.capacity)),
            Step::Same => {}
        }
    }
    import.slots(round.number, &new).await?;
    for set in changed.chunks(AT_A_TIME) {
        import.change_capacities(set).await?;
    }
    tell_trail(&mut import, &of.file, count(&steps));
    import.finish().await?;
    Ok(count(&steps))
}

/// Tells the audit trail what an import did, if it changed anything.
fn tell_trail(import: &mut Import, file: &Path, counts: Counts) {
    let Counts { new, changed, .. } = counts;
    if new + changed > 0 {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        let entry = Entry::new(machine::now(), Actor::Administrator, Action::Import);
        let after = Some(format!("{name}: {new} new, {changed} changed"));
        import.tell_trail(Entry { after, ..entry });
    }
}

/// A number that tells two identities or two cards apart; nothing of them is kept.
fn mark(of: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    of.hash(&mut hasher);
    hasher.finish()
}

async fn roster(store: &Store, path: &Path) -> Result<Counts, Refused> {
    let (mut people, mut cards) = (HashSet::new(), HashSet::new());
    let rows = check::<RosterRow, _>(path, |row| {
        // A card is of one person.
        let is_first = people.insert(mark(&row.card.id)) & cards.insert(mark(&row.card.number));
        if is_first { Ok(()) } else { Err(Wrong::Twice) }
    })?;
    drop((people, cards));
    let mut counts = Counts::default();
    let bar = ProgressBar::new(rows.len() as u64).with_style(super::bar());
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
        counts += import.people(&set).await?;
        bar.inc(set.len() as u64);
    }
    tell_trail(&mut import, path, counts);
    import.finish().await?;
    bar.finish_and_clear();
    Ok(counts)
}
