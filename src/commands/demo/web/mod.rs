//! `vaxkiosk demo --web`: the training in browsers. Each visitor has a process of this very program
//! in a terminal of its own, which xterm.js draws in the browser; so each has a world of their own,
//! and nothing is installed where they practise.

mod certificate;
mod code;
mod connections;
mod page;
mod program;
mod routes;
mod visit;

use super::DemoArguments;
use crate::commands::cli::{CommandError, Voice};
use crate::commands::machine;
use crate::config;
use crate::i18n::messages as say;
use crate::server::tls;
use clap::Args;
use code::Code;
use program::Program;
use rustls::ServerConfig;
use sd_notify::NotifyState;
use std::ffi::OsString;
use std::net::SocketAddr;
use std::os::unix::fs::DirBuilderExt;
use std::process::ExitCode;
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use visit::Visits;

/// What the training in browsers is told.
#[derive(Debug, Args)]
pub struct WebArguments {
    /// Shows the training to browsers at this address, such as 127.0.0.1:8090, and not in this
    /// terminal. Where other machines reach it, it speaks HTTPS and asks for a code.
    #[arg(
        long = "web",
        value_name = "ADDRESS",
        conflicts_with_all = ["paper", "results", "trainer"]
    )]
    pub address: Option<SocketAddr>,
    /// How many visitors there may be at once. Each has a training of their own.
    #[arg(
        long,
        value_name = "NUMBER",
        default_value_t = 8,
        requires = "address",
        value_parser = clap::value_parser!(u16).range(1..=200)
    )]
    visitors: u16,
}

/// Runs the training for browsers until the machine stops it. It needs no terminal.
pub fn run(arguments: &DemoArguments, address: SocketAddr) -> ExitCode {
    let voice = Voice::of_locale();
    match begin(arguments, address, &voice) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.tell(&voice),
    }
}

fn begin(
    arguments: &DemoArguments,
    address: SocketAddr,
    voice: &Voice,
) -> Result<(), CommandError> {
    // A mistake in the settings is told here, and not to the first visitor.
    config::demo::load(arguments.config.as_deref())?;
    machine::leave_no_core()?;
    machine::write_log();
    machine::open_files();
    let folder = machine::own_folder(&format!("web-{}", hex::encode(&machine::random()[..4])));
    std::fs::DirBuilder::new().mode(0o700).create(&folder)?;
    let program = Program::new(machine::this_program()?, of_a_visitor(arguments), folder.clone());
    let visits = Arc::new(Visits::new(program, arguments.web.visitors));
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let ended = runtime.block_on(until_told(address, visits, voice));
    // What still runs is killed with the runtime.
    drop(runtime);
    let _ = std::fs::remove_dir_all(&folder);
    ended
}

/// What each visitor's own training is told: the same, without the browser.
fn of_a_visitor(arguments: &DemoArguments) -> Vec<OsString> {
    let DemoArguments { config, channel, counter, site, look_around, exercises, .. } = arguments;
    let mut own = vec![OsString::from("demo")];
    if let Some(config) = config {
        own.extend([OsString::from("--config"), config.into()]);
    }
    if let Some(channel) = channel {
        own.extend([OsString::from("--channel"), channel.code().into()]);
    }
    own.extend(counter.then(|| OsString::from("--counter")));
    own.extend(site.then(|| OsString::from("--site")));
    own.extend(look_around.then(|| OsString::from("--look-around")));
    if let Some(folder) = exercises {
        own.extend([OsString::from("--exercises"), folder.into()]);
    }
    own
}

async fn until_told(
    address: SocketAddr,
    visits: Arc<Visits>,
    voice: &Voice,
) -> Result<(), CommandError> {
    let (mut interrupt, mut terminate) =
        (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    // The terminal that it was started in may be closed.
    let mut hangup = signal(SignalKind::hangup())?;
    let listener =
        TcpListener::bind(address).await.map_err(|cause| CommandError::Listen(address, cause))?;
    let address = listener.local_addr()?;
    let guard = match address.ip().is_loopback() {
        true => None,
        false => Some(Guard::new(address)?),
    };
    announce(address, guard.as_ref(), voice);
    let (code, tls) = guard.map(|guard| (guard.code, guard.tls)).unzip();
    let scheme = if tls.is_some() { "https" } else { "http" };
    tracing::info!(%address, scheme, version = env!("CARGO_PKG_VERSION"), "ready");
    // An error means that the program does not run under systemd.
    let _ = sd_notify::notify(&[NotifyState::Ready]);
    let router = routes::table(Arc::clone(&visits), code, scheme);
    tokio::select! {
        () = connections::serve(listener, tls, router) => {}
        _ = interrupt.recv() => {}
        _ = terminate.recv() => {}
        _ = hangup.recv() => {}
    }
    tracing::info!("stopping");
    let _ = sd_notify::notify(&[NotifyState::Stopping]);
    visits.end().await;
    tracing::info!("stopped");
    Ok(())
}

/// What stands before a training that other machines reach.
struct Guard {
    code: Code,
    tls: Arc<ServerConfig>,
    fingerprint: String,
}

impl Guard {
    fn new(address: SocketAddr) -> Result<Self, CommandError> {
        let made = certificate::own(address.ip(), machine::now())
            .map_err(|cause| CommandError::Machine(std::io::Error::other(cause)))?;
        let pem = made.certificate.as_bytes();
        Ok(Self {
            code: Code::new(machine::random),
            tls: tls::config(pem, made.key.as_bytes(), None)?,
            fingerprint: certificate::in_pairs(&tls::certificate_fingerprint(pem)?),
        })
    }
}

/// Tells whoever runs the training where it is, and what its visitors need.
fn announce(address: SocketAddr, guard: Option<&Guard>, voice: &Voice) {
    let Some(guard) = guard else {
        voice.tell(&say::WebOpen { url: format!("http://{address}/").into() });
        return;
    };
    match address.ip().is_unspecified() {
        true => voice.tell(&say::WebOpenAny { port: address.port().to_string().into() }),
        false => voice.tell(&say::WebOpen { url: format!("https://{address}/").into() }),
    }
    voice.tell(&say::WebCode { code: guard.code.shown().into() });
    voice.tell(&say::WebFingerprint { fingerprint: guard.fingerprint.as_str().into() });
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::Parser;

    #[derive(Debug, Parser)]
    struct Line {
        #[command(flatten)]
        demo: DemoArguments,
    }

    #[test]
    fn a_visitors_training_is_told_the_same_without_the_browser() {
        let line = |words: &[&str]| {
            let words = std::iter::once("demo").chain(words.iter().copied());
            Line::try_parse_from(words).map(|line| of_a_visitor(&line.demo))
        };
        assert_eq!(line(&["--web", "127.0.0.1:0"]).unwrap(), ["demo"]);
        let all = ["--config", "demo.toml", "--channel", "pharmacy", "--counter"];
        let wanted: Vec<_> = std::iter::once("demo").chain(all).collect();
        let told = [&all[..], &["--web", "127.0.0.1:0", "--visitors", "40"]].concat();
        assert_eq!(line(&told).unwrap(), wanted);
        assert_eq!(line(&["--site", "--web", "[::1]:1"]).unwrap(), ["demo", "--site"]);
        // Receipts of several people in one folder would be nobody's.
        assert!(line(&["--web", "127.0.0.1:0", "--paper", "receipts"]).is_err());
        // A trainer's list has a row a person, and not one for all visitors.
        assert!(line(&["--web", "127.0.0.1:0", "--trainer", "127.0.0.1:8700"]).is_err());
        assert!(line(&["--visitors", "3"]).is_err(), "it means nothing without --web");
        assert!(line(&["--web", "127.0.0.1:0", "--visitors", "0"]).is_err());
    }
}
