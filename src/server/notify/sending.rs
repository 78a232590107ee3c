//! A claimed set of messages, sent: together where the gateway takes a set, else one by one with as
//! many on their way as it bears. What is not begun in time is named, so that it can be given back.

use super::flow::Flow;
use super::{AtOnce, CROWD, Gateway, SendError, TextMessage};
use crate::domain::backoff::Backoff;
use crate::server::hexadecimal::hexadecimal;
use crate::server::keys::fingerprint;
use crate::server::service::Service;
use crate::server::store::messages::{Due, SendOutcome};
use jiff::{SignedDuration, Timestamp};
use std::sync::Arc;
use std::time::Duration;
use tokio::task::JoinSet;

/// No message of a set is begun later than this after the first: with the time that an answer may
/// take it is done before the claim is over.
const BEGIN_WITHIN: Duration = Duration::from_secs(20);
/// How long a message waits for its next attempt.
const BACKOFF: Backoff = Backoff::new(Duration::from_secs(15), Duration::from_secs(30 * 60));
/// A message that could not be sent for so long is given up, because it is of no use any more.
const GIVE_UP_AFTER: SignedDuration = SignedDuration::from_hours(24);
/// How soon sending that was held up is looked at again: a set of bookings takes some 20 ms.
const HELD_UP: Duration = Duration::from_millis(5);

/// A message with what it is made from.
#[derive(Clone, Debug)]
pub struct Ready {
    due: Due,
    message: TextMessage,
}

impl Ready {
    pub fn new(due: Due, text: String) -> Self {
        let key = hexadecimal(&fingerprint(due.once.as_bytes())[..16]);
        let message = TextMessage { key, to: due.mobile.clone(), text, again: due.attempt > 1 };
        Self { due, message }
    }

    fn outcome(&self, result: Result<(), SendError>, now: Timestamp) -> SendOutcome {
        let wait = BACKOFF.wait(self.due.attempt.saturating_sub(1));
        match result {
            Ok(()) => SendOutcome::Sent(now),
            Err(SendError::Never) => SendOutcome::Never,
            Err(_) if now > self.due.made + GIVE_UP_AFTER => SendOutcome::Never,
            Err(SendError::Later | SendError::TooMany(_)) => SendOutcome::Later(now + wait),
        }
    }
}

/// What became of a set. A message that is in neither was on its way when its task panicked: its
/// claim stays, and it is tried again when the claim is over.
#[derive(Debug, Default)]
pub struct Sent {
    pub outcomes: Vec<(String, SendOutcome)>,
    /// Those that were not begun.
    pub untouched: Vec<String>,
}

/// Sends a set as the gateway takes it.
pub async fn send(
    service: &Service,
    gateway: &Arc<dyn Gateway>,
    flow: &mut Flow,
    set: Vec<Ready>,
) -> Sent {
    match gateway.at_once() {
        AtOnce::Set => together(service, gateway, set).await,
        AtOnce::Each(_) => one_by_one(service, gateway, flow, set).await,
    }
}

async fn together(service: &Service, gateway: &Arc<dyn Gateway>, set: Vec<Ready>) -> Sent {
    let gateway = Arc::clone(gateway);
    let messages: Vec<TextMessage> = set.iter().map(|ready| ready.message.clone()).collect();
    // A task of its own, so that a panic there does not end the sender.
    let sending = tokio::spawn(async move { gateway.send_set(&messages).await });
    let Ok(result) = sending.await else { return Sent::default() };
    let now = (service.env.now)();
    let outcome = |ready: Ready| {
        let outcome = ready.outcome(result, now);
        (ready.due.once, outcome)
    };
    Sent { outcomes: set.into_iter().map(outcome).collect(), untouched: Vec::new() }
}

async fn one_by_one(
    service: &Service,
    gateway: &Arc<dyn Gateway>,
    flow: &mut Flow,
    set: Vec<Ready>,
) -> Sent {
    let (mut sending, mut outcomes) = (JoinSet::new(), Vec::with_capacity(set.len()));
    let mut set = set.into_iter();
    let too_late = tokio::time::sleep(BEGIN_WITHIN);
    tokio::pin!(too_late);
    loop {
        let begins = !too_late.is_elapsed() && !flow.is_down();
        let held_up = service.engine.waiting() >= CROWD || flow.is_paused((service.env.uptime)());
        while begins && !held_up && sending.len() < flow.allowed() {
            let Some(ready) = set.next() else { break };
            let gateway = Arc::clone(gateway);
            sending.spawn(async move {
                let result = gateway.send(&ready.message).await;
                (ready, result)
            });
        }
        if sending.is_empty() && (!begins || set.len() == 0) {
            break;
        }
        tokio::select! {
            Some(sent) = sending.join_next() => {
                let Ok((ready, result)) = sent else { continue };
                flow.note(result, (service.env.uptime)());
                let outcome = ready.outcome(result, (service.env.now)());
                outcomes.push((ready.due.once, outcome));
            }
            () = &mut too_late, if !too_late.is_elapsed() => {}
            () = tokio::time::sleep(HELD_UP), if begins && held_up => {}
        }
    }
    Sent { outcomes, untouched: set.map(|ready| ready.due.once).collect() }
}
