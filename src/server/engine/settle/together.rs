//! Several people who book together: each is settled as if alone, after those before them, and one
//! refusal takes back what was decided of all.

use super::Settling;
use crate::api::bookings::MobileChoice;
use crate::domain::booking_number::BookingNumber;
use crate::domain::refusal::Refusal;
use crate::domain::together::{PEOPLE_AT_MOST, are_together};
use crate::server::engine::{BookCommand, EngineError};
use crate::server::store::ids::PersonId;
use crate::server::store::people::{BookingRecord, PersonRecord};
use crate::server::store::programme::Seats;
use std::collections::HashSet;

/// What is known of several people and their slots, before anything is decided of them.
struct Before {
    people: Vec<(PersonId, PersonRecord)>,
    seats: Vec<Seats>,
    bookings: usize,
    ended_holds: usize,
    freed: usize,
}

impl Settling<'_> {
    pub(super) fn together(
        &mut self,
        people: &[BookCommand],
        numbers: &mut impl Iterator<Item = BookingNumber>,
    ) -> Result<Vec<BookingRecord>, EngineError> {
        let once: HashSet<PersonId> = people.iter().map(|one| one.person).collect();
        if people.is_empty() || people.len() > PEOPLE_AT_MOST || once.len() < people.len() {
            return Err(EngineError::Senseless);
        }
        let sent_before = people.iter().filter(|one| self.was_sent(one)).count();
        if sent_before != 0 && sent_before != people.len() {
            return Err(EngineError::KeyReused);
        }
        let slots: Vec<_> = people.iter().filter_map(|one| self.snapshot.slot(one.slot)).collect();
        let slots: Vec<_> = slots.into_iter().map(|(slot, _)| slot).collect();
        if sent_before == 0 && !are_together(&slots) {
            return Err(EngineError::Senseless);
        }
        let before = self.before(people);
        let mut booked = Vec::with_capacity(people.len());
        for at in self.in_turn(people) {
            let booking = self.with_mobile(people, at);
            match booking.and_then(|command| self.book(&command, numbers)) {
                Ok(record) => booked.push((at, record)),
                Err(error) => {
                    self.take_back(before);
                    return Err(of_one(at, error));
                }
            }
        }
        if self.decided.bookings.len() > before.bookings {
            self.decided.together.push(people.iter().map(|one| one.person).collect());
        }
        booked.sort_by_key(|(at, _)| *at);
        Ok(booked.into_iter().map(|(_, record)| record).collect())
    }

    /// One of them with the mobile number itself, where they share that of another one.
    fn with_mobile(&self, people: &[BookCommand], at: usize) -> Result<BookCommand, EngineError> {
        let mut command = people[at].clone();
        let MobileChoice::SameAs(other) = command.mobile else { return Ok(command) };
        let other = people.get(other as usize).ok_or(EngineError::Senseless)?;
        command.mobile = match &other.mobile {
            MobileChoice::Given(mobile) => MobileChoice::Given(mobile.clone()),
            MobileChoice::Registered => {
                let intention = self.person(other.person)?.intention.as_ref();
                let intention = intention.ok_or(Refusal::NotRegistered)?;
                MobileChoice::Given(intention.mobile.clone())
            }
            MobileChoice::SameAs(_) => return Err(EngineError::Senseless),
        };
        Ok(command)
    }

    /// Whether this person has had a booking by this key.
    fn was_sent(&self, one: &BookCommand) -> bool {
        self.known.people.get(&one.person).is_some_and(|person| {
            let live = person.live.as_ref().is_some_and(|live| live.key == one.key);
            live || person.cancelled.contains(&one.key)
        })
    }

    /// Who has a seat set aside comes first, so that it is there for the others.
    fn in_turn(&self, people: &[BookCommand]) -> Vec<usize> {
        let has_none = |at: &usize| {
            self.known.people.get(&people[*at].person).is_none_or(|person| person.hold.is_none())
        };
        let mut order: Vec<usize> = (0..people.len()).collect();
        order.sort_by_key(has_none);
        order
    }

    fn before(&self, people: &[BookCommand]) -> Before {
        let person =
            |one: &BookCommand| Some((one.person, self.known.people.get(&one.person)?.clone()));
        let slots = people.iter().map(|one| one.slot);
        let known: Vec<(PersonId, PersonRecord)> = people.iter().filter_map(person).collect();
        let held = known.iter().filter_map(|(_, person)| person.hold?.slot);
        let seats = slots.chain(held).filter_map(|slot| self.known.seats.get(&slot).copied());
        Before {
            seats: seats.collect(),
            people: known,
            bookings: self.decided.bookings.len(),
            ended_holds: self.decided.ended_holds.len(),
            freed: self.decided.freed.len(),
        }
    }

    fn take_back(&mut self, before: Before) {
        for (person, record) in before.people {
            self.changed.remove(&person);
            self.known.people.insert(person, record);
        }
        self.known.seats.extend(before.seats.into_iter().map(|seats| (seats.slot, seats)));
        self.decided.bookings.truncate(before.bookings);
        self.decided.ended_holds.truncate(before.ended_holds);
        self.decided.freed.truncate(before.freed);
    }
}

/// What speaks against one of them speaks against all.
fn of_one(person: usize, error: EngineError) -> EngineError {
    match error {
        EngineError::Refused(refusal) => EngineError::OneRefused { person, refusal },
        EngineError::OneRefused { .. }
        | EngineError::KeyReused
        | EngineError::Senseless
        | EngineError::Busy
        | EngineError::Unavailable => error,
    }
}
