//! The part of a change of keys that is about the audit trail: the ends of its chains are sealed
//! anew.

use super::database::{Columns, Transaction, within};
use super::error::StoreError;
use super::rotation::{AT_ONCE, Batch, Rotation, batch, next, write};
use super::values::narrow;
use crate::server::hexadecimal::hexadecimal;

const NEXT: &str = next!("chain", "chain, length, last, seal", "audit_chains");
const WRITE: &str = "UPDATE audit_chains SET seal = unhex(asked.s) FROM \
    (SELECT CAST(value ->> 0 AS BIGINT) AS k, value ->> 1 AS s FROM {rows}) AS asked \
    WHERE chain = asked.k";

impl Rotation {
    /// Seals the ends of the chains. One that is not sealed with the old key was changed by
    /// somebody, and stays so.
    pub(super) async fn chains(
        &mut self,
        transaction: &mut Transaction,
    ) -> Result<Batch, StoreError> {
        let found: Vec<Chain> = within!(transaction, db => {
            let query = sqlx::query(NEXT).bind(&self.reached).bind(AT_ONCE);
            let found = query.fetch_all(db).await?;
            let chain = |row: &_| chain(row);
            found.iter().map(chain).collect::<Result<_, StoreError>>()?
        });
        let batch = batch(&found, |chain| &chain.place);
        let mut changed = Vec::new();
        for Chain { place, chain, length, last, seal } in found {
            if self.old.chain_seal(chain, length, &last) == seal {
                changed.push((place, hexadecimal(self.new.chain_seal(chain, length, &last))));
            }
        }
        write(transaction, WRITE, &changed).await?;
        Ok(batch)
    }
}

/// The end of a chain of the audit trail, as it is stored.
struct Chain {
    place: String,
    chain: u32,
    length: u32,
    last: Vec<u8>,
    seal: Vec<u8>,
}

fn chain(row: &impl Columns) -> Result<Chain, StoreError> {
    Ok(Chain {
        place: row.text("place")?,
        chain: narrow(row.int("chain")?)?,
        length: narrow(row.int("length")?)?,
        last: row.bytes("last")?,
        seal: row.bytes("seal")?,
    })
}
