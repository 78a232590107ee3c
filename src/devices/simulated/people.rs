//! The practice cards of the training. All people here are made up. Their numbers have valid check
//! digits, so that the kiosk and the service take them as they take real ones.

use crate::devices::card_reader::CardFault;
use crate::domain::card::{Card, CardNumber};
use crate::domain::identity::IdNumber;
use crate::domain::person::{BirthDate, Name};
use jiff::civil::date;

/// The cards in the trainer's drawer.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PracticeCard {
    /// A citizen who may book.
    MayBook,
    /// A migrant worker with a resident card, who may book.
    MigrantWorker,
    /// Too young for the round.
    NotInRound,
    /// Has a booking already.
    AlreadyBooked,
    /// Has not registered yet.
    Unregistered,
    /// Registered after the round's cut-off.
    TooLate,
    /// Of an age for which the round opens later.
    LaterBand,
    /// Its chip does not answer.
    Damaged,
}

/// The registered password of every practice person.
pub const PRACTICE_PASSWORD: &str = "abc123";

impl PracticeCard {
    pub const ALL: [PracticeCard; 8] = [
        PracticeCard::MayBook,
        PracticeCard::MigrantWorker,
        PracticeCard::NotInRound,
        PracticeCard::AlreadyBooked,
        PracticeCard::Unregistered,
        PracticeCard::TooLate,
        PracticeCard::LaterBand,
        PracticeCard::Damaged,
    ];

    /// The mobile number that the person registered with; `None` if they have not registered.
    pub fn mobile(self) -> Option<&'static str> {
        match self {
            PracticeCard::MayBook => Some("0912345678"),
            PracticeCard::MigrantWorker => Some("0900123456"),
            PracticeCard::AlreadyBooked => Some("0987654321"),
            PracticeCard::TooLate => Some("0922333444"),
            PracticeCard::LaterBand => Some("0955666777"),
            PracticeCard::NotInRound | PracticeCard::Unregistered | PracticeCard::Damaged => None,
        }
    }

    /// What is read from the card. The damaged one gives [`CardFault::Unreadable`].
    pub fn face(self) -> Result<Card, CardFault> {
        let (id, number, name, born) = match self {
            // The manual's own made-up person: 甄健康 sounds like "truly healthy".
            PracticeCard::MayBook => ("A223456781", 1, "甄健康", date(1968, 3, 5)),
            PracticeCard::MigrantWorker => ("A900207177", 2, "NGUYEN THI MAU", date(1994, 8, 21)),
            PracticeCard::NotInRound => ("A123456789", 3, "甄年輕", date(2012, 1, 9)),
            PracticeCard::AlreadyBooked => ("Y123456788", 4, "甄有約", date(1955, 11, 30)),
            PracticeCard::Unregistered => ("F223456786", 5, "甄未登", date(1981, 6, 17)),
            PracticeCard::TooLate => ("H123456786", 6, "甄來遲", date(1975, 2, 28)),
            PracticeCard::LaterBand => ("B223456782", 7, "甄青年", date(2004, 9, 9)),
            PracticeCard::Damaged => return Err(CardFault::Unreadable),
        };
        let number = format!("{number:012}");
        let (Ok(id), Ok(number)) = (IdNumber::parse(id), CardNumber::parse(&number)) else {
            return Err(CardFault::Unreadable);
        };
        Ok(Card { number, name: Name::new(name), id, born: BirthDate(born) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_card_but_the_damaged_one_can_be_read() {
        for card in PracticeCard::ALL {
            assert_eq!(card.face().is_ok(), card != PracticeCard::Damaged, "{card:?}");
        }
    }
}
