//! Whoever looks after the kiosk: a corner that nobody sees, pressed five times, then a PIN; behind
//! it the system check and a test print. Only while nobody is being served, and nothing of a person
//! is to be had there.

use super::effect::{Effect, Ticket};
use super::event::{Action, Checks};
use super::{Journey, Overlay};
use crate::devices::printer::PrintFault;
use crate::domain::personal::Personal;
use crate::kiosk::paper::Printing;
use crate::kiosk::screens::operator::{Operator, PIN_DIGITS};
use std::time::Duration;

/// Presses of the corner, each so soon after the one before.
const PRESSES: u8 = 5;
const SOON: Duration = Duration::from_secs(2);
/// A wrong PIN is followed by this wait, doubled for each that was wrong before, up to a quarter of
/// an hour.
const FIRST_WAIT: Duration = Duration::from_secs(2);
const LONGEST_WAIT: Duration = Duration::from_secs(900);

/// The corner's presses, and the PINs that were wrong.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Corner {
    presses: u8,
    last: Duration,
    wrong: u32,
    free_at: Duration,
}

impl Journey {
    pub(super) fn corner(&mut self) {
        let uptime = self.now.uptime;
        let corner = &mut self.corner;
        corner.presses =
            if uptime.saturating_sub(corner.last) <= SOON { corner.presses + 1 } else { 1 };
        corner.last = uptime;
        if corner.presses >= PRESSES
            && self.session.is_none()
            && self.profile.operator_pin.is_some()
        {
            corner.presses = 0;
            self.operator = Operator::default();
            self.overlay = Some(Overlay::Operator);
        }
    }

    /// How long no PIN is looked at.
    pub fn pin_wait(&self) -> Duration {
        self.corner.free_at.saturating_sub(self.now.uptime)
    }

    pub(super) fn operate(&mut self, action: Action, effects: &mut Vec<Effect>) {
        let waits = !self.pin_wait().is_zero();
        match (&mut self.operator, action) {
            (Operator::Pin { typed, wrong, asked: None }, Action::Key(digit @ 0..=9)) if !waits => {
                *wrong = false;
                typed.push(char::from(b'0' + digit));
                if typed.expose().len() == PIN_DIGITS {
                    self.ask_pin(effects);
                }
            }
            (Operator::Pin { typed, asked: None, .. }, Action::Erase) => {
                typed.pop();
            }
            (Operator::Pin { typed, asked: None, .. }, Action::ClearAll) => {
                *typed = Personal::default()
            }
            (Operator::Open { .. }, Action::Again) => self.look(effects),
            (Operator::Open { printing, .. }, Action::Print)
                if !matches!(printing, Printing::Running(_)) =>
            {
                let ticket = self.ticket();
                if let Operator::Open { printing, .. } = &mut self.operator {
                    *printing = Printing::Running(ticket);
                }
                effects.push(Effect::TestPrint { ticket });
            }
            _ => {}
        }
    }

    fn ask_pin(&mut self, effects: &mut Vec<Effect>) {
        let ticket = self.ticket();
        let Some(hash) = self.profile.operator_pin.clone() else { return };
        if let Operator::Pin { typed, asked, .. } = &mut self.operator {
            *asked = Some(ticket);
            effects.push(Effect::CheckPin { ticket, pin: std::mem::take(typed), hash });
        }
    }

    pub(super) fn pin_checked(&mut self, ticket: Ticket, right: bool, effects: &mut Vec<Effect>) {
        if !matches!(self.operator, Operator::Pin { asked: Some(asked), .. } if asked == ticket) {
            return;
        }
        if right {
            self.corner.wrong = 0;
            self.look(effects);
            return;
        }
        let corner = &mut self.corner;
        let wait = FIRST_WAIT.saturating_mul(1 << corner.wrong.min(16)).min(LONGEST_WAIT);
        corner.wrong += 1;
        corner.free_at = self.now.uptime + wait;
        self.operator = Operator::Pin { typed: Personal::default(), wrong: true, asked: None };
        effects.push(Effect::Bell);
    }

    fn look(&mut self, effects: &mut Vec<Effect>) {
        let ticket = self.ticket();
        self.operator = Operator::Open { asked: ticket, found: None, printing: Printing::NotYet };
        effects.push(Effect::Check { ticket });
    }

    /// True when the checks were the operator's.
    pub(super) fn operator_checked(&mut self, ticket: Ticket, checks: &Checks) -> bool {
        match &mut self.operator {
            Operator::Open { asked, found, .. } if *asked == ticket => {
                *found = Some(checks.clone());
                true
            }
            _ => false,
        }
    }

    pub(super) fn operator_printed(&mut self, ticket: Ticket, outcome: Result<(), PrintFault>) {
        if let Operator::Open { printing, .. } = &mut self.operator
            && *printing == Printing::Running(ticket)
        {
            *printing = outcome.map_or_else(Printing::Failed, |()| Printing::Done);
        }
    }
}
