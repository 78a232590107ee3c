//! What a trainer can do to the practice world. Only in training.

use super::{Journey, Phase};
use crate::api::attendance::DayEntry;
use crate::domain::attendance::Attendance;
use crate::domain::booking_number::{BookingNumber, LAST_SEQUENCE};
use crate::domain::site::SlotId;
use crate::domain::taipei;
use crate::kiosk::model::action::{PracticeReceipt, TrainingAction};
use crate::kiosk::model::effect::{Effect, TrainingEffect};
use crate::kiosk::screens::Screen;
use crate::kiosk::screens::overlay::Overlay;
use crate::receipt::claims::Claims;
use jiff::{SignedDuration, ToSpan};
use std::time::Duration;

/// The trainer's clock jumps to so long before the opening.
pub(super) const BEFORE_OPENING: SignedDuration = SignedDuration::from_secs(30);

/// A day.
const DAY: SignedDuration = SignedDuration::from_hours(24);
/// So long each answer takes when the trainer makes the line slow.
const SLOW: Duration = Duration::from_secs(3);

/// What a trainee does in an exercise: cards and receipts, phones, the exercise itself. The other
/// props would give the answer away, or make another exercise of it.
fn is_of_exercises(action: TrainingAction) -> bool {
    match action {
        TrainingAction::Exercise(_)
        | TrainingAction::Acknowledge
        | TrainingAction::Drawer
        | TrainingAction::MoreTools
        | TrainingAction::Insert(_)
        | TrainingAction::Pull
        | TrainingAction::StaffIn(_)
        | TrainingAction::StaffOut
        | TrainingAction::Scan(_)
        | TrainingAction::Phone
        | TrainingAction::People
        | TrainingAction::Quit => true,
        TrainingAction::Cut
        | TrainingAction::Mend
        | TrainingAction::FillSlot
        | TrainingAction::FreeSeat
        | TrainingAction::JumpToOpening
        | TrainingAction::Printer
        | TrainingAction::SlowLine
        | TrainingAction::Jam
        | TrainingAction::Reader
        | TrainingAction::DayBefore
        | TrainingAction::NextRound
        | TrainingAction::Reset => false,
    }
}

/// On if it was off, and off if it was on; which of the two it is now.
fn flip(prop: &mut bool) -> bool {
    *prop = !*prop;
    *prop
}

impl Journey {
    /// The slot that "fill a slot" takes away: the chosen one at review, or else the first free one
    /// of the day that is on, or of all days.
    pub fn slot_to_fill(&self) -> Option<SlotId> {
        let Phase::Visiting { visit, screen } = &self.phase else { return None };
        match screen {
            Screen::Review => Some(visit.errand.as_ref()?.seat()?.slot()?.id),
            Screen::Offer(offer) => Some(offer.shown().slot.id),
            Screen::Group(screen) => {
                screen.slot_to_fill().or_else(|| Some(visit.group.as_ref()?.hours.first()?.id))
            }
            Screen::Slot(pick) => pick.first_shown().map(|slot| slot.id),
            _ => None,
        }
    }

    pub(super) fn train(&mut self, action: TrainingAction) {
        let is_offered = is_of_exercises(action) || !self.is_in_exercise();
        if !self.machine.profile.training || !is_offered {
            return;
        }
        let effect = match action {
            TrainingAction::Exercise(action) => return self.exercise(action),
            TrainingAction::Acknowledge => return self.acknowledge(),
            TrainingAction::Drawer => return self.toggle(Overlay::Drawer),
            TrainingAction::Phone => {
                self.machine.practice.phone.unread = 0;
                return self.toggle(Overlay::Phone);
            }
            TrainingAction::People => {
                self.toggle(Overlay::People);
                return self.outbox.push(Effect::Train(TrainingEffect::AppCodes));
            }
            TrainingAction::Quit => return self.outbox.push(Effect::Quit),
            TrainingAction::Insert(card) => Some(TrainingEffect::Insert(card)),
            TrainingAction::Pull => Some(TrainingEffect::Pull),
            TrainingAction::StaffIn(staff) => Some(TrainingEffect::StaffIn(staff)),
            TrainingAction::StaffOut => Some(TrainingEffect::StaffOut),
            TrainingAction::Scan(receipt) => self.practice_receipt(receipt),
            TrainingAction::MoreTools => return self.toggle(Overlay::MoreTools),
            TrainingAction::Cut => {
                self.machine.practice.line_cut = true;
                Some(TrainingEffect::CutLine)
            }
            TrainingAction::Mend => {
                self.machine.practice.line_cut = false;
                Some(TrainingEffect::MendLine)
            }
            TrainingAction::FreeSeat => Some(TrainingEffect::FreeSeat),
            TrainingAction::FillSlot => self.slot_to_fill().map(TrainingEffect::FillSlot),
            TrainingAction::JumpToOpening => self.before_opening(BEFORE_OPENING),
            TrainingAction::DayBefore => self.before_opening(DAY),
            TrainingAction::NextRound => return self.prepare_usual(true),
            TrainingAction::Reset => return self.prepare_usual(false),
            TrainingAction::Printer => {
                let unplugged = flip(&mut self.machine.practice.printer_unplugged);
                Some(TrainingEffect::Printer { plugged: !unplugged })
            }
            TrainingAction::Jam => {
                Some(TrainingEffect::Jam(flip(&mut self.machine.practice.printer_jams)))
            }
            TrainingAction::SlowLine => {
                let slow = flip(&mut self.machine.practice.line_slow);
                Some(TrainingEffect::SlowLine(slow.then_some(SLOW)))
            }
            TrainingAction::Reader => {
                let unplugged = flip(&mut self.machine.practice.reader_unplugged);
                Some(TrainingEffect::Reader { plugged: !unplugged })
            }
        };
        if let Some(effect) = effect {
            self.overlay = None;
            self.outbox.push(Effect::Train(effect));
        }
    }

    /// The clock so long before the opening of the round.
    pub(super) fn before_opening(&self, before: SignedDuration) -> Option<TrainingEffect> {
        let opens = self.machine.round.as_ref()?.opens;
        Some(TrainingEffect::SetClock(opens.saturating_sub(before).unwrap_or(opens)))
    }

    /// A receipt of the day's list, or like one of it.
    fn practice_receipt(&self, receipt: PracticeReceipt) -> Option<TrainingEffect> {
        let day = self.counter()?.working()?.desk.site()?.day.as_ref()?;
        let now = taipei::civil(self.machine.now.wall);
        let expected = |entry: &&DayEntry| entry.attendance == Attendance::Expected;
        let hour = day.hour_at(now)?;
        let next = day.of_hour(hour).find(expected);
        let next = next.or_else(|| day.list.entries.iter().find(expected))?;
        let (site, issued) = (day.list.site.id, day.list.taken - SignedDuration::from_hours(24));
        let own = Claims { booking: next.number, site, slot: next.starts, issued };
        let (claims, forged) = match receipt {
            PracticeReceipt::Expected => (own, false),
            PracticeReceipt::AnotherDay => {
                let booking = BookingNumber::new(day.list.round, LAST_SEQUENCE).ok()?;
                (Claims { booking, slot: next.starts.saturating_add(1.day()), ..own }, false)
            }
            PracticeReceipt::Forged => (own, true),
        };
        Some(TrainingEffect::Scan { claims, forged })
    }

    /// Opens something over the screen, or closes it if it lies there.
    fn toggle(&mut self, overlay: Overlay) {
        self.overlay = if self.overlay.as_ref() == Some(&overlay) { None } else { Some(overlay) };
    }
}
