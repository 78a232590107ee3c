//! The visit in progress: what the person's answers on a screen lead to. Everything that needs a
//! visit is written on this type, so that no function has to look whether there is one.

use super::outbox::Outbox;
use super::path::Step;
use crate::api::bookings::MobileChoice;
use crate::config::profile::WayIn;
use crate::kiosk::model::action::ScreenAction;
use crate::kiosk::model::effect::Effect;
use crate::kiosk::model::errand::ChosenMobile;
use crate::kiosk::model::machine::Machine;
use crate::kiosk::model::visit::{CardState, Visit};
use crate::kiosk::screens::card::CardAnswer;
use crate::kiosk::screens::context::Context;
use crate::kiosk::screens::farewell::Reason;
use crate::kiosk::screens::group::Aim;
use crate::kiosk::screens::notice::NoticeAnswer;
use crate::kiosk::screens::overlay::Overlay;
use crate::kiosk::screens::privacy::PrivacyAnswer;
use crate::kiosk::screens::service::ServiceAnswer;
use crate::kiosk::screens::why_not::WhyNotAnswer;
use crate::kiosk::screens::{Answer, Screen};

/// A visit in progress, with all that it may change.
pub(super) struct Visiting<'a> {
    pub visit: &'a mut Visit,
    pub screen: &'a mut Screen,
    pub machine: &'a mut Machine,
    pub overlay: &'a mut Option<Overlay>,
    pub outbox: &'a mut Outbox,
    /// Why the visit is to end when this event has been dealt with.
    pub ending: &'a mut Option<Reason>,
    /// Random bits of this event.
    pub random: u128,
}

impl Visiting<'_> {
    /// Shows a screen of this visit. What the one before waited for is dropped when it comes.
    pub fn show(&mut self, screen: Screen) {
        *self.screen = screen;
        // With the answer there is nothing left to ask.
        if *self.overlay == Some(Overlay::LeaveUnsure) {
            *self.overlay = None;
        }
        self.outbox.forget_screen();
    }

    /// Ends the visit once this event has been dealt with.
    pub fn end(&mut self, reason: Reason) {
        *self.ending = Some(reason);
    }

    /// An action of the screen: the screen answers what it means, and that leads on.
    pub fn act(&mut self, action: ScreenAction) {
        let context = Context { machine: self.machine, visit: Some(self.visit) };
        if let Some(answer) = self.screen.act(action, &context) {
            self.answered(answer);
        }
    }

    fn answered(&mut self, answer: Answer) {
        match answer {
            Answer::Card(CardAnswer::OtherWays) => self.show(Screen::Ways),
            Answer::Card(CardAnswer::HaveCode) => self.chosen_way(WayIn::OfferCode),
            Answer::Ways(way) => self.chosen_way(way),
            Answer::SystemCheck(answer) => self.system_check(answer),
            Answer::Entry(answer) => self.entry(answer),
            Answer::Privacy(PrivacyAnswer::Agree) => self.agreed(),
            Answer::Privacy(PrivacyAnswer::Decline) => self.end(Reason::Left),
            Answer::RetryNow => self.try_again(),
            Answer::WhyNot(WhyNotAnswer::ShowBooking) => self.show_booking(),
            Answer::WhyNot(WhyNotAnswer::ToServices) => self.back(),
            Answer::WhyNot(WhyNotAnswer::Serve(offer)) => {
                self.service(ServiceAnswer::Serve(offer));
            }
            Answer::WhyNot(WhyNotAnswer::AskToWait) => self.ask_to_wait(),
            Answer::WhyNot(WhyNotAnswer::SameWayAgain) => self.try_way_again(),
            Answer::Service(answer) => self.service(answer),
            Answer::Offer(answer) => self.offer(answer),
            Answer::Group(answer) => self.group(answer),
            Answer::PhoneOffer(answer) => self.phone_offer(answer),
            Answer::Phone(mobile) if self.visit.group.is_some() => self.group_number(mobile),
            Answer::Phone(mobile) => {
                let shown = mobile.grouped();
                self.chosen_mobile(ChosenMobile { choice: MobileChoice::Given(mobile), shown });
            }
            Answer::Area(district) => self.chosen_district(district),
            Answer::County(county) => self.chosen_county(county),
            Answer::Site(answer) => self.site(answer),
            Answer::Slot(answer) => self.slot(answer),
            Answer::Brands(answer) => self.brands(answer),
            Answer::WishPlaces(answer) => self.wish_places(answer),
            Answer::WishTimes(answer) => self.wish_times(answer),
            Answer::Line(answer) => self.line(answer),
            Answer::Held(answer) => self.held(answer),
            Answer::Leftovers(answer) => {
                let context = Context { machine: self.machine, visit: Some(self.visit) };
                let waited = context.waited_site().cloned();
                self.leftovers(answer, waited);
            }
            Answer::AskToWait => match self.screen {
                Screen::District(pick) => {
                    let county = pick.county;
                    self.ask_to_wait_around(county);
                }
                _ => self.ask_to_wait(),
            },
            Answer::Review(answer) => self.review(answer),
            Answer::Intention(answer) => self.intention(answer),
            Answer::Question(question, answer) => self.question(question, answer),
            Answer::Notice(NoticeAnswer::ToServices) => self.services(),
            Answer::Receipt(answer) => self.receipt(answer),
            Answer::Notice(NoticeAnswer::Done) | Answer::Finished => self.end(Reason::Finished),
        }
    }

    /// Where "back" leads from each screen. Between the steps of an errand `path` knows.
    pub fn back(&mut self) {
        match self.screen {
            Screen::Submitting(_) | Screen::Parting(_) => {}
            Screen::Group(_) => self.back_in_group(),
            Screen::Language => self.end(Reason::Left),
            Screen::Ways => self.leave_ways(),
            Screen::SystemCheck(_) | Screen::Found => self.leave_way(),
            Screen::Entry(entry) => {
                let field = entry.asked.field();
                self.back_from_entry(field);
            }
            Screen::Privacy if self.visit.sign_in.way().is_some() => self.leave_way(),
            Screen::Card | Screen::Privacy | Screen::Service | Screen::Offer(_) => {
                self.show(Screen::Language);
            }
            Screen::WhyNot(_) if self.visit.person.is_some() => self.services(),
            Screen::WhyNot(_) => self.end(Reason::Left),
            Screen::Waiting(waiting) => {
                let pending = waiting.pending;
                self.back_from_waiting(pending);
            }
            Screen::Notice(_) | Screen::Intention { .. } | Screen::Line { .. } => self.services(),
            Screen::Held => self.leave_held(),
            Screen::Leftovers => self.back_from_leftovers(),
            Screen::WishPlaces(_) => self.back_from(Step::WishPlaces),
            Screen::WishTimes(_) => self.back_from(Step::WishTimes),
            Screen::County(_) | Screen::Site(_) if self.visit.waits() => self.ask_places(),
            Screen::Question(question) => {
                let question = *question;
                self.back_from_question(question);
            }
            Screen::Phone(phone) => {
                if !phone.back() {
                    self.back_from_keypad();
                }
            }
            Screen::PhoneOffer => self.back_from(Step::Phone),
            Screen::County(_) => self.back_from(Step::Area),
            Screen::District(pick) => {
                let county = pick.county;
                self.show_county_at(county);
            }
            Screen::Site(_) => self.back_from(Step::Site),
            Screen::Slot(pick) => {
                if !pick.back() {
                    self.back_from(Step::Slot);
                }
            }
            Screen::Brands(_) => self.back_from(Step::Brands),
            Screen::Review => self.back_from(Step::Review),
            Screen::Receipt(receipt) if receipt.qr => receipt.qr = false,
            Screen::Receipt(receipt) if receipt.existing => self.services(),
            Screen::Receipt(_) => {}
        }
    }

    /// What home does: the services, or the end of the visit.
    pub fn home(&mut self) {
        if home_leaves(self.visit, self.screen) {
            self.end(Reason::Left);
        } else {
            self.without_others(Aim::Services);
        }
    }

    pub fn read_card(&mut self) {
        self.visit.card = CardState::Reading;
        self.ask_card();
    }

    /// Has the card in the reader read.
    pub fn ask_card(&mut self) {
        let ticket = self.outbox.ticket(self.visit.id);
        self.outbox.card = Some(ticket);
        self.outbox.push(Effect::ReadCard { ticket });
    }
}

/// Whether home ends the visit: before the person is known, at the services themselves, and while a
/// booking's answer is not known (the farewell then says so); and once several people are booked,
/// of whom nobody is served alone any more.
pub(super) fn home_leaves(visit: &Visit, screen: &Screen) -> bool {
    let booked = visit.group.as_ref().is_some_and(|group| group.booked);
    booked || visit.person.is_none() || matches!(screen, Screen::Service | Screen::Submitting(_))
}
