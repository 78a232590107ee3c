//! The line as the stage's counters see it: one person who waits, is offered a seat or lost theirs.

use super::{DAAN, Desk, problem};
use jiff::civil::date;
use vaxkiosk::api::bookings::MobileChoice;
use vaxkiosk::api::problem::Code;
use vaxkiosk::api::sessions::{Displaced, OfferView, SeatView};
use vaxkiosk::api::waiting::{AskToWait, Chances, WaitingView};
use vaxkiosk::client::calls::{Answer, Call, Fault, Reply};
use vaxkiosk::domain::personal::Personal;
use vaxkiosk::domain::refusal::Refusal;
use vaxkiosk::domain::region::DistrictCode;
use vaxkiosk::domain::site::SlotId;
use vaxkiosk::domain::taipei::instant;

/// The code of the message that offers the seat.
pub const OFFER_CODE: &str = "3141592653";

#[derive(Default)]
pub struct Line {
    pub offer: Option<OfferView>,
    pub displaced: Option<Displaced>,
    pub waiting: Option<WaitingView>,
    /// What was asked, each time.
    pub asked: Vec<AskToWait>,
    pub left: usize,
    /// The keys with which the offer was taken by its code.
    pub keys: Vec<String>,
}

impl Desk {
    fn counter_seat(&self, slot: u32) -> SeatView {
        let booking = self.booking(SlotId(slot), 1);
        let (site, starts, ends) = (booking.site, booking.starts, booking.ends);
        SeatView { slot: SlotId(slot), site, starts, ends }
    }

    /// A seat is held for whoever comes, until 10:35.
    pub fn offer_at_counter(&mut self) {
        let until = instant(date(2027, 7, 13).at(10, 35, 0, 0));
        self.counter_line.offer = Some(OfferView { seat: self.counter_seat(103), until });
    }

    /// Their slot was closed, and another seat is set aside, or none.
    pub fn displace_at_counter(&mut self, aside: bool) {
        self.counter_line.displaced = Some(Displaced {
            closed: self.counter_seat(101),
            held: aside.then(|| self.counter_seat(104)),
            until: instant(date(2027, 7, 14).at(17, 0, 0, 0)),
        });
    }

    /// They are in the line already: for two districts, in the morning.
    pub fn waits_at_counter(&mut self, known: bool) {
        use vaxkiosk::domain::round::Brand;
        use vaxkiosk::domain::waiting::{DayPart, Places, WaitingWish};
        let since = instant(date(2027, 7, 12).at(14, 5, 0, 0));
        self.counter_line.waiting = Some(WaitingView {
            wish: WaitingWish {
                places: Places::Districts(vec![DAAN, DistrictCode(6_300_200)]),
                days: Vec::new(),
                part: DayPart::Morning,
                brands: Brand::ALL.to_vec(),
            },
            mobile_masked: Personal::new("0912 *** 678"),
            asked: since,
            place: 12,
            chances: known.then_some(Chances { seats: 3, since }),
            site: None,
            offer: None,
        });
    }

    /// Those of the desk's answers that are about the line; `None` for another call.
    pub fn counter_line_reply(&mut self, call: &Call) -> Option<Reply> {
        Some(match call {
            Call::Waiting { .. } => match &self.counter_line.waiting {
                Some(view) => Ok(Answer::Waiting(Box::new(view.clone()))),
                None => problem(Code::NotFound, None),
            },
            Call::AskToWait { .. } | Call::LeaveLine { .. } if self.refusal.is_some() => {
                problem(Code::Refused, self.refusal)
            }
            Call::AskToWait { ask, .. } => {
                self.counter_line.asked.push(ask.clone());
                let before = self.counter_line.waiting.take();
                let mobile_masked = match &ask.mobile {
                    MobileChoice::Given(mobile) => Personal::new(mobile.masked()),
                    MobileChoice::Registered | MobileChoice::SameAs(_) => {
                        Personal::new("0912 *** 678")
                    }
                };
                let asked = instant(date(2027, 7, 13).at(10, 6, 0, 0));
                let view = WaitingView {
                    wish: ask.wish.clone(),
                    mobile_masked,
                    asked: before.as_ref().map_or(asked, |before| before.asked),
                    place: before.map_or(40, |before| before.place),
                    chances: None,
                    site: None,
                    offer: None,
                };
                self.counter_line.waiting = Some(view.clone());
                if std::mem::take(&mut self.lose_answer) {
                    return Some(Err(Fault::Gone));
                }
                Ok(Answer::Waiting(Box::new(view)))
            }
            Call::LeaveLine { .. } => {
                self.counter_line.left += 1;
                (self.counter_line.waiting, self.counter_line.offer) = (None, None);
                Ok(Answer::LeftLine)
            }
            Call::TakeOffer { ask, key } => self.take_offer(ask.code.expose(), key),
            _ => return None,
        })
    }

    fn take_offer(&mut self, code: &str, key: &str) -> Reply {
        if code != OFFER_CODE {
            return problem(Code::UnknownPerson, None);
        }
        self.counter_line.keys.push(key.to_owned());
        if let Some(refusal) = self.refusal {
            return problem(Code::Refused, Some(refusal));
        }
        let taken = !self.booked.is_empty() && !self.booked.contains_key(key);
        if taken {
            return problem(Code::Refused, Some(Refusal::AlreadyBooked));
        }
        let booking = self.booking(SlotId(103), 14_640);
        self.booked.insert(key.to_owned(), booking.clone());
        if std::mem::take(&mut self.lose_answer) {
            return Err(Fault::Gone);
        }
        Ok(Answer::Booked(Box::new(booking)))
    }
}
