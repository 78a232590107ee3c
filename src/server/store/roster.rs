//! People of the roster as an import writes them: new ones are added, others renewed where anything
//! of them is another.

use super::database::{Columns, within};
use super::error::StoreError;
use super::ids::PersonId;
use super::import::{INTENTIONS, Import, RosterEntry};
use super::seal::Column;
use super::values::{narrow, rows};
use crate::domain::person::Category;
use crate::server::hexadecimal::hexadecimal;
use serde::Serialize;
use std::collections::HashMap;

/// What an import did with its rows.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Counts {
    pub new: usize,
    pub changed: usize,
    pub same: usize,
}

impl std::ops::AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.new += other.new;
        self.changed += other.changed;
        self.same += other.same;
    }
}

/// A person as they go into the table `people`: a field a column. Bytes are hexadecimal.
#[derive(Serialize)]
struct PersonRow<'a> {
    id: i64,
    id_hash: String,
    card_hash: String,
    identity_sealed: String,
    born_sealed: String,
    category: Option<u8>,
    password_hash: Option<&'a str>,
}

/// An intention as it goes into its table.
/// A person as they are on the roster before the import.
struct Before {
    person: PersonId,
    identity_sealed: Vec<u8>,
    born_sealed: Vec<u8>,
    category: Option<Category>,
    password_hash: Option<String>,
}

fn before(row: &impl Columns) -> Result<(Vec<u8>, Before), StoreError> {
    let before = Before {
        person: PersonId(row.int("id")?),
        identity_sealed: row.bytes("identity_sealed")?,
        born_sealed: row.bytes("born_sealed")?,
        category: row
            .maybe_int("category")?
            .map(|number| narrow(number).map(Category))
            .transpose()?,
        password_hash: row.maybe_text("password_hash")?,
    };
    Ok((row.bytes("id_hash")?, before))
}

/// What is sealed of a card: identity number, card number and name.
fn identity(entry: &RosterEntry) -> Result<String, StoreError> {
    rows(&(&entry.card.id, &entry.card.number, &entry.card.name))
}

/// A person's row as it is asked for: each column once, with its name in the JSON of a set.
macro_rules! person {
    () => {
        "CAST(value ->> 'id' AS BIGINT) AS id, unhex(value ->> 'id_hash') AS id_hash, \
         unhex(value ->> 'card_hash') AS card_hash, \
         unhex(value ->> 'identity_sealed') AS identity_sealed, \
         unhex(value ->> 'born_sealed') AS born_sealed, \
         CAST(value ->> 'category' AS BIGINT) AS category, \
         value ->> 'password_hash' AS password_hash FROM {rows}"
    };
}
const PEOPLE: &str = concat!(
    "INSERT INTO people \
     (id, id_hash, card_hash, identity_sealed, born_sealed, category, password_hash) SELECT ",
    person!()
);
/// A new card, another category: what the person has registered and booked stays.
const RENEW: &str = concat!(
    "UPDATE people SET card_hash = asked.card_hash, identity_sealed = asked.identity_sealed, \
     born_sealed = asked.born_sealed, category = asked.category, \
     password_hash = asked.password_hash FROM (SELECT ",
    person!(),
    ") AS asked WHERE people.id = asked.id"
);

impl Import {
    /// Those who are on the roster already.
    async fn known(&mut self, hashes: &[Vec<u8>]) -> Result<HashMap<Vec<u8>, Before>, StoreError> {
        const KNOWN: &str = "SELECT id, id_hash, identity_sealed, born_sealed, category, \
            password_hash FROM people WHERE id_hash IN (SELECT unhex(value \
            ->> 0) FROM {rows})";
        if self.before == 0 {
            return Ok(HashMap::new());
        }
        let (statement, asked) =
            (self.transaction.with_rows(KNOWN), hashes.iter().map(|hash| (hexadecimal(hash),)));
        let asked = rows(&asked.collect::<Vec<_>>())?;
        within!(&mut self.transaction, db => {
            let found = sqlx::query(statement).bind(asked).fetch_all(db).await?;
            found.iter().map(before).collect()
        })
    }

    /// People of the roster, as many as are handy at a time. Who is there already is renewed if
    /// anything of them is another; what they registered and booked stays.
    pub async fn people(&mut self, entries: &[RosterEntry]) -> Result<Counts, StoreError> {
        let hashes: Vec<Vec<u8>> =
            entries.iter().map(|entry| self.store.seal.id_hash(&entry.card.id)).collect();
        let known = self.known(&hashes).await?;
        let (mut people, mut renewed) = (Vec::new(), Vec::new());
        let mut counts = Counts::default();
        let (mut intentions, mut booked) = (Vec::new(), Vec::new());
        for (entry, hash) in entries.iter().zip(&hashes) {
            let before = known.get(hash);
            self.people += i64::from(before.is_none());
            let person = before.map_or(PersonId(self.people), |before| before.person);
            match before {
                Some(before) if self.is_same(before, entry)? => counts.same += 1,
                Some(_) => {
                    renewed.push(self.person_row(person, hash, entry)?);
                    counts.changed += 1;
                }
                None => {
                    people.push(self.person_row(person, hash, entry)?);
                    counts.new += 1;
                }
            }
            if let Some(intention) = &entry.intention {
                intentions.push(self.intention_row(person, intention));
                let number = intention.number.0;
                let last = self.registered.entry(number.round()).or_default();
                *last = number.sequence().max(*last);
            }
            if let (Some(booking), Some(intention)) = (&entry.booked, &entry.intention) {
                booked.push((person, intention.number.0.round(), booking));
            }
        }
        if !renewed.is_empty() {
            self.write_rows(RENEW, &renewed).await?;
        }
        self.write_rows(PEOPLE, &people).await?;
        self.write_rows(INTENTIONS, &intentions).await?;
        for (person, round, booking) in booked {
            self.book(person, round, booking).await?;
        }
        Ok(counts)
    }

    /// Whether everything of a person is as it was.
    fn is_same(&self, before: &Before, entry: &RosterEntry) -> Result<bool, StoreError> {
        let open =
            |column, sealed: &[u8]| self.store.seal.open(column, before.person, sealed.to_vec());
        Ok(before.category == entry.category
            && before.password_hash == entry.password_hash
            && open(Column::Born, &before.born_sealed)?.expose() == entry.card.born.0.to_string()
            && open(Column::Identity, &before.identity_sealed)?.expose() == identity(entry)?)
    }

    fn person_row<'a>(
        &self,
        person: PersonId,
        hash: &[u8],
        entry: &'a RosterEntry,
    ) -> Result<PersonRow<'a>, StoreError> {
        let (seal, card) = (&self.store.seal, &entry.card);
        let identity = identity(entry)?;
        let sealed = |column, text: &str| hexadecimal(seal.seal(column, person, text));
        Ok(PersonRow {
            id: person.0,
            id_hash: hexadecimal(hash),
            card_hash: hexadecimal(seal.card_hash(&card.number)),
            identity_sealed: sealed(Column::Identity, &identity),
            born_sealed: sealed(Column::Born, &card.born.0.to_string()),
            category: entry.category.map(|category| category.0),
            password_hash: entry.password_hash.as_deref(),
        })
    }
}
