//! The desk as a vaccination site sees it: a day's list, and what other desks and this one entered.

use super::leftovers::Leftovers;
use super::{DAAN, Desk, problem, site};
use jiff::civil::{Date, DateTime, date};
use std::collections::HashSet;
use vaxkiosk::api::attendance::{
    AttendanceEntered, AttendanceEntry, AttendanceStep, DayEntry, DayList, DeskConflict,
    EntryOutcome, SiteFigures, SlotFigures, person_tag,
};
use vaxkiosk::api::problem::Code;
use vaxkiosk::client::calls::{Answer, Call, Reply};
use vaxkiosk::devices::simulated::people::PracticeCard;
use vaxkiosk::domain::attendance::Attendance;
use vaxkiosk::domain::booking_number::BookingNumber;
use vaxkiosk::domain::personal::Personal;
use vaxkiosk::domain::round::RoundNumber;
use vaxkiosk::domain::site::SiteId;
use vaxkiosk::domain::taipei::instant;
use vaxkiosk::receipt::claims::Claims;
use vaxkiosk::receipt::demo_key::DEMO_ONLY_SECRET;
use vaxkiosk::receipt::signing::ReceiptSigner;

pub const TODAY: Date = date(2027, 7, 16);
/// The site of this desk.
pub const HERE: u32 = 3;
const KEY: [u8; 32] = [5; 32];
const PEOPLE: [(&str, i8); 12] = [
    ("陳〇華", 9),
    ("NGUYEN T〇〇 MAU", 9),
    ("林〇宏", 9),
    ("李〇芬", 9),
    ("王〇明", 9),
    ("張〇偉", 9),
    ("吳〇德", 9),
    ("甄〇約", 9),
    ("黃〇美", 10),
    ("許〇安", 10),
    ("SITI N〇〇〇〇〇", 14),
    ("蔡〇玲", 14),
];

/// What the service has of the day.
#[derive(Default)]
pub struct SiteService {
    pub entries: Vec<DayEntry>,
    /// What came, each time it came.
    pub received: Vec<AttendanceEntry>,
    counted: HashSet<String>,
    /// The next entries are taken, and the answer is lost.
    pub lose_answer: bool,
    /// What other desks entered of people whom this desk had entered.
    pub conflicts: Vec<DeskConflict>,
    /// What this desk said to have been read.
    pub seen: Vec<String>,
    /// Of how many sites the institution has desks.
    pub sites: usize,
    /// The list is not given.
    pub refuses_list: Option<Code>,
    /// How often the list was asked for.
    pub lists: usize,
    pub leftovers: Leftovers,
}

pub fn number(nth: u32) -> BookingNumber {
    BookingNumber::new(RoundNumber::try_from(2).unwrap(), 14_630 + nth).unwrap()
}

pub fn at(day: i8, hour: i8, minute: i8) -> DateTime {
    date(2027, 7, day).at(hour, minute, 0, 0)
}

/// A receipt with the training's signature.
pub fn receipt(number: BookingNumber, site: u32, slot: DateTime, issued: DateTime) -> String {
    let claims = Claims { booking: number, site: SiteId(site), slot, issued: instant(issued) };
    ReceiptSigner::from_secret(DEMO_ONLY_SECRET).sign(claims).unwrap()
}

/// The receipt of somebody of the list, from 0.
pub fn receipt_of(nth: u32) -> String {
    let slot = at(16, PEOPLE[nth as usize].1, 0);
    receipt(number(nth), HERE, slot, at(13, 11, 0))
}

impl SiteService {
    /// The day with all of its people.
    pub fn open(&mut self) {
        let booked = PracticeCard::AlreadyBooked.face().unwrap();
        self.entries = (0..)
            .zip(PEOPLE)
            .map(|(nth, (name, hour))| DayEntry {
                number: number(nth),
                name_masked: Personal::new(name),
                person: match name {
                    "甄〇約" => person_tag(&KEY, &booked.id),
                    _ => format!("{nth:032x}"),
                },
                starts: at(16, hour, 0),
                ends: at(16, hour + 1, 0),
                attendance: Attendance::Expected,
            })
            .collect();
    }

    /// Another desk has entered something.
    pub fn stands(&mut self, nth: u32, attendance: Attendance) {
        self.entries[nth as usize].attendance = attendance;
    }

    pub fn checked_in_elsewhere(&mut self, nth: u32) {
        let at = instant(at(16, 9, 2 + nth as i8));
        self.stands(nth, Attendance::CheckedIn { at, desk: "desk 2".into() });
    }

    /// Another desk sends that it has checked in somebody whom this desk had checked in.
    pub fn was_checked_in_twice(&mut self, nth: u32) {
        let (at, desk) = (instant(at(16, 9, 5)), "desk 2".into());
        self.conflicts.push(DeskConflict {
            id: format!("{nth:032x}"),
            number: number(nth),
            name_masked: Personal::new(PEOPLE[nth as usize].0),
            entered: Attendance::CheckedIn { at, desk },
        });
    }

    fn enter(&mut self, entry: &AttendanceEntry) -> EntryOutcome {
        self.received.push(entry.clone());
        if self.counted.contains(&entry.id) {
            return EntryOutcome::Done;
        }
        let Some(line) = self.entries.iter_mut().find(|line| line.number == entry.number) else {
            return EntryOutcome::Unknown;
        };
        let (at, desk) = (entry.at, "desk 1".to_owned());
        let next = match (&entry.step, &line.attendance) {
            (AttendanceStep::CheckIn, Attendance::Expected) => Attendance::CheckedIn { at, desk },
            (AttendanceStep::Vaccinated { lot }, Attendance::CheckedIn { .. }) => {
                Attendance::Vaccinated { at, lot: lot.clone(), desk }
            }
            (AttendanceStep::Left, Attendance::CheckedIn { .. }) => Attendance::Left { at, desk },
            (AttendanceStep::TakeBack, Attendance::CheckedIn { .. }) => Attendance::Expected,
            (
                AttendanceStep::TakeBack,
                Attendance::Vaccinated { at, desk, .. } | Attendance::Left { at, desk },
            ) => Attendance::CheckedIn { at: *at, desk: desk.clone() },
            (_, stands) => return EntryOutcome::Conflict { attendance: stands.clone() },
        };
        line.attendance = next;
        self.counted.insert(entry.id.clone());
        EntryOutcome::Done
    }

    pub fn reply(&mut self, call: &Call, now: jiff::Timestamp) -> Reply {
        match call {
            Call::AttendanceDay { date, .. } => {
                if let Some(code) = self.refuses_list {
                    return problem(code, None);
                }
                self.lists += 1;
                let entries = if *date == TODAY { self.entries.clone() } else { Vec::new() };
                Ok(Answer::AttendanceDay(Box::new(DayList {
                    site: site(HERE, DAAN),
                    date: *date,
                    round: RoundNumber::try_from(2).unwrap(),
                    taken: now,
                    key: Personal::new(hex::encode(KEY)),
                    entries,
                    conflicts: self.conflicts.clone(),
                })))
            }
            Call::Leftovers { .. } => self.leftovers.reply(None),
            Call::SayDosesLeft { ask, key, .. } => self.leftovers.reply(Some((*ask, key))),
            Call::CameForLeftover { ask, .. } => self.came_for_leftover(ask, now),
            Call::EnterAttendance { ask, .. } => {
                self.seen.extend(ask.seen.iter().cloned());
                let outcomes = ask.entries.iter().map(|entry| self.enter(entry)).collect();
                if std::mem::take(&mut self.lose_answer) {
                    return Err(vaxkiosk::client::calls::Fault::Gone);
                }
                Ok(Answer::AttendanceEntered(AttendanceEntered { outcomes }))
            }
            Call::AttendanceFigures { .. } => {
                let hour = |starts, booked, came, vaccinated, absent| SlotFigures {
                    starts,
                    booked,
                    came,
                    vaccinated,
                    absent,
                };
                Ok(Answer::AttendanceFigures(vec![
                    hour(at(16, 9, 0), 38, 36, 34, 2),
                    hour(at(16, 10, 0), 40, 12, 3, 0),
                    hour(at(16, 14, 0), 37, 0, 0, 0),
                ]))
            }
            Call::InstitutionFigures { .. } => {
                let hour = |hour, booked, came, vaccinated, absent| SlotFigures {
                    starts: at(16, hour, 0),
                    booked,
                    came,
                    vaccinated,
                    absent,
                };
                let busy = vec![hour(9, 38, 36, 34, 2), hour(10, 40, 12, 3, 0)];
                let hours = [busy, Vec::new()];
                let sites = [site(HERE, DAAN), site(HERE + 1, DAAN)].into_iter().zip(hours);
                let figures = sites.map(|(site, hours)| SiteFigures { site, hours });
                Ok(Answer::InstitutionFigures(figures.take(self.sites).collect()))
            }
            other => panic!("no call of a vaccination site: {other:?}"),
        }
    }
}

impl Desk {
    pub(super) fn site_reply(&mut self, call: &Call, now: jiff::Timestamp) -> Reply {
        self.attendance.reply(call, now)
    }
}
