//! Reads the audit trail: rows by what they tell, and whether every chain is whole.

use super::Store;
use super::audit_trail::{Row, row};
use super::database::{Columns, on};
use super::error::StoreError;
use super::values::{instant, narrow, rows};
use jiff::Timestamp;
use std::collections::HashMap;

/// What is looked for; `None` of a field means any.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct TrailFilter {
    pub number: Option<i64>,
    /// As [`Store::trail_name`] gives it.
    pub person: Option<Vec<u8>>,
    /// As `Actor::text` gives it.
    pub actor: Option<String>,
    pub action: Option<String>,
    pub since: Option<Timestamp>,
    pub until: Option<Timestamp>,
    /// How many rows at most: the latest.
    pub limit: u32,
}

/// A row of the trail.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TrailRow {
    pub at: Timestamp,
    pub actor: String,
    pub action: String,
    pub number: Option<i64>,
    pub before: Option<String>,
    pub after: Option<String>,
}

/// What is wrong with a chain.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Broken {
    pub chain: u32,
    /// The first place, from 1, whose row is changed, missing or moved; after the last row if rows
    /// at the end are missing.
    pub place: u32,
}

/// What a look at the whole trail found.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Verified {
    pub rows: u64,
    pub chains: u64,
    pub broken: Vec<Broken>,
}

/// Rows that are read at once.
const AT_ONCE: i64 = 5_000;

impl Store {
    /// The latest rows that fit, oldest first.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn trail(&self, filter: &TrailFilter) -> Result<Vec<TrailRow>, StoreError> {
        const SHOW: &str = "SELECT id, at, actor, action, number, person, was, became, hash \
            FROM audit_trail WHERE (number = $1 OR $1 IS NULL) AND (person = $2 OR $2 IS NULL) \
            AND (actor = $3 OR $3 IS NULL) AND (action = $4 OR $4 IS NULL) \
            AND (at >= $5 OR $5 IS NULL) AND (at <= $6 OR $6 IS NULL) \
            ORDER BY at DESC, id DESC LIMIT $7";
        let found: Vec<(Row, Vec<u8>)> = on!(&self.readers, db => {
            let query = sqlx::query(SHOW)
                .bind(filter.number)
                .bind(filter.person.clone())
                .bind(filter.actor.clone())
                .bind(filter.action.clone())
                .bind(filter.since.map(Timestamp::as_second))
                .bind(filter.until.map(Timestamp::as_second))
                .bind(i64::from(filter.limit));
            let rows = query.fetch_all(db).await?;
            rows.iter().map(|one| row(one)).collect::<Result<_, _>>()?
        });
        let shown = |(row, _): (Row, Vec<u8>)| {
            Ok(TrailRow {
                at: instant(row.at)?,
                actor: row.actor,
                action: row.action,
                number: row.number,
                before: row.before,
                after: row.after,
            })
        };
        found.into_iter().rev().map(shown).collect()
    }

    /// Follows every chain from its first row to its end.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn verify_trail(&self) -> Result<Verified, StoreError> {
        const ENDS: &str = "SELECT chain, length, last, seal FROM audit_chains";
        let ends: Vec<(u32, u32, Vec<u8>, Vec<u8>)> = on!(&self.readers, db => {
            let ends = sqlx::query(ENDS).fetch_all(db).await?;
            let end = |row: &_| end(row);
            ends.iter().map(end).collect::<Result<_, StoreError>>()?
        });
        let mut verified = Verified { chains: ends.len() as u64, ..Verified::default() };
        let mut reached = self.follow(&mut verified).await?;
        for (chain, length, last, seal) in ends {
            let (place, hash) = reached.remove(&chain).unwrap_or_default();
            let is_sealed = self.chain_seal(chain, length, &last) == seal;
            let is_known = verified.broken.iter().any(|broken| broken.chain == chain);
            if !is_known && (!is_sealed || place != length || hash != last) {
                verified.broken.push(Broken { chain, place: place.min(length) + 1 });
            }
        }
        // Rows of a chain that has no end: its row is missing.
        verified.broken.extend(reached.into_keys().map(|chain| Broken { chain, place: 1 }));
        verified.broken.sort_by_key(|broken| (broken.chain, broken.place));
        verified.broken.dedup_by_key(|broken| broken.chain);
        Ok(verified)
    }

    /// Reads all rows in order, and notes the first of each chain that does not follow. Returns how
    /// far each chain goes, with the hash of its last row.
    async fn follow(
        &self,
        verified: &mut Verified,
    ) -> Result<HashMap<u32, (u32, Vec<u8>)>, StoreError> {
        const NEXT: &str = "SELECT id, at, actor, action, number, person, was, became, hash \
            FROM audit_trail WHERE id > $1 ORDER BY id LIMIT $2";
        let mut reached: HashMap<u32, (u32, Vec<u8>)> = HashMap::new();
        let mut after = 0;
        loop {
            let read: Vec<(Row, Vec<u8>)> = on!(&self.readers, db => {
                let rows = sqlx::query(NEXT).bind(after).bind(AT_ONCE).fetch_all(db).await?;
                rows.iter().map(|one| row(one)).collect::<Result<_, _>>()?
            });
            let Some((last, _)) = read.last() else { return Ok(reached) };
            after = last.id;
            for (row, hash) in read {
                verified.rows += 1;
                let (chain, place) = ((row.id >> 32) as u32, row.id as u32);
                let (before, last) = reached.entry(chain).or_default();
                let follows =
                    place == *before + 1 && self.seal.audit_hash(last, &rows(&row)?) == hash;
                if !follows && !verified.broken.iter().any(|broken| broken.chain == chain) {
                    verified.broken.push(Broken { chain, place: *before + 1 });
                }
                (*before, *last) = (place, hash);
            }
        }
    }
}

fn end(row: &impl Columns) -> Result<(u32, u32, Vec<u8>, Vec<u8>), StoreError> {
    Ok((
        narrow(row.int("chain")?)?,
        narrow(row.int("length")?)?,
        row.bytes("last")?,
        row.bytes("seal")?,
    ))
}
