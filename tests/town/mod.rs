//! A made-up town: a round, two sites, three slots, and as many people as a test wants. The same
//! each time.
#![allow(dead_code, reason = "each test file uses its part")]

use jiff::Timestamp;
use jiff::civil::date;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use vaxkiosk::domain::booking_number::BookingNumber;
use vaxkiosk::domain::card::{Card, CardNumber};
use vaxkiosk::domain::channel::Channel;
use vaxkiosk::domain::identity::IdNumber;
use vaxkiosk::domain::intention::{Intention, RegistrationNumber};
use vaxkiosk::domain::person::{BirthDate, Name};
use vaxkiosk::domain::phone::MobileNumber;
use vaxkiosk::domain::region::DistrictCode;
use vaxkiosk::domain::round::{Brand, Round, RoundNumber, RoundRule};
use vaxkiosk::domain::site::{Site, SiteId, Slot, SlotId};
use vaxkiosk::domain::taipei::instant;
use vaxkiosk::server::env::Env;
use vaxkiosk::server::fhir::publication::Publisher;
use vaxkiosk::server::keys::{Purpose, Secrets, fingerprint};
use vaxkiosk::server::otp::SimulatedIssuer;
use vaxkiosk::server::store::Store;
use vaxkiosk::server::store::devices::NewDevice;
use vaxkiosk::server::store::import::{RosterEntry, RoundImport};

pub const DISTRICT: DistrictCode = DistrictCode(6_300_300);
pub const MOBILE: &str = "0912345678";
pub const NAME: &str = "甄健康";

/// The nth valid made-up identity number.
pub fn id(nth: u32) -> IdNumber {
    (0..10).find_map(|check| IdNumber::parse(&format!("B1{nth:07}{check}")).ok()).unwrap()
}

pub fn card(nth: u32) -> Card {
    Card {
        number: CardNumber::parse(&format!("{nth:012}")).unwrap(),
        name: Name::new(NAME),
        id: id(nth),
        born: BirthDate(date(1980, 1, 1)),
    }
}

pub fn round_number() -> RoundNumber {
    RoundNumber::try_from(2).unwrap()
}

/// The minute in which the round opens.
pub fn open() -> Timestamp {
    instant(date(2027, 7, 13).at(10, 0, 0, 0))
}

/// Taiwan's clock in July 2027.
pub fn civil(day: i8, hour: i8) -> Timestamp {
    instant(date(2027, 7, day).at(hour, 0, 0, 0))
}

pub fn person(nth: u32) -> RosterEntry {
    let intention = Intention {
        number: RegistrationNumber(BookingNumber::new(round_number(), 1).unwrap()),
        registered: instant(date(2027, 7, 6).at(14, 0, 0, 0)),
        mobile: MobileNumber::parse(MOBILE).unwrap(),
        district: DISTRICT,
        brands: vec![Brand::AstraZeneca],
    };
    RosterEntry { intention: Some(intention), ..RosterEntry::new(card(nth)) }
}

/// Two slots of AstraZeneca, one with `seats` and one with a thousand, and one of Moderna.
pub fn round(seats: u32) -> RoundImport {
    let at = |day, hour| instant(date(2027, 7, day).at(hour, 0, 0, 0));
    let site = |id, brand| Site {
        id: SiteId(id),
        district: DISTRICT,
        name_zh: "練習".into(),
        name_en: "Practice".into(),
        address_zh: "練習路".into(),
        address_en: "Lianxi Rd.".into(),
        brand,
    };
    let slot = |id, site, capacity| Slot {
        id: SlotId(id),
        site: SiteId(site),
        starts: date(2027, 7, 16).at(9, 0, 0, 0),
        ends: date(2027, 7, 16).at(10, 0, 0, 0),
        capacity,
        taken: 0,
    };
    RoundImport {
        round: Round {
            number: round_number(),
            brands: Brand::ALL.to_vec(),
            rule: RoundRule { born_until: Some(date(2009, 12, 31)), ..RoundRule::default() },
            registration_opens: at(6, 9),
            registration_until: at(12, 17),
            opens: at(13, 10),
            closes: at(15, 17),
            bands: Vec::new(),
            settled: None,
        },
        sites: vec![site(1, Brand::AstraZeneca), site(2, Brand::Moderna)],
        slots: vec![slot(1, 1, seats), slot(2, 1, 1000), slot(3, 2, 1000)],
    }
}

/// The people 1 to `people`, and the round.
pub async fn settle(store: &Store, people: u32, seats: u32) {
    let mut import = store.import().await.unwrap();
    import.round(&round(seats)).await.unwrap();
    import.people(&(1..=people).map(person).collect::<Vec<_>>()).await.unwrap();
    import.finish().await.unwrap();
}

/// Under which the town's service is known to everybody.
pub const PUBLIC_URL: &str = "https://town.example";
pub const TOKEN: &str = "kiosk-1";

/// The one kiosk of the town, at a convenience store.
pub async fn add_kiosk(store: &Store) {
    let kiosk = NewDevice {
        name: "kiosk 1".into(),
        channel: Channel::ConvenienceStore,
        institution: "a shop".into(),
        site: None,
        counter: false,
        token: Some(fingerprint(TOKEN.as_bytes())),
        certificate: None,
        added: open(),
    };
    store.add_devices(&[kiosk]).await.unwrap();
}

pub fn secrets() -> Secrets {
    Secrets::new([5; 32], [6; 32])
}

/// A clock that stands still, and luck that never repeats itself.
pub fn env(now: Timestamp) -> Env {
    static LUCK: AtomicU64 = AtomicU64::new(0);
    let random = || {
        let mut bytes = [0; 32];
        bytes[..8].copy_from_slice(&LUCK.fetch_add(1, Ordering::SeqCst).to_be_bytes());
        bytes
    };
    Env {
        now: Arc::new(move || now),
        uptime: Arc::new(|| std::time::Duration::ZERO),
        random: Arc::new(random),
        otp: Some(Arc::new(app_codes())),
        publisher: Some(Arc::new(Publisher::new(PUBLIC_URL.into(), None))),
    }
}

/// Who issues the town's app codes: simulated.
pub fn app_codes() -> SimulatedIssuer {
    SimulatedIssuer::new(&secrets().key(Purpose::Otp))
}

/// A person with a registered password.
pub const WITH_PASSWORD: u32 = 7_000_000;
pub const PASSWORD: &str = "abc123";

pub fn with_password() -> RosterEntry {
    use argon2::password_hash::PasswordHasher;
    let params = argon2::Params::new(64, 1, 1, None).unwrap();
    let argon2 = argon2::Argon2::new(argon2::Algorithm::Argon2id, argon2::Version::V0x13, params);
    let hash = argon2.hash_password_with_salt(PASSWORD.as_bytes(), b"salt of a town").unwrap();
    RosterEntry { password_hash: Some(hash.to_string()), ..person(WITH_PASSWORD) }
}
