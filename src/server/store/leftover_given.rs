//! A leftover dose for whoever came first of those who were told. They are given a booking of today
//! and are checked in with it; the slot has one seat more for them, as that of somebody who did not
//! come is theirs.

use super::Store;
use super::attendance::Stage;
use super::audit_trail::{Action, Actor, Entry};
use super::database::{Columns, in_time, on, within};
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
    /// The code is nobody's, of another site or day, or its time is over.
    UnknownCode,
    /// They have a booking by now.
    AlreadyBooked,
}

/// Somebody who was told.
struct Told {
    id: i64,
    person: i64,
    call: i64,
    slot: i64,
    /// The booking that they were given with this code.
    given: Option<i64>,
}

const TOLD: &str = "SELECT leftover_told.id, leftover_told.person, leftover_told.call, \
    leftover_doses.slot, leftover_told.number FROM leftover_told \
    JOIN leftover_doses ON leftover_doses.id = leftover_told.call \
    WHERE leftover_told.code = $1 AND leftover_doses.site = $2 AND leftover_doses.day = $3 \
    AND (leftover_told.until > $4 OR leftover_told.came IS NOT NULL)";
const SEAT: &str = "UPDATE seats SET capacity = capacity + 1, taken = taken + 1 \
    WHERE slot = $1 AND closed IS NULL";
const DOSE: &str = "UPDATE leftover_doses SET doses = doses - 1 WHERE id = $1 AND doses > 0";
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
    /// they were given stays the same. `number` is what the booking is to have.
    ///
    /// # Errors
    /// If the database fails; then it is not known whether it was done.
    pub async fn give_leftover(
        &self,
        code: &Personal,
        to: CameTo,
        number: BookingNumber,
    ) -> Result<Given, StoreError> {
        let hash = self.seal.offer_code_hash(code);
        let told: Option<Told> = on!(&self.readers, db => {
            let query = sqlx::query(TOLD).bind(hash).bind(i64::from(to.site.0));
            let row = query.bind(to.day.to_string()).bind(to.now.as_second());
            row.fetch_optional(db).await?.map(|row| told(&row)).transpose()?
        });
        let Some(told) = told else { return Ok(Given::UnknownCode) };
        if let Some(given) = told.given {
            return Ok(Given::Dose(PersonId(told.person), booking_number(given)?));
        }
        self.writes.note(in_time(self.give_dose(&told, to, number)).await)
    }

    /// All of it or nothing: a transaction that is dropped leaves nothing.
    async fn give_dose(
        &self,
        told: &Told,
        to: CameTo,
        number: BookingNumber,
    ) -> Result<Given, StoreError> {
        self.check_place()?;
        let (round, at) = (i64::from(u8::from(to.round)), to.now.as_second());
        let booking = as_integer(number);
        let mut key = [0; 16];
        key[8..].copy_from_slice(&told.id.to_be_bytes());
        let mut transaction = self.writer.begin().await?;
        let given = within!(&mut transaction, db => {
            let seated = sqlx::query(SEAT).bind(told.slot).execute(&mut *db).await?;
            let dose = sqlx::query(DOSE).bind(told.call).execute(&mut *db).await?;
            let query = sqlx::query(CAME).bind(told.id).bind(at).bind(booking);
            let came = query.execute(&mut *db).await?;
            if [seated.rows_affected(), dose.rows_affected(), came.rows_affected()] != [1; 3] {
                return Ok(Given::NoneLeft);
            }
            let query = sqlx::query(BOOK).bind(booking).bind(round).bind(told.person);
            let query = query.bind(told.slot).bind(Channel::VaccinationSite.code());
            let query = query.bind(key.as_slice()).bind(at);
            if query.execute(&mut *db).await?.rows_affected() != 1 {
                return Ok(Given::AlreadyBooked);
            }
            let query = sqlx::query(CHECK_IN).bind(booking).bind(round);
            let query = query.bind(i64::from(to.site.0)).bind(Stage::CheckedIn.code()).bind(at);
            query.bind(to.device.0).execute(&mut *db).await?;
            for leave in LEAVE {
                sqlx::query(leave).bind(round).bind(told.person).execute(&mut *db).await?;
            }
            Given::Dose(PersonId(told.person), number)
        });
        let entry = |action| Entry {
            number: Some(booking),
            person: Some(PersonId(told.person)),
            after: Some(format!("slot {}, a dose that was left", told.slot)),
            ..Entry::new(to.now, to.by, action)
        };
        let entries = [entry(Action::Book), entry(Action::CheckIn)];
        self.commit_with(transaction, &entries).await?;
        Ok(given)
    }
}

fn told(row: &impl Columns) -> Result<Told, StoreError> {
    Ok(Told {
        id: row.int("id")?,
        person: row.int("person")?,
        call: row.int("call")?,
        slot: row.int("slot")?,
        given: row.maybe_int("number")?,
    })
}
