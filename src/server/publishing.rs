//! What strangers may have of the service at once: so many answers of the publication, each for so
//! long. A stranger who reads slowly holds neither one of them nor its memory for longer.

use axum::body::Bytes;
use hyper::body::{Body, Frame, SizeHint};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;
use tokio::sync::{Mutex, OwnedSemaphorePermit, Semaphore, mpsc};

/// Answers that are on their way at most.
pub const ANSWERS_AT_MOST: usize = 64;
/// A whole answer is given up after this time.
pub const ANSWERED_WITHIN: Duration = Duration::from_secs(60);
/// What is handed to a connection at once: more of an answer is not kept for it.
const PART: usize = 64 * 1024;

/// The answers that are on their way.
#[derive(Debug)]
pub struct Publishing {
    answers: Arc<Semaphore>,
    /// Held by the one who makes the publication anew, so that those who wait block no thread.
    pub making: Mutex<()>,
}

impl Default for Publishing {
    fn default() -> Self {
        Self { answers: Arc::new(Semaphore::new(ANSWERS_AT_MOST)), making: Mutex::default() }
    }
}

impl Publishing {
    /// A place for one more answer, if there is one.
    pub fn place(&self) -> Option<OwnedSemaphorePermit> {
        Arc::clone(&self.answers).try_acquire_owned().ok()
    }
}

/// The answer was not taken within its time.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("the answer was not taken in time")]
pub struct TooSlow;

/// An answer that is sent in parts within a time.
#[derive(Debug)]
pub struct InTime {
    parts: mpsc::Receiver<Bytes>,
    left: u64,
}

impl InTime {
    /// Sends this within a time. The place is free again when all is sent or the time is over.
    pub fn new(bytes: Bytes, place: OwnedSemaphorePermit, within: Duration) -> Self {
        let (into, parts) = mpsc::channel(1);
        let left = bytes.len() as u64;
        tokio::spawn(async move {
            // Who does not take it in time gets no more: the receiver finds that some is missing.
            let _ = tokio::time::timeout(within, pour(bytes, into)).await;
            drop(place);
        });
        Self { parts, left }
    }
}

async fn pour(bytes: Bytes, into: mpsc::Sender<Bytes>) {
    for part in bytes.chunks(PART) {
        // A copy, so that what a slow reader has not taken keeps nothing of the whole.
        if into.send(Bytes::copy_from_slice(part)).await.is_err() {
            return;
        }
    }
}

impl Body for InTime {
    type Data = Bytes;
    type Error = TooSlow;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TooSlow>>> {
        Poll::Ready(match ready!(self.parts.poll_recv(context)) {
            Some(part) => {
                self.left = self.left.saturating_sub(part.len() as u64);
                Some(Ok(Frame::data(part)))
            }
            None if self.left > 0 => Some(Err(TooSlow)),
            None => None,
        })
    }

    fn is_end_stream(&self) -> bool {
        self.left == 0
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.left)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn next(body: &mut InTime) -> Option<Result<usize, TooSlow>> {
        let frame = std::future::poll_fn(|context| Pin::new(&mut *body).poll_frame(context)).await;
        frame.map(|frame| frame.map(|frame| frame.into_data().unwrap_or_default().len()))
    }

    #[tokio::test]
    async fn who_reads_slowly_gets_no_more_and_gives_the_place_back() {
        let publishing = Publishing::default();
        let whole = Bytes::from(vec![b'x'; 5 * PART]);
        let place = publishing.place().unwrap();
        let mut slow = InTime::new(whole.clone(), place, Duration::from_millis(50));
        assert_eq!(publishing.answers.available_permits(), ANSWERS_AT_MOST - 1);
        assert_eq!(next(&mut slow).await, Some(Ok(PART)));
        tokio::time::sleep(Duration::from_millis(500)).await;
        assert_eq!(publishing.answers.available_permits(), ANSWERS_AT_MOST);
        let mut left = 0;
        while let Some(Ok(length)) = next(&mut slow).await {
            left += length;
        }
        assert!(left <= PART, "{left} bytes of it were kept");
        assert_eq!(next(&mut slow).await, Some(Err(TooSlow)));
        let place = publishing.place().unwrap();
        let mut quick = InTime::new(whole, place, Duration::from_secs(60));
        let mut all = 0;
        while let Some(length) = next(&mut quick).await {
            all += length.unwrap();
        }
        assert_eq!((all, quick.is_end_stream()), (5 * PART, true));
    }

    #[test]
    fn no_more_answers_are_on_their_way_than_there_are_places() {
        let publishing = Publishing::default();
        let places: Vec<_> = (0..ANSWERS_AT_MOST).map(|_| publishing.place().unwrap()).collect();
        assert!(publishing.place().is_none());
        drop(places);
        assert!(publishing.place().is_some());
    }
}
