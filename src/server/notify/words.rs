//! What a text message says, in the person's language: short, and with no link to press (file 002,
//! no. 20: fraud does that).

use crate::domain::language::Language;
use crate::domain::site::{Site, Slot};
use crate::i18n::dates::hours;
use crate::i18n::messages as say;
use crate::i18n::names::round_number;
use crate::i18n::texts::Texts;
use crate::server::catalog::Snapshot;
use crate::server::store::messages::Due;
use crate::server::store::outbox::Kind;

/// The text of each; `None` if the place that it tells of is no longer known.
pub fn compose(snapshot: &Snapshot, due: &[Due]) -> Vec<Option<String>> {
    let texts = Texts::default();
    due.iter().map(|due| text(snapshot, &texts, due)).collect()
}

fn text(snapshot: &Snapshot, texts: &Texts, due: &Due) -> Option<String> {
    if due.kind == Kind::Settled {
        let opens = texts.moment(due.language, due.opens.unwrap_or(snapshot.round.opens));
        let closes = texts.moment(due.language, snapshot.round.closes);
        let round = round_number(due.language, due.round);
        return (due.round == snapshot.round.number).then(|| {
            texts.say(
                due.language,
                &say::SmsSettled {
                    round: round.into(),
                    opens: opens.into(),
                    closes: closes.into(),
                },
            )
        });
    }
    if due.kind == Kind::Absent {
        // Their round may not be the one that is shown any more, so no place is looked up.
        let (number, round) = (due.number?.to_string(), round_number(due.language, due.round));
        let told = say::SmsAbsent { number: number.into(), round: round.into() };
        return Some(texts.say(due.language, &told));
    }
    if due.kind == Kind::Leftover {
        return leftover(texts, due, place(due.language, due.site.as_ref()?));
    }
    let (site, slot) = snapshot.place(due.slot?)?;
    let (when, place) = (when(texts, due.language, slot), place(due.language, site));
    if due.kind == Kind::Offered {
        return offered(texts, due, when, place);
    }
    let number = due.number?.to_string();
    Some(match due.kind {
        Kind::Booked => texts.say(
            due.language,
            &say::SmsBooked { number: number.into(), when: when.into(), place: place.into() },
        ),
        Kind::Moved => texts.say(
            due.language,
            &say::SmsMoved { number: number.into(), when: when.into(), place: place.into() },
        ),
        Kind::Cancelled => {
            texts.say(due.language, &say::SmsCancelled { number: number.into(), when: when.into() })
        }
        Kind::Reminder => texts.say(
            due.language,
            &say::SmsReminder { number: number.into(), when: when.into(), place: place.into() },
        ),
        Kind::Displaced => return displaced(snapshot, texts, due, when),
        Kind::Settled | Kind::Absent | Kind::Offered | Kind::Leftover => return None,
    })
}

/// What somebody is told whose slot, which was at `was`, was closed.
fn displaced(snapshot: &Snapshot, texts: &Texts, due: &Due, was: String) -> Option<String> {
    let (language, until) = (due.language, texts.moment(due.language, due.until?));
    let Some(held) = due.held else {
        let told = say::SmsDisplaced { was: was.into(), until: until.into() };
        return Some(texts.say(language, &told));
    };
    let (site, slot) = snapshot.place(held)?;
    let (when, place) = (when(texts, language, slot), place(language, site));
    let told = say::SmsDisplacedHeld {
        was: was.into(),
        when: when.into(),
        place: place.into(),
        until: until.into(),
    };
    Some(texts.say(language, &told))
}

/// What somebody is told who waits, and for whom this seat is held.
fn offered(texts: &Texts, due: &Due, when: String, place: String) -> Option<String> {
    let (language, until) = (due.language, texts.moment(due.language, due.until?));
    let code = due.code.as_ref()?.expose().to_owned();
    let told = say::SmsOffered {
        when: when.into(),
        place: place.into(),
        until: until.into(),
        code: code.into(),
    };
    Some(texts.say(language, &told))
}

/// What somebody is told who has asked for doses that are left.
fn leftover(texts: &Texts, due: &Due, place: String) -> Option<String> {
    let (language, until) = (due.language, texts.moment(due.language, due.until?));
    let code = due.code.as_ref()?.expose().to_owned();
    let told = say::SmsLeftover { place: place.into(), until: until.into(), code: code.into() };
    Some(texts.say(language, &told))
}

fn when(texts: &Texts, language: Language, slot: &Slot) -> String {
    format!("{} {}", texts.short_date(language, slot.starts.date()), hours(slot.starts, slot.ends))
}

/// The Chinese name and address in every language: the name stands on the door, and the address is
/// what one shows to a driver or looks up on a map.
fn place(language: Language, site: &Site) -> String {
    if language.reads_chinese() {
        format!("{}（{}）", site.name_zh, site.address_zh)
    } else {
        format!("{} / {}（{}）", site.name_en, site.name_zh, site.address_zh)
    }
}
