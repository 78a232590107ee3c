//! What becomes of a set of commands: a plain function of what was read. Commands are settled in
//! the order in which they came, each seeing those before it. Nothing is written here.

mod together;

use super::{
    BookCommand, Command, CommandResult, EngineError, Outcome, RegisterCommand, RescheduleCommand,
};
use crate::api::bookings::MobileChoice;
use crate::domain::attendance::Presence;
use crate::domain::booking::{decide, may_cancel, may_move};
use crate::domain::booking_number::BookingNumber;
use crate::domain::intention::{Intention, RegistrationNumber, Wish};
use crate::domain::language::Language;
use crate::domain::refusal::Refusal;
use crate::domain::registering::{makes_sense, may_register, may_withdraw};
use crate::domain::round::Brand;
use crate::domain::site::{Slot, SlotId};
use crate::server::catalog::Snapshot;
use crate::server::store::decided::{
    Cancellation, Decided, EndedHold, Freed, Move, NewBooking, Registration, Withdrawal,
};
use crate::server::store::ids::PersonId;
use crate::server::store::people::{BookingRecord, PersonRecord};
use crate::server::store::programme::Seats;
use jiff::Timestamp;
use std::collections::{HashMap, HashSet};

/// What was read for a set of commands, and becomes as it will be when all of it is written.
#[derive(Debug)]
pub struct Known {
    pub people: HashMap<PersonId, PersonRecord>,
    pub seats: HashMap<SlotId, Seats>,
    /// Whether others wait, so that a seat which is given up is for them.
    pub others_wait: bool,
}

/// What is to be answered, when what is to be written has been written.
#[derive(Debug)]
pub struct Settled {
    /// One for each command, in its place; `None` where it is settled with the next set.
    pub answers: Vec<Option<CommandResult>>,
    pub decided: Decided,
}

/// Where numbers come from: at least one of each for each command.
pub struct Numbering<B, R> {
    pub bookings: B,
    pub registrations: R,
}

/// Decides what each command comes to, and updates `known` as if it were written. `now` is cut to
/// the whole second.
pub fn settle<B, R>(
    snapshot: &Snapshot,
    commands: &[&Command],
    known: &mut Known,
    numbers: &mut Numbering<B, R>,
    now: Timestamp,
) -> Settled
where
    B: Iterator<Item = BookingNumber>,
    R: Iterator<Item = BookingNumber>,
{
    let mut settling = Settling {
        snapshot,
        known,
        now: whole_second(now),
        decided: Decided::default(),
        changed: HashSet::new(),
    };
    let answer = |command: &&Command| {
        // A person is changed once a set: what comes next of them is settled on what is then
        // written.
        if command.people().any(|person| settling.changed.contains(&person))
            && !settling.is_resend(command)
        {
            return None;
        }
        Some(match command {
            Command::Book(command) => {
                settling.book(command, &mut numbers.bookings).map(Outcome::Booking)
            }
            Command::BookTogether(people) => {
                settling.together(people, &mut numbers.bookings).map(Outcome::Bookings)
            }
            Command::Reschedule(command) => settling.reschedule(command).map(Outcome::Booking),
            Command::Cancel { person, number, language, .. } => {
                settling.cancel(*person, *number, *language).map(|()| Outcome::Nothing)
            }
            Command::Register(command) => {
                settling.register(command, &mut numbers.registrations).map(Outcome::Intention)
            }
            Command::Withdraw { person } => settling.withdraw(*person).map(|()| Outcome::Nothing),
            Command::End(token) => {
                settling.decided.spent.push(*token);
                Ok(Outcome::Nothing)
            }
        })
    };
    let answers = commands.iter().map(answer).collect();
    Settled { answers, decided: settling.decided }
}

struct Settling<'a> {
    snapshot: &'a Snapshot,
    known: &'a mut Known,
    now: Timestamp,
    decided: Decided,
    changed: HashSet<PersonId>,
}

impl Settling<'_> {
    /// The same booking submitted twice in one set: the second finds the first.
    fn is_resend(&self, command: &Command) -> bool {
        let is_there = |command: &BookCommand| {
            let person = self.known.people.get(&command.person);
            let live = person.and_then(|person| person.live.as_ref());
            live.is_some_and(|live| live.key == command.key)
        };
        match command {
            Command::Book(command) => is_there(command),
            Command::BookTogether(people) => people.iter().all(is_there),
            Command::Reschedule(_)
            | Command::Cancel { .. }
            | Command::Register(_)
            | Command::Withdraw { .. }
            | Command::End(_) => false,
        }
    }

    /// A person's record. Whoever is gone from the roster since the session was opened is in no
    /// round.
    fn person(&self, person: PersonId) -> Result<&PersonRecord, EngineError> {
        self.known.people.get(&person).ok_or(EngineError::Refused(Refusal::NotInRound))
    }

    /// A slot of the round with the seats that it has now.
    fn slot(&self, slot: SlotId) -> Option<(Slot, Brand)> {
        let (shown, brand) = self.snapshot.slot(slot)?;
        let seats = self.known.seats.get(&slot)?;
        Some((Slot { capacity: seats.capacity, taken: seats.taken, ..shown.clone() }, brand))
    }

    fn take(&mut self, slot: SlotId) {
        if let Some(seats) = self.known.seats.get_mut(&slot) {
            seats.taken += 1;
        }
    }

    /// A seat that somebody gives up is free for all, or for those who wait.
    fn give_up(&mut self, person: PersonId, slot: SlotId) {
        if self.known.others_wait {
            self.decided.freed.push(Freed { person, slot, at: self.now });
        } else {
            self.give_back(slot);
        }
    }

    fn give_back(&mut self, slot: SlotId) {
        if let Some(seats) = self.known.seats.get_mut(&slot) {
            seats.taken = seats.taken.saturating_sub(1);
        }
    }

    fn book(
        &mut self,
        command: &BookCommand,
        numbers: &mut impl Iterator<Item = BookingNumber>,
    ) -> Result<BookingRecord, EngineError> {
        let person = self.person(command.person)?;
        if let Some(before) = person.live.as_ref().filter(|live| live.key == command.key) {
            // It may have been moved since: then it is still the same booking.
            let same = before.slot == command.slot || before.moved.is_some();
            return if same { Ok(before.clone()) } else { Err(EngineError::KeyReused) };
        }
        if person.cancelled.contains(&command.key) {
            // This booking was made and cancelled; a new one has another key.
            return Err(Refusal::NoBooking.into());
        }
        let hold = person.hold;
        let held = hold.and_then(|hold| hold.slot);
        if held.is_some_and(|slot| !self.known.seats.contains_key(&slot)) {
            // Set aside since the slots were locked: that seat is not among those that are held.
            return Err(EngineError::Busy);
        }
        let mut slot = self.slot(command.slot);
        if let Some((slot, _)) = slot.as_mut().filter(|(slot, _)| held == Some(slot.id)) {
            // The seat that is set aside for them is taken for everybody else.
            slot.taken = slot.taken.saturating_sub(1);
        }
        let seat = slot.as_ref().map(|(slot, brand)| (slot, *brand));
        decide(&self.snapshot.round, &person.applicant(), seat, self.now)?;
        let (mobile, mobile_sealed) = match (&command.mobile, &person.intention) {
            (MobileChoice::Given(mobile), _) => (mobile.clone(), None),
            (MobileChoice::Registered, Some(intention)) => {
                (intention.mobile.clone(), person.mobile_sealed.clone())
            }
            (MobileChoice::Registered, None) => return Err(Refusal::NotRegistered.into()),
            // Whose it is was looked up where it is known who the others are.
            (MobileChoice::SameAs(_), _) => return Err(EngineError::Senseless),
        };
        let new = NewBooking {
            number: numbers.next().ok_or(EngineError::Unavailable)?,
            person: command.person,
            slot: command.slot,
            mobile,
            mobile_sealed,
            channel: command.channel,
            key: command.key,
            language: command.language,
            made: self.now,
        };
        let record = record(&new);
        self.now_has(command.person, Some(record.clone()));
        if hold.is_some() {
            self.end_hold(command.person, held, Some(command.slot));
        }
        self.take(command.slot);
        self.decided.bookings.push(new);
        Ok(record)
    }

    /// Whoever has chosen gives back what was set aside for them, and so does who wants no seat.
    fn end_hold(&mut self, person: PersonId, held: Option<SlotId>, chosen: Option<SlotId>) {
        if let Some(person) = self.known.people.get_mut(&person) {
            person.hold = None;
        }
        match held {
            Some(slot) if Some(slot) == chosen => self.give_back(slot),
            Some(slot) => self.give_up(person, slot),
            None => {}
        }
        self.decided.ended_holds.push(EndedHold { person, slot: held });
    }

    /// The old seat is given up only with the new one: both in one transaction, or neither.
    fn reschedule(&mut self, command: &RescheduleCommand) -> Result<BookingRecord, EngineError> {
        let person = self.person(command.person)?;
        let live = person
            .live
            .as_ref()
            .filter(|live| live.number == command.number)
            .ok_or(Refusal::NoBooking)?;
        if live.slot == command.to {
            return Ok(live.clone());
        }
        if live.slot != command.from {
            // Moved elsewhere since it was looked up: that seat is not among those that are held.
            return Err(EngineError::Busy);
        }
        let (from, to) = (self.slot(command.from), self.slot(command.to));
        let to = to.as_ref().map(|(slot, brand)| (slot, *brand));
        may_move(
            &self.snapshot.round,
            &person.applicant(),
            from.as_ref().map(|(slot, _)| slot),
            to,
            self.now,
        )?;
        let record = BookingRecord { slot: command.to, moved: Some(self.now), ..live.clone() };
        let RescheduleCommand { person, number, from, to, language } = *command;
        self.now_has(person, Some(record.clone()));
        self.give_up(person, from);
        self.take(to);
        self.decided.moves.push(Move { number, person, from, to, language, at: self.now });
        Ok(record)
    }

    fn cancel(
        &mut self,
        person: PersonId,
        number: BookingNumber,
        language: Language,
    ) -> Result<(), EngineError> {
        let record = self.person(person)?;
        let live =
            record.live.as_ref().filter(|live| live.number == number).ok_or(Refusal::NoBooking)?;
        let (slot, presence) = (live.slot, live.presence);
        let Some((shown, _)) = self.slot(slot) else { return Err(EngineError::Busy) };
        may_cancel(&self.snapshot.round, presence, Some(&shown), self.now)?;
        self.now_has(person, None);
        self.give_up(person, slot);
        self.decided.cancellations.push(Cancellation {
            number,
            person,
            slot,
            language,
            at: self.now,
        });
        Ok(())
    }

    fn register(
        &mut self,
        command: &RegisterCommand,
        numbers: &mut impl Iterator<Item = BookingNumber>,
    ) -> Result<Intention, EngineError> {
        let record = self.person(command.person)?;
        let mobile = match (&command.mobile, &record.intention) {
            (MobileChoice::Given(mobile), _) => mobile.clone(),
            (MobileChoice::Registered, Some(before)) => before.mobile.clone(),
            (MobileChoice::Registered, None) => return Err(Refusal::NotRegistered.into()),
            (MobileChoice::SameAs(_), _) => return Err(EngineError::Senseless),
        };
        let wish = Wish { mobile, district: command.district, brands: command.brands.clone() };
        if let Some(before) = record.intention.as_ref().filter(|intention| intention.says(&wish)) {
            return Ok(before.clone());
        }
        may_register(&self.snapshot.round, &record.applicant(), self.now)?;
        if !makes_sense(&self.snapshot.round, &wish) {
            return Err(EngineError::Senseless);
        }
        let intention = match &record.intention {
            Some(before) => before.changed(wish),
            None => {
                let number = RegistrationNumber(numbers.next().ok_or(EngineError::Unavailable)?);
                let Wish { mobile, district, brands } = wish;
                Intention { number, registered: self.now, mobile, district, brands }
            }
        };
        let before = record.intention.clone();
        self.wishes(command.person, Some(intention.clone()));
        let registration = Registration {
            person: command.person,
            intention: intention.clone(),
            before,
            language: command.language,
            at: self.now,
        };
        self.decided.registrations.push(registration);
        Ok(intention)
    }

    fn withdraw(&mut self, person: PersonId) -> Result<(), EngineError> {
        let record = self.person(person)?;
        let before = match (may_withdraw(&record.applicant()), &record.intention) {
            // Submitted again: it is withdrawn already.
            (Err(Refusal::NotRegistered), _) | (Ok(()), None) => return Ok(()),
            (Err(refusal), _) => return Err(refusal.into()),
            (Ok(()), Some(before)) => before.clone(),
        };
        // Whoever waits leaves the line with that, and what is offered to them goes to the next.
        let offered = record.hold.filter(|hold| hold.closed.is_none()).and_then(|hold| hold.slot);
        if offered.is_some_and(|slot| !self.known.seats.contains_key(&slot)) {
            return Err(EngineError::Busy);
        }
        self.wishes(person, None);
        if offered.is_some() {
            self.end_hold(person, offered, None);
        }
        self.decided.withdrawals.push(Withdrawal { person, before, at: self.now });
        Ok(())
    }

    fn now_has(&mut self, person: PersonId, live: Option<BookingRecord>) {
        self.changed.insert(person);
        if let Some(person) = self.known.people.get_mut(&person) {
            person.live = live;
        }
    }

    fn wishes(&mut self, person: PersonId, intention: Option<Intention>) {
        self.changed.insert(person);
        if let Some(person) = self.known.people.get_mut(&person) {
            person.intention = intention;
            person.mobile_sealed = None;
        }
    }
}

/// Bookings are made on a second: the database keeps no more, and the receipt of one submitted
/// again must be the same.
fn whole_second(now: Timestamp) -> Timestamp {
    Timestamp::from_second(now.as_second()).unwrap_or(now)
}

fn record(new: &NewBooking) -> BookingRecord {
    BookingRecord {
        number: new.number,
        person: new.person,
        slot: new.slot,
        made: new.made,
        moved: None,
        mobile: new.mobile.clone(),
        key: new.key,
        presence: Presence::Expected,
    }
}
