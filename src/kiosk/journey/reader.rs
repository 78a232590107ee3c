//! Cards that come and go, and the reader itself.

use super::{Journey, Phase};
use crate::client::calls::Call;
use crate::devices::card_reader::ReaderEvent;
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
        let is_booked = self.current_visit().is_some_and(|visit| visit.group.is_some());
        if self.is_parting() || is_booked {
            self.end_visit(Reason::Finished);
        } else if self.current_visit().is_some_and(|visit| visit.is_taken()) {
            self.end_visit(Reason::Pulled);
        }
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
