//! A load generator that costs little: its own thread, raw HTTP/1.1 over kept connections, one
//! request at a time on each.

pub mod baseline;
pub mod messages;
pub mod town;

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// How long one measurement takes.
pub const TURN: Duration = Duration::from_secs(4);

pub fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// What was seen.
#[derive(Clone, Debug)]
pub struct Seen {
    pub answers: usize,
    pub took: Duration,
    /// Sorted.
    pub latencies: Vec<Duration>,
    /// Answers whose status was not the one that was expected.
    pub wrong: usize,
}

impl Seen {
    pub fn a_second(&self) -> f64 {
        self.answers as f64 / self.took.as_secs_f64()
    }

    pub fn quantile(&self, quantile: f64) -> Duration {
        let at = ((self.latencies.len() as f64 * quantile) as usize)
            .min(self.latencies.len().saturating_sub(1));
        self.latencies.get(at).copied().unwrap_or_default()
    }
}

/// Sends `requests`, each once and in order, over so many connections, for so long at most. `pace`:
/// requests a second in all, else as fast as answers come. A paced request's latency counts from
/// when it was due.
pub fn send(
    address: SocketAddr,
    requests: Arc<Vec<Vec<u8>>>,
    connections: usize,
    at_most: Duration,
    pace: Option<f64>,
    expected: &'static [u8],
) -> Seen {
    let thread = std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async move {
            let next = Arc::new(AtomicUsize::new(0));
            let mut streams = Vec::new();
            for _ in 0..connections {
                let stream = TcpStream::connect(address).await.unwrap();
                stream.set_nodelay(true).unwrap();
                streams.push(stream);
            }
            let began = Instant::now();
            let mut running = Vec::new();
            for stream in streams {
                let (next, requests) = (Arc::clone(&next), Arc::clone(&requests));
                running.push(tokio::spawn(talk(
                    stream, next, requests, began, at_most, pace, expected,
                )));
            }
            let mut seen =
                Seen { answers: 0, took: Duration::ZERO, latencies: Vec::new(), wrong: 0 };
            for talk in running {
                let (latencies, wrong) = talk.await.unwrap();
                seen.answers += latencies.len();
                seen.wrong += wrong;
                seen.latencies.extend(latencies);
            }
            seen.took = began.elapsed();
            seen.latencies.sort_unstable();
            seen
        })
    });
    thread.join().unwrap()
}

async fn talk(
    mut stream: TcpStream,
    next: Arc<AtomicUsize>,
    requests: Arc<Vec<Vec<u8>>>,
    began: Instant,
    at_most: Duration,
    pace: Option<f64>,
    expected: &'static [u8],
) -> (Vec<Duration>, usize) {
    let (mut latencies, mut wrong) = (Vec::new(), 0);
    let mut buffer = vec![0; 64 * 1024];
    loop {
        let at = next.fetch_add(1, Ordering::Relaxed);
        if at >= requests.len() || began.elapsed() >= at_most {
            return (latencies, wrong);
        }
        let mut due = Instant::now();
        if let Some(pace) = pace {
            due = began + Duration::from_secs_f64(at as f64 / pace);
            if due > began + at_most {
                return (latencies, wrong);
            }
            tokio::time::sleep_until(due.into()).await;
        }
        stream.write_all(&requests[at]).await.unwrap();
        let status_right = answer(&mut stream, &mut buffer, expected).await;
        latencies.push(due.elapsed());
        wrong += usize::from(!status_right);
    }
}

/// Reads one answer. Whether its status is the expected one.
async fn answer(stream: &mut TcpStream, buffer: &mut [u8], expected: &[u8]) -> bool {
    let mut filled = 0;
    loop {
        let read = stream.read(&mut buffer[filled..]).await.unwrap();
        assert!(read > 0, "the server closed: {}", String::from_utf8_lossy(&buffer[..filled]));
        filled += read;
        if let Some(end) = buffer[..filled].windows(4).position(|four| four == b"\r\n\r\n") {
            let whole = end + 4 + length(&buffer[..end]);
            while filled < whole {
                filled += stream.read(&mut buffer[filled..]).await.unwrap();
            }
            return &buffer[9..12] == expected;
        }
    }
}

fn length(head: &[u8]) -> usize {
    const NAME: &[u8] = b"content-length: ";
    let Some(at) = head.windows(NAME.len()).position(|window| window.eq_ignore_ascii_case(NAME))
    else {
        return 0;
    };
    head[at + NAME.len()..]
        .iter()
        .take_while(|b| b.is_ascii_digit())
        .fold(0, |n, b| n * 10 + usize::from(b - b'0'))
}
