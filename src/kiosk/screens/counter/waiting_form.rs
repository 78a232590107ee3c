//! The form of the waiting list: filled in with what somebody waits for already, and what is sent.
//! The rest of it is as in a booking.

use super::form::{Form, Purpose};
use super::serving::Waits;
use super::wish::Wish;
use crate::api::bookings::MobileChoice;
use crate::api::sites::SiteView;
use crate::api::waiting::AskToWait;
use crate::domain::language::Language;
use crate::domain::region::district;
use crate::domain::site::Slot;
use crate::domain::taipei;
use crate::domain::waiting::{Places, WaitingWish};
use crate::kiosk::model::counter::Field;
use crate::kiosk::model::person::Person;
use jiff::Timestamp;

impl Form {
    /// The form of the waiting list, with what they wait for already.
    pub fn wait(person: &Person, waits: &Waits, consent: bool, wall: Timestamp) -> Self {
        let mut form = Form::new(Purpose::Wait, person, consent, wall);
        let today = taipei::civil(wall).date();
        form.wish = Wish {
            registered: form.brands.clone(),
            districts: form.district.iter().map(|district| district.code).collect(),
            today: Some(today),
            ..Wish::default()
        };
        if let Waits::InLine(view) = waits {
            let WaitingWish { places, days, part, brands } = &view.wish;
            match places {
                Places::Districts(codes) => form.wish.districts = codes.clone(),
                Places::Site(site) => form.wish.site = Some(*site),
            }
            let place = form.wish.districts.first().and_then(|code| district(*code));
            form.county = place.map(|district| district.county);
            form.district = place;
            form.wish.days = days.iter().filter(|day| **day >= today).copied().collect();
            form.wish.part = *part;
            form.brands = brands.clone();
        }
        form.focus_first();
        form
    }

    /// Whether nothing was chosen that the other has not; lists that have come do not count.
    pub fn is_like(&self, other: &Form) -> bool {
        let chosen = |form: &Form| {
            let place = (form.county, form.district.map(|it| it.code), form.site.clone());
            (form.purpose, form.phone.clone(), place, form.wish.clone(), form.brands.clone())
        };
        chosen(self) == chosen(other)
    }

    /// A site that is known by its number is the one of the list that has come.
    pub(super) fn find_wished(&mut self, sites: &[SiteView]) {
        let wished = self.wish.site;
        if let Some(view) = sites.iter().find(|view| Some(view.site.id) == wished) {
            self.site = Some(Box::new(view.site.clone()));
            self.wish.site = None;
        }
    }

    /// What is sent to be on the waiting list.
    pub(super) fn ask_to_wait(
        &self,
        mobile: MobileChoice,
        language: Language,
    ) -> Result<AskToWait, Field> {
        let site = self.site.as_ref().map(|site| site.id).or(self.wish.site);
        let places = match site {
            Some(site) => Places::Site(site),
            None if self.wish.districts.is_empty() => return Err(Field::District),
            None => Places::Districts(self.wish.districts.clone()),
        };
        let (days, part) = (self.wish.days.clone(), self.wish.part);
        let wish = WaitingWish { places, days, part, brands: self.brands.clone() };
        Ok(AskToWait { wish, mobile, language })
    }

    /// Whether nothing of what the form is for is free, as far as the lists say.
    pub fn nothing_is_free(&self) -> bool {
        let fits = |view: &&SiteView| self.vaccine.is_none_or(|it| view.site.brand == it);
        if self.purpose != Purpose::Book || self.slot.is_some() {
            return false;
        }
        match &self.site {
            Some(_) => self.slots.is_known() && self.slots.known().iter().all(Slot::is_full),
            None => {
                let mut sites = self.sites.known().iter().filter(fits);
                self.sites.is_known() && sites.all(|view| view.free == 0)
            }
        }
    }
}
