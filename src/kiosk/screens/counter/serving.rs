//! The person in front of the counter: how far they are, and what is entered for them. All of it is
//! dropped and wiped when the next person comes.

use super::form::{Form, Purpose};
use crate::api::bookings::BookingView;
use crate::api::intentions::IntentionView;
use crate::api::problem::Code;
use crate::api::waiting::WaitingView;
use crate::devices::card_reader::CardFault;
use crate::domain::card::CardNumber;
use crate::domain::identity::IdNumber;
use crate::domain::refusal::Refusal;
use crate::kiosk::model::counter::Tab;
use crate::kiosk::model::machine::Machine;
use crate::kiosk::model::retry::Retry;
use crate::kiosk::model::submission::Submission;
use crate::kiosk::model::visit::Visit;
use crate::kiosk::widgets::qr::Codes;
use jiff::Timestamp;

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
    pub waits: Waits,
}

/// Whether they wait for a seat.
#[derive(Clone, PartialEq, Debug, Default)]
pub enum Waits {
    /// The service was not asked, or has not answered.
    #[default]
    Unknown,
    Not,
    InLine(Box<WaitingView>),
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
    Waits(Box<WaitingView>),
    LeftLine,
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
            waits: Waits::Unknown,
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
            self.forms.push(Form::new(purpose, person, self.consent, machine.now.wall));
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

    /// Opens the form of the waiting list, as it was left, or with what they wait for already.
    pub fn open_line(&mut self, machine: &Machine) {
        self.forms.iter_mut().for_each(Form::left);
        let Some(person) = &self.visit.person else { return };
        self.purpose = Some(Purpose::Wait);
        if !self.forms.iter().any(|form| form.purpose == Purpose::Wait) {
            self.forms.push(Form::wait(person, &self.waits, self.consent, machine.now.wall));
        }
    }

    /// The service has said how they wait. A form that was opened before that and not changed since
    /// gets what they wait for.
    pub fn waits_are(&mut self, waits: Waits, machine: &Machine) {
        let before = std::mem::replace(&mut self.waits, waits);
        let (Some(person), Waits::InLine(_)) = (&self.visit.person, &self.waits) else { return };
        let wall = machine.now.wall;
        let untouched = Form::wait(person, &before, self.consent, wall);
        let new = Form::wait(person, &self.waits, self.consent, wall);
        if let Some(form) = self.forms.iter_mut().find(|form| form.is_like(&untouched)) {
            *form = new;
        }
    }

    /// Whether the waiting list can be opened from the page that is on.
    pub fn may_open_line(&self) -> bool {
        let registered = self.visit.person.as_ref().is_some_and(|it| it.intention().is_some());
        self.step == Step::Open && registered && self.purpose == Some(Purpose::Book)
    }

    /// A seat is held no longer: true if the form that is on has changed.
    pub fn holds_are_over(&mut self, wall: Timestamp) -> bool {
        let on = self.purpose;
        let changed =
            self.forms.iter_mut().filter_map(|it| it.hold_is_over(wall).then_some(it.purpose));
        changed.collect::<Vec<_>>().iter().any(|purpose| Some(*purpose) == on)
    }

    /// Whether the form of the waiting list is on.
    pub fn is_on_line(&self) -> bool {
        self.purpose == Some(Purpose::Wait)
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
            match &done {
                Done::Cancelled => person.has_booking(None),
                Done::Withdrawn => person.has_intention(None),
                Done::LeftLine => person.standing.offer = None,
                Done::Booked { .. } | Done::Registered(_) | Done::Waits(_) => {}
            }
        }
        match &done {
            Done::Waits(view) => self.waits = Waits::InLine(view.clone()),
            Done::LeftLine | Done::Booked { .. } => self.waits = Waits::Not,
            Done::Cancelled | Done::Registered(_) | Done::Withdrawn => {}
        }
        self.step = Step::Done(Box::new(done));
    }

    /// All that was entered is given up: each form is as it was when the person came.
    pub fn clear(&mut self, tab: Tab, machine: &Machine) {
        let was_on_line = self.is_on_line();
        self.forms.clear();
        self.consent = false;
        self.open(tab, machine);
        if was_on_line {
            self.open_line(machine);
        }
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
