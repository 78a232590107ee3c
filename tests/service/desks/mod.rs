//! A town with desks of vaccination sites, and what they ask of the real service.
#![allow(dead_code, reason = "each test file uses its part")]

use crate::databases::Kind;
use crate::running::{Running, generous, start_over};
use crate::staff_cards::{Ca, Facts, StaffCard};
use crate::{plainly, town};
use jiff::SignedDuration;
use jiff::civil::{Date, date};
use std::sync::{Arc, OnceLock};
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
use vaxkiosk::domain::staff::{Right, StaffRole};
use vaxkiosk::server::engine::{Command, EngineError, RescheduleCommand};
use vaxkiosk::server::keys::fingerprint;
use vaxkiosk::server::staff::certificate::owner;
use vaxkiosk::server::store::Store;
use vaxkiosk::server::store::audit_trail::Actor;
use vaxkiosk::server::store::devices::NewDevice;
use vaxkiosk::server::store::ids::PersonId;
use vaxkiosk::server::store::institutions::NewInstitution;
use vaxkiosk::server::store::staff::NewStaffRecord;

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
    add_staff(store).await;
}

pub async fn start(kind: Kind, people: u32) -> Running {
    let random = Arc::new(kind.fresh());
    settle(&plainly::store(&random).await, people).await;
    trusting(start_over(random, town::open(), generous()).await)
}

pub fn set(running: &Running, day: i8, hour: i8, minute: i8) {
    *running.time.lock().unwrap() =
        town::civil(day, hour) + SignedDuration::from_mins(minute.into());
}

/// The CA of staff cards that the desks' service trusts, and the card of who works at each desk.
pub fn staff_card() -> &'static (Ca, StaffCard) {
    static MADE: OnceLock<(Ca, StaffCard)> = OnceLock::new();
    MADE.get_or_init(|| {
        let ca = Ca::new("staff cards");
        let card = ca.card(&Facts { owner: "desk-1", ..Facts::default() });
        (ca, card)
    })
}

/// The institution of the desks, with somebody who may do all.
async fn add_staff(store: &Store) {
    let (name_zh, name_en) = ("練習衛生所".into(), "Practice Health Station".into());
    let new = NewInstitution { code: "a site".into(), name_zh, name_en, added: town::open() };
    store.add_institution(&new).await.unwrap();
    let institution = store.institutions().await.unwrap()[0].id;
    let card = owner(&staff_card().1.certificate).unwrap();
    let (name, role) = (Personal::new("甄護理師"), StaffRole::Manager);
    let rights = Right::ALL.into_iter().collect();
    let new = NewStaffRecord { institution, name, card, role, rights };
    store.add_staff(&new, Actor::Administrator, town::open()).await.unwrap();
}

/// A server that takes the cards of the desks' staff.
pub fn trusting(running: Running) -> Running {
    running.service.staff.set_trust(staff_card().0.trusted_but(&[]));
    running
}

/// The session of whoever works at a desk.
pub async fn staff(desk: &Client) -> SessionToken {
    let challenge = match desk.call(Call::StaffChallenge).await {
        Ok(Answer::StaffChallenge(challenge)) => challenge,
        // Nobody logs in at what is no desk.
        _ => return nobody(),
    };
    let ask = Box::new(staff_card().1.sign(&challenge));
    match desk.call(Call::OpenStaffSession(ask)).await {
        Ok(Answer::StaffSession(opened)) => opened.token,
        _ => nobody(),
    }
}

fn nobody() -> SessionToken {
    SessionToken(Personal::new("nobody"))
}

pub async fn list(desk: &Client, date: Date) -> DayList {
    match desk.call(Call::AttendanceDay { staff: staff(desk).await, date }).await {
        Ok(Answer::AttendanceDay(list)) => *list,
        other => panic!("{other:?}"),
    }
}

pub async fn figures(desk: &Client, date: Date) -> Vec<SlotFigures> {
    match desk.call(Call::AttendanceFigures { staff: staff(desk).await, date }).await {
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
    desk.call(Call::EnterAttendance { staff: staff(desk).await, ask }).await
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
