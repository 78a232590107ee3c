//! The words of files of exercises for the practice people and staff. Files can name nobody else,
//! so no exercise is about anybody real.

use crate::devices::simulated::people::PracticeCard;
use crate::devices::simulated::staff::PracticeStaff;

/// The word of a practice card.
pub fn card_word(card: PracticeCard) -> &'static str {
    match card {
        PracticeCard::MayBook => "may-book",
        PracticeCard::MigrantWorker => "migrant-worker",
        PracticeCard::NotInRound => "not-in-round",
        PracticeCard::AlreadyBooked => "already-booked",
        PracticeCard::Unregistered => "unregistered",
        PracticeCard::TooLate => "too-late",
        PracticeCard::LaterBand => "later-band",
        PracticeCard::Damaged => "damaged",
    }
}

/// The practice card of a word; `None` if there is none.
pub fn card_of_word(word: &str) -> Option<PracticeCard> {
    PracticeCard::ALL.into_iter().find(|card| card_word(*card) == word)
}

/// The word of a practice staff member.
pub fn staff_word(staff: PracticeStaff) -> &'static str {
    match staff {
        PracticeStaff::Manager => "manager",
        PracticeStaff::User => "user",
        PracticeStaff::Elsewhere => "elsewhere",
    }
}

/// The cards with their words.
pub(super) fn cards() -> Vec<(&'static str, PracticeCard)> {
    PracticeCard::ALL.into_iter().map(|card| (card_word(card), card)).collect()
}

/// The staff with their words.
pub(super) fn staff() -> Vec<(&'static str, PracticeStaff)> {
    PracticeStaff::ALL.into_iter().map(|staff| (staff_word(staff), staff)).collect()
}
