//! What the program is built of keeps to deny.toml: licences, sources, and crates that are not
//! wanted. `make deny` asks cargo-deny, and for known faults too; this is what needs neither it nor
//! a network.

use serde_json::Value;
use std::collections::BTreeSet;
use std::process::Command;

/// All packages of all features, of tests and builds too, on this machine's platform: what is for
/// others alone has not been fetched, and cargo-deny looks at it.
fn packages() -> Vec<Value> {
    let platform = format!("{}-unknown-linux-gnu", std::env::consts::ARCH);
    let mut command = Command::new(env!("CARGO"));
    command.args(["metadata", "--format-version=1", "--locked", "--offline", "--all-features"]);
    let output = command.args(["--filter-platform", &platform]).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let document: Value = serde_json::from_slice(&output.stdout).unwrap();
    let within: BTreeSet<&str> = document["resolve"]["nodes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|node| node["id"].as_str().unwrap())
        .collect();
    let all = document["packages"].as_array().unwrap().iter();
    all.filter(|package| within.contains(package["id"].as_str().unwrap())).cloned().collect()
}

fn rules() -> toml::Table {
    std::fs::read_to_string("deny.toml").unwrap().parse().unwrap()
}

fn strings(list: &toml::Value) -> Vec<String> {
    list.as_array().unwrap().iter().map(|word| word.as_str().unwrap().to_owned()).collect()
}

/// Whether a licence expression (SPDX 2.3, annex D) can be kept with these licences alone. `AND`
/// binds closer than `OR`; some crates still write `/` for `OR`.
fn is_allowed(expression: &str, allowed: &[String]) -> bool {
    let spaced = expression.replace('(', " ( ").replace(')', " ) ").replace('/', " OR ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut rest = words.as_slice();
    let answer = any_of(&mut rest, allowed);
    assert!(rest.is_empty(), "{expression}: not read from {rest:?}");
    answer
}

fn any_of(words: &mut &[&str], allowed: &[String]) -> bool {
    let mut answer = all_of(words, allowed);
    while let [first, rest @ ..] = *words
        && *first == "OR"
    {
        *words = rest;
        answer |= all_of(words, allowed);
    }
    answer
}

fn all_of(words: &mut &[&str], allowed: &[String]) -> bool {
    let mut answer = one(words, allowed);
    while let [first, rest @ ..] = *words
        && *first == "AND"
    {
        *words = rest;
        answer &= one(words, allowed);
    }
    answer
}

fn one(words: &mut &[&str], allowed: &[String]) -> bool {
    let (first, rest) = words.split_first().expect("a licence");
    *words = rest;
    if *first == "(" {
        let answer = any_of(words, allowed);
        assert_eq!(words.split_off_first(), Some(&")"), "a closing bracket");
        return answer;
    }
    // An exception is a licence of its own, and allowed by its whole name only.
    if let ["WITH", exception, rest @ ..] = *words {
        *words = rest;
        return allowed.contains(&format!("{first} WITH {exception}"));
    }
    allowed.iter().any(|licence| licence == first)
}

#[test]
fn licences_are_read_as_spdx_says() {
    let allowed = ["MIT", "ISC", "Zlib"].map(String::from);
    for (expression, expected) in [
        ("MIT", true),
        ("GPL-3.0-only", false),
        ("GPL-3.0-only OR MIT", true),
        ("MIT/Apache-2.0", true),
        ("MIT AND Apache-2.0", false),
        ("MIT AND (GPL-2.0-only OR ISC)", true),
        ("GPL-2.0-only OR MIT AND Apache-2.0", false),
        ("(MIT OR Apache-2.0) AND OpenSSL", false),
        ("MIT WITH LLVM-exception", false),
    ] {
        assert_eq!(is_allowed(expression, &allowed), expected, "{expression}");
    }
}

#[test]
fn licences_are_those_that_deny_toml_allows() {
    let rules = rules();
    let allowed = strings(&rules["licenses"]["allow"]);
    let packages = packages();
    assert!(packages.len() > 300, "cargo metadata names only {}", packages.len());
    let refused: Vec<String> = packages
        .iter()
        .filter(|package| !package["license"].as_str().is_some_and(|it| is_allowed(it, &allowed)))
        .map(|package| {
            format!("{} {}: {}", package["name"], package["version"], package["license"])
        })
        .collect();
    assert!(refused.is_empty(), "{refused:#?}");
}

#[test]
fn sources_are_the_registry_alone_and_unwanted_crates_are_absent() {
    let rules = rules();
    let packages = packages();
    let ours = |package: &&Value| package["source"].is_null();
    let elsewhere: Vec<&Value> = packages
        .iter()
        .filter(|package| !ours(package))
        .filter(|package| {
            package["source"] != "registry+https://github.com/rust-lang/crates.io-index"
        })
        .map(|package| &package["id"])
        .collect();
    assert!(elsewhere.is_empty(), "{elsewhere:#?}");
    let own: Vec<&Value> = packages.iter().filter(ours).map(|package| &package["name"]).collect();
    assert_eq!(own, ["vaxkiosk"], "a crate comes from a folder");

    let unwanted: Vec<String> = rules["bans"]["deny"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| entry["crate"].as_str().unwrap().to_owned())
        .collect();
    assert!(!unwanted.is_empty());
    for package in &packages {
        let name = package["name"].as_str().unwrap().to_owned();
        assert!(!unwanted.contains(&name), "{name} is built in");
    }
}
