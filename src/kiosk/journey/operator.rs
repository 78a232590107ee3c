//! Whoever looks after the kiosk: a corner that nobody sees, pressed five times, then a PIN; behind
//! it the system check and a test print. Only while nobody is being served, and nothing of a person
//! is to be had there.

use super::Journey;
use crate::devices::printer::PrintFault;
use crate::domain::backoff::Backoff;
use crate::domain::personal::Personal;
use crate::kiosk::model::action::{Action, ScreenAction};
use crate::kiosk::model::effect::Effect;
use crate::kiosk::model::event::Checks;
use crate::kiosk::model::printing::Printing;
use crate::kiosk::model::ticket::Ticket;
use crate::kiosk::screens::operator::{Operator, PIN_DIGITS};
use crate::kiosk::screens::overlay::Overlay;
use std::time::Duration;

/// Presses of the corner, each so soon after the one before.
const PRESSES: u8 = 5;
const SOON: Duration = Duration::from_secs(2);
/// A wrong PIN is followed by this wait, doubled for each that was wrong before, up to a quarter of
/// an hour.
const BACKOFF: Backoff = Backoff::new(Duration::from_secs(2), Duration::from_secs(900));

/// The corner's presses, and the PINs that were wrong.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) struct Corner {
    presses: u8,
    last: Duration,
    wrong: u32,
    free_at: Duration,
}

impl Journey {
    pub(super) fn corner(&mut self) {
        let uptime = self.machine.now.uptime;
        let served = self.current_visit().is_some();
        let corner = &mut self.corner;
        let soon = uptime.saturating_sub(corner.last) <= SOON;
        corner.presses = if soon { corner.presses + 1 } else { 1 };
        corner.last = uptime;
        let has_pin = self.machine.profile.operator_pin.is_some();
        if corner.presses >= PRESSES && !served && has_pin {
            corner.presses = 0;
            self.overlay = Some(Overlay::Operator(Operator::default()));
        }
    }

    /// How long no PIN is looked at.
    pub fn pin_wait(&self) -> Duration {
        self.corner.free_at.saturating_sub(self.machine.now.uptime)
    }

    /// An action at the operator's screen. One that is not of this screen does nothing.
    pub(super) fn operate(&mut self, action: Action) {
        let Action::Screen(action) = action else { return };
        let waits = !self.pin_wait().is_zero();
        let Some(Overlay::Operator(operator)) = &mut self.overlay else { return };
        match (operator, action) {
            (Operator::Pin { typed, wrong, asked }, ScreenAction::Key(digit @ 0..=9))
                if asked.is_none() && !waits =>
            {
                *wrong = false;
                typed.push(char::from(b'0' + digit));
                if typed.expose().len() == PIN_DIGITS
                    && let Some(hash) = self.machine.profile.operator_pin.clone()
                {
                    let ticket = self.outbox.ticket(0);
                    *asked = Some(ticket);
                    let pin = std::mem::take(typed);
                    self.outbox.push(Effect::CheckPin { ticket, pin, hash });
                }
            }
            (Operator::Pin { typed, asked: None, .. }, ScreenAction::Erase) => {
                typed.pop();
            }
            (Operator::Pin { typed, asked: None, .. }, ScreenAction::ClearAll) => {
                *typed = Personal::default();
            }
            (Operator::Open { .. }, ScreenAction::Again) => self.look(),
            (Operator::Open { printing, .. }, ScreenAction::Print)
                if !matches!(printing, Printing::Running(_)) =>
            {
                let ticket = self.outbox.ticket(0);
                *printing = Printing::Running(ticket);
                self.outbox.push(Effect::TestPrint { ticket });
            }
            (Operator::Pin { .. } | Operator::Open { .. }, _) => {}
        }
    }

    /// A PIN has been looked at. A wrong one counts also when the screen was left meanwhile, so
    /// that leaving it is no way around the wait.
    pub(super) fn pin_checked(&mut self, ticket: Ticket, right: bool) {
        if !right {
            let corner = &mut self.corner;
            corner.free_at = self.machine.now.uptime + BACKOFF.wait(corner.wrong);
            corner.wrong += 1;
        }
        let Some(Overlay::Operator(operator)) = &mut self.overlay else { return };
        if !matches!(operator, Operator::Pin { asked: Some(asked), .. } if *asked == ticket) {
            return;
        }
        if right {
            self.corner.wrong = 0;
            self.look();
        } else {
            *operator = Operator::Pin { typed: Personal::default(), wrong: true, asked: None };
            self.outbox.bell();
        }
    }

    /// Looks at all devices.
    fn look(&mut self) {
        let ticket = self.outbox.ticket(0);
        self.overlay = Some(Overlay::Operator(Operator::Open {
            asked: ticket,
            found: None,
            printing: Printing::NotYet,
        }));
        self.outbox.push(Effect::Check { ticket });
    }

    /// True when the checks were the operator's.
    pub(super) fn operator_checked(&mut self, ticket: Ticket, checks: &Checks) -> bool {
        match &mut self.overlay {
            Some(Overlay::Operator(Operator::Open { asked, found, .. })) if *asked == ticket => {
                *found = Some(checks.clone());
                true
            }
            _ => false,
        }
    }

    /// What became of a page: the person's receipt, or the operator's test.
    pub(super) fn printed(&mut self, ticket: Ticket, outcome: Result<(), PrintFault>) {
        if let Some(Overlay::Operator(Operator::Open { printing, .. })) = &mut self.overlay {
            printing.finish(ticket, outcome);
        }
        self.at_counter(0, |counter| counter.printed(ticket, outcome));
        self.visit(0, |visiting| {
            if visiting.visit.group.is_some() {
                return visiting.group_printed(ticket, outcome);
            }
            if let Some(printing) = visiting.visit.printing_mut() {
                printing.finish(ticket, outcome);
            }
        });
    }
}
