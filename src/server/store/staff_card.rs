//! What a staff member logs in with, as far as it tells who they are.

use crate::domain::identity::IdNumber;
use crate::domain::personal::Personal;
use serde::{Deserialize, Serialize};

/// The card of a staff member.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StaffCard {
    /// A card that signs. A renewed card has another key and certificate, but the same of these.
    Certificate {
        /// The distinguished name of the CA, in DER as hexadecimal digits.
        issuer: String,
        /// The serialNumber of the subject (X.520, 2.5.4.5), which each owner has for good.
        owner: Personal,
    },
    /// An NHI card: whoever has this identity number.
    NhiCard { id: IdNumber },
}

impl StaffCard {
    /// A word for its kind, for lists and the trail.
    pub fn kind(&self) -> &'static str {
        match self {
            StaffCard::Certificate { .. } => "certificate",
            StaffCard::NhiCard { .. } => "nhi-card",
        }
    }
}
