//! The calls that people make for themselves: their bookings, alone or together, what they
//! registered, and what they wait for.

use super::calls::{Answer, Reply};
use super::http::{Client, Method, read, send};
use crate::api::bookings::{BookSlot, CancelBooking, MoveBooking};
use crate::api::intentions::Register;
use crate::api::leftovers::AskForLeftover;
use crate::api::paths::{self, IDEMPOTENCY_HEADER};
use crate::api::sessions::SessionToken;
use crate::api::together::BookTogether;
use crate::api::waiting::{AskToWait, TakeOffer};

impl Client {
    pub(super) async fn book(&self, token: &SessionToken, ask: &BookSlot, key: &str) -> Reply {
        let request = self.as_person(Method::POST, paths::BOOKINGS, token);
        let request = request.header(IDEMPOTENCY_HEADER, key).json(ask);
        Ok(Answer::Booked(Box::new(read(request).await?)))
    }

    pub(super) async fn book_together(&self, ask: &BookTogether, key: &str) -> Reply {
        let request = self.request(Method::POST, paths::TOGETHER);
        let request = request.header(IDEMPOTENCY_HEADER, key).json(ask);
        Ok(Answer::BookedTogether(Box::new(read(request).await?)))
    }

    pub(super) async fn reschedule(&self, token: &SessionToken, ask: MoveBooking) -> Reply {
        let request = self.as_person(Method::POST, paths::MOVE, token).json(&ask);
        Ok(Answer::Booked(Box::new(read(request).await?)))
    }

    pub(super) async fn cancel(&self, token: &SessionToken, ask: CancelBooking) -> Reply {
        send(self.as_person(Method::POST, paths::CANCEL, token).json(&ask)).await?;
        Ok(Answer::Cancelled)
    }

    pub(super) async fn register(&self, token: &SessionToken, ask: &Register) -> Reply {
        let request = self.as_person(Method::PUT, paths::INTENTION, token).json(ask);
        Ok(Answer::Intention(Box::new(read(request).await?)))
    }

    pub(super) async fn withdraw(&self, token: &SessionToken) -> Reply {
        send(self.as_person(Method::DELETE, paths::INTENTION, token)).await?;
        Ok(Answer::Withdrawn)
    }

    pub(super) async fn ask_to_wait(&self, token: &SessionToken, ask: &AskToWait) -> Reply {
        let request = self.as_person(Method::PUT, paths::WAITING, token).json(ask);
        Ok(Answer::Waiting(Box::new(read(request).await?)))
    }

    pub(super) async fn waiting(&self, token: &SessionToken) -> Reply {
        let request = self.as_person(Method::GET, paths::WAITING, token);
        Ok(Answer::Waiting(Box::new(read(request).await?)))
    }

    pub(super) async fn leave_line(&self, token: &SessionToken) -> Reply {
        send(self.as_person(Method::DELETE, paths::WAITING, token)).await?;
        Ok(Answer::LeftLine)
    }

    pub(super) async fn take_offer(&self, ask: &TakeOffer, key: &str) -> Reply {
        let request = self.request(Method::POST, paths::OFFERS_TAKEN);
        let request = request.header(IDEMPOTENCY_HEADER, key).json(ask);
        Ok(Answer::Booked(Box::new(read(request).await?)))
    }

    pub(super) async fn ask_for_leftover(
        &self,
        token: &SessionToken,
        ask: &AskForLeftover,
    ) -> Reply {
        send(self.as_person(Method::PUT, paths::OWN_LEFTOVER, token).json(ask)).await?;
        Ok(Answer::ToBeTold)
    }

    pub(super) async fn leave_leftovers(&self, token: &SessionToken) -> Reply {
        send(self.as_person(Method::DELETE, paths::OWN_LEFTOVER, token)).await?;
        Ok(Answer::NotToBeTold)
    }
}
