//! `vaxkiosk demo`: kiosk and service in one process, talking real HTTP on the loopback. Cards,
//! clock and people are simulated, and begin the same way each time. It begins with the choice of
//! exercises, unless it is told to look around.

mod exercises;
mod line;
pub mod phone;
pub mod practice_service;
pub mod results;
mod site_day;
mod staff;
mod trainee;
pub mod training;
#[cfg(feature = "web")]
mod web;
mod world;
mod world_plan;

use super::{locale, machine};
use crate::client::http::{Client, ClientOptions, HttpClient};
use crate::config;
use crate::config::counter::Counter;
use crate::config::profile::Profile;
use crate::devices::printer::Printer;
use crate::devices::simulated::clock::SimulatedClock;
use crate::devices::simulated::printer::SimulatedPrinter;
use crate::devices::simulated::reader::SimulatedReader;
use crate::devices::simulated::staff_card::SimulatedStaffReader;
use crate::domain::channel::Channel;
use crate::domain::taipei;
use crate::i18n::messages as say;
use crate::i18n::texts::Texts;
use crate::kiosk::model::effect::JournalEffect;
use crate::kiosk::model::event::Event;
use crate::kiosk::runtime::listen;
use crate::kiosk::runtime::terminal::KioskTerminal;
use crate::kiosk::runtime::type_size;
use crate::kiosk::runtime::{self, Handles, LoopInput, QUEUE_LENGTH};
use crate::receipt::demo_key::DEMO_ONLY_SECRET;
use crate::receipt::signing::ReceiptSigner;
use crate::training::exercise::Exercise;
use crate::training::results::Results;
use clap::Args;
use jiff::civil::DateTime;
use phone::PracticePhones;
use practice_service::PracticeService;
use results::ResultsFile;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, SyncSender, sync_channel};
use training::{Props, Training};

/// Why the training cannot begin, or go on: of the machine, its database in memory or its line.
type DemoError = Box<dyn std::error::Error>;

/// What the training is told.
#[derive(Debug, Args)]
pub struct DemoArguments {
    /// The kiosk's settings. Otherwise those of kiosk-config/demo.toml as the program was built
    /// with them.
    #[arg(long)]
    config: Option<PathBuf>,
    /// Where the kiosk stands: convenience-store, pharmacy or health-station. Otherwise as the
    /// settings say.
    #[arg(long, value_parser = locale::channel)]
    channel: Option<Channel>,
    /// A pharmacy's counter: its staff log in with simulated cards and serve citizens.
    #[arg(long)]
    counter: bool,
    /// A desk at a vaccination site on its day: staff log in with simulated cards, people check in.
    #[arg(long, conflicts_with = "counter")]
    site: bool,
    /// A folder: each receipt that is "printed" goes there as a PNG and a PDF.
    #[arg(long)]
    paper: Option<PathBuf>,
    #[cfg(feature = "web")]
    #[command(flatten)]
    web: web::WebArguments,
    /// Straight to the kiosk, without the choice of exercises.
    #[arg(long)]
    look_around: bool,
    /// A folder of exercises, in place of those of the program.
    #[arg(long, conflicts_with = "look_around")]
    exercises: Option<PathBuf>,
    /// Only reads the exercises, says what is wrong with them, and ends. Needs no terminal.
    #[arg(long, requires = "exercises")]
    check: bool,
    /// A folder: what each run of an exercise was worth is kept there; otherwise nowhere.
    #[arg(long, conflicts_with = "look_around")]
    results: Option<PathBuf>,
    #[command(flatten)]
    trainee: trainee::TraineeArguments,
}

impl DemoArguments {
    /// The profile with what the command line says otherwise.
    fn applied_to(&self, profile: Profile) -> Profile {
        let channel = self.channel.unwrap_or(match (self.counter, self.site) {
            (_, true) => Channel::VaccinationSite,
            (true, false) if !profile.channel.has_counter() => Channel::Pharmacy,
            (true | false, false) => profile.channel,
        });
        let staffed = self.counter || channel == Channel::VaccinationSite;
        let counter = staffed.then(Counter::training).or(profile.counter);
        Profile { channel, counter, ..profile }
    }
}

pub fn run(arguments: &DemoArguments) -> ExitCode {
    let (texts, language) = (Texts::default(), locale::language(None));
    // A mistake is told here, and not to the first visitor.
    let shelf = match exercises::load(arguments.exercises.as_deref()) {
        Ok(shelf) => shelf,
        Err(mistakes) => {
            mistakes.iter().for_each(|mistake| eprintln!("{}", mistake.said(&texts, language)));
            return ExitCode::from(2);
        }
    };
    if arguments.check {
        println!("{}", texts.say(language, &say::ExercisesRight { count: shelf.len().into() }));
        return ExitCode::SUCCESS;
    }
    #[cfg(feature = "web")]
    if let Some(address) = arguments.web.address {
        return web::run(arguments, address);
    }
    if !std::io::stdout().is_terminal() || !std::io::stdin().is_terminal() {
        eprintln!("{}", texts.say(language, &say::TerminalNeeded));
        return ExitCode::from(2);
    }
    let profile = match config::demo::load(arguments.config.as_deref()) {
        Ok(profile) => arguments.applied_to(profile),
        Err(mistake) => {
            eprintln!("{}", mistake.said(&texts, language));
            return ExitCode::from(2);
        }
    };
    let speak = |message: &dyn say::Message| texts.say(language, message);
    let results = match results_in(arguments.results.as_deref(), &speak) {
        Ok(results) => results,
        Err(words) => {
            eprintln!("{words}");
            return ExitCode::from(2);
        }
    };
    let (channel, token) = (profile.channel.code(), hex::encode(&machine::random()[..16]));
    let joined = match trainee::join_room(&arguments.trainee, channel, token, &speak) {
        Ok(joined) => joined,
        Err(words) => {
            eprintln!("{words}");
            return ExitCode::from(2);
        }
    };
    match demo(profile, arguments, shelf, results, joined) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("vaxkiosk: {failure}");
            ExitCode::FAILURE
        }
    }
}

/// Where results are kept and those of before, or why not, in words.
fn results_in(
    folder: Option<&Path>,
    speak: &dyn Fn(&dyn say::Message) -> String,
) -> Result<(ResultsFile, Results), String> {
    ResultsFile::open(folder).map_err(|cause| {
        let folder = folder.map(|folder| folder.display().to_string()).unwrap_or_default();
        let (folder, cause) = (folder.into(), cause.to_string().into());
        speak(&say::TrainerFolderFailed { folder, cause })
    })
}

fn demo(
    profile: Profile,
    arguments: &DemoArguments,
    shelf: Arc<[Exercise]>,
    (results, before): (ResultsFile, Results),
    joined: Option<trainee::Joined>,
) -> Result<(), DemoError> {
    machine::leave_no_core()?;
    let (to_loop, inputs) = sync_channel(QUEUE_LENGTH);
    let clock = Arc::new(SimulatedClock::starting_at(taipei::instant(begins(profile.channel))));
    let events = to_loop.clone();
    let reader = Arc::new(SimulatedReader::new(move |event| {
        let _ = events.send(LoopInput::Event(Event::Reader(event)));
    }));
    let staff_reader = staff_reader(to_loop.clone());
    let printer = Arc::new(SimulatedPrinter::new(arguments.paper.clone()));
    let network =
        tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
    let phones = Arc::new(PracticePhones { to_loop: to_loop.clone() });
    let service = PracticeService::new(Arc::clone(&clock), Arc::clone(&staff_reader), phones)?;
    let client = client(&service)?;
    let props = Arc::new(Props {
        service,
        reader: Arc::clone(&reader),
        staff_reader: Arc::clone(&staff_reader),
        printer: Arc::clone(&printer),
        results,
    });
    let kept = Arc::clone(&props);
    begin_world(Arc::clone(&props), profile.channel);
    let offered = offered(arguments, shelf, before);
    let looks_around = arguments.look_around;
    let training = Training { props, to_loop: to_loop.clone(), offered, looks_around };
    let handles = Handles {
        clock,
        reader,
        staff_reader: Some(staff_reader),
        printer: Some(printer as Arc<dyn Printer>),
        client,
        journal: Some(journal(&to_loop)?),
        network: network.handle().clone(),
        training: Some(Arc::new(training)),
        watcher: joined.map(|joined| joined.shown_to(to_loop.clone())),
        alive: None,
        to_loop: to_loop.clone(),
    };
    let ended = on_the_terminal(profile, &handles, &inputs, to_loop);
    let _ = std::fs::remove_dir_all(machine::own_folder("demo"));
    network.shutdown_background();
    kept.results.finish()?;
    ended
}

/// What is offered at the start: nothing to whoever looks around without a trainer, who could begin
/// an exercise.
fn offered(
    arguments: &DemoArguments,
    shelf: Arc<[Exercise]>,
    before: Results,
) -> Option<(Arc<[Exercise]>, Results)> {
    let is_offered = !arguments.look_around || arguments.trainee.is_supervised();
    is_offered.then_some((shelf, before))
}

/// Makes the usual world while the first page is drawn. If that fails, the kiosk says on every
/// screen that there is no line.
fn begin_world(props: Arc<Props>, channel: Channel) {
    std::thread::spawn(move || props.service.begin(channel, None, false).map(drop).is_ok());
}

/// The reader of the practice staff's cards.
fn staff_reader(to_loop: SyncSender<LoopInput>) -> Arc<SimulatedStaffReader> {
    Arc::new(SimulatedStaffReader::new(move |event| {
        let _ = to_loop.send(LoopInput::Event(Event::StaffCard(event)));
    }))
}

/// The training's own service, as the kiosk reaches it.
fn client(service: &PracticeService) -> Result<Client, DemoError> {
    let way = HttpClient::new(&ClientOptions::default())?;
    Ok(Client::new(way, service.url(), service.device.clone()))
}

/// What a practice desk keeps: of this run alone, whose people are nobody else.
fn journal(to_loop: &SyncSender<LoopInput>) -> std::io::Result<Sender<JournalEffect>> {
    runtime::journal::start(machine::own_folder("demo"), to_loop.clone())
}

/// Takes the terminal and runs the kiosk on it until it ends.
fn on_the_terminal(
    profile: Profile,
    handles: &Handles,
    inputs: &Receiver<LoopInput>,
    to_loop: SyncSender<LoopInput>,
) -> Result<(), DemoError> {
    let mut terminal =
        KioskTerminal::take(machine::terminal_kind() == Some(type_size::Kind::Kitty))?;
    // The terminal belongs to the trainer, so its size of type is left as it is.
    type_size::begin(machine::terminal_kind(), false);
    listen::listen_to_keys(to_loop.clone());
    listen::listen_to_signals(to_loop)?;
    let receipt_keys = vec![ReceiptSigner::from_secret(DEMO_ONLY_SECRET).public_key()];
    let profile = Profile { receipt_keys, ..profile };
    Ok(runtime::run(profile, handles, inputs, &mut terminal.screen, &mut machine::display())?)
}

/// When the training begins: the first morning of the round, or of a site's day.
fn begins(channel: Channel) -> DateTime {
    match channel {
        Channel::ConvenienceStore | Channel::Pharmacy | Channel::HealthStation => world::BEGINS,
        Channel::VaccinationSite => site_day::BEGINS,
    }
}
