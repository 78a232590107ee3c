//! Tokens that are no longer accepted although they have not expired: of sessions that were ended
//! early, of captchas that were answered, of one-time passwords that were used. The service stores
//! no valid token, since each is sealed; it stores these, for every server, until they expire.
//! Their table is called `ended_sessions`, because at first it held nothing else.

use super::Store;
use super::database::{Columns, Transaction, on, within};
use super::error::StoreError;
use super::values::{instant, rows};
use crate::server::hexadecimal::hexadecimal;
use jiff::Timestamp;

/// The first 16 bytes of a token's SHA-256.
pub type TokenHash = [u8; 16];

/// A token that is no longer accepted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct SpentToken {
    pub hash: TokenHash,
    /// When it was used, or its session ended.
    pub spent: Timestamp,
    /// From when on it would not be accepted anyway, and need not be remembered.
    pub expires: Timestamp,
}

impl SpentToken {
    fn as_row(&self) -> (String, i64, i64) {
        (hexadecimal(self.hash), self.spent.as_second(), self.expires.as_second())
    }
}

/// Stores tokens of ended sessions in the writer's transaction. One that is there already stays as
/// it is.
pub(super) async fn write(
    transaction: &mut Transaction,
    tokens: &[SpentToken],
) -> Result<(), StoreError> {
    const END: &str = "INSERT INTO ended_sessions (hash, ended, expires) \
         SELECT unhex(value ->> 0), CAST(value ->> 1 AS BIGINT), CAST(value ->> 2 AS BIGINT) FROM \
         {rows} \
         ON CONFLICT DO NOTHING";
    let statement = transaction.with_rows(END);
    let asked = rows(&tokens.iter().map(SpentToken::as_row).collect::<Vec<_>>())?;
    within!(transaction, db => { sqlx::query(statement).bind(asked).execute(db).await?; });
    Ok(())
}

impl Store {
    /// Stores a token that may be used once: of a captcha, or a one-time password. False if it was
    /// used before, at this server or another.
    pub async fn spend(&self, token: &SpentToken) -> Result<bool, StoreError> {
        const USE: &str = "INSERT INTO ended_sessions (hash, ended, expires) VALUES ($1, $2, $3) \
            ON CONFLICT DO NOTHING";
        on!(&self.writer, db => {
            let query = sqlx::query(USE).bind(token.hash.as_slice()).bind(token.spent.as_second());
            Ok(query.bind(token.expires.as_second()).execute(db).await?.rows_affected() == 1)
        })
    }

    /// The tokens that were spent at or after `since` and have not expired at `now`.
    pub async fn spent_tokens(
        &self,
        since: Timestamp,
        now: Timestamp,
    ) -> Result<Vec<SpentToken>, StoreError> {
        const ENDED: &str =
            "SELECT hash, ended, expires FROM ended_sessions WHERE ended >= $1 AND expires > $2";
        on!(&self.readers, db => {
            let rows = sqlx::query(ENDED).bind(since.as_second()).bind(now.as_second())
                .fetch_all(db).await?;
            rows.iter().map(spent_token).collect()
        })
    }

    /// Deletes the tokens that have expired.
    pub async fn forget_spent_tokens(&self, now: Timestamp) -> Result<(), StoreError> {
        const FORGET: &str = "DELETE FROM ended_sessions WHERE expires <= $1";
        on!(&self.writer, db => { sqlx::query(FORGET).bind(now.as_second()).execute(db).await?; });
        Ok(())
    }
}

fn spent_token(row: &impl Columns) -> Result<SpentToken, StoreError> {
    Ok(SpentToken {
        hash: row
            .bytes("hash")?
            .try_into()
            .map_err(|_| StoreError::Unreadable("a token's hash"))?,
        spent: instant(row.int("ended")?)?,
        expires: instant(row.int("expires")?)?,
    })
}
