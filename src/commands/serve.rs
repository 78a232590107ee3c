//! `vaxkiosk serve`: the booking service on its own, until it is told to stop.

use super::cli::{CommandError, Common, Voice, read, store};
use super::{machine, staff_cards};
use crate::config::mistake::{Mistake, MistakeKind};
use crate::config::server::{FhirSettings, LimitsFile, Messages, ServerConfig, TlsFiles};
use crate::server::absences::mark_absences;
use crate::server::connections::{Options, serve};
use crate::server::fhir::publication::Publisher;
use crate::server::keys::Secrets;
use crate::server::limits::Allowance;
use crate::server::notify::file::{MessageFile, ROTATE_AT};
use crate::server::notify::http::{HttpGateway, IN_FLIGHT};
use crate::server::notify::{Gateway, Pace, deliver};
use crate::server::otp::HttpIssuer;
use crate::server::retention::forget_old_rounds;
use crate::server::service::Service;
use crate::server::tls;
use crate::server::watch::watch;
use axum::serve::ListenerExt;
use rustls::ServerConfig as TlsConfig;
use sd_notify::NotifyState;
use std::net::SocketAddr;
use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use tokio::net::{TcpListener, TcpSocket};
use tokio::signal::unix::{SignalKind, signal};
use tokio::task::JoinHandle;

/// Files that the service has open besides its connections: database, pools, log.
const FILES_BESIDES: u64 = 64;

pub fn run(common: &Common) -> ExitCode {
    let voice = Voice::new(common);
    match begin(common) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.tell(&voice),
    }
}

fn begin(common: &Common) -> Result<(), CommandError> {
    let (config, secrets) = read(common)?;
    machine::leave_no_core()?;
    machine::write_log();
    let wanted = u64::from(config.connections) + FILES_BESIDES;
    if let Some(files) = machine::open_files().filter(|files| *files < wanted) {
        tracing::warn!(files, wanted, "the limit of open files is too small for `connections`");
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(until_told(&config, &secrets))
}

async fn until_told(config: &ServerConfig, secrets: &Secrets) -> Result<(), CommandError> {
    let tls = config.tls.as_ref().map(tls_config).transpose()?;
    let (mut interrupt, mut terminate) =
        (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    let store = store(config, secrets).await?;
    let listener =
        listen(config.listen).map_err(|error| CommandError::Listen(config.listen, error))?;
    let address = listener.local_addr()?;
    let mut env = machine::env();
    if let Some(url) = &config.app_codes {
        env.otp = Some(Arc::new(HttpIssuer::new(url.clone()).map_err(std::io::Error::other)?));
    }
    env.publisher = config.fhir.as_ref().map(|fhir| Arc::new(publisher(fhir)));
    let gateway = gateway(&config.messages)?;
    let service = Service::start(store.clone(), secrets, env, allowance(&config.limits)).await?;
    if let Some(files) = &config.staff {
        // A mistake in them is told before anybody comes.
        service.staff.set_trust(staff_cards::read(files)?);
    }
    let trusting = config
        .staff
        .clone()
        .map(|files| tokio::spawn(staff_cards::follow(Arc::clone(&service), files)));
    let followed = store.clone();
    let following = tokio::spawn(async move { followed.follow_primary().await });
    let watching = tokio::spawn(watch(Arc::clone(&service)));
    let sending = tokio::spawn(deliver(Arc::clone(&service), gateway, Pace::Steady));
    let closing_days = tokio::spawn(mark_absences(Arc::clone(&service)));
    let forgetting = config
        .keep_days
        .map(|days| tokio::spawn(forget_old_rounds(Arc::clone(&service), days.get())));
    let scheme = if tls.is_some() { "https" } else { "http" };
    tracing::info!(%address, scheme, version = env!("CARGO_PKG_VERSION"), "ready");
    // An error means that the program does not run under systemd.
    let _ = sd_notify::notify(&[NotifyState::Ready]);
    let stop = async move {
        tokio::select! { _ = interrupt.recv() => {}, _ = terminate.recv() => {} }
        tracing::info!("stopping");
        let _ = sd_notify::notify(&[NotifyState::Stopping]);
    };
    let options = Options { tls, connections: config.connections as usize, ..Options::default() };
    let listener = listener.tap_io(|stream| {
        // If the system refuses, small answers come a little later (RFC 896, Nagle's algorithm).
        let _ = stream.set_nodelay(true);
    });
    serve(listener, service, options, stop).await;
    following.abort();
    watching.abort();
    sending.abort();
    forgetting.iter().chain(&trusting).for_each(JoinHandle::abort);
    closing_days.abort();
    store.close().await;
    tracing::info!("stopped");
    Ok(())
}

fn gateway(messages: &Messages) -> Result<Arc<dyn Gateway>, CommandError> {
    Ok(match messages {
        Messages::File { path, phones, rotate_mb } => {
            let rotate_at = rotate_mb.map_or(ROTATE_AT, |mb| u64::from(mb.get()) * 1_000_000);
            let file = MessageFile::new(path.clone());
            Arc::new(file.with_phones(*phones).rotated_at(rotate_at))
        }
        Messages::Gateway { url, token, in_flight } => {
            let token = token.as_ref().map(|token| token.0.clone());
            let gateway = HttpGateway::new(url.clone(), token).map_err(std::io::Error::other)?;
            let in_flight = in_flight.map_or(IN_FLIGHT, |in_flight| in_flight.get() as usize);
            Arc::new(gateway.with_in_flight(in_flight))
        }
    })
}

/// How many connections may wait to be accepted when a crowd comes at once.
const BACKLOG: u32 = 4096;

fn listen(address: SocketAddr) -> std::io::Result<TcpListener> {
    let socket = if address.is_ipv4() { TcpSocket::new_v4() } else { TcpSocket::new_v6() }?;
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    socket.listen(BACKLOG)
}

fn tls_config(files: &TlsFiles) -> Result<Arc<TlsConfig>, CommandError> {
    let read = |path: &Path| {
        std::fs::read(path).map_err(|cause| CommandError::File(path.to_owned(), cause))
    };
    let about = std::fs::metadata(&files.key)
        .map_err(|cause| CommandError::File(files.key.clone(), cause))?;
    // A group is often given the right to it, as Debian's ssl-cert has for /etc/ssl/private.
    if about.mode() & 0o007 != 0 {
        return Err(Mistake { file: files.key.clone(), kind: MistakeKind::KeysOpen }.into());
    }
    let client_ca = files.client_ca.as_deref().map(read).transpose()?;
    Ok(tls::config(&read(&files.certificate)?, &read(&files.key)?, client_ca.as_deref())?)
}

fn publisher(fhir: &FhirSettings) -> Publisher {
    Publisher::new(fhir.base.clone(), fhir.booking_url.clone())
}

fn allowance(file: &LimitsFile) -> Allowance {
    let own = Allowance::default();
    Allowance {
        device_a_second: file.device_a_second.unwrap_or(own.device_a_second),
        device_burst: file.device_burst.unwrap_or(own.device_burst),
        person_a_minute: file.person_a_minute.unwrap_or(own.person_a_minute),
        person_burst: file.person_burst.unwrap_or(own.person_burst),
    }
}
