//! Several people who book in one visit. Here: who comes along, by card or by typing, whether they
//! may, and which phone is told. Their seats are in `seats`, their sessions and their paper in
//! `keeping`.

mod keeping;
mod own_card;
mod seats;

use super::path::Step;
use super::steps::Heading;
use super::visiting::Visiting;
use crate::api::bookings::MobileChoice;
use crate::api::problem::{Code, Problem};
use crate::api::sessions::{OpenSession, SessionOpened};
use crate::client::calls::Call;
use crate::devices::card_reader::CardFault;
use crate::domain::card::Card;
use crate::domain::personal::Personal;
use crate::domain::phone::MobileNumber;
use crate::domain::together::PEOPLE_AT_MOST;
use crate::kiosk::model::errand::{ChosenMobile, Errand, Route};
use crate::kiosk::model::group::{Group, InReader, Member, Newcomer, Whose};
use crate::kiosk::model::person::Person;
use crate::kiosk::model::sign_in::SignIn;
use crate::kiosk::screens::Screen;
use crate::kiosk::screens::farewell::Reason;
use crate::kiosk::screens::group::{
    Aim, GroupAnswer, GroupScreen, NotAdded, WhyNotAdded, typed_way,
};
use crate::kiosk::screens::phone::Phone;
use crate::kiosk::screens::waiting::PendingCall;

impl Visiting<'_> {
    /// Others are to come along with what the person is booking.
    pub fn begin_group(&mut self) {
        let Some(errand) = &mut self.visit.errand else { return };
        let before = errand.clone();
        errand.take_route(Route::Together);
        let (opened, card_in) = (self.visit.started, self.machine.card_in);
        self.visit.group = Some(Group::new(before, opened, card_in));
        if self.visit.errand.as_ref().and_then(Errand::mobile).is_none() {
            return self.ask_phone_of(Whose::Nth(0));
        }
        self.gather();
    }

    /// Those who are in, and what the next one does. A card that came meanwhile is read now.
    pub fn gather(&mut self) {
        self.drop_newcomer();
        self.show(Screen::Group(GroupScreen::Gathering));
        self.read_newcomer();
    }

    /// Reads the card in the reader, if it has not been read and there is room for one more.
    fn read_newcomer(&mut self) {
        let Some(group) = &self.visit.group else { return };
        if group.card == InReader::Unread && group.people() < PEOPLE_AT_MOST {
            self.read_unknown();
        }
    }

    /// Has the card in the reader read, of which nobody knows yet whose it is.
    pub fn read_unknown(&mut self) {
        if let Some(group) = &mut self.visit.group {
            (group.card, group.newcomer) = (InReader::Read, Newcomer::Reading);
            self.ask_card();
        }
    }

    pub fn group_card_in(&mut self) {
        let Some(group) = &mut self.visit.group else { return };
        group.card = InReader::Unread;
        if let Screen::Group(GroupScreen::OwnCard(_)) = self.screen {
            return self.read_own_card();
        }
        // Elsewhere something is asked of somebody: their answer comes first.
        if let Screen::Group(
            GroupScreen::Gathering
            | GroupScreen::NotAdded(NotAdded { was_in: false, .. })
            | GroupScreen::Hours(_)
            | GroupScreen::Review
            | GroupScreen::Member(_),
        ) = self.screen
        {
            self.gather();
        }
    }

    pub fn group_card_out(&mut self) {
        let Some(group) = &mut self.visit.group else { return };
        group.card = InReader::None;
        group.own_card = false;
        if group.newcomer == Newcomer::Reading {
            self.outbox.card = None;
            if group.booked {
                group.newcomer = Newcomer::Nobody;
                return;
            }
            if let Screen::Group(GroupScreen::OwnCard(asked)) = self.screen {
                let asked = *asked;
                return self.own_card_read(asked, Err(CardFault::PulledTooSoon));
            }
            self.not_added(None, WhyNotAdded::Card(CardFault::PulledTooSoon));
        }
    }

    /// The newcomer's card has been read, or cannot be.
    pub fn newcomer_read(&mut self, outcome: Result<Card, CardFault>) {
        let newcomer = self.visit.group.as_ref().map(|group| &group.newcomer);
        if newcomer != Some(&Newcomer::Reading) {
            return;
        }
        if let Some(group) = self.visit.group.as_mut().filter(|group| group.booked) {
            group.newcomer = Newcomer::Nobody;
            return;
        }
        if let Screen::Group(GroupScreen::OwnCard(asked)) = self.screen {
            let asked = *asked;
            return self.own_card_read(asked, outcome);
        }
        match outcome {
            Err(fault) => self.not_added(None, WhyNotAdded::Card(fault)),
            Ok(card) if self.visit.has_id(&card.id) => {
                let own = self.visit.card().is_some_and(|own| own.id == card.id);
                if let Some(group) = &mut self.visit.group {
                    group.own_card = own;
                }
                let name = Personal::new(card.name.masked());
                let why = if own { WhyNotAdded::OwnCard } else { WhyNotAdded::Twice };
                self.not_added(Some(name), why);
            }
            Ok(card) => {
                if let Some(group) = &mut self.visit.group {
                    group.newcomer = Newcomer::Card(Box::new(card));
                }
                self.show(Screen::Group(GroupScreen::Joining));
            }
        }
    }

    /// Says who is not in and why; all else stays.
    fn not_added(&mut self, name: Option<Personal>, why: WhyNotAdded) {
        if let Some(group) = &mut self.visit.group {
            group.newcomer = Newcomer::Nobody;
        }
        let not_added = NotAdded { name, why, was_in: false };
        self.show(Screen::Group(GroupScreen::NotAdded(not_added)));
    }

    pub fn group(&mut self, answer: GroupAnswer) {
        match answer {
            GroupAnswer::Complete => self.enter(Step::Slot, Heading::Forward),
            GroupAnswer::WithoutCard => {
                if let Some(group) = &mut self.visit.group {
                    group.newcomer = Newcomer::Typing;
                }
                self.show(Screen::Group(GroupScreen::Joining));
            }
            GroupAnswer::Alone => self.without_others(Aim::BookAlone),
            GroupAnswer::Member(nth) => self.show(Screen::Group(GroupScreen::Member(nth))),
            GroupAnswer::Agree => self.newcomer_agrees(),
            GroupAnswer::DoNotAdd => self.gather(),
            GroupAnswer::SamePhone => {
                let (choice, shown) = (MobileChoice::SameAs(0), Personal::default());
                self.group_mobile(ChosenMobile { choice, shown });
            }
            GroupAnswer::RegisteredPhone(shown) => {
                self.group_mobile(ChosenMobile { choice: MobileChoice::Registered, shown });
            }
            GroupAnswer::OtherPhone => self.other_phone(),
            GroupAnswer::GoOn => self.group_goes_on(),
            GroupAnswer::Hours(chosen) => self.chosen_hours(&chosen),
            GroupAnswer::OtherPlace => self.other_place_for_all(),
            GroupAnswer::OtherTime => self.enter(Step::Slot, Heading::Back),
            GroupAnswer::Book => self.submit(),
            GroupAnswer::LeaveOut(nth) => {
                self.leave_out(nth);
                self.group_goes_on();
            }
            GroupAnswer::Print => self.print_all(),
            GroupAnswer::Done => self.end(Reason::Finished),
        }
    }

    /// The notice is agreed to: only now may anything of the newcomer reach the service.
    fn newcomer_agrees(&mut self) {
        let Some(group) = &mut self.visit.group else { return };
        match group.newcomer {
            Newcomer::Card(_) => self.wait_for(PendingCall::Joining),
            Newcomer::Typing => {
                let Some(way) = typed_way(self.machine) else { return };
                let typing = SignIn::by(way);
                group.aside.get_or_insert(std::mem::replace(&mut self.visit.sign_in, typing));
                self.begin_way();
            }
            Newcomer::Nobody | Newcomer::Reading | Newcomer::Known(_) => {}
        }
    }

    /// What proves who the newcomer is.
    pub fn newcomer_proof(&self) -> Option<OpenSession> {
        match &self.visit.group.as_ref()?.newcomer {
            Newcomer::Card(card) => SignIn::Card.proof(Some(card)),
            Newcomer::Typing => self.visit.sign_in.proof(None),
            Newcomer::Nobody | Newcomer::Reading | Newcomer::Known(_) => None,
        }
    }

    /// Whether the ID number that a newcomer has typed is that of somebody who is in.
    pub fn is_in_already(&self) -> bool {
        let group = self.visit.group.as_ref();
        group.is_some_and(|group| group.newcomer == Newcomer::Typing)
            && self.visit.sign_in.id().is_some_and(|id| self.visit.has_id(id))
    }

    /// All is typed that shows who the newcomer is.
    pub fn newcomer_typed(&mut self) {
        match self.visit.sign_in.id().cloned() {
            Some(id) if self.visit.has_id(&id) => {
                let name = Personal::new(id.masked());
                self.not_added(Some(name), WhyNotAdded::Twice);
            }
            Some(_) | None => self.wait_for(PendingCall::Joining),
        }
    }

    /// The service knows the newcomer, and says whether they may book.
    pub fn joined(&mut self, opened: SessionOpened) {
        let (round, now) = (self.machine.round.as_ref(), self.machine.now);
        let site = self.visit.errand.as_ref().and_then(|errand| errand.seat()?.site());
        let brand = site.map(|site| site.brand);
        let proof = self.newcomer_proof();
        let Some(group) = &mut self.visit.group else { return };
        let card = match std::mem::take(&mut group.newcomer) {
            Newcomer::Card(card) => Some(card),
            Newcomer::Nobody | Newcomer::Reading | Newcomer::Typing | Newcomer::Known(_) => None,
        };
        let id = proof.as_ref().map(|proof| proof.id().clone());
        let (person, token) = (Person::new(opened), |person: &Person| person.token.clone());
        let name_masked = match &card {
            Some(card) => Personal::new(card.name.masked()),
            None => person.standing.name_masked.clone(),
        };
        let refusal = person.refusal(round, now.wall).map(WhyNotAdded::Refused);
        let chose = |brand| {
            let chosen = person.intention().map(|intention| &intention.brands);
            chosen.is_none_or(|brands| brands.contains(&brand))
        };
        let other = brand.filter(|brand| !chose(*brand)).map(WhyNotAdded::OtherVaccine);
        match (refusal.or(other), id) {
            (None, Some(id)) => {
                let opened = now.uptime;
                let member = Member { person, id, card, name_masked, mobile: None, opened };
                group.newcomer = Newcomer::Known(Box::new(member));
                self.ask_phone_of(Whose::Newcomer);
            }
            (why, _) => {
                self.outbox.call(self.visit.id, Call::CloseSession { token: token(&person) });
                self.not_added(Some(name_masked), why.unwrap_or(WhyNotAdded::Unknown));
            }
        }
    }

    /// The service said no to the newcomer, and will go on saying so.
    pub fn not_joined(&mut self, problem: &Problem) {
        let name = match self.visit.group.as_ref().map(|group| &group.newcomer) {
            Some(Newcomer::Card(card)) => Some(Personal::new(card.name.masked())),
            Some(Newcomer::Nobody | Newcomer::Reading | Newcomer::Typing | Newcomer::Known(_))
            | None => self.visit.sign_in.id().map(|id| Personal::new(id.masked())),
        };
        let why = match (problem.code, problem.refusal) {
            (Code::UnknownPerson, _) => WhyNotAdded::Unknown,
            (_, Some(refusal)) => WhyNotAdded::Refused(refusal),
            (code, None) => WhyNotAdded::Failed(code),
        };
        self.not_added(name, why);
    }

    pub fn ask_phone_of(&mut self, whose: Whose) {
        if let Some(group) = &mut self.visit.group {
            group.asked = whose;
            self.show(Screen::Group(GroupScreen::Phone));
        }
    }

    /// From somebody's page to the choice of their phone, and from there to the keypad.
    fn other_phone(&mut self) {
        match self.screen {
            Screen::Group(GroupScreen::Member(nth)) => {
                let nth = *nth;
                self.ask_phone_of(Whose::Nth(nth));
            }
            _ => self.show(Screen::Phone(Phone::default())),
        }
    }

    /// The number that was typed and confirmed.
    pub fn group_number(&mut self, mobile: MobileNumber) {
        let shown = mobile.grouped();
        self.group_mobile(ChosenMobile { choice: MobileChoice::Given(mobile), shown });
    }

    fn group_mobile(&mut self, mobile: ChosenMobile) {
        let Some(group) = &mut self.visit.group else { return };
        match group.asked {
            Whose::Nth(0) => {
                if let Some(errand) = &mut self.visit.errand {
                    errand.choose_mobile(mobile);
                }
            }
            Whose::Nth(nth) => {
                if let Some(member) = group.other_mut(nth) {
                    member.mobile = Some(mobile);
                }
            }
            Whose::Newcomer => {
                if let Newcomer::Known(mut member) = std::mem::take(&mut group.newcomer) {
                    member.mobile = Some(mobile);
                    group.others.push(*member);
                    group.leave_hours();
                    self.visit.give_time_for_others();
                }
            }
        }
        self.group_goes_on();
    }

    /// Back from asking somebody: a newcomer is not added.
    pub fn back_in_group(&mut self) {
        match self.screen {
            Screen::Group(GroupScreen::Gathering) => self.without_others(Aim::BookAlone),
            Screen::Group(GroupScreen::Hours(_)) => self.back_from(Step::Slot),
            Screen::Group(GroupScreen::Review) => self.back_from(Step::Review),
            Screen::Group(GroupScreen::Receipt(receipt)) => receipt.back(),
            Screen::Group(GroupScreen::Phone) => {
                self.drop_newcomer();
                self.group_goes_on();
            }
            _ => self.group_goes_on(),
        }
    }

    /// A newcomer is not added after all: if they were known, their session is closed.
    pub fn drop_newcomer(&mut self) {
        let Some(group) = &mut self.visit.group else { return };
        if let Some(own) = group.aside.take() {
            self.visit.sign_in = own;
        }
        if let Newcomer::Known(member) = std::mem::take(&mut group.newcomer) {
            let token = member.person.token.clone();
            self.outbox.call(self.visit.id, Call::CloseSession { token });
        }
    }

    /// There is no group any more: the sessions of the others are closed, and all of theirs is
    /// dropped. If the person's own card is not in the reader, the visit does not go on: nothing
    /// would tell that they leave.
    pub fn disband(&mut self) {
        self.drop_newcomer();
        let Some(group) = self.visit.group.take() else { return };
        for member in &group.others {
            let token = member.person.token.clone();
            self.outbox.call(self.visit.id, Call::CloseSession { token });
        }
        // Nobody opens the person's session anew from here on.
        self.visit.extra = self.visit.extra.min(group.opened.saturating_sub(self.visit.started));
        self.visit.card_away = self.visit.card().is_some() && !group.own_card;
        self.visit.errand = None;
    }
}
