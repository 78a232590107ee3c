//! The facts of a file: `[[must]]` and `[[must_not]]`.

use super::mistake::MistakeKind;
use super::section::{Section, languages};
use crate::devices::simulated::people::PracticeCard;
use crate::domain::region::{DistrictCode, district};
use crate::training::fact::{Booked, Fact, FactKind, Message, ReceiptOn};
use crate::training::people::cards;
use crate::training::screen_name::ScreenName;
use std::ops::Range;
use std::time::Duration;

/// A fact, and where it stands.
pub(super) type FactAt = (Fact, Range<usize>);

/// All keys that a fact of some kind has.
const KEYS: [&str; 14] = [
    "fact",
    "who",
    "before",
    "district",
    "same_time_as",
    "lot",
    "people",
    "about",
    "on",
    "language",
    "screen",
    "times",
    "minutes",
    "most",
];

/// The facts of a list. One that cannot be read is left out, and said.
pub(super) fn read(section: &Section<'_, '_>, key: &str) -> Vec<FactAt> {
    let kinds: Vec<(&str, FactKind)> =
        FactKind::ALL.iter().map(|kind| (kind.word(), *kind)).collect();
    let one = |fact: Section<'_, '_>| {
        let kind = fact.needs("fact", fact.word("fact", &kinds))?;
        unknown_keys(&fact, kind);
        Some((of_kind(&fact, kind)?, fact.span.clone()))
    };
    section.sections(key, &KEYS).into_iter().filter_map(one).collect()
}

/// The keys that a kind of fact may have besides `fact`, and those that it must have.
pub(super) fn keys_of(kind: FactKind) -> (&'static [&'static str], &'static [&'static str]) {
    match kind {
        FactKind::Booked => (&["before", "district", "same_time_as"], &["who"]),
        FactKind::Moved
        | FactKind::Cancelled
        | FactKind::Registered
        | FactKind::InLine
        | FactKind::ToldOfLeftovers
        | FactKind::CheckedIn => (&[], &["who"]),
        FactKind::Vaccinated => (&["lot"], &["who"]),
        FactKind::PeopleCheckedIn => (&[], &["people"]),
        FactKind::Texted => (&[], &["who", "about"]),
        FactKind::Receipt => (&[], &["on"]),
        FactKind::Spoken => (&[], &["language"]),
        FactKind::Seen => (&["times"], &["screen"]),
        FactKind::Within => (&[], &["minutes"]),
        FactKind::Presses => (&[], &["most"]),
        FactKind::CardOut
        | FactKind::VisitEnded
        | FactKind::LoggedOut
        | FactKind::Locked
        | FactKind::LoggedIn
        | FactKind::Consent
        | FactKind::LeftUnsure
        | FactKind::SentTwice => (&[], &[]),
    }
}

/// A key of another kind of fact would mean nothing here.
fn unknown_keys(fact: &Section<'_, '_>, kind: FactKind) {
    let (may, must) = keys_of(kind);
    let is_own = |key: &&str| may.contains(key) || must.contains(key) || **key == *"fact";
    for key in KEYS.iter().filter(|key| !is_own(key) && fact.has(key)) {
        let nearest = must.first().copied().unwrap_or("fact");
        let kind = MistakeKind::UnknownKey { key: (*key).into(), nearest };
        fact.wrong(fact.span_of(key), kind);
    }
}

fn of_kind(fact: &Section<'_, '_>, kind: FactKind) -> Option<Fact> {
    Some(match kind {
        FactKind::Booked => Fact::Booked(Booked {
            who: who(fact, "who")?,
            before: fact.date_time("before"),
            district: district_of(fact),
            same_time_as: fact.word("same_time_as", &cards()),
        }),
        FactKind::Moved => Fact::Moved(who(fact, "who")?),
        FactKind::Cancelled => Fact::Cancelled(who(fact, "who")?),
        FactKind::Registered => Fact::Registered(who(fact, "who")?),
        FactKind::InLine => Fact::InLine(who(fact, "who")?),
        FactKind::ToldOfLeftovers => Fact::ToldOfLeftovers(who(fact, "who")?),
        FactKind::CheckedIn => Fact::CheckedIn(who(fact, "who")?),
        FactKind::Vaccinated => Fact::Vaccinated { who: who(fact, "who")?, lot: fact.text("lot") },
        FactKind::PeopleCheckedIn => {
            let people = fact.needs("people", fact.number("people", 1, 100))?;
            Fact::PeopleCheckedIn(u32::try_from(people).ok()?)
        }
        FactKind::Texted => {
            let kinds: Vec<(&str, Message)> =
                Message::ALL.iter().map(|about| (about.word(), *about)).collect();
            let about = fact.needs("about", fact.word("about", &kinds));
            Fact::Texted { who: who(fact, "who")?, about: about? }
        }
        FactKind::Receipt => {
            let forms: Vec<(&str, ReceiptOn)> =
                ReceiptOn::ALL.iter().map(|on| (on.word(), *on)).collect();
            Fact::Receipt(fact.needs("on", fact.word("on", &forms))?)
        }
        FactKind::CardOut => Fact::CardOut,
        FactKind::VisitEnded => Fact::VisitEnded,
        FactKind::Spoken => {
            Fact::Spoken(fact.needs("language", fact.word("language", &languages()))?)
        }
        FactKind::Seen => {
            let screen = fact.needs("screen", fact.word("screen", &screens()));
            let times = if fact.has("times") { fact.number("times", 1, 20)? } else { 1 };
            Fact::Seen { screen: screen?, times: u8::try_from(times).ok()? }
        }
        FactKind::LoggedOut => Fact::LoggedOut,
        FactKind::Locked => Fact::Locked,
        FactKind::LoggedIn => Fact::LoggedIn,
        FactKind::Consent => Fact::Consent,
        FactKind::LeftUnsure => Fact::LeftUnsure,
        FactKind::SentTwice => Fact::SentTwice,
        FactKind::Within => {
            let minutes = fact.needs("minutes", fact.number("minutes", 1, 60))?;
            Fact::Within(Duration::from_secs(u64::try_from(minutes).ok()? * 60))
        }
        FactKind::Presses => {
            Fact::Presses(u16::try_from(fact.needs("most", fact.number("most", 1, 500))?).ok()?)
        }
    })
}

fn who(fact: &Section<'_, '_>, key: &'static str) -> Option<PracticeCard> {
    fact.needs(key, fact.word(key, &cards()))
}

/// A district, by its number in the list of the Ministry of the Interior.
fn district_of(fact: &Section<'_, '_>) -> Option<DistrictCode> {
    let code = fact.number("district", 0, i64::from(u32::MAX))?;
    let code = DistrictCode(u32::try_from(code).ok()?);
    is_there(fact, code, fact.span_of("district")).then_some(code)
}

/// Whether there is such a district; it is said if there is none.
pub(super) fn is_there(section: &Section<'_, '_>, code: DistrictCode, span: Range<usize>) -> bool {
    let found = district(code).is_some();
    if !found {
        let right = vec!["6300300 (大安區)", "6800200 (中壢區)", "…"];
        section.wrong(span, MistakeKind::UnknownWord { word: code.0.to_string(), right });
    }
    found
}

pub(super) fn screens() -> Vec<(&'static str, ScreenName)> {
    ScreenName::ALL.iter().map(|screen| (screen.word(), *screen)).collect()
}
