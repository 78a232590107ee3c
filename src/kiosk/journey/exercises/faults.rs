//! What goes wrong in a run, when its trigger comes, and what is mended by itself after a while.

use super::sending::sent_for_good;
use crate::kiosk::journey::Journey;
use crate::kiosk::journey::training::BEFORE_OPENING;
use crate::kiosk::model::effect::{Effect, TrainingEffect};
use crate::kiosk::model::exercises::{Exercises, FaultState, Running};
use crate::training::act::Act;
use crate::training::fault::{Fault, FaultKind, Trigger};
use crate::training::trace::Happened;

impl Journey {
    /// Lets go wrong what has been set off, and mends what has gone on long enough. What is set off
    /// by something that the trainee does comes before what they did reaches anything.
    pub(super) fn go_wrong(&mut self, effects: &mut Vec<Effect>) {
        let uptime = self.machine.now.uptime;
        for (at, state) in self.open_faults() {
            let Some(fault) = self.fault(at) else { continue };
            match (state, fault.ends_after) {
                (FaultState::Waits, _) if self.is_set_off(fault.when, effects) => {
                    self.begin_fault(at, &fault, effects);
                }
                (FaultState::On(since), Some(after)) if uptime >= since + after => {
                    self.set_fault(at, FaultState::Over);
                    self.note(self.screen_name(), Happened::FaultOver(fault.does));
                    effects.extend(self.mend(fault.does).map(Effect::Train));
                }
                (FaultState::Waits | FaultState::On(_) | FaultState::Over, _) => {}
            }
        }
    }

    fn fault(&self, at: usize) -> Option<Fault> {
        let exercises = self.exercises()?;
        let running = exercises.running()?;
        exercises.exercise(running.exercise)?.faults.get(at).cloned()
    }

    fn set_fault(&mut self, at: usize, state: FaultState) {
        if let Some(one) = self.running_mut().and_then(|running| running.faults.get_mut(at)) {
            *one = state;
        }
    }

    fn is_set_off(&self, trigger: Trigger, effects: &[Effect]) -> bool {
        let Some(running) = self.exercises().and_then(Exercises::running) else { return false };
        match trigger {
            Trigger::After(after) => self.machine.now.uptime.saturating_sub(running.began) >= after,
            Trigger::Step { screen, nth } => {
                let came = running
                    .trace
                    .count(|step| step.what == Happened::Screen && step.screen == screen);
                came >= usize::from(nth)
            }
            Trigger::Action { act, nth } => {
                let is_now = (act != Act::Confirm
                    || effects.iter().any(|effect| sent_for_good(effect).is_some()))
                    && (act != Act::Print || effects.iter().any(is_printing));
                is_now && times(running, act) >= usize::from(nth)
            }
        }
    }

    fn begin_fault(&mut self, at: usize, fault: &Fault, effects: &mut Vec<Effect>) {
        let broken = self.break_it(fault.does, effects);
        let needs_something =
            matches!(fault.does, FaultKind::SlotFilled | FaultKind::OpeningMinute);
        if needs_something && broken.is_none() {
            // There is nothing yet that it could be done to: it goes on waiting.
            return;
        }
        let stays = fault.does.can_end() || fault.does == FaultKind::WrongPin;
        let now = FaultState::On(self.machine.now.uptime);
        self.set_fault(at, if stays { now } else { FaultState::Over });
        self.note(self.screen_name(), Happened::Fault(fault.does));
        if fault.does == FaultKind::PowerCut {
            // What was on its way out of the machine is lost with it.
            effects.clear();
            return self.lose_power(effects);
        }
        if let Some(effect) = broken {
            // Before the call or the page that set it off.
            effects.insert(0, Effect::Train(effect));
        }
    }

    pub(in crate::kiosk::journey) fn break_it(
        &mut self,
        kind: FaultKind,
        effects: &[Effect],
    ) -> Option<TrainingEffect> {
        let practice = &mut self.machine.practice;
        match kind {
            FaultKind::SlowLine(takes) => {
                practice.line_slow = true;
                Some(TrainingEffect::SlowLine(Some(takes)))
            }
            FaultKind::CutLine => {
                practice.line_cut = true;
                Some(TrainingEffect::CutLine)
            }
            FaultKind::PrinterJam => {
                practice.printer_jams = true;
                Some(TrainingEffect::Jam(true))
            }
            FaultKind::PrinterOut => {
                practice.printer_unplugged = true;
                Some(TrainingEffect::Printer { plugged: false })
            }
            FaultKind::ReaderGone => {
                practice.reader_unplugged = true;
                Some(TrainingEffect::Reader { plugged: false })
            }
            FaultKind::SlotFilled => {
                let sent = effects.iter().find_map(|effect| sent_for_good(effect)?.slot);
                sent.or_else(|| self.slot_to_fill()).map(TrainingEffect::FillSlot)
            }
            FaultKind::AnotherCard(card) => {
                if let Some(running) = self.running_mut() {
                    running.others_card = true;
                }
                Some(TrainingEffect::Insert(card))
            }
            FaultKind::OpeningMinute => self.before_opening(BEFORE_OPENING),
            // The task card says it, and the cut is made where it is set off.
            FaultKind::WrongPin | FaultKind::PowerCut => None,
        }
    }

    pub(in crate::kiosk::journey) fn mend(&mut self, kind: FaultKind) -> Option<TrainingEffect> {
        let practice = &mut self.machine.practice;
        match kind {
            FaultKind::SlowLine(_) => {
                practice.line_slow = false;
                Some(TrainingEffect::SlowLine(None))
            }
            FaultKind::CutLine => {
                practice.line_cut = false;
                Some(TrainingEffect::MendLine)
            }
            FaultKind::PrinterJam => {
                practice.printer_jams = false;
                Some(TrainingEffect::Jam(false))
            }
            FaultKind::PrinterOut => {
                practice.printer_unplugged = false;
                Some(TrainingEffect::Printer { plugged: true })
            }
            FaultKind::ReaderGone => {
                practice.reader_unplugged = false;
                Some(TrainingEffect::Reader { plugged: true })
            }
            FaultKind::SlotFilled
            | FaultKind::AnotherCard(_)
            | FaultKind::WrongPin
            | FaultKind::OpeningMinute
            | FaultKind::PowerCut => None,
        }
    }

    /// Off and on again: the kiosk begins anew, and its readers tell what is in them.
    pub(in crate::kiosk::journey) fn lose_power(&mut self, effects: &mut Vec<Effect>) {
        let profile = self.machine.profile.clone();
        let practice = self.machine.practice.clone();
        self.begin_anew(profile);
        // What is broken stays broken.
        self.machine.practice = practice;
        if let Some(running) = self.running_mut() {
            // Nobody is asked what became of it: that is the cut's doing.
            running.sent.clear();
            running.printing.clear();
        }
        let screen = self.screen_name();
        self.note(screen, Happened::Screen);
        effects.extend(self.outbox.drain());
        effects.push(Effect::Train(TrainingEffect::PowerCut));
    }
}

/// How often the trainee has done something.
fn times(running: &Running, act: Act) -> usize {
    running.trace.count(|step| match (act, step.what) {
        (Act::Confirm, Happened::Sent { again: false, .. }) => true,
        (_, Happened::Did(did)) => did == act,
        (_, _) => false,
    })
}

fn is_printing(effect: &Effect) -> bool {
    matches!(effect, Effect::Print { .. } | Effect::PrintTogether { .. })
}
