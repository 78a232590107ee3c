//! Showing who one is: the ways in, the privacy notice, the system check, and what is typed one
//! after another; and the simple query.

use super::path::Step;
use super::steps::Heading;
use super::visiting::Visiting;
use crate::api::captchas::Captcha;
use crate::api::sessions::SessionOpened;
use crate::client::calls::Call;
use crate::config::profile::WayIn;
use crate::devices::card_reader::CardFault;
use crate::domain::card::Card;
use crate::kiosk::model::effect::Effect;
use crate::kiosk::model::errand::Errand;
use crate::kiosk::model::event::Checks;
use crate::kiosk::model::person::Person;
use crate::kiosk::model::sign_in::{Field, SignIn, Typed};
use crate::kiosk::model::ticket::Ticket;
use crate::kiosk::model::visit::CardState;
use crate::kiosk::screens::Screen;
use crate::kiosk::screens::entry::{Asked, Entry, EntryAnswer};
use crate::kiosk::screens::system_check::{SystemCheck, SystemCheckAnswer};
use crate::kiosk::screens::waiting::PendingCall;

impl Visiting<'_> {
    pub fn chosen_way(&mut self, way: WayIn) {
        self.visit.sign_in = SignIn::by(way);
        if self.visit.agreed {
            self.begin_way();
        } else {
            self.show(Screen::Privacy);
        }
    }

    /// The privacy notice is agreed to: only now may anything reach the service.
    pub fn agreed(&mut self) {
        self.visit.agreed = true;
        self.begin_way();
    }

    /// The chosen way in from its beginning.
    pub fn begin_way(&mut self) {
        self.visit.sign_in.begin_again();
        match self.visit.sign_in {
            SignIn::Card => self.wait_for(PendingCall::Standing),
            SignIn::CardPassword { .. } => self.check_system(true),
            SignIn::App { .. } => self.check_system(false),
            SignIn::Numbers { .. } | SignIn::Query { .. } | SignIn::OfferCode { .. } => {
                self.ask_first_field();
            }
        }
    }

    /// The same way again after it was wrong: what was typed stays, and only the captcha is new.
    /// Which of it was wrong is not said, but each can be changed.
    pub fn try_way_again(&mut self) {
        if matches!(self.visit.sign_in, SignIn::OfferCode { .. }) {
            self.ask_code(false);
        } else if self.visit.sign_in.is_without_card() {
            self.wait_for(PendingCall::Captcha { larger: false, wrong: false });
        } else {
            self.begin_way();
        }
    }

    fn ask_first_field(&mut self) {
        if let Some(field) = self.visit.sign_in.fields().first() {
            self.ask_field(*field);
        }
    }

    /// Asks for something to be typed. A captcha has to be fetched first.
    fn ask_field(&mut self, field: Field) {
        match Asked::of(field) {
            Some(asked) => {
                // What was typed before stands there again, to be mended or left.
                let typed = self.visit.sign_in.typed(field).unwrap_or_default();
                self.show(Screen::Entry(Entry::new(asked).with(typed)));
            }
            None => self.wait_for(PendingCall::Captcha { larger: false, wrong: false }),
        }
    }

    fn check_system(&mut self, reader: bool) {
        self.show(Screen::SystemCheck(SystemCheck { reader, found: None }));
        let ticket = self.outbox.ticket(self.visit.id);
        self.outbox.awaited = Some(ticket);
        self.outbox.push(Effect::Check { ticket });
    }

    pub fn checked(&mut self, ticket: Ticket, checks: Checks) {
        if self.outbox.awaited != Some(ticket) {
            return;
        }
        self.outbox.awaited = None;
        self.machine.line_up = checks.line.is_some();
        if let Screen::SystemCheck(check) = self.screen {
            check.found = Some(checks);
        }
    }

    pub fn system_check(&mut self, answer: SystemCheckAnswer) {
        match answer {
            SystemCheckAnswer::Again { reader } => self.check_system(reader),
            SystemCheckAnswer::Passed { reader: true } => {
                self.show(Screen::Card);
                self.after_card();
            }
            SystemCheckAnswer::Passed { reader: false } => self.ask_first_field(),
        }
    }

    pub fn entry(&mut self, answer: EntryAnswer) {
        match answer {
            EntryAnswer::AnotherCaptcha { larger } => {
                self.wait_for(PendingCall::Captcha { larger, wrong: false });
            }
            EntryAnswer::Retype(field) => self.ask_field(field),
            EntryAnswer::Typed(typed) => self.typed(typed),
        }
    }

    fn typed(&mut self, typed: Typed) {
        let field = typed.field();
        if let Typed::OfferCode(code) = &typed {
            self.visit.sign_in.keep(typed.clone());
            return self.take_by_code(code.clone());
        }
        self.visit.sign_in.keep(typed);
        if self.is_in_already() {
            return self.newcomer_typed();
        }
        let sign_in = &self.visit.sign_in;
        let mut next = sign_in.after(field);
        while let Some(at) = next
            && sign_in.typed(at).is_some()
        {
            next = sign_in.after(at);
        }
        match next {
            Some(next) => self.ask_field(next),
            None if matches!(self.visit.sign_in, SignIn::Query { .. }) => {
                self.wait_for(PendingCall::Found);
            }
            None if self.visit.group.is_some() => self.newcomer_typed(),
            None => self.wait_for(PendingCall::Standing),
        }
    }

    /// The captcha has come. `wrong`: because the one before was answered wrongly.
    pub fn captcha_came(&mut self, code: Captcha, larger: bool, wrong: bool) {
        let sign_in = &self.visit.sign_in;
        let typed = |field: &Field| Some((*field, sign_in.typed(*field)?));
        let kept = sign_in.fields().iter().filter_map(typed).collect();
        let mut entry = Entry::new(Asked::Captcha { code, larger }).after(kept);
        entry.wrong = wrong;
        self.show(Screen::Entry(entry));
    }

    /// What was typed before this is asked once more.
    pub fn back_from_entry(&mut self, field: Field) {
        match self.visit.sign_in.before(field) {
            Some(before) => self.ask_field(before),
            None => self.leave_way(),
        }
    }

    /// Back to the choice of ways; what was typed is dropped. Where a code is the only other way,
    /// its button stands beside the card.
    pub fn leave_way(&mut self) {
        if self.visit.group.is_some() {
            return self.gather();
        }
        if self.machine.profile.ways.is_empty() {
            return self.leave_ways();
        }
        self.visit.sign_in.begin_again();
        self.show(Screen::Ways);
    }

    /// Back from the choice of ways to the card.
    pub fn leave_ways(&mut self) {
        self.visit.sign_in = SignIn::Card;
        self.show(Screen::Card);
        self.after_card();
    }

    /// Whoever puts the card in before they have come in another way comes in with the card. What
    /// was typed may have been somebody else's: it is dropped, with whatever was asked for it.
    pub fn card_instead(&mut self) {
        let choosing = self.visit.sign_in == SignIn::Card && matches!(self.screen, Screen::Ways);
        if self.visit.sign_in.is_without_card() || choosing {
            self.visit.sign_in = SignIn::Card;
            self.show(Screen::Card);
        }
    }

    /// What a reading of the card came to. One that another visit asked for is dropped.
    pub fn card_read(&mut self, ticket: Ticket, outcome: Result<Card, CardFault>) {
        if self.outbox.card != Some(ticket) || self.visit.id != ticket.visit {
            return;
        }
        self.outbox.card = None;
        if self.visit.group.is_some() {
            return self.newcomer_read(outcome);
        }
        self.visit.card = match outcome {
            Ok(card) => CardState::Read(Box::new(card)),
            Err(fault) => CardState::Faulty(fault),
        };
        if matches!(self.screen, Screen::Card) {
            self.after_card();
        }
    }

    /// On from the card once it has been read.
    fn after_card(&mut self) {
        if self.visit.card().is_none() {
            return;
        }
        let password = matches!(self.visit.sign_in, SignIn::CardPassword { .. });
        if self.visit.agreed && password {
            self.ask_first_field();
        } else if self.visit.language_chosen {
            self.show(Screen::Privacy);
        } else {
            self.show(Screen::Language);
        }
    }

    /// On from the choice of the language.
    pub fn after_language(&mut self) {
        if self.visit.errand.as_ref().is_some_and(Errand::began_with_offer) {
            return self.enter(Step::Offer, Heading::Forward);
        }
        let next = match (&self.visit.person, self.visit.card()) {
            (Some(_), _) => Screen::Service,
            (None, Some(_)) => Screen::Privacy,
            (None, None) => Screen::Card,
        };
        self.show(next);
    }

    /// The service knows the person. A session from before would be nobody's: it is closed.
    pub fn opened(&mut self, opened: SessionOpened) {
        if let Some(before) = self.visit.person.replace(Person::new(opened)) {
            self.outbox.call(self.visit.id, Call::CloseSession { token: before.token });
        }
        self.offer_or_services();
    }
}
