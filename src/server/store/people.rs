//! People as the rules must know them, read by the set: by their credentials when they
//! log in, by their row in the writer.

use super::Store;
use super::database::{Columns, Pool, Transaction, on};
use super::error::StoreError;
use super::ids::PersonId;
use super::people_sql::{
    BY_HASH_POSTGRES, BY_HASH_SQLITE, BY_ROW_POSTGRES, BY_ROW_SQLITE, OF_ROW_POSTGRES,
    OF_ROW_SQLITE,
};
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
            // A seat that is offered to somebody who waits gives no right beyond the window.
            chooses_until: self.hold.filter(|hold| hold.closed.is_some()).map(|hold| hold.until),
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
            let cancelled = keys(&row.maybe_bytes("cancelled_keys")?.unwrap_or_default())?;
            let record = PersonRecord { cancelled, ..self.record(row)? };
            found.insert(record.person, record);
            Ok::<_, StoreError>(())
        };
        match transaction {
            Transaction::Sqlite(db) => {
                let query = sqlx::query(BY_ROW_SQLITE).bind(rows(&asked)?).bind(number);
                query.fetch_all(&mut **db).await?.iter().try_for_each(|row| keep(row))?;
            }
            Transaction::Postgres(db) => {
                let query = sqlx::query(BY_ROW_POSTGRES).bind(&asked).bind(number);
                query.fetch_all(&mut **db).await?.iter().try_for_each(|row| keep(row))?;
            }
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

const NO_KEY: StoreError = StoreError::Unreadable("an idempotency key");

fn key(row: &dyn Columns) -> Result<Key, StoreError> {
    row.bytes("idempotency_key")?.try_into().map_err(|_| NO_KEY)
}

/// Keys one after another.
fn keys(bytes: &[u8]) -> Result<Vec<Key>, StoreError> {
    let (keys, rest) = bytes.as_chunks();
    if rest.is_empty() { Ok(keys.to_vec()) } else { Err(NO_KEY) }
}
