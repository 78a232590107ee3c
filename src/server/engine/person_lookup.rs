//! Looks people up: whose credentials these are, and what is stored of them. One task takes all who
//! wait and asks the database once for them.

use super::EngineError;
use crate::server::catalog::Catalog;
use crate::server::store::Store;
use crate::server::store::people::{Credentials, IdentifiedPerson};
use std::sync::Arc;
use tokio::sync::{mpsc, oneshot};

/// How many may wait; beyond that the service says at once that it is busy.
const WAITING_AT_MOST: usize = 4096;
/// How many are looked up together.
const TOGETHER_AT_MOST: usize = 256;

struct Waiting {
    credentials: Credentials,
    answer: oneshot::Sender<Result<Option<IdentifiedPerson>, EngineError>>,
}

/// The handle to the lookup. It ends when the last handle is dropped.
#[derive(Clone)]
pub struct PersonLookup {
    lookups: mpsc::Sender<Waiting>,
}

impl PersonLookup {
    /// The handle, and the lookup's work: a future for the caller to run.
    pub fn new(store: Store, catalog: Arc<Catalog>) -> (Self, impl Future<Output = ()> + Send) {
        let (lookups, waiting) = mpsc::channel(WAITING_AT_MOST);
        (Self { lookups }, receive(store, catalog, waiting))
    }

    /// The person to whom both numbers belong; `None` if they belong to nobody, or not together.
    ///
    /// # Errors
    /// `Busy` if 4,096 lookups wait already, `Unavailable` if the database fails or no round was
    /// imported.
    pub async fn look_up(
        &self,
        credentials: Credentials,
    ) -> Result<Option<IdentifiedPerson>, EngineError> {
        let (answer, answered) = oneshot::channel();
        self.lookups.try_send(Waiting { credentials, answer }).map_err(|error| match error {
            mpsc::error::TrySendError::Full(_) => EngineError::Busy,
            mpsc::error::TrySendError::Closed(_) => EngineError::Unavailable,
        })?;
        answered.await.map_err(|_| EngineError::Unavailable)?
    }
}

async fn receive(store: Store, catalog: Arc<Catalog>, mut waiting: mpsc::Receiver<Waiting>) {
    let mut lookups = Vec::new();
    while waiting.recv_many(&mut lookups, TOGETHER_AT_MOST).await > 0 {
        let (credentials, answers): (Vec<_>, Vec<_>) = std::mem::take(&mut lookups)
            .into_iter()
            .map(|waiting| (waiting.credentials, waiting.answer))
            .unzip();
        let records = match catalog.snapshot() {
            Some(snapshot) => {
                store.people(&credentials, snapshot.round.number).await.map_err(|error| {
                    tracing::error!(%error, "people could not be looked up");
                    EngineError::Unavailable
                })
            }
            None => Err(EngineError::Unavailable),
        };
        match records {
            // A receiver is gone if its client went away, which is no error.
            Ok(records) => answers.into_iter().zip(records).for_each(|(answer, record)| {
                let _ = answer.send(Ok(record));
            }),
            Err(error) => answers.into_iter().for_each(|answer| {
                let _ = answer.send(Err(error));
            }),
        }
    }
}
