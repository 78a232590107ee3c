//! A service desk without a network: answers the kiosk's calls from a few made-up sites, by the
//! domain's own rules.

pub mod attendance;
pub mod counter_line;
mod earliest;
pub mod group;
pub mod leftovers;
pub mod line;
mod programme;
pub mod staff;
mod standing;

pub use programme::Programme;
use programme::first_intention;

use jiff::civil::date;
use std::collections::{HashMap, HashSet};
use vaxkiosk::api::bookings::{BookingView, MobileChoice};
use vaxkiosk::api::captchas::{Captcha, CaptchaAnswer};
use vaxkiosk::api::intentions::{IntentionView, Register};
use vaxkiosk::api::problem::{Code, Problem};
use vaxkiosk::api::queries::QueryView;
use vaxkiosk::api::sessions::{OpenSession, SessionOpened, Standing};
use vaxkiosk::client::calls::{Answer, Call, Fault, Reply};
use vaxkiosk::devices::simulated::people::PracticeCard;
use vaxkiosk::domain::booking_number::BookingNumber;
use vaxkiosk::domain::personal::Personal;
use vaxkiosk::domain::refusal::Refusal;
use vaxkiosk::domain::region::DistrictCode;
use vaxkiosk::domain::round::{Brand, Phase, Round, RoundNumber, RoundRule};
use vaxkiosk::domain::site::{Site, SiteId, Slot, SlotId};
use vaxkiosk::domain::taipei::instant;
use vaxkiosk::receipt::claims::Claims;
use vaxkiosk::receipt::demo_key::DEMO_ONLY_SECRET;
use vaxkiosk::receipt::signing::ReceiptSigner;

pub const DAAN: DistrictCode = DistrictCode(6_300_300);

#[derive(Default)]
pub struct Desk {
    pub cut: bool,
    /// The next submit is done, but its answer is lost.
    pub lose_answer: bool,
    /// Answers every call with this problem.
    pub problem: Option<Code>,
    /// After how many seconds a problem says that one may ask again.
    pub retry_after: Option<u32>,
    /// Refuses every booking with this.
    pub refusal: Option<Refusal>,
    /// Refuses the person from the start with this.
    pub standing: Option<Refusal>,
    full: HashSet<u32>,
    pub programme: Programme,
    /// Bookings by idempotency key.
    pub booked: HashMap<String, BookingView>,
    pub submits: Vec<String>,
    pub closed_sessions: usize,
    /// What was registered instead of what was there from the start; none: withdrawn.
    pub registered: Option<Option<IntentionView>>,
    /// Bookings that were cancelled, and how often a seat was moved.
    pub cancelled: Vec<BookingNumber>,
    pub moves: usize,
    /// Graphic codes drawn, and wrong log-ins.
    pub graphics: usize,
    pub wrong: usize,
    /// Whose session was opened last.
    opened: Option<String>,
    /// No site lies in this district.
    pub siteless: Option<DistrictCode>,
    pub staff: staff::StaffDesk,
    pub attendance: attendance::SiteService,
    pub line: line::LineDesk,
    /// No district has a free seat.
    pub nothing_free: bool,
    /// How often a trainer has freed a seat.
    pub freed: usize,
    pub counter_line: counter_line::Line,
    /// Refuses whoever wants to register with this.
    pub registering: Option<Refusal>,
    pub group: group::GroupDesk,
}

/// The digits on every graphic code of the desk, the app's code, and the registered password.
pub const GRAPHIC: &str = "2468";
pub const APP_CODE: &str = "123456";
pub const PASSWORD: &str = "abc123";
const PICTURE: [&str; 7] = [
    ".###..#...#.####..###.",
    "#...#.#...#.#....#...#",
    "....#.#...#.#....#...#",
    "..##..#####.####..###.",
    ".#........#.#...##...#",
    "#.........#.#...##...#",
    "#####.....#.####..###.",
];

pub fn round() -> Round {
    let at = |day, hour| instant(date(2027, 7, day).at(hour, 0, 0, 0));
    Round {
        number: RoundNumber::try_from(2).unwrap(),
        brands: Brand::ALL.to_vec(),
        rule: RoundRule { born_until: Some(date(2009, 12, 31)), ..RoundRule::default() },
        registration_opens: at(6, 9),
        registration_until: at(12, 17),
        opens: at(13, 10),
        closes: at(15, 17),
        bands: Vec::new(),
        settled: None,
    }
}

fn site(id: u32, district: DistrictCode) -> Site {
    let found = vaxkiosk::domain::region::district(district).unwrap();
    let county = found.county.county();
    Site {
        id: SiteId(id),
        district,
        name_zh: format!("{}練習診所（{id}）", found.zh),
        name_en: format!("{} Practice Health Station {id}", found.en),
        address_zh: format!("{}{}練習路{id}8號", county.zh, found.zh),
        address_en: format!("No. {id}8, Lianxi Rd., {}, {}", found.en, county.en),
        brand: Brand::ALL[id as usize % 2],
    }
}

impl Desk {
    pub fn fill(&mut self, slot: SlotId) {
        self.full.insert(slot.0);
    }

    pub fn fill_all(&mut self) {
        self.full.extend(0..100_000);
    }

    fn free(&self, site: SiteId) -> u32 {
        self.slots(site).iter().map(Slot::free).sum::<u32>() / 10
    }

    pub fn booking(&self, slot: SlotId, sequence: u32) -> BookingView {
        let site_id = SiteId(slot.0 / self.programme.slots_a_site());
        let found = self.slots(site_id).into_iter().find(|found| found.id == slot).unwrap();
        let number = BookingNumber::new(RoundNumber::try_from(2).unwrap(), sequence).unwrap();
        let made = instant(date(2027, 7, 13).at(10, 6, 0, 0));
        let claims = Claims { booking: number, site: site_id, slot: found.starts, issued: made };
        BookingView {
            number,
            made,
            site: site(site_id.0, DAAN),
            starts: found.starts,
            ends: found.ends,
            mobile_masked: Personal::new("0912 *** 678"),
            receipt: ReceiptSigner::from_secret(DEMO_ONLY_SECRET).sign(claims).unwrap(),
        }
    }

    fn prove(&self, ask: &OpenSession) -> Result<(), Code> {
        let graphic = |answer: &CaptchaAnswer| answer.digits.expose() == GRAPHIC;
        match ask {
            OpenSession::Card { password, .. } => {
                let right = password.as_ref().is_none_or(|password| password.expose() == PASSWORD);
                right.then_some(()).ok_or(Code::UnknownPerson)
            }
            OpenSession::App { graphic: answer, .. }
            | OpenSession::Numbers { graphic: answer, .. }
                if !graphic(answer) =>
            {
                Err(Code::WrongGraphic)
            }
            OpenSession::App { code, .. } => {
                (code.expose() == APP_CODE).then_some(()).ok_or(Code::UnknownPerson)
            }
            OpenSession::Numbers { id, card, .. } | OpenSession::Counter { id, card, .. } => {
                let theirs = |practice: PracticeCard| {
                    practice.face().is_ok_and(|face| face.id == *id && face.number == *card)
                };
                let known = self.staff.citizens.contains_key(id.expose());
                let known = known || PracticeCard::ALL.into_iter().any(theirs);
                known.then_some(()).ok_or(Code::UnknownPerson)
            }
        }
    }

    fn open(&mut self, ask: &OpenSession, now: jiff::Timestamp) -> Reply {
        if self.wrong >= 5 {
            return Err(Fault::Problem(Box::new(Problem {
                retry_after: self.retry_after.or(Some(30)),
                ..plain(Code::TooManyWrong)
            })));
        }
        if let OpenSession::Counter { consent, .. } = ask {
            self.staff.consent = *consent;
        }
        let proved = self
            .prove(ask)
            .and_then(|()| self.standing(ask.id().expose(), now).ok_or(Code::UnknownPerson));
        match proved {
            Ok(standing) => {
                self.group.opened_sessions += 1;
                self.opened = Some(ask.id().expose().to_owned());
                let token = self.group.token();
                Ok(Answer::Session(Box::new(SessionOpened { token, standing })))
            }
            Err(code) => {
                self.wrong += usize::from(code == Code::UnknownPerson);
                problem(code, None)
            }
        }
    }

    fn register(&mut self, ask: &Register) -> IntentionView {
        let before = self.registered.clone().unwrap_or_else(|| Some(first_intention()));
        let mobile_masked = match (&ask.mobile, &before) {
            (MobileChoice::Given(mobile), _) => Personal::new(mobile.masked()),
            (MobileChoice::Registered, Some(before)) => before.mobile_masked.clone(),
            (MobileChoice::Registered, None) => panic!("nothing was registered"),
            (MobileChoice::SameAs(_), _) => panic!("nobody registers together"),
        };
        let view = IntentionView {
            mobile_masked,
            district: ask.district,
            brands: ask.brands.clone(),
            ..before.unwrap_or_else(first_intention)
        };
        self.registered = Some(Some(view.clone()));
        view
    }

    pub fn reply(&mut self, call: &Call, now: jiff::Timestamp) -> Reply {
        if self.cut {
            return Err(Fault::Gone);
        }
        if let Some(code) = self.problem {
            let retry_after = self.retry_after;
            return Err(Fault::Problem(Box::new(Problem { retry_after, ..plain(code) })));
        }
        if self.staff.opened == 0
            && let Some(reply) = self.line_reply(call, now)
        {
            return reply;
        }
        Ok(match call {
            Call::Round => Answer::Round(Box::new(round())),
            Call::OpenSession(ask) => return self.open(ask, now),
            Call::Standing { .. } => {
                let id = self.opened.clone().expect("a session is open");
                Answer::Standing(Box::new(
                    self.standing(&id, now).expect("who has a session is known"),
                ))
            }
            Call::CloseSession { token } => {
                self.group.closed.insert(token.0.expose().to_owned());
                self.closed_sessions += 1;
                Answer::Closed
            }
            Call::Seats => Answer::Seats(self.seats()),
            Call::Sites(district) if self.siteless == Some(*district) => {
                return problem(Code::NotFound, None);
            }
            Call::Sites(district) => Answer::Sites(self.sites(*district, now)),
            Call::Slots(site) => Answer::Slots(self.slots(*site)),
            Call::EarliestSlots { district, query } => {
                Answer::EarliestSlots(self.earliest_slots(*district, query, now))
            }
            Call::Book { ask, key, .. } => {
                self.submits.push(key.clone());
                if let Some(refusal) = self.refusal {
                    return problem(Code::Refused, Some(refusal));
                }
                if self.full.contains(&ask.slot.0) && !self.booked.contains_key(key) {
                    return problem(Code::Refused, Some(Refusal::SlotFull));
                }
                let sequence = self.booked.len() as u32 + 14_637;
                let booking = self.booking(ask.slot, sequence);
                let booking = self.booked.entry(key.clone()).or_insert(booking).clone();
                if std::mem::take(&mut self.lose_answer) {
                    return Err(Fault::Gone);
                }
                Answer::Booked(Box::new(booking))
            }
            Call::Reschedule { ask, .. } => {
                if let Some(refusal) = self.refusal {
                    return problem(Code::Refused, Some(refusal));
                }
                if self.full.contains(&ask.slot.0) {
                    return problem(Code::Refused, Some(Refusal::SlotFull));
                }
                self.moves += 1;
                let moved = self.booking(ask.slot, ask.number.sequence());
                self.booked.clear();
                self.booked.insert("moved".into(), moved.clone());
                if std::mem::take(&mut self.lose_answer) {
                    return Err(Fault::Gone);
                }
                Answer::Booked(Box::new(moved))
            }
            Call::Cancel { ask, .. } => {
                if let Some(refusal) = self.refusal {
                    return problem(Code::Refused, Some(refusal));
                }
                self.cancelled.push(ask.number);
                self.booked.clear();
                Answer::Cancelled
            }
            Call::Register { ask, .. } => {
                if let Some(refusal) = self.refusal {
                    return problem(Code::Refused, Some(refusal));
                }
                Answer::Intention(Box::new(self.register(ask)))
            }
            Call::Withdraw { .. } => {
                self.registered = Some(None);
                Answer::Withdrawn
            }
            Call::Captcha { larger } => {
                self.graphics += 1;
                // As large as the service's: 68 by 20, and 72 by 21.
                let (wide, high) = if *larger { (72, 21) } else { (68, 20) };
                let dot =
                    |x: usize, y: usize| PICTURE[y * 7 / high].as_bytes()[x * 22 / wide] as char;
                let rows = (0..high).map(|y| (0..wide).map(|x| dot(x, y)).collect()).collect();
                Answer::Captcha(Captcha { token: format!("graphic {}", self.graphics), rows })
            }
            Call::Query(query) => {
                if query.graphic.digits.expose() != GRAPHIC {
                    return problem(Code::WrongGraphic, None);
                }
                if query.mobile_end.expose() != "678" {
                    return problem(Code::UnknownPerson, None);
                }
                let booking = self.booking(SlotId(101), 1);
                Answer::Found(Box::new(QueryView {
                    number: booking.number,
                    made: booking.made,
                    id_masked: query.id.masked(),
                    name_masked: "甄〇約".into(),
                    mobile_masked: "0912 *** 678".into(),
                    site: booking.site,
                    starts: booking.starts,
                    ends: booking.ends,
                }))
            }
            Call::BookTogether { ask, key } => return self.book_together(ask, key),
            call => return self.staff_reply(call, now),
        })
    }
}

fn problem(code: Code, refusal: Option<Refusal>) -> Reply {
    Err(Fault::Problem(Box::new(Problem { refusal, ..plain(code) })))
}

fn plain(code: Code) -> Problem {
    Problem {
        kind: code.uri(),
        title: String::new(),
        status: 400,
        code,
        refusal: None,
        person: None,
        retry_after: None,
    }
}
