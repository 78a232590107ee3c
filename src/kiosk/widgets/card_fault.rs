//! What is said of a card that cannot be used: that it cannot, and what to do.

use crate::devices::card_reader::CardFault;
use crate::i18n::messages as say;
use crate::i18n::messages::Message;

/// In large, and in more words.
pub fn card_fault(fault: CardFault) -> (&'static dyn Message, &'static dyn Message) {
    match fault {
        CardFault::Unreadable => (&say::CardUnreadableTitle, &say::CardUnreadableBody),
        CardFault::NotAnNhiCard => (&say::CardOtherTitle, &say::CardOtherBody),
        CardFault::PulledTooSoon => (&say::CardTooSoonTitle, &say::CardTooSoonBody),
    }
}
