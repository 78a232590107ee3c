//! Several people who book in one visit: who came along with whoever began it, who is just coming,
//! and in which hour each of them has a seat. Dropped and wiped with the visit.

use super::errand::{ChosenMobile, Errand};
use super::person::Person;
use super::printing::Printing;
use super::sign_in::SignIn;
use super::ticket::Ticket;
use crate::api::bookings::MobileChoice;
use crate::api::sessions::SessionToken;
use crate::domain::card::Card;
use crate::domain::identity::IdNumber;
use crate::domain::personal::Personal;
use crate::domain::site::{Slot, SlotId};
use crate::domain::together::{HourShare, are_together};
use std::time::Duration;

/// The marks of the people, by which the hours say who sits in them.
pub const MARKS: [&str; 6] = ["A", "B", "C", "D", "E", "F"];

#[derive(Clone, PartialEq, Debug)]
pub struct Group {
    /// In the order in which they came. The visit's own person comes before all of them, and is the
    /// first of all people, counted from 0.
    pub others: Vec<Member>,
    pub newcomer: Newcomer,
    /// What is known of the card in the reader.
    pub card: InReader,
    /// Whether that card is the one of the visit's person.
    pub own_card: bool,
    /// The ID number of the visit's person, if they came along and typed it.
    pub first_typed: Option<IdNumber>,
    /// What the visit's person was doing, for when they book alone after all.
    pub before: Box<Errand>,
    /// How the visit's person signed in, while a newcomer types.
    pub aside: Option<SignIn>,
    /// When the session of the visit's person was opened, or earlier.
    pub opened: Duration,
    /// The hour that was chosen before there were others. If it has room for all, it comes first.
    pub wanted: Option<SlotId>,
    /// A seat for each of the people, in their order; empty until the hours are chosen.
    pub hours: Vec<Slot>,
    /// Whose telephone is asked for.
    pub asked: Whose,
    /// A session that is opened in place of one that is about to end: whose it is by the one
    /// before, and when it was asked for.
    pub renewing: Option<(Ticket, SessionToken, Duration)>,
    /// What became of the page for all on paper.
    pub printing: Printing,
    /// Whether they are booked.
    pub booked: bool,
}

/// Somebody who came along. Their texts wipe themselves when they are dropped.
#[derive(Clone, PartialEq, Debug)]
pub struct Member {
    pub person: Person,
    pub id: IdNumber,
    /// The card by which they came in; `None` if they typed.
    pub card: Option<Box<Card>>,
    pub name_masked: Personal,
    /// `None` while it is not chosen.
    pub mobile: Option<ChosenMobile>,
    /// When their session was asked for.
    pub opened: Duration,
}

/// Who is just coming along.
#[derive(Clone, PartialEq, Debug, Default)]
pub enum Newcomer {
    #[default]
    Nobody,
    /// Their card is being read.
    Reading,
    /// Their card has been read, and they are asked whether they agree to the notice.
    Card(Box<Card>),
    /// They have no card, and are going to type.
    Typing,
    /// They are known and may book; their telephone is asked for.
    Known(Box<Member>),
}

/// What is known of a card in the reader.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum InReader {
    #[default]
    None,
    /// It came while something else was asked, and has not been read.
    Unread,
    /// It has been dealt with, and is to be taken out.
    Read,
}

/// One of the people.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Whose {
    #[default]
    Newcomer,
    /// Counted from 0, with the visit's person.
    Nth(usize),
}

impl Group {
    pub fn new(before: Errand, opened: Duration, card_in: bool) -> Self {
        Self {
            others: Vec::new(),
            newcomer: Newcomer::Nobody,
            card: if card_in { InReader::Read } else { InReader::None },
            own_card: card_in,
            first_typed: None,
            wanted: before.seat().and_then(|seat| seat.slot()).map(|slot| slot.id),
            before: Box::new(before),
            aside: None,
            opened,
            hours: Vec::new(),
            asked: Whose::Newcomer,
            renewing: None,
            printing: Printing::NotYet,
            booked: false,
        }
    }

    /// How many people there are, with the visit's own.
    pub fn people(&self) -> usize {
        1 + self.others.len()
    }

    /// One of the others, counted from 1.
    pub fn other_mut(&mut self, nth: usize) -> Option<&mut Member> {
        self.others.get_mut(nth.checked_sub(1)?)
    }

    pub fn other(&self, nth: usize) -> Option<&Member> {
        self.others.get(nth.checked_sub(1)?)
    }

    /// The first whose telephone is not known any more, because the one whose number they shared
    /// was left out.
    pub fn without_mobile(&self) -> Option<usize> {
        self.others.iter().position(|member| member.mobile.is_none()).map(|at| at + 1)
    }

    /// Seats the people in this order: so many of them in each of these hours.
    pub fn sit(&mut self, slots: &[Slot], shares: &[HourShare]) {
        let of = |share: &HourShare| {
            let slot = slots.iter().find(|slot| slot.id == share.slot).cloned();
            slot.into_iter().cycle().take(share.people as usize)
        };
        self.hours = shares.iter().flat_map(of).collect();
    }

    /// One of the people goes; the hours stay where the others are still together in them.
    pub fn stand_up(&mut self, nth: usize) {
        if nth < self.hours.len() {
            self.hours.remove(nth);
        }
        if !are_together(&self.hours.iter().collect::<Vec<_>>()) {
            self.hours.clear();
        }
    }

    /// What they have chosen is given up.
    pub fn leave_hours(&mut self) {
        if let Some(first) = self.hours.first() {
            self.wanted = Some(first.id);
        }
        self.hours.clear();
    }
}

impl Member {
    /// Whether their session can be opened again by what the kiosk has: a card's numbers, which are
    /// kept until the visit ends. What was typed holds for one session.
    pub fn is_renewable(&self) -> bool {
        self.card.is_some()
    }

    /// Whether their text message goes to the phone of the visit's person.
    pub fn shares_mobile(&self) -> bool {
        let choice = self.mobile.as_ref().map(|mobile| &mobile.choice);
        matches!(choice, Some(MobileChoice::SameAs(_)))
    }
}
