//! Where the machine's time and luck come in, for every subcommand that needs them.

#[cfg(feature = "kiosk")]
use crate::kiosk::runtime::colours::{ColourDepth, depth};
#[cfg(feature = "kiosk")]
use crate::kiosk::runtime::display::Display;
#[cfg(feature = "kiosk")]
use crate::kiosk::runtime::type_size::Kind;
use jiff::Timestamp;

/// The machine's clock.
#[allow(clippy::disallowed_methods, reason = "the edge that hands time in")]
pub fn now() -> Timestamp {
    Timestamp::now()
}

/// Time since the first call, never going back.
#[allow(clippy::disallowed_methods, reason = "the edge that hands time in")]
pub fn uptime() -> std::time::Duration {
    static BEGAN: std::sync::OnceLock<std::time::Instant> = std::sync::OnceLock::new();
    BEGAN.get_or_init(std::time::Instant::now).elapsed()
}

/// A folder for this run alone, which is not there yet.
#[cfg(all(feature = "kiosk", feature = "server"))]
pub fn own_folder(what: &str) -> std::path::PathBuf {
    std::env::temp_dir().join(format!("vaxkiosk-{what}-{}", std::process::id()))
}

/// Random bytes.
pub fn random() -> [u8; 32] {
    let mut bytes = [0; 32];
    // Without random bytes no session could be told from another, so the program ends.
    getrandom::fill(&mut bytes).expect("the system gives random bytes");
    bytes
}

/// The machine's clock and random numbers for a service.
#[cfg(feature = "server")]
pub fn env() -> crate::server::env::Env {
    use std::sync::Arc;
    crate::server::env::Env {
        now: Arc::new(now),
        uptime: Arc::new(uptime),
        random: Arc::new(random),
        otp: None,
        publisher: None,
    }
}

/// The folder in which systemd puts what the unit's `LoadCredential=` names, if it made one.
#[cfg(feature = "server")]
pub fn credentials() -> Option<std::path::PathBuf> {
    std::env::var_os("CREDENTIALS_DIRECTORY").map(Into::into)
}

/// This program's file, to start it again: as a helper, or for a visitor.
#[cfg(any(feature = "staff-card", feature = "web"))]
pub fn this_program() -> std::io::Result<std::path::PathBuf> {
    std::env::current_exe()
}

/// Forbids core dumps: a crash must not write what is in memory to the disk.
///
/// # Errors
/// When the system refuses.
pub fn leave_no_core() -> std::io::Result<()> {
    use rustix::process::{Resource, Rlimit, setrlimit};
    Ok(setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) })?)
}

/// Raises the limit of open files to what this user may have. Returns it; `None` if there is none.
pub fn open_files() -> Option<u64> {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let Rlimit { maximum, .. } = getrlimit(Resource::Nofile);
    // If the system refuses, fewer connections are open at once, and the others wait.
    let _ = setrlimit(Resource::Nofile, Rlimit { current: maximum, maximum });
    getrlimit(Resource::Nofile).current
}

/// The terminal that the program runs in, when it can be asked for another size of type.
#[cfg(feature = "kiosk")]
pub fn terminal_kind() -> Option<Kind> {
    if std::env::var("TERM").is_ok_and(|term| term == "xterm-kitty") {
        return Some(Kind::Kitty);
    }
    std::env::var_os("XTERM_VERSION").map(|_| Kind::Xterm)
}

/// What the terminal that the program runs in can show.
#[cfg(feature = "kiosk")]
pub fn display() -> Display {
    // kitty alone sets this; tmux and screen, which know no pictures, set another.
    Display::new(colours(), terminal_kind() == Some(Kind::Kitty))
}

/// How many colours the terminal has.
#[cfg(feature = "kiosk")]
pub fn colours() -> ColourDepth {
    let variable = |name| std::env::var(name).unwrap_or_default();
    depth(&variable("TERM"), &variable("COLORTERM"))
}

/// What is typed meanwhile is not shown: it is a secret. Where nothing is typed there is nothing to
/// hide.
#[cfg(feature = "kiosk")]
pub fn unseen<T>(typing: impl FnOnce() -> T) -> T {
    use rustix::termios::{LocalModes, OptionalActions, tcgetattr, tcsetattr};
    let Ok(usual) = tcgetattr(std::io::stdin()) else { return typing() };
    let mut hiding = usual.clone();
    hiding.local_modes.remove(LocalModes::ECHO);
    let _ = tcsetattr(std::io::stdin(), OptionalActions::Now, &hiding);
    let typed = typing();
    let _ = tcsetattr(std::io::stdin(), OptionalActions::Now, &usual);
    typed
}

/// Under systemd the log goes to its journal: standard error is the terminal that people see.
/// Elsewhere there is none.
#[cfg(feature = "kiosk")]
pub fn write_journal() {
    use tracing_subscriber::filter::Targets;
    use tracing_subscriber::layer::{Layer, SubscriberExt};
    use tracing_subscriber::util::SubscriberInitExt;
    if std::env::var_os("JOURNAL_STREAM").is_none() {
        return;
    }
    if let Ok(journal) = tracing_journald::layer() {
        // Nothing of other crates is logged, because they may print what they carry.
        let ours = Targets::new().with_target(env!("CARGO_CRATE_NAME"), tracing::Level::INFO);
        let journal = journal.with_syslog_identifier("vaxkiosk".into()).with_filter(ours);
        // An error means that a log was set before.
        let _ = tracing_subscriber::registry().with(journal).try_init();
    }
}

/// JSON, one line an event. Events name what happened, never to whom; a panic is told by its place,
/// as its words might quote.
#[cfg(feature = "server")]
pub fn write_log() {
    let format = tracing_subscriber::fmt()
        .json()
        .with_max_level(tracing::Level::INFO)
        .with_writer(std::io::stderr);
    format.init();
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(place, "panic");
    }));
}
