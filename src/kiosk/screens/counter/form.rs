//! The form for the person at the counter: its fields, and what is chosen and typed in them. What
//! it needs from the service it asks for by its answers. How keys go over it is in `form_keys`.

use super::choices::{Choice, counties, days, districts};
use super::held::held;
use super::wish::Wish;
use crate::api::sites::SiteView;
use crate::domain::booking_number::BookingNumber;
use crate::domain::personal::Personal;
use crate::domain::phone::MobileNumber;
use crate::domain::region::{CountyIndex, District, DistrictCode};
use crate::domain::round::Brand;
use crate::domain::site::{Site, SiteId, Slot, SlotId};
use crate::domain::waiting::DayPart;
use crate::kiosk::model::counter::Field;
use crate::kiosk::model::person::Person;
use jiff::Timestamp;
use jiff::civil::Date;

/// What the form is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Purpose {
    Book,
    /// Another seat for this booking.
    Move(BookingNumber),
    Register,
    /// A place on the waiting list.
    Wait,
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
    pub fn is_known(&self) -> bool {
        matches!(self, Listed::Known(_))
    }

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
    /// The seat that was held is held no longer.
    HoldOver,
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
    /// The seat that is held for them, and until when.
    pub held: Option<(SlotId, Timestamp)>,
    pub wish: Wish,
    pub wrong: Option<Wrong>,
}

impl Form {
    /// A form as it stands when the person comes, with what they registered.
    pub fn new(purpose: Purpose, person: &Person, consent: bool, wall: Timestamp) -> Self {
        let phone = person.registered_mobile().cloned().map_or(Phone::Missing, Phone::Registered);
        let place = match purpose {
            Purpose::Move(_) => person
                .booking()
                .and_then(|booking| crate::domain::region::district(booking.site.district)),
            Purpose::Book | Purpose::Register | Purpose::Wait => person.registered_district(),
        };
        let brands = match (purpose, person.intention()) {
            (Purpose::Register | Purpose::Wait, Some(intention)) => intention.brands.clone(),
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
            held: None,
            wish: Wish::default(),
            wrong: None,
        };
        if let (Purpose::Book, Some(held)) = (purpose, held(person, wall)) {
            form.hold(held);
        }
        form.focus_first();
        form
    }

    /// The focus is on the first field that is empty.
    pub(super) fn focus_first(&mut self) {
        let fields = self.fields();
        let first = fields.iter().copied().find(|field| !self.is_filled(*field));
        self.focus(first.unwrap_or(fields[0]));
    }

    /// The fields in their order.
    pub fn fields(&self) -> &'static [Field] {
        use Field::{
            Brands, Consent, County, Date, Days, District, Part, Phone, Site, Slot, Vaccine,
        };
        match self.purpose {
            Purpose::Book => &[Consent, Phone, County, District, Site, Vaccine, Date, Slot],
            Purpose::Move(_) => &[County, District, Site, Vaccine, Date, Slot],
            Purpose::Register => &[Consent, Phone, County, District, Brands],
            Purpose::Wait => &[Consent, Phone, County, District, Site, Brands, Days, Part],
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
            // Whoever waits may take any site of the district.
            Field::Site => self.site.is_some() || self.purpose == Purpose::Wait,
            // Any vaccine will do.
            Field::Vaccine => true,
            Field::Date => self.date.is_some(),
            Field::Slot => self.slot.is_some(),
            Field::Brands => !self.brands.is_empty(),
            // Any day and any part of it will do.
            Field::Days | Field::Part => true,
            Field::Id
            | Field::CardNumber
            | Field::Code
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
            Field::Site => {
                let any = (self.purpose == Purpose::Wait).then_some(Choice::AnySite);
                let sites = (1..)
                    .zip(self.sites.known())
                    .filter(|(_, view)| self.vaccine.is_none_or(|it| view.site.brand == it))
                    .map(|(number, view)| Choice::Site(number, Box::new(view.clone())));
                any.into_iter().chain(sites).collect()
            }
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
                let of_them = |brand: &Brand| self.wish.offers(*brand);
                Brand::ALL.into_iter().filter(of_them).map(tick).collect()
            }
            Field::Days => self.wish.day_choices(self.slots.known()),
            Field::Part => DayPart::ALL.into_iter().map(Choice::Part).collect(),
            Field::Consent
            | Field::Phone
            | Field::Id
            | Field::CardNumber
            | Field::Code
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
        let open = || choices.iter().position(|choice| self.is_open(choice));
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
            Choice::AnySite => self.site.is_none() && self.wish.site.is_none(),
            Choice::Part(part) => self.wish.part == *part,
            Choice::Tick(..) | Choice::Day(..) => false,
        }
    }

    /// Whether a choice can be taken. Who waits does so for what is full.
    pub fn is_open(&self, choice: &Choice) -> bool {
        self.purpose == Purpose::Wait || choice.is_open()
    }
}
