//! `vaxkiosk demo`: kiosk and service in one process, talking real HTTP on the loopback. Cards,
//! clock and people are simulated, and begin the same way each time.

mod line;
mod phone;
mod site_day;
mod staff;
mod trainee;
mod world;

use super::{locale, machine};
use crate::client::http::{Client, ClientOptions, HttpClient};
use crate::config;
use crate::config::counter::Counter;
use crate::config::profile::Profile;
use crate::devices::clock::Clock;
use crate::devices::printer::Printer;
use crate::devices::simulated::clock::SimulatedClock;
use crate::devices::simulated::printer::SimulatedPrinter;
use crate::devices::simulated::reader::SimulatedReader;
use crate::devices::simulated::staff_card::SimulatedStaffReader;
use crate::domain::channel::Channel;
use crate::domain::personal::Personal;
use crate::domain::site::SiteId;
use crate::domain::taipei;
use crate::i18n::messages as say;
use crate::i18n::texts::Texts;
use crate::kiosk::model::effect::{JournalEffect, TrainingEffect};
use crate::kiosk::model::event::Event;
use crate::kiosk::runtime::listen;
use crate::kiosk::runtime::terminal::KioskTerminal;
use crate::kiosk::runtime::type_size;
use crate::kiosk::runtime::{self, Handles, LoopInput, QUEUE_LENGTH, TrainingWorld};
use crate::receipt::claims::Claims;
use crate::receipt::demo_key::DEMO_ONLY_SECRET;
use crate::receipt::signing::ReceiptSigner;
use crate::server::connections::{Options, serve};
use crate::server::env::Env;
use crate::server::keys::{Purpose, Secrets, fingerprint};
use crate::server::limits::Allowance;
use crate::server::notify::{Pace, deliver};
use crate::server::otp::SimulatedIssuer;
use crate::server::service::{Service, seal};
use crate::server::store::Store;
use crate::server::store::devices::NewDevice;
use crate::server::store::error::StoreError;
use clap::Args;
use jiff::Timestamp;
use jiff::civil::DateTime;
use line::{CuttableListener, Line};
use phone::PracticePhones;
use std::io::IsTerminal;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::mpsc::{Receiver, Sender, SyncSender, sync_channel};
use std::sync::{Arc, OnceLock};

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
    if !std::io::stdout().is_terminal() || !std::io::stdin().is_terminal() {
        eprintln!("{}", Texts::default().say(locale::language(None), &say::TerminalNeeded));
        return ExitCode::from(2);
    }
    let profile = match config::demo::load(arguments.config.as_deref()) {
        Ok(profile) => arguments.applied_to(profile),
        Err(mistake) => {
            eprintln!("{}", mistake.said(&Texts::default(), locale::language(None)));
            return ExitCode::from(2);
        }
    };
    let (texts, language) = (Texts::default(), locale::language(None));
    let speak = |message: &dyn say::Message| texts.say(language, message);
    let channel = profile.channel.code();
    let joined = match trainee::join_room(&arguments.trainee, channel, random_token(), &speak) {
        Ok(joined) => joined,
        Err(words) => {
            eprintln!("{words}");
            return ExitCode::from(2);
        }
    };
    match demo(profile, arguments.paper.clone(), joined) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("vaxkiosk: {failure}");
            ExitCode::FAILURE
        }
    }
}

fn demo(
    profile: Profile,
    paper: Option<PathBuf>,
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
    let printer = Arc::new(SimulatedPrinter::new(paper));
    let network =
        tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
    let line = Arc::new(Line::default());
    let listener = std::net::TcpListener::bind(("127.0.0.1", 0))?;
    listener.set_nonblocking(true)?;
    let address = listener.local_addr()?;
    let device = random_token();
    let running = Arc::new(OnceLock::new());
    let issuer = Arc::new(SimulatedIssuer::new(&demo_secrets().key(Purpose::Otp)));
    network.spawn(service(Given {
        listener,
        line: Arc::clone(&line),
        clock: Arc::clone(&clock),
        channel: profile.channel,
        device: kiosk(profile.channel, &device),
        issuer: Arc::clone(&issuer),
        phones: Arc::new(PracticePhones { to_loop: to_loop.clone() }),
        staff_reader: Arc::clone(&staff_reader),
        running: Arc::clone(&running),
    }));
    let training = Training {
        clock: Arc::clone(&clock),
        reader: Arc::clone(&reader),
        staff_reader: Arc::clone(&staff_reader),
        line,
        printer: Arc::clone(&printer),
        issuer,
        to_loop: to_loop.clone(),
        service: running,
        network: network.handle().clone(),
    };
    let handles = Handles {
        clock,
        reader,
        staff_reader: Some(staff_reader),
        printer: Some(Arc::clone(&printer) as Arc<dyn Printer>),
        client: client(address, device)?,
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
    ended
}

/// The reader of the practice staff's cards.
fn staff_reader(to_loop: SyncSender<LoopInput>) -> Arc<SimulatedStaffReader> {
    Arc::new(SimulatedStaffReader::new(move |event| {
        let _ = to_loop.send(LoopInput::Event(Event::StaffCard(event)));
    }))
}

/// The training's own service, as the kiosk reaches it.
fn client(address: SocketAddr, device: String) -> Result<Client, DemoError> {
    let way = HttpClient::new(&ClientOptions::default())?;
    Ok(Client::new(way, format!("http://{address}"), device))
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

/// A token for the one device of this run: 32 hexadecimal digits.
fn random_token() -> String {
    hex::encode(&machine::random()[..16])
}

/// The one kiosk that the training's service knows.
fn kiosk(
    channel: Channel,
    token: &str,
) -> impl FnOnce(Timestamp, Option<SiteId>) -> NewDevice + Send + 'static {
    let token = Some(fingerprint(token.as_bytes()));
    move |added, site| NewDevice {
        name: "training".into(),
        channel,
        institution: staff::HERE.into(),
        site,
        counter: false,
        token,
        certificate: None,
        added,
    }
}

/// What the training's service is given.
struct Given<D> {
    channel: Channel,
    listener: std::net::TcpListener,
    line: Arc<Line>,
    clock: Arc<SimulatedClock>,
    device: D,
    issuer: Arc<SimulatedIssuer>,
    phones: Arc<PracticePhones>,
    staff_reader: Arc<SimulatedStaffReader>,
    running: Arc<OnceLock<Arc<Service>>>,
}

async fn service(given: Given<impl FnOnce(Timestamp, Option<SiteId>) -> NewDevice>) {
    let Given { channel, listener, line, clock, device, issuer, phones, staff_reader, running } =
        given;
    let now = move || clock.now();
    let started = async {
        let secrets = demo_secrets();
        let env = Env {
            now: Arc::new(now),
            uptime: Arc::new(machine::uptime),
            random: Arc::new(machine::random),
            otp: Some(issuer),
            publisher: None,
        };
        let store = Store::in_memory(seal(&secrets, &env)).await?;
        let site = fill(&store, channel).await?;
        store.add_devices(&[device((env.now)(), site)]).await?;
        staff::fill(&store, staff_reader.cards()?, (env.now)()).await?;
        let service = Service::start(store, &secrets, env, Allowance::default()).await?;
        service.staff.set_trust(staff::trust(staff_reader.cards()?)?);
        let _ = running.set(Arc::clone(&service));
        tokio::spawn(deliver(Arc::clone(&service), phones, Pace::WhenWritten));
        let listener = CuttableListener::new(tokio::net::TcpListener::from_std(listener)?, line);
        // One kiosk in the same process: its connection stays, and nothing wakes up to look at it.
        let options = Options { idle: None, ..Options::default() };
        serve(listener, service, options, std::future::pending()).await;
        Ok::<_, DemoError>(())
    };
    // If the service ends, the kiosk says so on every screen and tries again.
    let _ = started.await;
}

/// Writes the made-up world into the store. It lives no longer than this.
async fn fill(store: &Store, channel: Channel) -> Result<Option<SiteId>, StoreError> {
    let (mut round, mut people) = world::round();
    let site = match channel {
        Channel::ConvenienceStore | Channel::Pharmacy | Channel::HealthStation => None,
        Channel::VaccinationSite => site_day::fill(&mut round, &mut people),
    };
    let mut import = store.import().await?;
    import.round(&round).await?;
    import.people(&people).await?;
    import.finish().await?;
    Ok(site)
}

/// The training's secrets are known to everybody, and the service refuses them outside it.
fn demo_secrets() -> Secrets {
    Secrets::new(*DEMO_ONLY_SECRET, *DEMO_ONLY_SECRET)
}

/// What the trainer changes in the training's world.
struct Training {
    clock: Arc<SimulatedClock>,
    reader: Arc<SimulatedReader>,
    staff_reader: Arc<SimulatedStaffReader>,
    line: Arc<Line>,
    printer: Arc<SimulatedPrinter>,
    issuer: Arc<SimulatedIssuer>,
    to_loop: SyncSender<LoopInput>,
    service: Arc<OnceLock<Arc<Service>>>,
    network: tokio::runtime::Handle,
}

impl TrainingWorld for Training {
    fn perform(&self, effect: TrainingEffect) {
        match effect {
            // The reader sends its event to the loop, which runs this very function, so the sending
            // is not waited for.
            TrainingEffect::Insert(card) => self.with_reader(move |reader| reader.insert(card)),
            TrainingEffect::Pull => self.with_reader(SimulatedReader::pull),
            TrainingEffect::StaffIn(staff) => {
                self.with_staff_reader(move |reader| reader.insert(staff));
            }
            TrainingEffect::StaffOut => self.with_staff_reader(SimulatedStaffReader::pull),
            TrainingEffect::Scan { claims, forged } => self.scan(claims, forged),
            TrainingEffect::CutLine => self.line.cut(),
            TrainingEffect::MendLine => self.line.mend(),
            TrainingEffect::SetClock(time) => self.clock.put_to(time),
            TrainingEffect::Printer { plugged } => self.printer.plug(plugged),
            TrainingEffect::AppCodes => {
                let (codes, back) =
                    (phone::app_codes(&self.issuer, self.clock.now()), self.to_loop.clone());
                std::thread::spawn(move || back.send(LoopInput::Event(codes)));
            }
            // The world that is made anew comes with the exercises' own edge.
            TrainingEffect::SlowLine(_)
            | TrainingEffect::Jam(_)
            | TrainingEffect::Reader { .. }
            | TrainingEffect::PowerCut
            | TrainingEffect::NextRound
            | TrainingEffect::Begin(_)
            | TrainingEffect::Facts
            | TrainingEffect::Keep { .. } => {}
            TrainingEffect::FreeSeat => {
                let service = Arc::clone(&self.service);
                self.network.spawn(async move {
                    if let Some(service) = service.get() {
                        // When it fails nothing is offered: the trainer presses once more.
                        let _ = service.free_seat().await;
                    }
                });
            }
            TrainingEffect::FillSlot(slot) => {
                let service = Arc::clone(&self.service);
                self.network.spawn(async move {
                    if let Some(service) = service.get() {
                        // When it fails the slot simply stays open: the trainer sees it.
                        let _ = service.fill_slot(slot).await;
                    }
                });
            }
        }
    }
}

impl Training {
    fn with_reader(&self, act: impl FnOnce(&SimulatedReader) + Send + 'static) {
        let reader = Arc::clone(&self.reader);
        std::thread::spawn(move || act(&reader));
    }

    /// A forged receipt has another signature.
    fn scan(&self, claims: Claims, forged: bool) {
        let secret = if forged { [0x0F; 32] } else { *DEMO_ONLY_SECRET };
        let back = self.to_loop.clone();
        if let Ok(text) = ReceiptSigner::from_secret(&secret).sign(claims) {
            let scanned = LoopInput::Event(Event::Scanned(Personal::new(text)));
            std::thread::spawn(move || back.send(scanned));
        }
    }

    fn with_staff_reader(&self, act: impl FnOnce(&SimulatedStaffReader) + Send + 'static) {
        let reader = Arc::clone(&self.staff_reader);
        std::thread::spawn(move || act(&reader));
    }
}
