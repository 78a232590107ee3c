//! Bookings as appointments at a site, with what became of them there: for the export. They come by
//! the set, in the order of their numbers, so that a million of them are never in memory at once.

use super::Store;
use super::attendance::Step;
use super::database::{Columns, on};
use super::error::StoreError;
use super::ids::PersonId;
use super::people::{as_integer, booking_number};
use super::programme::brand;
use super::seal::Column;
use super::site_days::attended;
use super::values::{civil, narrow};
use crate::domain::booking_number::BookingNumber;
use crate::domain::card::CardNumber;
use crate::domain::identity::IdNumber;
use crate::domain::person::Name;
use crate::domain::round::Brand;
use crate::domain::site::SiteId;
use jiff::civil::{Date, DateTime};

/// Which appointments are wanted.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct AppointmentFilter {
    /// `None` for all sites.
    pub site: Option<SiteId>,
    /// The day of the slot; `None` for all days.
    pub date: Option<Date>,
    /// Whether the person's number and name are read too.
    pub is_identified: bool,
}

/// A booking, live or cancelled, with its slot.
#[derive(Clone, Debug)]
pub struct AppointmentRow {
    pub number: BookingNumber,
    /// Nobody's if it was erased: then the negative of the booking's number.
    pub person: PersonId,
    /// `None` if it was not asked for, or the person was erased.
    pub identity: Option<(IdNumber, Name)>,
    pub site: SiteId,
    /// Taiwan's civil time.
    pub starts: DateTime,
    pub ends: DateTime,
    pub brand: Brand,
    pub is_cancelled: bool,
    /// How far the person has come, and the name of the desk; `None` if nothing was entered.
    pub step: Option<(Step, String)>,
}

/// Rows in one set.
const AT_ONCE: i64 = 5_000;

impl Store {
    /// The first appointments whose numbers come after `after`, in the order of their numbers. None
    /// if there are no more.
    ///
    /// # Errors
    /// If the database fails, or an identity cannot be read.
    pub async fn appointments(
        &self,
        filter: &AppointmentFilter,
        after: Option<BookingNumber>,
    ) -> Result<Vec<AppointmentRow>, StoreError> {
        // The times of slots are text in the order of time.
        const ROWS: &str = "SELECT bookings.number, bookings.person, bookings.cancelled, \
            slots.site, slots.starts, slots.ends, sites.brand, people.identity_sealed, \
            attendance.state, attendance.at, attendance.lot, attendance.device, devices.name \
            FROM bookings JOIN slots ON slots.id = bookings.slot \
            JOIN sites ON sites.id = slots.site \
            LEFT JOIN people ON people.id = bookings.person AND $5 = 1 \
            LEFT JOIN attendance ON attendance.number = bookings.number \
            LEFT JOIN devices ON devices.id = attendance.device \
            WHERE bookings.number > $1 AND (slots.site = $2 OR $2 IS NULL) \
            AND slots.starts >= $3 AND slots.starts <= $4 ORDER BY bookings.number LIMIT $6";
        let after = after.map_or(0, as_integer);
        let site = filter.site.map(|site| i64::from(site.0));
        let (first, last) = match filter.date {
            Some(date) => (date, date),
            None => (Date::ZERO, Date::MAX),
        };
        let (first, last) = (first.at(0, 0, 0, 0), last.at(23, 59, 59, 0));
        on!(&self.readers, db => {
            let query = sqlx::query(ROWS).bind(after).bind(site);
            let query = query.bind(first.to_string()).bind(last.to_string());
            let query = query.bind(i64::from(filter.is_identified)).bind(AT_ONCE);
            query.fetch_all(db).await?.iter().map(|row| self.appointment(row)).collect()
        })
    }

    fn appointment(&self, row: &impl Columns) -> Result<AppointmentRow, StoreError> {
        let person = PersonId(row.int("person")?);
        let sealed = row.maybe_bytes("identity_sealed")?;
        let is_attended = row.maybe_text("state")?.is_some();
        Ok(AppointmentRow {
            number: booking_number(row.int("number")?)?,
            person,
            identity: sealed.map(|sealed| self.identity(person, sealed)).transpose()?,
            site: SiteId(narrow(row.int("site")?)?),
            starts: civil(&row.text("starts")?)?,
            ends: civil(&row.text("ends")?)?,
            brand: brand(&row.text("brand")?)?,
            is_cancelled: row.maybe_int("cancelled")?.is_some(),
            step: is_attended.then(|| attended(row)).transpose()?.map(|(_, step)| step),
        })
    }

    fn identity(&self, person: PersonId, sealed: Vec<u8>) -> Result<(IdNumber, Name), StoreError> {
        let identity = self.seal.open(Column::Identity, person, sealed)?;
        let (id, _, name): (IdNumber, CardNumber, Name) =
            serde_json::from_str(identity.expose())
                .map_err(|_| StoreError::Unreadable("an identity"))?;
        Ok((id, name))
    }
}
