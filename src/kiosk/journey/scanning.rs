//! A receipt's code that was scanned, whatever screen is on.

use super::Journey;
use crate::kiosk::screens::overlay::Overlay;
use crate::kiosk::screens::scanned::Scanned;
use crate::receipt::signing::{PREFIX, ReceiptError, verify_with_any};

impl Journey {
    /// A receipt's code, checked with the keys that this kiosk was given: shown over whatever is on
    /// the screen.
    pub(super) fn scanned(&mut self, text: &str, random: u128) {
        self.last_input = self.machine.now.uptime;
        if self.counter().is_some_and(|counter| counter.scans()) {
            self.overlay = None;
            return self.at_counter(random, |it| it.scanned_at_desk(text));
        }
        if self.counter().is_some_and(|counter| counter.working().is_none()) {
            // Nothing lies over a PIN that is typed.
            return self.outbox.bell();
        }
        self.overlay = Some(Overlay::Scanned(match &*self.machine.profile.receipt_keys {
            _ if !text.trim_start().starts_with(PREFIX) => {
                Scanned::Wrong(ReceiptError::NotAReceipt)
            }
            [] => Scanned::NoKey,
            keys => match verify_with_any(text, keys) {
                Ok((claims, _)) => Scanned::Valid(claims),
                Err(error) => Scanned::Wrong(error),
            },
        }));
    }
}
