//! The way of several people who book together, by the actions of its buttons.
#![allow(dead_code, reason = "each test file uses its part")]

pub mod state;

use crate::every_screen::steps::at_offer;
use crate::stage::Stage;
use vaxkiosk::devices::simulated::people::PracticeCard;
use vaxkiosk::kiosk::model::action::ScreenAction;

/// The cards of a family of six, of whom the first begins the visit.
pub const CARDS: [PracticeCard; 6] = [
    PracticeCard::MayBook,
    PracticeCard::MigrantWorker,
    PracticeCard::TooLate,
    PracticeCard::LaterBand,
    PracticeCard::Unregistered,
    PracticeCard::AlreadyBooked,
];

/// From the offer to the page of those who come along. All but the first two and the last of the
/// cards are of people whom this desk lets book.
pub fn begin(s: &mut Stage) {
    CARDS[2..5].iter().for_each(|card| s.desk.lets_book(*card));
    at_offer(s);
    s.act(ScreenAction::WithOthers);
}

/// A card is put in instead of the one before, and its owner agrees.
pub fn come(s: &mut Stage, card: PracticeCard) {
    if s.cabinet.journey.machine.card_in {
        s.pull();
    }
    s.insert(card);
    s.act(ScreenAction::Confirm);
}

/// The same, with the phone of the first.
pub fn join(s: &mut Stage, card: PracticeCard) {
    if card == PracticeCard::AlreadyBooked {
        s.desk.lets_book(card);
    }
    come(s, card);
    s.act(ScreenAction::SamePhone);
}

/// At the first site one day has hours for four only side by side, and one hour for all.
pub fn hours_of_one_day(s: &mut Stage) {
    for (slot, left) in [(100, 2), (101, 3), (102, 6), (103, 0), (104, 1), (106, 3), (107, 1)] {
        s.desk.group.left.insert(slot, left);
    }
}
