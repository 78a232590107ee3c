//! People as the rules must know them, read by the set: by their credentials when they
//! log in, by their row in the writer.

use super::Store;
use super::database::{Columns, Pool, Transaction, on};
use super::error::StoreError;
use super::ids::PersonId;
use super::programme::{brands, round_number};
use super::seal::Column;
use super::values::{civil, instant, narrow, rows};
use crate::domain::attendance::Presence;
use crate::domain::booking_number::{BookingNumber, LAST_SEQUENCE};
use crate::domain::card::CardNumber;
use crate::domain::eligibility::Applicant;
use crate::domain::identity::IdNumber;
use crate::domain::intention::{Intention, RegistrationNumber};
use crate::domain::person::{BirthDate, Category, Name};
use crate::domain::phone::MobileNumber;
use crate::domain::region::DistrictCode;
use crate::domain::round::RoundNumber;
use crate::domain::site::SlotId;
use crate::server::hexadecimal::hexadecimal;
use jiff::Timestamp;
use std::collections::HashMap;

/// What proves who a person is: both numbers of their card.
#[derive(Clone, Debug)]
pub struct Credentials {
    pub id: IdNumber,
    /// `None` if something else has proved that the number is theirs.
    pub card: Option<CardNumber>,
}

/// A person at the door.
#[derive(Clone, Debug)]
pub struct IdentifiedPerson {
    pub record: PersonRecord,
    pub name: Name,
    /// Of the registered password, as a PHC string.
    pub password_hash: Option<String>,
}

/// The sixteen bytes of an idempotency key.
pub type Key = [u8; 16];

/// What is stored of a person for one round.
#[derive(Clone, Debug)]
pub struct PersonRecord {
    pub person: PersonId,
    pub born: BirthDate,
    pub category: Option<Category>,
    pub intention: Option<Intention>,
    /// The intention's mobile number as it is stored.
    pub mobile_sealed: Option<Vec<u8>>,
    pub live: Option<BookingRecord>,
    /// The keys of the bookings of this round that were cancelled. Only the writer reads them.
    pub cancelled: Vec<Key>,
    /// Their right to choose before others. Nobody with a booking has one.
    pub hold: Option<Hold>,
}

impl PersonRecord {
    /// The person as the rules see them.
    pub fn applicant(&self) -> Applicant<'_> {
        Applicant {
            born: self.born,
            category: self.category,
            intention: self.intention.as_ref(),
            live: self.live.as_ref().map(|booking| booking.number),
            presence: self.live.as_ref().map(|booking| booking.presence).unwrap_or_default(),
            chooses_until: self.hold.map(|hold| hold.until),
        }
    }
}

/// A person's right to choose before others.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Hold {
    /// The seat that is set aside for them: nobody else is given it.
    pub slot: Option<SlotId>,
    pub until: Timestamp,
    /// The slot that they lost when it was closed.
    pub closed: Option<SlotId>,
}

/// A booking's row.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BookingRecord {
    pub number: BookingNumber,
    pub person: PersonId,
    pub slot: SlotId,
    pub made: Timestamp,
    /// When it got the seat that it has, if that was not its first.
    pub moved: Option<Timestamp>,
    pub mobile: MobileNumber,
    pub key: Key,
    /// What the vaccination site knows of its person.
    pub presence: Presence,
}

/// A person with intention, and live booking of the round `$2`; then comes where to look. A set is
/// JSON for SQLite, an array for PostgreSQL.
macro_rules! record {
    ($also:literal, $($from:literal),*) => {
        concat!(
            "SELECT people.id AS person, people.born_sealed, people.category, intentions.number AS \
                registration, \
             intentions.registered, intentions.mobile_sealed AS registered_mobile, \
             intentions.district, intentions.brands, \
             bookings.number, bookings.slot, bookings.mobile_sealed, bookings.made, \
             bookings.moved, bookings.idempotency_key, bookings.came, bookings.absent, \
             holds.slot AS hold_slot, holds.until AS hold_until, holds.origin AS hold_origin",
            $also,
            " FROM ",
            $($from),*
        )
    };
}
macro_rules! sqlite {
    ($also:literal, $asked:literal) => {
        record!(
            $also,
            "json_each($1) AS asked CROSS JOIN people ON ",
            $asked,
            " LEFT JOIN intentions ON intentions.person = people.id \
             LEFT JOIN bookings ON bookings.person = people.id AND bookings.round = $2 AND \
             bookings.cancelled IS NULL \
             LEFT JOIN holds ON holds.round = $2 AND holds.person = people.id"
        )
    };
}
// A LIMIT in a LATERAL is looked up person by person, by both columns of its index, whatever the
// planner believes of a table that was empty a minute ago.
macro_rules! postgres {
    ($also:literal, $set:literal, $asked:literal) => {
        record!(
            $also,
            "unnest(",
            $set,
            ") AS asked(key) CROSS JOIN LATERAL (SELECT * FROM people WHERE ",
            $asked,
            " LIMIT 1) AS people LEFT JOIN LATERAL (SELECT * FROM intentions WHERE person = \
                people.id LIMIT 1) \
             AS intentions ON true LEFT JOIN LATERAL (SELECT * FROM bookings \
             WHERE person = people.id AND round = $2 AND cancelled IS NULL LIMIT 1) AS bookings ON \
             true LEFT JOIN LATERAL (SELECT * FROM holds WHERE person = people.id AND round = $2 \
             LIMIT 1) AS holds ON true"
        )
    };
}
const BY_HASH_SQLITE: &str = sqlite!(
    ", people.id_hash, people.card_hash, people.identity_sealed, people.password_hash",
    "people.id_hash = unhex(asked.value)"
);
const BY_HASH_POSTGRES: &str = postgres!(
    ", people.id_hash, people.card_hash, people.identity_sealed, people.password_hash",
    "$1::bytea[]",
    "id_hash = asked.key"
);
const OF_ROW_SQLITE: &str =
    sqlite!(", people.identity_sealed, people.password_hash", "people.id = asked.value");
const OF_ROW_POSTGRES: &str =
    postgres!(", people.identity_sealed, people.password_hash", "$1::bigint[]", "id = asked.key");
const BY_ROW_SQLITE: &str = sqlite!("", "people.id = asked.value");
const BY_ROW_POSTGRES: &str = postgres!("", "$1::bigint[]", "id = asked.key");
const CANCELLED_SQLITE: &str = "SELECT person, idempotency_key FROM json_each($1) AS asked CROSS \
    JOIN bookings ON person = asked.value AND round = $2 AND cancelled IS NOT NULL";
const CANCELLED_POSTGRES: &str = "SELECT person, idempotency_key FROM bookings \
    WHERE person = ANY($1) AND round = $2 AND cancelled IS NOT NULL";

impl Store {
    /// The people to whom these credentials belong, each in its place; `None` where
    /// the numbers belong to nobody, or not together.
    pub async fn people(
        &self,
        credentials: &[Credentials],
        round: RoundNumber,
    ) -> Result<Vec<Option<IdentifiedPerson>>, StoreError> {
        let hashes: Vec<Vec<u8>> =
            credentials.iter().map(|credentials| self.seal.id_hash(&credentials.id)).collect();
        let number = i64::from(u8::from(round));
        let mut found: HashMap<Vec<u8>, (Vec<u8>, IdentifiedPerson)> =
            HashMap::with_capacity(credentials.len());
        let mut keep = |row: &dyn Columns| {
            found.insert(row.bytes("id_hash")?, (row.bytes("card_hash")?, self.person_found(row)?));
            Ok::<_, StoreError>(())
        };
        match &self.sets {
            Pool::Sqlite(db) => {
                let asked = rows(&hashes.iter().map(hexadecimal).collect::<Vec<_>>())?;
                let rows =
                    sqlx::query(BY_HASH_SQLITE).bind(asked).bind(number).fetch_all(db).await?;
                rows.iter().try_for_each(|row| keep(row))?;
            }
            Pool::Postgres(db) => {
                let rows =
                    sqlx::query(BY_HASH_POSTGRES).bind(&hashes).bind(number).fetch_all(db).await?;
                rows.iter().try_for_each(|row| keep(row))?;
            }
        }
        let belongs = |(credentials, hash): (&Credentials, &Vec<u8>)| {
            let (number, person_found) = found.get(hash)?;
            let theirs = |card: &CardNumber| *number == self.seal.card_hash(card);
            credentials.card.as_ref().is_none_or(theirs).then(|| person_found.clone())
        };
        Ok(credentials.iter().zip(&hashes).map(belongs).collect())
    }

    /// The row of the person to whom an identity number belongs.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn person_of_number(&self, of: &Credentials) -> Result<Option<PersonId>, StoreError> {
        const FIND: &str = "SELECT id FROM people WHERE id_hash = $1";
        on!(&self.readers, db => {
            let query = sqlx::query(FIND).bind(self.seal.id_hash(&of.id));
            query.fetch_optional(db).await?.map(|row| Ok(PersonId(row.int("id")?))).transpose()
        })
    }

    /// People by their rows, within the writer's transaction.
    pub(super) async fn records(
        &self,
        transaction: &mut Transaction,
        people: &[PersonId],
        round: RoundNumber,
    ) -> Result<HashMap<PersonId, PersonRecord>, StoreError> {
        let asked: Vec<i64> = people.iter().map(|person| person.0).collect();
        let number = i64::from(u8::from(round));
        let mut found = HashMap::with_capacity(people.len());
        let mut keep = |row: &dyn Columns| {
            let record = self.record(row)?;
            found.insert(record.person, record);
            Ok::<_, StoreError>(())
        };
        let mut cancelled = Vec::new();
        let mut keep_key = |row: &dyn Columns| {
            cancelled.push((PersonId(row.int("person")?), key(row)?));
            Ok::<_, StoreError>(())
        };
        match transaction {
            Transaction::Sqlite(db) => {
                let asked = rows(&asked)?;
                let query = sqlx::query(BY_ROW_SQLITE).bind(&asked).bind(number);
                query.fetch_all(&mut **db).await?.iter().try_for_each(|row| keep(row))?;
                let query = sqlx::query(CANCELLED_SQLITE).bind(&asked).bind(number);
                query.fetch_all(&mut **db).await?.iter().try_for_each(|row| keep_key(row))?;
            }
            Transaction::Postgres(db) => {
                let query = sqlx::query(BY_ROW_POSTGRES).bind(&asked).bind(number);
                query.fetch_all(&mut **db).await?.iter().try_for_each(|row| keep(row))?;
                let query = sqlx::query(CANCELLED_POSTGRES).bind(&asked).bind(number);
                query.fetch_all(&mut **db).await?.iter().try_for_each(|row| keep_key(row))?;
            }
        }
        for (person, key) in cancelled {
            found.entry(person).and_modify(|record| record.cancelled.push(key));
        }
        Ok(found)
    }

    /// A person whose session is open; `None` if they are gone from the roster.
    pub async fn person_of(
        &self,
        person: PersonId,
        round: RoundNumber,
    ) -> Result<Option<IdentifiedPerson>, StoreError> {
        let number = i64::from(u8::from(round));
        match &self.sets {
            Pool::Sqlite(db) => {
                let query = sqlx::query(OF_ROW_SQLITE).bind(rows(&[person.0])?).bind(number);
                query.fetch_optional(db).await?.map(|row| self.person_found(&row)).transpose()
            }
            Pool::Postgres(db) => {
                let query = sqlx::query(OF_ROW_POSTGRES).bind(vec![person.0]).bind(number);
                query.fetch_optional(db).await?.map(|row| self.person_found(&row)).transpose()
            }
        }
    }

    /// The slot of this person's booking with this number, and whether it is cancelled; `None` if
    /// it is not theirs.
    pub async fn own_booking(
        &self,
        person: PersonId,
        number: BookingNumber,
    ) -> Result<Option<(SlotId, bool)>, StoreError> {
        const OWN: &str = "SELECT slot, cancelled FROM bookings WHERE number = $1 AND person = $2";
        on!(&self.readers, db => {
            let query = sqlx::query(OWN).bind(as_integer(number)).bind(person.0);
            let Some(row) = query.fetch_optional(db).await? else { return Ok(None) };
            Ok(Some((SlotId(narrow(row.int("slot")?)?), row.maybe_int("cancelled")?.is_some())))
        })
    }

    /// Whether the database knows anybody: an import into a round that is on would be another
    /// thing.
    pub async fn is_empty(&self) -> Result<bool, StoreError> {
        const COUNT: &str =
            "SELECT (SELECT COUNT(*) FROM rounds) + (SELECT COUNT(*) FROM people) AS number";
        on!(&self.readers, db => Ok(sqlx::query(COUNT).fetch_one(db).await?.int("number")? == 0))
    }

    fn person_found(&self, row: &dyn Columns) -> Result<IdentifiedPerson, StoreError> {
        let record = self.record(row)?;
        let identity =
            self.seal.open(Column::Identity, record.person, row.bytes("identity_sealed")?)?;
        let (_, _, name): (IdNumber, CardNumber, Name) = serde_json::from_str(identity.expose())
            .map_err(|_| StoreError::Unreadable("an identity"))?;
        Ok(IdentifiedPerson { record, name, password_hash: row.maybe_text("password_hash")? })
    }

    pub(super) fn record(&self, row: &dyn Columns) -> Result<PersonRecord, StoreError> {
        let person = PersonId(row.int("person")?);
        let mobile = |sealed| {
            let opened = self.seal.open(Column::Mobile, person, sealed)?;
            MobileNumber::parse(opened.expose())
                .map_err(|_| StoreError::Unreadable("a mobile number"))
        };
        let mobile_sealed = row.maybe_bytes("registered_mobile")?;
        let intention = match row.maybe_int("registered")? {
            None => None,
            Some(registered) => Some(Intention {
                number: RegistrationNumber(booking_number(row.int("registration")?)?),
                registered: instant(registered)?,
                mobile: mobile(mobile_sealed.clone().unwrap_or_default())?,
                district: DistrictCode(narrow(row.int("district")?)?),
                brands: brands(&row.text("brands")?)?,
            }),
        };
        let live = match row.maybe_int("number")? {
            None => None,
            Some(number) => Some(BookingRecord {
                number: booking_number(number)?,
                person,
                slot: SlotId(narrow(row.int("slot")?)?),
                made: instant(row.int("made")?)?,
                moved: row.maybe_int("moved")?.map(instant).transpose()?,
                mobile: mobile(row.bytes("mobile_sealed")?)?,
                key: key(row)?,
                presence: presence(row)?,
            }),
        };
        let slot = |column| -> Result<Option<SlotId>, StoreError> {
            row.maybe_int(column)?.map(|slot| narrow(slot).map(SlotId)).transpose()
        };
        let hold = match row.maybe_int("hold_until")? {
            None => None,
            Some(until) => Some(Hold {
                slot: slot("hold_slot")?,
                until: instant(until)?,
                closed: slot("hold_origin")?,
            }),
        };
        Ok(PersonRecord {
            person,
            born: BirthDate(civil(
                self.seal.open(Column::Born, person, row.bytes("born_sealed")?)?.expose(),
            )?),
            category: row
                .maybe_int("category")?
                .map(|category| narrow(category).map(Category))
                .transpose()?,
            intention,
            mobile_sealed,
            live,
            cancelled: Vec::new(),
            hold,
        })
    }
}

/// A booking number is kept as the integer of its ten digits.
pub(super) fn booking_number(number: i64) -> Result<BookingNumber, StoreError> {
    let round = round_number(number / (i64::from(LAST_SEQUENCE) + 1))?;
    let sequence = narrow(number % (i64::from(LAST_SEQUENCE) + 1))?;
    BookingNumber::new(round, sequence).map_err(|_| StoreError::Unreadable("a booking number"))
}

/// The integer of a booking number's ten digits.
pub fn as_integer(number: BookingNumber) -> i64 {
    i64::from(u8::from(number.round())) * (i64::from(LAST_SEQUENCE) + 1)
        + i64::from(number.sequence())
}

fn presence(row: &dyn Columns) -> Result<Presence, StoreError> {
    Ok(if row.maybe_int("came")?.is_some() {
        Presence::Came
    } else if row.maybe_int("absent")?.is_some() {
        Presence::Absent
    } else {
        Presence::Expected
    })
}

fn key(row: &dyn Columns) -> Result<Key, StoreError> {
    let bytes = row.bytes("idempotency_key")?;
    bytes.try_into().map_err(|_| StoreError::Unreadable("an idempotency key"))
}
