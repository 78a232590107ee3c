//! A step of somebody at a vaccination site, as it is stored, and how an entry of it is named.

use super::error::StoreError;
use super::ids::DeviceId;
use jiff::Timestamp;

/// The sixteen bytes of an entry's id.
pub type EntryId = [u8; 16];

/// How far a person has come, as it is stored.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Stage {
    CheckedIn,
    Vaccinated { lot: String },
    Left,
    Absent,
}

/// A step that counts.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Step {
    pub stage: Stage,
    pub at: Timestamp,
    /// Where it was entered; `None` if the service marked the person as absent.
    pub desk: Option<DeviceId>,
}

impl Stage {
    /// As it is stored.
    pub(super) fn code(&self) -> &'static str {
        match self {
            Stage::CheckedIn => "checked-in",
            Stage::Vaccinated { .. } => "vaccinated",
            Stage::Left => "left",
            Stage::Absent => "absent",
        }
    }

    pub(super) fn lot(&self) -> Option<&str> {
        match self {
            Stage::Vaccinated { lot } => Some(lot),
            Stage::CheckedIn | Stage::Left | Stage::Absent => None,
        }
    }

    pub(super) fn stored(code: &str, lot: Option<String>) -> Result<Self, StoreError> {
        match (code, lot) {
            ("checked-in", None) => Ok(Stage::CheckedIn),
            ("vaccinated", Some(lot)) => Ok(Stage::Vaccinated { lot }),
            ("left", None) => Ok(Stage::Left),
            ("absent", None) => Ok(Stage::Absent),
            _ => Err(StoreError::Unreadable("a step at a vaccination site")),
        }
    }
}
