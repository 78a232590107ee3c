//! What a vaccination site's desk keeps on the machine: its entries as records of the sealed
//! journal. A thread of its own waits for the disk, and does one thing after another.

use super::LoopInput;
use crate::devices::journal::{Found, Journal, JournalFault, JournalFolder, Record};
use crate::kiosk::model::effect::JournalEffect;
use crate::kiosk::model::event::{Event, JournalEvent, JournalOpened};
use crate::kiosk::model::site::Kept;
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::mpsc::{Sender, SyncSender, channel};

/// The journals of a machine, by day.
pub struct Journals {
    path: PathBuf,
    folder: Option<JournalFolder>,
    days: BTreeMap<Date, Journal>,
}

impl Journals {
    /// Nothing is opened before the first key comes.
    pub fn new(path: PathBuf) -> Self {
        Self { path, folder: None, days: BTreeMap::new() }
    }

    /// Does what is asked, and says what came of it.
    pub fn perform(&mut self, effect: JournalEffect) -> Option<JournalEvent> {
        match effect {
            JournalEffect::Open { day, key } => {
                let key = hex::decode(key.expose()).ok().and_then(|key| key.try_into().ok());
                let opened = key.ok_or(JournalFault::Failed).and_then(|key| self.open(day, &key));
                Some(JournalEvent::Opened { day, outcome: opened })
            }
            JournalEffect::Append(kept) => {
                let (id, day) = (kept.entry.id.clone(), kept.day);
                let outcome = self.day(day).and_then(|journal| journal.append(&record(&kept)?));
                Some(JournalEvent::Written { id, outcome })
            }
            JournalEffect::Replace { day, kept } => {
                let records: Result<Vec<Record>, _> = kept.iter().map(record).collect();
                let outcome = records.and_then(|records| self.day(day)?.replace(&records));
                outcome.err().map(JournalEvent::NotReplaced)
            }
            JournalEffect::Close => {
                (self.folder, self.days) = (None, BTreeMap::new());
                None
            }
            JournalEffect::Forget => {
                (self.folder, self.days) = (None, BTreeMap::new());
                // What is not there need not be deleted; what stays is sealed with another key.
                let _ = std::fs::remove_dir_all(&self.path);
                None
            }
        }
    }

    fn day(&mut self, day: Date) -> Result<&mut Journal, JournalFault> {
        self.days.get_mut(&day).ok_or(JournalFault::Failed)
    }

    fn open(&mut self, day: Date, key: &[u8; 32]) -> Result<JournalOpened, JournalFault> {
        let folder = match &self.folder {
            Some(folder) => folder,
            None => self.folder.insert(JournalFolder::open(&self.path)?),
        };
        // It is read from the disk, and not from a journal that is open already.
        self.days.remove(&day);
        let (mut journal, Found { records, damaged }) = folder.day(day, key)?;
        let other_days = folder.days()?.into_iter().filter(|other| *other != day).collect();
        let kept: Vec<Kept> =
            records.iter().filter_map(|record| serde_json::from_slice(record).ok()).collect();
        // What this program cannot read is kept for whoever can, and told once.
        let is_strange = kept.len() < records.len();
        if is_strange {
            journal.keep_beside()?;
            journal.replace(&kept.iter().map(record).collect::<Result<Vec<_>, _>>()?)?;
        }
        self.days.insert(day, journal);
        let damaged = damaged || is_strange;
        Ok(JournalOpened { kept, damaged, other_days })
    }
}

/// An entry as a record.
fn record(kept: &Kept) -> Result<Record, JournalFault> {
    serde_json::to_vec(kept).map(Record::new).map_err(|_| JournalFault::Failed)
}

/// Starts the thread of the journals in this folder. It ends with the sender.
///
/// # Errors
/// When the machine has no thread to spare.
pub fn start(
    path: PathBuf,
    to_loop: SyncSender<LoopInput>,
) -> std::io::Result<Sender<JournalEffect>> {
    let (tasks, asked) = channel::<JournalEffect>();
    std::thread::Builder::new().name("journal".into()).spawn(move || {
        let mut journals = Journals::new(path);
        while let Ok(effect) = asked.recv() {
            let said = journals.perform(effect).map(Event::Journal).map(LoopInput::Event);
            if said.is_some_and(|said| to_loop.send(said).is_err()) {
                return;
            }
        }
    })?;
    Ok(tasks)
}
