//! People of the crowd who find all full and wait for a seat, and those who give theirs up. Whoever
//! is offered one must get it as long as it is held.

use super::kiosk::{GaveUp, Kiosk};
use super::machine;
use crate::api::bookings::{BookSlot, CancelBooking, MobileChoice};
use crate::api::problem::Code;
use crate::api::sessions::{SessionToken, Standing};
use crate::api::waiting::AskToWait;
use crate::client::calls::{Answer, Call, Fault};
use crate::domain::language::Language;
use crate::domain::waiting::{DayPart, Places, WaitingWish};
use jiff::SignedDuration;
use std::time::Duration;

/// So long before its end an offer counts as held for certain, whatever the clocks say.
const FOR_CERTAIN: SignedDuration = SignedDuration::from_secs(30);
/// How long the last of those who wait are looked at, after nobody new comes.
const LAST_LOOKS: Duration = Duration::from_secs(10);

impl Kiosk {
    /// Somebody who found all full may wait for a seat near where they registered.
    pub(super) async fn perhaps_wait(
        &mut self,
        person: u32,
        token: &SessionToken,
    ) -> Result<(), GaveUp> {
        if self.plan.waiting == 0 || self.dice(100) >= u64::from(self.plan.waiting) {
            return Ok(());
        }
        let Some(intention) = self.standing(token).await?.and_then(|one| one.intention) else {
            return Ok(());
        };
        let seats = match self.ask(&Call::Seats).await? {
            Ok(Answer::Seats(seats)) => seats,
            reply => return Err(self.strange("districts", &reply)),
        };
        let first = self.dice(seats.districts.len() as u64) as usize;
        let districts =
            seats.districts.iter().cycle().skip(first).take(seats.districts.len().min(8));
        let wish = WaitingWish {
            places: Places::Districts(districts.map(|district| district.district).collect()),
            days: Vec::new(),
            part: DayPart::Any,
            brands: intention.brands,
        };
        let (mobile, language) = (MobileChoice::Registered, Language::default());
        let ask = AskToWait { wish, mobile, language };
        match self.ask(&Call::AskToWait { token: token.clone(), ask }).await? {
            Ok(Answer::Waiting(_)) => {
                self.tally.waits();
                self.waiting.push_back(person);
                Ok(())
            }
            // Ten minutes of a session may be over, and the window of the round.
            Err(Fault::Problem(problem))
                if matches!(problem.code, Code::SessionOver | Code::Refused) =>
            {
                Ok(())
            }
            reply => Err(self.strange("waiting", &reply)),
        }
    }

    /// Between two people: one who has booked may give it up, and one who waits comes again.
    pub(super) async fn give_up_and_take(&mut self) -> Result<(), GaveUp> {
        if self.plan.waiting > 0 && self.dice(100) < u64::from(self.plan.waiting) {
            self.one_gives_up().await?;
        }
        self.look_at_one_who_waits().await
    }

    /// The one who booked here first comes back and cancels, where the channel allows it.
    async fn one_gives_up(&mut self) -> Result<(), GaveUp> {
        let Some(person) = self.seated.pop_front() else { return Ok(()) };
        let token = self.log_in(person).await?;
        let Some(booking) = self.standing(&token).await?.and_then(|one| one.booking) else {
            return Ok(());
        };
        let ask = CancelBooking { number: booking.number, language: Language::default() };
        match self.ask(&Call::Cancel { token, ask }).await? {
            Ok(Answer::Cancelled) => {
                self.tally.given_up(booking.number);
                Ok(())
            }
            Err(Fault::Problem(problem))
                if matches!(problem.code, Code::ChannelMayNot | Code::SessionOver) =>
            {
                self.seated.clear();
                Ok(())
            }
            reply => Err(self.strange("cancelling", &reply)),
        }
    }

    /// The one who has waited longest here comes again, and takes what is held for them.
    async fn look_at_one_who_waits(&mut self) -> Result<(), GaveUp> {
        let Some(person) = self.waiting.pop_front() else { return Ok(()) };
        let token = self.log_in(person).await?;
        let offer = self.standing(&token).await?.and_then(|one| one.offer);
        let Some(offer) = offer else {
            self.waiting.push_back(person);
            return Ok(());
        };
        let key = format!("{:016x}{:016x}", self.dice(u64::MAX), self.dice(u64::MAX));
        let (mobile, language) = (MobileChoice::Registered, Language::default());
        let ask = BookSlot { slot: offer.seat.slot, mobile, language };
        let began = machine::uptime();
        self.tally.offered();
        match self.ask(&Call::Book { token, ask, key }).await? {
            Ok(Answer::Booked(booking)) => {
                self.tally.took_offer();
                self.tally.booked(booking.number, machine::uptime() - began);
                Ok(())
            }
            Err(Fault::Problem(problem)) if problem.code == Code::Refused => {
                if machine::now() + FOR_CERTAIN < offer.until {
                    self.tally.hold_lost();
                }
                Ok(())
            }
            reply => Err(self.strange("an offer", &reply)),
        }
    }

    /// All of them come once more.
    pub(super) async fn look_at_all_who_wait(&mut self) -> Result<(), GaveUp> {
        let ends = machine::uptime() + LAST_LOOKS;
        for _ in 0..self.waiting.len() {
            if machine::uptime() > ends {
                break;
            }
            self.look_at_one_who_waits().await?;
        }
        Ok(())
    }

    /// `None` once the session is over.
    async fn standing(&mut self, token: &SessionToken) -> Result<Option<Standing>, GaveUp> {
        match self.ask(&Call::Standing { token: token.clone() }).await? {
            Ok(Answer::Standing(standing)) => Ok(Some(*standing)),
            Err(Fault::Problem(problem)) if problem.code == Code::SessionOver => Ok(None),
            reply => Err(self.strange("standing", &reply)),
        }
    }
}
