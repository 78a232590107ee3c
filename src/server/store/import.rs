//! Writing a round with its sites, slots and people, all or nothing.

use super::Store;
use super::audit_trail::{Appended, Entry};
use super::database::{Columns, Transaction, within};
use super::error::StoreError;
use super::ids::PersonId;
use super::people::{Key, as_integer};
use super::programme::brand_codes;
use super::seal::Column;
use super::values::{narrow, rows};
use crate::domain::booking_number::BookingNumber;
use crate::domain::card::Card;
use crate::domain::channel::Channel;
use crate::domain::intention::Intention;
use crate::domain::language::Language;
use crate::domain::person::Category;
use crate::domain::phone::MobileNumber;
use crate::domain::round::{Round, RoundNumber};
use crate::domain::site::{Site, Slot, SlotId};
use crate::server::hexadecimal::hexadecimal;
use jiff::Timestamp;
use serde::Serialize;
use std::collections::BTreeMap;

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

impl RosterEntry {
    /// Somebody of whom nothing but the card is known.
    pub fn new(card: Card) -> Self {
        Self { card, category: None, intention: None, booked: None, password_hash: None }
    }
}

/// An import under way. Dropped without [`Import::finish`], the database is as it was.
#[derive(Debug)]
pub struct Import {
    pub(super) transaction: Transaction,
    pub(super) store: Store,
    /// The last person's row, and the last before the import.
    pub(super) people: i64,
    pub(super) before: i64,
    /// What the audit trail is told of it.
    pub(super) entries: Vec<Entry>,
    /// The last registration number of each round.
    pub(super) registered: BTreeMap<RoundNumber, u32>,
}

#[derive(Serialize)]
pub(super) struct IntentionRow {
    person: i64,
    number: i64,
    registered: i64,
    mobile_sealed: String,
    district: u32,
    brands: String,
    language: &'static str,
}

const ROUND: &str = "INSERT INTO rounds (number, brands, categories, born_until, \
    registration_until, opens, closes, counties, \
     registration_opens, bands, settled) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
const SITES: &str = "INSERT INTO sites (id, round, district, name_zh, name_en, address_zh, \
    address_en, brand) \
     SELECT CAST(value ->> 'id' AS BIGINT), $2, CAST(value ->> 'district' AS BIGINT), value ->> \
     'name_zh', \
     value ->> 'name_en', value ->> 'address_zh', value ->> 'address_en', value ->> 'brand' FROM \
     {rows}";
const SLOTS: &str = "INSERT INTO slots (id, site, starts, ends) \
     SELECT CAST(value ->> 'id' AS BIGINT), CAST(value ->> 'site' AS BIGINT), value ->> 'starts', \
     value ->> 'ends' FROM {rows}";
const SEATS: &str = "INSERT INTO seats (slot, round, capacity, taken) \
     SELECT CAST(value ->> 'id' AS BIGINT), $2, CAST(value ->> 'capacity' AS BIGINT), CAST(value \
     ->> 'taken' AS BIGINT) FROM {rows}";
pub(super) const INTENTIONS: &str = "INSERT INTO intentions \
     (person, number, registered, mobile_sealed, district, brands, language) \
     SELECT CAST(value ->> 'person' AS BIGINT), CAST(value ->> 'number' AS BIGINT), \
     CAST(value ->> 'registered' AS BIGINT), unhex(value ->> 'mobile_sealed'), \
     CAST(value ->> 'district' AS BIGINT), value ->> 'brands', value ->> 'language' FROM {rows}";
// Numbers that are in use are not given again.
const REGISTERED: &str =
    "UPDATE rounds SET last_registration = $2 WHERE number = $1 AND last_registration < $2";
const BOOKED: &str = "INSERT INTO bookings (number, round, person, slot, mobile_sealed, channel, \
    idempotency_key, made) \
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
const TAKE: &str = "UPDATE seats SET taken = taken + 1 WHERE slot = $1";
const NEXT: &str =
    "UPDATE rounds SET last_sequence = last_sequence + 1 WHERE number = $1 RETURNING last_sequence";
const CHANGED: &str = "UPDATE changes SET number = number + 1 WHERE what = 'programme'";
const LAST_PERSON: &str = "SELECT COALESCE(MAX(id), 0) AS id FROM people";

impl Store {
    /// Begins an import.
    pub async fn import(&self) -> Result<Import, StoreError> {
        let mut transaction = self.writer.begin().await?;
        let people = within!(&mut transaction, db => {
            sqlx::query(LAST_PERSON).fetch_one(db).await?.int("id")?
        });
        Ok(Import {
            transaction,
            store: self.clone(),
            people,
            before: people,
            entries: Vec::new(),
            registered: BTreeMap::new(),
        })
    }
}

impl Import {
    /// A round with its sites and slots.
    pub async fn round(&mut self, import: &RoundImport) -> Result<(), StoreError> {
        let round = &import.round;
        let number = i64::from(u8::from(round.number));
        let categories: Vec<_> =
            round.rule.categories.iter().map(|category| category.0.to_string()).collect();
        within!(&mut self.transaction, db => {
            sqlx::query(ROUND)
                .bind(number)
                .bind(brand_codes(&round.brands))
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
    pub async fn next_slot(&mut self) -> Result<SlotId, StoreError> {
        const LAST: &str = "SELECT COALESCE(MAX(id), 0) AS id FROM slots";
        let last =
            within!(&mut self.transaction, db => sqlx::query(LAST).fetch_one(db).await?.int("id")?);
        Ok(SlotId(narrow(last + 1)?))
    }

    pub(super) async fn write_rows<T: Serialize>(
        &mut self,
        statement: &'static str,
        of: &[T],
    ) -> Result<(), StoreError> {
        let (statement, of) = (self.transaction.with_rows(statement), rows(&of)?);
        within!(&mut self.transaction, db => {
            sqlx::query(statement).bind(of).execute(db).await?;
        });
        Ok(())
    }

    pub(super) fn intention_row(&self, person: PersonId, intention: &Intention) -> IntentionRow {
        let mobile = self.store.seal.seal(Column::Mobile, person, intention.mobile.expose());
        IntentionRow {
            person: person.0,
            number: as_integer(intention.number.0),
            registered: intention.registered.as_second(),
            mobile_sealed: hexadecimal(mobile),
            district: intention.district.0,
            brands: brand_codes(&intention.brands),
            language: Language::default().tag(),
        }
    }

    /// A booking that was made before the import.
    pub(super) async fn book(
        &mut self,
        person: PersonId,
        round: RoundNumber,
        (slot, mobile, made): &(SlotId, MobileNumber, Timestamp),
    ) -> Result<(), StoreError> {
        let sealed = self.store.seal.seal(Column::Mobile, person, mobile.expose());
        let key: Key = (person.0 as u128).to_be_bytes();
        let number = i64::from(u8::from(round));
        within!(&mut self.transaction, db => {
            sqlx::query(TAKE).bind(i64::from(slot.0)).execute(&mut *db).await?;
            let last = sqlx::query(NEXT).bind(number).fetch_one(&mut *db).await?;
            let booking = BookingNumber::new(round, narrow(last.int("last_sequence")?)?)
                .map_err(|_| StoreError::Unreadable("a number"))?;
            sqlx::query(BOOKED)
                .bind(as_integer(booking))
                .bind(number)
                .bind(person.0)
                .bind(i64::from(slot.0))
                .bind(sealed)
                .bind(Channel::HealthStation.code())
                .bind(key.as_slice())
                .bind(made.as_second())
                .execute(db)
                .await?;
        });
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
                let query = sqlx::query(REGISTERED).bind(i64::from(u8::from(round)))
                    .bind(i64::from(last));
                query.execute(&mut *db).await?;
            }
            sqlx::query(CHANGED).execute(db).await?;
        });
        let prepared = self.store.prepare(&self.entries)?;
        let appended = self.store.append(&mut self.transaction, prepared, None).await?;
        self.transaction.commit().await?;
        appended.into_iter().for_each(Appended::committed);
        Ok(())
    }

    /// Adds a row to the audit trail, with the import.
    pub fn tell_trail(&mut self, entry: Entry) {
        self.entries.push(entry);
    }
}
