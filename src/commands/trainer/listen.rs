//! The connections of a room: each is let in by the gate, and then has a task that reads and one
//! that writes. What is said goes into the console's loop, which is waited for: a console that is
//! busy slows its trainees' pictures down, and never gathers them.

use super::line::pairing::{Admitted, Gate};
use super::line::{LineError, Listener, Wire, receive, send};
use crate::classroom::console::Event;
use crate::classroom::console::seat::LineId;
use crate::classroom::wire::{FromTrainee, FromTrainer, LONGEST};
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite, AsyncWriteExt};
use tokio::sync::Semaphore;
use tokio::sync::mpsc::{Receiver, Sender, channel};
use tokio::time::timeout;

/// Connections at once that were let in: each row has one, and may have its next one already.
const MOST: usize = 128;
/// Connections at once that prove that they know the code; those of one machine; and how many of
/// one machine there may be before the code, with those that wait. Twenty trainees on one machine
/// begin at once.
const HANDSHAKES: usize = 64;
const HANDSHAKES_EACH: usize = 8;
const WAITING_EACH: usize = 64;
/// Machines at once whose connections are before the code.
const MOST_MACHINES: usize = 256;
/// Orders that may wait for one trainee's line. Whoever takes none for so long is hung up.
const WAITING: usize = 64;
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

/// Where connections wait until they have proven that they know the code, which anybody may keep
/// them from. Those of one machine wait for one another, and hold up nobody else.
struct Door {
    handshakes: Arc<Semaphore>,
    /// Of each machine that has connections here.
    each: HashMap<String, Arc<Semaphore>>,
}

impl Door {
    fn new() -> Self {
        Self { handshakes: Arc::new(Semaphore::new(HANDSHAKES)), each: HashMap::new() }
    }

    /// What a connection holds for as long as it waits and proves. `None` if there are too many.
    fn knock(&mut self, address: Option<&str>) -> Option<Knock> {
        let handshakes = Arc::clone(&self.handshakes);
        let Some(address) = address else { return Some(Knock { handshakes, of_machine: None }) };
        self.each.retain(|_, machine| Arc::strong_count(machine) > 1);
        if self.each.len() >= MOST_MACHINES && !self.each.contains_key(address) {
            return None;
        }
        let new = || Arc::new(Semaphore::new(HANDSHAKES_EACH));
        let machine = self.each.entry(address.to_owned()).or_insert_with(new);
        // One is held here, and one by each of its connections.
        let has_place = Arc::strong_count(machine) <= WAITING_EACH;
        has_place.then(|| Knock { handshakes, of_machine: Some(Arc::clone(machine)) })
    }
}

/// A connection at the door.
struct Knock {
    handshakes: Arc<Semaphore>,
    of_machine: Option<Arc<Semaphore>>,
}

impl Knock {
    /// `None` if it was not let in.
    async fn admit(
        self,
        gate: &Gate,
        wire: Box<dyn Wire>,
        address: Option<&str>,
    ) -> Option<Admitted> {
        let _of_machine = match &self.of_machine {
            Some(machine) => Some(machine.acquire().await.ok()?),
            None => None,
        };
        let _handshake = self.handshakes.acquire().await.ok()?;
        gate.admit(wire, address).await.ok()
    }
}

/// Takes connections until the program ends.
pub async fn listen(listener: Listener, gate: Arc<Gate>, to_loop: Sender<Input>) {
    let (places, mut door) = (Arc::new(Semaphore::new(MOST)), Door::new());
    for line in 1.. {
        let (wire, address) = match listener.accept().await {
            Ok(accepted) => accepted,
            Err(_) => {
                tokio::time::sleep(BREATH).await;
                continue;
            }
        };
        let Some(knock) = door.knock(address.as_deref()) else { continue };
        let (gate, to_loop, places) = (Arc::clone(&gate), to_loop.clone(), Arc::clone(&places));
        tokio::spawn(async move {
            let admitted = knock.admit(&gate, wire, address.as_deref()).await;
            if let (Some(admitted), Ok(_place)) = (admitted, places.try_acquire()) {
                serve(admitted, line, to_loop).await;
            }
        });
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
    while let Some(what) = orders.recv().await {
        timeout(WRITE_WITHIN, send(&mut to, &what)).await??;
    }
    Ok(timeout(WRITE_WITHIN, to.shutdown()).await??)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::classroom::code::Code;
    use crate::classroom::wire::Hello;
    use crate::commands::trainer::line::{Address, connect, pairing, tls};
    use tokio::net::{TcpSocket, TcpStream};

    /// On Linux all of 127.0.0.0/8 is this machine, and looks like many.
    async fn stranger(from: u8, port: u16) -> TcpStream {
        let socket = TcpSocket::new_v4().unwrap();
        socket.bind(([127, 0, 0, from], 0).into()).unwrap();
        socket.connect(([127, 0, 0, 1], port).into()).await.unwrap()
    }

    #[test]
    fn strangers_who_say_nothing_shut_the_door_to_nobody_else() {
        let network =
            tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
        network.unwrap().block_on(async {
            let code = Code::new([7; 8]);
            let gate = Arc::new(Gate::new(&code, || Duration::ZERO).unwrap());
            let listener = Listener::bind(&Address::Network("127.0.0.1:0".to_owned())).await;
            let listener = listener.unwrap();
            let port = listener.port().unwrap();
            let (to_loop, mut inputs) = channel(9);
            tokio::spawn(listen(listener, gate, to_loop));
            let mut strangers = Vec::new();
            for nth in 0..150 {
                strangers.push(stranger(2 + nth % 3, port).await);
            }
            let wire = connect(&Address::Network(format!("127.0.0.1:{port}"))).await.unwrap();
            let hello = Hello { name: "陳小姐".to_owned(), ..Hello::default() };
            let joined = pairing::join(wire, tls::trainee().unwrap(), &code, hello).await;
            assert!(joined.is_ok());
            assert!(matches!(inputs.recv().await, Some(Input::Line(..))));
            assert!(matches!(
                inputs.recv().await,
                Some(Input::Event(Event::Joined { hello, .. })) if hello.name == "陳小姐"
            ));
        });
    }

    #[test]
    fn one_machine_has_so_many_before_the_code_and_forgotten_ones_take_no_memory() {
        let mut door = Door::new();
        let knocks: Vec<_> = (0..WAITING_EACH).map(|_| door.knock(Some("a"))).collect();
        assert!(knocks.iter().all(Option::is_some));
        assert!(door.knock(Some("a")).is_none() && door.knock(Some("b")).is_some());
        drop(knocks);
        assert!(door.knock(Some("a")).is_some());
        assert_eq!(door.each.len(), 1);
        let others: Vec<_> =
            (0..MOST_MACHINES).map(|nth| door.knock(Some(&nth.to_string()))).collect();
        assert!(others.iter().all(Option::is_some));
        assert!(door.knock(Some("one more")).is_none() && door.knock(None).is_some());
    }
}
