//! The person in front of the counter: how far they are, and what is entered for them. All of it is
//! dropped and wiped when the next person comes.

use super::form::{Form, Purpose};
use crate::api::bookings::BookingView;
use crate::api::intentions::IntentionView;
use crate::api::problem::Code;
use crate::devices::card_reader::CardFault;
use crate::domain::card::CardNumber;
use crate::domain::identity::IdNumber;
use crate::domain::personal::Personal;
use crate::domain::refusal::Refusal;
use crate::kiosk::model::counter::{CounterAction, Field, Tab};
use crate::kiosk::model::machine::Machine;
use crate::kiosk::model::retry::Retry;
use crate::kiosk::model::submission::Submission;
use crate::kiosk::model::visit::Visit;
use crate::kiosk::widgets::qr::Codes;

/// Somebody who is served.
#[derive(Clone, PartialEq, Debug)]
pub struct Serving {
    /// Their card, their language, and who they are once the service has said so.
    pub visit: Visit,
    /// What was typed instead of a card.
    pub typed: Option<(IdNumber, CardNumber)>,
    pub step: Step,
    /// The forms of the pages that were opened, one a purpose.
    forms: Vec<Form>,
    /// Which of them is on; `None` where there is nothing to fill in.
    purpose: Option<Purpose>,
    /// They agreed to the privacy notice before the staff member.
    pub consent: bool,
    /// That they may not book stands in the day's list.
    pub refusal_noted: bool,
}

/// How far it is.
#[derive(Clone, PartialEq, Debug)]
pub enum Step {
    Reading,
    Faulty(CardFault),
    /// The service is asked how they stand. `then`: what is sent as soon as it has said so, because
    /// a session ended in the middle.
    Asking {
        retry: Retry,
        then: Option<Submission>,
    },
    /// The service does not serve them.
    Failed(Code),
    /// A page's form, or what stands instead of it.
    Open,
    Sending {
        submission: Submission,
        retry: Retry,
    },
    Done(Box<Done>),
}

/// What was done for them.
#[derive(Clone, PartialEq, Debug)]
pub enum Done {
    Booked { booking: BookingView, moved: bool, codes: Codes },
    Cancelled,
    Registered(IntentionView),
    Withdrawn,
}

impl Serving {
    pub fn new(visit: Visit) -> Self {
        Self {
            visit,
            typed: None,
            step: Step::Reading,
            forms: Vec::new(),
            purpose: None,
            consent: false,
            refusal_noted: false,
        }
    }

    /// Why they cannot book now.
    pub fn refusal(&self, machine: &Machine) -> Option<Refusal> {
        let person = self.visit.person.as_ref()?;
        person.refusal(machine.round.as_ref(), machine.now.wall)
    }

    /// Opens a page's form, as it was left if it was open before.
    pub fn open(&mut self, tab: Tab, machine: &Machine) {
        self.forms.iter_mut().for_each(Form::left);
        self.purpose = self.purpose_of(tab, machine);
        let (Some(purpose), Some(person)) = (self.purpose, &self.visit.person) else { return };
        if !self.forms.iter().any(|form| form.purpose == purpose) {
            self.forms.push(Form::new(purpose, person, self.consent));
        }
    }

    /// What a page's form is for; `None` if the page says something instead.
    fn purpose_of(&self, tab: Tab, machine: &Machine) -> Option<Purpose> {
        let person = self.visit.person.as_ref()?;
        match tab {
            Tab::Book if self.refusal(machine).is_none() => Some(Purpose::Book),
            Tab::Change => Some(Purpose::Move(person.booking()?.number)),
            Tab::Register if person.registering_refusal(machine.now.wall).is_none() => {
                Some(Purpose::Register)
            }
            Tab::Book | Tab::Register | Tab::Today | Tab::Manage => None,
        }
    }

    /// The form that is on.
    pub fn form(&self) -> Option<&Form> {
        self.forms.iter().find(|form| Some(form.purpose) == self.purpose)
    }

    /// The form for something, whichever is on.
    pub fn form_for(&mut self, is_it: impl Fn(Purpose) -> bool) -> Option<&mut Form> {
        self.forms.iter_mut().find(|form| is_it(form.purpose))
    }

    pub fn form_mut(&mut self) -> Option<&mut Form> {
        self.forms.iter_mut().find(|form| Some(form.purpose) == self.purpose)
    }

    /// Something was done: the form of it is over.
    pub fn is_done(&mut self, done: Done) {
        self.forms.clear();
        self.purpose = None;
        if let Some(person) = &mut self.visit.person {
            match done {
                Done::Cancelled => person.has_booking(None),
                Done::Withdrawn => person.has_intention(None),
                Done::Booked { .. } | Done::Registered(_) => {}
            }
        }
        self.step = Step::Done(Box::new(done));
    }

    /// All that was entered is given up: each form is as it was when the person came.
    pub fn clear(&mut self, tab: Tab, machine: &Machine) {
        self.forms.clear();
        self.consent = false;
        self.open(tab, machine);
    }

    /// Whether they agreed is the same in each form.
    pub fn agrees(&mut self, consent: bool) {
        self.consent = consent;
        self.forms.iter_mut().for_each(|form| form.consent = consent);
    }

    /// Whether the privacy notice is on the page that is turned to the citizen.
    pub fn shows_notice(&self) -> bool {
        matches!(self.step, Step::Open) && !self.consent && self.form().is_some()
    }

    /// The retry of what is waited for.
    pub fn retry_mut(&mut self) -> Option<&mut Retry> {
        match &mut self.step {
            Step::Asking { retry, .. } | Step::Sending { retry, .. } => Some(retry),
            Step::Reading | Step::Faulty(_) | Step::Failed(_) | Step::Open | Step::Done(_) => None,
        }
    }

    /// Whether something was sent whose answer is not known.
    pub fn is_unsure(&self) -> bool {
        match &self.step {
            Step::Sending { .. } => true,
            Step::Asking { then, .. } => then.is_some(),
            Step::Reading | Step::Faulty(_) | Step::Failed(_) | Step::Open | Step::Done(_) => false,
        }
    }
}

/// The numbers of somebody who has no card, as they are typed.
#[derive(Clone, PartialEq, Debug)]
pub struct Numbers {
    pub field: Field,
    pub id: Personal,
    pub card: Personal,
    /// The field that is wrong.
    pub wrong: Option<Field>,
}

impl Default for Numbers {
    fn default() -> Self {
        Self { field: Field::Id, id: Personal::default(), card: Personal::default(), wrong: None }
    }
}

impl Numbers {
    /// Both are there again, to be corrected.
    pub fn again((id, card): &(IdNumber, CardNumber)) -> Self {
        let (field, wrong) = (Field::CardNumber, Some(Field::CardNumber));
        Self { field, id: Personal::new(id.expose()), card: Personal::new(card.expose()), wrong }
    }

    /// Both numbers, once they are whole and Enter is pressed on the last.
    pub fn act(&mut self, action: CounterAction) -> Option<(IdNumber, CardNumber)> {
        self.wrong = None;
        let (typed, most) = match self.field {
            Field::CardNumber => (&mut self.card, 12),
            _ => (&mut self.id, 10),
        };
        match action {
            CounterAction::Type(letter)
                if letter.is_ascii_alphanumeric() && typed.expose().len() < most =>
            {
                typed.push(letter.to_ascii_uppercase());
            }
            CounterAction::Erase => {
                typed.pop();
            }
            CounterAction::Escape => *typed = Personal::default(),
            CounterAction::Next
            | CounterAction::Previous
            | CounterAction::Down
            | CounterAction::Up => self.other(),
            CounterAction::Focus(field @ (Field::Id | Field::CardNumber)) => self.field = field,
            CounterAction::Enter if self.field == Field::Id => {
                match IdNumber::parse(self.id.expose()) {
                    Ok(_) => self.other(),
                    Err(_) => self.wrong = Some(Field::Id),
                }
            }
            CounterAction::Enter => return self.both(),
            _ => {}
        }
        None
    }

    fn other(&mut self) {
        let is_id = self.field == Field::Id;
        self.field = if is_id { Field::CardNumber } else { Field::Id };
    }

    fn both(&mut self) -> Option<(IdNumber, CardNumber)> {
        match (IdNumber::parse(self.id.expose()), CardNumber::parse(self.card.expose())) {
            (Ok(id), Ok(card)) => return Some((id, card)),
            (Err(_), _) => self.wrong = Some(Field::Id),
            (Ok(_), Err(_)) => self.wrong = Some(Field::CardNumber),
        }
        if let Some(field) = self.wrong {
            self.field = field;
        }
        None
    }
}
