//! One kiosk of the crowd: one person after another, each doing what a person does: looking at
//! districts, sites and slots, choosing, booking, and trying again when the service is busy or
//! gone.

use super::tally::{Outcome, Tally};
use super::{machine, practice_people};
use crate::api::bookings::{BookSlot, BookingView, MobileChoice};
use crate::api::problem::Code;
use crate::api::sessions::OpenSession;
use crate::api::sessions::SessionToken;
use crate::client::calls::Call;
use crate::client::calls::{Answer, Fault, Reply};
use crate::client::http::Client;
use crate::domain::backoff::Backoff;
use crate::domain::language::Language;
use crate::domain::refusal::Refusal;
use crate::domain::site::{SiteId, Slot};
use crate::domain::splitmix::SplitMix64;
use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

/// What all kiosks are told.
#[derive(Debug)]
pub struct Plan {
    pub kiosks: u32,
    pub people: u32,
    pub think: Duration,
    /// Of a hundred.
    pub popular: u8,
    /// Of a hundred visits, so many are of families.
    pub families: u8,
    /// Of a hundred who find all full, so many wait.
    pub waiting: u8,
    /// After this nobody new begins.
    pub crowd_ends: Duration,
    /// After this a kiosk gives up.
    pub all_ends: Duration,
}

pub struct Kiosk {
    pub(super) nth: u32,
    /// A client for each server; the first is the one in use.
    servers: Vec<Client>,
    pub(super) plan: Arc<Plan>,
    pub(super) tally: Arc<Tally>,
    /// Who wait for a seat, and asked here.
    pub(super) waiting: VecDeque<u32>,
    /// Who have booked here, and may come back to give it up.
    pub(super) seated: VecDeque<u32>,
    numbers: SplitMix64,
}

/// How many of the first sites are popular.
const POPULAR_SITES: u64 = 2;
/// A person who finds slot after slot full goes home.
pub(super) const SLOTS_TRIED: u32 = 5;
/// Of how many acknowledged bookings one is sent once more.
pub(super) const SENT_AGAIN: u64 = 10;
const BACKOFF: Backoff = Backoff::new(Duration::from_millis(200), Duration::from_secs(4));

/// The kiosk cannot go on: time is up, or the service said what it must not say.
pub(super) struct GaveUp;

impl Kiosk {
    pub fn new(nth: u32, mut servers: Vec<Client>, plan: Arc<Plan>, tally: Arc<Tally>) -> Self {
        let first = nth as usize % servers.len();
        servers.rotate_left(first);
        // Streams that begin one step apart would be the same stream: the seed is mixed first.
        let seed = SplitMix64::new(nth.into()).next_u64();
        Self {
            nth,
            servers,
            plan,
            tally,
            waiting: VecDeque::new(),
            seated: VecDeque::new(),
            numbers: SplitMix64::new(seed),
        }
    }

    /// Serves people until the crowd ends.
    pub async fn stand(mut self) {
        let mut person = self.nth;
        while person < self.plan.people && machine::uptime() < self.plan.crowd_ends {
            let people = self.party(person);
            let served = match people.len() {
                1 => self.serve(person).await,
                _ => self.serve_family(&people).await,
            };
            let served = match served {
                Ok(()) => self.give_up_and_take().await,
                Err(gave_up) => Err(gave_up),
            };
            if served.is_err() {
                return;
            }
            person += self.plan.kiosks * people.len() as u32;
        }
        let _ = self.look_at_all_who_wait().await;
    }

    /// The same numbers for the same kiosk each time.
    pub(super) fn dice(&mut self, sides: u64) -> u64 {
        self.numbers.below(sides)
    }

    pub(super) async fn think(&mut self) {
        let think = self.plan.think.mul_f64(0.5 + self.dice(1000) as f64 / 1000.0);
        if !think.is_zero() {
            tokio::time::sleep(think).await;
        }
    }

    /// Asks until there is an answer that is not "later". The line that is gone is answered by
    /// trying the next server.
    pub(super) async fn ask(&mut self, call: &Call) -> Result<Reply, GaveUp> {
        let mut tried = 0;
        loop {
            let began = machine::uptime();
            let reply = self.servers[0].call(call.clone()).await;
            let took = machine::uptime() - began;
            let again = match &reply {
                Err(Fault::Gone) => {
                    self.tally.gone();
                    self.servers.rotate_left(1);
                    None
                }
                Err(Fault::Problem(problem)) if problem.code.will_pass() => {
                    self.tally.busy();
                    problem.retry_after
                }
                _ => {
                    if matches!(call, Call::Round | Call::Seats | Call::Sites(_) | Call::Slots(_)) {
                        self.tally.read(took);
                    }
                    return Ok(reply);
                }
            };
            let at_least = Duration::from_secs(again.unwrap_or(0).into()).max(BACKOFF.wait(tried));
            let pause = at_least.mul_f64(1.0 + self.dice(1000) as f64 / 2000.0);
            if machine::uptime() + pause > self.plan.all_ends {
                self.tally.unrecovered("no answer until the end".into());
                return Err(GaveUp);
            }
            tokio::time::sleep(pause).await;
            tried += 1;
        }
    }

    pub(super) fn strange(&self, what: &str, reply: &Reply) -> GaveUp {
        let answer = match reply {
            Err(Fault::Problem(problem)) => format!("{:?}", problem.code),
            Err(Fault::Gone) => "gone".into(),
            Ok(_) => "another answer".into(),
        };
        self.tally.unrecovered(format!("{what}: {answer}"));
        GaveUp
    }

    pub(super) async fn log_in(&mut self, person: u32) -> Result<SessionToken, GaveUp> {
        let card = practice_people::card(person);
        match self
            .ask(&Call::OpenSession(Box::new(OpenSession::Card {
                id: card.id,
                card: card.number,
                password: None,
            })))
            .await?
        {
            Ok(Answer::Session(opened)) => Ok(opened.token),
            reply => Err(self.strange("log-in", &reply)),
        }
    }

    async fn serve(&mut self, person: u32) -> Result<(), GaveUp> {
        let mut token = self.log_in(person).await?;
        self.think().await;
        let mut outcome = Outcome::Full;
        for _ in 0..SLOTS_TRIED {
            let Some(slot) = self.choose().await? else { continue };
            self.think().await;
            self.tally.offered();
            match self.book(person, &mut token, &slot).await? {
                Booked::Yes => outcome = Outcome::Booked,
                Booked::Refused(Refusal::SlotFull) => continue,
                Booked::Refused(_) => outcome = Outcome::Refused,
            }
            break;
        }
        self.tally.person(outcome);
        match outcome {
            Outcome::Full => self.perhaps_wait(person, &token).await?,
            Outcome::Booked => self.seated.push_back(person),
            Outcome::Refused => {}
        }
        match self.ask(&Call::CloseSession { token }).await? {
            Ok(Answer::Closed) => Ok(()),
            Err(Fault::Problem(problem)) if problem.code == Code::SessionOver => Ok(()),
            reply => Err(self.strange("log-out", &reply)),
        }
    }

    /// Chooses district, site and slot; `None` if the chosen place has no seat left.
    async fn choose(&mut self) -> Result<Option<Slot>, GaveUp> {
        let (popular, slots) = self.choose_site().await?;
        let free: Vec<&Slot> = slots.iter().filter(|slot| !slot.is_full()).collect();
        // Most want the first one.
        let at = if popular { 0 } else { self.dice(free.len() as u64) as usize };
        Ok(free.get(at).map(|slot| (*slot).clone()))
    }

    /// The slots of a site, and whether it is one that many want; none if all there is full.
    pub(super) async fn choose_site(&mut self) -> Result<(bool, Vec<Slot>), GaveUp> {
        let seats = match self.ask(&Call::Seats).await? {
            Ok(Answer::Seats(seats)) => seats,
            reply => return Err(self.strange("districts", &reply)),
        };
        let popular = self.dice(100) < u64::from(self.plan.popular);
        let site = if popular {
            SiteId(1 + self.dice(POPULAR_SITES) as u32)
        } else {
            let free: Vec<_> =
                seats.districts.iter().filter(|district| district.free > 0).collect();
            if free.is_empty() {
                return Ok((popular, Vec::new()));
            }
            let district = free[self.dice(free.len() as u64) as usize].district;
            self.think().await;
            let sites = match self.ask(&Call::Sites(district)).await? {
                Ok(Answer::Sites(sites)) => sites,
                reply => return Err(self.strange("sites", &reply)),
            };
            let free: Vec<_> = sites.iter().filter(|site| site.free > 0).collect();
            if free.is_empty() {
                return Ok((popular, Vec::new()));
            }
            free[self.dice(free.len() as u64) as usize].site.id
        };
        self.think().await;
        let slots = match self.ask(&Call::Slots(site)).await? {
            Ok(Answer::Slots(slots)) => slots,
            // A small round has fewer sites than are popular.
            Err(Fault::Problem(problem)) if popular && problem.code == Code::NotFound => {
                return Ok((popular, Vec::new()));
            }
            reply => return Err(self.strange("slots", &reply)),
        };
        Ok((popular, slots))
    }

    pub(super) async fn book(
        &mut self,
        person: u32,
        token: &mut SessionToken,
        slot: &Slot,
    ) -> Result<Booked, GaveUp> {
        let key = format!(
            "{:032x}",
            u128::from(person) << 64 | u128::from(slot.id.0) << 32 | u128::from(self.nth)
        );
        let began = machine::uptime();
        let booking = match self.submit(person, token, slot, &key).await? {
            Ok(booking) => booking,
            Err(refusal) => return Ok(Booked::Refused(refusal)),
        };
        self.tally.booked(booking.number, machine::uptime() - began);
        if self.dice(SENT_AGAIN) == 0 {
            match self.submit(person, token, slot, &key).await? {
                Ok(again) => self
                    .tally
                    .sent_again(again.number == booking.number && again.receipt == booking.receipt),
                Err(_) => self.tally.sent_again(false),
            }
        }
        Ok(Booked::Yes)
    }

    async fn submit(
        &mut self,
        person: u32,
        token: &mut SessionToken,
        slot: &Slot,
        key: &str,
    ) -> Result<Result<Box<BookingView>, Refusal>, GaveUp> {
        loop {
            let ask = BookSlot {
                slot: slot.id,
                mobile: MobileChoice::Registered,
                language: Language::default(),
            };
            let call = Call::Book { token: token.clone(), ask, key: key.to_owned() };
            let reply = self.ask(&call).await?;
            match reply {
                Ok(Answer::Booked(booking)) => return Ok(Ok(booking)),
                Err(Fault::Problem(problem)) if problem.code == Code::SessionOver => {
                    *token = self.log_in(person).await?
                }
                Err(Fault::Problem(ref problem)) => match problem.refusal {
                    Some(
                        refusal @ (Refusal::SlotFull
                        | Refusal::NotOpenYet { .. }
                        | Refusal::Closed { .. }),
                    ) => {
                        return Ok(Err(refusal));
                    }
                    // Nobody else books for these people: a booking that is there and is not this
                    // one is one too many.
                    _ => return Err(self.strange("booking", &reply)),
                },
                reply => return Err(self.strange("booking", &reply)),
            }
        }
    }
}

pub(super) enum Booked {
    Yes,
    Refused(Refusal),
}
