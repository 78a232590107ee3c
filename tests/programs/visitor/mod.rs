//! A visitor of a training in a browser, as its page is: a websocket, and a terminal that draws
//! what comes by it.
#![allow(clippy::disallowed_methods, reason = "a test that waits for a program measures time")]

use crate::pty::{cells, place_of, read_qr};
use crate::web_training::{PATIENCE, wait_until};
use std::io::{ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use tungstenite::client::IntoClientRequest;
use tungstenite::handshake::HandshakeError;
use tungstenite::handshake::client::{ClientHandshake, Response};
use tungstenite::protocol::WebSocket;
use tungstenite::{Error, Message};

/// A line to a training, over TLS or plain.
pub trait Line: Read + Write + Send {}

impl<T: Read + Write + Send> Line for T {}

/// A plain one, on which nobody waits long for more.
pub fn line(address: SocketAddr) -> Box<dyn Line> {
    let stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(Duration::from_millis(100))).unwrap();
    Box::new(stream)
}

/// Sends a request as it is, and gives back all that comes.
pub fn ask(mut line: impl Line, request: &str) -> String {
    line.write_all(request.replace('\n', "\r\n").as_bytes()).unwrap();
    let (mut answer, mut bytes, begun) = (Vec::new(), [0; 16 * 1024], Instant::now());
    loop {
        match line.read(&mut bytes) {
            // TLS tells that the other side is gone as an error.
            Ok(0) => break,
            Err(error) if error.kind() == ErrorKind::UnexpectedEof => break,
            Err(error) if error.kind() == ErrorKind::WouldBlock => {
                assert!(begun.elapsed() < PATIENCE, "{}", String::from_utf8_lossy(&answer));
            }
            Ok(count) => answer.extend_from_slice(&bytes[..count]),
            Err(error) => panic!("{error}: {}", String::from_utf8_lossy(&answer)),
        }
    }
    String::from_utf8(answer).unwrap()
}

/// Asks for a websocket as a page of `origin` does. The status if it is refused.
pub fn open(
    line: Box<dyn Line>,
    host: &str,
    headers: &[(&'static str, &str)],
) -> Result<WebSocket<Box<dyn Line>>, u16> {
    let mut request = format!("ws://{host}/training").into_client_request().unwrap();
    for (name, value) in headers {
        request.headers_mut().insert(*name, value.parse().unwrap());
    }
    shaken(tungstenite::client(request, line))
}

type Shaking = HandshakeError<ClientHandshake<Box<dyn Line>>>;
type Shaken = Result<(WebSocket<Box<dyn Line>>, Response), Shaking>;

/// Waits for the end of a handshake.
pub fn shaken(mut shaken: Shaken) -> Result<WebSocket<Box<dyn Line>>, u16> {
    let begun = Instant::now();
    loop {
        shaken = match shaken {
            Ok((socket, _)) => return Ok(socket),
            Err(HandshakeError::Failure(Error::Http(answer))) => {
                return Err(answer.status().as_u16());
            }
            Err(HandshakeError::Failure(error)) => panic!("{error}"),
            Err(HandshakeError::Interrupted(half)) => {
                assert!(begun.elapsed() < PATIENCE, "no answer");
                half.handshake()
            }
        };
    }
}

/// A visitor with a terminal of 100x32.
pub struct Visitor {
    pub socket: WebSocket<Box<dyn Line>>,
    screen: vt100::Parser,
    /// The number by which the websocket was closed.
    pub closed: Option<u16>,
}

/// So many who come at once. Each of them goes on answering, as a browser does, until all see the
/// text and what is to be looked at then has been looked at.
pub fn all_come(
    address: SocketAddr,
    count: usize,
    text: &'static str,
    look: impl FnOnce(),
) -> Vec<Visitor> {
    let (there, looked) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicBool::new(false)));
    let come = || {
        let (there, looked) = (Arc::clone(&there), Arc::clone(&looked));
        std::thread::spawn(move || {
            let mut visitor = Visitor::come(address);
            visitor.wait_for(text);
            there.fetch_add(1, Ordering::SeqCst);
            visitor.wait_until("the others", |_| looked.load(Ordering::SeqCst));
            visitor
        })
    };
    let all: Vec<_> = (0..count).map(|_| come()).collect();
    wait_until("all who come", || there.load(Ordering::SeqCst) == count);
    look();
    looked.store(true, Ordering::SeqCst);
    all.into_iter().map(|visitor| visitor.join().unwrap()).collect()
}

impl Visitor {
    pub fn come(address: SocketAddr) -> Self {
        let origin = format!("http://{address}");
        let socket = open(line(address), &address.to_string(), &[("origin", &origin)]).unwrap();
        Self::with(socket)
    }

    /// With a websocket that is open.
    pub fn with(mut socket: WebSocket<Box<dyn Line>>) -> Self {
        socket.send(Message::text(r#"{"columns":100,"rows":32}"#)).unwrap();
        Self { socket, screen: vt100::Parser::new(cells(32), cells(100), 0), closed: None }
    }

    pub fn text(&self) -> String {
        self.screen.screen().contents()
    }

    /// Takes what comes within a moment.
    pub fn look(&mut self) {
        match self.socket.read() {
            Ok(Message::Binary(bytes)) => self.screen.process(&bytes),
            Ok(Message::Close(frame)) => self.closed = frame.map(|frame| frame.code.into()),
            Ok(_) => {}
            Err(Error::Io(error)) if error.kind() == ErrorKind::WouldBlock => {}
            Err(_) if self.closed.is_some() => {}
            Err(error) => panic!("{error}, saw:\n{}", self.text()),
        }
    }

    pub fn wait_until(&mut self, what: &str, is_so: impl Fn(&Self) -> bool) {
        let begun = Instant::now();
        while !is_so(self) {
            assert!(begun.elapsed() < PATIENCE, "waited for {what}, saw:\n{}", self.text());
            self.look();
        }
    }

    pub fn wait_for(&mut self, text: &str) {
        self.wait_until(text, |visitor| visitor.text().contains(text));
    }

    /// The same, while others stay there: a browser answers for each of its visitors.
    pub fn wait_beside(&mut self, text: &str, others: &mut [&mut Visitor]) {
        let begun = Instant::now();
        while !self.text().contains(text) {
            assert!(begun.elapsed() < PATIENCE, "waited for {text}, saw:\n{}", self.text());
            self.look();
            others.iter_mut().for_each(|other| other.look());
        }
    }

    /// As somebody types who has seen the screen.
    pub fn keys(&mut self, keys: &str) {
        let seen = Instant::now();
        while seen.elapsed() < Duration::from_millis(600) {
            self.look();
        }
        self.socket.send(Message::binary(keys.as_bytes().to_vec())).unwrap();
    }

    /// Clicks the place where the text stands, as xterm.js tells it.
    pub fn click(&mut self, text: &str) {
        self.wait_for(text);
        // The frame that it stands in may come in pieces.
        self.keys("");
        let (x, y) = place_of(self.screen.screen(), text).unwrap_or_else(|| {
            panic!("{text} is on the screen:\n{}", self.text());
        });
        self.keys(&format!("\x1b[<0;{x};{y}M\x1b[<0;{x};{y}m"));
    }

    /// The receipt on the screen.
    pub fn receipt(&mut self) -> String {
        self.wait_until("a QR", |visitor| read_qr(visitor.screen.screen()).is_some());
        read_qr(self.screen.screen()).unwrap()
    }

    pub fn wait_for_close(&mut self) -> u16 {
        self.wait_until("a close", |visitor| visitor.closed.is_some());
        self.closed.unwrap()
    }
}
