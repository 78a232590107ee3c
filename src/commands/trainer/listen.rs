//! The connections of a room: each is let in by the gate, and then has a task that reads and one
//! that writes. What is said goes into the console's loop, which is waited for: a console that is
//! busy slows its trainees' pictures down, and never gathers them.

use super::line::pairing::{Admitted, Gate};
use super::line::{LineError, Listener, receive, send};
use crate::classroom::console::Event;
use crate::classroom::console::seat::LineId;
use crate::classroom::wire::{FromTrainee, FromTrainer, LONGEST};
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite, AsyncWriteExt};
use tokio::sync::Semaphore;
use tokio::sync::mpsc::{Receiver, Sender, channel};
use tokio::time::timeout;

/// Connections at once, with those that are not let in yet.
const MOST: usize = 128;
/// Orders that may wait for one trainee's line. Whoever takes none for so long is hung up.
const WAITING: usize = 64;
/// How often a trainee's program is told that the console is still there.
const STILL_HERE: Duration = Duration::from_secs(3);
/// A line that takes nothing for so long is given up.
const WRITE_WITHIN: Duration = Duration::from_secs(10);
/// After a connection could not be accepted, because the machine has no file to spare.
const BREATH: Duration = Duration::from_millis(200);

/// What reaches the console's loop.
pub enum Input {
    /// A trainee has come; what they are told goes in here.
    Line(LineId, Sender<FromTrainer>),
    Event(Event),
    /// The machine stops the program.
    Stop,
}

/// Takes connections until the program ends.
pub async fn listen(listener: Listener, gate: Arc<Gate>, to_loop: Sender<Input>) {
    let places = Arc::new(Semaphore::new(MOST));
    for line in 1.. {
        // It is an error only if the semaphore was closed, which never is.
        let Ok(place) = Arc::clone(&places).acquire_owned().await else { return };
        match listener.accept().await {
            Ok((wire, address)) => {
                let (gate, to_loop) = (Arc::clone(&gate), to_loop.clone());
                tokio::spawn(async move {
                    if let Ok(admitted) = gate.admit(wire, &address).await {
                        serve(admitted, line, to_loop).await;
                    }
                    drop(place);
                });
            }
            Err(_) => tokio::time::sleep(BREATH).await,
        }
    }
}

/// Until either side ends.
async fn serve(admitted: Admitted, line: LineId, to_loop: Sender<Input>) {
    let Admitted { stream, hello, sign } = admitted;
    let (reader, writer) = tokio::io::split(stream);
    let (orders, to_send) = channel(WAITING);
    let begun = [Input::Line(line, orders), Input::Event(Event::Joined { line, hello, sign })];
    for input in begun {
        if to_loop.send(input).await.is_err() {
            return;
        }
    }
    tokio::select! {
        _ = hear(reader, line, &to_loop) => {}
        _ = tell(writer, to_send) => {}
    }
    let _ = to_loop.send(Input::Event(Event::Left { line })).await;
}

async fn hear(
    mut from: impl AsyncRead + Unpin,
    line: LineId,
    to_loop: &Sender<Input>,
) -> Result<(), LineError> {
    loop {
        let what: FromTrainee = receive(&mut from, LONGEST).await?;
        let what = what.cut_to_size();
        if to_loop.send(Input::Event(Event::Said { line, what })).await.is_err() {
            return Ok(());
        }
    }
}

/// Until the console hangs up, by dropping its side of the channel.
async fn tell(
    mut to: impl AsyncWrite + Unpin,
    mut orders: Receiver<FromTrainer>,
) -> Result<(), LineError> {
    let mut still_here = tokio::time::interval(STILL_HERE);
    loop {
        let what = tokio::select! {
            what = orders.recv() => what,
            _ = still_here.tick() => Some(FromTrainer::StillHere),
        };
        let Some(what) = what else { break };
        timeout(WRITE_WITHIN, send(&mut to, &what)).await??;
    }
    Ok(timeout(WRITE_WITHIN, to.shutdown()).await??)
}
