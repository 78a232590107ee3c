//! Where bookings were before they were moved, for the day's list of that vaccination site.

use super::database::{Transaction, within};
use super::decided::Move;
use super::error::StoreError;
use super::people::as_integer;
use super::values::rows;
use std::collections::HashSet;

const KEEP: &str = "INSERT INTO earlier_slots (number, slot, moved) \
    SELECT CAST(value ->> 0 AS BIGINT), CAST(value ->> 1 AS BIGINT), CAST(value ->> 2 AS BIGINT) \
    FROM {rows} ON CONFLICT (number, slot) DO UPDATE SET moved = excluded.moved";

/// Keeps the slots that the moves gave up, within the writer's transaction; `done` are the numbers
/// of the bookings that were moved.
pub(super) async fn keep(
    transaction: &mut Transaction,
    moves: &[Move],
    done: &HashSet<i64>,
) -> Result<(), StoreError> {
    let moved = moves.iter().filter(|one| done.contains(&as_integer(one.number)));
    let left = moved.map(|one| (as_integer(one.number), one.from.0, one.at.as_second()));
    let (statement, left) = (transaction.with_rows(KEEP), rows(&left.collect::<Vec<_>>())?);
    within!(transaction, db => { sqlx::query(statement).bind(left).execute(db).await?; });
    Ok(())
}
