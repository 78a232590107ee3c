//! Who may work at the counter: logging in with a card and its PIN, the lock, and logging out. A
//! locked counter keeps what was half done for the same staff member alone.

use super::AtCounter;
use crate::api::problem::Code;
use crate::api::staff::{OpenStaffSession, SignatureAlgorithm, StaffChallenge, StaffSessionOpened};
use crate::client::calls::{Answer, Call, Fault, Reply};
use crate::devices::card_reader::CardFault;
use crate::devices::staff_card::{
    SignFault, Signature, SignedBy, StaffCard, StaffCardEvent, Tries,
};
use crate::domain::card::Card;
use crate::domain::personal::Personal;
use crate::domain::staff::Right;
use crate::domain::taipei;
use crate::kiosk::model::counter::{CounterAction, Duty, LockCause, LogInBy};
use crate::kiosk::model::effect::{Effect, JournalEffect};
use crate::kiosk::model::ticket::Ticket;
use crate::kiosk::screens::counter::log_in::{Checking, LogIn, LogInStep, StaffReader, Trouble};
use crate::kiosk::screens::counter::{CounterScreen, Desk, Notice, Working};

impl AtCounter<'_> {
    /// A key at the log-in.
    pub fn log_in(&mut self, action: CounterAction) {
        if action == CounterAction::LogOut {
            // What waits behind the lock is not for a passer-by to wipe.
            if !matches!(self.counter.screen, CounterScreen::Locked { .. }) {
                self.log_out();
            }
            return;
        }
        let Some(log_in) = self.counter.log_in_mut() else { return };
        let Some(typed) = log_in.act(action) else { return };
        match std::mem::take(&mut log_in.step) {
            LogInStep::Pin { card, .. } => {
                log_in.trouble = None;
                log_in.step = LogInStep::Checking(Checking::Challenge { pin: typed, card });
                let ticket = self.outbox.call(0, Call::StaffChallenge);
                self.outbox.log_in = Some(ticket);
            }
            LogInStep::Password { card, .. } => {
                log_in.trouble = None;
                let (id, card) = (card.id.clone(), card.number.clone());
                self.open_session(OpenStaffSession::NhiCard { id, card, password: typed });
            }
            step @ (LogInStep::Card | LogInStep::Reading | LogInStep::Checking(_)) => {
                log_in.step = step;
            }
        }
    }

    fn open_session(&mut self, ask: OpenStaffSession) {
        if let Some(log_in) = self.counter.log_in_mut() {
            let by = match &ask {
                OpenStaffSession::Certificate { .. } => LogInBy::StaffCard,
                OpenStaffSession::NhiCard { .. } => LogInBy::NhiCard,
            };
            log_in.step = LogInStep::Checking(Checking::Session(by));
            let ticket = self.outbox.call(0, Call::OpenStaffSession(Box::new(ask)));
            self.outbox.log_in = Some(ticket);
        }
    }

    /// The service's answer to a log-in.
    pub fn log_in_reply(&mut self, reply: Reply) {
        self.outbox.log_in = None;
        let Some(log_in) = self.counter.log_in_mut() else { return };
        let LogInStep::Checking(checking) = &log_in.step else { return };
        match (checking.clone(), reply) {
            (Checking::Challenge { pin, card }, Ok(Answer::StaffChallenge(challenge))) => {
                self.tell_refusals();
                self.sign(challenge, pin, card);
            }
            (Checking::Session(by), Ok(Answer::StaffSession(opened))) => {
                self.logged_in(*opened, by);
            }
            (_, Err(Fault::Problem(problem))) => self.log_in_failed(Trouble::Problem(problem.code)),
            // An answer to another question is as good as none.
            (_, Ok(_) | Err(Fault::Gone)) => self.log_in_failed(Trouble::NoLine),
        }
    }

    /// The PIN goes to the card with what it is to sign, and is kept nowhere.
    fn sign(&mut self, challenge: StaffChallenge, pin: Personal, card: Box<StaffCard>) {
        let ticket = self.outbox.ticket(0);
        self.outbox.log_in = Some(ticket);
        let text = challenge.text();
        if let Some(log_in) = self.counter.log_in_mut() {
            let (nonce, card) = (challenge.nonce, card.clone());
            log_in.step = LogInStep::Checking(Checking::Signature { nonce, card });
        }
        self.outbox.push(Effect::StaffSign { ticket, card, pin, text });
    }

    pub fn signed(&mut self, ticket: Ticket, outcome: Result<Signature, SignFault>) {
        if self.outbox.log_in != Some(ticket) {
            return;
        }
        self.outbox.log_in = None;
        let Some(log_in) = self.counter.log_in_mut() else { return };
        let LogInStep::Checking(Checking::Signature { nonce, card }) = &log_in.step else { return };
        let (nonce, card) = (nonce.clone(), card.clone());
        match outcome {
            Ok(signature) => self.open_session(OpenStaffSession::Certificate {
                nonce,
                certificates: card.certificates().map(|one| hex::encode(one.der())).collect(),
                algorithm: match signature.by {
                    SignedBy::Rsa => SignatureAlgorithm::RsaPkcs1Sha256,
                    SignedBy::P256 => SignatureAlgorithm::EcdsaP256Sha256,
                },
                signature: hex::encode(&signature.bytes),
            }),
            Err(fault) => {
                self.card_refused(&card, fault);
                let locks =
                    matches!(fault, SignFault::WrongPin(Tries::Locked) | SignFault::PinLocked);
                if let (true, StaffReader::Card(card)) = (locks, &mut self.counter.reader) {
                    card.tries = Tries::Locked;
                }
                self.log_in_failed(Trouble::Sign(fault));
            }
        }
    }

    fn log_in_failed(&mut self, trouble: Trouble) {
        let again = LogIn::failed(trouble, &self.counter.reader);
        if let Some(log_in) = self.counter.log_in_mut() {
            *log_in = again;
            self.outbox.bell();
        }
    }

    /// Somebody is logged in. What waits behind the lock is theirs if they are the same; else all
    /// of it is wiped.
    fn logged_in(&mut self, opened: StaffSessionOpened, by: LogInBy) {
        let none = CounterScreen::LoggedOut(LogIn::default());
        let staff = opened.staff.id;
        let (is_site, today) = (self.is_site(), self.civil().date());
        let new = |opened| {
            let mut working = Box::new(Working::new(Duty::new(opened, by)));
            if is_site {
                working.desk = Desk::Site(Box::default());
            }
            working
        };
        let (working, notice) = match std::mem::replace(&mut self.counter.screen, none) {
            CounterScreen::Locked { mut working, .. } if working.duty.session.staff.id == staff => {
                let before = std::mem::replace(&mut working.duty.session, opened);
                working.duty.by = by;
                self.outbox.call(0, Call::CloseStaffSession { staff: before.token });
                working.duty.done.retain(|entry| taipei::civil(entry.at).date() == today);
                let waits = !matches!(working.desk, Desk::Free(_));
                let welcome = if waits { Notice::WelcomeBack } else { Notice::Back };
                // What nobody could read before the lock is read now.
                let unread = working.notice.take();
                (working, Some(unread.unwrap_or(welcome)))
            }
            CounterScreen::Locked { working, .. } => {
                self.close(*working);
                (new(opened), Some(Notice::Wiped))
            }
            CounterScreen::LoggedOut(_) | CounterScreen::Working(_) => (new(opened), None),
        };
        self.counter.screen = CounterScreen::Working(working);
        let own_card = self.certificate_in();
        if let Some(working) = self.working() {
            working.notice = notice;
            working.duty.own_card = own_card.filter(|_| by == LogInBy::StaffCard);
            let may = working.duty.may(Right::CheckIn);
            if let Some(desk) = working.desk.site_mut() {
                desk.no_right = !may;
            }
        }
        if is_site {
            self.resume_desk();
        } else {
            self.outbox.call_seats();
            self.resume();
        }
        // Who has come meanwhile waits with their card.
        if std::mem::take(&mut self.counter.unread_card) {
            self.card_in();
        }
    }

    /// Covers what is on the screen.
    pub fn lock(&mut self, cause: LockCause) {
        let none = CounterScreen::LoggedOut(LogIn::default());
        let working = match std::mem::replace(&mut self.counter.screen, none) {
            CounterScreen::Working(working) => working,
            screen @ (CounterScreen::LoggedOut(_) | CounterScreen::Locked { .. }) => {
                self.counter.screen = screen;
                return;
            }
        };
        *self.overlay = None;
        let log_in = LogIn::new(&self.counter.reader);
        self.counter.screen = CounterScreen::Locked { cause, log_in, working };
        if let CounterScreen::Locked { working, .. } = &mut self.counter.screen {
            (working.asked, working.citizen_side) = (None, false);
            working.staff.open = None;
            (working.search, working.at) = (Personal::default(), 0);
            let is_result = matches!(
                working.notice,
                Some(Notice::StaffSaved | Notice::Problem(_) | Notice::NoLine)
            );
            working.notice.take_if(|_| !is_result);
        }
    }

    /// Ends the staff member's session. Everything of it is dropped here.
    pub fn log_out(&mut self) {
        self.log_out_with(None);
    }

    pub fn log_out_with(&mut self, trouble: Option<Code>) {
        self.outbox.log_in = None;
        let log_in =
            LogIn { trouble: trouble.map(Trouble::Problem), ..LogIn::new(&self.counter.reader) };
        let before = std::mem::replace(&mut self.counter.screen, CounterScreen::LoggedOut(log_in));
        match before {
            CounterScreen::Working(working) | CounterScreen::Locked { working, .. } => {
                self.close(*working);
            }
            CounterScreen::LoggedOut(_) => {}
        }
        *self.overlay = None;
    }

    /// Tells the service that a session is over, and that of the person who was served.
    fn close(&mut self, working: Working) {
        let staff = working.duty.session.token.clone();
        if let Some(serving) = working.desk.serving()
            && let Some(person) = &serving.visit.person
        {
            let call = Call::CloseSession { token: person.token.clone() };
            self.call_as(serving.visit.id, staff.clone(), call);
        }
        self.outbox.call(0, Call::CloseStaffSession { staff });
        self.outbox.forget_screen();
        (self.outbox.users, self.outbox.institution) = (None, None);
        if working.desk.site().is_some() {
            // What was entered stays on the machine, and is sent after the next log-in.
            self.outbox.forget_desk();
            self.outbox.push(Effect::Journal(JournalEffect::Close));
        }
    }

    /// What happened at the staff's reader.
    pub fn staff_card(&mut self, event: StaffCardEvent) {
        let before = self.counter.reader.clone();
        self.counter.reader.told(event);
        if before == self.counter.reader {
            // A module that is tried again, and fails again, is nothing new.
            return;
        }
        let is_in = matches!(self.counter.reader, StaffReader::Card(_));
        match &mut self.counter.screen {
            CounterScreen::LoggedOut(log_in) | CounterScreen::Locked { log_in, .. } => {
                // A PIN that was typed for one card is nothing for another. Whoever logs in with
                // their NHI card meanwhile needs no other card.
                if is_in || !log_in.is_by_nhi_card() {
                    *log_in = LogIn::new(&self.counter.reader);
                    self.outbox.log_in = None;
                }
            }
            CounterScreen::Working(working) if working.staff.awaits_card() => self.new_users_card(),
            CounterScreen::Working(working) => {
                // Another card can only come after the own one has gone.
                if working.duty.by == LogInBy::StaffCard || is_in {
                    self.lock(LockCause::CardOut);
                }
            }
        }
    }

    /// Whether the NHI card that comes is that of somebody of the staff who logs in. It is read
    /// like a citizen's.
    pub fn reads_staff_by_nhi_card(&mut self) -> bool {
        let allowed = self.machine.profile.counter.as_ref().is_some_and(|it| it.nhi_staff_cards);
        let Some(log_in) = self.counter.log_in_mut() else { return false };
        let free = matches!(log_in.step, LogInStep::Card | LogInStep::Password { .. });
        if !allowed || !free {
            return false;
        }
        log_in.step = LogInStep::Reading;
        log_in.trouble = None;
        let ticket = self.outbox.ticket(0);
        self.outbox.log_in = Some(ticket);
        self.outbox.push(Effect::ReadCard { ticket });
        true
    }

    /// The NHI card of somebody who logs in was read.
    pub fn staff_nhi_card_read(&mut self, outcome: Result<Card, CardFault>) {
        self.outbox.log_in = None;
        match (self.counter.log_in_mut(), outcome) {
            (Some(log_in), Ok(card)) => {
                let (typed, card) = (Personal::default(), Box::new(card));
                log_in.step = LogInStep::Password { typed, card };
            }
            (Some(_), Err(_)) => self.log_in_failed(Trouble::NhiCard),
            (None, _) => {}
        }
    }

    /// The NHI card of somebody who logs in was taken out before they were.
    pub fn staff_nhi_card_went(&mut self) {
        let begins = LogIn::new(&self.counter.reader);
        if let Some(log_in) = self.counter.log_in_mut()
            && matches!(log_in.step, LogInStep::Password { .. } | LogInStep::Reading)
        {
            *log_in = begins;
            self.outbox.log_in = None;
        }
    }
}
