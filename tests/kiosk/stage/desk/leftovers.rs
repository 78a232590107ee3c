//! The leftover doses of the stage's vaccination site: codes that were told, and who was given one.

use super::attendance::{SiteService, at};
use super::problem;
use vaxkiosk::api::attendance::DayEntry;
use vaxkiosk::api::leftovers::{CameForLeftover, DosesLeft, LeftoverGiven, LeftoverView};
use vaxkiosk::api::problem::Code;
use vaxkiosk::client::calls::{Answer, Fault, Reply};
use vaxkiosk::domain::attendance::Attendance;
use vaxkiosk::domain::booking_number::BookingNumber;
use vaxkiosk::domain::personal::Personal;
use vaxkiosk::domain::refusal::Refusal;
use vaxkiosk::domain::round::RoundNumber;
use vaxkiosk::domain::taipei::instant;

/// The codes of three people who were told, and of one who has another booking by now.
pub const CODES: [&str; 3] = ["1000000001", "1000000002", "1000000003"];
pub const BOOKED: &str = "1000000009";

#[derive(Default)]
pub struct Leftovers {
    pub view: LeftoverView,
    /// Who was given one, by code.
    pub given: Vec<(String, BookingNumber)>,
    /// What was said to be left, each time it was.
    pub said: Vec<u32>,
    /// With which keys it was said.
    pub keys: Vec<String>,
    /// How often the figures were asked for.
    pub asked: usize,
    /// What comes next is done, and its answer is lost.
    pub lose_answer: bool,
    /// Refuses the next call with this.
    pub next_problem: Option<Code>,
}

impl Leftovers {
    /// So many are left, and the three were told.
    pub fn left(doses: u32) -> LeftoverView {
        let until = Some(instant(at(16, 17, 20)));
        LeftoverView { doses, told: 3, came: 0, waiting: 4, until }
    }

    fn lost(&mut self) -> bool {
        std::mem::take(&mut self.lose_answer)
    }

    pub fn reply(&mut self, more: Option<(DosesLeft, &String)>) -> Reply {
        if let Some(code) = self.next_problem.take() {
            return problem(code, None);
        }
        match more {
            None => self.asked += 1,
            Some((DosesLeft { doses }, key)) => {
                self.said.push(doses);
                let sum = if doses == 0 { 0 } else { self.view.doses + doses };
                if !self.keys.contains(key) {
                    self.keys.push(key.clone());
                    self.view = Self::left(sum);
                }
                if self.lost() {
                    return Err(Fault::Gone);
                }
            }
        }
        Ok(Answer::Leftovers(self.view))
    }
}

impl SiteService {
    pub fn came_for_leftover(&mut self, ask: &CameForLeftover, now: jiff::Timestamp) -> Reply {
        if let Some(code) = self.leftovers.next_problem.take() {
            return problem(code, None);
        }
        let code = ask.code.expose().to_owned();
        let before = self.leftovers.given.iter().find(|(given, _)| *given == code);
        let number = match before {
            Some((_, number)) => *number,
            None if code == BOOKED => {
                return problem(Code::Refused, Some(Refusal::AlreadyBooked));
            }
            None if !CODES.contains(&code.as_str()) => return problem(Code::UnknownPerson, None),
            None if self.leftovers.view.doses == 0 => {
                return problem(Code::Refused, Some(Refusal::SlotFull));
            }
            None => self.give(code, now),
        };
        if self.leftovers.lost() {
            return Err(Fault::Gone);
        }
        let (name_masked, doses) = (Personal::new("甄〇康"), self.leftovers.view);
        Ok(Answer::LeftoverGiven(Box::new(LeftoverGiven { number, name_masked, doses })))
    }

    fn give(&mut self, code: String, now: jiff::Timestamp) -> BookingNumber {
        let sequence = 15_000 + self.leftovers.given.len() as u32;
        let number = BookingNumber::new(RoundNumber::try_from(2).unwrap(), sequence).unwrap();
        self.leftovers.view.doses -= 1;
        self.leftovers.view.came += 1;
        self.leftovers.given.push((code, number));
        self.entries.push(DayEntry {
            number,
            name_masked: Personal::new("甄〇康"),
            person: format!("{sequence:032x}"),
            starts: at(16, 16, 0),
            ends: at(16, 17, 0),
            attendance: Attendance::CheckedIn { at: now, desk: "desk 1".into() },
        });
        number
    }
}
