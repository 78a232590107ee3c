//! The journal of a desk on the stage: what is kept stays when the desk is switched off and on.

use jiff::civil::Date;
use std::collections::BTreeMap;
use vaxkiosk::devices::journal::JournalFault;
use vaxkiosk::kiosk::model::effect::JournalEffect;
use vaxkiosk::kiosk::model::event::{JournalEvent, JournalOpened};
use vaxkiosk::kiosk::model::site::Kept;

#[derive(Clone, Default)]
pub struct StageJournal {
    pub days: BTreeMap<Date, Vec<Kept>>,
    /// Why nothing more is taken.
    pub fault: Option<JournalFault>,
    pub damaged: bool,
    /// Answers are held back while this is on.
    pub slow: bool,
    pub held: Vec<JournalEvent>,
}

impl StageJournal {
    pub fn perform(&mut self, effect: JournalEffect) -> Option<JournalEvent> {
        match effect {
            JournalEffect::Open { day, .. } => {
                let kept = self.days.get(&day).cloned().unwrap_or_default();
                let other_days = self.days.keys().copied().filter(|other| *other != day).collect();
                let opened = JournalOpened { kept, damaged: self.damaged, other_days };
                Some(JournalEvent::Opened { day, outcome: Ok(opened) })
            }
            JournalEffect::Append(kept) => {
                let outcome = self.fault.map_or(Ok(()), Err);
                let id = kept.entry.id.clone();
                if outcome.is_ok() {
                    self.days.entry(kept.day).or_default().push(*kept);
                }
                Some(JournalEvent::Written { id, outcome })
            }
            JournalEffect::Replace { day, kept } => {
                self.days.remove(&day);
                if !kept.is_empty() {
                    self.days.insert(day, kept);
                }
                None
            }
            JournalEffect::Close => None,
        }
    }

    pub fn is_empty(&self) -> bool {
        self.days.is_empty()
    }
}
