//! A refusal of the rules, said in one sentence with its dates.

use super::messages as say;
use super::texts::Texts;
use crate::domain::language::Language;
use crate::domain::refusal::Refusal;

/// A refusal in one sentence.
pub fn sentence(texts: &Texts, language: Language, refusal: Refusal) -> String {
    let at = |instant| texts.moment(language, instant).into();
    match refusal {
        Refusal::AlreadyBooked => texts.say(language, &say::RefusedAlreadyBooked),
        Refusal::NotInRound => texts.say(language, &say::RefusedNotInRound),
        Refusal::NotRegistered => texts.say(language, &say::RefusedNotRegistered),
        Refusal::RegisteredTooLate { cut_off } => {
            texts.say(language, &say::RefusedTooLate { until: at(cut_off) })
        }
        Refusal::BrandNotChosen => texts.say(language, &say::RefusedBrand),
        Refusal::NotOpenYet { opens } => {
            texts.say(language, &say::RefusedNotOpen { opens: at(opens) })
        }
        Refusal::Closed { closed } => {
            texts.say(language, &say::RefusedClosed { closed: at(closed) })
        }
        Refusal::SlotFull => texts.say(language, &say::RefusedFull),
        Refusal::SlotGone => texts.say(language, &say::RefusedGone),
        Refusal::AgeOpensLater { opens } => {
            texts.say(language, &say::RefusedAge { opens: at(opens) })
        }
        Refusal::NotInCounties => texts.say(language, &say::RefusedCounties),
        Refusal::RegistrationNotOpenYet { opens } => {
            texts.say(language, &say::RefusedRegistrationNotOpen { opens: at(opens) })
        }
        Refusal::RegistrationClosed { closed } => {
            texts.say(language, &say::RefusedRegistrationClosed { closed: at(closed) })
        }
        Refusal::IntentionCounted { until } => {
            texts.say(language, &say::RefusedCounted { until: at(until) })
        }
        Refusal::NoBooking => texts.say(language, &say::RefusedNoBooking),
        Refusal::CheckedIn => texts.say(language, &say::RefusedCheckedIn),
        Refusal::CodeOver => texts.say(language, &say::RefusedCodeOver),
        Refusal::NoShow { until } => texts.say(language, &say::RefusedNoShow { until: at(until) }),
    }
}
