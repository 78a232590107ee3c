//! The line between kiosk and service, which a trainer can cut or slow down: what was sent is lost
//! in the middle, or its answer is late, as on a real one.

use axum::serve::Listener;
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::task::{Context, Poll, ready};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::Sleep;

/// Whether the line is cut, and how late answers are.
#[derive(Debug, Default)]
pub struct Line {
    cut: AtomicBool,
    /// Milliseconds.
    late: AtomicU64,
}

impl Line {
    pub fn cut(&self) {
        self.cut.store(true, Ordering::SeqCst);
    }

    pub fn mend(&self) {
        self.cut.store(false, Ordering::SeqCst);
    }

    /// Each answer from now on takes so long.
    pub fn slow(&self, late: Option<Duration>) {
        let late = late.map_or(0, |late| u64::try_from(late.as_millis()).unwrap_or(u64::MAX));
        self.late.store(late, Ordering::SeqCst);
    }

    fn late(&self) -> Duration {
        Duration::from_millis(self.late.load(Ordering::SeqCst))
    }

    fn check(&self) -> io::Result<()> {
        if self.cut.load(Ordering::SeqCst) {
            Err(io::ErrorKind::ConnectionReset.into())
        } else {
            Ok(())
        }
    }
}

/// A loopback listener whose connections break while the line is cut.
#[derive(Debug)]
pub struct CuttableListener {
    inner: TcpListener,
    line: Arc<Line>,
}

impl CuttableListener {
    pub fn new(inner: TcpListener, line: Arc<Line>) -> Self {
        Self { inner, line }
    }
}

impl Listener for CuttableListener {
    type Io = CuttableStream;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (CuttableStream, SocketAddr) {
        let (inner, address) = Listener::accept(&mut self.inner).await;
        let line = Arc::clone(&self.line);
        (CuttableStream { inner, line, answer: Answer::Idle }, address)
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.inner.local_addr()
    }
}

/// One connection over it.
#[derive(Debug)]
pub struct CuttableStream {
    inner: TcpStream,
    line: Arc<Line>,
    answer: Answer,
}

/// How far the answer to what was read is.
#[derive(Debug)]
enum Answer {
    /// Something was read, and nothing is held up yet.
    Idle,
    /// The first of it waits.
    Waits(Pin<Box<Sleep>>),
    /// The rest of it is not held up.
    Flows,
}

impl CuttableStream {
    /// Holds up the first part of an answer for as long as the line is late.
    fn poll_late(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        if matches!(self.answer, Answer::Idle) {
            self.answer = Answer::Waits(Box::pin(tokio::time::sleep(self.line.late())));
        }
        if let Answer::Waits(sleep) = &mut self.answer {
            ready!(sleep.as_mut().poll(cx));
            self.answer = Answer::Flows;
        }
        Poll::Ready(())
    }
}

impl AsyncRead for CuttableStream {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        self.line.check()?;
        let before = buf.filled().len();
        let read = Pin::new(&mut self.inner).poll_read(cx, buf);
        if buf.filled().len() > before {
            self.answer = Answer::Idle;
        }
        read
    }
}

impl AsyncWrite for CuttableStream {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &[u8],
    ) -> Poll<io::Result<usize>> {
        ready!(self.poll_late(cx));
        self.line.check()?;
        Pin::new(&mut self.inner).poll_write(cx, buf)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_shutdown(cx)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Instant;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    /// Sends a byte and reads it back.
    async fn echoed(line: &Arc<Line>) -> io::Result<u8> {
        let inner = TcpListener::bind(("127.0.0.1", 0)).await?;
        let mut listener = CuttableListener::new(inner, Arc::clone(line));
        let address = Listener::local_addr(&listener)?;
        let answer = tokio::spawn(async move {
            let (mut stream, _) = Listener::accept(&mut listener).await;
            let byte = stream.read_u8().await?;
            stream.write_u8(byte).await
        });
        let mut client = TcpStream::connect(address).await?;
        client.write_u8(7).await?;
        let read = client.read_u8().await;
        answer.await.map_err(io::Error::other)??;
        read
    }

    #[tokio::test]
    #[allow(clippy::disallowed_methods, reason = "the test measures that an answer is late")]
    async fn a_slow_line_answers_late_and_a_cut_one_not_at_all() {
        let line = Arc::new(Line::default());
        assert_eq!(echoed(&line).await.unwrap(), 7);
        line.slow(Some(Duration::from_secs(1)));
        let asked = Instant::now();
        assert_eq!(echoed(&line).await.unwrap(), 7);
        assert!(asked.elapsed() >= Duration::from_secs(1), "{:?}", asked.elapsed());
        line.slow(None);
        line.cut();
        assert!(echoed(&line).await.is_err());
        line.mend();
        assert_eq!(echoed(&line).await.unwrap(), 7);
    }
}
