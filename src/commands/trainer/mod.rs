//! `vaxkiosk trainer`: the console for a room of trainees, whose programs come to it when they are
//! told to. Nothing is kept but where the trainer says.

mod folder;
mod keys;
pub mod line;
mod listen;

use super::locale::{self, LanguageParser};
use super::machine;
use crate::classroom::code::Code;
use crate::classroom::console::seat::{Kept, LineId};
use crate::classroom::console::{Console, Effect, Event, Now, OwnExercise, Setting, draw};
use crate::classroom::wire::FromTrainer;
use crate::domain::language::Language;
use crate::i18n::messages as say;
use crate::i18n::texts::Texts;
use crate::kiosk::runtime::colours;
use crate::kiosk::runtime::terminal::KioskTerminal;
use crate::training::reading;
use clap::Args;
use folder::{OpenError, ResultsFolder};
use line::pairing::Gate;
use line::{Address, Listener};
use listen::Input;
use std::collections::BTreeMap;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::mpsc::{Receiver, Sender, channel};

/// What the console is told.
#[derive(Debug, Args)]
pub struct TrainerArguments {
    /// Where trainees' programs come to: an address with a port, or unix:/path/to/socket.
    #[arg(long, default_value = "0.0.0.0:8700")]
    listen: String,
    /// A folder for results: results.csv, and a PDF for each person. Otherwise nothing is kept.
    #[arg(long)]
    results: Option<PathBuf>,
    /// A folder with exercises of your own, besides those that trainees' programs have.
    #[arg(long)]
    exercises: Option<PathBuf>,
    /// The language of the console. Otherwise that of the locale, or zh-TW.
    #[arg(long, value_parser = LanguageParser)]
    language: Option<Language>,
}

/// Inputs that may wait for the console. Whoever brings one more waits.
const QUEUE_LENGTH: usize = 256;
const TICK: Duration = Duration::from_secs(1);
/// So often the console is drawn at most: many trainees who type at once make one picture.
const BETWEEN_FRAMES: Duration = Duration::from_millis(40);

/// Why the console cannot begin, or go on.
type TrainerError = Box<dyn std::error::Error>;

pub fn run(arguments: &TrainerArguments) -> ExitCode {
    let (texts, language) = (Texts::default(), locale::language(arguments.language));
    if !std::io::stdout().is_terminal() || !std::io::stdin().is_terminal() {
        eprintln!("{}", texts.say(language, &say::TerminalNeeded));
        return ExitCode::from(2);
    }
    let prepared = match prepare(arguments, &texts, language) {
        Ok(prepared) => prepared,
        Err(words) => {
            eprintln!("{words}");
            return ExitCode::from(2);
        }
    };
    match trainer(prepared, language, &texts) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("vaxkiosk: {failure}");
            ExitCode::FAILURE
        }
    }
}

/// What is read and opened before the terminal is taken.
struct Prepared {
    address: Address,
    results: Option<ResultsFolder>,
    folder: Option<String>,
    exercises: Vec<OwnExercise>,
}

/// Reads and opens what the arguments name; what is wrong is told in words.
fn prepare(
    arguments: &TrainerArguments,
    texts: &Texts,
    language: Language,
) -> Result<Prepared, String> {
    let address = arguments.listen.parse().map_err(|_| {
        let address = arguments.listen.as_str().into();
        let (example, socket) = ("0.0.0.0:8700".into(), "unix:/run/user/1000/room".into());
        texts.say(language, &say::TrainerBadAddress { address, example, socket })
    })?;
    let failed = |folder: &Path, cause: std::io::Error| {
        let folder = folder.display().to_string().into();
        texts.say(language, &say::TrainerFolderFailed { folder, cause: cause.to_string().into() })
    };
    let open = |path: &PathBuf| {
        ResultsFolder::open(path, language).map_err(|error| match error {
            OpenError::Unusable(cause) => failed(path, cause),
            OpenError::InUse => {
                let folder = path.display().to_string().into();
                texts.say(language, &say::TrainerFolderInUse { folder })
            }
        })
    };
    let exercises = match &arguments.exercises {
        Some(path) => own_exercises(path, texts, language).map_err(|error| match error {
            FolderError::Unreadable(cause) => failed(path, cause),
            FolderError::Mistakes(words) => words,
        })?,
        None => Vec::new(),
    };
    // Made only when all else is right.
    let results = arguments.results.as_ref().map(open).transpose()?;
    let folder = arguments.results.as_ref().map(|path| path.display().to_string());
    Ok(Prepared { address, results, folder, exercises })
}

/// Why a folder of exercises is of no use.
enum FolderError {
    Unreadable(std::io::Error),
    /// In words, a line each.
    Mistakes(String),
}

/// The trainer's own exercises. Each is sent as the text of its file, and read once more where it
/// is done.
fn own_exercises(
    folder: &Path,
    texts: &Texts,
    language: Language,
) -> Result<Vec<OwnExercise>, FolderError> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(FolderError::Unreadable)? {
        let path = entry.map_err(FolderError::Unreadable)?.path();
        if path.extension().is_some_and(|extension| extension == "toml") {
            let text = std::fs::read_to_string(&path).map_err(FolderError::Unreadable)?;
            files.push(reading::FileText { path, text });
        }
    }
    let exercises = reading::read_all(folder, files.clone()).map_err(|mistakes| {
        let lines = mistakes.iter().map(|mistake| mistake.said(texts, language));
        FolderError::Mistakes(lines.collect::<Vec<_>>().join("\n"))
    })?;
    let text_of = |id: &str| {
        let is_it = |file: &&reading::FileText| file.path.file_stem().is_some_and(|it| it == id);
        files.iter().find(is_it).map(|file| file.text.clone()).unwrap_or_default()
    };
    let own = exercises.iter().map(|exercise| OwnExercise {
        id: exercise.id.clone(),
        title: exercise.text(language).map(|text| text.title.clone()).unwrap_or_default(),
        text: text_of(&exercise.id),
    });
    Ok(own.collect())
}

fn now() -> Now {
    Now { wall: machine::now(), uptime: machine::uptime() }
}

fn trainer(prepared: Prepared, language: Language, texts: &Texts) -> Result<(), TrainerError> {
    machine::leave_no_core()?;
    machine::open_files();
    let network =
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    let random = machine::random();
    let code = Code::new(std::array::from_fn(|at| random[at]));
    let gate = Arc::new(Gate::new(&code, machine::uptime)?);
    let listener = network.block_on(Listener::bind(&prepared.address)).map_err(|cause| {
        let address = prepared.address.to_string().into();
        texts.say(language, &say::ListenFailed { address, cause: cause.to_string().into() })
    })?;
    let setting = Setting {
        language,
        code: code.shown(),
        addresses: reached_by(&prepared.address, &listener),
        results: prepared.folder,
        exercises: prepared.exercises,
    };
    let (to_loop, inputs) = channel(QUEUE_LENGTH);
    let keeping = prepared.results.map(|folder| folder.begin(to_loop.clone()));
    let (keep, thread) = keeping.unzip();
    let mut terminal = KioskTerminal::take(false)?;
    keys::listen_to_keys(to_loop.clone());
    network.spawn(listen_to_signals(to_loop.clone()));
    network.spawn(listen::listen(listener, gate, to_loop));
    let room = Room { console: Console::new(setting, now()), lines: BTreeMap::new(), keep };
    let ended = network.block_on(room.run(inputs, &mut terminal, texts));
    drop(terminal);
    network.shutdown_background();
    // What has come is written before the program ends.
    if let Some(thread) = thread {
        let _ = thread.join();
    }
    ended
}

/// What trainees type to reach this machine. It is asked which of its addresses it would use to go
/// out; nothing is sent for that.
fn reached_by(address: &Address, listener: &Listener) -> Vec<String> {
    let (Address::Network(host), Some(port)) = (address, listener.port()) else {
        return vec![address.to_string()];
    };
    let is_any = host.starts_with("0.0.0.0:") || host.starts_with("[::]:");
    let outward = || {
        let socket = std::net::UdpSocket::bind(("0.0.0.0", 0)).ok()?;
        // An address for documents (RFC 5737), where nobody is.
        socket.connect(("192.0.2.1", 9)).ok()?;
        socket.local_addr().ok().map(|own| own.ip().to_string())
    };
    let host = match is_any {
        true => outward().unwrap_or_else(|| "127.0.0.1".to_owned()),
        false => host.rsplit_once(':').map_or(host.as_str(), |(host, _)| host).to_owned(),
    };
    vec![format!("{host}:{port}")]
}

async fn listen_to_signals(to_loop: Sender<Input>) {
    use tokio::signal::unix::{SignalKind, signal};
    let (Ok(mut end), Ok(mut gone)) =
        (signal(SignalKind::terminate()), signal(SignalKind::hangup()))
    else {
        return;
    };
    tokio::select! {
        _ = end.recv() => {}
        _ = gone.recv() => {}
    }
    let _ = to_loop.send(Input::Stop).await;
}

/// The console with its lines to trainees.
struct Room {
    console: Console,
    lines: BTreeMap<LineId, Sender<FromTrainer>>,
    /// `None` where nothing is kept.
    keep: Option<std::sync::mpsc::Sender<Kept>>,
}

impl Room {
    /// Until the trainer ends it. What comes in between two frames is taken in before the next one.
    async fn run(
        mut self,
        mut inputs: Receiver<Input>,
        terminal: &mut KioskTerminal,
        texts: &Texts,
    ) -> Result<(), TrainerError> {
        let depth = machine::colours();
        let mut tick = tokio::time::interval(TICK);
        tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        let mut frame = tokio::time::interval(BETWEEN_FRAMES);
        frame.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        let mut has_changed = true;
        loop {
            let event = tokio::select! {
                input = inputs.recv() => match input {
                    Some(Input::Line(line, orders)) => {
                        self.lines.insert(line, orders);
                        continue;
                    }
                    Some(Input::Event(event)) => event,
                    Some(Input::Stop) | None => return Ok(()),
                },
                _ = tick.tick() => Event::Tick,
                _ = frame.tick(), if has_changed => {
                    terminal.screen.draw(|frame| {
                        draw(&mut self.console, texts, frame.buffer_mut());
                        colours::reduce(frame.buffer_mut(), depth);
                    })?;
                    has_changed = false;
                    continue;
                }
            };
            if let Event::Left { line } = event {
                self.lines.remove(&line);
            }
            if let Some(effects) = self.console.update(event, now()) {
                has_changed = true;
                if effects.into_iter().any(|effect| self.perform(effect)) {
                    return Ok(());
                }
            }
        }
    }

    /// True when the program is to end.
    fn perform(&mut self, effect: Effect) -> bool {
        match effect {
            Effect::Send { line, what } => {
                // A line that takes nothing is hung up, and its program comes back.
                let sent = self.lines.get(&line).is_some_and(|to| to.try_send(what).is_ok());
                if !sent {
                    self.lines.remove(&line);
                }
            }
            Effect::HangUp { line } => {
                self.lines.remove(&line);
            }
            Effect::Keep(kept) => {
                // The thread that writes ends before the program only by a fault.
                let is_lost = self.keep.as_ref().is_some_and(|keep| keep.send(*kept).is_err());
                if is_lost {
                    let cause = std::io::Error::from(std::io::ErrorKind::BrokenPipe);
                    self.console.update(Event::NotKept(cause.to_string()), now());
                }
            }
            Effect::Quit => return true,
        }
        false
    }
}
