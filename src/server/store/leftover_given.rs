//! A leftover dose for whoever came first of those who were told. They are given a booking of today
//! and are checked in with it; the slot has one seat more for them, as that of somebody who did not
//! come is theirs.

use super::Store;
use super::attendance::Stage;
use super::audit_trail::{Action, Actor, Entry};
use super::database::{Columns, in_time, on, within};
use super::decided::Series;
use super::error::StoreError;
use super::ids::{DeviceId, PersonId};
use super::people::{as_integer, booking_number};
use crate::domain::booking_number::BookingNumber;
use crate::domain::channel::Channel;
use crate::domain::personal::Personal;
use crate::domain::round::RoundNumber;
use crate::domain::site::SiteId;
use jiff::Timestamp;
use jiff::civil::Date;

/// At which desk somebody came, and when.
#[derive(Clone, Copy, Debug)]
pub struct CameTo {
    pub round: RoundNumber,
    pub site: SiteId,
    pub device: DeviceId,
    pub by: Actor,
    pub day: Date,
    pub now: Timestamp,
}

/// What became of whoever came.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Given {
    /// The dose is theirs, with this booking.
    Dose(PersonId, BookingNumber),
    /// Others came before them.
    NoneLeft,
    /// The code is nobody's, or of another site.
    UnknownCode,
    /// They were told, but their time is over, or they have left the line.
    CodeOver,
    /// They have a booking by now.
    AlreadyBooked,
    /// The slot in which they would get it was closed meanwhile.
    SlotClosed,
}

/// Somebody who was told, and may have a dose as far as is known.
struct Told {
    id: i64,
    person: i64,
    call: i64,
    slot: i64,
}

/// A code is told again to nobody in years; should it be, the last one counts.
const LOOK: &str = "SELECT told.id, told.person, told.call, told.until, told.number, said.slot, \
    said.day, (SELECT COUNT(*) FROM bookings WHERE bookings.round = said.round \
    AND bookings.person = told.person AND bookings.cancelled IS NULL) AS booked, \
    (SELECT COUNT(*) FROM leftover_line WHERE leftover_line.round = said.round \
    AND leftover_line.person = told.person) AS waits, \
    (SELECT COUNT(*) FROM seats WHERE seats.slot = said.slot AND closed IS NULL) AS open, \
    (SELECT COUNT(*) FROM leftover_doses AS other WHERE other.site = said.site \
    AND other.day = said.day AND other.doses > 0) AS doses \
    FROM leftover_told AS told JOIN leftover_doses AS said ON said.id = told.call \
    WHERE told.code = $1 AND said.site = $2 ORDER BY told.until DESC LIMIT 1";
const SEAT: &str = "UPDATE seats SET capacity = capacity + 1, taken = taken + 1 \
    WHERE slot = $1 AND closed IS NULL";
/// Of the call that they were told of; if that has none left, of another of the same day, of which
/// they were not told for that reason.
const DOSE: &str = "UPDATE leftover_doses SET doses = doses - 1 WHERE doses > 0 AND id = \
    (SELECT id FROM leftover_doses WHERE site = $1 AND day = $2 AND doses > 0 \
    ORDER BY CASE WHEN id = $3 THEN 0 ELSE 1 END, id LIMIT 1)";
const CAME: &str = "UPDATE leftover_told SET came = $2, number = $3 WHERE id = $1 AND came IS NULL";
const BOOK: &str = "INSERT INTO bookings (number, round, person, slot, mobile_sealed, channel, \
    idempotency_key, made, language, came) SELECT $1, round, person, $4, mobile_sealed, $5, $6, \
    CAST($7 AS BIGINT), language, CAST($7 AS BIGINT) FROM leftover_line \
    WHERE round = $2 AND person = $3 ON CONFLICT DO NOTHING";
const CHECK_IN: &str = "INSERT INTO attendance (number, round, site, state, at, device, earlier) \
    VALUES ($1, $2, $3, $4, $5, $6, '[]')";
const LEAVE: [&str; 2] = [
    "DELETE FROM leftover_line WHERE round = $1 AND person = $2",
    "DELETE FROM waiting WHERE round = $1 AND person = $2",
];

impl Store {
    /// Gives a dose to whoever came with this code, if there is one left. Sent again, the dose that
    /// they were given stays the same.
    ///
    /// # Errors
    /// If the database fails; then it is not known whether it was done.
    pub async fn give_leftover(&self, code: &Personal, to: CameTo) -> Result<Given, StoreError> {
        let told = match self.look_at_code(code, to).await? {
            Ok(told) => told,
            Err(given) => return Ok(given),
        };
        // Only now, so that guesses use up no numbers.
        let sequence = self.reserve(to.round, Series::Bookings, 1).await?;
        let number = BookingNumber::new(to.round, sequence)
            .map_err(|_| StoreError::Unreadable("a booking's number"))?;
        if self.writes.note(in_time(self.give_dose(&told, to, number)).await)? {
            return Ok(Given::Dose(PersonId(told.person), number));
        }
        // Somebody changed it since it was looked at.
        Ok(self.look_at_code(code, to).await?.map_or_else(|given| given, |_| Given::NoneLeft))
    }

    /// Who came with this code; or why there is no dose for them, or which they were given.
    async fn look_at_code(
        &self,
        code: &Personal,
        to: CameTo,
    ) -> Result<Result<Told, Given>, StoreError> {
        let hash = self.seal.offer_code_hash(code);
        on!(&self.readers, db => {
            let query = sqlx::query(LOOK).bind(hash).bind(i64::from(to.site.0));
            let row = query.fetch_optional(db).await?;
            row.map_or(Ok(Err(Given::UnknownCode)), |row| looked(&row, to))
        })
    }

    /// All of it or nothing: a transaction that is dropped leaves nothing. Whether it was done.
    async fn give_dose(
        &self,
        told: &Told,
        to: CameTo,
        number: BookingNumber,
    ) -> Result<bool, StoreError> {
        self.check_place()?;
        let (round, at) = (i64::from(u8::from(to.round)), to.now.as_second());
        let (site, booking) = (i64::from(to.site.0), as_integer(number));
        let mut key = [0; 16];
        key[8..].copy_from_slice(&told.id.to_be_bytes());
        let mut transaction = self.writer.begin().await?;
        within!(&mut transaction, db => {
            let seated = sqlx::query(SEAT).bind(told.slot).execute(&mut *db).await?;
            let query = sqlx::query(DOSE).bind(site).bind(to.day.to_string()).bind(told.call);
            let dose = query.execute(&mut *db).await?;
            let query = sqlx::query(CAME).bind(told.id).bind(at).bind(booking);
            let came = query.execute(&mut *db).await?;
            let query = sqlx::query(BOOK).bind(booking).bind(round).bind(told.person);
            let query = query.bind(told.slot).bind(Channel::VaccinationSite.code());
            let query = query.bind(key.as_slice()).bind(at);
            let booked = query.execute(&mut *db).await?;
            if [seated, dose, came, booked].iter().any(|done| done.rows_affected() != 1) {
                return Ok(false);
            }
            let query = sqlx::query(CHECK_IN).bind(booking).bind(round);
            let query = query.bind(site).bind(Stage::CheckedIn.code()).bind(at);
            query.bind(to.device.0).execute(&mut *db).await?;
            for leave in LEAVE {
                sqlx::query(leave).bind(round).bind(told.person).execute(&mut *db).await?;
            }
        });
        let entry = |action| Entry {
            number: Some(booking),
            person: Some(PersonId(told.person)),
            after: Some(format!("slot {}, a dose that was left", told.slot)),
            ..Entry::new(to.now, to.by, action)
        };
        let entries = [entry(Action::Book), entry(Action::CheckIn)];
        self.commit_with(transaction, &entries).await?;
        Ok(true)
    }
}

fn looked(row: &impl Columns, to: CameTo) -> Result<Result<Told, Given>, StoreError> {
    let person = row.int("person")?;
    let is_today = row.text("day")? == to.day.to_string();
    if let Some(number) = row.maybe_int("number")?.filter(|_| is_today) {
        return Ok(Err(Given::Dose(PersonId(person), booking_number(number)?)));
    }
    Ok(if !is_today || row.int("until")? <= to.now.as_second() {
        Err(Given::CodeOver)
    } else if row.int("booked")? > 0 {
        Err(Given::AlreadyBooked)
    } else if row.int("waits")? == 0 {
        Err(Given::CodeOver)
    } else if row.int("open")? == 0 {
        Err(Given::SlotClosed)
    } else if row.int("doses")? == 0 {
        Err(Given::NoneLeft)
    } else {
        Ok(Told { id: row.int("id")?, person, call: row.int("call")?, slot: row.int("slot")? })
    })
}
