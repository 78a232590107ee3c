//! Real staff cards, by the PKCS#11 module of their vendor. The module is foreign code that may
//! hang or crash, and is loaded in a process of its own: `reader` is the kiosk's side, with a
//! thread that asks and a deadline for each answer, and `helper` is the other side, which alone
//! loads the module (`module`, `card`, `certificate`). Between them are the frames of `protocol`.

mod card;
mod certificate;
pub mod helper;
mod module;
mod process;
mod protocol;
pub mod reader;

use std::path::PathBuf;

/// Which module is loaded, and which of its slots and cards are the staff's.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ModuleOptions {
    /// The PKCS#11 library.
    pub module: PathBuf,
    /// The number of the slot; `None` if it does not matter.
    pub slot_number: Option<u64>,
    /// A part of the slot's description; `None` if it does not matter.
    pub slot_named: Option<String>,
    /// The label of the card; `None` if it does not matter.
    pub token_label: Option<String>,
}
