//! A crowd that waits while seats come free in random order, offers are taken or lapse, and servers
//! are killed all the time: the order is kept, and no seat is held twice, for ever, or idle.
#![allow(clippy::disallowed_methods, reason = "a test that waits for servers measures time")]

use crate::databases::{Fresh, Kind};
use crate::extent::extent;
use crate::plainly::{ask, assert_sound};
use crate::town::{DISTRICT, open, round_number};
use crate::town_store::store_at;
use crate::waiting::{book, settle, slot, waits};
use jiff::civil::{Date, date};
use jiff::{SignedDuration, Timestamp};
use rstest::rstest;
use sqlx::{Connection, Row};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::runtime::Runtime;
use vaxkiosk::domain::language::Language;
use vaxkiosk::domain::round::Brand;
use vaxkiosk::domain::site::{SiteId, SlotId};
use vaxkiosk::domain::splitmix::SplitMix64;
use vaxkiosk::domain::waiting::{DayPart, InLine, Places, WaitingWish};
use vaxkiosk::server::catalog::{Catalog, Snapshot};
use vaxkiosk::server::engine::line::{Look, look};
use vaxkiosk::server::engine::{Command, Engine, EngineError};
use vaxkiosk::server::metrics::Metrics;
use vaxkiosk::server::store::Store;
use vaxkiosk::server::store::ids::PersonId;
use vaxkiosk::server::store::offers::Place;

const DAYS: [i8; 3] = [16, 17, 18];
const HOURS: [i8; 3] = [9, 13, 18];

type Clock = Arc<Mutex<Timestamp>>;

/// A server that can be killed at any of its steps: its tasks go with its runtime.
struct Server {
    runtime: Option<Runtime>,
    engine: Engine,
}

impl Server {
    fn start(random: &Fresh, time: &Clock) -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread();
        let runtime = { runtime }.worker_threads(1).enable_all().build().unwrap();
        let clock = Arc::clone(time);
        let engine = runtime.block_on(async {
            let store = store_at(random).await;
            let catalog = Arc::new(Catalog::default());
            catalog.publish(store.programme(round_number()).await.unwrap().unwrap());
            catalog.know_who_waits(true);
            let now = Arc::new(move || *clock.lock().unwrap());
            let (metrics, shown) = (Arc::new(Metrics::default()), Arc::clone(&catalog));
            let (engine, writing) = Engine::new(store.clone(), catalog, metrics, now.clone());
            tokio::spawn(writing);
            tokio::spawn(watch(store, shown, now));
            engine
        });
        Self { runtime: Some(runtime), engine }
    }

    fn kill(mut self) {
        self.runtime.take().unwrap().shutdown_background();
    }
}

/// As a server's own watch looks, and more often.
async fn watch(store: Store, catalog: Arc<Catalog>, now: Arc<impl Fn() -> Timestamp>) {
    loop {
        let snapshot = catalog.snapshot().unwrap();
        // A database that is busy, or another server that was first: the next look goes on.
        if let Ok(looked) = look(&store, &snapshot, Look::GivenUp, now()).await {
            catalog.committed(looked.seats);
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// Where a live offer is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Offer {
    id: i64,
    person: i64,
    slot: u32,
    place: i64,
    live: bool,
}

/// All offers there have been, by plain SQL.
async fn offers(random: &Fresh) -> Vec<Offer> {
    use vaxkiosk::server::store::database::Address;
    const ALL: &str = "SELECT id, person, slot, place, CASE WHEN ended IS NULL THEN 1 ELSE 0 END \
        AS live FROM offers ORDER BY id";
    macro_rules! read {
        ($db:expr) => {{
            let rows = sqlx::query(ALL).fetch_all(&mut $db).await.unwrap();
            let offer = |row: &_| Offer {
                id: Row::get(row, "id"),
                person: Row::get(row, "person"),
                slot: Row::get::<i64, _>(row, "slot") as u32,
                place: Row::get(row, "place"),
                live: i64::from(Row::get::<i32, _>(row, "live")) == 1,
            };
            rows.iter().map(offer).collect()
        }};
    }
    match &random.address {
        Address::Sqlite(path) => {
            let options = sqlx::sqlite::SqliteConnectOptions::new().filename(path);
            read!(sqlx::SqliteConnection::connect_with(&options).await.unwrap())
        }
        Address::Postgres(url) => read!(sqlx::PgConnection::connect(url).await.unwrap()),
    }
}

/// The line as it is while nothing happens.
struct Still {
    line: Vec<InLine<Place>>,
    offers: BTreeSet<i64>,
}

struct Town {
    random: Fresh,
    store: Store,
    snapshot: Arc<Snapshot>,
    time: Clock,
    servers: Vec<Server>,
    luck: SplitMix64,
    /// Who has which seat, of those who booked at the beginning.
    seated: Vec<(u32, u32)>,
    key: u32,
}

impl Town {
    fn engine(&mut self) -> Engine {
        let at = self.luck.below(self.servers.len() as u64) as usize;
        self.servers[at].engine.clone()
    }

    fn kill_one(&mut self) {
        let at = self.luck.below(self.servers.len() as u64) as usize;
        let new = Server::start(&self.random, &self.time);
        std::mem::replace(&mut self.servers[at], new).kill();
    }

    /// As a kiosk does: again until there is an answer, at whichever server.
    async fn submit(&mut self, command: Command) -> Result<(), EngineError> {
        loop {
            match self.engine().submit(command.clone()).await {
                Ok(_) => return Ok(()),
                Err(EngineError::Busy | EngineError::Unavailable) => {
                    tokio::time::sleep(Duration::from_millis(5)).await;
                }
                Err(error) => return Err(error),
            }
        }
    }

    async fn cancel_somebody(&mut self) {
        let at = self.luck.below(self.seated.len() as u64) as usize;
        let (person, slot) = self.seated.swap_remove(at);
        let id = PersonId(person.into());
        let record = self.store.person_of(id, round_number()).await.unwrap().unwrap().record;
        let Some(live) = record.live else { return };
        let (slot, language, number) = (SlotId(slot), Language::En, live.number);
        let cancel = Command::Cancel { person: id, number, slot, language };
        match self.submit(cancel).await {
            // Cancelled by the first of two that were sent.
            Ok(()) | Err(EngineError::Refused(_)) => {}
            Err(error) => panic!("{error}"),
        }
    }

    /// Some of those who are offered a seat take it.
    async fn take_some(&mut self) -> u32 {
        let live: Vec<Offer> =
            offers(&self.random).await.into_iter().filter(|offer| offer.live).collect();
        let mut taken = 0;
        for offer in live {
            if self.luck.below(3) > 0 {
                continue;
            }
            self.key += 1;
            let command = book(offer.person as u32, offer.slot, self.key);
            match self.submit(Command::Book(command)).await {
                Ok(()) => taken += 1,
                Err(EngineError::Refused(refusal)) => panic!("{offer:?}: {refusal}"),
                Err(error) => panic!("{error}"),
            }
        }
        taken
    }

    fn pass(&self, minutes: i64) {
        *self.time.lock().unwrap() += SignedDuration::from_mins(minutes);
    }

    fn now(&self) -> Timestamp {
        *self.time.lock().unwrap()
    }

    /// Waits until the servers have nothing left to do, for five seconds at most: no seat is kept
    /// for those who wait without being offered, and no offer is over.
    async fn until_still(&self) -> Still {
        let idle = format!(
            "SELECT COUNT(*) FROM holds WHERE reason = 'freed' \
             OR (reason = 'offer' AND until <= {})",
            self.now().as_second()
        );
        let began = std::time::Instant::now();
        while ask(&self.random, &idle).await > 0 {
            assert!(began.elapsed() < Duration::from_secs(5), "a seat is idle");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        assert_sound(&self.random).await;
        let line = self.store.line(round_number(), (0, 1_000_000), &[], self.now()).await.unwrap();
        let offers = offers(&self.random).await.iter().map(|offer| offer.id).collect();
        Still { line, offers }
    }

    /// No offer that was made between the two went past somebody who was there all the time,
    /// without one, and whom that seat suits.
    async fn assert_in_order(&self, before: &Still, after: &Still) {
        let made: Vec<Offer> = offers(&self.random)
            .await
            .into_iter()
            .filter(|offer| !before.offers.contains(&offer.id))
            .collect();
        let had_one: BTreeSet<i64> = made.iter().map(|offer| offer.person).collect();
        let then: HashMap<i64, i64> =
            before.line.iter().map(|one| (one.who.person.0, one.who.place)).collect();
        let there = |one: &&InLine<Place>| {
            let person = one.who.person.0;
            then.get(&person) == Some(&one.who.place) && !had_one.contains(&person)
        };
        let passed_over: Vec<&InLine<Place>> = after.line.iter().filter(there).collect();
        for offer in made {
            let (site, slot) = self.snapshot.place(SlotId(offer.slot)).unwrap();
            for one in &passed_over {
                let suits = one.wish.suits(site, slot.starts) && !one.passed.contains(&slot.id);
                assert!(!suits || one.who.place > offer.place, "{offer:?} went past {:?}", one.who);
            }
        }
    }
}

fn any_wish(luck: &mut SplitMix64) -> WaitingWish {
    let places = match luck.below(4) {
        0 => Places::Site(SiteId(1)),
        _ => Places::Districts(vec![DISTRICT]),
    };
    let day = DAYS[luck.below(3) as usize];
    let days: Vec<Date> = if luck.below(2) == 0 { vec![date(2027, 7, day)] } else { Vec::new() };
    let part = DayPart::ALL[luck.below(4) as usize];
    WaitingWish { places, days, part, brands: vec![Brand::AstraZeneca] }
}

/// So many seats in nine hours, all taken, and so many who wait.
async fn full_town(kind: Kind, seats: u32, waiting: u32) -> Town {
    let random = kind.fresh();
    let hours: Vec<(i8, i8)> =
        DAYS.into_iter().flat_map(|day| HOURS.map(|hour| (day, hour))).collect();
    let each = seats.div_ceil(hours.len() as u32);
    let slots = (1..).zip(&hours).map(|(id, (day, hour))| slot(id, 1, *day, *hour, each)).collect();
    let booked = each * hours.len() as u32;
    let store = settle(&random, booked + waiting, slots).await;
    let time = Arc::new(Mutex::new(open()));
    let servers: Vec<Server> =
        (0..2).map(|_| tokio::task::block_in_place(|| Server::start(&random, &time))).collect();
    let mut seated = Vec::new();
    let mut booking = Vec::new();
    for person in 1..=booked {
        let slot = 1 + (person - 1) / each;
        let engine = servers[0].engine.clone();
        booking.push(tokio::spawn(async move { engine.book(book(person, slot, person)).await }));
        seated.push((person, slot));
    }
    for booked in booking {
        booked.await.unwrap().unwrap();
    }
    let mut luck = SplitMix64::new(17);
    for person in booked + 1..=booked + waiting {
        waits(&store, person, any_wish(&mut luck)).await;
    }
    let catalog = Catalog::default();
    catalog.publish(store.programme(round_number()).await.unwrap().unwrap());
    let snapshot = catalog.snapshot().unwrap();
    Town { random, store, snapshot, time, servers, luck, seated, key: 1_000_000 }
}

/// `WAITING`, `FREED` and `KILLED`, or a small part of them.
#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_crowd_waits_seats_come_free_and_servers_are_killed(#[case] kind: Kind) {
    let (waiting, freed) = (extent("WAITING", 300_u32), extent("FREED", 90_u32));
    let kills: u32 = extent("KILLED", 10);
    let mut town = full_town(kind, freed, waiting).await;
    let turns = 30;
    let (mut taken, mut killed, mut left) = (0, 0, freed);
    for turn in 0..turns {
        let before = town.until_still().await;
        let some = left / (turns - turn);
        left -= some;
        for nth in 0..some {
            town.cancel_somebody().await;
            // In the middle of what the servers are at.
            if killed < kills && nth % 3 == 1 && killed * turns < kills * (turn + 1) {
                tokio::task::block_in_place(|| town.kill_one());
                killed += 1;
            }
        }
        let after = town.until_still().await;
        town.assert_in_order(&before, &after).await;
        taken += town.take_some().await;
        // Some of the others let theirs lapse.
        town.pass(11);
    }
    town.pass(60);
    town.until_still().await;
    while killed < kills {
        tokio::task::block_in_place(|| town.kill_one());
        killed += 1;
    }
    let last = town.until_still().await;
    let made = offers(&town.random).await;
    let findings = town.store.audit(round_number()).await.unwrap();
    assert_eq!((findings.people_booked_twice, findings.slots_over_capacity), (0, 0));
    let mut of_each: BTreeMap<i64, u32> = BTreeMap::new();
    made.iter().filter(|one| one.live).for_each(|one| *of_each.entry(one.person).or_default() += 1);
    assert!(of_each.values().all(|offers| *offers == 1), "nobody is offered two seats");
    println!(
        "{waiting} waited, {freed} seats came free, {} offers, {taken} taken, {killed} killed, {} \
            still wait",
        made.len(),
        last.line.len()
    );
    assert!(taken > 0 && made.len() as u32 > taken, "some took theirs and some did not");
    for server in std::mem::take(&mut town.servers) {
        server.kill();
    }
}
