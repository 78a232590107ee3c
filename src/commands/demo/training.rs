//! What is done in the training's world: cards, line, printer, clock, seats, and the world itself.

use super::phone;
use super::practice_service::PracticeService;
use super::results::ResultsFile;
use crate::commands::machine;
use crate::devices::clock::Clock;
use crate::devices::simulated::printer::SimulatedPrinter;
use crate::devices::simulated::reader::SimulatedReader;
use crate::devices::simulated::staff_card::SimulatedStaffReader;
use crate::domain::personal::Personal;
use crate::kiosk::model::effect::{NewWorld, TrainingEffect};
use crate::kiosk::model::event::{Event, WorldEvent};
use crate::kiosk::runtime::{LoopInput, TrainingWorld};
use crate::receipt::claims::Claims;
use crate::receipt::demo_key::DEMO_ONLY_SECRET;
use crate::receipt::signing::ReceiptSigner;
use crate::training::exercise::Exercise;
use crate::training::results::{Done, Results};
use crate::training::world::{LineBefore, PrinterBefore, WorldFacts};
use std::sync::Arc;
use std::sync::mpsc::SyncSender;

/// The training's world, with the way back to the loop.
pub struct Training {
    pub props: Arc<Props>,
    pub to_loop: SyncSender<LoopInput>,
    /// `None` if the kiosk is only looked around in.
    pub offered: Option<(Arc<[Exercise]>, Results)>,
    /// The kiosk comes first, and not the choice of exercises.
    pub looks_around: bool,
}

/// All that a trainer or an exercise can change.
pub struct Props {
    pub service: PracticeService,
    pub reader: Arc<SimulatedReader>,
    pub staff_reader: Arc<SimulatedStaffReader>,
    pub printer: Arc<SimulatedPrinter>,
    pub results: ResultsFile,
}

impl TrainingWorld for Training {
    fn offered(&self) -> Option<(Arc<[Exercise]>, Results)> {
        self.offered.clone()
    }

    fn looks_around_first(&self) -> bool {
        self.looks_around
    }

    /// Whatever answers with an event, or waits, is done on a thread of its own: the loop runs this
    /// very function. What must come before the call that follows is done at once.
    fn perform(&self, effect: TrainingEffect) {
        self.props.perform(&effect);
        let (props, back) = (Arc::clone(&self.props), self.to_loop.clone());
        std::thread::spawn(move || {
            if let Some(event) = props.answer(effect) {
                let _ = back.send(LoopInput::Event(event));
            }
        });
    }
}

impl Props {
    /// Does what must come before the call that follows.
    pub fn perform(&self, effect: &TrainingEffect) {
        match effect {
            TrainingEffect::CutLine => self.service.line.cut(),
            TrainingEffect::MendLine => self.service.line.mend(),
            TrainingEffect::SlowLine(late) => self.service.line.slow(*late),
            TrainingEffect::SetClock(time) => self.service.clock.put_to(*time),
            TrainingEffect::Printer { plugged } => self.printer.plug(*plugged),
            TrainingEffect::Jam(jams) => self.printer.jam(*jams),
            // In this process, and quick: whoever is about to book it must not come first.
            TrainingEffect::FillSlot(slot) => self.service.fill_slot(*slot),
            TrainingEffect::Insert(_)
            | TrainingEffect::Pull
            | TrainingEffect::StaffIn(_)
            | TrainingEffect::StaffOut
            | TrainingEffect::Reader { .. }
            | TrainingEffect::PowerCut
            | TrainingEffect::Scan { .. }
            | TrainingEffect::FreeSeat
            | TrainingEffect::AppCodes
            | TrainingEffect::Begin(_)
            | TrainingEffect::Facts
            | TrainingEffect::Keep { .. } => {}
        }
    }

    /// Does what takes its time, and says what came of it.
    pub fn answer(&self, effect: TrainingEffect) -> Option<Event> {
        match effect {
            TrainingEffect::Insert(card) => self.reader.insert(card),
            TrainingEffect::Pull => self.reader.pull(),
            TrainingEffect::StaffIn(staff) => self.staff_reader.insert(staff),
            TrainingEffect::StaffOut => self.staff_reader.pull(),
            TrainingEffect::Reader { plugged } => self.reader.plug(plugged),
            TrainingEffect::PowerCut => {
                self.staff_reader.tell();
                self.reader.tell();
            }
            TrainingEffect::FreeSeat => self.service.free_seat(),
            TrainingEffect::Scan { claims, forged } => return scanned(claims, forged),
            TrainingEffect::AppCodes => {
                return Some(phone::app_codes(&self.service.issuer, self.service.clock.now()));
            }
            TrainingEffect::Begin(world) => return Some(Event::World(self.begin(&world))),
            TrainingEffect::Facts => {
                let facts = self.service.facts().map(|facts| WorldEvent::Facts(Box::new(facts)));
                return Some(Event::World(facts.unwrap_or(WorldEvent::Failed)));
            }
            TrainingEffect::Keep { exercise, score, passed } => {
                let done = Done { exercise, score, passed, ended: machine::now() };
                let not_kept = self.results.keep(&done).err().map(|cause| cause.to_string());
                return Some(Event::World(WorldEvent::Done { done, not_kept }));
            }
            TrainingEffect::CutLine
            | TrainingEffect::MendLine
            | TrainingEffect::SlowLine(_)
            | TrainingEffect::SetClock(_)
            | TrainingEffect::Printer { .. }
            | TrainingEffect::Jam(_)
            | TrainingEffect::FillSlot(_) => {}
        }
        None
    }

    /// A world made anew, with no card in any reader, and its devices as it says.
    fn begin(&self, world: &NewWorld) -> WorldEvent {
        self.reader.pull();
        self.staff_reader.pull();
        self.staff_reader.unlock_all();
        self.reader.plug(true);
        self.printer.plug(true);
        self.printer.jam(false);
        let begun = self.service.begin(world.channel, world.before.as_ref(), world.next_round);
        let Ok(facts) = begun else { return WorldEvent::Failed };
        if let Some(before) = &world.before {
            self.printer.plug(before.printer == PrinterBefore::Ready);
            if !before.reader {
                self.reader.plug(false);
            }
            match before.line {
                LineBefore::Up => {}
                LineBefore::Cut => self.service.line.cut(),
                LineBefore::Slow(late) => self.service.line.slow(Some(late)),
            }
        }
        ready(facts)
    }
}

fn ready(facts: WorldFacts) -> WorldEvent {
    WorldEvent::Ready(Box::new(facts))
}

/// A forged receipt has another signature.
fn scanned(claims: Claims, forged: bool) -> Option<Event> {
    let secret = if forged { [0x0F; 32] } else { *DEMO_ONLY_SECRET };
    let text = ReceiptSigner::from_secret(&secret).sign(claims).ok()?;
    Some(Event::Scanned(Personal::new(text)))
}
