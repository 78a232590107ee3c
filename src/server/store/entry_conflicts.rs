//! Entries of a vaccination site's desk that do not count because another desk had entered the same
//! person: kept for that other desk, until somebody there has read them.

use super::Store;
use super::database::{Columns, Transaction, on, within};
use super::error::StoreError;
use super::ids::{DeviceId, PersonId};
use super::people::{as_integer, booking_number};
use super::step::{EntryId, Stage, Step};
use super::values::{instant, rows};
use crate::domain::booking_number::BookingNumber;
use crate::server::hexadecimal::hexadecimal;
use jiff::Timestamp;

/// An entry that does not count, for the desk whose entry does.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct EntryConflict {
    pub id: EntryId,
    pub number: BookingNumber,
    /// Whose entry counts.
    pub desk: DeviceId,
    /// What was entered elsewhere, when and where.
    pub step: Step,
}

/// The same as the desk reads it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ConflictRecord {
    pub id: EntryId,
    pub number: BookingNumber,
    pub person: PersonId,
    pub step: Step,
    /// The name of the desk of this step.
    pub name: String,
}

// An entry that is sent again is known by its id, also if its conflict was read already.
const ADD: &str = "INSERT INTO attendance_conflicts (id, number, desk, device, state, at, lot) \
     SELECT unhex(value ->> 0), CAST(value ->> 1 AS BIGINT), CAST(value ->> 2 AS BIGINT), \
     CAST(value ->> 3 AS BIGINT), value ->> 4, CAST(value ->> 5 AS BIGINT), value ->> 6 \
     FROM {rows} ON CONFLICT (id) DO NOTHING";
const UNREAD: &str = "SELECT attendance_conflicts.id, attendance_conflicts.number, \
     bookings.person, state, at, lot, device, devices.name FROM attendance_conflicts \
     JOIN bookings ON bookings.number = attendance_conflicts.number \
     LEFT JOIN devices ON devices.id = attendance_conflicts.device \
     WHERE desk = $1 AND seen IS NULL ORDER BY at, attendance_conflicts.id";
const SEEN: &str = "UPDATE attendance_conflicts SET seen = $3 WHERE desk = $2 AND seen IS NULL \
     AND id IN (SELECT unhex(value ->> 0) FROM {rows})";

/// Adds them within the transaction of the entries that were sent with them.
pub(super) async fn add(
    transaction: &mut Transaction,
    conflicts: &[EntryConflict],
) -> Result<(), StoreError> {
    if conflicts.is_empty() {
        return Ok(());
    }
    let row = |EntryConflict { id, number, desk, step }: &EntryConflict| {
        let (number, device) = (as_integer(*number), step.desk.map(|device| device.0));
        let (state, lot) = (step.stage.code(), step.stage.lot().map(str::to_owned));
        (hexadecimal(id), number, desk.0, device, state, step.at.as_second(), lot)
    };
    let added = rows(&conflicts.iter().map(row).collect::<Vec<_>>())?;
    let statement = transaction.with_rows(ADD);
    within!(transaction, db => { sqlx::query(statement).bind(added).execute(db).await?; });
    Ok(())
}

impl Store {
    /// What other desks entered of people whom this desk had entered, and nobody here has read.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn unread_conflicts(
        &self,
        desk: DeviceId,
    ) -> Result<Vec<ConflictRecord>, StoreError> {
        on!(&self.readers, db => {
            let found = sqlx::query(UNREAD).bind(desk.0).fetch_all(db).await?;
            found.iter().map(conflict).collect()
        })
    }

    /// Somebody at the desk has read these. Those of other desks stay.
    ///
    /// # Errors
    /// If the database fails; then they are said again.
    pub async fn conflicts_are_read(
        &self,
        desk: DeviceId,
        ids: &[EntryId],
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let ids = rows(&ids.iter().map(|id| (hexadecimal(id),)).collect::<Vec<_>>())?;
        let mut transaction = self.writer.begin().await?;
        let statement = transaction.with_rows(SEEN);
        within!(&mut transaction, db => {
            let query = sqlx::query(statement).bind(ids).bind(desk.0).bind(now.as_second());
            query.execute(db).await?;
        });
        self.commit_with(transaction, &[]).await
    }
}

fn conflict(row: &impl Columns) -> Result<ConflictRecord, StoreError> {
    let unreadable = |_| StoreError::Unreadable("an entry's id");
    let step = Step {
        stage: Stage::stored(&row.text("state")?, row.maybe_text("lot")?)?,
        at: instant(row.int("at")?)?,
        desk: Some(DeviceId(row.int("device")?)),
    };
    Ok(ConflictRecord {
        id: row.bytes("id")?.try_into().map_err(unreadable)?,
        number: booking_number(row.int("number")?)?,
        person: PersonId(row.int("person")?),
        step,
        name: row.maybe_text("name")?.unwrap_or_default(),
    })
}
