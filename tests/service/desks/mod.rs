//! A town with desks of vaccination sites, and what they ask of the real service.
#![allow(dead_code, reason = "each test file uses its part")]

use crate::databases::Kind;
use crate::running::{Running, generous, start_over};
use crate::{plainly, town};
use jiff::SignedDuration;
use jiff::civil::{Date, date};
use std::sync::Arc;
use vaxkiosk::api::attendance::{
    AttendanceEntry, AttendanceStep, DayList, EnterAttendance, EntryOutcome, SlotFigures,
};
use vaxkiosk::api::sessions::SessionToken;
use vaxkiosk::client::calls::{Answer, Call, Reply};
use vaxkiosk::client::http::Client;
use vaxkiosk::domain::booking_number::BookingNumber;
use vaxkiosk::domain::channel::Channel;
use vaxkiosk::domain::language::Language;
use vaxkiosk::domain::personal::Personal;
use vaxkiosk::domain::round::Brand;
use vaxkiosk::domain::site::{Site, SiteId, Slot, SlotId};
use vaxkiosk::server::engine::{Command, EngineError, RescheduleCommand};
use vaxkiosk::server::keys::fingerprint;
use vaxkiosk::server::store::Store;
use vaxkiosk::server::store::devices::NewDevice;
use vaxkiosk::server::store::ids::PersonId;

pub const DAY: Date = date(2027, 7, 16);

pub fn device(name: &str, channel: Channel, site: Option<u32>) -> NewDevice {
    NewDevice {
        name: name.into(),
        channel,
        institution: "a site".into(),
        site: site.map(SiteId),
        token: Some(fingerprint(name.as_bytes())),
        certificate: None,
        added: town::open(),
    }
}

/// The town with a third site; slots of site 1 on the 16th at nine (1, 2), the 16th at ten (4) and
/// the 17th at nine (5), of site 3 on the 16th at nine (6).
pub async fn settle(store: &Store, people: u32) {
    let mut round = town::round(1000);
    let third = Site { id: SiteId(3), ..round.sites[0].clone() };
    assert_eq!(third.brand, Brand::AstraZeneca);
    round.sites.push(third);
    let slot = |id, site, day: i8, hour| Slot {
        id: SlotId(id),
        site: SiteId(site),
        starts: date(2027, 7, day).at(hour, 0, 0, 0),
        ends: date(2027, 7, day).at(hour + 1, 0, 0, 0),
        capacity: 1000,
        taken: 0,
    };
    round.slots.extend([slot(4, 1, 16, 10), slot(5, 1, 17, 9), slot(6, 3, 16, 9)]);
    let mut import = store.import().await.unwrap();
    import.round(&round).await.unwrap();
    import.people(&(1..=people).map(town::person).collect::<Vec<_>>()).await.unwrap();
    import.finish().await.unwrap();
    town::add_kiosk(store).await;
    let desks = [("desk a", 1), ("desk b", 1), ("desk c", 3)];
    let desks = desks.map(|(name, site)| device(name, Channel::VaccinationSite, Some(site)));
    store.add_devices(&desks).await.unwrap();
}

pub async fn start(kind: Kind, people: u32) -> Running {
    let random = Arc::new(kind.fresh());
    settle(&plainly::store(&random).await, people).await;
    start_over(random, town::open(), generous()).await
}

pub fn set(running: &Running, day: i8, hour: i8, minute: i8) {
    *running.time.lock().unwrap() =
        town::civil(day, hour) + SignedDuration::from_mins(minute.into());
}

pub fn staff() -> SessionToken {
    SessionToken(Personal::new("not there yet"))
}

pub async fn list(desk: &Client, date: Date) -> DayList {
    match desk.call(Call::AttendanceDay { staff: staff(), date }).await {
        Ok(Answer::AttendanceDay(list)) => *list,
        other => panic!("{other:?}"),
    }
}

pub async fn figures(desk: &Client, date: Date) -> Vec<SlotFigures> {
    match desk.call(Call::AttendanceFigures { staff: staff(), date }).await {
        Ok(Answer::AttendanceFigures(figures)) => figures,
        other => panic!("{other:?}"),
    }
}

pub fn entry(id: u128, number: BookingNumber, step: AttendanceStep, hour: i8) -> AttendanceEntry {
    let at = town::civil(16, hour);
    AttendanceEntry { id: format!("{id:032x}"), number, step, at, offline: false }
}

pub fn check_in(id: u128, number: BookingNumber) -> AttendanceEntry {
    entry(id, number, AttendanceStep::CheckIn, 9)
}

pub fn given(id: u128, number: BookingNumber) -> AttendanceEntry {
    entry(id, number, AttendanceStep::Vaccinated { lot: "3004217".into() }, 9)
}

pub async fn send(desk: &Client, entries: Vec<AttendanceEntry>) -> Reply {
    let ask = EnterAttendance { entries };
    desk.call(Call::EnterAttendance { staff: staff(), ask }).await
}

pub async fn enter(desk: &Client, entries: Vec<AttendanceEntry>) -> Vec<EntryOutcome> {
    match send(desk, entries).await {
        Ok(Answer::AttendanceEntered(entered)) => entered.outcomes,
        other => panic!("{other:?}"),
    }
}

pub async fn reschedule(
    running: &Running,
    person: u32,
    number: BookingNumber,
    slots: (u32, u32),
) -> Result<(), EngineError> {
    let (from, to) = (SlotId(slots.0), SlotId(slots.1));
    let person = PersonId(person.into());
    let ask = RescheduleCommand { person, number, from, to, language: Language::En };
    running.service.engine.reschedule(ask).await.map(|_| ())
}

pub async fn cancel(
    running: &Running,
    person: u32,
    number: BookingNumber,
) -> Result<(), EngineError> {
    let (person, slot) = (PersonId(person.into()), SlotId(1));
    let cancel = Command::Cancel { person, number, slot, language: Language::En };
    running.service.engine.submit(cancel).await.map(|_| ())
}
