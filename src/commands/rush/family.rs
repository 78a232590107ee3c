//! A family at a kiosk of the crowd: each shows their card, all book one hour, or nobody does.

use super::kiosk::{GaveUp, Kiosk, SENT_AGAIN, SLOTS_TRIED};
use super::machine;
use super::tally::Outcome;
use crate::api::bookings::MobileChoice;
use crate::api::problem::Code;
use crate::api::sessions::SessionToken;
use crate::api::together::{BookTogether, TogetherSeat};
use crate::client::calls::{Answer, Call, Fault};
use crate::domain::language::Language;
use crate::domain::refusal::Refusal;
use crate::domain::site::SlotId;
use crate::domain::together::one_hour;

impl Kiosk {
    /// Who comes now: this person, or a family of two to six of those who would come next.
    pub(super) fn party(&mut self, first: u32) -> Vec<u32> {
        if self.plan.families == 0 || self.dice(100) >= u64::from(self.plan.families) {
            return vec![first];
        }
        let size = 2 + self.dice(5) as u32;
        let people = (0..size).map(|nth| first + nth * self.plan.kiosks);
        people.filter(|person| *person < self.plan.people).collect()
    }

    pub(super) async fn serve_family(&mut self, people: &[u32]) -> Result<(), GaveUp> {
        let mut tokens = Vec::with_capacity(people.len());
        for person in people {
            tokens.push(self.log_in(*person).await?);
            self.think().await;
        }
        let mut outcome = Outcome::Full;
        for _ in 0..SLOTS_TRIED {
            let (_, slots) = self.choose_site().await?;
            let hours = one_hour(&slots, people.len() as u32, machine::now());
            let Some(slot) = hours.get(self.dice(hours.len() as u64) as usize) else { continue };
            self.think().await;
            match self.book_together(people, &mut tokens, *slot).await? {
                Ok(()) => outcome = Outcome::Booked,
                Err(Refusal::SlotFull) => continue,
                Err(_) => outcome = Outcome::Refused,
            }
            break;
        }
        if outcome != Outcome::Booked {
            self.look_for_parts(people).await?;
        }
        self.tally.family(outcome);
        Ok(())
    }

    async fn book_together(
        &mut self,
        people: &[u32],
        tokens: &mut [SessionToken],
        slot: SlotId,
    ) -> Result<Result<(), Refusal>, GaveUp> {
        let key = format!("{:016x}{:016x}", self.dice(u64::MAX), self.dice(u64::MAX));
        let began = machine::uptime();
        self.tally.offered();
        let numbers = match self.submit_together(people, tokens, slot, &key).await? {
            Ok(numbers) => numbers,
            Err(refusal) => return Ok(Err(refusal)),
        };
        for number in &numbers {
            self.tally.booked(*number, machine::uptime() - began);
        }
        if self.dice(SENT_AGAIN) == 0 {
            let again = self.submit_together(people, tokens, slot, &key).await?;
            self.tally.sent_again(again == Ok(numbers));
        }
        Ok(Ok(()))
    }

    async fn submit_together(
        &mut self,
        people: &[u32],
        tokens: &mut [SessionToken],
        slot: SlotId,
        key: &str,
    ) -> Result<Result<Vec<crate::domain::booking_number::BookingNumber>, Refusal>, GaveUp> {
        loop {
            let seat = |session: &SessionToken| TogetherSeat {
                session: session.clone(),
                slot,
                mobile: MobileChoice::Registered,
            };
            let seats = tokens.iter().map(seat).collect();
            let ask = BookTogether { people: seats, language: Language::default() };
            let reply = self.ask(&Call::BookTogether { ask, key: key.to_owned() }).await?;
            match reply {
                Ok(Answer::BookedTogether(booked)) if booked.bookings.len() == people.len() => {
                    return Ok(Ok(booked.bookings.iter().map(|one| one.number).collect()));
                }
                Err(Fault::Problem(problem)) if problem.code == Code::SessionOver => {
                    let at = problem.person.unwrap_or_default() as usize;
                    let (Some(token), Some(person)) = (tokens.get_mut(at), people.get(at)) else {
                        return Err(self.strange("family", &Err(Fault::Problem(problem))));
                    };
                    *token = self.log_in(*person).await?;
                }
                Err(Fault::Problem(problem)) if problem.code == Code::Refused => {
                    match problem.refusal {
                        Some(refusal) => return Ok(Err(refusal)),
                        None => return Err(self.strange("family", &Err(Fault::Problem(problem)))),
                    }
                }
                reply => return Err(self.strange("family", &reply)),
            }
        }
    }

    /// Of a family that was refused nobody has a seat.
    async fn look_for_parts(&mut self, people: &[u32]) -> Result<(), GaveUp> {
        for person in people {
            let token = self.log_in(*person).await?;
            match self.ask(&Call::Standing { token }).await? {
                Ok(Answer::Standing(standing)) if standing.booking.is_some() => {
                    self.tally.parted();
                }
                Ok(Answer::Standing(_)) => {}
                reply => return Err(self.strange("a family's standing", &reply)),
            }
        }
        Ok(())
    }
}
