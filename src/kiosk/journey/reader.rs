//! Cards that come and go, and the reader itself.

use super::{Journey, Phase};
use crate::client::calls::Call;
use crate::devices::card_reader::{CardFault, ReaderEvent};
use crate::domain::card::Card;
use crate::kiosk::model::ticket::Ticket;
use crate::kiosk::model::visit::{CardState, Visit};
use crate::kiosk::screens::Screen;
use crate::kiosk::screens::farewell::Reason;
use crate::kiosk::screens::parting::Parting;

impl Journey {
    pub(super) fn reader(&mut self, event: ReaderEvent, random: u128) {
        match event {
            ReaderEvent::CardIn if self.is_counter() => {
                self.last_input = self.machine.now.uptime;
                self.at_counter(random, |it| it.card_in());
            }
            ReaderEvent::CardIn => self.card_came(random),
            ReaderEvent::CardOut => {
                self.machine.card_in = false;
                self.card_went(random);
            }
            ReaderEvent::ReaderLost => {
                self.machine.reader_lost = true;
                self.machine.card_in = false;
                self.card_went(random);
            }
            ReaderEvent::ReaderFound => self.machine.reader_lost = false,
        }
    }

    /// Whether several people are here who book together. Cards come and go among them, and none
    /// of that ends the visit before they are booked.
    fn is_gathering(&self) -> bool {
        let group = self.current_visit().and_then(|visit| visit.group.as_ref());
        group.is_some_and(|group| !group.booked)
    }

    fn card_came(&mut self, random: u128) {
        if self.is_gathering() {
            self.touched();
            (self.machine.card_in, self.machine.reader_lost) = (true, false);
            return self.visit(random, |visiting| visiting.group_card_in());
        }
        // A card that comes without the last one going is another person's; so is one that comes to
        // somebody who came in without a card, and perhaps went away.
        if self.current_visit().is_some_and(|visit| visit.group.is_some()) {
            self.touched();
            (self.machine.card_in, self.machine.reader_lost) = (true, false);
            return self.visit(random, |visiting| visiting.read_unknown());
        }
        if self.is_parting() {
            self.end_visit(Reason::Finished);
        } else if self.current_visit().is_some_and(|visit| visit.is_taken()) {
            self.end_visit(Reason::Pulled);
        }
        self.begin_with_card(random);
    }

    /// The card in the reader is somebody's who comes now.
    fn begin_with_card(&mut self, random: u128) {
        self.machine.card_in = true;
        self.machine.reader_lost = false;
        self.overlay = None;
        match self.phase {
            Phase::Visiting { .. } => self.visit(random, |visiting| visiting.card_instead()),
            Phase::AtRest | Phase::Farewell(_) => self.begin_visit(Screen::Card),
            Phase::Counter(_) => {}
        }
        self.visit(random, |visiting| visiting.read_card());
    }

    pub(super) fn card_read(
        &mut self,
        ticket: Ticket,
        outcome: Result<Card, CardFault>,
        random: u128,
    ) {
        if self.is_next_visitors(ticket, &outcome) {
            // It is put in anew for whoever it is of.
            self.machine.card_in = false;
            self.end_visit(Reason::Finished);
            return self.begin_with_card(random);
        }
        self.visit(random, |visiting| visiting.card_read(ticket, outcome));
    }

    /// Whether a card that came while the receipts of several people are on the screen is of none
    /// of them: then what is left of them ends. Their own cards come and go there.
    fn is_next_visitors(&self, ticket: Ticket, outcome: &Result<Card, CardFault>) -> bool {
        let Some(visit) = self.current_visit() else { return false };
        let booked = visit.group.as_ref().is_some_and(|group| group.booked);
        let known = outcome.as_ref().is_ok_and(|card| visit.has_id(&card.id));
        booked && self.outbox.card == Some(ticket) && !known
    }

    fn card_went(&mut self, random: u128) {
        if self.current_visit().is_some_and(|visit| visit.group.is_some()) {
            self.touched();
            return self.visit(random, |visiting| visiting.group_card_out());
        }
        if self.part() {
            return;
        }
        match &mut self.phase {
            Phase::AtRest => {}
            Phase::Counter(_) => self.at_counter(random, |it| it.card_went()),
            Phase::Farewell(_) => self.rest(),
            Phase::Visiting { visit, screen } => match visit.card {
                // A faulty card was taken out to be wiped and put in again: the visit waits for it.
                CardState::Faulty(_) => visit.card = CardState::Absent,
                CardState::Absent => {}
                // Where what they came for is done, and the page says so, taking the card is the
                // way out.
                CardState::Reading | CardState::Read(_) => {
                    let done =
                        matches!(screen, Screen::Notice(_) | Screen::Intention { existing: false });
                    self.end_visit(if done { Reason::Finished } else { Reason::Pulled });
                }
            },
        }
    }

    /// Who takes the card from a fresh receipt may not have photographed its QR yet: it stays for a
    /// while, and all else of the person is wiped at once. False on any other screen.
    fn part(&mut self) -> bool {
        let Phase::Visiting { visit, screen } = &mut self.phase else { return false };
        let Screen::Receipt(receipt) = screen else { return false };
        let Some(person) = visit.person.as_ref().filter(|_| !receipt.existing) else {
            return false;
        };
        let Some(booking) = person.booking().cloned() else { return false };
        let since = self.machine.now.uptime;
        let (moved, codes) = (visit.is_rescheduling(), receipt.codes.clone());
        let parting = Parting { booking: Box::new(booking), moved, codes, since };
        self.outbox.call(visit.id, Call::CloseSession { token: person.token.clone() });
        let mut rest = Visit::new(visit.id, visit.started, visit.language);
        (rest.language_chosen, rest.bilingual) = (true, visit.bilingual);
        **visit = rest;
        *screen = Screen::Parting(parting);
        self.overlay = None;
        self.outbox.forget_screen();
        self.outbox.bell();
        true
    }
}
