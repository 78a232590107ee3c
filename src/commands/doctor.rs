//! `vaxkiosk doctor`: the system check as a report, before a kiosk opens its doors. Exit status 0:
//! all passes; 1: something does not; 2: the settings are wrong.

use super::kiosk::{client, printer, reader};
use super::locale::LanguageParser;
use super::{locale, machine};
use crate::commands::stdout;
use crate::config::counter::{Counter, StaffCardConfig};
use crate::config::kiosk::KioskConfig;
use crate::devices::clock::SystemClock;
use crate::devices::staff_card::{ModuleFault, ModuleInfo, SlotInfo};
use crate::domain::language::Language;
use crate::domain::personal::Personal;
use crate::i18n::messages as say;
use crate::i18n::messages::Message;
use crate::i18n::texts::Texts;
use crate::kiosk::model::event::Checks;
use crate::kiosk::runtime::QUEUE_LENGTH;
use crate::kiosk::runtime::checking::check;
use crate::kiosk::runtime::pin;
use crate::kiosk::screens::operator::PIN_DIGITS;
use crate::kiosk::screens::too_small::LANDSCAPE;
use crate::kiosk::widgets::checks::{around, verdict};
use crate::receipt::drawing::Drawer;
use std::io::IsTerminal;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::mpsc::sync_channel;
use std::time::Duration;

#[derive(Debug, clap::Args)]
pub struct DoctorArguments {
    /// The kiosk's settings.
    #[arg(long, default_value = "kiosk-config/convenience-store.toml")]
    config: PathBuf,
    /// Asks for six digits and prints the line `operator_pin = …` for the settings.
    #[arg(long)]
    new_pin: bool,
    /// The language of what is said. Otherwise that of the locale, or zh-TW.
    #[arg(long, value_parser = LanguageParser)]
    language: Option<Language>,
}

/// How long the daemon takes to name the readers.
const READERS_SETTLE: Duration = Duration::from_millis(800);

/// A line of the report: what, in which state, and whether it passes; `None` if it has no state
/// that could fail.
type Line = (String, String, Option<bool>);

pub fn run(arguments: &DoctorArguments) -> ExitCode {
    let (texts, language) = (Texts::default(), locale::language(arguments.language));
    if arguments.new_pin {
        return new_pin(&texts, language);
    }
    let config = match KioskConfig::load(&arguments.config) {
        Ok(config) => config,
        Err(mistake) => {
            eprintln!("{}", mistake.said(&texts, language));
            return ExitCode::from(2);
        }
    };
    let checks = match look(&config) {
        Ok(checks) => checks,
        Err(failure) => {
            eprintln!("{}", failure.said(&texts, language));
            return ExitCode::from(2);
        }
    };
    let say = |message: &dyn Message| texts.say(language, message);
    let mut lines = vec![terminal(&say), fonts(&say)];
    lines.extend(devices(&say, &config, &checks));
    if let Some(counter) = &config.profile.counter {
        lines.extend(readers_of(&say, counter));
        lines.extend(staff_cards(&say, counter.staff_card.as_ref()));
    }
    for (what, state, passes) in &lines {
        let mark = say(verdict(*passes));
        stdout::line(format_args!("{mark}\t{what}\t{state}"));
    }
    stdout::line(format_args!("vaxkiosk {}", env!("CARGO_PKG_VERSION")));
    if lines.iter().any(|(.., passes)| *passes == Some(false)) {
        ExitCode::from(1)
    } else {
        ExitCode::SUCCESS
    }
}

/// Six digits from standard input, hashed.
fn new_pin(texts: &Texts, language: Language) -> ExitCode {
    eprintln!("{}", texts.say(language, &say::DoctorNewPin));
    let mut line = String::new();
    let read = machine::unseen(|| std::io::stdin().read_line(&mut line));
    let pin = Personal::new(line.trim());
    let right =
        pin.expose().len() == PIN_DIGITS && pin.expose().bytes().all(|byte| byte.is_ascii_digit());
    let mut salt = [0; 16];
    salt.copy_from_slice(&machine::random()[..16]);
    match (read, pin::hash(&pin, &salt)) {
        (Ok(_), Ok(hash)) if right => {
            stdout::line(format_args!("operator_pin = \"{hash}\""));
            ExitCode::SUCCESS
        }
        _ => {
            eprintln!("{}", texts.say(language, &say::DoctorPinWrong));
            ExitCode::from(2)
        }
    }
}

fn look(config: &KioskConfig) -> Result<Checks, super::kiosk::KioskError> {
    let client = client(&config.service)?;
    // The reader's events are not read here; only its name and version are.
    let (to_loop, _inputs) = sync_channel(QUEUE_LENGTH);
    let reader = reader(config, to_loop)?;
    std::thread::sleep(READERS_SETTLE);
    let network = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let printer = printer(config.printer.clone());
    Ok(network.block_on(check(client, reader, printer, Arc::new(SystemClock))))
}

fn terminal(say: &dyn Fn(&dyn Message) -> String) -> Line {
    let size = crossterm::terminal::size().ok().filter(|_| std::io::stdout().is_terminal());
    let what = say(&say::DoctorTerminal);
    match size {
        // The report goes to another program, so there is no terminal to look at.
        None => (what, say(&say::DoctorNoTerminal), None),
        Some((columns, rows)) => {
            (what, format!("{columns}x{rows}"), Some(columns >= LANDSCAPE.0 && rows >= LANDSCAPE.1))
        }
    }
}

/// A letter of each script must be in some font of this machine, or the paper has empty boxes.
fn fonts(say: &dyn Fn(&dyn Message) -> String) -> Line {
    let samples = Language::ALL.map(Language::sample);
    let mut drawer = Drawer::default();
    let missing: Vec<&str> =
        samples.into_iter().filter(|sample| !drawer.has_letters(sample)).collect();
    let state = if missing.is_empty() { say(&say::CheckReady) } else { missing.join(" ") };
    (say(&say::DoctorFonts), state, Some(missing.is_empty()))
}

fn devices(
    say: &dyn Fn(&dyn Message) -> String,
    config: &KioskConfig,
    checks: &Checks,
) -> Vec<Line> {
    let missing = || say(&say::CheckMissing);
    let reader = checks.reader.as_ref();
    let name = reader.map_or_else(missing, |reader| {
        format!("{} {}", reader.name, reader.version).trim().to_owned()
    });
    let mut lines = vec![(say(&say::CheckReader), name, config.reader.then_some(reader.is_some()))];
    lines.extend(around(say, checks));
    lines
}

/// Which reader is whose at a counter.
fn readers_of(say: &dyn Fn(&dyn Message) -> String, counter: &Counter) -> [Line; 2] {
    let staffs = counter.staff_card.as_ref().and_then(|card| card.reader.clone());
    let citizens = counter.citizen_reader.clone();
    [
        (
            say(&say::DoctorCitizenReader),
            citizens.unwrap_or_else(|| say(&say::DoctorAnyReader)),
            None,
        ),
        (say(&say::DoctorStaffReader), staffs.unwrap_or_else(|| say(&say::DoctorSameReader)), None),
    ]
}

/// The module of staff cards, and what is in its slots.
fn staff_cards(
    say: &dyn Fn(&dyn Message) -> String,
    config: Option<&StaffCardConfig>,
) -> Vec<Line> {
    let what = || say(&say::DoctorModule);
    let Some(config) = config else {
        return vec![(what(), say(&say::DoctorModuleUnset), None)];
    };
    let info = match inspect(config) {
        Ok(info) => info,
        Err(fault) => return vec![(what(), say(module_fault(fault)), Some(false))],
    };
    let mut lines = vec![(what(), info.name, Some(true))];
    if !info.slots.iter().any(|slot| slot.is_ours) {
        lines.push((what(), say(&say::DoctorNoSlot), Some(false)));
    }
    lines.extend(info.slots.into_iter().map(|slot| slot_line(say, slot)));
    lines
}

fn slot_line(say: &dyn Fn(&dyn Message) -> String, slot: SlotInfo) -> Line {
    let number = slot.number.to_string().into();
    let what = match slot.is_ours {
        true => say(&say::DoctorSlotStaff { number }),
        false => say(&say::DoctorSlot { number }),
    };
    let description = slot.description.into();
    let state = match slot.token {
        Some(label) => say(&say::DoctorCard { slot: description, label: label.into() }),
        None => say(&say::DoctorNoCard { slot: description }),
    };
    (what, state, None)
}

fn module_fault(fault: ModuleFault) -> &'static dyn Message {
    match fault {
        ModuleFault::Missing => &say::DoctorModuleMissing,
        ModuleFault::NotAModule => &say::DoctorModuleNot,
        ModuleFault::Failed => &say::DoctorModuleFailed,
        ModuleFault::Hangs => &say::DoctorModuleHangs,
    }
}

#[cfg(feature = "staff-card")]
fn inspect(config: &StaffCardConfig) -> Result<ModuleInfo, ModuleFault> {
    use crate::devices::staff_card::StaffCardReader;
    let reader = super::staff_card::reader(config, |_| {});
    reader.map_err(|_| ModuleFault::Failed)?.inspect()
}

/// This program was built without staff cards.
#[cfg(not(feature = "staff-card"))]
fn inspect(_: &StaffCardConfig) -> Result<ModuleInfo, ModuleFault> {
    Err(ModuleFault::Missing)
}
