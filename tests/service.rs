//! The service through real HTTP on the loopback: the real routes, the real store, the kiosk's own client.
#![cfg(all(feature = "kiosk", feature = "server"))]

use jiff::civil::date;
use std::collections::HashSet;
use std::sync::Arc;
use vaxkiosk::api::bookings::{BookSlot, MobileChoice};
use vaxkiosk::api::problem::Code;
use vaxkiosk::api::sessions::SessionToken;
use vaxkiosk::devices::practice::PracticeCard;
use vaxkiosk::domain::card::{Card, CardNumber};
use vaxkiosk::domain::channel::Channel;
use vaxkiosk::domain::eligibility::Refusal;
use vaxkiosk::domain::identity::IdNumber;
use vaxkiosk::domain::intention::Intention;
use vaxkiosk::domain::person::{BirthDate, Name};
use vaxkiosk::domain::personal::Personal;
use vaxkiosk::domain::phone::MobileNumber;
use vaxkiosk::domain::region::DistrictCode;
use vaxkiosk::domain::round::{Brand, Round, RoundNumber, RoundRule};
use vaxkiosk::domain::site::{Site, SiteId, Slot, SlotId};
use vaxkiosk::domain::taipei::instant;
use vaxkiosk::kiosk::client::Client;
use vaxkiosk::kiosk::journey::effect::Call;
use vaxkiosk::kiosk::journey::event::{Answer, Fault, Reply};
use vaxkiosk::receipt::demo_key::DEMO_ONLY_SECRET;
use vaxkiosk::receipt::signing::{ReceiptSigner, verify};
use vaxkiosk::server::engine::Engine;
use vaxkiosk::server::store::Store;
use vaxkiosk::server::store::import::{RosterEntry, RoundImport};
use vaxkiosk::server::{Device, Edge, Service, serve};

const DISTRICT: DistrictCode = DistrictCode(6_300_300);

/// The nth valid made-up identity number.
fn id(nth: u32) -> IdNumber {
    (0..10).find_map(|check| IdNumber::parse(&format!("B1{nth:07}{check}")).ok()).unwrap()
}

fn card(nth: u32) -> Card {
    Card {
        number: CardNumber::parse(&format!("{nth:012}")).unwrap(),
        name: Name::new("甄健康"),
        id: id(nth),
        born: BirthDate(date(1980, 1, 1)),
    }
}

/// A round with `people` who may book, and two slots: one with `seats`, one with a thousand.
fn world(people: u32, seats: u32) -> RoundImport {
    let at = |day, hour| instant(date(2027, 7, day).at(hour, 0, 0, 0));
    let number = RoundNumber::try_from(2).unwrap();
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
    let person = |nth| RosterEntry {
        card: card(nth),
        category: None,
        intention: Some(Intention {
            round: number,
            registered: at(6, 14),
            mobile: MobileNumber::parse("0912345678").unwrap(),
            district: DISTRICT,
            brands: vec![Brand::AstraZeneca],
        }),
        booked: None,
    };
    RoundImport {
        round: Round {
            number,
            brands: Brand::ALL.to_vec(),
            rule: RoundRule { categories: Vec::new(), born_until: Some(date(2009, 12, 31)) },
            registration_until: at(12, 17),
            opens: at(13, 10),
            closes: at(15, 17),
        },
        sites: vec![site(1, Brand::AstraZeneca), site(2, Brand::Moderna)],
        slots: vec![slot(1, 1, seats), slot(2, 1, 1000), slot(3, 2, 1000)],
        people: (1..=people).map(person).collect(),
    }
}

struct Running {
    client: Client,
    base: String,
    store: Store,
}

async fn start(import: RoundImport, now: jiff::Timestamp) -> Running {
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let store = Store::in_memory().await.unwrap();
    store.import(&import).await.unwrap();
    let now = Arc::new(move || now);
    let mut count = 0u8;
    let luck = std::sync::Mutex::new(move || {
        count += 1;
        [count; 32]
    });
    let service = Service {
        store: store.clone(),
        engine: Engine::start(store.clone(), now.clone()),
        signer: ReceiptSigner::from_secret(DEMO_ONLY_SECRET),
        edge: Edge { now, fresh: Arc::new(move || (luck.lock().unwrap())()) },
        devices: [("kiosk-1".to_owned(), Device { channel: Channel::ConvenienceStore })].into(),
    };
    tokio::spawn(async move { serve(listener, Arc::new(service)).await });
    Running { client: Client::new(base.clone(), "kiosk-1".into()).unwrap(), base, store }
}

fn open() -> jiff::Timestamp {
    instant(date(2027, 7, 13).at(10, 0, 0, 0))
}

fn key(nth: u32) -> String {
    format!("{nth:032x}")
}

impl Running {
    async fn session(&self, nth: u32) -> SessionToken {
        let card = card(nth);
        match self.client.call(Call::OpenSession { id: card.id, card: card.number }).await {
            Ok(Answer::Session(opened)) => opened.token,
            other => panic!("{other:?}"),
        }
    }

    async fn book(&self, token: &SessionToken, slot: u32, key: String) -> Reply {
        let ask = BookSlot { slot: SlotId(slot), mobile: MobileChoice::Registered };
        self.client.call(Call::Book { token: token.clone(), ask, key }).await
    }
}

fn code(reply: Reply) -> Option<Code> {
    match reply {
        Err(Fault::Problem(problem)) => Some(problem.code),
        _ => None,
    }
}

fn refusal(reply: Reply) -> Option<Refusal> {
    match reply {
        Err(Fault::Problem(problem)) => problem.refusal,
        _ => None,
    }
}

fn number(reply: Reply) -> String {
    match reply {
        Ok(Answer::Booked(booking)) => booking.number.to_string(),
        other => panic!("{other:?}"),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_same_key_gives_the_same_booking_and_the_receipt_is_signed() {
    let running = start(world(2, 5), open()).await;
    let token = running.session(1).await;
    let first = running.book(&token, 1, key(7)).await;
    let Ok(Answer::Booked(booking)) = first.clone() else { panic!("{first:?}") };
    let claims = verify(&booking.receipt, &ReceiptSigner::from_secret(DEMO_ONLY_SECRET).public_key()).unwrap();
    assert_eq!((claims.booking, claims.slot), (booking.number, booking.starts));
    assert_eq!(running.book(&token, 1, key(7)).await, first, "asked again, the same answer");
    assert_eq!(refusal(running.book(&token, 2, key(8)).await), Some(Refusal::AlreadyBooked));
    assert_eq!(code(running.book(&token, 2, key(7)).await), Some(Code::KeyReused));
    let other = running.session(2).await;
    assert_eq!(code(running.book(&other, 1, key(7)).await), Some(Code::KeyReused));
    assert_eq!(running.store.slots(SiteId(1)).await.unwrap()[0].taken, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_hundred_at_once_for_twenty_seats_get_exactly_twenty() {
    let running = Arc::new(start(world(200, 20), open()).await);
    let mut asking = Vec::new();
    for nth in 1..=200 {
        let running = Arc::clone(&running);
        asking.push(tokio::spawn(async move {
            let token = running.session(nth).await;
            running.book(&token, 1, key(nth)).await
        }));
    }
    let (mut numbers, mut full) = (HashSet::new(), 0);
    for reply in asking {
        match reply.await.unwrap() {
            Ok(Answer::Booked(booking)) => assert!(numbers.insert(booking.number)),
            reply => {
                assert_eq!(refusal(reply), Some(Refusal::SlotFull));
                full += 1;
            }
        }
    }
    assert_eq!((numbers.len(), full), (20, 180));
    assert_eq!(running.store.slots(SiteId(1)).await.unwrap()[0].taken, 20);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_person_at_many_kiosks_at_once_gets_one_booking() {
    let running = Arc::new(start(world(1, 20), open()).await);
    let token = running.session(1).await;
    let mut asking = Vec::new();
    for nth in 1..=50 {
        let (running, token) = (Arc::clone(&running), token.clone());
        asking.push(tokio::spawn(async move { running.book(&token, 1 + nth % 2, key(nth)).await }));
    }
    let mut booked = 0;
    for reply in asking {
        match reply.await.unwrap() {
            Ok(Answer::Booked(_)) => booked += 1,
            reply => assert_eq!(refusal(reply), Some(Refusal::AlreadyBooked)),
        }
    }
    assert_eq!(booked, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_is_not_known_gets_in_nowhere() {
    let running = start(world(1, 5), open()).await;
    let stranger = Client::new(running.base.clone(), "another".into()).unwrap();
    assert_eq!(code(stranger.call(Call::Round).await), Some(Code::UnknownDevice));
    let (known, other) = (card(1), card(2));
    let mixed = Call::OpenSession { id: known.id.clone(), card: other.number.clone() };
    let unknown = Call::OpenSession { id: other.id, card: other.number };
    assert_eq!(running.client.call(mixed).await, running.client.call(unknown).await, "one answer for every wrong pair");
    let forged = SessionToken(Personal::new("0".repeat(64)));
    assert_eq!(code(running.book(&forged, 1, key(1)).await), Some(Code::SessionOver));
    let token = running.session(1).await;
    assert_eq!(running.client.call(Call::CloseSession { token: token.clone() }).await, Ok(Answer::Closed));
    assert_eq!(code(running.book(&token, 1, key(1)).await), Some(Code::SessionOver));
    let token = running.session(1).await;
    assert_eq!(code(running.book(&token, 1, "not a key".into()).await), Some(Code::BadRequest));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_rules_hold_at_the_service_too() {
    let early = start(world(1, 5), open() - jiff::SignedDuration::from_secs(1)).await;
    let token = early.session(1).await;
    assert!(matches!(refusal(early.book(&token, 1, key(1)).await), Some(Refusal::NotOpenYet { .. })));
    let running = start(world(2, 5), open()).await;
    let token = running.session(1).await;
    assert_eq!(refusal(running.book(&token, 99, key(1)).await), Some(Refusal::SlotGone));
    assert_eq!(refusal(running.book(&token, 3, key(1)).await), Some(Refusal::BrandNotChosen));
    assert_eq!(number(running.book(&token, 1, key(1)).await), "0200000001");
    let second = running.session(2).await;
    assert_eq!(number(running.book(&second, 2, key(2)).await), "0200000002");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn reads_tell_free_seats() {
    let running = start(world(1, 5), open()).await;
    let Ok(Answer::Seats(seats)) = running.client.call(Call::Seats).await else { panic!() };
    assert_eq!(seats.of(DISTRICT), 2005);
    let Ok(Answer::Sites(sites)) = running.client.call(Call::Sites(DISTRICT)).await else { panic!() };
    assert_eq!(sites.iter().map(|site| site.free).collect::<Vec<_>>(), [1005, 1000]);
    let Ok(Answer::Slots(slots)) = running.client.call(Call::Slots(SiteId(1))).await else { panic!() };
    assert_eq!(slots.len(), 2);
    assert_eq!(running.client.call(Call::Slots(SiteId(77))).await, Ok(Answer::Slots(Vec::new())));
    let nobody = Client::new("http://127.0.0.1:1".into(), "kiosk-1".into()).unwrap();
    assert_eq!(nobody.call(Call::Round).await, Err(Fault::Gone));
}

#[tokio::test]
async fn a_constraint_holds_even_if_the_engine_were_wrong() {
    use vaxkiosk::server::store::batch::NewBooking;
    let store = Store::in_memory().await.unwrap();
    store.import(&world(3, 1)).await.unwrap();
    let round = store.current_round().await.unwrap();
    let mobile = MobileNumber::parse("0912345678").unwrap();
    let new = |nth: i64, slot, key: &'static str| NewBooking {
        person: vaxkiosk::server::store::PersonId(nth),
        slot: SlotId(slot),
        mobile: &mobile,
        channel: Channel::Pharmacy,
        key,
        made: open(),
    };
    let mut batch = store.batch().await.unwrap();
    batch.book(&round, &new(1, 1, "a")).await.unwrap();
    batch.commit().await.unwrap();
    for (nth, slot, key, what) in
        [(2, 1, "b", "a seat over capacity"), (1, 2, "c", "a second booking"), (3, 2, "a", "a key twice")]
    {
        let mut batch = store.batch().await.unwrap();
        assert!(batch.book(&round, &new(nth, slot, key)).await.is_err(), "{what}");
    }
    assert_eq!(store.slots(SiteId(1)).await.unwrap().iter().map(|slot| slot.taken).sum::<u32>(), 1);
}

#[test]
fn the_practice_cards_are_people_of_their_own() {
    let ids: HashSet<String> =
        PracticeCard::ALL.iter().filter_map(|card| card.face().ok()).map(|face| face.id.expose().to_owned()).collect();
    assert_eq!(ids.len(), 4);
}
