//! The NHI card reader as a trait: its events, and what can be wrong with a card.

use crate::domain::card::Card;

/// Why a card in the reader cannot be used.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CardFault {
    /// The chip gives no answer, or one without sense: it is dirty, damaged or upside down.
    Unreadable,
    /// The chip answers, but as another kind of card.
    NotAnNhiCard,
    /// The card was pulled out while it was read.
    PulledTooSoon,
}

/// What happened at the reader, sent at the moment it happens.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ReaderEvent {
    CardIn,
    CardOut,
    /// The reader was unplugged, or its service stopped.
    ReaderLost,
    ReaderFound,
}

/// A card reader. It sends its events to the function that it was made with. A read blocks for less
/// than a second.
pub trait CardReader: Send + Sync {
    /// Reads the card that is in the reader.
    fn read(&self) -> Result<Card, CardFault>;

    /// Name and version of the reader; `None` while there is none.
    fn info(&self) -> Option<ReaderInfo>;
}

/// A reader as the system check shows it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ReaderInfo {
    pub name: String,
    /// The version of the driver that speaks to the reader.
    pub version: String,
}

/// Stands for the reader when the kiosk's settings say that it has none.
#[derive(Clone, Copy, Debug)]
pub struct NoReader;

impl CardReader for NoReader {
    fn read(&self) -> Result<Card, CardFault> {
        Err(CardFault::PulledTooSoon)
    }

    fn info(&self) -> Option<ReaderInfo> {
        None
    }
}
