//! What goes into the log: the kiosk's beginning and end, its devices and its line. Of a session
//! and of a person there is nothing here, and nothing may ever come.

use crate::config::profile::Profile;
use crate::devices::card_reader::ReaderEvent;
use crate::kiosk::journey::Journey;
use crate::kiosk::model::event::{Event, JournalEvent};
use tracing::{info, warn};

/// What was last said, so that a state is told when it changes and not each second.
pub struct Log {
    line_up: bool,
}

impl Log {
    pub fn begin(profile: &Profile) -> Self {
        info!(version = env!("CARGO_PKG_VERSION"), channel = ?profile.channel, "ready");
        Self { line_up: true }
    }

    pub fn happens(&self, event: &Event) {
        match event {
            Event::Reader(ReaderEvent::ReaderLost) => warn!("no card reader"),
            Event::Reader(ReaderEvent::ReaderFound) => info!("a card reader"),
            Event::CardRead { outcome: Err(fault), .. } => {
                info!(?fault, "a card could not be read")
            }
            Event::Printed { outcome: Err(fault), .. } => warn!(?fault, "not printed"),
            Event::Journal(JournalEvent::Opened { outcome: Err(fault), .. }) => {
                warn!(%fault, "the journal does not open")
            }
            Event::Journal(JournalEvent::Opened { outcome: Ok(opened), .. }) => {
                info!(kept = opened.kept.len(), damaged = opened.damaged, "the journal is open")
            }
            Event::Journal(
                JournalEvent::Written { outcome: Err(fault), .. }
                | JournalEvent::NotReplaced(fault),
            ) => warn!(%fault, "the journal does not take an entry"),
            Event::PinChecked { right: true, .. } => info!("the operator is here"),
            Event::PinChecked { right: false, .. } => warn!("a wrong PIN of the operator"),
            _ => {}
        }
    }

    pub fn then(&mut self, journey: &Journey) {
        if std::mem::replace(&mut self.line_up, journey.machine.line_up) != journey.machine.line_up
        {
            if journey.machine.line_up {
                info!("the service answers again");
            } else {
                warn!("the service does not answer");
            }
        }
    }

    pub fn end(&self) {
        info!("ended");
    }
}
