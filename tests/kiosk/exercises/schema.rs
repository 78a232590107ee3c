//! The schema for editors: it stands in the repository as it is made, takes every exercise that
//! ships, and refuses what the reader refuses.

use jsonschema::validator_for;
use serde_json::Value;
use std::path::Path;
use vaxkiosk::training::reading::{read, schema};

const FILE: &str = "kiosk-config/exercises/schema.json";

fn text_of(file: &str) -> String {
    std::fs::read_to_string(file).unwrap()
}

/// A file as an editor of TOML sees it: dates are texts there.
fn as_json(text: &str) -> Value {
    let table: toml::Table = text.parse().unwrap();
    of_toml(toml::Value::Table(table))
}

fn of_toml(value: toml::Value) -> Value {
    match value {
        toml::Value::Datetime(time) => Value::String(time.to_string()),
        toml::Value::Array(list) => list.into_iter().map(of_toml).collect(),
        toml::Value::Table(table) => {
            table.into_iter().map(|(key, value)| (key, of_toml(value))).collect()
        }
        toml::Value::String(text) => Value::String(text),
        toml::Value::Integer(number) => number.into(),
        toml::Value::Float(number) => number.into(),
        toml::Value::Boolean(truth) => truth.into(),
    }
}

#[test]
fn the_file_is_what_the_types_say() {
    let made = format!("{}\n", serde_json::to_string_pretty(&schema()).unwrap());
    if std::env::var_os("UPDATE_SCHEMA").is_some() {
        std::fs::write(FILE, &made).unwrap();
    }
    assert!(
        text_of(FILE) == made,
        "made anew with: UPDATE_SCHEMA=1 cargo test --test kiosk schema"
    );
}

#[test]
fn every_exercise_is_as_the_schema_says() {
    let validator = validator_for(&schema()).unwrap();
    let mut seen = 0;
    for entry in std::fs::read_dir("kiosk-config/exercises").unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "toml") {
            seen += 1;
            let file = as_json(&text_of(path.to_str().unwrap()));
            let errors: Vec<String> =
                validator.iter_errors(&file).map(|error| error.to_string()).collect();
            assert!(errors.is_empty(), "{}: {errors:?}", path.display());
        }
    }
    assert_eq!(seen, 16);
}

#[test]
fn what_the_reader_refuses_the_schema_refuses_too() {
    let validator = validator_for(&schema()).unwrap();
    let right = text_of("kiosk-config/exercises/shop-1-line-cut.toml");
    let changes = [
        ("minutes = 8", "minuts = 8"),
        ("minutes = 8", "minutes = 0"),
        ("minutes = 8", "minutes = \"eight\""),
        ("role = \"shop\"", "role = \"market\""),
        ("card = \"migrant-worker\"", "card = \"A123456789\""),
        ("does = \"cut-line\"", "does = \"cut\""),
        ("action = \"confirm\"", "action = \"confirm\", after = 3"),
        ("language = \"vi\"", "language = \"vn\""),
        ("fact = \"card-out\"", "fact = \"card-out\"\nwho = \"may-book\""),
        ("fact = \"receipt\"\non = \"screen\"", "fact = \"receipt\""),
        ("[text.en]", "[text.fr]"),
    ];
    for (from, to) in changes {
        let wrong = right.replacen(from, to, 1);
        assert_ne!(wrong, right, "{from}");
        assert!(read(Path::new("a.toml"), &wrong).is_err(), "the reader takes {to}");
        assert!(!validator.is_valid(&as_json(&wrong)), "the schema takes {to}");
    }
}
