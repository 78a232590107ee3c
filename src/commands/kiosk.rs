//! `vaxkiosk kiosk`: the kiosk with its real devices, against a service.

use super::locale::LanguageParser;
use super::{locale, machine};
use crate::client::http::{Client, ClientOptions, HttpClient, TlsRoots};
use crate::config::kiosk::{KioskConfig, PrinterConfig, Proof, ServiceConfig};
use crate::devices::card_reader::{CardReader, NoReader, ReaderEvent};
use crate::devices::clock::SystemClock;
use crate::devices::cups::CupsPrinter;
use crate::devices::escpos::{DevicePrinter, TcpPrinter};
use crate::devices::printer::{OneAtATime, Printer};
use crate::devices::staff_card::StaffCardReader;
use crate::domain::language::Language;
use crate::i18n::messages as say;
use crate::i18n::texts::Texts;
use crate::kiosk::model::effect::JournalEffect;
use crate::kiosk::model::event::Event;
use crate::kiosk::runtime::listen;
use crate::kiosk::runtime::terminal::KioskTerminal;
use crate::kiosk::runtime::type_size;
use crate::kiosk::runtime::{self, Handles, Life, LoopInput, QUEUE_LENGTH};
use sd_notify::NotifyState;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::mpsc::{Sender, SyncSender, sync_channel};

#[derive(Debug, clap::Args)]
pub struct KioskArguments {
    /// The kiosk's settings.
    #[arg(long, default_value = "kiosk-config/convenience-store.toml")]
    config: PathBuf,
    /// The language of what is said before the kiosk begins. Otherwise that of the
    /// locale, or zh-TW.
    #[arg(long, value_parser = LanguageParser)]
    language: Option<Language>,
}

/// Why the kiosk cannot begin, or go on.
#[derive(Debug, thiserror::Error)]
pub enum KioskError {
    /// A file of the settings that cannot be read or used.
    #[error("{path}: {1}", path = .0.display())]
    File(PathBuf, std::io::Error),
    /// The machine has no thread, terminal or memory to spare.
    #[error(transparent)]
    Machine(#[from] std::io::Error),
}

impl KioskError {
    /// One clear sentence.
    pub fn said(&self, texts: &Texts, language: Language) -> String {
        match self {
            KioskError::File(file, cause) => {
                let file = file.display().to_string();
                texts.say(
                    language,
                    &say::ConfigUnreadable { file: file.into(), cause: cause.to_string().into() },
                )
            }
            KioskError::Machine(cause) => {
                texts.say(language, &say::MachineFailed { cause: cause.to_string().into() })
            }
        }
    }
}

pub fn run(arguments: &KioskArguments) -> ExitCode {
    let (texts, language) = (Texts::default(), locale::language(arguments.language));
    machine::write_journal();
    let failed = |status: u8, said: String| {
        tracing::error!("{said}");
        eprintln!("{said}");
        ExitCode::from(status)
    };
    let config = match KioskConfig::load(&arguments.config) {
        Ok(config) => config,
        Err(mistake) => return failed(2, mistake.said(&texts, language)),
    };
    if !std::io::stdout().is_terminal() || !std::io::stdin().is_terminal() {
        return failed(2, texts.say(language, &say::TerminalNeeded));
    }
    match kiosk(config) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failed(1, failure.said(&texts, language)),
    }
}

fn kiosk(config: KioskConfig) -> Result<(), KioskError> {
    machine::leave_no_core()?;
    let client = client(&config.service)?;
    let (to_loop, inputs) = sync_channel(QUEUE_LENGTH);
    let network =
        tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
    let handles = Handles {
        clock: Arc::new(SystemClock),
        reader: reader(&config, to_loop.clone())?,
        staff_reader: staff_reader(&config, to_loop.clone())?,
        client,
        journal: journal(config.journal, to_loop.clone())?,
        printer: printer(config.printer),
        network: network.handle().clone(),
        training: None,
        watcher: None,
        alive: Some(tell_systemd),
        to_loop: to_loop.clone(),
    };
    let mut terminal =
        KioskTerminal::take(machine::terminal_kind() == Some(type_size::Kind::Kitty))?;
    type_size::begin(machine::terminal_kind(), true);
    listen::listen_to_keys(to_loop.clone());
    listen::listen_to_signals(to_loop)?;
    let ended = runtime::run(
        config.profile,
        &handles,
        &inputs,
        &mut terminal.screen,
        &mut machine::display(),
    );
    drop(terminal);
    network.shutdown_background();
    Ok(ended?)
}

/// What the desk of a vaccination site keeps on this machine.
fn journal(
    folder: Option<PathBuf>,
    to_loop: SyncSender<LoopInput>,
) -> std::io::Result<Option<Sender<JournalEffect>>> {
    folder.map(|folder| runtime::journal::start(folder, to_loop)).transpose()
}

/// Tells systemd, if the program runs under it, that the kiosk is ready or alive.
fn tell_systemd(life: Life) {
    let _ = sd_notify::notify(&[match life {
        Life::Ready => NotifyState::Ready,
        Life::Alive => NotifyState::Watchdog,
    }]);
}

/// The printer as these settings have it.
pub fn printer(config: Option<PrinterConfig>) -> Option<Arc<dyn Printer>> {
    Some(match config? {
        PrinterConfig::Tcp(address) => Arc::new(OneAtATime::new(TcpPrinter { address })),
        PrinterConfig::Device { path, speed } => {
            Arc::new(OneAtATime::new(DevicePrinter { path, speed }))
        }
        PrinterConfig::Cups(queue) => {
            Arc::new(OneAtATime::new(CupsPrinter { queue, server: None }))
        }
    })
}

/// The service as these settings have it.
///
/// # Errors
/// [`KioskError`] with the file that cannot be read or used.
pub fn client(service: &ServiceConfig) -> Result<Client, KioskError> {
    let failed = |path: &Path, cause: std::io::Error| KioskError::File(path.to_owned(), cause);
    let read = |path: &Path| std::fs::read(path).map_err(|cause| failed(path, cause));
    let pem = |path: &Path, parts: &[&str]| {
        let text = read(path)?;
        let begins = |part: &&str| String::from_utf8_lossy(&text).contains(&format!("{part}-----"));
        match parts.iter().find(|part| !begins(part)) {
            None => Ok(text),
            Some(part) => Err(failed(
                path,
                std::io::Error::other(format!("{part}: not in it (PEM, RFC 7468)")),
            )),
        }
    };
    let trust = match &service.ca {
        _ if service.url.starts_with("http://") => TlsRoots::Nothing,
        Some(path) => TlsRoots::Only(pem(path, &["BEGIN CERTIFICATE"])?),
        None => TlsRoots::System,
    };
    let (identity, token) = match &service.proof {
        Proof::Token(path) => {
            let token = String::from_utf8_lossy(&read(path)?).trim().to_owned();
            if token.is_empty() {
                return Err(failed(path, std::io::ErrorKind::UnexpectedEof.into()));
            }
            (None, token)
        }
        Proof::Certificate(path) => {
            (Some(pem(path, &["BEGIN CERTIFICATE", "PRIVATE KEY"])?), String::new())
        }
    };
    let way = HttpClient::new(&ClientOptions { trust, identity, idle_connections: None })
        .map_err(std::io::Error::other)?;
    Ok(Client::new(way, service.url.clone(), token))
}

/// The readers of this machine into which citizens put their cards, if the kiosk has any.
///
/// # Errors
/// When the machine has no thread to spare.
#[cfg(feature = "pcsc")]
pub fn reader(
    config: &KioskConfig,
    to_loop: SyncSender<LoopInput>,
) -> std::io::Result<Arc<dyn CardReader>> {
    use crate::devices::pcsc_reader::{Choice, PcscReader};
    if !config.reader {
        return Ok(without_reader(&to_loop));
    }
    let counter = config.profile.counter.as_ref();
    let staffs = counter.and_then(|counter| counter.staff_card.as_ref()?.reader.clone());
    let citizens = counter.and_then(|counter| counter.citizen_reader.clone());
    let events = move |event| {
        let _ = to_loop.send(LoopInput::Event(Event::Reader(event)));
    };
    Ok(Arc::new(PcscReader::start_with(Choice { only: citizens, not: staffs }, events)?))
}

#[cfg(not(feature = "pcsc"))]
pub fn reader(
    _: &KioskConfig,
    to_loop: SyncSender<LoopInput>,
) -> std::io::Result<Arc<dyn CardReader>> {
    Ok(without_reader(&to_loop))
}

/// The reader of staff cards, at a counter whose settings name a module for them.
///
/// # Errors
/// When the machine has no thread to spare.
#[cfg(feature = "staff-card")]
fn staff_reader(
    config: &KioskConfig,
    to_loop: SyncSender<LoopInput>,
) -> std::io::Result<Option<Arc<dyn StaffCardReader>>> {
    let counter = config.profile.counter.as_ref();
    let Some(staff_card) = counter.and_then(|counter| counter.staff_card.as_ref()) else {
        return Ok(None);
    };
    let events = move |event| {
        let _ = to_loop.send(LoopInput::Event(Event::StaffCard(event)));
    };
    Ok(Some(Arc::new(super::staff_card::reader(staff_card, events)?)))
}

#[cfg(not(feature = "staff-card"))]
fn staff_reader(
    _: &KioskConfig,
    _: SyncSender<LoopInput>,
) -> std::io::Result<Option<Arc<dyn StaffCardReader>>> {
    Ok(None)
}

fn without_reader(to_loop: &SyncSender<LoopInput>) -> Arc<dyn CardReader> {
    // The loop does not run yet, and its channel has room, so that sending does not wait.
    let _ = to_loop.send(LoopInput::Event(Event::Reader(ReaderEvent::ReaderLost)));
    Arc::new(NoReader)
}
