//! A fact of an exercise in words, as if it were true; and what somebody can do who missed it.

use super::screen_words::screen;
use crate::devices::simulated::people::PracticeCard;
use crate::domain::language::Language;
use crate::domain::region;
use crate::domain::taipei;
use crate::i18n::messages as say;
use crate::i18n::messages::Message;
use crate::i18n::names::{district_name, listed};
use crate::i18n::texts::Texts;
use crate::training::fact::{Booked, Fact, Message as Texted, ReceiptOn};
use std::time::Duration;

/// The name on a practice person's card.
pub fn name(card: PracticeCard) -> String {
    card.face().map(|face| face.name.expose().to_owned()).unwrap_or_else(|_| "–".to_owned())
}

pub fn statement(texts: &Texts, language: Language, fact: &Fact) -> String {
    let say = |message: &dyn Message| texts.say(language, message);
    let who = |card: &PracticeCard| name(*card).into();
    match fact {
        Fact::Booked(booked) => self::booked(texts, language, booked),
        Fact::Moved(card) => say(&say::FactMoved { who: who(card) }),
        Fact::Cancelled(card) => say(&say::FactCancelled { who: who(card) }),
        Fact::Registered(card) => say(&say::FactRegistered { who: who(card) }),
        Fact::InLine(card) => say(&say::FactInLine { who: who(card) }),
        Fact::ToldOfLeftovers(card) => say(&say::FactToldOfLeftovers { who: who(card) }),
        Fact::CheckedIn(card) => say(&say::FactCheckedIn { who: who(card) }),
        Fact::Vaccinated { who: card, lot } => {
            let fact = say(&say::FactVaccinated { who: who(card) });
            let lot = lot.as_deref().map(|lot| say(&say::FactLot { lot: lot.into() }));
            detailed(texts, language, fact, lot.into_iter().collect())
        }
        Fact::PeopleCheckedIn(people) => {
            say(&say::FactPeopleCheckedIn { people: (*people).into() })
        }
        Fact::Texted { who: card, about } => match about {
            Texted::Booked => say(&say::FactTextedBooked { who: who(card) }),
            Texted::Moved => say(&say::FactTextedMoved { who: who(card) }),
            Texted::Cancelled => say(&say::FactTextedCancelled { who: who(card) }),
            Texted::Offered => say(&say::FactTextedOffered { who: who(card) }),
            Texted::Leftover => say(&say::FactTextedLeftover { who: who(card) }),
        },
        Fact::Receipt(ReceiptOn::Paper) => say(&say::FactReceiptPaper),
        Fact::Receipt(ReceiptOn::Screen) => say(&say::FactReceiptScreen),
        Fact::Receipt(ReceiptOn::Code) => say(&say::FactReceiptCode),
        Fact::CardOut => say(&say::FactCardOut),
        Fact::VisitEnded => say(&say::FactVisitEnded),
        Fact::Spoken(spoken) => say(&say::FactSpoken { language: spoken.own_name().into() }),
        Fact::Seen { screen: seen, times } => {
            let fact = say(&say::FactSeen { screen: say(screen(*seen)).into() });
            let often = (*times > 1).then(|| say(&say::FactTimes { times: (*times).into() }));
            detailed(texts, language, fact, often.into_iter().collect())
        }
        Fact::LoggedOut => say(&say::FactLoggedOut),
        Fact::Locked => say(&say::FactLocked),
        Fact::LoggedIn => say(&say::FactLoggedIn),
        Fact::Consent => say(&say::FactConsent),
        Fact::LeftUnsure => say(&say::FactLeftUnsure),
        Fact::SentTwice => say(&say::FactSentTwice),
        Fact::Within(limit) => say(&within(*limit)),
        Fact::Presses(most) => say(&say::FactPresses { presses: (*most).into() }),
    }
}

fn within(limit: Duration) -> say::FactWithin<'static> {
    let seconds = limit.as_secs();
    say::FactWithin { minutes: (seconds / 60).into(), seconds: (seconds % 60).into() }
}

/// A booking, with all that is asked of it.
fn booked(texts: &Texts, language: Language, booked: &Booked) -> String {
    let say = |message: &dyn Message| texts.say(language, message);
    let mut details = Vec::new();
    if let Some(before) = booked.before {
        let moment = texts.moment(language, taipei::instant(before));
        details.push(say(&say::FactBefore { moment: moment.into() }));
    }
    if let Some(district) = booked.district.and_then(region::district) {
        details.push(district_name(texts, language, district));
    }
    if let Some(other) = booked.same_time_as {
        details.push(say(&say::FactSameHour { other: name(other).into() }));
    }
    let fact = say(&say::FactBooked { who: name(booked.who).into() });
    detailed(texts, language, fact, details)
}

fn detailed(texts: &Texts, language: Language, fact: String, details: Vec<String>) -> String {
    if details.is_empty() {
        return fact;
    }
    let details = listed(language, &details).into();
    texts.say(language, &say::FactDetails { what: fact.into(), details })
}

/// What to look at, for whoever missed it.
pub fn why(fact: &Fact) -> &'static dyn Message {
    match fact {
        Fact::Booked(_)
        | Fact::Moved(_)
        | Fact::Cancelled(_)
        | Fact::Registered(_)
        | Fact::InLine(_)
        | Fact::ToldOfLeftovers(_) => &say::WhyBooking,
        Fact::CheckedIn(_) | Fact::Vaccinated { .. } | Fact::PeopleCheckedIn(_) => &say::WhyDesk,
        Fact::Texted { .. } => &say::WhyText,
        Fact::Receipt(_) => &say::WhyReceipt,
        Fact::CardOut | Fact::VisitEnded | Fact::LoggedOut | Fact::Locked => &say::WhyLeaving,
        Fact::Spoken(_) => &say::WhyLanguage,
        Fact::Seen { .. } => &say::WhySeen,
        Fact::LoggedIn => &say::WhyLogIn,
        Fact::Consent => &say::WhyConsent,
        Fact::LeftUnsure | Fact::SentTwice => &say::WhyUnsure,
        Fact::Within(_) | Fact::Presses(_) => &say::WhyFaster,
    }
}
