//! One person after another: their card or their numbers, how they stand, the form, and the end of
//! it, when all of theirs is dropped and wiped.

use super::AtCounter;
use crate::api::problem::Code;
use crate::api::sessions::{OpenSession, SessionOpened};
use crate::client::calls::{Answer, Call, Fault, Reply};
use crate::devices::card_reader::CardFault;
use crate::domain::card::{Card, CardNumber};
use crate::domain::identity::IdNumber;
use crate::domain::refusal::Refusal;
use crate::kiosk::model::counter::{CounterAction, Deed, Entry, LogInBy, Tab};
use crate::kiosk::model::effect::Effect;
use crate::kiosk::model::person::Person;
use crate::kiosk::model::printing::Printing;
use crate::kiosk::model::retry::Retry;
use crate::kiosk::model::submission::Submission;
use crate::kiosk::model::ticket::Ticket;
use crate::kiosk::model::visit::{CardState, Visit};
use crate::kiosk::screens::counter::form::{FormAnswer, Listed};
use crate::kiosk::screens::counter::numbers::{Numbers, Typed};
use crate::kiosk::screens::counter::serving::{Serving, Step};
use crate::kiosk::screens::counter::{CounterScreen, Desk, Notice, Question};

/// How often the lists of a form are brought up to date, in seconds.
const LISTS_EVERY: u64 = 5;

impl AtCounter<'_> {
    /// A citizen's card came, while somebody works.
    pub fn card_came(&mut self) {
        let serving = self.counter.serving_mut();
        if serving.is_some_and(|it| it.is_unsure() && it.visit.card == CardState::Absent) {
            // Of whoever came without a card nobody else says what was done.
            self.outbox.bell();
            return self.next_person();
        }
        // A card that comes is another person's: nothing of the one before is left.
        self.leave_person();
        let serving = self.begin_person();
        let ticket = self.outbox.ticket(serving);
        self.outbox.card = Some(ticket);
        self.outbox.push(Effect::ReadCard { ticket });
    }

    /// A card was taken out of it.
    pub fn card_went(&mut self) {
        self.machine.card_in = false;
        self.counter.unread_card = false;
        self.staff_nhi_card_went();
        let Some(serving) = self.counter.serving_mut() else { return };
        let has_card = serving.visit.card != CardState::Absent;
        // What is done stays until the next person, to be printed and read.
        if has_card && !matches!(serving.step, Step::Done(_)) {
            let unsure = serving.is_unsure();
            self.leave_person();
            if let CounterScreen::Working(working) | CounterScreen::Locked { working, .. } =
                &mut self.counter.screen
            {
                let notice = if unsure { Notice::CardOutUnsure } else { Notice::CardOut };
                working.notice = Some(notice);
            }
        }
    }

    /// Begins with a person of whom nothing is known yet; the number of their visit.
    pub(super) fn begin_person(&mut self) -> u64 {
        *self.visits += 1;
        let (id, uptime) = (*self.visits, self.machine.now.uptime);
        let language = self.machine.profile.first_language();
        let mut visit = Visit::new(id, uptime, language);
        visit.card = CardState::Reading;
        self.outbox.forget_screen();
        if let Some(working) = self.working() {
            working.desk = Desk::Serving(Box::new(Serving::new(visit)));
            working.printing = Printing::NotYet;
            working.notice = None;
        }
        id
    }

    pub fn card_read(&mut self, ticket: Ticket, outcome: Result<Card, CardFault>) {
        if self.outbox.log_in == Some(ticket) {
            return self.staff_nhi_card_read(outcome);
        }
        if self.outbox.card != Some(ticket) {
            return;
        }
        self.outbox.card = None;
        if self.is_site() {
            return self.card_read_at_desk(outcome);
        }
        let Some(serving) = self.counter.serving_mut() else { return };
        match outcome {
            Ok(card) => {
                serving.visit.card = CardState::Read(Box::new(card));
                self.ask_standing(None);
            }
            Err(fault) => {
                serving.visit.card = CardState::Faulty(fault);
                serving.step = Step::Faulty(fault);
                self.outbox.bell();
            }
        }
    }

    /// The numbers of somebody without a card.
    fn numbers(&mut self, (id, card): (IdNumber, CardNumber)) {
        self.begin_person();
        if let Some(serving) = self.counter.serving_mut() {
            serving.visit.card = CardState::Absent;
            serving.typed = Some((id, card));
        }
        self.ask_standing(None);
    }

    /// Opens the person's session, once more if they have agreed to the notice by now. `then` is
    /// sent as soon as it is open.
    pub fn ask_standing(&mut self, then: Option<Submission>) {
        let Some(serving) = self.counter.serving_mut() else { return };
        serving.step = Step::Asking { retry: Retry::first(), then };
        self.ask_standing_again();
    }

    pub fn ask_standing_again(&mut self) {
        let token = self.token();
        let (Some(serving), Some(token)) = (self.counter.serving_mut(), token) else { return };
        let (numbers, typed) = match (&serving.typed, serving.visit.card()) {
            (Some(numbers), _) => (numbers.clone(), true),
            (None, Some(card)) => ((card.id.clone(), card.number.clone()), false),
            (None, None) => return,
        };
        let ((id, card), consent) = (numbers, serving.consent);
        let visit = serving.visit.id;
        let ask = OpenSession::Counter { id, card, typed, consent };
        let ticket = self.call_as(visit, token, Call::OpenSession(Box::new(ask)));
        self.outbox.awaited = Some(ticket);
    }

    /// How the person stands, or why the service does not say.
    pub fn standing_came(&mut self, reply: Reply, then: Option<Submission>) {
        match reply {
            Ok(Answer::Session(opened)) => self.stands(*opened, then),
            Ok(_) | Err(Fault::Gone) => self.retry_later(None),
            Err(Fault::Problem(problem)) if problem.code.will_pass() => {
                self.retry_later(problem.retry_after);
            }
            Err(Fault::Problem(problem)) if self.is_of_staff(problem.code) => {}
            Err(Fault::Problem(problem)) => {
                self.outbox.bell();
                let Some(serving) = self.counter.serving_mut() else { return };
                match serving.typed.clone() {
                    // One digit may be wrong: nobody types both again for it.
                    Some(typed) if problem.code == Code::UnknownPerson => {
                        self.leave_person();
                        if let Some(working) = self.working() {
                            working.desk = Desk::Free(Numbers::again(&typed));
                            working.notice = Some(Notice::Problem(problem.code));
                        }
                    }
                    _ => serving.step = Step::Failed(problem.code),
                }
            }
        }
    }

    fn stands(&mut self, opened: SessionOpened, then: Option<Submission>) {
        let Some(serving) = self.counter.serving_mut() else { return };
        let visit = serving.visit.id;
        let before = serving.visit.person.replace(Person::new(opened));
        serving.visit.agreed = serving.consent;
        serving.step = Step::Open;
        // The session of before their consent is nobody's any more.
        if let (Some(before), Some(token)) = (before, self.token()) {
            self.call_as(visit, token, Call::CloseSession { token: before.token });
        }
        if let Some(submission) = then {
            return self.send(submission);
        }
        self.show_standing();
        self.ask_waiting();
    }

    /// The page that suits the person: their booking where they have one.
    pub fn show_standing(&mut self) {
        let wall = self.machine.now.wall;
        let Some(working) = self.counter.working_mut() else { return };
        let Desk::Serving(serving) = &mut working.desk else { return };
        let has_booking = serving.visit.person.as_ref().is_some_and(|it| it.booking().is_some());
        working.tab = match working.tab {
            Tab::Register => Tab::Register,
            _ if has_booking => Tab::Change,
            Tab::Book | Tab::Change | Tab::Today | Tab::Manage => Tab::Book,
        };
        serving.open(working.tab, self.machine);
        self.outbox.refreshing = None;
        let refusal = serving.refusal(self.machine);
        if let Some(refusal) = refusal.filter(|it| *it != Refusal::AlreadyBooked)
            && !std::mem::replace(&mut serving.refusal_noted, true)
            && working.tab == Tab::Book
        {
            let entry = entry(wall, Deed::Refused(refusal), serving);
            working.duty.note(entry);
            self.outbox.bell();
        }
        self.ask_lists();
    }

    /// A key on a page that is about a person.
    pub fn serve(&mut self, action: CounterAction) {
        let typed_numbers =
            self.machine.profile.counter.as_ref().is_some_and(|it| it.typed_numbers);
        let Some(working) = self.counter.working_mut() else { return };
        match &mut working.desk {
            Desk::Free(numbers) => match numbers.act(action, typed_numbers) {
                Some(Typed::Numbers(id, card)) => self.numbers((id, card)),
                Some(Typed::Code(code)) => self.take_offer(code),
                None => {}
            },
            Desk::Site(_) => {}
            Desk::Serving(serving) => match serving.step {
                Step::Open => self.fill_in(action),
                Step::Asking { .. } | Step::Sending { .. } if action == CounterAction::Enter => {
                    self.try_again();
                }
                Step::Reading
                | Step::Faulty(_)
                | Step::Failed(_)
                | Step::Asking { .. }
                | Step::Sending { .. }
                | Step::Done(_) => {}
            },
        }
    }

    fn fill_in(&mut self, action: CounterAction) {
        let Some(working) = self.counter.working_mut() else { return };
        let may = working.tab.right().is_none_or(|right| working.duty.may(right));
        let tab = working.tab;
        let Desk::Serving(serving) = &mut working.desk else { return };
        match action {
            CounterAction::Submit | CounterAction::GiveUp if !may => {
                working.notice = Some(Notice::NoRight);
            }
            CounterAction::Submit => self.submit(),
            CounterAction::GiveUp => self.ask_to_give_up(),
            CounterAction::WaitingList => self.open_line(),
            CounterAction::Clear => {
                serving.clear(tab, self.machine);
                self.outbox.refreshing = None;
                self.ask_lists();
            }
            action => {
                if let Some(form) = serving.form_mut() {
                    form.act(action);
                    let consent = form.consent;
                    serving.agrees(consent);
                    self.ask_lists();
                }
            }
        }
    }

    /// Asks for what the form needs next.
    pub fn ask_lists(&mut self) {
        let Some(serving) = self.counter.serving_mut() else { return };
        let visit = serving.visit.id;
        let Some(form) = serving.form_mut() else { return };
        let call = match form.wants() {
            Some(FormAnswer::AskSites(district)) => {
                form.sites = Listed::Asked;
                Call::Sites(district)
            }
            Some(FormAnswer::AskSlots(site)) => {
                form.slots = Listed::Asked;
                Call::Slots(site)
            }
            None => return,
        };
        self.outbox.refreshing = Some(self.outbox.call(visit, call));
    }

    /// A list has come.
    pub fn list_came(&mut self, reply: Reply) {
        let Some(form) = self.counter.serving_mut().and_then(Serving::form_mut) else { return };
        match reply {
            Ok(Answer::Sites(sites)) if form.sites == Listed::Asked => {
                form.sites_came(Some(sites));
            }
            Ok(Answer::Slots(slots)) => form.slots_came(Some(slots)),
            // No site of the round lies there.
            Err(Fault::Problem(problem)) if problem.code == Code::NotFound => {
                form.sites_came(Some(Vec::new()));
            }
            Ok(_) | Err(_) if form.sites == Listed::Asked => form.sites_came(None),
            Ok(_) | Err(_) => form.slots_came(None),
        }
        self.ask_lists();
    }

    /// Once a second: what did not come is asked for again, and the slots are brought up to date
    /// while one is chosen.
    pub fn keep_lists(&mut self) {
        let due = self.machine.now.uptime.as_secs().is_multiple_of(LISTS_EVERY);
        if !due || self.outbox.refreshing.is_some() {
            return;
        }
        let Some(serving) = self.counter.serving_mut() else { return };
        let visit = serving.visit.id;
        let Some(form) = serving.form_mut() else { return };
        form.ask_again();
        match (&form.site, &form.slots) {
            (Some(site), Listed::Known(_)) => {
                let call = Call::Slots(site.id);
                self.outbox.refreshing = Some(self.outbox.call(visit, call));
            }
            _ => self.ask_lists(),
        }
    }

    /// On to the next person.
    pub fn next_person(&mut self) {
        self.end_adding();
        let Some(working) = self.counter.working_mut() else { return };
        if working.desk.serving().is_some_and(Serving::is_unsure) {
            working.asked = Some(Question::LeaveUnsure);
            return;
        }
        self.leave_person();
    }

    /// On to the next person although an answer is missing. A card that came meanwhile is theirs.
    pub fn leave_unsure(&mut self) {
        let before = self.counter.serving_mut().map(|serving| serving.visit.card.clone());
        self.leave_person();
        if self.machine.card_in && before == Some(CardState::Absent) {
            self.card_came();
        }
    }

    /// Ends the visit of whoever is served, also behind the lock: everything of theirs is dropped
    /// here and nowhere else. What was sent without an answer stands in the day's list.
    pub fn leave_person(&mut self) {
        let (wall, token) = (self.machine.now.wall, self.token());
        let (CounterScreen::Working(working) | CounterScreen::Locked { working, .. }) =
            &mut self.counter.screen
        else {
            return;
        };
        let before = std::mem::replace(&mut working.desk, Desk::Free(Numbers::default()));
        working.asked = None;
        working.citizen_side = false;
        working.printing = Printing::NotYet;
        if !working.tab.serves() || working.tab == Tab::Change {
            working.tab = Tab::Book;
        }
        let Desk::Serving(serving) = before else { return };
        if serving.is_unsure() {
            working.duty.note(entry(wall, Deed::Unsure, &serving));
        }
        if let (Some(person), Some(token)) = (&serving.visit.person, token) {
            let call = Call::CloseSession { token: person.token.clone() };
            self.call_as(serving.visit.id, token, call);
        }
        self.outbox.forget_screen();
        self.outbox.card = None;
    }

    /// Whether the staff's own card has to stay in its reader.
    pub fn needs_staff_card(&mut self) -> bool {
        self.working().is_some_and(|working| working.duty.by == LogInBy::StaffCard)
    }
}

/// A line of the day's list about whoever is served.
pub(super) fn entry(at: jiff::Timestamp, deed: Deed, serving: &Serving) -> Entry {
    let person = serving.visit.person.as_ref();
    let booking = person.and_then(Person::booking);
    let booked = matches!(deed, Deed::Booked | Deed::Moved);
    let number = match deed {
        Deed::Booked | Deed::Moved | Deed::Cancelled => booking.map(|it| it.number.to_string()),
        Deed::Registered | Deed::Withdrawn => {
            person.and_then(Person::intention).map(|it| it.number.to_string())
        }
        Deed::Waits | Deed::LeftLine | Deed::Refused(_) | Deed::Unsure => None,
    };
    let name = serving.visit.name_masked().unwrap_or_default();
    Entry {
        at,
        deed,
        number: crate::domain::personal::Personal::new(number.unwrap_or_default()),
        name_masked: crate::domain::personal::Personal::new(name),
        booking: booking.filter(|_| booked).cloned().map(Box::new),
        language: serving.visit.language,
    }
}
