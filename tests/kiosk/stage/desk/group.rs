//! The desk as several people see it who book together: all of them or none.

use super::{Desk, plain, problem};
use std::collections::{HashMap, HashSet};
use vaxkiosk::api::bookings::{BookingView, MobileChoice};
use vaxkiosk::api::problem::{Code, Problem};
use vaxkiosk::api::sessions::SessionToken;
use vaxkiosk::api::together::{BookTogether, BookedTogether};
use vaxkiosk::client::calls::{Answer, Fault, Reply};
use vaxkiosk::devices::simulated::people::PracticeCard;
use vaxkiosk::domain::personal::Personal;
use vaxkiosk::domain::refusal::Refusal;
use vaxkiosk::domain::site::{Slot, SlotId};
use vaxkiosk::domain::together::are_together;

/// What the desk knows of them.
#[derive(Default)]
pub struct GroupDesk {
    /// Free seats of slots that have few, by the slot.
    pub left: HashMap<u32, u32>,
    /// Refuses one of them, counted from 0, the next time that all are to be booked.
    pub refuses: Option<(u32, Refusal)>,
    /// What was asked, with the key of each.
    pub asked: Vec<(BookTogether, String)>,
    /// The bookings by key.
    pub booked: HashMap<String, Vec<BookingView>>,
    /// How many sessions were opened.
    pub opened_sessions: usize,
    /// The tokens of those that were closed.
    pub closed: HashSet<String>,
}

impl GroupDesk {
    /// The token of the session that was opened last: no two have the same.
    pub fn token(&self) -> SessionToken {
        SessionToken(Personal::new(format!("secret-of-a-session {}", self.opened_sessions)))
    }
}

impl Desk {
    /// The owner of this card may book, whatever is said of them elsewhere.
    pub fn lets_book(&mut self, card: PracticeCard) {
        let face = card.face().unwrap();
        self.staff.citizens.insert(face.id.expose().into(), face.name.expose().into());
    }

    pub(super) fn book_together(&mut self, ask: &BookTogether, key: &str) -> Reply {
        self.group.asked.push((ask.clone(), key.to_owned()));
        if let Some(booked) = self.group.booked.get(key) {
            let bookings = booked.clone();
            return Ok(Answer::BookedTogether(Box::new(BookedTogether { bookings })));
        }
        let mut seen = HashSet::new();
        for one in &ask.people {
            let token = one.session.0.expose();
            if self.group.closed.contains(token) || !seen.insert(token) {
                return problem(Code::SessionOver, None);
            }
        }
        if let Some((person, refusal)) = self.group.refuses.take() {
            return of_one(person, refusal);
        }
        let slots: Vec<Slot> = ask.people.iter().map(|one| self.slot_of(one.slot)).collect();
        if !are_together(&slots.iter().collect::<Vec<_>>()) {
            return problem(Code::BadRequest, None);
        }
        let mut taken: HashMap<SlotId, u32> = HashMap::new();
        for (at, slot) in slots.iter().enumerate() {
            let taken = taken.entry(slot.id).or_default();
            *taken += 1;
            if slot.free() < *taken {
                return of_one(at as u32, Refusal::SlotFull);
            }
        }
        let bookings: Vec<BookingView> = ask
            .people
            .iter()
            .enumerate()
            .map(|(at, one)| {
                let mobile = match &one.mobile {
                    MobileChoice::Given(mobile) => mobile.masked(),
                    MobileChoice::Registered | MobileChoice::SameAs(_) => "0912 *** 678".into(),
                };
                let booking = self.booking(one.slot, 14_637 + at as u32);
                BookingView { mobile_masked: Personal::new(mobile), ..booking }
            })
            .collect();
        self.group.booked.insert(key.to_owned(), bookings.clone());
        if std::mem::take(&mut self.lose_answer) {
            return Err(Fault::Gone);
        }
        Ok(Answer::BookedTogether(Box::new(BookedTogether { bookings })))
    }

    fn slot_of(&self, slot: SlotId) -> Slot {
        let site = vaxkiosk::domain::site::SiteId(slot.0 / self.programme.slots_a_site());
        self.slots(site).into_iter().find(|found| found.id == slot).unwrap()
    }
}

fn of_one(person: u32, refusal: Refusal) -> Reply {
    let refused = plain(Code::Refused);
    let problem = Problem { refusal: Some(refusal), person: Some(person), ..refused };
    Err(Fault::Problem(Box::new(problem)))
}
