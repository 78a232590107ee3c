//! Writing a round with its sites, slots and people, all or nothing.

use super::Store;
use super::database::{Columns, Transaction, within};
use super::error::StoreError;
use super::ids::PersonId;
use super::people::{Key, as_integer};
use super::seal::Column;
use super::values::{narrow, rows};
use crate::domain::booking_number::BookingNumber;
use crate::domain::card::Card;
use crate::domain::channel::Channel;
use crate::domain::intention::Intention;
use crate::domain::language::Language;
use crate::domain::person::Category;
use crate::domain::phone::MobileNumber;
use crate::domain::round::{Brand, Round, RoundNumber};
use crate::domain::site::{Site, Slot, SlotId};
use jiff::Timestamp;
use std::collections::{BTreeMap, HashMap};

/// Sites or slots in one statement. The database holds the text of a statement's rows four times
/// while it reads them, so the text of a whole round's slots would cost ten megabytes or more.
const AT_A_TIME: usize = 1_000;

/// All that a round begins with.
#[derive(Debug)]
pub struct RoundImport {
    pub round: Round,
    pub sites: Vec<Site>,
    pub slots: Vec<Slot>,
}

/// A person on the roster.
#[derive(Debug)]
pub struct RosterEntry {
    pub card: Card,
    pub category: Option<Category>,
    pub intention: Option<Intention>,
    /// A booking that was made before: slot, phone, when.
    pub booked: Option<(SlotId, MobileNumber, Timestamp)>,
    /// Of the registered password, as a PHC string.
    pub password_hash: Option<String>,
}

/// An import under way. Dropped without [`Import::finish`], the database is as it was.
#[derive(Debug)]
pub struct Import {
    transaction: Transaction,
    store: Store,
    /// The last person's row, and the last before the import.
    people: i64,
    before: i64,
    /// The last registration number of each round.
    registered: BTreeMap<RoundNumber, u32>,
}

pub(super) fn codes(brands: &[Brand]) -> String {
    brands.iter().map(|brand| brand.code()).collect::<Vec<_>>().join(",")
}

const ROUND: &str = "INSERT INTO rounds (number, brands, categories, born_until, registration_until, opens, closes, counties, \
     registration_opens, bands, settled) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
const SITES: &str = "INSERT INTO sites (id, round, district, name_zh, name_en, address_zh, address_en, brand) \
     SELECT CAST(value ->> 'id' AS BIGINT), $2, CAST(value ->> 'district' AS BIGINT), value ->> 'name_zh', \
     value ->> 'name_en', value ->> 'address_zh', value ->> 'address_en', value ->> 'brand' FROM {rows}";
const SLOTS: &str = "INSERT INTO slots (id, site, starts, ends) \
     SELECT CAST(value ->> 'id' AS BIGINT), CAST(value ->> 'site' AS BIGINT), value ->> 'starts', value ->> 'ends' FROM {rows}";
const SEATS: &str = "INSERT INTO seats (slot, round, capacity, taken) \
     SELECT CAST(value ->> 'id' AS BIGINT), $2, CAST(value ->> 'capacity' AS BIGINT), CAST(value ->> 'taken' AS BIGINT) FROM {rows}";
const PEOPLE: &str = "INSERT INTO people (id, id_hash, card_hash, identity_sealed, born_sealed, category, password_hash) \
     SELECT CAST(value ->> 0 AS BIGINT), unhex(value ->> 1), unhex(value ->> 2), unhex(value ->> 3), unhex(value ->> 4), \
     CAST(value ->> 5 AS BIGINT), value ->> 6 FROM {rows}";
/// A new card, another category: what the person has registered and booked stays.
const RENEW: &str = "UPDATE people SET card_hash = asked.card, identity_sealed = asked.identity, born_sealed = asked.born, \
     category = asked.class, password_hash = asked.password FROM (SELECT CAST(value ->> 0 AS BIGINT) AS n, unhex(value ->> 2) AS card, \
     unhex(value ->> 3) AS identity, unhex(value ->> 4) AS born, CAST(value ->> 5 AS BIGINT) AS class, value ->> 6 AS password \
     FROM {rows}) AS asked WHERE people.id = asked.n";
const INTENTIONS: &str = "INSERT INTO intentions (person, number, registered, mobile_sealed, district, brands, language) \
     SELECT CAST(value ->> 0 AS BIGINT), CAST(value ->> 1 AS BIGINT), CAST(value ->> 2 AS BIGINT), unhex(value ->> 3), \
     CAST(value ->> 4 AS BIGINT), value ->> 5, value ->> 6 FROM {rows}";
// Numbers that are in use are not given again.
const REGISTERED: &str =
    "UPDATE rounds SET last_registration = $2 WHERE number = $1 AND last_registration < $2";
const BOOKED: &str = "INSERT INTO bookings (number, round, person, slot, mobile_sealed, channel, idempotency_key, made) \
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
const TAKE: &str = "UPDATE seats SET taken = taken + 1 WHERE slot = $1";
const NEXT: &str =
    "UPDATE rounds SET last_sequence = last_sequence + 1 WHERE number = $1 RETURNING last_sequence";
const CHANGED: &str = "UPDATE changes SET number = number + 1 WHERE what = 'programme'";
const LAST_PERSON: &str = "SELECT COALESCE(MAX(id), 0) AS id FROM people";

impl Store {
    /// Begins an import.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn import(&self) -> Result<Import, StoreError> {
        let mut transaction = self.writer.begin().await?;
        let people = within!(&mut transaction, db => sqlx::query(LAST_PERSON).fetch_one(db).await?.int("id")?);
        Ok(Import {
            transaction,
            store: self.clone(),
            people,
            before: people,
            registered: BTreeMap::new(),
        })
    }
}

impl Import {
    /// A round with its sites and slots.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn round(&mut self, import: &RoundImport) -> Result<(), StoreError> {
        let round = &import.round;
        let number = i64::from(u8::from(round.number));
        let categories: Vec<_> =
            round.rule.categories.iter().map(|category| category.0.to_string()).collect();
        within!(&mut self.transaction, db => {
            sqlx::query(ROUND)
                .bind(number)
                .bind(codes(&round.brands))
                .bind(categories.join(","))
                .bind(round.rule.born_until.map(|day| day.to_string()))
                .bind(round.registration_until.as_second())
                .bind(round.opens.as_second())
                .bind(round.closes.as_second())
                .bind(rows(&round.rule.counties)?)
                .bind(round.registration_opens.as_second())
                .bind(rows(&round.bands)?)
                .bind(round.settled.map(|settled| settled.as_second()))
                .execute(&mut *db)
                .await?;
        });
        self.sites(round.number, &import.sites).await?;
        self.slots(round.number, &import.slots).await
    }

    /// Sites of a round, many in a statement: a statement a row costs ten times as much.
    ///
    /// # Errors
    /// [`StoreError`]; for a number that is there already, too.
    pub async fn sites(&mut self, round: RoundNumber, sites: &[Site]) -> Result<(), StoreError> {
        let round = i64::from(u8::from(round));
        for sites in sites.chunks(AT_A_TIME) {
            let (statement, sites) = (self.transaction.with_rows(SITES), rows(&sites)?);
            within!(&mut self.transaction, db => {
                sqlx::query(statement).bind(sites).bind(round).execute(db).await?;
            });
        }
        Ok(())
    }

    /// Slots of sites of a round.
    ///
    /// # Errors
    /// [`StoreError`]; for a number that is there already, or a site that is not, too.
    pub async fn slots(&mut self, round: RoundNumber, slots: &[Slot]) -> Result<(), StoreError> {
        let round = i64::from(u8::from(round));
        for slots in slots.chunks(AT_A_TIME) {
            let (slots_sql, seats_sql) =
                (self.transaction.with_rows(SLOTS), self.transaction.with_rows(SEATS));
            let slots = rows(&slots)?;
            within!(&mut self.transaction, db => {
                sqlx::query(slots_sql).bind(slots.as_str()).execute(&mut *db).await?;
                sqlx::query(seats_sql).bind(slots.as_str()).bind(round).execute(db).await?;
            });
        }
        Ok(())
    }

    /// The next number for a slot.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn next_slot(&mut self) -> Result<SlotId, StoreError> {
        const LAST: &str = "SELECT COALESCE(MAX(id), 0) AS id FROM slots";
        let last =
            within!(&mut self.transaction, db => sqlx::query(LAST).fetch_one(db).await?.int("id")?);
        Ok(SlotId(narrow(last + 1)?))
    }

    /// The rows of those who are on the roster already.
    async fn known(&mut self, hashes: &[Vec<u8>]) -> Result<HashMap<Vec<u8>, i64>, StoreError> {
        const KNOWN: &str = "SELECT id, id_hash FROM people WHERE id_hash IN (SELECT unhex(value ->> 0) FROM {rows})";
        if self.before == 0 {
            return Ok(HashMap::new());
        }
        let (statement, asked) =
            (self.transaction.with_rows(KNOWN), hashes.iter().map(|hash| (hex::encode(hash),)));
        let asked = rows(&asked.collect::<Vec<_>>())?;
        within!(&mut self.transaction, db => {
            let found = sqlx::query(statement).bind(asked).fetch_all(db).await?;
            found.iter().map(|row| Ok((row.bytes("id_hash")?, row.int("id")?))).collect()
        })
    }

    /// People of the roster, as many as are handy at a time.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn people(&mut self, entries: &[RosterEntry]) -> Result<(), StoreError> {
        let (mut people, mut intentions, mut booked) = (Vec::new(), Vec::new(), Vec::new());
        let seal = self.store.seal.clone();
        let hashes: Vec<Vec<u8>> =
            entries.iter().map(|entry| seal.id_hash(&entry.card.id)).collect();
        let known = self.known(&hashes).await?;
        let mut renewed = Vec::new();
        for (entry, hash) in entries.iter().zip(&hashes) {
            let before = known.get(hash).copied();
            self.people += i64::from(before.is_none());
            let person = PersonId(before.unwrap_or(self.people));
            let sealed = |column, text: &str| hex::encode(seal.seal(column, person, text));
            let row = (
                person.0,
                hex::encode(hash),
                hex::encode(seal.card_hash(&entry.card.number)),
                sealed(
                    Column::Identity,
                    &rows(&(&entry.card.id, &entry.card.number, &entry.card.name))?,
                ),
                sealed(Column::Born, &entry.card.born.0.to_string()),
                entry.category.map(|category| category.0),
                entry.password_hash.as_deref(),
            );
            if before.is_some() {
                renewed.push(row)
            } else {
                people.push(row)
            }
            if let Some(intention) = &entry.intention {
                intentions.push((
                    person.0,
                    as_integer(intention.number.0),
                    intention.registered.as_second(),
                    sealed(Column::Mobile, intention.mobile.expose()),
                    intention.district.0,
                    codes(&intention.brands),
                    Language::default().tag(),
                ));
                let number = intention.number.0;
                let last = self.registered.entry(number.round()).or_default();
                *last = number.sequence().max(*last);
            }
            if let (Some(booking), Some(intention)) = (&entry.booked, &entry.intention) {
                booked.push((person, intention.number.0.round(), booking));
            }
        }
        if !renewed.is_empty() {
            let (statement, renewed) = (self.transaction.with_rows(RENEW), rows(&renewed)?);
            within!(&mut self.transaction, db => { sqlx::query(statement).bind(renewed).execute(db).await?; });
        }
        let people_sql = self.transaction.with_rows(PEOPLE);
        let intentions_sql = self.transaction.with_rows(INTENTIONS);
        let (people, intentions) = (rows(&people)?, rows(&intentions)?);
        within!(&mut self.transaction, db => {
            sqlx::query(people_sql).bind(people).execute(&mut *db).await?;
            sqlx::query(intentions_sql).bind(intentions).execute(db).await?;
        });
        for (person, round, (slot, mobile, made)) in booked {
            let sealed = seal.seal(Column::Mobile, person, mobile.expose());
            let key: Key = (person.0 as u128).to_be_bytes();
            let round_number = i64::from(u8::from(round));
            within!(&mut self.transaction, db => {
                sqlx::query(TAKE).bind(i64::from(slot.0)).execute(&mut *db).await?;
                let sequence = sqlx::query(NEXT).bind(round_number).fetch_one(&mut *db).await?.int("last_sequence")?;
                let number = BookingNumber::new(round, narrow(sequence)?).map_err(|_| StoreError::Unreadable("a number"))?;
                sqlx::query(BOOKED)
                    .bind(as_integer(number))
                    .bind(round_number)
                    .bind(person.0)
                    .bind(i64::from(slot.0))
                    .bind(sealed)
                    .bind(Channel::HealthStation.code())
                    .bind(key.as_slice())
                    .bind(made.as_second())
                    .execute(db)
                    .await?;
            });
        }
        Ok(())
    }

    /// Makes all of it durable, and tells the servers.
    ///
    /// # Errors
    /// [`StoreError`]: then nothing of it was written.
    pub async fn finish(mut self) -> Result<(), StoreError> {
        let registered = std::mem::take(&mut self.registered);
        within!(&mut self.transaction, db => {
            for (round, last) in registered {
                let query = sqlx::query(REGISTERED).bind(i64::from(u8::from(round))).bind(i64::from(last));
                query.execute(&mut *db).await?;
            }
            sqlx::query(CHANGED).execute(db).await?;
        });
        self.transaction.commit().await
    }
}
