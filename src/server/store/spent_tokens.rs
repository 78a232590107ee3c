//! Sessions that were ended before their time. A session itself is a sealed token that the kiosk
//! holds; only its early end has to be remembered, by every server, until it would have been over
//! anyway.

use super::Store;
use super::database::{Columns, Transaction, on, within};
use super::error::StoreError;
use super::values::{instant, rows};
use jiff::Timestamp;

/// The first sixteen bytes of a token's SHA-256.
pub type TokenHash = [u8; 16];

/// The early end of a session.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct EndedSession {
    pub hash: TokenHash,
    pub ended: Timestamp,
    /// When it would have been over anyway.
    pub expires: Timestamp,
}

impl EndedSession {
    fn as_row(&self) -> (String, i64, i64) {
        (hex::encode(self.hash), self.ended.as_second(), self.expires.as_second())
    }
}

/// Within the writer's transaction. Ended twice is ended once.
pub(super) async fn end(
    transaction: &mut Transaction,
    ended: &[EndedSession],
) -> Result<(), StoreError> {
    const END: &str = "INSERT INTO ended_sessions (hash, ended, expires) \
         SELECT unhex(value ->> 0), CAST(value ->> 1 AS BIGINT), CAST(value ->> 2 AS BIGINT) FROM \
         {rows} \
         ON CONFLICT DO NOTHING";
    let statement = transaction.with_rows(END);
    let asked = rows(&ended.iter().map(EndedSession::as_row).collect::<Vec<_>>())?;
    within!(transaction, db => { sqlx::query(statement).bind(asked).execute(db).await?; });
    Ok(())
}

impl Store {
    /// Uses up something that may be used once: a graphic code, a code of the app. False if it was
    /// used before, at whichever server.
    pub async fn spend(&self, used: &EndedSession) -> Result<bool, StoreError> {
        const USE: &str = "INSERT INTO ended_sessions (hash, ended, expires) VALUES ($1, $2, $3) \
            ON CONFLICT DO NOTHING";
        on!(&self.writer, db => {
            let query = sqlx::query(USE).bind(used.hash.as_slice()).bind(used.ended.as_second());
            Ok(query.bind(used.expires.as_second()).execute(db).await?.rows_affected() == 1)
        })
    }

    /// The sessions that were ended at or after `since` and would not be over at `now`.
    pub async fn ended_sessions(
        &self,
        since: Timestamp,
        now: Timestamp,
    ) -> Result<Vec<EndedSession>, StoreError> {
        const ENDED: &str =
            "SELECT hash, ended, expires FROM ended_sessions WHERE ended >= $1 AND expires > $2";
        on!(&self.readers, db => {
            let rows = sqlx::query(ENDED).bind(since.as_second()).bind(now.as_second())
                .fetch_all(db).await?;
            rows.iter().map(ended_session).collect()
        })
    }

    /// Forgets the sessions that are over by now anyway.
    pub async fn forget_sessions(&self, now: Timestamp) -> Result<(), StoreError> {
        const FORGET: &str = "DELETE FROM ended_sessions WHERE expires <= $1";
        on!(&self.writer, db => { sqlx::query(FORGET).bind(now.as_second()).execute(db).await?; });
        Ok(())
    }
}

fn ended_session(row: &impl Columns) -> Result<EndedSession, StoreError> {
    Ok(EndedSession {
        hash: row
            .bytes("hash")?
            .try_into()
            .map_err(|_| StoreError::Unreadable("a token's hash"))?,
        ended: instant(row.int("ended")?)?,
        expires: instant(row.int("expires")?)?,
    })
}
