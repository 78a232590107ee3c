//! Reads the audit trail: rows by what they tell, and whether every chain is whole.

use super::Store;
use super::audit_trail::{Stored, covered};
use super::database::{Columns, on};
use super::error::StoreError;
use super::ids::PersonId;
use super::seal::Lookup;
use super::values::{instant, narrow};
use jiff::Timestamp;
use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

/// What is looked for; `None` of a field means any.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct TrailFilter {
    pub number: Option<i64>,
    pub person: Option<PersonId>,
    /// As `Actor::text` gives it. Of `staff 5 at device 17` either part will do.
    pub actor: Option<String>,
    pub action: Option<String>,
    pub since: Option<Timestamp>,
    pub until: Option<Timestamp>,
    /// How many entries at most: the latest.
    pub limit: u32,
}

/// An entry of the trail.
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

/// The end of a chain as it is stored.
struct End {
    chain: u32,
    length: u32,
    last: Vec<u8>,
    seal: Vec<u8>,
    /// The number of the root key under which its rows were hashed.
    key: u32,
}

/// Under which key the rows of each chain were hashed.
struct ChainKeys {
    numbers: HashMap<u32, u32>,
    earlier: BTreeMap<u32, Lookup>,
}

impl ChainKeys {
    /// `None` if it is the key in use.
    fn of(&self, chain: u32) -> Option<&Lookup> {
        self.earlier.get(self.numbers.get(&chain)?)
    }
}

/// Rows that are read at once.
const AT_ONCE: i64 = 500;

impl Store {
    /// The latest entries that fit, oldest first.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn trail(&self, filter: &TrailFilter) -> Result<Vec<TrailRow>, StoreError> {
        // From the latest row back, some rows at a time.
        const BEFORE: &str = "SELECT id, at, entries FROM audit_trail WHERE (at, id) < ($1, $2) \
            AND at >= $3 ORDER BY at DESC, id DESC LIMIT 100";
        let since = filter.since.map_or(i64::MIN, Timestamp::as_second);
        let until = filter.until.map_or(i64::MAX, Timestamp::as_second);
        let (mut at, mut id) = (until, i64::MAX);
        let names = self.names(filter.person).await?;
        let mut found = Vec::new();
        loop {
            let read: Vec<(i64, i64, String)> = on!(&self.readers, db => {
                let rows = sqlx::query(BEFORE).bind(at).bind(id).bind(since).fetch_all(db).await?;
                let row = |row: &_| page(row);
                rows.iter().map(row).collect::<Result<_, StoreError>>()?
            });
            let Some((last, last_id, _)) = read.last() else { break };
            (at, id) = (*last, *last_id);
            for (_, _, entries) in &read {
                let entries: Vec<Stored<'_>> = parsed(entries)?;
                for entry in entries.into_iter().rev().filter(|one| filter.fits(one, &names)) {
                    found.push(shown(entry)?);
                    if found.len() >= filter.limit as usize {
                        found.reverse();
                        return Ok(found);
                    }
                }
            }
        }
        found.reverse();
        Ok(found)
    }

    /// A person as the trail names them: under the key in use, and under each from before.
    async fn names(&self, person: Option<PersonId>) -> Result<Vec<String>, StoreError> {
        let Some(person) = person else { return Ok(Vec::new()) };
        let earlier = self.earlier_lookups().await?;
        let keys = std::iter::once(self.seal.lookup()).chain(earlier.values());
        Ok(keys.map(|key| key.trail_name(person)).collect())
    }

    /// Follows every chain from its first row to its end.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn verify_trail(&self) -> Result<Verified, StoreError> {
        const ENDS: &str = "SELECT chain, length, last, seal, key_number FROM audit_chains";
        let ends: Vec<End> = on!(&self.readers, db => {
            let ends = sqlx::query(ENDS).fetch_all(db).await?;
            let end = |row: &_| end(row);
            ends.iter().map(end).collect::<Result<_, StoreError>>()?
        });
        let mut verified = Verified { chains: ends.len() as u64, ..Verified::default() };
        let keys = ChainKeys {
            numbers: ends.iter().map(|end| (end.chain, end.key)).collect(),
            earlier: self.earlier_lookups().await?,
        };
        let mut reached = self.follow(&mut verified, &keys).await?;
        for End { chain, length, last, seal, .. } in ends {
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
        keys: &ChainKeys,
    ) -> Result<HashMap<u32, (u32, Vec<u8>)>, StoreError> {
        const NEXT: &str =
            "SELECT id, at, entries, hash FROM audit_trail WHERE id > $1 ORDER BY id LIMIT $2";
        let mut reached: HashMap<u32, (u32, Vec<u8>)> = HashMap::new();
        let mut after = 0;
        loop {
            let read: Vec<(i64, String, Vec<u8>)> = on!(&self.readers, db => {
                let rows = sqlx::query(NEXT).bind(after).bind(AT_ONCE).fetch_all(db).await?;
                let link = |row: &_| link(row);
                rows.iter().map(link).collect::<Result<_, StoreError>>()?
            });
            let Some((last, ..)) = read.last() else { return Ok(reached) };
            after = *last;
            for (id, row, hash) in read {
                verified.rows += 1;
                let (chain, place) = ((id >> 32) as u32, id as u32);
                let (before, last) = reached.entry(chain).or_default();
                let key = keys.of(chain).unwrap_or(self.seal.lookup());
                let follows = place == *before + 1 && key.audit_hash(last, &row) == hash;
                if !follows && !verified.broken.iter().any(|broken| broken.chain == chain) {
                    verified.broken.push(Broken { chain, place: *before + 1 });
                }
                (*before, *last) = (place, hash);
            }
        }
    }
}

impl TrailFilter {
    /// `names` are those of the person.
    fn fits(&self, entry: &Stored<'_>, names: &[String]) -> bool {
        let is_named = |name: &Cow<'_, str>| names.iter().any(|one| one == name);
        let seconds = |at: Option<Timestamp>| at.map(Timestamp::as_second);
        self.number.is_none_or(|number| entry.number == Some(number))
            && (self.person.is_none() || entry.person.as_ref().is_some_and(is_named))
            && self.actor.as_ref().is_none_or(|actor| is_of(actor, &entry.actor))
            && self.action.as_ref().is_none_or(|action| *action == entry.action)
            && seconds(self.since).is_none_or(|since| entry.at >= since)
            && seconds(self.until).is_none_or(|until| entry.at <= until)
    }
}

/// Whether an actor is who is looked for. What staff did at a device is found by both.
fn is_of(sought: &str, actor: &str) -> bool {
    let both = actor.split_once(" at ");
    actor == sought || both.is_some_and(|(staff, device)| staff == sought || device == sought)
}

fn shown(entry: Stored<'_>) -> Result<TrailRow, StoreError> {
    Ok(TrailRow {
        at: instant(entry.at)?,
        actor: entry.actor.into_owned(),
        action: entry.action.into_owned(),
        number: entry.number,
        before: entry.before.map(Cow::into_owned),
        after: entry.after.map(Cow::into_owned),
    })
}

fn parsed(entries: &str) -> Result<Vec<Stored<'_>>, StoreError> {
    serde_json::from_str(entries).map_err(|_| StoreError::Unreadable("the audit trail"))
}

/// When, which row, and its entries.
fn page(row: &impl Columns) -> Result<(i64, i64, String), StoreError> {
    Ok((row.int("at")?, row.int("id")?, row.text("entries")?))
}

/// Which row, what its hash covers, and the hash.
fn link(row: &impl Columns) -> Result<(i64, String, Vec<u8>), StoreError> {
    let id = row.int("id")?;
    Ok((id, covered(id, row.int("at")?, &row.text("entries")?), row.bytes("hash")?))
}

fn end(row: &impl Columns) -> Result<End, StoreError> {
    Ok(End {
        chain: narrow(row.int("chain")?)?,
        length: narrow(row.int("length")?)?,
        last: row.bytes("last")?,
        seal: row.bytes("seal")?,
        key: narrow(row.int("key_number")?)?,
    })
}
