//! What the stage does of a training: cards, line, clock and seats. Its world is not made anew; the
//! exercises have the demo's own.

use super::Stage;
use vaxkiosk::devices::printer::PrintFault;
use vaxkiosk::devices::simulated::people::PracticeCard;
use vaxkiosk::domain::personal::Personal;
use vaxkiosk::kiosk::model::effect::TrainingEffect;
use vaxkiosk::kiosk::model::event::Event;

impl Stage {
    pub(super) fn trained(&mut self, effect: TrainingEffect) {
        match effect {
            TrainingEffect::StaffIn(staff) => self.staff_in(staff),
            TrainingEffect::StaffOut => self.staff_out(),
            TrainingEffect::Insert(card) => self.insert(card),
            TrainingEffect::Pull => self.pull(),
            TrainingEffect::Scan { claims, forged } => self.scan(claims, forged),
            TrainingEffect::CutLine => self.desk.cut = true,
            TrainingEffect::MendLine => self.desk.cut = false,
            TrainingEffect::FreeSeat => self.desk.freed += 1,
            TrainingEffect::FillSlot(slot) => self.desk.fill(slot),
            TrainingEffect::SetClock(time) => {
                let passed = jiff::SignedDuration::try_from(self.uptime).unwrap();
                self.wall = time - passed;
            }
            TrainingEffect::AppCodes => {
                let code = |card| (card, Personal::new("123456"));
                self.event_quietly(Event::AppCodes(PracticeCard::ALL.map(code).to_vec()));
            }
            TrainingEffect::Printer { plugged } => {
                self.printer = if plugged { Ok(()) } else { Err(PrintFault::Offline) };
            }
            TrainingEffect::SlowLine(_)
            | TrainingEffect::Jam(_)
            | TrainingEffect::Reader { .. }
            | TrainingEffect::PowerCut
            | TrainingEffect::Begin(_)
            | TrainingEffect::Facts
            | TrainingEffect::Keep { .. } => {}
        }
    }
}
