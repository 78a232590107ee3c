//! The simulated card reader, which a trainer or a test puts practice cards into.

use super::people::PracticeCard;
use crate::devices::card_reader::{CardFault, CardReader, ReaderEvent, ReaderInfo};
use crate::domain::card::Card;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// A reader that holds one practice card or none.
pub struct SimulatedReader {
    card: Mutex<Option<PracticeCard>>,
    unplugged: AtomicBool,
    events: Box<dyn Fn(ReaderEvent) + Send + Sync>,
}

/// About as long as a real card takes to answer.
const READING_TAKES: Duration = Duration::from_millis(300);

impl SimulatedReader {
    pub fn new(events: impl Fn(ReaderEvent) + Send + Sync + 'static) -> Self {
        let (card, unplugged) = (Mutex::new(None), AtomicBool::new(false));
        Self { card, unplugged, events: Box::new(events) }
    }

    /// Puts a card in, unless the reader is unplugged. A card that is in comes out first.
    pub fn insert(&self, card: PracticeCard) {
        self.pull();
        if self.unplugged.load(Ordering::SeqCst) {
            return;
        }
        *self.slot() = Some(card);
        (self.events)(ReaderEvent::CardIn);
    }

    /// Pulls the card, if there is one.
    pub fn pull(&self) {
        if self.slot().take().is_some() {
            (self.events)(ReaderEvent::CardOut);
        }
    }

    /// Plugs the reader in or unplugs it. Unplugged with a card in it, the card is out as well.
    pub fn plug(&self, plugged: bool) {
        if self.unplugged.swap(!plugged, Ordering::SeqCst) == plugged {
            self.slot().take();
            (self.events)(match plugged {
                true => ReaderEvent::ReaderFound,
                false => ReaderEvent::ReaderLost,
            });
        }
    }

    /// Tells what is in it once more, or that it is unplugged, to a kiosk that has just been
    /// switched on.
    pub fn tell(&self) {
        if self.unplugged.load(Ordering::SeqCst) {
            return (self.events)(ReaderEvent::ReaderLost);
        }
        if self.slot().is_some() {
            (self.events)(ReaderEvent::CardIn);
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
        (!self.unplugged.load(Ordering::SeqCst)).then(|| ReaderInfo {
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
        reader.insert(PracticeCard::MayBook);
        reader.tell();
        reader.plug(false);
        reader.insert(PracticeCard::MayBook);
        assert_eq!(reader.info(), None);
        reader.tell();
        reader.plug(true);
        reader.plug(true);
        use ReaderEvent::{CardIn, CardOut, ReaderFound, ReaderLost};
        let cards = [CardIn, CardOut, CardIn, CardOut, CardIn, CardIn];
        assert_eq!(
            *told.lock().unwrap(),
            [&cards[..], &[ReaderLost, ReaderLost, ReaderFound]].concat()
        );
    }
}
