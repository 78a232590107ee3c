//! What changes with time: once a second the round is asked for, a farewell ends, a visit runs out
//! and is offered more time before, and whoever seems to have gone is asked.

use super::{Journey, Phase};
use crate::kiosk::model::clearer::Clearer;
use crate::kiosk::model::counter::LockCause;
use crate::kiosk::screens::Screen;
use crate::kiosk::screens::farewell::Reason;
use crate::kiosk::screens::overlay::Overlay;
use std::time::Duration;

/// How often the round is asked for: now and then, soon after a failure, and sooner while it was
/// never known, because without it nobody is offered a slot.
const ROUND_AGAIN: Duration = Duration::from_secs(300);
const ROUND_RETRY: Duration = Duration::from_secs(5);
const ROUND_FIRST: Duration = Duration::from_secs(2);
/// How long a farewell without a card stays.
const FAREWELL_STAYS: Duration = Duration::from_secs(6);
/// After so long without a key or a card a counter locks itself.
const COUNTER_LOCKS_AFTER: Duration = Duration::from_secs(600);
/// At so many seconds before a visit's end the bell rings.
const LAST_BELL: u64 = 60;
/// So many seconds lie between two sounds while a card waits to be taken.
const TAKE_CARD_BELL: u64 = 5;

impl Journey {
    /// What is left of the visit's time.
    pub fn time_left(&self) -> Option<Duration> {
        let visit = self.current_visit().filter(|_| !self.is_parting())?;
        let end = visit.ends(self.machine.profile.session_limit);
        Some(end.saturating_sub(self.machine.now.uptime))
    }

    /// What is left of the grace after "are you still there?".
    pub fn grace_left(&self) -> Duration {
        let profile = &self.machine.profile;
        let end = self.last_input + profile.idle_warning + profile.idle_grace;
        end.saturating_sub(self.machine.now.uptime)
    }

    /// Somebody moved the focus: they are still there.
    pub fn touched(&mut self) {
        self.last_input = self.machine.now.uptime;
        if self.overlay == Some(Overlay::StillThere) {
            self.overlay = None;
        }
    }

    fn idle(&self) -> Duration {
        self.machine.now.uptime.saturating_sub(self.last_input)
    }

    pub(super) fn tick(&mut self, random: u128) {
        self.tick_exercise();
        let uptime = self.machine.now.uptime;
        let wait = match (&self.machine.round, self.machine.line_up) {
            (None, _) => ROUND_FIRST,
            (Some(_), false) => ROUND_RETRY,
            (Some(_), true) => ROUND_AGAIN,
        };
        if self.outbox.round.is_none_or(|(_, asked)| uptime >= asked + wait) {
            self.ask_round();
        }
        match &self.phase {
            Phase::Farewell(farewell) if self.machine.card_in => {
                let waited = uptime.saturating_sub(farewell.since).as_secs();
                if waited.is_multiple_of(TAKE_CARD_BELL) {
                    self.outbox.bell();
                }
            }
            Phase::Farewell(farewell) if uptime >= farewell.since + FAREWELL_STAYS => self.rest(),
            Phase::Farewell(_) => {}
            Phase::AtRest => self.tick_unattended(),
            Phase::Visiting { .. } => self.tick_visit(random),
            Phase::Counter(_) => self.tick_counter(random),
        }
    }

    /// What is left until a counter that nobody touches locks itself.
    pub fn unlocked_for(&self) -> Duration {
        COUNTER_LOCKS_AFTER.saturating_sub(self.idle())
    }

    fn tick_counter(&mut self, random: u128) {
        // Without a line nobody could unlock it again, and a desk has to go on.
        let may_log_in = self.machine.profile.channel.may_book() || self.machine.line_up;
        if self.unlocked_for().is_zero() && may_log_in {
            self.at_counter(random, |it| it.lock(LockCause::Idle));
            self.see_clearer(Clearer::Off);
        }
        self.at_counter(random, |it| it.tick());
    }

    /// Before the attract screen, what somebody left open or switched on goes back by itself.
    fn tick_unattended(&mut self) {
        if self.idle() >= self.machine.profile.idle_warning {
            self.overlay = None;
            self.see_clearer(Clearer::Off);
        }
    }

    /// Whether the QR of a receipt stays although its card is gone.
    pub(super) fn is_parting(&self) -> bool {
        matches!(self.screen(), Some(Screen::Parting(_)))
    }

    fn tick_visit(&mut self, random: u128) {
        if let Some(Screen::Parting(parting)) = self.screen() {
            if parting.is_over(self.machine.now.uptime) {
                self.end_visit(Reason::Finished);
            }
            return;
        }
        let left = self.time_left().unwrap_or_default();
        if left.is_zero() {
            self.end_visit(Reason::TimeUp);
            return;
        }
        if left.as_secs() == LAST_BELL {
            self.outbox.bell();
        }
        // Whoever waits for the service is not idle.
        let waits = self.screen().is_some_and(|screen| screen.waits_for_service());
        if waits && self.overlay.is_none() {
            self.last_input = self.machine.now.uptime;
        }
        let profile = &self.machine.profile;
        let (warning, grace) = (profile.idle_warning, profile.idle_grace);
        if self.idle() >= warning + grace {
            self.end_visit(Reason::Idle);
            return;
        }
        if self.idle() >= warning && self.overlay != Some(Overlay::StillThere) {
            self.overlay = Some(Overlay::StillThere);
            self.outbox.bell();
        }
        self.offer_more_time(left);
        self.visit(random, |visiting| visiting.keep_going());
    }
}
