//! Seats for all: hours at one site, the last look, the answer of the service, and who is left out.

use super::super::path::Step;
use super::super::steps::Heading;
use super::super::visiting::Visiting;
use crate::api::bookings::{BookingView, MobileChoice};
use crate::api::problem::Problem;
use crate::api::sites::SiteView;
use crate::client::calls::Call;
use crate::domain::personal::Personal;
use crate::domain::refusal::Refusal;
use crate::domain::site::{SiteId, Slot};
use crate::kiosk::model::errand::{ChosenMobile, Errand, Route};
use crate::kiosk::model::group::Whose;
use crate::kiosk::model::sign_in::SignIn;
use crate::kiosk::model::submission::Submission;
use crate::kiosk::model::visit::CardState;
use crate::kiosk::screens::Screen;
use crate::kiosk::screens::group::{
    Chosen, GroupReceipt, GroupScreen, Hours, NotAdded, WhyNotAdded,
};

impl Visiting<'_> {
    /// The slots of the site have come, for several people.
    pub fn hours_came(&mut self, site: SiteId, slots: Vec<Slot>, taken: bool) {
        let Some(group) = &self.visit.group else { return };
        let now = self.machine.now.wall;
        let hours = Hours::new((site, slots), group.people(), group.wanted, taken, now);
        self.show(Screen::Group(GroupScreen::Hours(hours)));
    }

    pub fn chosen_hours(&mut self, chosen: &Chosen) {
        if let Some(group) = &mut self.visit.group {
            group.sit(&chosen.slots, &chosen.shares);
        }
        self.forward_from(Step::Slot);
    }

    /// To the sites of the district, of which those with room for all come first.
    pub fn other_place_for_all(&mut self) {
        if let Some(group) = &mut self.visit.group {
            group.leave_hours();
        }
        if let Some(errand) = &mut self.visit.errand {
            errand.take_route(Route::TogetherElsewhere);
        }
        self.enter(Step::Site, Heading::Forward);
    }

    /// Of the sites of a district those whose vaccine all have chosen, those with so many free
    /// seats first. Whether they are together in time is known once the site is asked for its
    /// slots.
    pub fn for_all(&self, mut sites: Vec<SiteView>) -> Vec<SiteView> {
        let Some(group) = &self.visit.group else { return sites };
        let people = group.people() as u32;
        sites.retain(|view| {
            let mut chosen = self.visit.people().filter_map(|person| person.intention());
            chosen.all(|intention| intention.brands.contains(&view.site.brand))
        });
        sites.sort_by_key(|view| view.free < people);
        sites
    }

    /// On with what is still to be chosen: a phone, hours, or the last look.
    pub fn group_goes_on(&mut self) {
        let left_out = matches!(self.screen, Screen::Group(GroupScreen::NotAdded(it)) if it.was_in);
        let Some(group) = &self.visit.group else { return };
        match (group.without_mobile(), self.visit.errand.as_ref().and_then(Errand::mobile)) {
            (_, None) => self.ask_phone_of(Whose::Nth(0)),
            (Some(nth), _) => self.ask_phone_of(Whose::Nth(nth)),
            (None, Some(_)) if !group.hours.is_empty() => {
                self.show(Screen::Group(GroupScreen::Review));
            }
            // Their hours fell apart when somebody was left out.
            (None, Some(_)) if left_out => self.enter(Step::Slot, Heading::Forward),
            (None, Some(_)) => self.gather(),
        }
    }

    /// What is sent to book for all.
    pub fn group_submission(&self) -> Option<Submission> {
        let group = self.visit.group.as_ref()?;
        let own = self.visit.errand.as_ref()?.mobile()?.choice.clone();
        let others = group.others.iter().map(|member| Some(member.mobile.as_ref()?.choice.clone()));
        let mobiles = std::iter::once(Some(own)).chain(others).collect::<Option<Vec<_>>>()?;
        if group.hours.len() != mobiles.len() {
            return None;
        }
        let seats = group.hours.iter().map(|slot| slot.id).zip(mobiles).collect();
        let (language, key) = (self.visit.language, format!("{:032x}", self.random));
        Some(Submission::Together { seats, language, key })
    }

    /// All are booked. `false` if the answer is not for so many.
    pub fn booked_together(&mut self, bookings: Vec<BookingView>) -> bool {
        if bookings.len() != self.visit.people().count() {
            return false;
        }
        let receipt = GroupReceipt::new(&bookings);
        for (nth, booking) in bookings.into_iter().enumerate() {
            if let Some(person) = self.visit.person_mut(nth) {
                person.has_booking(Some(booking));
            }
        }
        if let Some(group) = &mut self.visit.group {
            group.booked = true;
        }
        self.show(Screen::Group(GroupScreen::Receipt(receipt)));
        true
    }

    /// The service said no to all, because of one of them or of a slot.
    pub fn group_turned_down(&mut self, problem: &Problem) {
        let full = matches!(problem.refusal, Some(Refusal::SlotFull | Refusal::SlotGone));
        match (problem.person, problem.refusal) {
            _ if full => {
                self.outbox.bell();
                self.ask_slot(true);
            }
            (Some(nth), Some(refusal)) if self.visit.people().count() > 1 => {
                let nth = nth as usize;
                let name = self.visit.shown(nth).map(|(name, _)| Personal::new(name));
                self.leave_out(nth);
                let why = WhyNotAdded::Refused(refusal);
                let left_out = NotAdded { name, why, was_in: true };
                self.show(Screen::Group(GroupScreen::NotAdded(left_out)));
            }
            (_, _) => {
                self.disband();
                self.refused(problem);
            }
        }
    }

    /// One of the people goes, and their session is closed. If it is the visit's person, the next
    /// one is that from now on.
    pub fn leave_out(&mut self, nth: usize) {
        let Some(group) = &mut self.visit.group else { return };
        if nth > group.others.len() || group.others.is_empty() {
            return;
        }
        group.stand_up(nth);
        let gone = if nth > 0 {
            group.others.remove(nth - 1).person.token.clone()
        } else {
            let next = group.others.remove(0);
            let Some(gone) = self.visit.person.replace(next.person) else { return };
            group.opened = next.opened;
            group.own_card = false;
            group.first_typed = next.card.is_none().then_some(next.id);
            self.visit.sign_in = SignIn::default();
            self.visit.card = match next.card {
                Some(card) => CardState::Read(card),
                None => CardState::Absent,
            };
            self.first_has_gone(next.mobile);
            gone.token
        };
        self.outbox.call(self.visit.id, Call::CloseSession { token: gone });
    }

    /// Whoever shared the phone of the person who is gone has it still, if the kiosk knows its
    /// number; otherwise they are asked for another.
    fn first_has_gone(&mut self, mobile: Option<ChosenMobile>) {
        let (Some(group), Some(errand)) = (&mut self.visit.group, &mut self.visit.errand) else {
            return;
        };
        let given = errand.mobile().filter(|own| matches!(own.choice, MobileChoice::Given(_)));
        let given = given.cloned();
        let shared = |mobile: &Option<ChosenMobile>| {
            mobile.as_ref().is_some_and(|it| matches!(it.choice, MobileChoice::SameAs(_)))
        };
        for member in &mut group.others {
            if shared(&member.mobile) {
                member.mobile.clone_from(&given);
            }
        }
        let own = if shared(&mobile) { given } else { mobile };
        match own {
            Some(own) => errand.choose_mobile(own),
            None => errand.forget_mobile(),
        }
    }
}
