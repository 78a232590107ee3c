//! When nothing is free: to wait for a seat, to see and change how one waits, to take a seat that
//! is held with the card or by the code of a text message, and to be told of doses that are left.

use super::path::Step;
use super::steps::Heading;
use super::visiting::Visiting;
use crate::api::bookings::{BookingView, MobileChoice};
use crate::api::problem::{Code, Problem};
use crate::api::sessions::SeatView;
use crate::api::sites::SiteView;
use crate::api::waiting::{TakeOffer, WaitingView};
use crate::client::calls::Answer;
use crate::domain::personal::Personal;
use crate::domain::region::{self, CountyIndex, District};
use crate::domain::site::{Site, Slot};
use crate::domain::taipei;
use crate::domain::waiting::HELD_FOR_AT_LEAST;
use crate::kiosk::model::errand::{ChosenMobile, Errand, LeftoverDraft, Route, Seat, WaitingDraft};
use crate::kiosk::model::person::Person;
use crate::kiosk::model::printing::Printing;
use crate::kiosk::model::sign_in::{Field, SignIn};
use crate::kiosk::model::submission::Submission;
use crate::kiosk::model::visit::ByCode;
use crate::kiosk::model::wish::{ChosenPlaces, ChosenWish};
use crate::kiosk::screens::Screen;
use crate::kiosk::screens::context::LineService;
use crate::kiosk::screens::entry::{Asked, Entry};
use crate::kiosk::screens::farewell::Reason;
use crate::kiosk::screens::held::HeldAnswer;
use crate::kiosk::screens::leftovers::LeftoversAnswer;
use crate::kiosk::screens::line::LineAnswer;
use crate::kiosk::screens::phone::Phone;
use crate::kiosk::screens::question::Question;
use crate::kiosk::screens::receipt::Receipt;
use crate::kiosk::screens::waiting::PendingCall;
use crate::kiosk::screens::wish_places::{PlacesAnswer, WishPlaces};
use crate::kiosk::screens::wish_times::{TimesAnswer, WishTimes};
use jiff::civil::Date;

impl Visiting<'_> {
    pub fn line_service(&mut self, service: LineService) {
        match service {
            LineService::Held => self.show_held(),
            LineService::Wait => self.ask_to_wait(),
            LineService::Leftovers => self.show(Screen::Leftovers),
        }
    }

    /// Wants to wait, from wherever nothing was free: what was looked at is what they would wait
    /// for. Whoever waits already is shown how.
    pub fn ask_to_wait(&mut self) {
        let before = self.visit.errand.as_ref();
        let registered = self.visit.person.as_ref().and_then(Person::registered_district);
        let places = match before.and_then(Errand::seat) {
            Some(Seat::Site(district, site) | Seat::Slot(district, site, _)) => {
                ChosenPlaces::Site(district, site.clone())
            }
            Some(Seat::District(district)) => ChosenPlaces::Districts(vec![district]),
            Some(Seat::Nowhere) | None => match registered {
                Some(district) => ChosenPlaces::Districts(vec![district]),
                None => ChosenPlaces::Nowhere,
            },
        };
        let mobile = before.and_then(Errand::mobile).cloned();
        let wish = ChosenWish { places, ..ChosenWish::default() };
        self.visit.errand = Some(Errand::Waiting(WaitingDraft { mobile, wish }));
        self.wait_for(PendingCall::OwnLine);
    }

    /// Waits for a seat in this district.
    pub fn ask_to_wait_in(&mut self, district: &'static District) {
        if let Some(errand) = &mut self.visit.errand {
            errand.choose_district(district);
        }
        self.ask_to_wait();
    }

    /// From the districts of a county: for the own one, if it lies there, or the first.
    pub fn ask_to_wait_around(&mut self, county: CountyIndex) {
        let registered = self.visit.person.as_ref().and_then(Person::registered_district);
        let own = registered.filter(|district| district.county == county);
        match own.or_else(|| county.county().districts.first().copied()) {
            Some(district) => self.ask_to_wait_in(district),
            None => self.ask_to_wait(),
        }
    }

    /// What was waited for of the line.
    pub fn line_arrived(&mut self, pending: PendingCall, answer: Answer) {
        match (pending, answer) {
            (PendingCall::OwnLine, Answer::Waiting(waiting)) => self.line_came(Some(waiting)),
            (PendingCall::WishSites(_), Answer::Sites(sites)) => self.wish_sites_came(&sites),
            (PendingCall::WishSlots(_), Answer::Slots(slots)) => self.wish_slots_came(&slots),
            // An answer to another question: the service is not to be trusted with this one.
            (_, _) => self.retry_later(None),
        }
    }

    /// How the person waits, if they do.
    pub fn line_came(&mut self, waiting: Option<Box<WaitingView>>) {
        let Some(person) = &mut self.visit.person else { return };
        person.waits(waiting);
        if person.offer().is_some() {
            self.show_held();
        } else if person.waiting.is_some() {
            self.show(Screen::Line { asked: false });
        } else {
            self.ask_wish();
        }
    }

    /// The first step of a wish that is not answered yet.
    fn ask_wish(&mut self) {
        let has_mobile = self.visit.errand.as_ref().is_some_and(|errand| errand.mobile().is_some());
        self.enter(if has_mobile { Step::WishPlaces } else { Step::Phone }, Heading::Forward);
    }

    pub fn line(&mut self, answer: LineAnswer) {
        match answer {
            LineAnswer::Done => self.end(Reason::Finished),
            LineAnswer::ToServices => self.services(),
            LineAnswer::Change => self.change_wish(),
            LineAnswer::Leftovers => self.show(Screen::Leftovers),
            LineAnswer::Leave => self.show(Screen::Question(Question::LeaveLine)),
        }
    }

    /// What they wait for is shown as it is, and can be changed at each step.
    fn change_wish(&mut self) {
        let waiting = self.visit.person.as_ref().and_then(|person| person.waiting.as_ref());
        let Some(wish) = waiting.map(|waiting| ChosenWish::of(waiting)) else { return };
        // The vaccines are confirmed anew: until then nothing is sent.
        let wish = ChosenWish { brands: Vec::new(), ..wish };
        self.visit.errand = Some(Errand::Waiting(WaitingDraft { mobile: None, wish }));
        self.ask_wish();
    }

    pub fn ask_places(&mut self) {
        let registered = self.visit.person.as_ref().and_then(Person::registered_district);
        let county = self.visit.errand.as_ref().and_then(Errand::district).or(registered);
        self.ask_places_in(county.map_or(CountyIndex(0), |district| district.county));
    }

    pub fn ask_places_in(&mut self, county: CountyIndex) {
        let wish = self.visit.errand.as_ref().and_then(Errand::wish);
        let places = wish.map(|wish| wish.places.clone()).unwrap_or_default();
        self.show(Screen::WishPlaces(WishPlaces::new(county, places)));
    }

    pub fn wish_places(&mut self, answer: PlacesAnswer) {
        let (places, next) = match answer {
            PlacesAnswer::TooMany => return self.outbox.bell(),
            PlacesAnswer::Chosen(places) => (places, None),
            PlacesAnswer::OneSite(places, district) => {
                (places, Some(PendingCall::Sites(district.code)))
            }
            PlacesAnswer::OtherCounty(places) => {
                self.choose_places(places);
                return self.show_county();
            }
        };
        self.choose_places(places);
        match next {
            Some(pending) => self.wait_for(pending),
            None => self.forward_from(Step::WishPlaces),
        }
    }

    fn choose_places(&mut self, places: ChosenPlaces) {
        if let Some(wish) = self.visit.errand.as_mut().and_then(Errand::wish_mut) {
            wish.places = places;
        }
    }

    /// Asks for the days that there are where they would go.
    pub fn ask_times(&mut self) {
        let wish = self.visit.errand.as_ref().and_then(Errand::wish);
        let Some(places) = wish.map(|wish| &wish.places) else { return };
        match (places.site(), places.districts().first()) {
            (Some(site), _) => self.wait_for(PendingCall::WishSlots(site.id)),
            (None, Some(district)) => self.wait_for(PendingCall::WishSites(district.code)),
            (None, None) => self.ask_places(),
        }
    }

    /// The days of any of these sites are those of the round.
    pub fn wish_sites_came(&mut self, sites: &[SiteView]) {
        match sites.first() {
            Some(view) => self.wait_for(PendingCall::WishSlots(view.site.id)),
            None => self.show_times(None),
        }
    }

    /// From the first slot that may still be offered to the last.
    pub fn wish_slots_came(&mut self, slots: &[Slot]) {
        let soonest = taipei::civil(self.machine.now.wall + HELD_FOR_AT_LEAST);
        let days = slots.iter().filter(|slot| slot.starts > soonest).map(|slot| slot.starts.date());
        let (first, last) = (days.clone().min(), days.max());
        self.show_times(first.zip(last));
    }

    fn show_times(&mut self, days: Option<(Date, Date)>) {
        let Some(wish) = self.visit.errand.as_ref().and_then(Errand::wish) else { return };
        let times = WishTimes::new(days, &wish.days, wish.part);
        self.show(Screen::WishTimes(times));
    }

    pub fn wish_times(&mut self, answer: TimesAnswer) {
        match answer {
            TimesAnswer::TooMany => self.outbox.bell(),
            TimesAnswer::Chosen { days, part } => {
                if let Some(wish) = self.visit.errand.as_mut().and_then(Errand::wish_mut) {
                    (wish.days, wish.part) = (days, part);
                }
                self.forward_from(Step::WishTimes);
            }
        }
    }

    /// Whether something is held for the person that they have not seen in this visit.
    pub fn has_unseen_held(&self) -> bool {
        let is_held = |person: &Person| person.offer().is_some() || person.displaced().is_some();
        !self.visit.held_shown && self.visit.person.as_ref().is_some_and(is_held)
    }

    /// The services, unless something is held that they have not seen.
    pub fn held_or_services(&mut self) {
        if self.has_unseen_held() {
            self.show_held();
        } else {
            self.show(Screen::Service);
        }
    }

    /// The seat that is held, to be booked with the phone number of the registration.
    pub fn show_held(&mut self) {
        self.visit.held_shown = true;
        let registered = self.visit.person.as_ref().and_then(Person::registered_mobile);
        let mobile = registered
            .map(|shown| ChosenMobile { choice: MobileChoice::Registered, shown: shown.clone() });
        self.visit.errand = Some(Errand::offered(mobile, Route::Held));
        self.show(Screen::Held);
    }

    pub fn held(&mut self, answer: HeldAnswer) {
        match answer {
            HeldAnswer::Book(seat) => self.book_held(*seat),
            HeldAnswer::OtherPhone => self.show(Screen::Phone(Phone::default())),
            HeldAnswer::OtherTime => self.wants_to_book(),
            HeldAnswer::ShowLine => self.ask_to_wait(),
            HeldAnswer::Leave => self.show(Screen::Question(Question::LeaveLine)),
            HeldAnswer::ToServices => self.leave_held(),
        }
    }

    /// Booked as any seat is: that it is held for them is the service's matter. Without a known
    /// number the phone is asked first.
    fn book_held(&mut self, seat: SeatView) {
        let SeatView { slot, site, starts, ends } = seat;
        // A site's district is checked when the programme is imported: every site has one.
        let Some(district) = region::district(site.district) else { return };
        let Some(errand) = &mut self.visit.errand else { return };
        let (capacity, taken) = (1, 0);
        let slot = Slot { id: slot, site: site.id, starts, ends, capacity, taken };
        errand.choose_site(district, site);
        errand.choose_slot(slot);
        if errand.mobile().is_some() {
            self.submit();
        } else {
            errand.leave_slot();
            self.show(Screen::Phone(Phone::default()));
        }
    }

    /// To the services, with how the person stands by then.
    pub fn leave_held(&mut self) {
        self.visit.errand = None;
        if let Some(person) = &mut self.visit.person {
            person.stale = true;
        }
        self.services();
    }

    pub fn leftovers(&mut self, answer: LeftoversAnswer, waited: Option<Site>) {
        match (answer, waited) {
            (LeftoversAnswer::Here, Some(site)) => {
                let Some(district) = region::district(site.district) else { return };
                self.ask_for_leftovers(Seat::Site(district, Box::new(site)));
            }
            (LeftoversAnswer::Here, None) | (LeftoversAnswer::Choose, _) => {
                self.ask_for_leftovers(Seat::Nowhere);
            }
            (LeftoversAnswer::Stop, _) => self.send(Submission::LeaveLeftovers),
            (LeftoversAnswer::ToServices, _) => self.services(),
        }
    }

    fn ask_for_leftovers(&mut self, seat: Seat) {
        let draft = LeftoverDraft { mobile: None, seat };
        self.begin_errand(Errand::Leftovers(draft));
    }

    /// Takes the seat of an offer by the code that was typed. The key is made of this press.
    pub fn take_by_code(&mut self, code: Personal) {
        let key = format!("{:032x}", self.random);
        self.send(Submission::TakeOffer { ask: TakeOffer { code }, key });
    }

    pub fn taken_by_code(&mut self, booking: BookingView) {
        let receipt = Receipt::new(&booking, false);
        // The code is of no use any more.
        self.visit.sign_in = SignIn::Card;
        let printing = Printing::NotYet;
        self.visit.by_code = Some(Box::new(ByCode { booking, printing }));
        self.show(Screen::Receipt(receipt));
    }

    /// The service said no to a code: one that is wrong stays there, to be mended.
    pub fn code_turned_down(&mut self, problem: &Problem) {
        if problem.code == Code::UnknownPerson {
            self.outbox.bell();
            self.ask_code(true);
        } else {
            self.refused(problem);
        }
    }

    /// The code with what was typed of it.
    pub fn ask_code(&mut self, wrong: bool) {
        let typed = self.visit.sign_in.typed(Field::OfferCode).unwrap_or_default();
        let mut entry = Entry::new(Asked::OfferCode).with(typed);
        entry.wrong = wrong;
        self.show(Screen::Entry(entry));
    }

    /// Back from a page of the line.
    pub fn back_from_leftovers(&mut self) {
        match self.visit.person.as_ref().map(|person| person.waiting.is_some()) {
            Some(true) => self.show(Screen::Line { asked: false }),
            Some(false) | None => self.services(),
        }
    }

    pub fn back_from_leave_line(&mut self) {
        if self.visit.errand.as_ref().map(Errand::route) == Some(Route::Held) {
            self.show(Screen::Held);
        } else {
            self.show(Screen::Line { asked: false });
        }
    }

    /// A seat that was held could not be booked.
    pub fn held_is_gone(&mut self, problem: &Problem) {
        self.visit.errand = None;
        self.refused(problem);
    }
}
