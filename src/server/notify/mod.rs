//! Text messages to people: what was put into the outbox with what it tells is made into messages
//! and sent, each once, with growing waits while the gateway fails. People who book come first:
//! while many wait for the writer nothing is sent.

pub mod file;
pub mod http;
mod words;

use super::env::Now;
use super::keys::fingerprint;
use super::metrics::MessageOutcome;
use super::service::Service;
use super::store::error::StoreError;
use super::store::messages::{Due, SendOutcome};
use crate::domain::backoff::Backoff;
use crate::domain::phone::MobileNumber;
use crate::domain::taipei;
use jiff::SignedDuration;
use jiff::civil::Date;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::task::JoinSet;

/// A text message.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TextMessage {
    /// The idempotency key: the same at every attempt, so that a gateway sends a message once.
    pub key: String,
    pub to: MobileNumber,
    pub text: String,
    /// The last attempt failed, or it is not known what became of it.
    pub again: bool,
}

/// Why a message was not sent.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum SendError {
    #[error("the gateway does not take it now")]
    Later,
    #[error("the gateway will never take it")]
    Never,
}

/// The end of sending one.
pub type Sending<'a> = Pin<Box<dyn Future<Output = Result<(), SendError>> + Send + 'a>>;

/// Where messages are sent to. It delivers a message once, however often the same key is sent.
pub trait Gateway: Send + Sync {
    /// Sends a message.
    fn send<'a>(&'a self, message: &'a TextMessage) -> Sending<'a>;
}

/// How often the sender looks for messages that are due.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Pace {
    /// Twice a second, because other servers write messages too.
    Steady,
    /// Soon after this server has written something, and once a minute. For a server alone, which
    /// sleeps while nobody is there.
    WhenWritten,
}

impl Pace {
    fn every(self) -> Duration {
        match self {
            Pace::Steady => Duration::from_millis(500),
            Pace::WhenWritten => Duration::from_secs(60),
        }
    }
}
/// Messages that are claimed at once, and how many of them are sent side by side: done before the
/// claim is over, however slow a gateway is.
const AT_A_TIME: u32 = 32;
const SIDE_BY_SIDE: usize = 16;
/// How long a claim lasts. Afterwards the server that made it counts as dead, and another sends the
/// messages.
const CLAIM: SignedDuration = SignedDuration::from_secs(30);
/// Nothing is sent while at least so many commands wait for the writer, because bookings come
/// first.
const CROWD: usize = 64;
/// How long a message waits for its next attempt.
const BACKOFF: Backoff = Backoff::new(Duration::from_secs(15), Duration::from_secs(30 * 60));
/// A message that could not be sent for so long is given up, because it is of no use any more.
const GIVE_UP_AFTER: SignedDuration = SignedDuration::from_hours(24);
/// Reminders go out from this hour of the day before (Taiwan).
const REMINDERS_FROM: i8 = 9;

/// Sends for as long as the future lives.
pub async fn deliver(service: Arc<Service>, gateway: Arc<dyn Gateway>, pace: Pace) {
    let mut timer = tokio::time::interval(pace.every());
    timer.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let mut reminded = None;
    if let Err(error) = service.store.free_claims().await {
        tracing::warn!(%error, "text messages that were on their way wait for their time");
    }
    loop {
        tokio::select! {
            _ = timer.tick() => {}
            () = service.engine.written(), if pace == Pace::WhenWritten => {}
        }
        // There may be more than one look takes, so the next begins at once unless commands wait.
        while service.engine.waiting() < CROWD {
            match look(&service, &gateway, &mut reminded).await {
                Ok(sent) if sent == AT_A_TIME as usize => {}
                Ok(_) => break,
                Err(error) => {
                    tracing::warn!(%error, "text messages could not be looked after");
                    break;
                }
            }
        }
    }
}

/// One look: the outbox, the reminders, what is due. How many messages it tried to send.
async fn look(
    service: &Service,
    gateway: &Arc<dyn Gateway>,
    reminded: &mut Option<Date>,
) -> Result<usize, StoreError> {
    let (store, now) = (&service.store, (service.env.now)());
    store.take_outbox_apart().await?;
    let local = taipei::civil(now);
    if local.hour() >= REMINDERS_FROM && *reminded != Some(local.date()) {
        if let Ok(tomorrow) = local.date().tomorrow() {
            store.remind(tomorrow, now).await?;
        }
        *reminded = Some(local.date());
    }
    let due = store.claim_messages(now, now + CLAIM, AT_A_TIME).await?;
    if due.is_empty() {
        return Ok(0);
    }
    let Some(snapshot) = service.catalog.snapshot() else { return Ok(0) };
    let texts = words::compose(&snapshot, &due);
    let mut outcomes = Vec::with_capacity(due.len());
    let mut sending = JoinSet::new();
    for (due, text) in due.into_iter().zip(texts) {
        // Its round is no longer shown, so its place is not known, and the message comes too late
        // to be of use.
        let Some(text) = text else {
            outcomes.push((due.once, SendOutcome::Never));
            continue;
        };
        if sending.len() >= SIDE_BY_SIDE {
            outcomes.extend(sending.join_next().await.and_then(Result::ok));
        }
        let (gateway, now) = (Arc::clone(gateway), Arc::clone(&service.env.now));
        sending.spawn(async move { send(&*gateway, due, text, &now).await });
    }
    while let Some(sent) = sending.join_next().await {
        // A task that panicked keeps its claim, and its message is tried again when the claim is
        // over.
        outcomes.extend(sent.ok());
    }
    outcomes.iter().for_each(|(_, outcome)| service.metrics.message(counted(outcome)));
    store.settle_messages(&outcomes).await?;
    Ok(outcomes.len())
}

async fn send(gateway: &dyn Gateway, due: Due, text: String, now: &Now) -> (String, SendOutcome) {
    let key = hex::encode(&fingerprint(due.once.as_bytes())[..16]);
    let message = TextMessage { key, to: due.mobile, text, again: due.attempt > 1 };
    let outcome = match gateway.send(&message).await {
        Ok(()) => SendOutcome::Sent(now()),
        Err(SendError::Never) => SendOutcome::Never,
        Err(SendError::Later) if now() > due.made + GIVE_UP_AFTER => SendOutcome::Never,
        Err(SendError::Later) => {
            SendOutcome::Later(now() + BACKOFF.wait(due.attempt.saturating_sub(1)))
        }
    };
    (due.once, outcome)
}

/// As what an attempt is counted.
fn counted(outcome: &SendOutcome) -> MessageOutcome {
    match outcome {
        SendOutcome::Sent(_) => MessageOutcome::Sent,
        SendOutcome::Later(_) => MessageOutcome::Later,
        SendOutcome::Never => MessageOutcome::Never,
    }
}
