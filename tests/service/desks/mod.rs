//! A town with desks of vaccination sites and the staff who work at them, and what they ask of the
//! real service.
#![allow(dead_code, reason = "each test file uses its part")]

use crate::counter::{all_rights, log_in, only, session};
use crate::databases::Kind;
use crate::running::{Running, client, generous, start_over};
use crate::staff_cards::{Ca, Facts, StaffCard};
use crate::{plainly, town};
use jiff::SignedDuration;
use jiff::civil::{Date, date};
use std::sync::{Arc, LazyLock};
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
use vaxkiosk::domain::staff::{Right, Rights, StaffRole};
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
/// The institution of all desks.
pub const INSTITUTION: &str = "a site";

/// Issues the cards of all staff here.
static CA: LazyLock<Ca> = LazyLock::new(|| Ca::new("staff cards of the desks"));

/// Staff of the institution, by the number on their card, in the order of their numbers.
pub const EVERYTHING: &str = "1";
pub const CHECK_IN: &str = "2";
pub const COUNTER: &str = "3";

fn rights(owner: &str) -> Rights {
    match owner {
        EVERYTHING => all_rights(),
        CHECK_IN => only(&[Right::CheckIn]),
        COUNTER => only(&[Right::Book, Right::Change, Right::Manage]),
        other => panic!("{other} is no staff here"),
    }
}

/// A device with the staff who are logged in there.
pub struct Desk {
    pub client: Client,
    pub staff: SessionToken,
}

pub fn device(name: &str, channel: Channel, site: Option<u32>) -> NewDevice {
    NewDevice {
        name: name.into(),
        channel,
        institution: INSTITUTION.into(),
        site: site.map(SiteId),
        counter: false,
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
    // The institution has a counter too, where people book.
    store.add_devices(&[device("station", Channel::HealthStation, None)]).await.unwrap();
    let (name_zh, name_en, added) = ("接種站".into(), "Vaccination site".into(), town::open());
    let institution = NewInstitution { code: INSTITUTION.into(), name_zh, name_en, added };
    store.add_institution(&institution).await.unwrap();
    let institution = store.institutions().await.unwrap()[0].id;
    for number in [EVERYTHING, CHECK_IN, COUNTER] {
        let (name, role, rights) = (Personal::new("甄護理師"), StaffRole::User, rights(number));
        let card = CA.card(&Facts { owner: number, ..Facts::default() });
        let card = owner(&card.certificate).unwrap();
        let new = NewStaffRecord { institution, name, card, role, rights };
        store.add_staff(&new, Actor::Administrator, town::open()).await.unwrap();
    }
}

/// The card of one of the staff, which the service trusts from now on.
pub fn card(running: &Running, number: &'static str) -> StaffCard {
    running.service.staff.set_trust(CA.trusted_but(&[]));
    CA.card(&Facts { owner: number, ..Facts::default() })
}

/// A desk at which staff with all rights have just logged in.
pub async fn desk(running: &Running, name: &str) -> Desk {
    desk_of(running, name, EVERYTHING).await
}

/// The same with others of the staff.
pub async fn desk_of(running: &Running, name: &str, number: &'static str) -> Desk {
    let client = client(&running.base, name);
    let staff = session(log_in(&client, &card(running, number)).await).token;
    Desk { client, staff }
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

impl Desk {
    pub fn day(&self, date: Date) -> Call {
        Call::AttendanceDay { staff: self.staff.clone(), date }
    }

    pub fn figures(&self, date: Date) -> Call {
        Call::AttendanceFigures { staff: self.staff.clone(), date }
    }
}

pub async fn list(desk: &Desk, date: Date) -> DayList {
    match desk.client.call(desk.day(date)).await {
        Ok(Answer::AttendanceDay(list)) => *list,
        other => panic!("{other:?}"),
    }
}

pub async fn figures(desk: &Desk, date: Date) -> Vec<SlotFigures> {
    match desk.client.call(desk.figures(date)).await {
        Ok(Answer::AttendanceFigures(figures)) => figures,
        other => panic!("{other:?}"),
    }
}

pub fn entry(id: u128, number: BookingNumber, step: AttendanceStep, hour: i8) -> AttendanceEntry {
    let at = town::civil(16, hour);
    AttendanceEntry { id: format!("{id:032x}"), number, step, at, offline: false, staff: None }
}

pub fn check_in(id: u128, number: BookingNumber) -> AttendanceEntry {
    entry(id, number, AttendanceStep::CheckIn, 9)
}

pub fn given(id: u128, number: BookingNumber) -> AttendanceEntry {
    entry(id, number, AttendanceStep::Vaccinated { lot: "3004217".into() }, 9)
}

pub async fn send(desk: &Desk, entries: Vec<AttendanceEntry>) -> Reply {
    let ask = EnterAttendance { entries, seen: Vec::new() };
    desk.client.call(Call::EnterAttendance { staff: desk.staff.clone(), ask }).await
}

pub async fn enter(desk: &Desk, entries: Vec<AttendanceEntry>) -> Vec<EntryOutcome> {
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
