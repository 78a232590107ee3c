//! The part of a change of keys that is about staff: who they are is sealed anew, and found by a
//! new hash.

use super::database::{Columns, Transaction, within};
use super::error::StoreError;
use super::ids::StaffId;
use super::lockouts::LoginSubject;
use super::rotation::{AT_ONCE, Batch, LOCKOUTS, Rotation, batch, next, subject_hex, write};
use super::seal::Column;
use super::staff::{identity, opened, sealed_for};
use crate::server::hexadecimal::hexadecimal;

const NEXT: &str = next!("id", "id, identity_sealed", "staff");
const WRITE: &str = "UPDATE staff SET card_hash = unhex(asked.h), \
    identity_sealed = unhex(asked.i) FROM (SELECT CAST(value ->> 0 AS BIGINT) AS k, \
    value ->> 1 AS h, value ->> 2 AS i FROM {rows}) AS asked WHERE id = asked.k";

impl Rotation {
    pub(super) async fn staff(
        &mut self,
        transaction: &mut Transaction,
    ) -> Result<Batch, StoreError> {
        let found: Vec<(String, StaffId, Vec<u8>)> = within!(transaction, db => {
            let query = sqlx::query(NEXT).bind(&self.reached).bind(AT_ONCE);
            let found = query.fetch_all(db).await?;
            let staff = |row: &_| staff(row);
            found.iter().map(staff).collect::<Result<_, StoreError>>()?
        });
        let batch = batch(&found, |(place, ..)| place);
        let (mut changed, mut lockouts) = (Vec::new(), Vec::new());
        for (_, id, sealed) in found {
            // Of who was erased nothing is there to be sealed.
            if sealed.is_empty() {
                continue;
            }
            let Ok((name, card)) = opened(&self.old.seal, id, sealed) else {
                self.damaged += 1;
                continue;
            };
            let (old, new) = (&self.old.seal, &self.new.seal);
            lockouts.push((
                subject_hex(LoginSubject::Staff(old.staff_key(&card))),
                subject_hex(LoginSubject::Staff(new.staff_key(&card))),
            ));
            let text = identity(&name, &card)?;
            let sealed = new.seal(Column::Staff, sealed_for(id), text.expose());
            changed.push((id.0, hexadecimal(new.staff_hash(&card)), hexadecimal(sealed)));
        }
        write(transaction, WRITE, &changed).await?;
        write(transaction, LOCKOUTS, &lockouts).await?;
        Ok(batch)
    }
}

fn staff(row: &impl Columns) -> Result<(String, StaffId, Vec<u8>), StoreError> {
    Ok((row.text("place")?, StaffId(row.int("id")?), row.bytes("identity_sealed")?))
}
