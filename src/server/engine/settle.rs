//! What becomes of a set of asks: a plain function of what was read. Asks are settled in the order in which they came, each seeing
//! those before it. Nothing is written here.

use super::{BookAsk, EngineError};
use crate::api::bookings::MobileChoice;
use crate::domain::booking::{BookingNumber, decide};
use crate::domain::eligibility::Refusal;
use crate::domain::site::{Slot, SlotId};
use crate::server::board::Showing;
use crate::server::store::PersonId;
use crate::server::store::batch::NewBooking;
use crate::server::store::people::{BookingRecord, PersonRecord};
use crate::server::store::programme::Seats;
use jiff::Timestamp;
use std::collections::HashMap;

/// What was read for a set of asks.
#[derive(Debug)]
pub struct Known {
    pub people: HashMap<PersonId, PersonRecord>,
    pub seats: HashMap<SlotId, Seats>,
}

/// What is to be answered, when what is to be written has been written.
#[derive(Debug)]
pub struct Settled {
    /// One for each ask, in its place.
    pub answers: Vec<Result<BookingRecord, EngineError>>,
    pub bookings: Vec<NewBooking>,
}

/// Settles asks. `known` has the seats as they will be; `numbers` gives the booking numbers, at least one for each ask.
pub fn settle(
    showing: &Showing,
    asks: &[&BookAsk],
    known: &mut Known,
    mut numbers: impl Iterator<Item = BookingNumber>,
    now: Timestamp,
) -> Settled {
    let mut settled = Settled { answers: Vec::with_capacity(asks.len()), bookings: Vec::new() };
    for ask in asks {
        let answer = match grant(showing, ask, known, &mut numbers, now) {
            Ok(Granted::Before(record)) => Ok(record),
            Ok(Granted::New(new)) => {
                let record = record(&new);
                if let Some(person) = known.people.get_mut(&ask.person) {
                    person.live = Some(record.clone());
                }
                if let Some(seats) = known.seats.get_mut(&ask.slot) {
                    seats.taken += 1;
                }
                settled.bookings.push(new);
                Ok(record)
            }
            Err(error) => Err(error),
        };
        settled.answers.push(answer);
    }
    settled
}

enum Granted {
    /// Asked again: the booking that is there.
    Before(BookingRecord),
    New(NewBooking),
}

fn grant(
    showing: &Showing,
    ask: &BookAsk,
    known: &Known,
    numbers: &mut impl Iterator<Item = BookingNumber>,
    now: Timestamp,
) -> Result<Granted, EngineError> {
    // Gone from the roster since the session was opened: whoever is not on it is in no round.
    let person = known.people.get(&ask.person).ok_or(Refusal::NotInRound)?;
    if let Some(before) = person.live.as_ref().filter(|live| live.key == ask.key) {
        return if before.slot == ask.slot { Ok(Granted::Before(before.clone())) } else { Err(EngineError::KeyReused) };
    }
    let slot = showing.slot(ask.slot).and_then(|(slot, brand)| {
        let seats = known.seats.get(&ask.slot)?;
        Some((Slot { capacity: seats.capacity, taken: seats.taken, ..slot.clone() }, brand))
    });
    decide(&showing.round, &person.applicant(), slot.as_ref().map(|(slot, brand)| (slot, *brand)), now)?;
    let (mobile, mobile_sealed) = match (&ask.mobile, &person.intention) {
        (MobileChoice::Given(mobile), _) => (mobile, None),
        (MobileChoice::Registered, Some(intention)) => (&intention.mobile, person.mobile_sealed.clone()),
        (MobileChoice::Registered, None) => return Err(Refusal::NotRegistered.into()),
    };
    Ok(Granted::New(NewBooking {
        number: numbers.next().ok_or(EngineError::Unavailable)?,
        person: ask.person,
        slot: ask.slot,
        mobile: mobile.clone(),
        mobile_sealed,
        channel: ask.channel,
        key: ask.key,
        made: whole_second(now),
    }))
}

/// Bookings are made on a second: the database keeps no more, and the receipt of one asked for again must be the same.
fn whole_second(now: Timestamp) -> Timestamp {
    Timestamp::from_second(now.as_second()).unwrap_or(now)
}

fn record(new: &NewBooking) -> BookingRecord {
    BookingRecord {
        number: new.number,
        person: new.person,
        slot: new.slot,
        made: new.made,
        mobile: new.mobile.clone(),
        key: new.key,
    }
}
