//! One visitor, from the websocket's beginning to its end: a place, a program, and the bytes
//! between both, no more of them at once than one read, however slow either side is.

use super::program::{Program, Running, Size};
use crate::commands::machine;
use axum::body::Bytes;
use axum::extract::ws::{CloseFrame, Message, WebSocket};
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio::time::{MissedTickBehavior, interval, timeout};

/// How often a browser is asked whether it is there. It answers by itself (RFC 6455, 5.5.2).
const ASKED_EVERY: Duration = Duration::from_secs(10);
/// A browser of which nothing was heard for this long has gone.
const SILENT: Duration = Duration::from_secs(30);
/// So has one that takes nothing for this long. Both together are less than a minute.
const TAKES_WITHIN: Duration = Duration::from_secs(15);
/// Nobody has touched a page for this long: others may have the place.
const FORGOTTEN: Duration = Duration::from_secs(30 * 60);
/// A browser tells its size within this time.
const SIZE_WITHIN: Duration = Duration::from_secs(10);
/// How long a browser may take to close its side, so that it sees why ours was closed.
const CLOSES_WITHIN: Duration = Duration::from_secs(2);
/// How long all programs may take to end: each has some seconds, and they end side by side.
const ALL_END_WITHIN: Duration = Duration::from_secs(20);
/// Bytes that go to a browser at once.
const AT_ONCE: usize = 16 * 1024;

/// All visitors: how many there may be, and what each gets.
pub struct Visits {
    program: Program,
    places: Arc<Semaphore>,
    most: u16,
    stopping: watch::Sender<bool>,
}

/// Why a visit ended. The page reads it from the number by which the websocket is closed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Ending {
    /// The program ended: the visitor has quit the training.
    Quit,
    NoPlace,
    Forgotten,
    Stopping,
    /// The machine could not start a program.
    NotBegun,
    Gone,
}

impl Ending {
    /// Of the numbers that are free for an application (RFC 6455, 7.4.2).
    fn number(self) -> u16 {
        match self {
            Ending::Quit => 4000,
            Ending::NoPlace => 4001,
            Ending::Forgotten => 4002,
            Ending::Stopping => 4003,
            Ending::NotBegun => 4004,
            Ending::Gone => 4005,
        }
    }
}

/// A place while somebody has it.
struct Place<'a> {
    visits: &'a Visits,
    permit: Option<OwnedSemaphorePermit>,
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        drop(self.permit.take());
        self.visits.log("left");
    }
}

impl Visits {
    pub fn new(program: Program, most: u16) -> Self {
        let places = Arc::new(Semaphore::new(most.into()));
        Self { program, places, most, stopping: watch::Sender::new(false) }
    }

    /// One visitor. Returns when their program has ended and the browser has been told why.
    pub async fn visit(&self, mut socket: WebSocket) {
        let ending = match self.place() {
            Some(place) => {
                let ending = self.stay(&mut socket).await;
                drop(place);
                ending
            }
            None => Ending::NoPlace,
        };
        let frame = CloseFrame { code: ending.number(), reason: "".into() };
        let closed = async {
            if socket.send(Message::Close(Some(frame))).await.is_ok() {
                while let Some(Ok(_)) = socket.recv().await {}
            }
        };
        // A browser that is not there does not answer.
        let _ = timeout(CLOSES_WITHIN, closed).await;
    }

    /// Ends all programs, and waits until they have.
    pub async fn end(&self) {
        self.stopping.send_replace(true);
        // What has not ended then is killed with the runtime.
        let _ = timeout(ALL_END_WITHIN, self.places.acquire_many(self.most.into())).await;
    }

    fn place(&self) -> Option<Place<'_>> {
        let Ok(permit) = Arc::clone(&self.places).try_acquire_owned() else {
            tracing::info!(visitors = self.most, "no place for another");
            return None;
        };
        self.log("came");
        Some(Place { visits: self, permit: Some(permit) })
    }

    /// How many there are is all that is written of visitors.
    fn log(&self, what: &'static str) {
        let visitors = usize::from(self.most).saturating_sub(self.places.available_permits());
        tracing::info!(visitors, "{what}");
    }

    async fn stay(&self, socket: &mut WebSocket) -> Ending {
        let mut stopping = self.stopping.subscribe();
        let size = match timeout(SIZE_WITHIN, socket.recv()).await {
            Ok(Some(Ok(Message::Text(text)))) => Size::read(&text),
            Ok(_) | Err(_) => None,
        };
        let Some(size) = size else { return Ending::Gone };
        let mut running = match self.program.start(size) {
            Ok(running) => running,
            Err(cause) => {
                tracing::error!(%cause, "a visitor's program does not start");
                return Ending::NotBegun;
            }
        };
        let ending = tokio::select! {
            ending = relay(socket, &mut running) => ending,
            // Also if it was told before.
            _ = stopping.wait_for(|stopping| *stopping) => Ending::Stopping,
        };
        running.end().await;
        ending
    }
}

/// Carries bytes both ways until one side ends. What the program has not taken yet is kept, and the
/// browser is not read meanwhile; what the browser has not taken yet keeps the program waiting. So
/// a side that takes nothing costs one message, and never stops the other.
async fn relay(socket: &mut WebSocket, running: &mut Running) -> Ending {
    let mut asked = interval(ASKED_EVERY);
    asked.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let (mut heard, mut touched) = (machine::uptime(), machine::uptime());
    let mut typed = Bytes::new();
    let mut shown = vec![0; AT_ONCE];
    loop {
        tokio::select! {
            // What has come is read before the browser is said to be silent.
            biased;
            message = socket.recv(), if typed.is_empty() => {
                heard = machine::uptime();
                match message {
                    Some(Ok(Message::Binary(bytes))) => {
                        touched = heard;
                        typed = bytes;
                    }
                    Some(Ok(Message::Text(text))) => match Size::read(&text) {
                        Some(size) => running.resize(size),
                        None => return Ending::Gone,
                    },
                    Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                    Some(Ok(Message::Close(_)) | Err(_)) | None => return Ending::Gone,
                }
            }
            written = running.input.write(&typed), if !typed.is_empty() => match written {
                Ok(count) => drop(typed.split_to(count)),
                Err(_) => return Ending::Quit,
            },
            _ = asked.tick() => {
                if let Some(ending) = over(machine::uptime(), heard, touched) {
                    return ending;
                }
                if !sent(socket, Message::Ping(Bytes::new())).await {
                    return Ending::Gone;
                }
            }
            // An error is how a terminal tells that nobody has its other side open.
            read = running.output.read(&mut shown) => match read {
                Ok(0) | Err(_) => return Ending::Quit,
                Ok(count) => {
                    let bytes = Bytes::copy_from_slice(&shown[..count]);
                    if !sent(socket, Message::Binary(bytes)).await {
                        return Ending::Gone;
                    }
                }
            }
        }
    }
}

/// Whether a visit is over of which something was `heard` and which was `touched` at these times.
fn over(now: Duration, heard: Duration, touched: Duration) -> Option<Ending> {
    if now.saturating_sub(heard) > SILENT {
        return Some(Ending::Gone);
    }
    (now.saturating_sub(touched) > FORGOTTEN).then_some(Ending::Forgotten)
}

/// Sends a message, and waits until the line has taken it.
async fn sent(socket: &mut WebSocket, message: Message) -> bool {
    matches!(timeout(TAKES_WITHIN, socket.send(message)).await, Ok(Ok(())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case(0, 0, None)]
    #[case(30, 0, None)]
    #[case(31, 0, Some(Ending::Gone))]
    #[case(0, 1800, None)]
    #[case(0, 1801, Some(Ending::Forgotten))]
    #[case(31, 1801, Some(Ending::Gone))]
    fn a_visit_is_over_when_its_browser_is_silent_or_its_page_forgotten(
        #[case] silent: u64,
        #[case] untouched: u64,
        #[case] expected: Option<Ending>,
    ) {
        let ago = |seconds| Duration::from_secs(10_000 - seconds);
        assert_eq!(over(ago(0), ago(silent), ago(untouched)), expected);
    }

    #[test]
    fn one_who_goes_without_a_word_is_gone_within_a_minute() {
        // Heard last just after one question, silent until the next but two, its line full since.
        let at_most = SILENT + ASKED_EVERY + TAKES_WITHIN;
        assert!(at_most < Duration::from_secs(60), "{at_most:?}");
    }
}
