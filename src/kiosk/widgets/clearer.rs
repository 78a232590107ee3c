//! What the key is called that makes the screen easier to see.

use crate::i18n::messages as say;
use crate::i18n::messages::Message;

/// `enlarges`: the terminal has larger type.
pub fn clearer_label(enlarges: bool) -> &'static dyn Message {
    if enlarges { &say::LargerType } else { &say::Clearer }
}
