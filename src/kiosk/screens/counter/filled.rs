//! What is chosen in the form: how a choice is taken, what comes of the service's lists, and what
//! is sent when all is there.

use super::choices::Choice;
use super::form::{Form, Listed, Phone, Purpose, Wrong};
use crate::api::bookings::{BookSlot, MobileChoice, MoveBooking};
use crate::api::intentions::Register;
use crate::api::sites::SiteView;
use crate::domain::language::Language;
use crate::domain::site::{Site, Slot};
use crate::kiosk::model::counter::Field;
use crate::kiosk::model::submission::Submission;

impl Form {
    /// Takes a choice. What depended on another one is given up.
    pub(super) fn choose(&mut self, choice: Choice) {
        if self.has(&choice) {
            return;
        }
        match choice {
            Choice::County(_, county) => {
                self.county = Some(county);
                self.district = None;
                self.wish.districts.clear();
                self.leave_site();
                self.sites = Listed::Nothing;
            }
            Choice::District(_, district) => {
                self.district = Some(district);
                self.wish.districts = vec![district.code];
                self.leave_site();
                self.sites = Listed::Nothing;
            }
            Choice::Vaccine(brand) => {
                self.vaccine = brand;
                let fits = |site: &Site| brand.is_none_or(|brand| site.brand == brand);
                if !self.site.as_deref().is_some_and(fits) {
                    self.leave_site();
                }
            }
            Choice::Site(_, view) => {
                self.leave_site();
                self.site = Some(Box::new(view.site));
            }
            Choice::Date(date, _) => {
                self.date = Some(date);
                self.slot = None;
            }
            Choice::Slot(slot) => self.slot = Some(slot),
            Choice::AnySite => self.leave_site(),
            Choice::Day(date, ticked) => self.wish.tick(date, ticked),
            Choice::Part(part) => self.wish.part = part,
            Choice::Tick(brand, ticked) => {
                self.brands.retain(|other| *other != brand);
                if !ticked {
                    self.brands.push(brand);
                }
            }
        }
    }

    fn leave_site(&mut self) {
        self.site = None;
        self.wish.site = None;
        self.date = None;
        self.slot = None;
        self.slots = Listed::Nothing;
    }

    /// The sites of the district have come, or could not.
    pub fn sites_came(&mut self, sites: Option<Vec<SiteView>>) {
        self.find_wished(sites.as_deref().unwrap_or_default());
        self.sites = sites.map_or(Listed::Failed, Listed::Known);
        if self.field == Field::Site && self.typed.is_empty() {
            self.mark_first();
        }
    }

    /// The slots of the site have come, or could not.
    pub fn slots_came(&mut self, slots: Option<Vec<Slot>>) {
        let known = matches!(self.slots, Listed::Known(_));
        self.slots = match slots {
            Some(slots) => Listed::Known(slots),
            // What is on the screen stays.
            None if known => return,
            None => Listed::Failed,
        };
        if !known && matches!(self.field, Field::Date | Field::Slot) && self.typed.is_empty() {
            self.mark_first();
        }
    }

    /// The form is left: what was asked for it comes to nobody, and is asked for again.
    pub fn left(&mut self) {
        not_asked(&mut self.sites);
        not_asked(&mut self.slots);
    }

    /// A list that did not come is asked for again.
    pub fn ask_again(&mut self) {
        if self.sites == Listed::Failed {
            self.sites = Listed::Nothing;
        }
        if self.slots == Listed::Failed {
            self.slots = Listed::Nothing;
        }
    }

    /// The slot that was sent has no seat any more: another one is to be chosen, the rest stays.
    pub fn slot_is_taken(&mut self) {
        self.slot = None;
        self.slots = Listed::Nothing;
        self.focus(Field::Slot);
        self.wrong = Some(Wrong::Taken);
    }

    /// What is sent, or the first field that is missing. `key` belongs to this press of the button.
    pub fn submission(&self, language: Language, key: u128) -> Result<Submission, Field> {
        let missing = self.fields().iter().copied().find(|field| !self.is_filled(*field));
        if let Some(field) = missing {
            return Err(field);
        }
        let slot = || self.slot.as_ref().map(|slot| slot.id).ok_or(Field::Slot);
        match self.purpose {
            Purpose::Book => {
                let ask = BookSlot { slot: slot()?, mobile: self.mobile()?, language };
                Ok(Submission::Book { ask, key: format!("{key:032x}") })
            }
            Purpose::Move(number) => {
                Ok(Submission::Reschedule(MoveBooking { number, slot: slot()?, language }))
            }
            Purpose::Wait => Ok(Submission::Wait(self.ask_to_wait(self.mobile()?, language)?)),
            Purpose::Register => Ok(Submission::Register(Register {
                mobile: self.mobile()?,
                district: self.district.ok_or(Field::District)?.code,
                brands: self.brands.clone(),
                language,
            })),
        }
    }

    fn mobile(&self) -> Result<MobileChoice, Field> {
        match &self.phone {
            Phone::Missing => Err(Field::Phone),
            Phone::Registered(_) => Ok(MobileChoice::Registered),
            Phone::Given(mobile) => Ok(MobileChoice::Given(mobile.clone())),
        }
    }
}

fn not_asked<T: PartialEq>(list: &mut Listed<T>) {
    if *list == Listed::Asked {
        *list = Listed::Nothing;
    }
}
