//! The day at vaccination sites, read: whose bookings are or were on it, who they are, and how far
//! each has come.

use super::Store;
use super::attendance::{Stage, Step};
use super::database::{Columns, Pool, on};
use super::error::StoreError;
use super::ids::{DeviceId, PersonId};
use super::people::booking_number;
use super::programme::round_number;
use super::seal::Column;
use super::values::{civil, instant, narrow, rows};
use crate::domain::booking_number::BookingNumber;
use crate::domain::card::CardNumber;
use crate::domain::identity::IdNumber;
use crate::domain::person::Name;
use crate::domain::round::RoundNumber;
use crate::domain::site::{Site, SiteId};
use jiff::civil::{Date, DateTime};
use std::collections::{HashMap, HashSet};

/// What became of a booking that was on a day.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum OnTheDay {
    Booked,
    Cancelled,
    /// It is elsewhere, or on another day.
    Moved,
}

/// A booking that is or was on a day at a site.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DayBooking {
    pub site: SiteId,
    pub number: BookingNumber,
    pub person: PersonId,
    /// Of the slot on that day.
    pub starts: DateTime,
    pub ends: DateTime,
    pub became: OnTheDay,
}

/// A hour of a site in figures.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct HourFigures {
    pub site: SiteId,
    pub name_zh: String,
    pub name_en: String,
    pub starts: DateTime,
    pub booked: u32,
    /// Came: checked in, vaccinated or left.
    pub came: u32,
    pub vaccinated: u32,
    pub absent: u32,
}

// There is no index of bookings by slot, as it would cost each booking something: the bookings are
// read once for all sites.
const DAY: &str = "SELECT slots.site, bookings.number, bookings.person, slots.starts, slots.ends, \
    bookings.cancelled, CAST(0 AS BIGINT) AS moved \
    FROM slots JOIN bookings ON bookings.slot = slots.id \
    WHERE slots.starts >= $1 AND slots.starts < $2 \
    UNION ALL SELECT slots.site, bookings.number, bookings.person, slots.starts, slots.ends, \
    bookings.cancelled, CAST(1 AS BIGINT) AS moved \
    FROM slots JOIN earlier_slots ON earlier_slots.slot = slots.id \
    JOIN bookings ON bookings.number = earlier_slots.number \
    JOIN slots AS later ON later.id = bookings.slot \
    WHERE slots.starts >= $1 AND slots.starts < $2 \
    AND NOT (later.site = slots.site AND later.starts >= $1 AND later.starts < $2) \
    ORDER BY site, starts, number";

impl Store {
    /// All bookings that are or were on this day, of all sites: by site, slot and number.
    pub async fn bookings_of_day(&self, day: Date) -> Result<Vec<DayBooking>, StoreError> {
        let next = day.tomorrow().map_err(|_| StoreError::Unreadable("a day"))?;
        let mut found: Vec<DayBooking> = on!(&self.readers, db => {
            let query = sqlx::query(DAY).bind(day.to_string()).bind(next.to_string());
            let found = query.map(|row| day_booking(&row)).fetch_all(db).await?;
            found.into_iter().collect::<Result<_, _>>()?
        });
        // Who moved twice on the day before they left it is in it once.
        let mut seen = HashSet::with_capacity(found.len());
        found.retain(|booking| seen.insert((booking.site, booking.number)));
        Ok(found)
    }

    /// A site, and the round that it belongs to.
    pub async fn site(&self, id: SiteId) -> Result<Option<(Site, RoundNumber)>, StoreError> {
        const SITE: &str = "SELECT id, district, name_zh, name_en, address_zh, address_en, brand, \
            round FROM sites WHERE id = $1";
        on!(&self.readers, db => {
            let row = sqlx::query(SITE).bind(i64::from(id.0)).fetch_optional(db).await?;
            row.map(|row| {
                Ok((super::programme::site(&row)?, round_number(row.int("round")?)?))
            }).transpose()
        })
    }

    /// The sites for which an institution has desks, in their order.
    pub async fn sites_of_institution(&self, code: &str) -> Result<Vec<Site>, StoreError> {
        const SITES: &str = "SELECT id, district, name_zh, name_en, address_zh, address_en, brand \
            FROM sites WHERE id IN (SELECT site FROM devices WHERE institution = $1 \
            AND site IS NOT NULL AND revoked IS NULL) ORDER BY id";
        on!(&self.readers, db => {
            let found = sqlx::query(SITES).bind(code).fetch_all(db).await?;
            found.iter().map(super::programme::site).collect()
        })
    }

    /// Identity number and name of these people. Whoever was erased is not among them.
    pub async fn identities(
        &self,
        people: &[PersonId],
    ) -> Result<HashMap<PersonId, (IdNumber, Name)>, StoreError> {
        const SQLITE: &str = "SELECT people.id, identity_sealed FROM json_each($1) AS asked \
            CROSS JOIN people ON people.id = asked.value";
        const POSTGRES: &str = "SELECT id, identity_sealed FROM people WHERE id = ANY($1)";
        let asked: Vec<i64> = people.iter().map(|person| person.0).collect();
        let sealed: Vec<(i64, Vec<u8>)> = match &self.readers {
            Pool::Sqlite(db) => {
                let found = sqlx::query(SQLITE).bind(rows(&asked)?).fetch_all(db).await?;
                found.iter().map(sealed_identity).collect::<Result<_, _>>()?
            }
            Pool::Postgres(db) => {
                let found = sqlx::query(POSTGRES).bind(&asked).fetch_all(db).await?;
                found.iter().map(sealed_identity).collect::<Result<_, _>>()?
            }
        };
        let mut identities = HashMap::with_capacity(sealed.len());
        for (id, sealed) in sealed.into_iter().filter(|(_, sealed)| !sealed.is_empty()) {
            let person = PersonId(id);
            let opened = self.seal.open(Column::Identity, person, sealed)?;
            let (id, _, name): (IdNumber, CardNumber, Name) = serde_json::from_str(opened.expose())
                .map_err(|_| StoreError::Unreadable("an identity"))?;
            identities.insert(person, (id, name));
        }
        Ok(identities)
    }

    /// How far people have come at a site, with the name of the desk.
    pub async fn attendance_at(
        &self,
        site: SiteId,
    ) -> Result<HashMap<BookingNumber, (Step, String)>, StoreError> {
        const AT: &str = "SELECT attendance.number, state, at, lot, device, name FROM attendance \
            LEFT JOIN devices ON devices.id = attendance.device WHERE attendance.site = $1";
        on!(&self.readers, db => {
            let query = sqlx::query(AT).bind(i64::from(site.0));
            query.fetch_all(db).await?.iter().map(attended).collect()
        })
    }

    /// A round in figures by site and hour.
    pub async fn hour_figures(&self, round: RoundNumber) -> Result<Vec<HourFigures>, StoreError> {
        const FIGURES: &str = "SELECT slots.site, sites.name_zh, sites.name_en, slots.starts, \
            COUNT(bookings.number) AS booked, COUNT(bookings.came) AS came, \
            COUNT(bookings.absent) AS absent, \
            COUNT(CASE WHEN attendance.state = 'vaccinated' THEN 1 END) AS vaccinated \
            FROM bookings JOIN slots ON slots.id = bookings.slot \
            JOIN sites ON sites.id = slots.site \
            LEFT JOIN attendance ON attendance.number = bookings.number \
            WHERE bookings.round = $1 AND bookings.cancelled IS NULL \
            GROUP BY slots.site, sites.name_zh, sites.name_en, slots.starts \
            ORDER BY slots.site, slots.starts";
        on!(&self.readers, db => {
            let query = sqlx::query(FIGURES).bind(i64::from(u8::from(round)));
            query.fetch_all(db).await?.iter().map(hour_figures).collect()
        })
    }
}

fn day_booking(row: &impl Columns) -> Result<DayBooking, StoreError> {
    let cancelled = row.maybe_int("cancelled")?.is_some();
    Ok(DayBooking {
        site: SiteId(narrow(row.int("site")?)?),
        number: booking_number(row.int("number")?)?,
        person: PersonId(row.int("person")?),
        starts: civil(&row.text("starts")?)?,
        ends: civil(&row.text("ends")?)?,
        became: match (cancelled, row.int("moved")?) {
            (true, _) => OnTheDay::Cancelled,
            (false, 0) => OnTheDay::Booked,
            (false, _) => OnTheDay::Moved,
        },
    })
}

fn sealed_identity(row: &impl Columns) -> Result<(i64, Vec<u8>), StoreError> {
    Ok((row.int("id")?, row.bytes("identity_sealed")?))
}

pub(super) fn attended(row: &impl Columns) -> Result<(BookingNumber, (Step, String)), StoreError> {
    let step = Step {
        stage: Stage::stored(&row.text("state")?, row.maybe_text("lot")?)?,
        at: instant(row.int("at")?)?,
        desk: row.maybe_int("device")?.map(DeviceId),
    };
    let desk = row.maybe_text("name")?.unwrap_or_default();
    Ok((booking_number(row.int("number")?)?, (step, desk)))
}

fn hour_figures(row: &impl Columns) -> Result<HourFigures, StoreError> {
    Ok(HourFigures {
        site: SiteId(narrow(row.int("site")?)?),
        name_zh: row.text("name_zh")?,
        name_en: row.text("name_en")?,
        starts: civil(&row.text("starts")?)?,
        booked: narrow(row.int("booked")?)?,
        came: narrow(row.int("came")?)?,
        vaccinated: narrow(row.int("vaccinated")?)?,
        absent: narrow(row.int("absent")?)?,
    })
}
