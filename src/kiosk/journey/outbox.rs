//! What the journey asks of the outside: effects in the order in which they are to be performed,
//! and the tickets of what it waits for.

use crate::api::staff::StaffCardRefusal;
use crate::client::calls::Call;
use crate::kiosk::model::effect::Effect;
use crate::kiosk::model::ticket::Ticket;
use std::time::Duration;

#[derive(Clone, PartialEq, Debug, Default)]
pub(super) struct Outbox {
    effects: Vec<Effect>,
    /// The number of the last ticket.
    serial: u64,
    /// The call that the screen waits for.
    pub awaited: Option<Ticket>,
    /// A call that only brings the screen up to date.
    pub refreshing: Option<Ticket>,
    /// The call for how the person at the counter waits for a seat.
    pub waiting: Option<Ticket>,
    /// The card that is being read.
    pub card: Option<Ticket>,
    /// The call for another session in place of the visit's, and when it was made.
    pub renewing: Option<(Ticket, Duration)>,
    /// What a log-in at the counter waits for: the card, its signature or the service.
    pub log_in: Option<Ticket>,
    /// What staff cards have refused and the service has not yet been told, in its order.
    pub untold: Vec<StaffCardRefusal>,
    /// The call that tells the first of them.
    pub telling: Option<Ticket>,
    /// The call about the institution's users.
    pub users: Option<Ticket>,
    /// The call for the day of the institution's sites in figures.
    pub institution: Option<Ticket>,
    /// The call for free seats that the counter makes once a session.
    pub seats: Option<Ticket>,
    /// The call for the day's list of a vaccination site.
    pub day: Option<Ticket>,
    /// The call for the list of an earlier day, whose key opens what was kept then.
    pub earlier: Option<Ticket>,
    /// The call with what a desk has entered.
    pub entries: Option<Ticket>,
    /// The call for the day's figures.
    pub figures: Option<Ticket>,
    /// The call for how many doses are left, the one that says how many more, and the one with the
    /// code of whoever came for one.
    pub leftovers: Option<Ticket>,
    pub doses: Option<Ticket>,
    pub came: Option<Ticket>,
    /// The round's call, and when it was made.
    pub round: Option<(Ticket, Duration)>,
}

impl Outbox {
    /// Takes all effects out.
    pub fn drain(&mut self) -> Vec<Effect> {
        std::mem::take(&mut self.effects)
    }

    /// Nothing is waited for any more. What is to be performed stays, and tickets go on being
    /// counted.
    pub fn begin_anew(&mut self) {
        let effects = std::mem::take(&mut self.effects);
        *self = Self { effects, serial: self.serial, ..Self::default() };
    }

    pub fn push(&mut self, effect: Effect) {
        self.effects.push(effect);
    }

    /// Rings the terminal's bell.
    pub fn bell(&mut self) {
        self.push(Effect::Bell);
    }

    pub fn has_bell(&self) -> bool {
        self.effects.contains(&Effect::Bell)
    }

    /// A ticket that no other question has. `visit` is 0 when no visit asks.
    pub fn ticket(&mut self, visit: u64) -> Ticket {
        self.serial += 1;
        Ticket { visit, serial: self.serial }
    }

    /// Calls the service.
    pub fn call(&mut self, visit: u64, call: Call) -> Ticket {
        let ticket = self.ticket(visit);
        self.push(Effect::Call { ticket, call });
        ticket
    }

    /// Asks for the free seats of all districts.
    pub fn call_seats(&mut self) {
        self.seats = Some(self.call(0, Call::Seats));
    }

    /// The staff of a desk are others: what the ones before waited for is dropped when it comes.
    pub fn forget_desk(&mut self) {
        (self.day, self.earlier, self.entries, self.figures) = (None, None, None, None);
        (self.leftovers, self.doses, self.came) = (None, None, None);
    }

    /// Another screen is shown: what the one before waited for is dropped when it comes.
    pub fn forget_screen(&mut self) {
        self.awaited = None;
        self.refreshing = None;
        self.waiting = None;
    }
}
