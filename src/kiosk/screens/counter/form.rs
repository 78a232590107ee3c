//! The form for the person at the counter: its fields, what is chosen and typed in them, and how
//! keys go over it. What it needs from the service it asks for by its answers.

use super::choices::{Choice, counties, days, districts};
use crate::api::sites::SiteView;
use crate::domain::booking_number::BookingNumber;
use crate::domain::personal::Personal;
use crate::domain::phone::MobileNumber;
use crate::domain::region::{CountyIndex, District, DistrictCode};
use crate::domain::round::Brand;
use crate::domain::site::{Site, SiteId, Slot};
use crate::kiosk::model::counter::{CounterAction, Field};
use crate::kiosk::model::person::Person;
use jiff::civil::Date;

/// What the form is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Purpose {
    Book,
    /// Another seat for this booking.
    Move(BookingNumber),
    Register,
}

/// A list that comes from the service.
#[derive(Clone, PartialEq, Debug)]
pub enum Listed<T> {
    /// Nothing to ask for yet.
    Nothing,
    Asked,
    /// The service did not answer. It is asked again with the next second that allows it.
    Failed,
    Known(Vec<T>),
}

impl<T> Listed<T> {
    pub fn known(&self) -> &[T] {
        match self {
            Listed::Known(list) => list,
            Listed::Nothing | Listed::Asked | Listed::Failed => &[],
        }
    }
}

/// The person's phone.
#[derive(Clone, PartialEq, Debug)]
pub enum Phone {
    Missing,
    /// The one that was registered, as it may be shown.
    Registered(Personal),
    Given(MobileNumber),
}

/// What is wrong with a field.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Wrong {
    /// No mobile number.
    Phone,
    /// Nothing fits what is typed.
    NoSuchChoice,
    /// What was marked is full.
    Full,
    /// The field is empty.
    Missing(Field),
    /// The slot became full, or went, while it was sent.
    Taken,
}

/// What the form wants from outside of it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum FormAnswer {
    AskSites(DistrictCode),
    AskSlots(SiteId),
}

#[derive(Clone, PartialEq, Debug)]
pub struct Form {
    pub purpose: Purpose,
    pub field: Field,
    /// What is typed in the field that has the focus.
    pub typed: Personal,
    /// Which of the choices is marked.
    pub at: usize,
    pub consent: bool,
    pub phone: Phone,
    pub county: Option<CountyIndex>,
    pub district: Option<&'static District>,
    pub vaccine: Option<Brand>,
    pub sites: Listed<SiteView>,
    pub site: Option<Box<Site>>,
    pub date: Option<Date>,
    pub slots: Listed<Slot>,
    pub slot: Option<Slot>,
    pub brands: Vec<Brand>,
    pub wrong: Option<Wrong>,
}

impl Form {
    /// A form as it stands when the person comes, with what they registered.
    pub fn new(purpose: Purpose, person: &Person, consent: bool) -> Self {
        let phone = person.registered_mobile().cloned().map_or(Phone::Missing, Phone::Registered);
        let place = match purpose {
            Purpose::Move(_) => person
                .booking()
                .and_then(|booking| crate::domain::region::district(booking.site.district)),
            Purpose::Book | Purpose::Register => person.registered_district(),
        };
        let brands = match (purpose, person.intention()) {
            (Purpose::Register, Some(intention)) => intention.brands.clone(),
            _ => Brand::ALL.to_vec(),
        };
        let mut form = Self {
            purpose,
            field: Field::Consent,
            typed: Personal::default(),
            at: 0,
            consent,
            phone,
            county: place.map(|district| district.county),
            district: place,
            vaccine: None,
            sites: Listed::Nothing,
            site: None,
            date: None,
            slots: Listed::Nothing,
            slot: None,
            brands,
            wrong: None,
        };
        let first = form.fields().iter().copied().find(|field| !form.is_filled(*field));
        form.focus(first.unwrap_or(form.fields()[0]));
        form
    }

    /// The fields in their order.
    pub fn fields(&self) -> &'static [Field] {
        use Field::{Brands, Consent, County, Date, District, Phone, Site, Slot, Vaccine};
        match self.purpose {
            Purpose::Book => &[Consent, Phone, County, District, Site, Vaccine, Date, Slot],
            Purpose::Move(_) => &[County, District, Site, Vaccine, Date, Slot],
            Purpose::Register => &[Consent, Phone, County, District, Brands],
        }
    }

    /// What has to be asked for before the form can be filled in further.
    pub fn wants(&self) -> Option<FormAnswer> {
        if self.purpose == Purpose::Register {
            return None;
        }
        match (&self.district, &self.sites, &self.site, &self.slots) {
            (Some(district), Listed::Nothing, ..) => Some(FormAnswer::AskSites(district.code)),
            (_, _, Some(site), Listed::Nothing) => Some(FormAnswer::AskSlots(site.id)),
            _ => None,
        }
    }

    pub fn is_filled(&self, field: Field) -> bool {
        match field {
            Field::Consent => self.consent,
            Field::Phone => self.phone != Phone::Missing,
            Field::County => self.county.is_some(),
            Field::District => self.district.is_some(),
            Field::Site => self.site.is_some(),
            // Any vaccine will do.
            Field::Vaccine => true,
            Field::Date => self.date.is_some(),
            Field::Slot => self.slot.is_some(),
            Field::Brands => !self.brands.is_empty(),
            Field::Id
            | Field::CardNumber
            | Field::StaffName
            | Field::StaffRole
            | Field::StaffRights => true,
        }
    }

    /// The choices of the field that has the focus, which fit what is typed.
    pub fn choices(&self) -> Vec<Choice> {
        let all: Vec<Choice> = match self.field {
            Field::County => counties().collect(),
            Field::District => self.county.into_iter().flat_map(districts).collect(),
            Field::Site => (1..)
                .zip(self.sites.known())
                .filter(|(_, view)| self.vaccine.is_none_or(|brand| view.site.brand == brand))
                .map(|(number, view)| Choice::Site(number, Box::new(view.clone())))
                .collect(),
            Field::Vaccine => {
                let brands = Brand::ALL.into_iter().map(Some);
                std::iter::once(None).chain(brands).map(Choice::Vaccine).collect()
            }
            Field::Date => days(self.slots.known()),
            Field::Slot => {
                let slots = self.slots.known().iter();
                let of_day = slots.filter(|slot| Some(slot.starts.date()) == self.date);
                of_day.cloned().map(Choice::Slot).collect()
            }
            Field::Brands => {
                let tick = |brand| Choice::Tick(brand, self.brands.contains(&brand));
                Brand::ALL.into_iter().map(tick).collect()
            }
            Field::Consent
            | Field::Phone
            | Field::Id
            | Field::CardNumber
            | Field::StaffName
            | Field::StaffRole
            | Field::StaffRights => Vec::new(),
        };
        let typed = self.typed.expose();
        all.into_iter().filter(|choice| choice.fits(typed)).collect()
    }

    /// Moves the focus; what was typed in the field before is given up.
    pub fn focus(&mut self, field: Field) {
        self.field = field;
        self.typed = Personal::default();
        self.mark_first();
    }

    /// Marks what is chosen already, or else the first that can be taken.
    pub fn mark_first(&mut self) {
        let choices = self.choices();
        let chosen = choices.iter().position(|choice| self.has(choice));
        let open = || choices.iter().position(Choice::is_open);
        self.at = chosen.filter(|_| self.typed.is_empty()).or_else(open).unwrap_or(0);
    }

    pub(super) fn has(&self, choice: &Choice) -> bool {
        match choice {
            Choice::County(_, county) => self.county == Some(*county),
            Choice::District(_, district) => self.district == Some(*district),
            Choice::Site(_, view) => self.site.as_ref().is_some_and(|site| site.id == view.site.id),
            Choice::Vaccine(brand) => self.vaccine == *brand,
            Choice::Date(date, _) => self.date == Some(*date),
            Choice::Slot(slot) => self.slot.as_ref().is_some_and(|chosen| chosen.id == slot.id),
            Choice::Tick(..) => false,
        }
    }

    pub fn act(&mut self, action: CounterAction) {
        self.wrong = None;
        match action {
            CounterAction::Type(letter) => self.type_in(letter),
            CounterAction::Erase => {
                self.typed.pop();
                self.mark_first();
            }
            CounterAction::Escape => self.focus(self.field),
            CounterAction::Enter => self.enter(),
            CounterAction::Next => self.step(true),
            CounterAction::Previous => self.step(false),
            CounterAction::Up => self.at = self.at.saturating_sub(1),
            CounterAction::Down => {
                self.at = (self.at + 1).min(self.choices().len().saturating_sub(1));
            }
            CounterAction::PageUp => self.at = self.at.saturating_sub(PAGE),
            CounterAction::PageDown => {
                self.at = (self.at + PAGE).min(self.choices().len().saturating_sub(1));
            }
            CounterAction::Focus(Field::Consent) if self.field == Field::Consent => {
                self.consent = !self.consent;
            }
            CounterAction::Focus(field) if self.fields().contains(&field) => self.focus(field),
            CounterAction::Choose(at) => {
                self.at = at;
                self.enter();
            }
            CounterAction::Focus(_)
            | CounterAction::Tab(_)
            | CounterAction::Submit
            | CounterAction::Print
            | CounterAction::Clear
            | CounterAction::NextPerson
            | CounterAction::GiveUp
            | CounterAction::CitizenSide
            | CounterAction::Lock
            | CounterAction::LogOut
            | CounterAction::Site(_) => {}
        }
    }

    /// Whether a character ticks something instead of going into the field.
    pub fn ticks(&self, letter: char) -> bool {
        letter == ' ' && matches!(self.field, Field::Consent | Field::Brands)
    }

    /// Takes what is typed, as Enter does; false if it cannot be taken.
    pub fn take_typed(&mut self) -> bool {
        self.typed.is_empty() || self.take()
    }

    fn type_in(&mut self, letter: char) {
        match self.field {
            Field::Consent if letter == ' ' => self.consent = !self.consent,
            Field::Consent => {}
            Field::Brands if letter == ' ' => self.enter(),
            Field::Phone if letter.is_ascii_digit() && self.typed.expose().len() < 10 => {
                self.typed.push(letter);
            }
            Field::Phone => {}
            _ if self.typed.expose().chars().count() < LONGEST => {
                self.typed.push(letter);
                self.mark_first();
            }
            _ => {}
        }
    }

    /// On to the next field, or back. What was typed is taken first; if it cannot be, the focus
    /// stays.
    fn step(&mut self, forwards: bool) {
        if !self.typed.is_empty() && !self.take() {
            return;
        }
        let fields = self.fields();
        let at = fields.iter().position(|field| *field == self.field).unwrap_or(0);
        let step = if forwards { 1 } else { fields.len() - 1 };
        self.focus(fields[(at + step) % fields.len()]);
    }

    /// Takes what is typed or marked, and goes on to the next field that is empty.
    fn enter(&mut self) {
        if !self.take() || self.field == Field::Brands {
            return;
        }
        let fields = self.fields();
        let at = fields.iter().position(|field| *field == self.field).unwrap_or(0);
        let behind = fields[at + 1..].iter().copied();
        let empty = behind.chain(fields[..at].iter().copied()).find(|it| !self.is_filled(*it));
        self.focus(empty.unwrap_or(self.field));
    }

    fn take(&mut self) -> bool {
        match self.field {
            Field::Consent => self.consent = true,
            Field::Phone if self.typed.is_empty() => return self.phone != Phone::Missing,
            Field::Phone => match MobileNumber::parse(self.typed.expose()) {
                Ok(mobile) => self.phone = Phone::Given(mobile),
                Err(_) => {
                    self.wrong = Some(Wrong::Phone);
                    return false;
                }
            },
            _ => {
                let Some(choice) = self.choices().into_iter().nth(self.at) else {
                    self.wrong = (!self.typed.is_empty()).then_some(Wrong::NoSuchChoice);
                    return false;
                };
                if !choice.is_open() {
                    self.wrong = Some(Wrong::Full);
                    return false;
                }
                self.choose(choice);
            }
        }
        self.typed = Personal::default();
        true
    }
}

/// Rows of a page of choices.
const PAGE: usize = 10;
/// Characters that can be typed in a field at most.
const LONGEST: usize = 24;
