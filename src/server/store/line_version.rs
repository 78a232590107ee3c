//! How often it has changed whose turn it is in the line of those who wait. Who looked at the line
//! offers nothing if it has changed since, so that a server that was held up passes nobody over.

use super::Store;
use super::database::{Columns, Transaction, on, within};
use super::error::StoreError;

impl Store {
    /// How often it has changed whose turn it is. To be asked before the line and the seats are.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn line_version(&self) -> Result<i64, StoreError> {
        const VERSION: &str = "SELECT number FROM changes WHERE what = 'line'";
        on!(&self.readers, db => sqlx::query(VERSION).fetch_one(db).await?.int("number"))
    }
}

/// Makes the next version of the line, if it has this one; others wait until the transaction ends.
pub(super) async fn still_this_version(
    transaction: &mut Transaction,
    version: i64,
) -> Result<bool, StoreError> {
    const NEXT: &str = "UPDATE changes SET number = number + 1 WHERE what = 'line' AND number = $1";
    within!(transaction, db => {
        Ok(sqlx::query(NEXT).bind(version).execute(db).await?.rows_affected() == 1)
    })
}

/// Somebody else's turn may come by what this transaction does. To be said before seats are locked.
pub(super) async fn line_changes(transaction: &mut Transaction) -> Result<(), StoreError> {
    const NEXT: &str = "UPDATE changes SET number = number + 1 WHERE what = 'line'";
    within!(transaction, db => { sqlx::query(NEXT).execute(db).await?; });
    Ok(())
}
