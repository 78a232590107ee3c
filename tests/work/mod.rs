//! All that is written for people, as steps that can be asked again, over a service that looks at
//! nothing by itself, so that a fault meets the step and nothing else; and an audit by plain SQL.
#![allow(dead_code, reason = "each test file uses its part")]

use crate::town::{self, DISTRICT, open};
use jiff::civil::date;
use jiff::{SignedDuration, Timestamp};
use sqlx::{Connection, PgConnection, Row, SqliteConnection};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};
use vaxkiosk::api::bookings::MobileChoice;
use vaxkiosk::domain::booking_number::BookingNumber;
use vaxkiosk::domain::channel::Channel;
use vaxkiosk::domain::language::Language;
use vaxkiosk::domain::round::Brand;
use vaxkiosk::domain::site::SlotId;
use vaxkiosk::domain::taipei::instant;
use vaxkiosk::server::engine::{
    BookCommand, Command, EngineError, RegisterCommand, RescheduleCommand,
};
use vaxkiosk::server::env::Env;
use vaxkiosk::server::limits::Allowance;
use vaxkiosk::server::service::{Service, seal};
use vaxkiosk::server::store::Store;
use vaxkiosk::server::store::database::Address;
use vaxkiosk::server::store::error::StoreError;
use vaxkiosk::server::store::ids::PersonId;
use vaxkiosk::server::store::messages::SendOutcome;
use vaxkiosk::server::store::spent_tokens::SpentToken;

/// What is done for a person, or with the messages.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Step {
    Book,
    Move,
    Cancel,
    Register,
    Withdraw,
    EndSession,
    SendMessages,
}

impl Step {
    pub const ALL: [Step; 7] = [
        Step::Book,
        Step::Move,
        Step::Cancel,
        Step::Register,
        Step::Withdraw,
        Step::EndSession,
        Step::SendMessages,
    ];
}

/// The people of the town, and seats for all of them in each of its slots.
pub async fn settle(address: &Address, people: u32) {
    let store = Store::open(address, seal(&town::secrets(), &town::env(open()))).await.unwrap();
    town::settle(&store, people, 1000).await;
}

/// A service, and what it has acknowledged.
pub struct Work {
    pub service: Arc<Service>,
    time: Arc<Mutex<Timestamp>>,
    address: Address,
    /// The clock but for registering, which is before the round opens.
    latest: Timestamp,
    booked: BTreeMap<u32, BookingNumber>,
}

impl Work {
    pub async fn start(address: &Address) -> Self {
        let time = Arc::new(Mutex::new(open()));
        let clock = Arc::clone(&time);
        let env = Env { now: Arc::new(move || *clock.lock().unwrap()), ..town::env(open()) };
        let store = Store::open(address, seal(&town::secrets(), &env)).await.unwrap();
        let secrets = town::secrets();
        let service = Service::start(store, &secrets, env, Allowance::default()).await.unwrap();
        let (address, booked) = (address.clone(), BTreeMap::new());
        Self { service, time, address, latest: open(), booked }
    }

    /// The same work at a service that has just begun: it holds no numbers in memory.
    pub async fn restarted(self) -> Self {
        Self { booked: self.booked, latest: self.latest, ..Self::start(&self.address).await }
    }

    /// Does what must be there before the step.
    pub async fn prepare(&mut self, step: Step, person: u32) {
        match step {
            Step::Book | Step::Register | Step::Withdraw | Step::EndSession => {}
            Step::Move | Step::Cancel | Step::SendMessages => {
                self.act(Step::Book, person).await.unwrap();
            }
        }
    }

    /// Does the step, or asks for it again.
    ///
    /// # Errors
    /// What a person is told then: that the service cannot do it now.
    pub async fn act(&mut self, step: Step, person: u32) -> Result<(), EngineError> {
        let now = if matches!(step, Step::Register | Step::Withdraw) {
            instant(date(2027, 7, 10).at(9, 0, 0, 0))
        } else {
            // A claim of a sender that failed is over after a minute.
            self.latest += SignedDuration::from_secs(61);
            self.latest
        };
        *self.time.lock().unwrap() = now;
        let (engine, id) = (&self.service.engine, PersonId(person.into()));
        match step {
            Step::Book => {
                let number = engine.book(booking(person)).await?.number;
                let before = self.booked.insert(person, number);
                assert!(before.is_none_or(|before| before == number), "one number a key");
            }
            Step::Move => {
                let (from, to) = (SlotId(2), SlotId(1));
                let (number, language) = (self.booked[&person], Language::Vi);
                let ask = RescheduleCommand { person: id, number, from, to, language };
                assert_eq!(engine.reschedule(ask).await?.slot, to);
            }
            Step::Cancel => {
                // Once it is acknowledged there is nothing to ask again.
                let Some(&number) = self.booked.get(&person) else { return Ok(()) };
                let (slot, language) = (SlotId(2), Language::En);
                engine.submit(Command::Cancel { person: id, number, slot, language }).await?;
                self.booked.remove(&person);
            }
            Step::Register => {
                // Not what the town's people have registered, which would change nothing.
                let brands = vec![Brand::Moderna];
                let (mobile, language) = (MobileChoice::Registered, Language::Ja);
                let ask =
                    RegisterCommand { person: id, mobile, district: DISTRICT, brands, language };
                engine.register(ask).await?;
            }
            Step::Withdraw => {
                engine.submit(Command::Withdraw { person: id }).await?;
            }
            Step::EndSession => {
                let (hash, expires) = (u128::from(person).to_be_bytes(), now);
                let end = SpentToken { hash, spent: now, expires };
                engine.submit(Command::End(end)).await?;
            }
            Step::SendMessages => self.send().await?,
        }
        Ok(())
    }

    /// As the sender does, with a gateway that takes all.
    async fn send(&self) -> Result<(), StoreError> {
        let (store, now) = (&self.service.store, *self.time.lock().unwrap());
        while store.take_outbox_apart(jiff::Timestamp::MAX).await? > 0 {}
        store.remind(date(2027, 7, 16), now).await?;
        let claimed = store.claim_messages(now, now + SignedDuration::from_secs(60), 2048).await?;
        let sent: Vec<_> =
            claimed.due.into_iter().map(|due| (due.once, SendOutcome::Sent(now))).collect();
        store.settle_messages(&sent).await
    }

    /// That it can write again.
    pub async fn recover(&self) -> bool {
        let now = *self.time.lock().unwrap();
        self.service.store.try_write(now).await.is_ok() && self.service.store.can_write()
    }

    pub async fn assert_sound(&self) {
        let booked: Vec<_> = self.booked.values().copied().collect();
        assert_sound(&self.address, &booked).await;
        let trail = self.service.store.verify_trail().await.unwrap();
        assert!(trail.broken.is_empty(), "the audit trail: {trail:?}");
    }

    /// That everybody was told everything.
    pub async fn assert_all_sent(&self) {
        const LEFT: &str = "SELECT (SELECT COUNT(*) FROM outbox) + \
            (SELECT COUNT(*) FROM messages WHERE sent IS NULL)";
        assert_eq!(ask(&self.address, LEFT).await, [[Some(0)]]);
    }
}

fn booking(person: u32) -> BookCommand {
    BookCommand {
        person: PersonId(person.into()),
        slot: SlotId(2),
        mobile: MobileChoice::Registered,
        channel: Channel::HealthStation,
        key: u128::from(person).to_be_bytes(),
        language: Language::Th,
    }
}

/// The rows of a question whose columns are all whole numbers.
pub async fn ask(address: &Address, question: &'static str) -> Vec<Vec<Option<i64>>> {
    macro_rules! rows {
        ($db:expr) => {
            sqlx::query(question)
                .fetch_all(&mut $db)
                .await
                .unwrap()
                .iter()
                .map(|row| (0..row.len()).map(|at| row.get(at)).collect())
                .collect()
        };
    }
    match address {
        Address::Sqlite(path) => {
            let options = sqlx::sqlite::SqliteConnectOptions::new().filename(path);
            rows!(SqliteConnection::connect_with(&options).await.unwrap())
        }
        Address::Postgres(url) => rows!(PgConnection::connect(url).await.unwrap()),
    }
}

/// Runs statements that answer nothing.
pub async fn execute(address: &Address, statements: String) {
    let statements = sqlx::AssertSqlSafe(statements);
    match address {
        Address::Sqlite(path) => {
            let options = sqlx::sqlite::SqliteConnectOptions::new().filename(path);
            let mut db = SqliteConnection::connect_with(&options).await.unwrap();
            sqlx::raw_sql(statements).execute(&mut db).await.unwrap();
        }
        Address::Postgres(url) => {
            let mut db = PgConnection::connect(url).await.unwrap();
            sqlx::raw_sql(statements).execute(&mut db).await.unwrap();
        }
    }
}

/// The audit: seats are as many as live bookings, nobody has two, no slot is over its capacity, and
/// every acknowledged number is there. It asks the tables, not the service.
pub async fn assert_sound(address: &Address, acknowledged: &[BookingNumber]) {
    const SEATS: &str = "SELECT seats.slot, seats.capacity, seats.taken, COUNT(bookings.number) \
        FROM seats LEFT JOIN bookings ON bookings.slot = seats.slot AND \
        bookings.cancelled IS NULL GROUP BY seats.slot, seats.capacity, seats.taken";
    const TWICE: &str = "SELECT round, person, COUNT(*) FROM bookings WHERE cancelled IS NULL \
        GROUP BY round, person HAVING COUNT(*) > 1";
    const LIVE: &str = "SELECT number FROM bookings WHERE cancelled IS NULL";
    let seats = ask(address, SEATS).await;
    assert!(!seats.is_empty());
    for row in seats {
        assert!(row[2] == row[3] && row[2] <= row[1], "slot, capacity, taken, bookings: {row:?}");
    }
    assert_eq!(ask(address, TWICE).await, Vec::<Vec<_>>::new());
    let live: BTreeSet<i64> = ask(address, LIVE).await.iter().filter_map(|row| row[0]).collect();
    for number in acknowledged {
        assert!(live.contains(&number.to_string().parse().unwrap()), "{number} is lost");
    }
    if let Address::Sqlite(path) = address {
        let options = sqlx::sqlite::SqliteConnectOptions::new().filename(path);
        let mut db = SqliteConnection::connect_with(&options).await.unwrap();
        let integrity: String =
            sqlx::query_scalar("PRAGMA integrity_check").fetch_one(&mut db).await.unwrap();
        assert_eq!(integrity, "ok");
    }
}
