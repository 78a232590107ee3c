//! What people are to be told: written with what it tells, taken apart into messages later. What a
//! message says and how it is sent is in `notify`.

use super::database::{Transaction, within};
use super::decided::Decided;
use super::error::StoreError;
use super::ids::PersonId;
use super::values::rows;
use crate::domain::booking_number::BookingNumber;
use crate::domain::language::Language;
use crate::domain::site::SlotId;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::HashSet;

/// What became of a booking.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    Booked,
    Moved,
    Cancelled,
    /// The day before.
    Reminder,
    /// The round was settled, and the person may book.
    Settled,
    /// The slot was closed.
    Displaced,
    /// The person did not come.
    Absent,
    /// A seat that came free is held for the person, who waits for one.
    Offered,
    /// Doses are left at a site, and the person has asked to be told.
    Leftover,
}

impl Kind {
    pub const ALL: [Kind; 9] = [
        Kind::Booked,
        Kind::Moved,
        Kind::Cancelled,
        Kind::Reminder,
        Kind::Settled,
        Kind::Displaced,
        Kind::Absent,
        Kind::Offered,
        Kind::Leftover,
    ];

    pub fn code(self) -> &'static str {
        match self {
            Kind::Booked => "booked",
            Kind::Moved => "moved",
            Kind::Cancelled => "cancelled",
            Kind::Reminder => "reminder",
            Kind::Settled => "settled",
            Kind::Displaced => "displaced",
            Kind::Absent => "absent",
            Kind::Offered => "offered",
            Kind::Leftover => "leftover",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// One thing to tell of a booking, as it was when it happened.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Telling {
    pub kind: Kind,
    pub number: BookingNumber,
    pub slot: SlotId,
    pub language: Language,
    /// When it happened: a booking may be moved more than once.
    pub at: i64,
    /// The seat that is set aside for a person whose slot was closed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub held: Option<SlotId>,
    /// Until when they choose before others.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<i64>,
    /// When it is told at the earliest; at once if that is not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub not_before: Option<i64>,
}

/// A row of the outbox: all of a set. It is written with what the trail is told of it.
pub(super) struct Told {
    pub id: i64,
    pub made: i64,
    pub text: String,
}

impl Told {
    /// `None` if nobody is to be told anything. `id` must never be the same twice.
    pub fn of(id: i64, tellings: &[Telling]) -> Result<Option<Self>, StoreError> {
        let Some(first) = tellings.first() else { return Ok(None) };
        Ok(Some(Self { id, made: first.at, text: rows(&tellings)? }))
    }
}

/// Within the writer's transaction: all of a set in one row. `id` must never be the same twice.
pub(super) async fn put(
    transaction: &mut Transaction,
    id: i64,
    now: Timestamp,
    tellings: &[Telling],
) -> Result<(), StoreError> {
    let told = Told { id, made: now.as_second(), text: rows(&tellings)? };
    put_row(transaction, told).await
}

pub(super) async fn put_row(transaction: &mut Transaction, told: Told) -> Result<(), StoreError> {
    const PUT: &str = "INSERT INTO outbox (id, made, told) VALUES ($1, $2, $3)";
    within!(transaction, db => {
        sqlx::query(PUT).bind(told.id).bind(told.made).bind(told.text).execute(db).await?;
    });
    Ok(())
}

/// What people are to be told of a set of decisions, without those that were lost.
pub(super) fn tellings(decided: &Decided, lost: &HashSet<PersonId>) -> Vec<Telling> {
    let telling = |kind, number, slot, language, at: Timestamp| Telling {
        kind,
        number,
        slot,
        language,
        at: at.as_second(),
        held: None,
        until: None,
        not_before: None,
    };
    let happened = |person: PersonId| !lost.contains(&person);
    let booked = decided.bookings.iter().filter(|new| happened(new.person));
    let booked =
        booked.map(|new| telling(Kind::Booked, new.number, new.slot, new.language, new.made));
    let moved = decided.moves.iter().filter(|one| happened(one.person));
    let moved = moved.map(|one| telling(Kind::Moved, one.number, one.to, one.language, one.at));
    let cancelled = decided.cancellations.iter().filter(|one| happened(one.person));
    let cancelled =
        cancelled.map(|one| telling(Kind::Cancelled, one.number, one.slot, one.language, one.at));
    booked.chain(moved).chain(cancelled).collect()
}
