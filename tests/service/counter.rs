//! A service with a health station and its counter, for the tests of staff.

use crate::databases::Kind;
use crate::log_in::enrolled_at_a_health_station;
use crate::running::{Running, client, generous, key, start_with};
use crate::staff_cards::{Ca, Facts, StaffCard};
use crate::town::{card, open};
use std::time::Duration;
use vaxkiosk::api::bookings::{BookSlot, MobileChoice};
use vaxkiosk::api::sessions::{OpenSession, SessionToken};
use vaxkiosk::api::staff::{OpenStaffSession, StaffChallenge, StaffSessionOpened};
use vaxkiosk::client::calls::{Answer, Call, Reply};
use vaxkiosk::client::http::Client;
use vaxkiosk::domain::channel::Channel;
use vaxkiosk::domain::language::Language;
use vaxkiosk::domain::personal::Personal;
use vaxkiosk::domain::site::SlotId;
use vaxkiosk::domain::staff::{Right, Rights, StaffRole};
use vaxkiosk::server::keys::fingerprint;
use vaxkiosk::server::limits::Allowance;
use vaxkiosk::server::staff::certificate::owner;
use vaxkiosk::server::store::audit_read::TrailFilter;
use vaxkiosk::server::store::audit_trail::Actor;
use vaxkiosk::server::store::devices::NewDevice;
use vaxkiosk::server::store::ids::{InstitutionId, StaffId};
use vaxkiosk::server::store::institutions::NewInstitution;
use vaxkiosk::server::store::staff::NewStaffRecord;
use vaxkiosk::server::store::staff_card as stored;

/// The institution of the kiosk that `at_a_health_station` adds, and of the town's own kiosk.
pub const STATION: &str = "a health station";
pub const SHOP: &str = "a shop";

pub const ALL: TrailFilter = TrailFilter {
    number: None,
    person: None,
    actor: None,
    action: None,
    since: None,
    until: None,
    limit: 1000,
};

/// A service with a health station and its counter.
pub struct Counter {
    pub running: Running,
    pub client: Client,
    pub ca: Ca,
}

pub fn all_rights() -> Rights {
    Right::ALL.into_iter().collect()
}

pub fn only(rights: &[Right]) -> Rights {
    rights.iter().copied().collect()
}

/// Waits until the service's own watch has found something.
pub async fn until(found: impl Fn() -> bool) {
    let waiting = async {
        while !found() {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(30), waiting).await.expect("it is found");
}

impl Counter {
    pub async fn start(kind: Kind) -> Self {
        Self::start_with(kind, generous()).await
    }

    pub async fn start_with(kind: Kind, allowance: Allowance) -> Self {
        let running = start_with(kind, 3, 5, open(), allowance).await;
        let ca = Ca::new("staff cards");
        for code in [STATION, SHOP] {
            let (name_zh, name_en) = ("健全衛生所".into(), "Jianquan Health Station".into());
            let new = NewInstitution { code: code.into(), name_zh, name_en, added: open() };
            running.service.store.add_institution(&new).await.unwrap();
        }
        let client = enrolled_at_a_health_station(&running, true).await;
        until(|| running.service.staff.roster.institution(SHOP).is_some()).await;
        running.service.staff.set_trust(ca.trusted_but(&[]));
        Self { running, client, ca }
    }

    /// One more counter of the station.
    pub async fn enrolled(&self, name: &str) -> Client {
        let device = NewDevice {
            name: name.into(),
            channel: Channel::HealthStation,
            institution: STATION.into(),
            site: None,
            counter: true,
            token: Some(fingerprint(name.as_bytes())),
            certificate: None,
            added: open(),
        };
        self.running.service.store.add_devices(&[device]).await.unwrap();
        until(|| self.running.service.devices.by_token(name).is_some()).await;
        client(&self.running.base, name)
    }

    pub fn institution(&self, code: &str) -> InstitutionId {
        self.running.service.staff.roster.institution(code).unwrap().id
    }

    pub async fn add(
        &self,
        code: &str,
        card: stored::StaffCard,
        role: StaffRole,
        rights: Rights,
    ) -> StaffId {
        let (institution, name) = (self.institution(code), Personal::new("甄藥師"));
        let new = NewStaffRecord { institution, name, card, role, rights };
        let store = &self.running.service.store;
        let id = store.add_staff(&new, Actor::Administrator, open()).await.unwrap();
        let roster = &self.running.service.staff.roster;
        until(|| roster.of_institution(id, institution).is_some()).await;
        id
    }

    /// A card that belongs to staff of the station.
    pub async fn staff(
        &self,
        owner_number: &'static str,
        role: StaffRole,
        rights: Rights,
    ) -> StaffCard {
        let card = self.ca.card(&Facts { owner: owner_number, ..Facts::default() });
        self.add(STATION, owner(&card.certificate).unwrap(), role, rights).await;
        card
    }

    pub async fn logged_in(&self, card: &StaffCard) -> StaffSessionOpened {
        session(log_in(&self.client, card).await)
    }

    pub async fn change(&self, staff: u32, rights: Rights, withdrawn: bool) {
        let store = &self.running.service.store;
        let all = store.staff().await.unwrap();
        let before = all.iter().find(|one| one.id == StaffId(staff.into())).unwrap();
        let to = (rights, withdrawn);
        let changed = store.change_staff(before, to, Actor::Administrator, open()).await;
        assert!(changed.unwrap(), "nobody else changes them");
    }

    /// Actor, action and what came of it, of every row about staff, without fingerprints.
    pub async fn told(&self) -> Vec<String> {
        let rows = self.running.service.store.trail(&ALL).await.unwrap();
        let of_staff = rows
            .into_iter()
            .filter(|row| row.action.contains("staff") || row.actor.starts_with("staff"));
        let told = |text: Option<String>| {
            let text = text.unwrap_or_default();
            let end = text.find("certificate ").map_or(text.len(), |at| at + "certificate".len());
            text[..end].to_owned()
        };
        of_staff
            .map(|row| format!("{} {} {}", row.actor, row.action, told(row.after)))
            .map(|line| line.trim_end().to_owned())
            .collect()
    }
}

pub async fn challenge(client: &Client) -> StaffChallenge {
    match client.call(Call::StaffChallenge).await {
        Ok(Answer::StaffChallenge(challenge)) => challenge,
        other => panic!("{other:?}"),
    }
}

pub async fn send(client: &Client, ask: OpenStaffSession) -> Reply {
    client.call(Call::OpenStaffSession(Box::new(ask))).await
}

pub async fn log_in(client: &Client, card: &StaffCard) -> Reply {
    send(client, card.sign(&challenge(client).await)).await
}

pub fn session(reply: Reply) -> StaffSessionOpened {
    match reply {
        Ok(Answer::StaffSession(opened)) => *opened,
        other => panic!("{other:?}"),
    }
}

pub fn as_staff(staff: &SessionToken, call: Call) -> Call {
    Call::AsStaff { staff: staff.clone(), call: Box::new(call) }
}

/// The card of the nth person of the town, in the counter's reader or typed there.
pub fn at_the_counter(nth: u32, typed: bool, consent: bool) -> Call {
    let card = card(nth);
    let ask = OpenSession::Counter { id: card.id, card: card.number, typed, consent };
    Call::OpenSession(Box::new(ask))
}

pub fn person(reply: Reply) -> SessionToken {
    match reply {
        Ok(Answer::Session(opened)) => opened.token,
        other => panic!("{other:?}"),
    }
}

pub fn book(token: &SessionToken, nth: u32) -> Call {
    let (mobile, language) = (MobileChoice::Registered, Language::Vi);
    Call::Book {
        token: token.clone(),
        ask: BookSlot { slot: SlotId(1), mobile, language },
        key: key(nth),
    }
}
