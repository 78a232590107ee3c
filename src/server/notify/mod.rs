//! Text messages to people: what was put into the outbox with what it tells is made into messages
//! and sent in large sets, each message once, with growing waits while the gateway fails. People
//! who book come first: while many wait for the writer nothing is sent, and while any do the sender
//! leaves the database to them for most of the time.

pub mod file;
mod flow;
pub mod http;
mod sending;
mod words;

use super::metrics::MessageOutcome;
use super::service::Service;
use super::store::error::StoreError;
use super::store::messages::{Claimed, SendOutcome};
use crate::domain::phone::MobileNumber;
use crate::domain::taipei;
use flow::Flow;
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use sending::{Ready, Sent};
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;
use words::Places;

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
    /// With how long the gateway wants nothing, if it says so.
    #[error("the gateway gets too many")]
    TooMany(Option<Duration>),
    #[error("the gateway will never take it")]
    Never,
}

/// The end of sending one.
pub type Sending<'a> = Pin<Box<dyn Future<Output = Result<(), SendError>> + Send + 'a>>;

/// How many messages a gateway takes at once.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum AtOnce {
    /// Each by itself, and at most so many side by side.
    Each(usize),
    /// A whole set, of which all or, as far as the sender knows, none is delivered.
    Set,
}

/// Where messages are sent to. It delivers a message once, however often the same key is sent.
pub trait Gateway: Send + Sync {
    /// Sends a message.
    fn send<'a>(&'a self, message: &'a TextMessage) -> Sending<'a>;

    /// How many it takes at once.
    fn at_once(&self) -> AtOnce {
        AtOnce::Each(SIDE_BY_SIDE)
    }

    /// Sends a set: one after another, unless the gateway has a better way.
    fn send_set<'a>(&'a self, messages: &'a [TextMessage]) -> Sending<'a> {
        Box::pin(async move {
            for message in messages {
                self.send(message).await?;
            }
            Ok(())
        })
    }
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

/// Messages that are claimed, sent and settled as one set: two commits for as many.
const AT_A_TIME: u32 = 2048;
/// How many are on their way to a gateway that does not say how many it takes.
const SIDE_BY_SIDE: usize = 16;
/// How long a claim lasts: longer than a set takes. Afterwards the server that made it counts as
/// dead, and another sends the messages.
const CLAIM: SignedDuration = SignedDuration::from_secs(60);
/// Nothing is sent while at least so many commands wait for the writer, because bookings come
/// first.
const CROWD: usize = 64;
/// While commands wait, the sender leaves the database alone for so many times as long as it used
/// it, but not for longer than [`LONGEST_REST`].
const REST: u32 = 6;
const LONGEST_REST: Duration = Duration::from_millis(400);
/// A clock that was set back by more than this was set by somebody.
const CLOCK_STEP: SignedDuration = SignedDuration::from_secs(2);
/// Reminders go out from this hour of the day before (Taiwan).
const REMINDERS_FROM: i8 = 9;

/// Sends for as long as the future lives.
pub async fn deliver(service: Arc<Service>, gateway: Arc<dyn Gateway>, pace: Pace) {
    let mut timer = tokio::time::interval(pace.every());
    timer.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let most = match gateway.at_once() {
        AtOnce::Each(most) => most,
        AtOnce::Set => 1,
    };
    let began = began(&service);
    let mut sender = Sender { service, gateway, flow: Flow::new(most), reminded: None, began };
    let service = Arc::clone(&sender.service);
    if let Err(error) = service.store.free_claims().await {
        tracing::warn!(%error, "text messages that were on their way wait for their time");
    }
    loop {
        tokio::select! {
            _ = timer.tick() => {}
            () = service.engine.written(), if pace == Pace::WhenWritten => {}
        }
        sender.flow.try_again();
        if let Err(error) = sender.follow_clock().await {
            tracing::warn!(%error, "text messages wait although the clock was set back");
        }
        // A look takes one set, and there may be hundreds, so the next look begins at once.
        while service.engine.waiting() < CROWD {
            match sender.look().await {
                Ok(Left::Some) => {}
                Ok(Left::Nothing) => break,
                Err(error) => {
                    tracing::warn!(%error, "text messages could not be looked after");
                    break;
                }
            }
        }
    }
}

/// Whether there may be more to send at once.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Left {
    Some,
    /// Nothing that is due, or nothing that the gateway would take now.
    Nothing,
}

/// Sends messages, with what it has learned of the gateway.
struct Sender {
    service: Arc<Service>,
    gateway: Arc<dyn Gateway>,
    flow: Flow,
    /// The day on which reminders were made last.
    reminded: Option<Date>,
    /// When this process began by the wall clock, as it was set at the last look.
    began: Timestamp,
}

/// When this process began, by the wall clock as it is set now.
fn began(service: &Service) -> Timestamp {
    let uptime = SignedDuration::try_from((service.env.uptime)()).unwrap_or_default();
    (service.env.now)() - uptime
}

impl Sender {
    /// Finds out whether the wall clock was set back, and then brings forward what would wait until
    /// it is again as late as it was.
    async fn follow_clock(&mut self) -> Result<(), StoreError> {
        let began = began(&self.service);
        if began + CLOCK_STEP < self.began {
            let now = (self.service.env.now)();
            self.service.store.bring_forward(now, now + CLAIM).await?;
        }
        self.began = began;
        Ok(())
    }

    /// One look: some of the outbox, the reminders, a set of what is due.
    async fn look(&mut self) -> Result<Left, StoreError> {
        let service = Arc::clone(&self.service);
        let (store, now) = (&service.store, (service.env.now)());
        // Claims are made by this time, so a step back from it must be noticed.
        self.began = self.began.max(began(&service));
        let taken = self.beside_bookings(store.take_outbox_apart(now)).await?;
        self.remind().await?;
        let Some(snapshot) = service.catalog.snapshot() else { return Ok(Left::Nothing) };
        if self.flow.is_paused((service.env.uptime)()) || self.flow.is_down() {
            return Ok(Left::Nothing);
        }
        let until = now + CLAIM;
        let Claimed { due, unreadable, untrue } =
            self.beside_bookings(store.claim_messages(now, until, AT_A_TIME)).await?;
        if !unreadable.is_empty() {
            tracing::error!(messages = unreadable.len(), "given up: their rows cannot be read");
        }
        if due.is_empty() && unreadable.is_empty() && untrue.is_empty() {
            return Ok(if taken > 0 { Left::Some } else { Left::Nothing });
        }
        let not_shown = due.iter().filter_map(|due| due.slot);
        let not_shown = not_shown.filter(|slot| snapshot.place(*slot).is_none()).collect();
        let elsewhere = store.places_of(&not_shown).await?;
        // Words for a whole set take some 50 ms, in which this thread would answer nobody.
        let composed = tokio::task::spawn_blocking(move || {
            let texts = words::compose(&Places { shown: &snapshot, elsewhere }, &due);
            due.into_iter().zip(texts).collect::<Vec<_>>()
        });
        let given_up = unreadable.into_iter().chain(untrue).map(|once| (once, SendOutcome::Never));
        let (mut set, mut no_use) = (Vec::new(), given_up.collect::<Vec<_>>());
        for (due, text) in composed.await.unwrap_or_default() {
            match text {
                Some(text) => set.push(Ready::new(due, text)),
                // Its place is not known, or the round in which people could choose by it is no
                // longer shown: the message comes too late to be of use.
                None => no_use.push((due.once, SendOutcome::Never)),
            }
        }
        let Sent { mut outcomes, untouched } =
            sending::send(&service, &self.gateway, &mut self.flow, set).await;
        outcomes.append(&mut no_use);
        outcomes.iter().for_each(|(_, outcome)| service.metrics.message(counted(outcome)));
        self.beside_bookings(store.settle_messages(&outcomes)).await?;
        if !untouched.is_empty() {
            store.give_back_messages(&untouched, until).await?;
        }
        Ok(Left::Some)
    }

    /// Makes the reminders for tomorrow, once a day.
    async fn remind(&mut self) -> Result<(), StoreError> {
        let now = (self.service.env.now)();
        let local = taipei::civil(now);
        if local.hour() >= REMINDERS_FROM && self.reminded != Some(local.date()) {
            if let Ok(tomorrow) = local.date().tomorrow() {
                self.service.store.remind(tomorrow, now).await?;
            }
            self.reminded = Some(local.date());
        }
        Ok(())
    }

    /// Uses the database, and if commands wait afterwards leaves it to them for a while.
    async fn beside_bookings<T>(&self, work: impl Future<Output = T>) -> T {
        let uptime = &self.service.env.uptime;
        let began = uptime();
        let done = work.await;
        if self.service.engine.waiting() > 0 {
            let took = uptime().saturating_sub(began);
            tokio::time::sleep((took * REST).min(LONGEST_REST)).await;
        }
        done
    }
}

/// As what an attempt is counted.
fn counted(outcome: &SendOutcome) -> MessageOutcome {
    match outcome {
        SendOutcome::Sent(_) => MessageOutcome::Sent,
        SendOutcome::Later(_) => MessageOutcome::Later,
        SendOutcome::Never => MessageOutcome::Never,
    }
}
