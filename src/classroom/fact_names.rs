//! What the facts of exercises are called on a person's page.

use crate::i18n::messages as say;
use crate::i18n::messages::Message;
use crate::training::fact::FactKind;

/// The name of a fact by its word; `None` for one that only a newer program knows.
pub fn fact_name(word: &str) -> Option<&'static dyn Message> {
    FactKind::of_word(word).map(name)
}

fn name(fact: FactKind) -> &'static dyn Message {
    match fact {
        FactKind::Booked => &say::FactBooked,
        FactKind::Moved => &say::FactMoved,
        FactKind::Cancelled => &say::FactCancelled,
        FactKind::Registered => &say::FactRegistered,
        FactKind::InLine => &say::FactInLine,
        FactKind::ToldOfLeftovers => &say::FactToldOfLeftovers,
        FactKind::CheckedIn => &say::FactCheckedIn,
        FactKind::Vaccinated => &say::FactVaccinated,
        FactKind::PeopleCheckedIn => &say::FactPeopleCheckedIn,
        FactKind::Texted => &say::FactTexted,
        FactKind::Receipt => &say::FactReceipt,
        FactKind::CardOut => &say::FactCardOut,
        FactKind::VisitEnded => &say::FactVisitEnded,
        FactKind::Spoken => &say::FactSpoken,
        FactKind::Seen => &say::FactSeen,
        FactKind::LoggedOut => &say::FactLoggedOut,
        FactKind::Locked => &say::FactLocked,
        FactKind::LoggedIn => &say::FactLoggedIn,
        FactKind::Consent => &say::FactConsent,
        FactKind::LeftUnsure => &say::FactLeftUnsure,
        FactKind::SentTwice => &say::FactSentTwice,
        FactKind::Within => &say::FactWithin,
        FactKind::Presses => &say::FactPresses,
    }
}
