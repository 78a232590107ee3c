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
        FactKind::Booked => &say::SheetFactBooked,
        FactKind::Moved => &say::SheetFactMoved,
        FactKind::Cancelled => &say::SheetFactCancelled,
        FactKind::Registered => &say::SheetFactRegistered,
        FactKind::InLine => &say::SheetFactInLine,
        FactKind::ToldOfLeftovers => &say::SheetFactToldOfLeftovers,
        FactKind::CheckedIn => &say::SheetFactCheckedIn,
        FactKind::Vaccinated => &say::SheetFactVaccinated,
        FactKind::PeopleCheckedIn => &say::SheetFactPeopleCheckedIn,
        FactKind::Texted => &say::SheetFactTexted,
        FactKind::Receipt => &say::SheetFactReceipt,
        FactKind::CardOut => &say::SheetFactCardOut,
        FactKind::VisitEnded => &say::SheetFactVisitEnded,
        FactKind::Spoken => &say::SheetFactSpoken,
        FactKind::Seen => &say::SheetFactSeen,
        FactKind::LoggedOut => &say::SheetFactLoggedOut,
        FactKind::Locked => &say::SheetFactLocked,
        FactKind::LoggedIn => &say::SheetFactLoggedIn,
        FactKind::Consent => &say::SheetFactConsent,
        FactKind::LeftUnsure => &say::SheetFactLeftUnsure,
        FactKind::SentTwice => &say::SheetFactSentTwice,
        FactKind::Within => &say::SheetFactWithin,
        FactKind::Presses => &say::SheetFactPresses,
    }
}
