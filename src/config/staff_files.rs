//! `[staff]` in `kiosk-config/server.toml`: which staff cards count, and the service's name in what
//! they sign.

use serde::de::Error;
use serde::{Deserialize, Deserializer};
use std::path::PathBuf;

/// The files by which staff cards are checked.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StaffFiles {
    /// The service's name in what cards sign: a signature for one service is worth nothing at
    /// another.
    #[serde(deserialize_with = "name")]
    pub name: String,
    /// The CAs whose cards count, PEM.
    #[serde(deserialize_with = "files")]
    pub ca: Vec<PathBuf>,
    /// Lists of what those CAs have revoked, PEM or DER. They are read anew when they change.
    #[serde(deserialize_with = "files")]
    pub crl: Vec<PathBuf>,
}

fn name<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    let name = String::deserialize(deserializer)?;
    match name.is_empty() || name.contains(char::is_control) {
        true => Err(D::Error::custom("expected a name")),
        false => Ok(name),
    }
}

fn files<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<PathBuf>, D::Error> {
    let files = Vec::<PathBuf>::deserialize(deserializer)?;
    match files.is_empty() {
        true => Err(D::Error::custom("expected one file at least")),
        false => Ok(files),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("name = \"a\"\nca = [\"ca.pem\"]\ncrl = [\"a.crl\", \"b.crl\"]", None)]
    #[case("name = \"\"\nca = [\"ca.pem\"]\ncrl = [\"a.crl\"]", Some("expected a name"))]
    #[case("name = \"a\"\nca = []\ncrl = [\"a.crl\"]", Some("one file at least"))]
    #[case("name = \"a\"\nca = [\"ca.pem\"]\ncrl = []", Some("one file at least"))]
    #[case("name = \"a\"\nca = [\"ca.pem\"]", Some("missing field `crl`"))]
    #[case("name = \"a\"\nca = [\"c\"]\ncrl = [\"a\"]\npin = 1", Some("unknown field `pin`"))]
    fn a_mistake_is_named(#[case] text: &str, #[case] expected: Option<&str>) {
        match (toml::from_str::<StaffFiles>(text), expected) {
            (Ok(_), None) => {}
            (Err(error), Some(part)) => assert!(error.to_string().contains(part), "{error}"),
            (read, expected) => panic!("{read:?} {expected:?}"),
        }
    }
}
