//! `receipt_key` in a kiosk's settings: one public key, or several in a list while receipts of an
//! earlier key are still shown.

use super::key;
use super::mistake::{Mistake, MistakeKind};
use serde::de::{Error, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use std::path::Path;
use toml::Spanned;

/// The public key of `receipt::demo_key`. The training's secrets are known to everybody, so a real
/// kiosk does not accept its receipt key.
pub(super) const TRAINING_KEY: &str =
    "204e21e741f84a6f2b251908a4b360dcece679c1c13fce83e423f4b45c624e44";

/// As it stands in the file.
#[derive(Clone)]
pub(super) enum ReceiptKeys {
    One(String),
    Several(Vec<Spanned<String>>),
}

impl<'de> Deserialize<'de> for ReceiptKeys {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct KeysVisitor;
        impl<'de> Visitor<'de> for KeysVisitor {
            type Value = ReceiptKeys;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a public key, or a list of them")
            }

            fn visit_str<E: Error>(self, key: &str) -> Result<ReceiptKeys, E> {
                Ok(ReceiptKeys::One(key.to_owned()))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<ReceiptKeys, A::Error> {
                let mut keys = Vec::new();
                while let Some(key) = seq.next_element()? {
                    keys.push(key);
                }
                Ok(ReceiptKeys::Several(keys))
            }
        }
        deserializer.deserialize_any(KeysVisitor)
    }
}

/// The keys, or the first mistake in them. `path` and `text` are for the message only.
pub(super) fn read(
    path: &Path,
    text: &str,
    keys: &Spanned<ReceiptKeys>,
) -> Result<Vec<[u8; 32]>, Mistake> {
    let one = |key: &str, span| {
        if key.trim().eq_ignore_ascii_case(TRAINING_KEY) {
            return Err(Mistake::at(path, text, span, |line| MistakeKind::TrainingOnly { line }));
        }
        let wrong = || Mistake::at(path, text, span, |line| MistakeKind::Secret { line });
        key::read(key.trim()).map(|key| *key).ok_or_else(wrong)
    };
    match keys.get_ref() {
        ReceiptKeys::One(key) => Ok(vec![one(key, keys.span())?]),
        ReceiptKeys::Several(all) => {
            let keys: Vec<&str> = all.iter().map(|key| key.get_ref().as_str()).collect();
            if let Some(twice) = (1..keys.len()).find(|at| keys[..*at].contains(&keys[*at])) {
                let span = all[twice].span();
                return Err(Mistake::at(path, text, span, |line| MistakeKind::EachOnce { line }));
            }
            all.iter().map(|key| one(key.get_ref(), key.span())).collect()
        }
    }
}
