//! The real service on the loopback, with the kiosk's own client.
#![allow(dead_code, reason = "each test file uses its part")]

use crate::databases::{Fresh, Kind};
use crate::town;
use crate::town::card;
use crate::town::open;
use jiff::{SignedDuration, Timestamp};
use std::num::NonZeroU32;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use vaxkiosk::api::bookings::{BookSlot, MobileChoice};
use vaxkiosk::api::problem::Code;
use vaxkiosk::api::sessions::OpenSession;
use vaxkiosk::api::sessions::SessionToken;
use vaxkiosk::client::calls::Call;
use vaxkiosk::client::calls::{Answer, Fault, Reply};
use vaxkiosk::client::http::{Client, ClientOptions, HttpClient};
use vaxkiosk::domain::booking_number::BookingNumber;
use vaxkiosk::domain::card::CardNumber;
use vaxkiosk::domain::channel::Channel;
use vaxkiosk::domain::identity::IdNumber;
use vaxkiosk::domain::language::Language;
use vaxkiosk::domain::phone::MobileNumber;
use vaxkiosk::domain::refusal::Refusal;
use vaxkiosk::domain::site::{SiteId, SlotId};
use vaxkiosk::server::connections::{Options, serve};
use vaxkiosk::server::engine::BookCommand;
use vaxkiosk::server::keys::Secrets;
use vaxkiosk::server::limits::Allowance;
use vaxkiosk::server::service::{Service, seal};
use vaxkiosk::server::store::Store;
use vaxkiosk::server::store::ids::PersonId;
use vaxkiosk::server::watch::watch;

pub struct Running {
    pub client: Client,
    pub base: String,
    pub service: Arc<Service>,
    pub time: Arc<Mutex<Timestamp>>,
    /// By how much somebody has set the wall clock, which the uptime does not know.
    pub stepped: Arc<Mutex<SignedDuration>>,
    pub random: Arc<Fresh>,
}

/// Limits that no test meets by chance.
pub fn generous() -> Allowance {
    let many = NonZeroU32::new(100_000).unwrap();
    Allowance {
        device_a_second: many,
        device_burst: many,
        person_a_minute: many,
        person_burst: many,
    }
}

pub async fn start_with(
    kind: Kind,
    people: u32,
    seats: u32,
    now: Timestamp,
    allowance: Allowance,
) -> Running {
    let random = Arc::new(kind.fresh());
    let store =
        Store::open(&random.address, seal(&town::secrets(), &town::env(now))).await.unwrap();
    town::settle(&store, people, seats).await;
    town::add_kiosk(&store).await;
    start_over(random, now, allowance).await
}

/// A server over a database that is there.
pub async fn start_over(random: Arc<Fresh>, now: Timestamp, allowance: Allowance) -> Running {
    start_keyed(random, now, allowance, &town::secrets()).await
}

/// The same with secrets of its own.
pub async fn start_keyed(
    random: Arc<Fresh>,
    now: Timestamp,
    allowance: Allowance,
    secrets: &Secrets,
) -> Running {
    let time = Arc::new(Mutex::new(now));
    let (clock, beside) = (Arc::clone(&time), Arc::clone(&time));
    let stepped = Arc::new(Mutex::new(SignedDuration::ZERO));
    let set = Arc::clone(&stepped);
    let env = vaxkiosk::server::env::Env {
        now: Arc::new(move || *clock.lock().unwrap() + *set.lock().unwrap()),
        uptime: Arc::new(move || {
            // The test's clock, from a day before it began.
            let gone = beside.lock().unwrap().duration_since(now - SignedDuration::from_hours(24));
            gone.try_into().unwrap_or_default()
        }),
        ..town::env(now)
    };
    let store = Store::open(&random.address, seal(secrets, &env)).await.unwrap();
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let service = Service::start(store, secrets, env, allowance).await.unwrap();
    tokio::spawn(watch(Arc::clone(&service)));
    tokio::spawn(serve(listener, Arc::clone(&service), Options::default(), std::future::pending()));
    let client = client(&base, town::TOKEN);
    Running { client, base, service, time, stepped, random }
}

pub fn client(base: &str, token: &str) -> Client {
    Client::new(
        HttpClient::new(&ClientOptions::default()).unwrap(),
        base.to_owned(),
        token.to_owned(),
    )
}

/// Asks until there is an answer, as the kiosk does, for a minute at most: on a busy machine one
/// may take longer than the client waits.
pub async fn ask_until_answered(client: &Client, call: Call) -> Reply {
    let asking = async {
        loop {
            match client.call(call.clone()).await {
                Err(Fault::Gone) => {}
                Err(Fault::Problem(problem)) if problem.code.will_pass() => {}
                reply => return reply,
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(60), asking).await.expect("an answer")
}

pub async fn start(kind: Kind, people: u32, seats: u32) -> Running {
    start_with(kind, people, seats, open(), generous()).await
}

pub fn key(nth: u32) -> String {
    format!("{nth:032x}")
}

impl Running {
    /// Books for a person of the town through the engine, who is told by a number of their own.
    pub async fn book_given(&self, person: u32, slot: u32, language: Language) -> BookingNumber {
        let mobile = MobileNumber::parse(&format!("09{person:08}")).unwrap();
        let ask = BookCommand {
            person: PersonId(person.into()),
            slot: SlotId(slot),
            mobile: MobileChoice::Given(mobile),
            channel: Channel::Pharmacy,
            key: u128::from(person).to_be_bytes(),
            language,
        };
        self.service.engine.book(ask).await.unwrap().number
    }

    pub async fn session(&self, nth: u32) -> SessionToken {
        let card = card(nth);
        match self.client.call(with_card(card.id, card.number)).await {
            Ok(Answer::Session(opened)) => opened.token,
            other => panic!("{other:?}"),
        }
    }

    pub async fn book(&self, token: &SessionToken, slot: u32, key: String) -> Reply {
        let ask = BookSlot {
            slot: SlotId(slot),
            mobile: MobileChoice::Registered,
            language: Language::En,
        };
        self.client.call(Call::Book { token: token.clone(), ask, key }).await
    }
}

pub fn code(reply: Reply) -> Option<Code> {
    match reply {
        Err(Fault::Problem(problem)) => Some(problem.code),
        _ => None,
    }
}

pub fn refusal(reply: Reply) -> Option<Refusal> {
    match reply {
        Err(Fault::Problem(problem)) => problem.refusal,
        _ => None,
    }
}

pub async fn taken(running: &Running) -> Vec<u32> {
    match running.client.call(Call::Slots(SiteId(1))).await {
        Ok(Answer::Slots(slots)) => slots.iter().map(|slot| slot.taken).collect(),
        other => panic!("{other:?}"),
    }
}

pub fn number(reply: Reply) -> String {
    match reply {
        Ok(Answer::Booked(booking)) => booking.number.to_string(),
        other => panic!("{other:?}"),
    }
}

/// A log-in with a card in the reader.
pub fn with_card(id: IdNumber, card: CardNumber) -> Call {
    Call::OpenSession(Box::new(OpenSession::Card { id, card, password: None }))
}
