//! The JSON schema of an exercise's file, for editors that help while one is written. It is made of
//! the same words as the reader knows, and stands in `kiosk-config/exercises/schema.json`.

use super::facts;
use super::section::languages;
use super::whole::CHANNELS;
use crate::domain::language::Language;
use crate::training::act::Act;
use crate::training::exercise::Role;
use crate::training::fact::{FactKind, Message, ReceiptOn};
use crate::training::fault::FaultKind;
use crate::training::people::{cards, staff};
use crate::training::screen_name::ScreenName;
use serde_json::{Map, Value, json};

/// The schema of a file.
pub fn schema() -> Value {
    let roles: Vec<&str> = Role::ALL.iter().map(|role| role.word()).collect();
    let channels: Vec<&str> = CHANNELS.iter().map(|(word, _)| *word).collect();
    let mut schema = section(
        json!({
            "$schema": text(),
            "number": number(1, 99),
            "role": one_of(&roles),
            "channel": one_of(&channels),
            "minutes": number(1, 60),
            "presses": number(1, 500),
            "staff": one_of(&words(&staff())),
            "person": person(),
            "world": world(),
            "fault": { "type": "array", "items": fault() },
            "must": { "type": "array", "minItems": 1, "items": fact() },
            "must_not": { "type": "array", "items": fact() },
            "text": texts(),
        }),
        &["number", "role", "channel", "minutes", "presses", "person", "world", "must", "text"],
    );
    schema["$schema"] = json!("https://json-schema.org/draft/2020-12/schema");
    schema["title"] = json!("An exercise of vaxkiosk");
    schema
}

fn words<T>(of: &[(&'static str, T)]) -> Vec<&'static str> {
    of.iter().map(|(word, _)| *word).collect()
}

fn one_of(words: &[&str]) -> Value {
    json!({ "enum": words })
}

fn list_of(words: &[&str]) -> Value {
    json!({ "type": "array", "items": one_of(words) })
}

fn text() -> Value {
    json!({ "type": "string", "pattern": "\\S" })
}

fn number(least: i64, most: i64) -> Value {
    json!({ "type": "integer", "minimum": least, "maximum": most })
}

/// A local date-time, as an editor of TOML sees it.
fn date_time() -> Value {
    json!({ "type": "string", "pattern": "^\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d(:\\d\\d)?$" })
}

/// A section that has no other keys.
fn section(properties: Value, required: &[&str]) -> Value {
    json!({
        "type": "object",
        "additionalProperties": false,
        "properties": properties,
        "required": required,
    })
}

fn person() -> Value {
    let properties = json!({
        "card": one_of(&words(&cards())),
        "language": one_of(&words(&languages())),
        "says": text(),
    });
    section(properties, &["card", "language", "says"])
}

fn world() -> Value {
    let properties = json!({
        "begins": date_time(),
        "line": one_of(&["up", "cut"]),
        "slow_seconds": number(1, 60),
        "printer": one_of(&["ready", "out"]),
        "reader": { "type": "boolean" },
        "booked": list_of(&words(&cards())),
        "in_line": list_of(&words(&cards())),
        "full": { "type": "array", "items": { "type": "integer" } },
    });
    section(properties, &["begins"])
}

fn texts() -> Value {
    let properties = json!({
        "title": text(),
        "situation": text(),
        "task": text(),
        "hints": { "type": "array", "minItems": 1, "items": text() },
    });
    let one = section(properties, &["title", "situation", "task", "hints"]);
    let all: Map<String, Value> =
        Language::ALL.into_iter().map(|it| (it.tag().to_owned(), one.clone())).collect();
    section(Value::Object(all), &["zh-TW", "en"])
}

fn fault() -> Value {
    let screens: Vec<&str> = ScreenName::ALL.iter().map(|screen| screen.word()).collect();
    let acts: Vec<&str> = Act::ALL.iter().map(|act| act.word()).collect();
    let nth = number(1, 20);
    let when = json!({ "oneOf": [
        section(json!({ "step": one_of(&screens), "nth": nth }), &["step"]),
        section(json!({ "action": one_of(&acts), "nth": nth }), &["action"]),
        section(json!({ "after": number(0, 3600), "nth": nth }), &["after"]),
    ] });
    let properties = json!({
        "when": when,
        "does": one_of(&FaultKind::WORDS),
        "ends_after": number(0, 3600),
        "seconds": number(0, 3600),
        "card": one_of(&words(&cards())),
    });
    section(properties, &["when", "does"])
}

/// A fact has the keys of its own kind and no others.
fn fact() -> Value {
    let kinds = FactKind::ALL.iter().map(|kind| {
        let (own, needed) = facts::keys_of(*kind);
        let mut properties: Map<String, Value> =
            own.iter().chain(needed).map(|key| ((*key).to_owned(), of_key(key))).collect();
        properties.insert("fact".into(), json!({ "const": kind.word() }));
        let required: Vec<&str> = ["fact"].into_iter().chain(needed.iter().copied()).collect();
        section(Value::Object(properties), &required)
    });
    json!({ "oneOf": kinds.collect::<Vec<_>>() })
}

/// What a key of a fact may say.
fn of_key(key: &str) -> Value {
    let screens: Vec<&str> = ScreenName::ALL.iter().map(|screen| screen.word()).collect();
    let about: Vec<&str> = Message::ALL.iter().map(|about| about.word()).collect();
    let forms: Vec<&str> = ReceiptOn::ALL.iter().map(|on| on.word()).collect();
    match key {
        "who" | "same_time_as" => one_of(&words(&cards())),
        "before" => date_time(),
        "district" => json!({ "type": "integer" }),
        "people" => number(1, 100),
        "about" => one_of(&about),
        "on" => one_of(&forms),
        "language" => one_of(&words(&languages())),
        "screen" => one_of(&screens),
        "times" => number(1, 20),
        "minutes" => number(1, 60),
        "most" => number(1, 500),
        // A lot number.
        _ => text(),
    }
}
