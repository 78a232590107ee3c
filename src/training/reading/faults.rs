//! The faults of a file: `[[fault]]`, with its trigger.

use super::facts::screens;
use super::mistake::MistakeKind;
use super::section::Section;
use crate::training::act::Act;
use crate::training::fault::{Fault, FaultKind, Trigger};
use crate::training::people::cards;
use std::ops::Range;
use std::time::Duration;

const KEYS: [&str; 5] = ["when", "does", "ends_after", "seconds", "card"];
const WHEN: [&str; 4] = ["step", "after", "action", "nth"];

/// A fault, and where its trigger stands.
pub(super) type FaultAt = (Fault, Range<usize>);

pub(super) fn read(section: &Section<'_, '_>) -> Vec<FaultAt> {
    section.sections("fault", &KEYS).iter().filter_map(one).collect()
}

fn one(fault: &Section<'_, '_>) -> Option<FaultAt> {
    let words: Vec<(&str, &str)> = FaultKind::WORDS.into_iter().map(|word| (word, word)).collect();
    let word = fault.needs("does", fault.word("does", &words));
    let when = fault.needs("when", fault.section("when", &WHEN));
    let trigger = when.as_ref().and_then(trigger);
    let does = kind(fault, word?);
    let ends_after = seconds(fault, "ends_after");
    let does = does?;
    if ends_after.is_some() && !does.can_end() {
        fault.wrong(fault.span_of("ends_after"), MistakeKind::CannotEnd { word: does.word() });
    }
    Some((Fault { when: trigger?, does, ends_after }, fault.span_of("when")))
}

fn kind(fault: &Section<'_, '_>, word: &str) -> Option<FaultKind> {
    let only = |key: &'static str| {
        if fault.has(key) {
            let kind = MistakeKind::UnknownKey { key: key.into(), nearest: "ends_after" };
            fault.wrong(fault.span_of(key), kind);
        }
    };
    if word != "slow-line" {
        only("seconds");
    }
    if word != "another-card" {
        only("card");
    }
    match word {
        "slow-line" => {
            Some(FaultKind::SlowLine(fault.needs("seconds", seconds(fault, "seconds"))?))
        }
        "cut-line" => Some(FaultKind::CutLine),
        "printer-jam" => Some(FaultKind::PrinterJam),
        "printer-out" => Some(FaultKind::PrinterOut),
        "reader-gone" => Some(FaultKind::ReaderGone),
        "slot-filled" => Some(FaultKind::SlotFilled),
        "another-card" => {
            Some(FaultKind::AnotherCard(fault.needs("card", fault.word("card", &cards()))?))
        }
        "wrong-pin" => Some(FaultKind::WrongPin),
        "opening-minute" => Some(FaultKind::OpeningMinute),
        "power-cut" => Some(FaultKind::PowerCut),
        _ => None,
    }
}

fn seconds(section: &Section<'_, '_>, key: &str) -> Option<Duration> {
    let seconds = section.number(key, 0, 3600)?;
    u64::try_from(seconds).ok().map(Duration::from_secs)
}

fn trigger(when: &Section<'_, '_>) -> Option<Trigger> {
    let given = ["step", "after", "action"].into_iter().filter(|key| when.has(key)).count();
    if given != 1 {
        when.wrong(when.span.clone(), MistakeKind::OneTrigger);
        return None;
    }
    let nth = when.number("nth", 1, 20).and_then(|nth| u8::try_from(nth).ok()).unwrap_or(1);
    if when.has("step") {
        return Some(Trigger::Step { screen: when.word("step", &screens())?, nth });
    }
    if when.has("action") {
        let acts: Vec<(&str, Act)> = Act::ALL.iter().map(|act| (act.word(), *act)).collect();
        return Some(Trigger::Action { act: when.word("action", &acts)?, nth });
    }
    seconds(when, "after").map(Trigger::After)
}
