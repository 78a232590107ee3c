//! What a text message says, in the person's language: short, and with no link to press (file 002,
//! no. 20: fraud does that).

use crate::domain::language::Language;
use crate::domain::site::{Site, SlotId};
use crate::i18n::dates::hours;
use crate::i18n::messages as say;
use crate::i18n::names::round_number;
use crate::i18n::texts::Texts;
use crate::server::catalog::Snapshot;
use crate::server::store::messages::Due;
use crate::server::store::outbox::Kind;
use crate::server::store::places::PlaceOfSlot;
use jiff::civil::DateTime;
use std::collections::HashMap;

/// What is known of places: those of the round that is shown, and those of other rounds that are
/// told of.
pub struct Places<'a> {
    pub shown: &'a Snapshot,
    pub elsewhere: HashMap<SlotId, PlaceOfSlot>,
}

impl Places<'_> {
    /// Where a slot is, of whichever round, and from when to when.
    fn of(&self, slot: SlotId) -> Option<(&Site, DateTime, DateTime)> {
        let shown = self.shown.place(slot).map(|(site, slot)| (site, slot.starts, slot.ends));
        shown.or_else(|| {
            self.elsewhere.get(&slot).map(|place| (&place.site, place.starts, place.ends))
        })
    }
}

/// The text of each; `None` if the place that it tells of is no longer known, or it is about
/// choosing in a round that is over.
pub fn compose(places: &Places<'_>, due: &[Due]) -> Vec<Option<String>> {
    let texts = Texts::default();
    due.iter().map(|due| text(places, &texts, due)).collect()
}

fn text(places: &Places<'_>, texts: &Texts, due: &Due) -> Option<String> {
    let snapshot = places.shown;
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
        let (site, ..) = places.of(due.slot?)?;
        return leftover(texts, due, place(due.language, site));
    }
    if matches!(due.kind, Kind::Offered | Kind::Displaced) {
        let (site, slot) = snapshot.place(due.slot?)?;
        let when = when(texts, due.language, (slot.starts, slot.ends));
        return match due.kind == Kind::Offered {
            true => offered(texts, due, when, place(due.language, site)),
            false => displaced(snapshot, texts, due, when),
        };
    }
    // A booking stands although another round is shown by now.
    let (site, starts, ends) = places.of(due.slot?)?;
    let (when, place) = (when(texts, due.language, (starts, ends)), place(due.language, site));
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
        Kind::Settled | Kind::Absent | Kind::Displaced | Kind::Offered | Kind::Leftover => {
            return None;
        }
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
    let when = when(texts, language, (slot.starts, slot.ends));
    let place = place(language, site);
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

fn when(texts: &Texts, language: Language, (starts, ends): (DateTime, DateTime)) -> String {
    format!("{} {}", texts.short_date(language, starts.date()), hours(starts, ends))
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
