//! Queries that are the same inside and outside a transaction, and the reading of rows into domain types. Private to the store.

use super::{BookingRecord, PersonId, PersonRecord, StoreError};
use crate::domain::booking::BookingNumber;
use crate::domain::intention::Intention;
use crate::domain::person::{BirthDate, Category};
use crate::domain::phone::MobileNumber;
use crate::domain::region::DistrictCode;
use crate::domain::round::{Brand, Round, RoundNumber, RoundRule};
use crate::domain::site::{Site, SiteId, Slot, SlotId};
use jiff::Timestamp;
use sqlx::Row;
use sqlx::sqlite::{SqliteConnection, SqliteRow};

pub(super) fn small<T: TryFrom<i64>>(value: i64) -> Result<T, StoreError> {
    T::try_from(value).map_err(|_| StoreError::Unreadable("a number out of its range"))
}

fn instant(seconds: i64) -> Result<Timestamp, StoreError> {
    Timestamp::from_second(seconds).map_err(|_| StoreError::Unreadable("an instant"))
}

fn civil<T: std::str::FromStr>(text: &str) -> Result<T, StoreError> {
    text.parse().map_err(|_| StoreError::Unreadable("a date or time"))
}

/// Brands are stored as their codes with commas between: `AZ,MO`.
fn brands(text: &str) -> Result<Vec<Brand>, StoreError> {
    text.split(',').map(|code| Brand::from_code(code).ok_or(StoreError::Unreadable("a brand"))).collect()
}

fn brand(row: &SqliteRow) -> Result<Brand, StoreError> {
    Brand::from_code(row.get("brand")).ok_or(StoreError::Unreadable("a brand"))
}

fn round_number(number: i64) -> Result<RoundNumber, StoreError> {
    RoundNumber::try_from(small::<u8>(number)?).map_err(|_| StoreError::Unreadable("a round's number"))
}

fn mobile(text: &str) -> Result<MobileNumber, StoreError> {
    MobileNumber::parse(text).map_err(|_| StoreError::Unreadable("a mobile number"))
}

pub(super) async fn current_round(db: &mut SqliteConnection) -> Result<Round, StoreError> {
    let row = sqlx::query(
        "SELECT number, brands, categories, born_until, registration_until, opens, closes FROM rounds \
         ORDER BY number DESC LIMIT 1",
    )
    .fetch_optional(db)
    .await?
    .ok_or(StoreError::NoRound)?;
    let categories: String = row.get("categories");
    let categories = categories.split(',').filter(|text| !text.is_empty());
    let born_until: Option<String> = row.get("born_until");
    Ok(Round {
        number: round_number(row.get("number"))?,
        brands: brands(row.get("brands"))?,
        rule: RoundRule {
            categories: categories.map(|text| civil(text).map(Category)).collect::<Result<_, _>>()?,
            born_until: born_until.as_deref().map(civil).transpose()?,
        },
        registration_until: instant(row.get("registration_until"))?,
        opens: instant(row.get("opens"))?,
        closes: instant(row.get("closes"))?,
    })
}

pub(super) async fn record(
    db: &mut SqliteConnection,
    person: PersonId,
    round: RoundNumber,
) -> Result<PersonRecord, StoreError> {
    let row = sqlx::query("SELECT born, category FROM people WHERE id = $1").bind(person.0).fetch_one(&mut *db).await?;
    let category: Option<i64> = row.get("category");
    let number = i64::from(u8::from(round));
    let intention =
        sqlx::query("SELECT registered, mobile, district, brands FROM intentions WHERE person = $1 AND round = $2")
            .bind(person.0)
            .bind(number)
            .fetch_optional(&mut *db)
            .await?;
    let intention = intention.map(|row| {
        Ok::<_, StoreError>(Intention {
            round,
            registered: instant(row.get("registered"))?,
            mobile: mobile(row.get("mobile"))?,
            district: DistrictCode(small(row.get("district"))?),
            brands: brands(row.get("brands"))?,
        })
    });
    let live = sqlx::query(sqlx::AssertSqlSafe(format!(
        "{BOOKING} WHERE bookings.person = $1 AND bookings.round = $2 AND bookings.cancelled IS NULL"
    )))
    .bind(person.0)
    .bind(number)
    .fetch_optional(&mut *db)
    .await?;
    Ok(PersonRecord {
        born: BirthDate(civil(row.get("born"))?),
        category: category.map(|category| small(category).map(Category)).transpose()?,
        intention: intention.transpose()?,
        live: live.as_ref().map(booking).transpose()?,
    })
}

/// A booking with its slot and site; a WHERE of the caller's follows.
const BOOKING: &str = "SELECT bookings.round, bookings.sequence, bookings.person, bookings.slot, bookings.made, \
     bookings.mobile, slots.starts, slots.ends, sites.id, sites.district, sites.name_zh, sites.name_en, \
     sites.address_zh, sites.address_en, sites.brand \
     FROM bookings JOIN slots ON slots.id = bookings.slot JOIN sites ON sites.id = slots.site";

pub(super) async fn booking_by_key(db: &mut SqliteConnection, key: &str) -> Result<Option<BookingRecord>, StoreError> {
    let row = sqlx::query(sqlx::AssertSqlSafe(format!("{BOOKING} WHERE bookings.idempotency_key = $1")))
        .bind(key)
        .fetch_optional(db)
        .await?;
    row.as_ref().map(booking).transpose()
}

fn booking(row: &SqliteRow) -> Result<BookingRecord, StoreError> {
    let number = BookingNumber::new(round_number(row.get("round"))?, small(row.get("sequence"))?);
    Ok(BookingRecord {
        number: number.map_err(|_| StoreError::Unreadable("a booking number"))?,
        person: PersonId(row.get("person")),
        slot: small(row.get("slot"))?,
        made: instant(row.get("made"))?,
        site: site(row)?,
        starts: civil(row.get("starts"))?,
        ends: civil(row.get("ends"))?,
        mobile: mobile(row.get("mobile"))?,
    })
}

fn site(row: &SqliteRow) -> Result<Site, StoreError> {
    Ok(Site {
        id: SiteId(small(row.get("id"))?),
        district: DistrictCode(small(row.get("district"))?),
        name_zh: row.get("name_zh"),
        name_en: row.get("name_en"),
        address_zh: row.get("address_zh"),
        address_en: row.get("address_en"),
        brand: brand(row)?,
    })
}

pub(super) async fn sites(
    db: &mut SqliteConnection,
    round: RoundNumber,
    district: DistrictCode,
) -> Result<Vec<(Site, u32)>, StoreError> {
    let rows = sqlx::query(
        "SELECT sites.*, COALESCE((SELECT SUM(capacity - taken) FROM slots WHERE slots.site = sites.id), 0) AS free \
         FROM sites WHERE round = $1 AND district = $2 ORDER BY id",
    )
    .bind(i64::from(u8::from(round)))
    .bind(i64::from(district.0))
    .fetch_all(db)
    .await?;
    rows.iter().map(|row| Ok((site(row)?, small(row.get("free"))?))).collect()
}

fn slot_of(row: &SqliteRow) -> Result<Slot, StoreError> {
    Ok(Slot {
        id: SlotId(small(row.get("id"))?),
        site: SiteId(small(row.get("site"))?),
        starts: civil(row.get("starts"))?,
        ends: civil(row.get("ends"))?,
        capacity: small(row.get("capacity"))?,
        taken: small(row.get("taken"))?,
    })
}

pub(super) async fn slots(db: &mut SqliteConnection, site: SiteId) -> Result<Vec<Slot>, StoreError> {
    let rows = sqlx::query("SELECT * FROM slots WHERE site = $1 ORDER BY starts").bind(i64::from(site.0));
    rows.fetch_all(db).await?.iter().map(slot_of).collect()
}

pub(super) async fn slot(
    db: &mut SqliteConnection,
    round: RoundNumber,
    id: SlotId,
) -> Result<Option<(Slot, Brand)>, StoreError> {
    let row = sqlx::query(
        "SELECT slots.*, sites.brand FROM slots JOIN sites ON sites.id = slots.site WHERE slots.id = $1 AND sites.round = $2",
    )
    .bind(i64::from(id.0))
    .bind(i64::from(u8::from(round)))
    .fetch_optional(db)
    .await?;
    row.as_ref().map(|row| Ok((slot_of(row)?, brand(row)?))).transpose()
}
