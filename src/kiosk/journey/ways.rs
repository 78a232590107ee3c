//! Coming in without just putting a card in: the system check, and what is typed one after another;
//! and the simple query.

use super::Journey;
use super::effect::{Effect, Ticket};
use super::event::{Action, Checks};
use super::session::Typed;
use crate::api::graphic::{GraphicAnswer, GraphicCode};
use crate::config::profile::WayIn;
use crate::kiosk::screens::Screen;
use crate::kiosk::screens::entry::{Asked, Entry, Typing};
use crate::kiosk::screens::system_check::SystemCheck;
use crate::kiosk::screens::waiting::What;
use crate::kiosk::screens::why_not::{Why, WhyNot};

impl Journey {
    pub(super) fn chosen_way(&mut self, action: Action, effects: &mut Vec<Effect>) {
        let Action::Pick(at) = action else { return };
        let Some(way) = self.profile.ways.get(at).copied() else { return };
        let Some(session) = &mut self.session else { return };
        session.way = Some(way);
        if session.agreed {
            self.begin_way(effects);
        } else {
            self.show(Screen::Privacy);
        }
    }

    /// The privacy notice is agreed to: only now something may reach the service.
    pub(super) fn agreed(&mut self, effects: &mut Vec<Effect>) {
        let Some(session) = &mut self.session else { return };
        session.agreed = true;
        if session.way.is_some() {
            self.begin_way(effects);
        } else {
            self.wait_for(What::Standing, effects);
        }
    }

    fn begin_way(&mut self, effects: &mut Vec<Effect>) {
        let Some(session) = &mut self.session else { return };
        session.typed = Typed::default();
        match session.way {
            Some(way @ (WayIn::CardPassword | WayIn::App)) => {
                self.check_system(way == WayIn::CardPassword, effects)
            }
            Some(WayIn::Numbers | WayIn::Query) => self.show(Screen::Entry(Entry::new(Asked::Id))),
            None => self.show(Screen::Card),
        }
    }

    pub(super) fn same_way_again(&mut self, effects: &mut Vec<Effect>) {
        let Screen::WhyNot(WhyNot { why }) = &self.screen else { return };
        let waits = matches!(why, Why::TooManyWrong { until } if *until > self.now.uptime);
        let inside = self
            .session
            .as_ref()
            .is_none_or(|session| session.token.is_some() || session.way.is_none());
        if !waits && !inside {
            self.begin_way(effects);
        }
    }

    fn check_system(&mut self, reader: bool, effects: &mut Vec<Effect>) {
        self.show(Screen::SystemCheck(SystemCheck { reader, found: None }));
        let ticket = self.ticket();
        self.awaited = Some(ticket);
        effects.push(Effect::Check { ticket });
    }

    pub(super) fn checked(&mut self, ticket: Ticket, checks: Checks) {
        if self.awaited != Some(ticket) {
            return;
        }
        self.awaited = None;
        self.line_up = checks.line.is_some();
        if let Screen::SystemCheck(check) = &mut self.screen {
            check.found = Some(checks);
        }
    }

    pub(super) fn system_check(&mut self, action: Action, effects: &mut Vec<Effect>) {
        let Screen::SystemCheck(check) = &self.screen else { return };
        match action {
            Action::Again if check.found.is_some() => {
                let reader = check.reader;
                self.check_system(reader, effects);
            }
            Action::Confirm if check.passed() && check.reader => {
                self.show(Screen::Card);
                self.after_card();
            }
            Action::Confirm if check.passed() => self.show(Screen::Entry(Entry::new(Asked::Id))),
            _ => {}
        }
    }

    pub(super) fn entry(&mut self, action: Action, effects: &mut Vec<Effect>) {
        let Screen::Entry(entry) = &mut self.screen else { return };
        if let (Asked::Graphic { larger, .. }, Action::Renew | Action::Larger) =
            (&entry.asked, action)
        {
            let larger = if action == Action::Larger { !larger } else { *larger };
            self.wait_for(What::Graphic { larger, wrong: false }, effects);
            return;
        }
        let Some(typing) = entry.act(action) else { return };
        self.typed(typing, effects);
    }

    fn typed(&mut self, typing: Typing, effects: &mut Vec<Effect>) {
        let Some(session) = &mut self.session else { return };
        let typed = &mut session.typed;
        let way = session.way;
        match typing {
            Typing::Id(id) => {
                typed.id = Some(id);
                let next = match way {
                    Some(WayIn::App) => Asked::AppCode,
                    Some(WayIn::Query) => Asked::MobileEnd,
                    Some(WayIn::Numbers | WayIn::CardPassword) | None => Asked::CardNumber,
                };
                self.show(Screen::Entry(Entry::new(next)));
                return;
            }
            Typing::Password(password) => {
                typed.password = password;
                self.wait_for(What::Standing, effects);
                return;
            }
            Typing::Graphic { token, digits } => {
                typed.graphic = Some(GraphicAnswer { token, digits });
                let what = if way == Some(WayIn::Query) { What::Found } else { What::Standing };
                self.wait_for(what, effects);
                return;
            }
            Typing::CardNumber(number) => typed.card = Some(number),
            Typing::AppCode(code) => typed.code = code,
            Typing::MobileEnd(end) => typed.mobile_end = end,
        }
        self.wait_for(What::Graphic { larger: false, wrong: false }, effects);
    }

    /// The picture has come.
    pub(super) fn drawn(&mut self, code: GraphicCode, larger: bool, wrong: bool) {
        let mut entry = Entry::new(Asked::Graphic { code, larger });
        entry.wrong = wrong;
        self.show(Screen::Entry(entry));
    }

    /// What was typed last, once more.
    pub(super) fn back_from_entry(&mut self, effects: &mut Vec<Effect>) {
        let Screen::Entry(entry) = &self.screen else { return };
        let way = self.session.as_ref().and_then(|session| session.way);
        let before = match (&entry.asked, way) {
            (Asked::Id | Asked::Password, _) => None,
            (Asked::CardNumber | Asked::AppCode | Asked::MobileEnd, _) => Some(Asked::Id),
            (Asked::Graphic { .. }, Some(WayIn::App)) => Some(Asked::AppCode),
            (Asked::Graphic { .. }, Some(WayIn::Query)) => Some(Asked::MobileEnd),
            (Asked::Graphic { .. }, _) => Some(Asked::CardNumber),
        };
        match before {
            Some(asked) => self.show(Screen::Entry(Entry::new(asked))),
            None => self.leave_way(effects),
        }
    }

    /// Back to the choice of ways; what was typed is dropped.
    pub(super) fn leave_way(&mut self, _: &mut Vec<Effect>) {
        if let Some(session) = &mut self.session {
            session.typed = Typed::default();
            session.found = None;
        }
        self.show(Screen::Ways);
    }

    /// Whoever puts the card in before they have come in another way comes in with the card. What
    /// was typed may have been somebody else's: it is dropped, with whatever was asked for it.
    pub(super) fn card_instead(&mut self) {
        let Some(session) = &mut self.session else { return };
        let typed = session.way.is_some_and(|way| way != WayIn::CardPassword);
        if typed || (session.way.is_none() && matches!(self.screen, Screen::Ways)) {
            session.way = None;
            session.typed = Typed::default();
            self.show(Screen::Card);
        }
    }
}
