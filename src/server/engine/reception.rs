//! The door: whose papers are these, and what is stored of them. One task takes all who wait and
//! asks the database once for them.

use super::EngineError;
use crate::server::board::Board;
use crate::server::store::Store;
use crate::server::store::people::{Papers, Visitor};
use std::sync::Arc;
use tokio::sync::{mpsc, oneshot};

/// Who may wait at the door; beyond that the service says at once that it is busy.
const WAITING_AT_MOST: usize = 4096;
/// Who is looked up together.
const TOGETHER_AT_MOST: usize = 256;

struct Waiting {
    papers: Papers,
    answer: oneshot::Sender<Result<Option<Visitor>, EngineError>>,
}

/// The handle to the door. It closes when the last handle is dropped.
#[derive(Clone)]
pub struct Reception {
    visitors: mpsc::Sender<Waiting>,
}

impl Reception {
    /// The handle, and the door's work: a future for the caller to run.
    pub fn new(store: Store, board: Arc<Board>) -> (Self, impl Future<Output = ()> + Send) {
        let (visitors, waiting) = mpsc::channel(WAITING_AT_MOST);
        (Self { visitors }, receive(store, board, waiting))
    }

    /// The person to whom both numbers belong; none if they belong to nobody, or not together.
    ///
    /// # Errors
    /// [`EngineError::Busy`] or [`EngineError::Unavailable`].
    pub async fn look_up(&self, papers: Papers) -> Result<Option<Visitor>, EngineError> {
        let (answer, answered) = oneshot::channel();
        self.visitors.try_send(Waiting { papers, answer }).map_err(|error| match error {
            mpsc::error::TrySendError::Full(_) => EngineError::Busy,
            mpsc::error::TrySendError::Closed(_) => EngineError::Unavailable,
        })?;
        answered.await.map_err(|_| EngineError::Unavailable)?
    }
}

async fn receive(store: Store, board: Arc<Board>, mut waiting: mpsc::Receiver<Waiting>) {
    let mut visitors = Vec::new();
    while waiting.recv_many(&mut visitors, TOGETHER_AT_MOST).await > 0 {
        let (papers, answers): (Vec<_>, Vec<_>) = std::mem::take(&mut visitors)
            .into_iter()
            .map(|visitor| (visitor.papers, visitor.answer))
            .unzip();
        let records = match board.showing() {
            Some(showing) => store.people(&papers, showing.round.number).await.map_err(|error| {
                tracing::error!(%error, "people could not be looked up");
                EngineError::Unavailable
            }),
            None => Err(EngineError::Unavailable),
        };
        match records {
            // Who has gone away meanwhile is no error.
            Ok(records) => answers.into_iter().zip(records).for_each(|(answer, record)| {
                let _ = answer.send(Ok(record));
            }),
            Err(error) => answers.into_iter().for_each(|answer| {
                let _ = answer.send(Err(error));
            }),
        }
    }
}
