//! The NHI card reader: what it tells, and what can be wrong with a card.

use crate::domain::card::Card;

/// Why a card in the reader cannot be used.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CardFault {
    /// The chip does not answer, or not sensibly: dirty, damaged or upside down.
    Unreadable,
    /// It answers, but it is another kind of card.
    NotAnNhiCard,
    /// Pulled out while it was read.
    PulledTooSoon,
}

/// What the reader tells, at the moment it happens.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ReaderEvent {
    CardIn,
    CardOut,
    /// The reader was unplugged, or its service stopped.
    ReaderLost,
    ReaderFound,
}

/// A card reader. Its events come through whatever it was made with; a read blocks for under a
/// second.
pub trait CardReader: Send + Sync {
    /// Reads the card that is in.
    fn read(&self) -> Result<Card, CardFault>;

    /// What reader it is; `None` while there is none.
    fn info(&self) -> Option<ReaderInfo>;
}

/// A reader as the system check shows it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ReaderInfo {
    pub name: String,
    /// Of the component that speaks to it.
    pub version: String,
}

/// No reader at all, as the kiosk's settings have it.
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
