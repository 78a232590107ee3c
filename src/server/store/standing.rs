//! How one person stands in the whole database: booking, registration, lines, messages. Read for
//! the debriefing of a training, which is judged by it.

use super::Store;
use super::database::{Columns, on};
use super::error::StoreError;
use super::outbox::Kind;
use super::people::booking_number;
use super::values::{civil, narrow};
use crate::domain::booking_number::BookingNumber;
use crate::domain::identity::IdNumber;
use crate::domain::region::DistrictCode;
use crate::domain::round::RoundNumber;
use crate::domain::site::SiteId;
use jiff::civil::DateTime;

/// How a person stands in one round.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct PersonStanding {
    pub booking: Option<BookingStanding>,
    pub registered: bool,
    /// They wait for a seat.
    pub in_line: bool,
    /// They want to be told of doses that are left.
    pub told_of_leftovers: bool,
    /// The messages that were written for them.
    pub messages: Vec<Kind>,
}

/// A live booking.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BookingStanding {
    pub number: BookingNumber,
    pub starts: DateTime,
    pub site: SiteId,
    pub district: DistrictCode,
    pub came: CameStanding,
}

/// How far the person of a booking has come at its site.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum CameStanding {
    NotYet,
    CheckedIn,
    Vaccinated {
        lot: String,
    },
    /// They left, or did not come.
    Not,
}

const STANDS: &str = "SELECT people.id AS person, bookings.number, slots.starts, slots.site, \
     sites.district, attendance.state, attendance.lot, \
     CAST(CASE WHEN EXISTS (SELECT 1 FROM intentions WHERE intentions.person = people.id) \
     THEN 1 ELSE 0 END AS BIGINT) AS registered, \
     CAST(CASE WHEN EXISTS (SELECT 1 FROM waiting WHERE waiting.person = people.id AND \
     waiting.round = $2) THEN 1 ELSE 0 END AS BIGINT) AS waits, \
     CAST(CASE WHEN EXISTS (SELECT 1 FROM leftover_line WHERE leftover_line.person = people.id \
     AND leftover_line.round = $2) THEN 1 ELSE 0 END AS BIGINT) AS leftovers \
     FROM people \
     LEFT JOIN bookings ON bookings.person = people.id AND bookings.round = $2 \
     AND bookings.cancelled IS NULL \
     LEFT JOIN slots ON slots.id = bookings.slot \
     LEFT JOIN sites ON sites.id = slots.site \
     LEFT JOIN attendance ON attendance.number = bookings.number \
     WHERE people.id_hash = $1";
const MESSAGES: &str =
    "SELECT kind FROM messages WHERE person = $1 AND round = $2 ORDER BY made, once";
const CAME: &str = "SELECT COUNT(*) AS people FROM attendance WHERE round = $1 AND \
     state IN ('checked-in', 'vaccinated')";

impl Store {
    /// How the person with this identity number stands in a round; `None` if nobody has it. What is
    /// to be told and was not taken apart yet is not among the messages.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn standing_of(
        &self,
        id: &IdNumber,
        round: RoundNumber,
    ) -> Result<Option<PersonStanding>, StoreError> {
        let (hash, number) = (self.seal.id_hash(id), i64::from(u8::from(round)));
        on!(&self.readers, db => {
            let query = sqlx::query(STANDS).bind(hash).bind(number);
            let Some(row) = query.fetch_optional(db).await? else { return Ok(None) };
            let mut standing = standing(&row)?;
            let query = sqlx::query(MESSAGES).bind(Columns::int(&row, "person")?).bind(number);
            for row in query.fetch_all(db).await? {
                let kind = Kind::from_code(&Columns::text(&row, "kind")?);
                standing.messages.push(kind.ok_or(StoreError::Unreadable("a message's kind"))?);
            }
            Ok(Some(standing))
        })
    }

    /// How many people have come to be vaccinated in a round.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn count_came(&self, round: RoundNumber) -> Result<u32, StoreError> {
        on!(&self.readers, db => {
            let query = sqlx::query(CAME).bind(i64::from(u8::from(round)));
            narrow(Columns::int(&query.fetch_one(db).await?, "people")?)
        })
    }
}

fn standing(row: &impl Columns) -> Result<PersonStanding, StoreError> {
    let booking = match row.maybe_int("number")? {
        None => None,
        Some(number) => Some(BookingStanding {
            number: booking_number(number)?,
            starts: civil(&row.text("starts")?)?,
            site: SiteId(narrow(row.int("site")?)?),
            district: DistrictCode(narrow(row.int("district")?)?),
            came: match (row.maybe_text("state")?.as_deref(), row.maybe_text("lot")?) {
                (None, _) => CameStanding::NotYet,
                (Some("checked-in"), _) => CameStanding::CheckedIn,
                (Some("vaccinated"), Some(lot)) => CameStanding::Vaccinated { lot },
                (Some(_), _) => CameStanding::Not,
            },
        }),
    };
    Ok(PersonStanding {
        booking,
        registered: row.int("registered")? != 0,
        in_line: row.int("waits")? != 0,
        told_of_leftovers: row.int("leftovers")? != 0,
        messages: Vec::new(),
    })
}
