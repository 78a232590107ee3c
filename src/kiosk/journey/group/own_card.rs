//! The card of whoever began the visit, when they go on without the others: cards have come and
//! gone in the reader, and from here on the person's own has to be in it, since taking it out is
//! what ends the visit of one person.

use super::super::path::Step;
use super::super::steps::Heading;
use super::super::visiting::Visiting;
use crate::devices::card_reader::CardFault;
use crate::domain::card::Card;
use crate::kiosk::model::errand::{Errand, Route};
use crate::kiosk::model::group::{InReader, Newcomer};
use crate::kiosk::screens::Screen;
use crate::kiosk::screens::group::{Aim, GroupScreen, OwnCard, SeenCard};

impl Visiting<'_> {
    /// The visit's person goes on without the others, once their own card is in the reader.
    pub fn without_others(&mut self, aim: Aim) {
        if self.own_card_is_out() {
            self.ask_own_card(OwnCard { aim, seen: SeenCard::Nothing });
            return self.read_own_card();
        }
        match aim {
            Aim::BookAlone => self.alone_after_all(),
            Aim::Services => self.services(),
        }
    }

    /// Whether the card by which the visit began is not in the reader while others come along.
    fn own_card_is_out(&self) -> bool {
        let group = self.visit.group.as_ref().filter(|group| !group.booked);
        self.visit.card().is_some() && group.is_some_and(|group| !group.own_card)
    }

    /// A newcomer who was being asked something is not added.
    fn ask_own_card(&mut self, own_card: OwnCard) {
        self.drop_newcomer();
        self.show(Screen::Group(GroupScreen::OwnCard(own_card)));
    }

    /// Reads the card in the reader, if it has not been read.
    pub fn read_own_card(&mut self) {
        if self.visit.group.as_ref().is_some_and(|group| group.card == InReader::Unread) {
            self.read_unknown();
        }
    }

    /// The card has been read, or cannot be, while the own one is asked for.
    pub fn own_card_read(&mut self, asked: OwnCard, outcome: Result<Card, CardFault>) {
        let own = self.visit.card().map(|own| own.id.clone());
        let seen = match outcome {
            Err(fault) => SeenCard::Faulty(fault),
            Ok(card) if Some(&card.id) != own.as_ref() => SeenCard::Another,
            Ok(_) => {
                if let Some(group) = &mut self.visit.group {
                    (group.newcomer, group.own_card) = (Newcomer::Nobody, true);
                }
                return self.without_others(asked.aim);
            }
        };
        self.outbox.bell();
        self.ask_own_card(OwnCard { seen, ..asked });
    }

    /// The visit's person books alone, as before there were others.
    fn alone_after_all(&mut self) {
        let Some(group) = &self.visit.group else { return };
        let mobile = self.visit.errand.as_ref().and_then(Errand::mobile).cloned();
        let mut before = (*group.before).clone();
        if let Some(mobile) = mobile {
            before.choose_mobile(mobile);
        }
        self.disband();
        let offered = before.route() == Route::Offer;
        self.visit.errand = Some(before);
        let step = if offered { Step::Offer } else { Step::Review };
        self.enter(step, Heading::Back);
    }
}
