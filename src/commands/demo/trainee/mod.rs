//! A training in a room: joins the trainer's console before the terminal is taken, shows it each
//! frame afterwards, and does what it says. When the line is lost it is tried again for as long as
//! the program runs.

mod orders;
mod seen;

use super::LoopInput;
use crate::classroom::code::Code;
use crate::classroom::shot::Shot;
use crate::classroom::wire::{
    FromTrainee, FromTrainer, Hello, LONGEST, LONGEST_UNPROVEN, NAME_LENGTH, Refused, line,
};
use crate::commands::trainer::line::pairing::{PairError, Paired, WITHIN, join};
use crate::commands::trainer::line::{Address, LineError, connect, receive, send, tls};
use crate::domain::language::Language;
use crate::i18n::messages as say;
use crate::i18n::texts::Texts;
use crate::kiosk::model::event::Event;
use crate::kiosk::model::supervision::TrainerEvent;
use crate::kiosk::runtime::Watcher;
use clap::Args;
use ratatui::buffer::Buffer;
use seen::{Eye, Seen, Speaker};
use std::io::{BufRead, Write};
use std::sync::Arc;
use std::sync::mpsc::SyncSender;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::time::{sleep, timeout};

/// How a training is told of its trainer.
#[derive(Debug, Args)]
pub struct TraineeArguments {
    /// The trainer's console: its address with a port, or unix:/path/to/socket. Without it this
    /// training tells nobody anything.
    #[arg(long, value_name = "ADDRESS")]
    trainer: Option<String>,
    /// The code on the trainer's screen. Otherwise it is asked for.
    #[arg(long, requires = "trainer")]
    code: Option<String>,
    /// What the trainer's list calls you: a name, or the number of your place.
    #[arg(long, requires = "trainer", default_value = "")]
    name: String,
}

impl TraineeArguments {
    /// Whether there is to be a trainer.
    pub fn is_supervised(&self) -> bool {
        self.trainer.is_some()
    }
}

/// At least so long lies between two pictures: ten a second.
const BETWEEN_SHOTS: Duration = Duration::from_millis(100);
/// The trainer is told how far one is at least so often.
const SPEAKS_EVERY: Duration = Duration::from_secs(1);
/// A console that says nothing for so long is gone.
const SILENT_FOR: Duration = Duration::from_secs(12);
/// A line that takes nothing for so long is given up.
const WRITE_WITHIN: Duration = Duration::from_secs(10);
const TRY_AGAIN: Duration = Duration::from_secs(2);
/// A room that was full is so for longer than a line is lost.
const TRY_FULL_AGAIN: Duration = Duration::from_secs(30);

/// All that is needed to come to the console, and to come back to it.
struct Way {
    address: Address,
    code: Code,
    hello: Hello,
    tls: Arc<rustls::ClientConfig>,
}

/// A trainee whom the console has given a row.
struct Welcomed {
    paired: Paired,
    /// In which the trainer reads.
    language: Language,
}

/// A trainee who has joined.
pub struct Joined {
    way: Way,
    welcomed: Welcomed,
    network: tokio::runtime::Runtime,
}

/// Joins the trainer's console, if there is to be one.
///
/// # Errors
/// Why it cannot be joined, in words.
pub fn join_room(
    arguments: &TraineeArguments,
    channel: &str,
    token: String,
    speak: &dyn Fn(&dyn say::Message) -> String,
) -> Result<Option<Joined>, String> {
    let Some(trainer) = &arguments.trainer else { return Ok(None) };
    let address: Address = trainer.parse().map_err(|_| {
        let (example, socket) = ("192.168.1.5:8700".into(), "unix:/run/user/1000/room".into());
        speak(&say::TrainerBadAddress { address: trainer.as_str().into(), example, socket })
    })?;
    let failed = |cause: &dyn std::fmt::Display| {
        let (address, cause) = (trainer.as_str().into(), cause.to_string().into());
        speak(&say::TraineeNotReached { address, cause })
    };
    let network = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let network = network.map_err(|cause| failed(&cause))?;
    let hello = Hello {
        name: line(&arguments.name, NAME_LENGTH),
        token,
        program: env!("CARGO_PKG_VERSION").to_owned(),
        channel: channel.to_owned(),
    };
    let tls = tls::trainee().map_err(|cause| failed(&cause))?;
    let mut told = arguments.code.clone();
    loop {
        let typed = match told.take() {
            Some(code) => code,
            None => ask(&speak(&say::TraineeAskCode)).ok_or_else(|| speak(&NO_CODE))?,
        };
        let Ok(code) = Code::parse(&typed) else {
            eprintln!("{}", speak(&NO_CODE));
            continue;
        };
        let way =
            Way { address: address.clone(), code, hello: hello.clone(), tls: Arc::clone(&tls) };
        match network.block_on(way.join()) {
            Ok(welcomed) => return Ok(Some(Joined { way, welcomed, network })),
            Err(PairError::Refused(Refused::WrongCode)) => {
                eprintln!("{}", speak(&say::TraineeWrongCode));
            }
            Err(PairError::Refused(Refused::Wait { seconds })) => {
                return Err(speak(&say::TraineeWait { seconds: seconds.into() }));
            }
            Err(PairError::Refused(Refused::OtherVersion)) => {
                return Err(speak(&say::TraineeOtherVersion));
            }
            Err(PairError::Refused(Refused::Full)) => return Err(speak(&say::TraineeFull)),
            Err(PairError::NotTrainer) => {
                return Err(speak(&say::TraineeNotTrainer { address: trainer.as_str().into() }));
            }
            Err(
                error @ (PairError::Line(_)
                | PairError::Tls(_)
                | PairError::Memory(_)
                | PairError::Order),
            ) => return Err(failed(&error)),
        }
    }
}

const NO_CODE: say::TraineeNoCode<'static> = say::TraineeNoCode {
    example: fluent_bundle::FluentValue::String(std::borrow::Cow::Borrowed("ABCD-2345")),
};

/// Asks on the terminal; `None` at its end.
fn ask(question: &str) -> Option<String> {
    eprint!("{question} ");
    let _ = std::io::stderr().flush();
    let mut typed = String::new();
    let read = std::io::stdin().lock().read_line(&mut typed).ok()?;
    (read > 0).then_some(typed)
}

impl Way {
    async fn join(&self) -> Result<Welcomed, PairError> {
        let wire = timeout(WITHIN, connect(&self.address)).await??;
        let joined = join(wire, Arc::clone(&self.tls), &self.code, self.hello.clone());
        let mut paired = joined.await?;
        let language = timeout(WITHIN, welcome(&mut paired.stream)).await??;
        Ok(Welcomed { paired, language })
    }
}

/// The console's answer to the hello: a row, or why there is none.
async fn welcome(from: &mut (impl AsyncRead + Unpin)) -> Result<Language, PairError> {
    loop {
        match receive(from, LONGEST_UNPROVEN).await? {
            FromTrainer::Welcome { language, .. } => {
                return Ok(Language::from_tag(&language).unwrap_or_default());
            }
            FromTrainer::StillHere => {}
            FromTrainer::Refused(refused) => return Err(PairError::Refused(refused)),
            FromTrainer::Proven { .. } | FromTrainer::Order(_) => return Err(PairError::Order),
        }
    }
}

impl Joined {
    /// Begins to show the console what the watcher sees, on a thread of its own: what is said needs
    /// the texts of one language, which do not go from thread to thread.
    pub fn shown_to(self, to_loop: SyncSender<LoopInput>) -> Arc<dyn Watcher> {
        let Self { way, welcomed, network } = self;
        let eye = Arc::new(Eye::default());
        let seen = Arc::clone(&eye);
        std::thread::spawn(move || network.block_on(stay(way, welcomed, seen, to_loop)));
        eye
    }
}

fn tell(to_loop: &SyncSender<LoopInput>, event: TrainerEvent) {
    // The loop never waits for this thread, so it takes it soon. If it has ended, so does all.
    let _ = to_loop.send(LoopInput::Event(Event::Trainer(event)));
}

/// Stays with the console until it lets this trainee in no more.
async fn stay(way: Way, welcomed: Welcomed, eye: Arc<Eye>, to_loop: SyncSender<LoopInput>) {
    let mut welcomed = Some(welcomed);
    loop {
        let joined = match welcomed.take() {
            Some(joined) => Ok(joined),
            None => way.join().await,
        };
        match joined {
            Ok(Welcomed { paired: Paired { stream, sign }, language }) => {
                tell(&to_loop, TrainerEvent::Joined { sign });
                let (from, to) = tokio::io::split(stream);
                let _ = talk((from, to), &eye, language, &to_loop).await;
                tell(&to_loop, TrainerEvent::Lost);
            }
            // Another console has another code: this one's room is over.
            Err(PairError::Refused(Refused::WrongCode | Refused::OtherVersion)) => return,
            Err(PairError::Refused(Refused::Full)) => sleep(TRY_FULL_AGAIN).await,
            Err(_) => {}
        }
        sleep(TRY_AGAIN).await;
    }
}

/// Until the line is lost.
async fn talk(
    (from, to): (impl AsyncRead + Unpin, impl AsyncWrite + Unpin),
    eye: &Eye,
    language: Language,
    to_loop: &SyncSender<LoopInput>,
) -> Result<(), LineError> {
    tokio::select! {
        ended = hear(from, to_loop) => ended,
        ended = show(to, eye, language) => ended,
    }
}

async fn hear(
    mut from: impl AsyncRead + Unpin,
    to_loop: &SyncSender<LoopInput>,
) -> Result<(), LineError> {
    loop {
        match timeout(SILENT_FOR, receive(&mut from, LONGEST)).await?? {
            FromTrainer::Order(order) => {
                if let Some(event) = orders::event(order) {
                    tell(to_loop, event);
                }
            }
            FromTrainer::StillHere | FromTrainer::Welcome { .. } => {}
            FromTrainer::Proven { .. } | FromTrainer::Refused(_) => return Ok(()),
        }
    }
}

/// What the console has been told over this line.
#[derive(Default)]
struct Told {
    screen: Option<Buffer>,
    results: usize,
    offers: bool,
}

/// Tells the console what has changed, the newest alone: however slow it is, nothing is gathered
/// here, and nothing waits for it.
async fn show(
    mut to: impl AsyncWrite + Unpin,
    eye: &Eye,
    language: Language,
) -> Result<(), LineError> {
    let (speaker, mut told) = (Speaker::new(Texts::default(), language), Told::default());
    loop {
        let seen = eye.seen();
        for what in news(&seen, &mut told, &speaker) {
            timeout(WRITE_WITHIN, send(&mut to, &what)).await??;
        }
        sleep(BETWEEN_SHOTS).await;
        // Nothing came: then it is time to say that one is still there.
        let _ = timeout(SPEAKS_EVERY.saturating_sub(BETWEEN_SHOTS), eye.changed()).await;
    }
}

fn news(seen: &Seen, told: &mut Told, speaker: &Speaker) -> Vec<FromTrainee> {
    let mut news = Vec::new();
    if !told.offers && !seen.shelf.is_empty() {
        news.push(FromTrainee::Offers(speaker.offers(&seen.shelf)));
        told.offers = true;
    }
    for result in seen.results.iter().skip(told.results) {
        news.push(FromTrainee::Result(Box::new(speaker.result(result))));
    }
    told.results = seen.results.len();
    if let Some(screen) = &seen.screen {
        if let Some(shot) = Shot::of(told.screen.as_ref(), screen) {
            news.push(FromTrainee::Screen(shot));
            told.screen = Some(screen.clone());
        }
        news.push(FromTrainee::Progress(speaker.progress(seen)));
    }
    news
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answered(answers: &[FromTrainer]) -> Result<Language, PairError> {
        let network = tokio::runtime::Builder::new_current_thread().enable_all().build();
        network.unwrap().block_on(async {
            let (mut console, mut trainee) = tokio::io::duplex(64 * 1024);
            for answer in answers {
                send(&mut console, answer).await.unwrap();
            }
            drop(console);
            welcome(&mut trainee).await
        })
    }

    #[test]
    fn a_console_that_is_still_there_has_not_answered_yet() {
        let welcome = FromTrainer::Welcome { seat: 3, language: "vi".to_owned() };
        let language = answered(&[FromTrainer::StillHere, FromTrainer::StillHere, welcome]);
        assert_eq!(language.unwrap(), Language::Vi);
        let full = answered(&[FromTrainer::StillHere, FromTrainer::Refused(Refused::Full)]);
        assert!(matches!(full, Err(PairError::Refused(Refused::Full))), "{full:?}");
        assert!(answered(&[FromTrainer::StillHere]).is_err(), "it has hung up");
        let unasked = answered(&[FromTrainer::Order(crate::classroom::wire::Order::Close)]);
        assert!(matches!(unasked, Err(PairError::Order)), "{unasked:?}");
    }
}
