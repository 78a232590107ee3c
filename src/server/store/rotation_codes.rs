//! The part of a change of keys that is about the codes of text messages: what was told still
//! counts, and what was not told yet will be told as the new key makes it.

use super::database::{Columns, Transaction, within};
use super::error::StoreError;
use super::rotation::{AT_ONCE, Batch, Rotation, batch, next, write};
use crate::server::hexadecimal::hexadecimal;

/// How the next codes are read, and written.
struct Codes {
    next: &'static str,
    write: &'static str,
}

const OFFERS: Codes = Codes {
    next: next!(
        "id",
        "id, (SELECT COUNT(*) FROM messages WHERE sent IS NOT NULL \
         AND once = 'offer ' || CAST(offers.id AS TEXT)) AS told",
        "offers"
    ),
    write: "UPDATE offers SET code = unhex(asked.c) FROM (SELECT CAST(value ->> 0 AS BIGINT) AS k, \
        value ->> 1 AS c FROM {rows}) AS asked WHERE id = asked.k",
};
const LEFTOVER_TOLD: Codes = Codes {
    next: next!(
        "id",
        "id, (SELECT COUNT(*) FROM messages WHERE sent IS NOT NULL \
         AND once = 'offer ' || CAST(leftover_told.id AS TEXT)) AS told",
        "leftover_told"
    ),
    write: "UPDATE leftover_told SET code = unhex(asked.c) FROM (SELECT CAST(value ->> 0 AS \
        BIGINT) AS k, value ->> 1 AS c FROM {rows}) AS asked WHERE id = asked.k",
};

impl Rotation {
    pub(super) async fn offer_codes(
        &mut self,
        transaction: &mut Transaction,
    ) -> Result<Batch, StoreError> {
        self.codes(transaction, OFFERS).await
    }

    pub(super) async fn leftover_codes(
        &mut self,
        transaction: &mut Transaction,
    ) -> Result<Batch, StoreError> {
        self.codes(transaction, LEFTOVER_TOLD).await
    }

    async fn codes(
        &mut self,
        transaction: &mut Transaction,
        codes: Codes,
    ) -> Result<Batch, StoreError> {
        let found: Vec<(String, i64, bool)> = within!(transaction, db => {
            let query = sqlx::query(codes.next).bind(&self.reached).bind(AT_ONCE);
            let found = query.fetch_all(db).await?;
            let one = |row: &_| code(row);
            found.iter().map(one).collect::<Result<_, StoreError>>()?
        });
        let batch = batch(&found, |(place, ..)| place);
        let (old, new) = (&self.old.seal, &self.new.seal);
        let changed = |(_, id, told): &(String, i64, bool)| {
            let code = if *told { old.offer_code(*id) } else { new.offer_code(*id) };
            (*id, hexadecimal(new.offer_code_hash(&code)))
        };
        write(transaction, codes.write, &found.iter().map(changed).collect::<Vec<_>>()).await?;
        Ok(batch)
    }
}

fn code(row: &impl Columns) -> Result<(String, i64, bool), StoreError> {
    Ok((row.text("place")?, row.int("id")?, row.int("told")? > 0))
}
