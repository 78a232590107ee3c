//! The counter of a pharmacy or a health station: how its staff log in, and which reader is whose.

use serde::Deserialize;
use std::path::PathBuf;

/// A counter: its staff log in, and serve one citizen after another.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Counter {
    /// How cards of staff that sign are reached; `None` if there are none, and in a training.
    pub staff_card: Option<StaffCardConfig>,
    /// A part of the name of the reader into which citizens put their cards; `None` if they may use
    /// each reader that is not the staff's.
    pub citizen_reader: Option<String>,
    /// Whether staff may type a citizen's numbers instead of reading their card.
    pub typed_numbers: bool,
    /// Whether staff may log in with their NHI card and registered password.
    pub nhi_staff_cards: bool,
}

/// The module of the vendor of staff cards, and which of its slots is the staff's.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StaffCardConfig {
    /// The PKCS#11 library.
    pub module: PathBuf,
    /// `None` if each slot is the staff's.
    pub slot: Option<SlotChoice>,
    /// `None` if a card may have any label.
    pub token_label: Option<String>,
    /// A part of the name of the reader into which staff put their cards, which is nobody else's;
    /// `None` if there is one reader for all.
    pub reader: Option<String>,
}

/// How a slot is named.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(untagged)]
pub enum SlotChoice {
    /// The number that the module gives it.
    Number(u64),
    /// A part of its description.
    Description(String),
}

impl Counter {
    /// The counter of a training: its staff cards are simulated, and all else is allowed.
    pub fn training() -> Self {
        Self { typed_numbers: true, nhi_staff_cards: true, ..Self::default() }
    }
}
