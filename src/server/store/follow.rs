//! Follows the PostgreSQL primary: new connections go to whichever server it is now.

use super::Store;
use super::database::Pool;
use super::primary::{ALWAYS_BY_INDEX, find};
use std::time::Duration;

/// How often the servers are asked which of them is the primary.
const EVERY: Duration = Duration::from_millis(500);

impl Store {
    /// Sends new connections to the primary, for as long as the future lives. Does nothing for a
    /// database at one address. Connections to a server that is primary no more are closed by it,
    /// or by the statement that it refuses.
    pub async fn follow_primary(&self) {
        let (Pool::Postgres(writer), Pool::Postgres(readers)) = (&self.writer, &self.readers)
        else {
            return;
        };
        if self.hosts.len() < 2 {
            return;
        }
        let mut known = None;
        let mut timer = tokio::time::interval(EVERY);
        timer.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            timer.tick().await;
            let primary = find(&self.hosts).await;
            if known != Some(primary) {
                let host = &self.hosts[primary];
                writer.set_connect_options(host.clone().options(ALWAYS_BY_INDEX));
                readers.set_connect_options(host.clone());
                tracing::info!(server = primary + 1, "the primary database server");
                known = Some(primary);
            }
        }
    }
}
