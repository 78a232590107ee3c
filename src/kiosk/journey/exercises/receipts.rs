//! Whose receipt is given in a run, and in which form: what is on the screen, and what the printer
//! says that it has printed.

use crate::api::bookings::BookingView;
use crate::kiosk::journey::{Journey, Phase};
use crate::kiosk::model::effect::Effect;
use crate::kiosk::screens::counter::Working;
use crate::training::fact::ReceiptOn;
use crate::training::screen_name::ScreenName;
use crate::training::trace::GivenReceipt;

impl Journey {
    /// What goes to the printer, and what has come onto the screen.
    pub(super) fn note_receipts(&mut self, effects: &[Effect]) {
        let shown = self.receipts_shown();
        let Some(running) = self.running_mut() else { return };
        for effect in effects {
            if let Effect::Print { ticket, paper } = effect {
                let receipt = receipt(ReceiptOn::Paper, &paper.booking);
                running.printing.push((ticket.serial, receipt));
            }
        }
        shown.into_iter().for_each(|receipt| running.trace.give(receipt));
    }

    /// The printer has answered.
    pub(super) fn note_printed(&mut self, serial: u64, well: bool) {
        let Some(running) = self.running_mut() else { return };
        let Some(at) = running.printing.iter().position(|(of, _)| *of == serial) else { return };
        let (_, receipt) = running.printing.remove(at);
        if well {
            running.trace.give(receipt);
        }
    }

    /// The receipts that somebody can read from the screen now.
    fn receipts_shown(&self) -> Vec<GivenReceipt> {
        let name = self.screen_name();
        match &self.phase {
            Phase::Visiting { visit, .. } => {
                let own = |on| visit.booking().map(|booking| receipt(on, booking));
                if name == ScreenName::Receipt {
                    own(ReceiptOn::Screen).into_iter().collect()
                } else if name == ScreenName::ReceiptCode {
                    own(ReceiptOn::Code).into_iter().collect()
                } else if name == ScreenName::TogetherReceipt {
                    let all = visit.people().filter_map(|person| person.booking());
                    all.map(|booking| receipt(ReceiptOn::Screen, booking)).collect()
                } else {
                    Vec::new()
                }
            }
            Phase::Counter(counter) if name == ScreenName::CounterDone => {
                let done = counter.working().and_then(Working::printable);
                done.map(|(booking, _)| receipt(ReceiptOn::Screen, &booking)).into_iter().collect()
            }
            Phase::Counter(_) | Phase::AtRest | Phase::Farewell(_) => Vec::new(),
        }
    }
}

fn receipt(on: ReceiptOn, booking: &BookingView) -> GivenReceipt {
    GivenReceipt { on, number: booking.number, starts: booking.starts }
}
