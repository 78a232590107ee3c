//! Changes the root key of a database: everything that is sealed or hashed with the old one is
//! sealed and hashed with the new, some rows a transaction, each transaction with how far it has
//! come. It goes on where it was broken off, at whatever moment. Nobody else may have the database
//! open meanwhile ([`Store::open_alone`]), and none is let in before it is done.
//!
//! Rows of the audit trail stay as they are. The key under which they were hashed is kept, sealed
//! with the new one, and the ends of their chains are sealed anew: who finds the old key later can
//! make rows, but none that lead to such an end.

use super::Store;
use super::audit_trail::{Action, Actor, Entry, Trail};
use super::database::{Columns, Transaction, on, within};
use super::error::StoreError;
use super::ids::PersonId;
use super::lockouts::{LoginSubject, bytes};
use super::seal::{Column, Seal};
use super::values::{narrow, rows};
use crate::domain::card::CardNumber;
use crate::domain::identity::IdNumber;
use crate::domain::person::Name;
use crate::server::hexadecimal::hexadecimal;
use jiff::Timestamp;

/// Rows that are changed in one transaction.
pub(super) const AT_ONCE: i64 = 1_000;

/// What is changed, in this order.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Step {
    People,
    Intentions,
    Bookings,
    Messages,
    Chains,
    Staff,
    Waiting,
    LeftoverLine,
    Offers,
    LeftoverTold,
}

const STEPS: [Step; 10] = [
    Step::People,
    Step::Intentions,
    Step::Bookings,
    Step::Messages,
    Step::Chains,
    Step::Staff,
    Step::Waiting,
    Step::LeftoverLine,
    Step::Offers,
    Step::LeftoverTold,
];

/// The next rows after the one that is reached, in the order of their key.
macro_rules! next {
    ($key:literal, $columns:literal, $table:literal) => {
        concat!(
            "SELECT CAST(",
            $key,
            " AS TEXT) AS place, ",
            $columns,
            " FROM ",
            $table,
            " WHERE ",
            $key,
            " > CAST($1 AS BIGINT) ORDER BY ",
            $key,
            " LIMIT $2"
        )
    };
}
macro_rules! write {
    ($table:literal, $column:literal, $key:literal, $type:literal) => {
        concat!(
            "UPDATE ",
            $table,
            " SET ",
            $column,
            " = unhex(asked.s) FROM (SELECT CAST(value ->> 0 AS ",
            $type,
            ") AS k, value ->> 1 AS s FROM {rows}) AS asked WHERE ",
            $key,
            " = asked.k"
        )
    };
}
pub(super) use next;
const NEXT_PEOPLE: &str = next!("id", "id, identity_sealed, born_sealed", "people");
const PEOPLE: &str = "UPDATE people SET id_hash = unhex(asked.h), card_hash = unhex(asked.c), \
    identity_sealed = unhex(asked.i), born_sealed = unhex(asked.b) \
    FROM (SELECT CAST(value ->> 0 AS BIGINT) AS k, value ->> 1 AS h, value ->> 2 AS c, \
    value ->> 3 AS i, value ->> 4 AS b FROM {rows}) AS asked WHERE id = asked.k";
pub(super) const LOCKOUTS: &str = "UPDATE wrong_attempts SET who = unhex(asked.n) \
    FROM (SELECT value ->> 0 AS o, value ->> 1 AS n FROM {rows}) AS asked \
    WHERE who = unhex(asked.o)";

impl Step {
    /// Before the first row.
    fn start(self) -> &'static str {
        match self {
            Step::People
            | Step::Intentions
            | Step::Bookings
            | Step::Chains
            | Step::Staff
            | Step::Waiting
            | Step::LeftoverLine
            | Step::Offers
            | Step::LeftoverTold => "-1",
            Step::Messages => "",
        }
    }
}

/// The columns that hold a phone number.
const INTENTIONS: Phones = Phones {
    next: next!("person", "person, mobile_sealed", "intentions"),
    write: write!("intentions", "mobile_sealed", "person", "BIGINT"),
};
const BOOKINGS: Phones = Phones {
    next: next!("number", "person, mobile_sealed", "bookings"),
    write: write!("bookings", "mobile_sealed", "number", "BIGINT"),
};
const WAITING: Phones = Phones {
    next: next!("place", "person, mobile_sealed", "waiting"),
    write: write!("waiting", "mobile_sealed", "place", "BIGINT"),
};
const LEFTOVER_LINE: Phones = Phones {
    next: next!("place", "person, mobile_sealed", "leftover_line"),
    write: write!("leftover_line", "mobile_sealed", "place", "BIGINT"),
};
const MESSAGES: Phones = Phones {
    next: "SELECT once AS place, person, mobile_sealed FROM messages WHERE once > $1 \
        ORDER BY once LIMIT $2",
    write: write!("messages", "mobile_sealed", "once", "TEXT"),
};

/// How the next rows with a phone number are read, and written.
struct Phones {
    next: &'static str,
    write: &'static str,
}

/// A change of keys under way.
#[derive(Debug)]
pub struct Rotation {
    pub(super) old: Store,
    pub(super) new: Store,
    step: usize,
    pub(super) reached: String,
    /// Values that the old key does not open: they were damaged before, and stay as they are.
    pub damaged: u64,
}

/// What a transaction did: how many rows it read, and the last of them.
pub(super) struct Batch {
    rows: u64,
    last: Option<String>,
}

impl Store {
    /// How many rows a change of keys reads.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn rows_to_seal(&self) -> Result<u64, StoreError> {
        const COUNT: &str = "SELECT (SELECT COUNT(*) FROM people) + (SELECT COUNT(*) FROM \
            intentions) + (SELECT COUNT(*) FROM bookings) + (SELECT COUNT(*) FROM messages) + \
            (SELECT COUNT(*) FROM audit_chains) + (SELECT COUNT(*) FROM staff) + \
            (SELECT COUNT(*) FROM waiting) + (SELECT COUNT(*) FROM leftover_line) + \
            (SELECT COUNT(*) FROM offers) + (SELECT COUNT(*) FROM leftover_told) AS number";
        on!(&self.readers, db => {
            Ok(sqlx::query(COUNT).fetch_one(db).await?.int("number")?.unsigned_abs())
        })
    }

    /// Begins to change the keys from `from` to `to`, or goes on with it.
    ///
    /// # Errors
    /// [`StoreError::OtherKeys`] if the database is not at `from`, or is changing to others.
    pub async fn rotate(&self, from: Seal, to: Seal) -> Result<Rotation, StoreError> {
        const BEGUN: &str = "SELECT number, sealed, step, reached FROM key_rotation";
        const BEGIN: &str =
            "INSERT INTO key_rotation (number, sealed, step, reached) VALUES ($1, $2, 0, $3)";
        let old = Self { seal: from, ..self.clone() };
        let new = Self { seal: to, trail: Trail::default(), ..self.clone() };
        old.check_canary().await?;
        let begun = on!(&self.writer, db => {
            let row = sqlx::query(BEGUN).fetch_optional(db).await?;
            let begun = |row: &_| begun(row);
            row.as_ref().map(begun).transpose()?
        });
        if let Some((number, sealed, step, reached)) = begun {
            if number != new.seal.number() {
                return Err(StoreError::OtherKeys);
            }
            new.seal.opens_canary(sealed)?;
            // An earlier program that was broken off before its end had no step after it.
            let start = STEPS.get(step).map_or("", |step| step.start());
            let reached = if reached.is_empty() { start.to_owned() } else { reached };
            return Ok(Rotation { old, new, step, reached, damaged: 0 });
        }
        let reached = STEPS[0].start().to_owned();
        on!(&self.writer, db => {
            let query = sqlx::query(BEGIN).bind(i64::from(new.seal.number()));
            query.bind(new.seal.canary()).bind(&reached).execute(db).await?;
        });
        Ok(Rotation { old, new, step: 0, reached, damaged: 0 })
    }
}

impl Rotation {
    /// Changes the next rows, and returns how many; `None` once all is done.
    ///
    /// # Errors
    /// If the database fails; then it goes on from the transaction before.
    pub async fn next(&mut self, now: Timestamp) -> Result<Option<u64>, StoreError> {
        const REACHED: &str = "UPDATE key_rotation SET step = $1, reached = $2";
        let Some(step) = STEPS.get(self.step).copied() else {
            return self.finish(now).await.map(|()| None);
        };
        let mut transaction = self.old.writer.begin().await?;
        let batch = match step {
            Step::People => self.people(&mut transaction).await?,
            Step::Intentions => self.phones(&mut transaction, INTENTIONS).await?,
            Step::Bookings => self.phones(&mut transaction, BOOKINGS).await?,
            Step::Messages => self.phones(&mut transaction, MESSAGES).await?,
            Step::Chains => self.chains(&mut transaction).await?,
            Step::Staff => self.staff(&mut transaction).await?,
            Step::Waiting => self.phones(&mut transaction, WAITING).await?,
            Step::LeftoverLine => self.phones(&mut transaction, LEFTOVER_LINE).await?,
            Step::Offers => self.offer_codes(&mut transaction).await?,
            Step::LeftoverTold => self.leftover_codes(&mut transaction).await?,
        };
        let (at, reached) = match batch.last {
            Some(last) => (self.step, last),
            None => {
                let next = STEPS.get(self.step + 1).map_or("", |next| next.start());
                (self.step + 1, next.to_owned())
            }
        };
        within!(&mut transaction, db => {
            sqlx::query(REACHED).bind(at as i64).bind(&reached).execute(db).await?;
        });
        transaction.commit().await?;
        (self.step, self.reached) = (at, reached);
        Ok(Some(batch.rows))
    }

    async fn people(&mut self, transaction: &mut Transaction) -> Result<Batch, StoreError> {
        let found: Vec<(String, PersonId, Vec<u8>, Vec<u8>)> = within!(transaction, db => {
            let query = sqlx::query(NEXT_PEOPLE).bind(&self.reached).bind(AT_ONCE);
            let found = query.fetch_all(db).await?;
            let person = |row: &_| person(row);
            found.iter().map(person).collect::<Result<_, StoreError>>()?
        });
        let batch = batch(&found, |(place, ..)| place);
        let (mut people, mut lockouts) = (Vec::new(), Vec::new());
        for (_, person, identity, born) in found {
            // Of who was erased nothing is there to be sealed.
            if identity.is_empty() {
                continue;
            }
            let Some((numbers, identity, born)) = self.person(person, identity, born) else {
                self.damaged += 1;
                continue;
            };
            let (old, new) = (&self.old.seal, &self.new.seal);
            let (before, after) = (old.person_key(&numbers.0), new.person_key(&numbers.0));
            for subject in [LoginSubject::Person, LoginSubject::Card] {
                lockouts.push((subject_hex(subject(before)), subject_hex(subject(after))));
            }
            let hashes =
                (hexadecimal(new.id_hash(&numbers.0)), hexadecimal(new.card_hash(&numbers.1)));
            people.push((person.0, hashes.0, hashes.1, identity, born));
        }
        write(transaction, PEOPLE, &people).await?;
        write(transaction, LOCKOUTS, &lockouts).await?;
        Ok(batch)
    }

    /// A person's numbers, and what is known of them sealed anew; `None` if it is damaged.
    fn person(
        &self,
        person: PersonId,
        identity: Vec<u8>,
        born: Vec<u8>,
    ) -> Option<((IdNumber, CardNumber), String, String)> {
        let identity = self.old.seal.open(Column::Identity, person, identity).ok()?;
        let born = self.old.seal.open(Column::Born, person, born).ok()?;
        let (id, card, _): (IdNumber, CardNumber, Name) =
            serde_json::from_str(identity.expose()).ok()?;
        let seal = |column, text| hexadecimal(self.new.seal.seal(column, person, text));
        let (identity, born) =
            (seal(Column::Identity, identity.expose()), seal(Column::Born, born.expose()));
        Some(((id, card), identity, born))
    }

    async fn phones(
        &mut self,
        transaction: &mut Transaction,
        phones: Phones,
    ) -> Result<Batch, StoreError> {
        let found: Vec<(String, PersonId, Vec<u8>)> = within!(transaction, db => {
            let query = sqlx::query(phones.next).bind(&self.reached).bind(AT_ONCE);
            let found = query.fetch_all(db).await?;
            let phone = |row: &_| phone(row);
            found.iter().map(phone).collect::<Result<_, StoreError>>()?
        });
        let batch = batch(&found, |(place, ..)| place);
        let mut changed = Vec::new();
        for (place, person, sealed) in found {
            // A message that was sent has no number any more, nor has a booking of an old round.
            if sealed.is_empty() {
                continue;
            }
            match self.old.seal.open(Column::Mobile, person, sealed) {
                Ok(mobile) => {
                    let sealed = self.new.seal.seal(Column::Mobile, person, mobile.expose());
                    changed.push((place, hexadecimal(sealed)));
                }
                Err(_) => self.damaged += 1,
            }
        }
        write(transaction, phones.write, &changed).await?;
        Ok(batch)
    }

    /// From here on the database is at the new key.
    async fn finish(&mut self, now: Timestamp) -> Result<(), StoreError> {
        // Until when an earlier one was in use stays as it is.
        const KEEP: &str = "INSERT INTO earlier_keys (number, sealed, until) VALUES ($1, $2, $3) \
            ON CONFLICT (number) DO UPDATE SET sealed = excluded.sealed";
        const KEYS: &str =
            "UPDATE service_state SET key_number = $1, sealed = $2 WHERE name = 'keys'";
        let (old, new) = (&self.old.seal, &self.new.seal);
        let mut earlier: Vec<(i64, Vec<u8>)> =
            vec![(old.number().into(), new.seal_lookup(old.number(), old.lookup()))];
        for (number, lookup) in self.old.earlier_lookups().await? {
            earlier.push((number.into(), new.seal_lookup(number, &lookup)));
        }
        let mut transaction = self.old.writer.begin().await?;
        within!(&mut transaction, db => {
            for (number, sealed) in earlier {
                let query = sqlx::query(KEEP).bind(number).bind(sealed).bind(now.as_second());
                query.execute(&mut *db).await?;
            }
            let query = sqlx::query(KEYS).bind(i64::from(new.number())).bind(new.canary());
            query.execute(&mut *db).await?;
            sqlx::query("DELETE FROM key_rotation").execute(db).await?;
        });
        let entry = Entry {
            before: Some(format!("root {}", old.number())),
            after: Some(format!("root {}", new.number())),
            ..Entry::new(now, Actor::Administrator, Action::RotateKeys)
        };
        self.new.commit_with(transaction, &[entry]).await
    }
}

/// A subject of lockouts as a parameter has it.
pub(super) fn subject_hex(subject: LoginSubject) -> String {
    hexadecimal(bytes(subject))
}

pub(super) async fn write<T: serde::Serialize>(
    transaction: &mut Transaction,
    statement: &'static str,
    changed: &[T],
) -> Result<(), StoreError> {
    if !changed.is_empty() {
        let (statement, changed) = (transaction.with_rows(statement), rows(&changed)?);
        within!(transaction, db => {
            sqlx::query(statement).bind(changed).execute(db).await?;
        });
    }
    Ok(())
}

pub(super) fn batch<T>(found: &[T], place: impl Fn(&T) -> &String) -> Batch {
    Batch { rows: found.len() as u64, last: found.last().map(|last| place(last).clone()) }
}

fn begun(row: &impl Columns) -> Result<(u32, Vec<u8>, usize, String), StoreError> {
    let (number, step) = (narrow(row.int("number")?)?, narrow(row.int("step")?)?);
    Ok((number, row.bytes("sealed")?, step, row.text("reached")?))
}

fn person(row: &impl Columns) -> Result<(String, PersonId, Vec<u8>, Vec<u8>), StoreError> {
    let (identity, born) = (row.bytes("identity_sealed")?, row.bytes("born_sealed")?);
    Ok((row.text("place")?, PersonId(row.int("id")?), identity, born))
}

fn phone(row: &impl Columns) -> Result<(String, PersonId, Vec<u8>), StoreError> {
    Ok((row.text("place")?, PersonId(row.int("person")?), row.bytes("mobile_sealed")?))
}
