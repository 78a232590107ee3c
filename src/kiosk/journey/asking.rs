//! What the service is asked for, and what its answers do: what the screen waits for, and what is
//! brought up to date meanwhile.

use super::path::Step;
use super::steps::Heading;
use super::visiting::Visiting;
use crate::api::problem::{Code, Problem};
use crate::api::queries::QueryView;
use crate::api::sessions::{SessionToken, Standing};
use crate::api::sites::SiteView;
use crate::client::calls::{Answer, Call, Fault, Reply};
use crate::domain::refusal::Refusal;
use crate::domain::region::{self, District, DistrictCode};
use crate::domain::site::{SiteId, Slot};
use crate::kiosk::model::person::Person;
use crate::kiosk::model::retry::Retry;
use crate::kiosk::model::sign_in::SignIn;
use crate::kiosk::model::ticket::Ticket;
use crate::kiosk::screens::Screen;
use crate::kiosk::screens::farewell::Reason;
use crate::kiosk::screens::group::GroupScreen;
use crate::kiosk::screens::site::SitePick;
use crate::kiosk::screens::slot::SlotPick;
use crate::kiosk::screens::waiting::{OfferAfter, PendingCall, Waiting};
use crate::kiosk::screens::why_not::{Why, WhyNot};
use jiff::civil::DateTime;
use std::time::Duration;

/// How long nothing is looked at after too many wrong numbers, if the service does not say, in
/// seconds.
const TOO_MANY_WRONG_WAIT: u32 = 30;
/// How often free seats are brought up to date, in seconds: those of a district, and of a site.
const SEATS_EVERY: u64 = 5;
const SLOTS_EVERY: u64 = 3;

impl Visiting<'_> {
    /// Asks the service for something and shows what is waited for.
    pub fn wait_for(&mut self, pending: PendingCall) {
        self.show(Screen::Waiting(Waiting { pending, retry: Retry::first() }));
        self.ask_for(pending);
    }

    fn ask_for(&mut self, pending: PendingCall) {
        let call = match pending {
            PendingCall::StandingAfterRefusal | PendingCall::StandingAgain => {
                self.token().map(|token| Call::Standing { token })
            }
            PendingCall::Standing => {
                let proof = self.visit.sign_in.proof(self.visit.card());
                proof.map(|proof| Call::OpenSession(Box::new(proof)))
            }
            PendingCall::Joining => {
                self.newcomer_proof().map(|proof| Call::OpenSession(Box::new(proof)))
            }
            PendingCall::Found => {
                self.visit.sign_in.query().map(|query| Call::Query(Box::new(query)))
            }
            PendingCall::Captcha { larger, .. } => Some(Call::Captcha { larger }),
            PendingCall::Offer(_) => self.offer_call(),
            PendingCall::OwnLine => self.token().map(|token| Call::Waiting { token }),
            PendingCall::Seats => Some(Call::Seats),
            PendingCall::Sites(district) | PendingCall::WishSites(district) => {
                Some(Call::Sites(district))
            }
            PendingCall::Slots { site, .. } | PendingCall::WishSlots(site) => {
                Some(Call::Slots(site))
            }
        };
        if let Some(call) = call {
            let ticket = self.outbox.call(self.visit.id, call);
            self.outbox.awaited = Some(ticket);
        }
    }

    /// What speaks for the person at the service.
    pub fn token(&self) -> Option<SessionToken> {
        self.visit.person.as_ref().map(|person| person.token.clone())
    }

    /// Back from waiting: to where the question came from.
    pub fn back_from_waiting(&mut self, pending: PendingCall) {
        let typed = self.visit.sign_in.way().is_some();
        match pending {
            PendingCall::Captcha { .. } | PendingCall::Found => self.leave_way(),
            PendingCall::Joining => self.gather(),
            PendingCall::Slots { .. } if self.visit.group.is_some() => self.gather(),
            PendingCall::Standing if typed => self.leave_way(),
            PendingCall::Standing => self.show(Screen::Privacy),
            PendingCall::StandingAfterRefusal
            | PendingCall::StandingAgain
            | PendingCall::Offer(_)
            | PendingCall::OwnLine
            | PendingCall::Seats => self.services(),
            PendingCall::WishSites(_) | PendingCall::WishSlots(_) => self.ask_places(),
            PendingCall::Sites(_) if self.visit.waits() => self.ask_places(),
            PendingCall::Sites(_) | PendingCall::Slots { .. } => self.show_district(),
        }
    }

    /// The answer of a call that the visit made. One that nobody waits for is dropped.
    pub fn reply(&mut self, ticket: Ticket, reply: Reply) {
        if self.outbox.awaited == Some(ticket) {
            self.outbox.awaited = None;
            match self.screen {
                Screen::Waiting(waiting) => {
                    let pending = waiting.pending;
                    self.arrived(pending, reply);
                }
                Screen::Submitting(submitting) => {
                    let submission = submitting.submission.clone();
                    self.submitted(&submission, reply);
                }
                _ => {}
            }
        } else if self.outbox.refreshing == Some(ticket) {
            self.outbox.refreshing = None;
            self.refreshed(reply);
        } else {
            self.session_kept(ticket, &reply);
        }
    }

    /// What the waiting screen waited for.
    fn arrived(&mut self, pending: PendingCall, reply: Reply) {
        if let (PendingCall::Offer(after), Err(fault)) = (pending, &reply) {
            return self.offer_failed(after, fault);
        }
        let answer = match reply {
            Ok(answer) => answer,
            Err(Fault::Gone) => return self.retry_later(None),
            Err(Fault::Problem(problem)) => return self.failed(pending, &problem),
        };
        match (pending, answer) {
            (PendingCall::Captcha { larger, wrong }, Answer::Captcha(code)) => {
                self.captcha_came(code, larger, wrong);
            }
            (PendingCall::Found, Answer::Found(view)) => self.found(view),
            (PendingCall::Standing, Answer::Session(opened)) => self.opened(*opened),
            (PendingCall::Joining, Answer::Session(opened)) => self.joined(*opened),
            (PendingCall::StandingAfterRefusal, Answer::Standing(standing)) => {
                self.stands(*standing);
                self.why_not(Refusal::AlreadyBooked);
            }
            (PendingCall::StandingAgain, Answer::Standing(standing)) => {
                self.stands(*standing);
                self.held_or_services();
            }
            (
                PendingCall::OwnLine | PendingCall::WishSites(_) | PendingCall::WishSlots(_),
                answer,
            ) => self.line_arrived(pending, answer),
            (PendingCall::Offer(after), Answer::EarliestSlots(slots)) => {
                self.offer_came(slots, after);
            }
            (PendingCall::Seats, Answer::Seats(seats)) => {
                self.machine.seats = seats;
                self.show_county();
            }
            (PendingCall::Sites(_), Answer::Sites(sites)) if self.only_offered(&sites) => {
                self.enter(Step::Area, Heading::Forward);
            }
            (PendingCall::Sites(code), Answer::Sites(sites)) => {
                self.sites_came(code, sites);
            }
            (PendingCall::Slots { site, taken }, Answer::Slots(slots)) => {
                self.slots_came(site, slots, taken);
            }
            // An answer to another question: the service is not to be trusted with this one.
            (
                PendingCall::Standing
                | PendingCall::Joining
                | PendingCall::StandingAfterRefusal
                | PendingCall::StandingAgain
                | PendingCall::Captcha { .. }
                | PendingCall::Found
                | PendingCall::Offer(_)
                | PendingCall::Seats
                | PendingCall::Sites(_)
                | PendingCall::Slots { .. },
                _,
            ) => self.retry_later(None),
        }
    }

    fn sites_came(&mut self, code: DistrictCode, sites: Vec<SiteView>) {
        if let Some(district) = region::district(code) {
            let sites = self.for_all(sites);
            self.show_sites(district, sites);
        }
    }

    /// Who looks for a seat chooses among sites with free ones; who waits, among all.
    fn show_sites(&mut self, district: &'static District, sites: Vec<SiteView>) {
        self.show(Screen::Site(match self.visit.looks_for_seats() {
            true => SitePick::new(district, sites),
            false => SitePick::of_any(district, sites),
        }));
    }

    /// The slots of a site have come: for one person, or for several.
    fn slots_came(&mut self, site: SiteId, slots: Vec<Slot>, taken: Option<DateTime>) {
        if self.visit.group.is_some() {
            return self.hours_came(site, slots, taken.is_some());
        }
        let own = self.own_start(site);
        self.show(Screen::Slot(SlotPick::new(site, slots, own, taken)));
    }

    /// A line that broke is asked once more, at once; then nobody is kept waiting for an offer.
    fn offer_failed(&mut self, after: OfferAfter, fault: &Fault) {
        let first = self.screen.retry_mut().is_some_and(|retry| retry.attempt == 1);
        if *fault != Fault::Gone || !first {
            return self.no_offer(after);
        }
        self.retry_later(None);
        self.try_again();
    }

    fn found(&mut self, view: Box<QueryView>) {
        if let SignIn::Query { found, .. } = &mut self.visit.sign_in {
            *found = Some(view);
        }
        self.show(Screen::Found);
    }

    /// When the person's own booking at a site begins.
    fn own_start(&self, site: SiteId) -> Option<DateTime> {
        let booking = self.visit.person.as_ref().and_then(Person::booking)?;
        (booking.site.id == site).then_some(booking.starts)
    }

    /// The service said no to what the screen waits for.
    fn failed(&mut self, pending: PendingCall, problem: &Problem) {
        let proves =
            matches!(pending, PendingCall::Standing | PendingCall::Joining | PendingCall::Found);
        if let (PendingCall::Sites(code), Code::NotFound) = (pending, problem.code)
            && let Some(district) = region::district(code)
        {
            // No site of the round lies there: the screen says so, and leads on.
            return self.show_sites(district, Vec::new());
        }
        match (pending, problem.code) {
            (PendingCall::OwnLine, Code::NotFound) => return self.line_came(None),
            (PendingCall::WishSites(_) | PendingCall::WishSlots(_), Code::NotFound) => {
                return self.wish_slots_came(&[]);
            }
            _ => {}
        }
        if problem.code.will_pass() {
            self.retry_later(problem.retry_after);
        } else if proves && problem.code == Code::WrongGraphic {
            self.wait_for(PendingCall::Captcha { larger: false, wrong: true });
        } else if pending == PendingCall::Joining {
            self.not_joined(problem);
        } else {
            self.refused(problem);
        }
    }

    fn stands(&mut self, standing: Standing) {
        if let Some(person) = &mut self.visit.person {
            person.stands(standing);
        }
    }

    /// No answer: it is asked again after a while, at the earliest when the service says, in
    /// seconds.
    pub fn retry_later(&mut self, at_least: Option<u32>) {
        let (uptime, random) = (self.machine.now.uptime, self.random);
        if let Some(retry) = self.screen.retry_mut() {
            retry.failed(uptime, at_least, random);
        }
    }

    /// Asks again what waits for its next attempt.
    pub fn try_again(&mut self) {
        let Some(retry) = self.screen.retry_mut().filter(|retry| retry.at.is_some()) else {
            return;
        };
        retry.begun();
        match self.screen {
            Screen::Waiting(waiting) => {
                let pending = waiting.pending;
                self.ask_for(pending);
            }
            Screen::Submitting(_) => self.send_again(),
            _ => {}
        }
    }

    pub fn refused(&mut self, problem: &Problem) {
        let why = match (problem.code, problem.refusal) {
            (Code::SessionOver, _) => return self.end(Reason::TimeUp),
            (Code::UnknownPerson, _) => Why::UnknownPerson,
            (Code::TooManyWrong, _) => {
                let wait = problem.retry_after.unwrap_or(TOO_MANY_WRONG_WAIT);
                let wait = Duration::from_secs(wait.into());
                Why::TooManyWrong { until: self.machine.now.uptime + wait }
            }
            (_, Some(refusal)) => Why::Refused(refusal),
            (code, None) => Why::Failed(code),
        };
        self.show(Screen::WhyNot(WhyNot { why }));
    }

    /// Once a second: what has waited long enough is tried again, and what others may change
    /// meanwhile is brought up to date.
    pub fn keep_going(&mut self) {
        let uptime = self.machine.now.uptime;
        if self.screen.retry_mut().is_some_and(|retry| retry.is_due(uptime)) {
            self.try_again();
            return;
        }
        self.keep_sessions();
        let every = |seconds| uptime.as_secs().is_multiple_of(seconds);
        let call = match self.screen {
            Screen::County(_) | Screen::District(_)
                if every(SEATS_EVERY) && self.visit.looks_for_seats() =>
            {
                Call::Seats
            }
            // Where nothing is free, the nearest district with seats is looked for.
            Screen::Site(pick) if every(2 * SEATS_EVERY) && pick.all_full() => Call::Seats,
            Screen::Site(pick) if every(SEATS_EVERY) => Call::Sites(pick.district.code),
            Screen::Slot(pick) if every(SLOTS_EVERY) => Call::Slots(pick.site),
            Screen::Group(GroupScreen::Hours(hours)) if every(SLOTS_EVERY) => {
                Call::Slots(hours.site)
            }
            Screen::Offer(_) if every(SEATS_EVERY) => match self.offer_call() {
                Some(call) => call,
                None => return,
            },
            _ => return,
        };
        if self.outbox.refreshing.is_none() {
            let ticket = self.outbox.call(self.visit.id, call);
            self.outbox.refreshing = Some(ticket);
        }
    }

    /// What others changed meanwhile. A failure shows in the header only: what is on the screen
    /// stays.
    fn refreshed(&mut self, reply: Reply) {
        let now = self.machine.now.wall;
        let reply = reply.map(|answer| match answer {
            Answer::Sites(sites) => Answer::Sites(self.for_all(sites)),
            answer => answer,
        });
        match (&mut *self.screen, reply) {
            (Screen::Offer(offer), Ok(Answer::EarliestSlots(slots))) => {
                let is_there = offer.refresh(slots);
                if !is_there {
                    self.no_offer(OfferAfter::Taken);
                }
            }
            (
                Screen::County(_) | Screen::District(_) | Screen::Site(_),
                Ok(Answer::Seats(seats)),
            ) => {
                self.machine.seats = seats;
            }
            (Screen::Group(GroupScreen::Hours(hours)), Ok(Answer::Slots(slots))) => {
                hours.refresh(slots, now);
            }
            (Screen::Site(pick), Ok(Answer::Sites(sites))) => pick.refresh(sites),
            (Screen::Slot(pick), Ok(Answer::Slots(slots))) => pick.refresh(slots),
            _ => {}
        }
    }
}
