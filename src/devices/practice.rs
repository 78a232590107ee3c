//! The practice cards of the training. All people here are made up; their numbers are valid so that every rule can be shown.

use super::card_reader::CardFault;
use crate::domain::card::{Card, CardNumber};
use crate::domain::identity::IdNumber;
use crate::domain::person::{BirthDate, Name};
use jiff::civil::{Date, date};

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
    /// Its chip does not answer.
    Damaged,
}

impl PracticeCard {
    pub const ALL: [PracticeCard; 5] = [
        PracticeCard::MayBook,
        PracticeCard::MigrantWorker,
        PracticeCard::NotInRound,
        PracticeCard::AlreadyBooked,
        PracticeCard::Damaged,
    ];

    /// What the card says when it is read.
    ///
    /// # Errors
    /// The damaged one cannot be read.
    pub fn face(self) -> Result<Card, CardFault> {
        let (id, number, name, born): (_, _, _, Date) = match self {
            // The manual's own made-up person: 甄健康 sounds like "truly healthy".
            PracticeCard::MayBook => ("A223456781", "000000000001", "甄健康", date(1968, 3, 5)),
            PracticeCard::MigrantWorker => ("A900207177", "000000000002", "NGUYEN THI MAU", date(1994, 8, 21)),
            PracticeCard::NotInRound => ("A123456789", "000000000003", "甄年輕", date(2012, 1, 9)),
            PracticeCard::AlreadyBooked => ("Y123456788", "000000000004", "甄有約", date(1955, 11, 30)),
            PracticeCard::Damaged => return Err(CardFault::Unreadable),
        };
        let (Ok(id), Ok(number)) = (IdNumber::parse(id), CardNumber::parse(number)) else {
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
