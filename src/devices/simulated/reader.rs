//! The simulated card reader, which a trainer or a test puts practice cards into.

use super::people::PracticeCard;
use crate::devices::card_reader::{CardFault, CardReader, ReaderEvent, ReaderInfo};
use crate::domain::card::Card;
use std::sync::Mutex;
use std::time::Duration;

/// A reader that holds one practice card or none.
pub struct SimulatedReader {
    card: Mutex<Option<PracticeCard>>,
    events: Box<dyn Fn(ReaderEvent) + Send + Sync>,
}

/// About as long as a real card takes to answer.
const READING_TAKES: Duration = Duration::from_millis(300);

impl SimulatedReader {
    pub fn new(events: impl Fn(ReaderEvent) + Send + Sync + 'static) -> Self {
        Self { card: Mutex::new(None), events: Box::new(events) }
    }

    /// Puts a card in. A card that is in comes out first.
    pub fn insert(&self, card: PracticeCard) {
        self.pull();
        *self.slot() = Some(card);
        (self.events)(ReaderEvent::CardIn);
    }

    /// Pulls the card, if there is one.
    pub fn pull(&self) {
        if self.slot().take().is_some() {
            (self.events)(ReaderEvent::CardOut);
        }
    }

    fn slot(&self) -> std::sync::MutexGuard<'_, Option<PracticeCard>> {
        self.card.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

impl CardReader for SimulatedReader {
    fn read(&self) -> Result<Card, CardFault> {
        let card = *self.slot();
        std::thread::sleep(READING_TAKES);
        // The card was pulled or exchanged while it was read, so what was read is not used.
        if card.is_none() || *self.slot() != card {
            return Err(CardFault::PulledTooSoon);
        }
        card.ok_or(CardFault::PulledTooSoon)?.face()
    }

    fn info(&self) -> Option<ReaderInfo> {
        Some(ReaderInfo {
            name: "模擬 simulated".into(),
            version: env!("CARGO_PKG_VERSION").into(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;

    #[test]
    fn the_simulated_reader_tells_in_and_out_and_reads_what_is_in() {
        let told = Arc::new(Mutex::new(Vec::new()));
        let ear = Arc::clone(&told);
        let reader = SimulatedReader::new(move |event| ear.lock().unwrap().push(event));
        assert_eq!(reader.read(), Err(CardFault::PulledTooSoon));
        reader.insert(PracticeCard::MayBook);
        assert_eq!(reader.read(), PracticeCard::MayBook.face());
        reader.insert(PracticeCard::Damaged);
        assert_eq!(reader.read(), Err(CardFault::Unreadable));
        reader.pull();
        reader.pull();
        use ReaderEvent::{CardIn, CardOut};
        assert_eq!(*told.lock().unwrap(), [CardIn, CardOut, CardIn, CardOut]);
    }
}
