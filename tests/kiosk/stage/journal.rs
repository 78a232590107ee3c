//! The desk of a vaccination site on the stage, and its journal: what is kept stays when the desk
//! is switched off and on.

use super::Stage;
use jiff::civil::{Date, date};
use std::collections::BTreeMap;
use vaxkiosk::config::counter::Counter;
use vaxkiosk::config::profile::Profile;
use vaxkiosk::devices::journal::JournalFault;
use vaxkiosk::domain::channel::Channel;
use vaxkiosk::domain::language::Language;
use vaxkiosk::domain::personal::Personal;
use vaxkiosk::kiosk::model::effect::JournalEffect;
use vaxkiosk::kiosk::model::event::{Event, JournalEvent, JournalOpened};
use vaxkiosk::kiosk::model::site::Kept;
use vaxkiosk::receipt::claims::Claims;
use vaxkiosk::receipt::demo_key::DEMO_ONLY_SECRET;
use vaxkiosk::receipt::signing::ReceiptSigner;

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
            JournalEffect::Forget => {
                self.days.clear();
                None
            }
        }
    }

    pub fn is_empty(&self) -> bool {
        self.days.is_empty()
    }
}

impl Stage {
    /// A desk of a vaccination site on its day, with nobody logged in.
    pub fn site(language: Language, size: (u16, u16)) -> Self {
        Self::site_again(language, size, StageJournal::default(), 1)
    }

    /// The same desk after it was switched off and on, with what it had kept.
    pub fn site_again(
        language: Language,
        size: (u16, u16),
        journal: StageJournal,
        random: u128,
    ) -> Self {
        let mut profile = Profile::demo(Channel::VaccinationSite);
        profile.counter = Some(Counter::training());
        profile.receipt_keys = vec![ReceiptSigner::from_secret(DEMO_ONLY_SECRET).public_key()];
        profile.languages.retain(|other| *other != language);
        profile.languages.insert(0, language);
        let mut stage = Self::at(profile, size, date(2027, 7, 16).at(9, 12, 0, 0));
        stage.desk.attendance.open();
        (stage.journal, stage.random) = (journal, random);
        stage
    }

    pub(super) fn keep(&mut self, effect: JournalEffect) {
        if let Some(event) = self.journal.perform(effect) {
            match self.journal.slow {
                true => self.journal.held.push(event),
                false => self.event_quietly(Event::Journal(event)),
            }
        }
    }

    pub(super) fn scan(&mut self, claims: Claims, forged: bool) {
        let secret = if forged { &[3; 32] } else { DEMO_ONLY_SECRET };
        let text = ReceiptSigner::from_secret(secret).sign(claims).unwrap();
        self.event_quietly(Event::Scanned(Personal::new(text)));
    }
}
