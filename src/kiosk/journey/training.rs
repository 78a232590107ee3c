//! What a trainer can do to the practice world. Only in training.

use super::{Journey, Phase};
use crate::api::attendance::DayEntry;
use crate::domain::attendance::Attendance;
use crate::domain::booking_number::{BookingNumber, LAST_SEQUENCE};
use crate::domain::site::SlotId;
use crate::domain::taipei;
use crate::kiosk::model::action::{PracticeReceipt, TrainingAction};
use crate::kiosk::model::effect::{Effect, TrainingEffect};
use crate::kiosk::model::practice::PracticeText;
use crate::kiosk::screens::Screen;
use crate::kiosk::screens::overlay::{DrawerPage, Overlay};
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
        | TrainingAction::WayOut
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
        | TrainingAction::MoreTools
        | TrainingAction::Reset => false,
    }
}

/// The other way round.
fn turned(is_on: &mut bool) -> bool {
    *is_on = !*is_on;
    *is_on
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
            Screen::Card
            | Screen::Language
            | Screen::Privacy
            | Screen::Ways
            | Screen::SystemCheck(_)
            | Screen::Entry(_)
            | Screen::Found
            | Screen::Waiting(_)
            | Screen::WhyNot(_)
            | Screen::Service
            | Screen::PhoneOffer
            | Screen::Phone(_)
            | Screen::County(_)
            | Screen::District(_)
            | Screen::Site(_)
            | Screen::Brands(_)
            | Screen::WishPlaces(_)
            | Screen::WishTimes(_)
            | Screen::Intention { .. }
            | Screen::Line { .. }
            | Screen::Held
            | Screen::Leftovers
            | Screen::Question(_)
            | Screen::Notice(_)
            | Screen::Submitting(_)
            | Screen::Receipt(_)
            | Screen::Parting(_) => None,
        }
    }

    pub(super) fn train(&mut self, action: TrainingAction) {
        let is_training = self.machine.profile.training;
        let is_refused = self.is_in_exercise() && !is_of_exercises(action);
        if !is_training || is_refused || !self.reaches_props(action) {
            return;
        }
        match action {
            TrainingAction::Exercise(action) => self.exercise(action),
            TrainingAction::Acknowledge => self.acknowledge(),
            TrainingAction::Drawer => self.drawer(),
            TrainingAction::WayOut => self.open_way_out(),
            TrainingAction::MoreTools => self.more_tools(),
            TrainingAction::Phone => {
                self.machine.practice.phone.unread = 0;
                self.toggle(Overlay::Phone);
            }
            TrainingAction::People => {
                self.toggle(Overlay::People);
                self.outbox.push(Effect::Train(TrainingEffect::AppCodes));
            }
            TrainingAction::Quit => self.outbox.push(Effect::Quit),
            TrainingAction::NextRound => self.prepare_usual(true),
            TrainingAction::Reset => self.prepare_usual(false),
            prop @ (TrainingAction::Insert(_)
            | TrainingAction::Pull
            | TrainingAction::StaffIn(_)
            | TrainingAction::StaffOut
            | TrainingAction::Scan(_)
            | TrainingAction::Cut
            | TrainingAction::Mend
            | TrainingAction::FillSlot
            | TrainingAction::FreeSeat
            | TrainingAction::JumpToOpening
            | TrainingAction::DayBefore
            | TrainingAction::Printer
            | TrainingAction::Jam
            | TrainingAction::SlowLine
            | TrainingAction::Reader) => {
                if let Some(effect) = self.use_prop(prop) {
                    self.overlay = None;
                    self.outbox.push(Effect::Train(effect));
                }
            }
        }
    }

    /// What a prop does to the practice world; `None` if it can do nothing now, or is no prop.
    fn use_prop(&mut self, action: TrainingAction) -> Option<TrainingEffect> {
        let practice = &mut self.machine.practice;
        let effect = match action {
            TrainingAction::Insert(card) => TrainingEffect::Insert(card),
            TrainingAction::Pull => TrainingEffect::Pull,
            TrainingAction::StaffIn(staff) => TrainingEffect::StaffIn(staff),
            TrainingAction::StaffOut => TrainingEffect::StaffOut,
            TrainingAction::Scan(receipt) => return self.practice_receipt(receipt),
            TrainingAction::Cut => {
                practice.line_cut = true;
                TrainingEffect::CutLine
            }
            TrainingAction::Mend => {
                practice.line_cut = false;
                TrainingEffect::MendLine
            }
            TrainingAction::FreeSeat => TrainingEffect::FreeSeat,
            TrainingAction::FillSlot => return self.slot_to_fill().map(TrainingEffect::FillSlot),
            TrainingAction::JumpToOpening => return self.before_opening(BEFORE_OPENING),
            TrainingAction::DayBefore => return self.before_opening(DAY),
            TrainingAction::Printer => {
                let plugged = !turned(&mut practice.printer_unplugged);
                TrainingEffect::Printer { plugged }
            }
            TrainingAction::Jam => TrainingEffect::Jam(turned(&mut practice.printer_jams)),
            TrainingAction::SlowLine => {
                let slow = turned(&mut practice.line_slow);
                TrainingEffect::SlowLine(slow.then_some(SLOW))
            }
            TrainingAction::Reader => {
                let plugged = !turned(&mut practice.reader_unplugged);
                TrainingEffect::Reader { plugged }
            }
            TrainingAction::Exercise(_)
            | TrainingAction::Acknowledge
            | TrainingAction::Drawer
            | TrainingAction::WayOut
            | TrainingAction::MoreTools
            | TrainingAction::Phone
            | TrainingAction::People
            | TrainingAction::Quit
            | TrainingAction::NextRound
            | TrainingAction::Reset => return None,
        };
        Some(effect)
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
        let mut all = day.of_hour(hour).chain(&day.list.entries).filter(expected);
        let next = all.next()?;
        // A forged one is like that of the person behind, so that whoever lets its bearer in has
        // let in somebody else than the one whose receipt is right.
        let behind = all.find(|entry| entry.number != next.number).unwrap_or(next);
        let (site, issued) = (day.list.site.id, day.list.taken - SignedDuration::from_hours(24));
        let own_of = |of: &DayEntry| Claims { booking: of.number, site, slot: of.starts, issued };
        let own = own_of(next);
        let (claims, forged) = match receipt {
            PracticeReceipt::Expected => (own, false),
            PracticeReceipt::AnotherDay => {
                let booking = BookingNumber::new(day.list.round, LAST_SEQUENCE).ok()?;
                (Claims { booking, slot: next.starts.saturating_add(1.day()), ..own }, false)
            }
            PracticeReceipt::Forged => (own_of(behind), true),
        };
        Some(TrainingEffect::Scan { claims, forged })
    }

    /// Whether an action gets past a page of the training that lies over all. From the task card
    /// the drawer is opened, which closes the card.
    fn reaches_props(&mut self, action: TrainingAction) -> bool {
        if !self.is_covered() {
            return true;
        }
        match action {
            TrainingAction::Exercise(_) | TrainingAction::Acknowledge | TrainingAction::Quit => {
                true
            }
            TrainingAction::Drawer => self.close_task_card(),
            TrainingAction::WayOut
            | TrainingAction::Insert(_)
            | TrainingAction::Pull
            | TrainingAction::StaffIn(_)
            | TrainingAction::StaffOut
            | TrainingAction::Scan(_)
            | TrainingAction::MoreTools
            | TrainingAction::Cut
            | TrainingAction::Mend
            | TrainingAction::FillSlot
            | TrainingAction::FreeSeat
            | TrainingAction::JumpToOpening
            | TrainingAction::Printer
            | TrainingAction::Phone
            | TrainingAction::People
            | TrainingAction::SlowLine
            | TrainingAction::Jam
            | TrainingAction::Reader
            | TrainingAction::DayBefore
            | TrainingAction::NextRound
            | TrainingAction::Reset => false,
        }
    }

    /// Opens the drawer at its first page, or closes it at whatever page it is.
    fn drawer(&mut self) {
        let is_open = matches!(self.overlay, Some(Overlay::Drawer(_)));
        self.overlay = (!is_open).then_some(Overlay::Drawer(DrawerPage::Cards));
    }

    /// The drawer at the page where the way out is; in an exercise the card with the task has it.
    fn open_way_out(&mut self) {
        if self.is_in_exercise() {
            return self.open_task_card();
        }
        self.overlay = Some(Overlay::Drawer(DrawerPage::Time));
    }

    fn more_tools(&mut self) {
        let next = match self.overlay {
            Some(Overlay::Drawer(page)) => page.next(),
            Some(_) | None => DrawerPage::Cards,
        };
        self.overlay = Some(Overlay::Drawer(next));
    }

    /// A text message has come to a practice phone.
    pub(super) fn text_came(&mut self, text: PracticeText) {
        let looked_at = self.overlay == Some(Overlay::Phone);
        self.machine.practice.phone.receive(text, looked_at);
    }

    /// Opens something over the screen, or closes it if it lies there.
    fn toggle(&mut self, overlay: Overlay) {
        self.overlay = if self.overlay.as_ref() == Some(&overlay) { None } else { Some(overlay) };
    }
}
