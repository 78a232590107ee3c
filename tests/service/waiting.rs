//! Those who wait for a seat: whom one that came free is held for, until when, and what becomes of
//! it; by the engine and the looks at the line, on both databases, with a second server beside.

use crate::databases::{Fresh, Kind};
use crate::plainly::{ask, assert_sound};
use crate::town;
use crate::town::{DISTRICT, open, round_number};
use crate::town_store::store_at;
use jiff::civil::date;
use jiff::{SignedDuration, Timestamp};
use rstest::rstest;
use std::sync::{Arc, Mutex};
use vaxkiosk::api::bookings::MobileChoice;
use vaxkiosk::domain::channel::Channel;
use vaxkiosk::domain::language::Language;
use vaxkiosk::domain::phone::MobileNumber;
use vaxkiosk::domain::refusal::Refusal;
use vaxkiosk::domain::round::Brand;
use vaxkiosk::domain::site::{SiteId, Slot, SlotId};
use vaxkiosk::domain::waiting::{DayPart, Places, WaitingWish};
use vaxkiosk::server::catalog::Catalog;
use vaxkiosk::server::engine::line::{Look, look};
use vaxkiosk::server::engine::{BookCommand, Command, Engine, EngineError};
use vaxkiosk::server::metrics::Metrics;
use vaxkiosk::server::store::Store;
use vaxkiosk::server::store::audit_trail::Actor;
use vaxkiosk::server::store::ids::PersonId;
use vaxkiosk::server::store::messages::SendOutcome;
use vaxkiosk::server::store::waiting;

pub fn slot(id: u32, site: u32, day: i8, hour: i8, capacity: u32) -> Slot {
    let at = |hour| date(2027, 7, day).at(hour, 0, 0, 0);
    let (starts, ends) = (at(hour), at(hour + 1));
    Slot { id: SlotId(id), site: SiteId(site), starts, ends, capacity, taken: 0 }
}

/// The town with these slots and no others.
pub async fn settle(random: &Fresh, people: u32, slots: Vec<Slot>) -> Store {
    let store = store_at(random).await;
    let mut import = store.import().await.unwrap();
    let round = vaxkiosk::server::store::import::RoundImport { slots, ..town::round(0) };
    import.round(&round).await.unwrap();
    import.people(&(1..=people).map(town::person).collect::<Vec<_>>()).await.unwrap();
    import.finish().await.unwrap();
    town::add_kiosk(&store).await;
    store
}

pub fn wish(part: DayPart) -> WaitingWish {
    let places = Places::Districts(vec![DISTRICT]);
    WaitingWish { places, days: Vec::new(), part, brands: vec![Brand::AstraZeneca] }
}

pub async fn waits(store: &Store, person: u32, wish: WaitingWish) {
    let ask = waiting::AskToWait {
        person: PersonId(person.into()),
        wish,
        mobile: MobileNumber::parse(&format!("09{person:08}")).unwrap(),
        language: Language::En,
        by: Actor::Service,
    };
    store.ask_to_wait(round_number(), &ask, open()).await.unwrap();
}

pub fn book(person: u32, slot: u32, key: u32) -> BookCommand {
    BookCommand {
        person: PersonId(person.into()),
        slot: SlotId(slot),
        mobile: MobileChoice::Registered,
        channel: Channel::Pharmacy,
        key: u128::from(key).to_be_bytes(),
        language: Language::En,
    }
}

/// A server without a watch: the test looks by itself.
pub struct Server {
    pub engine: Engine,
    pub catalog: Arc<Catalog>,
    pub store: Store,
    pub time: Arc<Mutex<Timestamp>>,
}

impl Server {
    pub async fn over(random: &Fresh) -> Self {
        let store = store_at(random).await;
        let catalog = Arc::new(Catalog::default());
        catalog.publish(store.programme(round_number()).await.unwrap().unwrap());
        catalog.know_who_waits(store.somebody_waits(round_number(), open()).await.unwrap());
        let time = Arc::new(Mutex::new(open()));
        let clock = Arc::clone(&time);
        let now = Arc::new(move || *clock.lock().unwrap());
        let metrics = Arc::new(Metrics::default());
        let (engine, writing) = Engine::new(store.clone(), Arc::clone(&catalog), metrics, now);
        tokio::spawn(writing);
        Self { engine, catalog, store, time }
    }

    pub fn pass(&self, minutes: i64) {
        *self.time.lock().unwrap() += SignedDuration::from_mins(minutes);
    }

    /// One look; how many were offered a seat, and of how many the time had ended.
    pub async fn look(&self) -> (u64, u64) {
        self.look_at(Look::GivenUp).await
    }

    pub async fn look_at(&self, which: Look) -> (u64, u64) {
        let looked = self.look_untold(which).await;
        self.send_all().await;
        looked
    }

    /// A gateway that takes every message at once.
    pub async fn send_all(&self) {
        let now = *self.time.lock().unwrap();
        let until = now + SignedDuration::from_mins(1);
        let claimed = self.store.claim_messages(now, until, 1000).await.unwrap();
        let sent = claimed.due.into_iter().map(|due| (due.once, SendOutcome::Sent(now)));
        let never = claimed.untrue.into_iter().map(|once| (once, SendOutcome::Never));
        self.store.settle_messages(&sent.chain(never).collect::<Vec<_>>()).await.unwrap();
    }

    /// A look while the gateway takes nothing.
    pub async fn look_untold(&self, which: Look) -> (u64, u64) {
        let now = *self.time.lock().unwrap();
        let snapshot = self.catalog.snapshot().unwrap();
        let looked = look(&self.store, &snapshot, which, now).await.unwrap();
        self.catalog.committed(looked.seats);
        (looked.offered, looked.lapsed)
    }

    /// To whom a seat is offered now.
    pub async fn offered(&self) -> Vec<i64> {
        let mut offered = Vec::new();
        for person in 1..=9 {
            let record = self.store.person_of(PersonId(person), round_number()).await.unwrap();
            offered.extend(record.and_then(|one| one.record.hold).map(|_| person));
        }
        offered
    }

    pub async fn cancel(&self, person: u32, slot: u32) {
        let person = PersonId(person.into());
        let record = self.store.person_of(person, round_number()).await.unwrap().unwrap();
        let number = record.record.live.unwrap().number;
        let (slot, language) = (SlotId(slot), Language::En);
        self.engine.submit(Command::Cancel { person, number, slot, language }).await.unwrap();
    }
}

const FULL: Result<(), EngineError> = Err(EngineError::Refused(Refusal::SlotFull));

/// Two seats in the morning, which persons 1 and 2 have.
async fn two_seats(kind: Kind) -> (Fresh, Server) {
    let random = kind.fresh();
    settle(&random, 9, vec![slot(1, 1, 16, 9, 2)]).await;
    let server = Server::over(&random).await;
    for person in [1, 2] {
        server.engine.book(book(person, 1, person)).await.unwrap();
    }
    (random, server)
}

async fn wants(server: &Server, person: u32) -> Result<(), EngineError> {
    server.engine.book(book(person, 1, 100 + person)).await.map(|_| ())
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_seat_that_is_given_up_is_for_the_first_whom_it_suits(#[case] kind: Kind) {
    let (random, server) = two_seats(kind).await;
    for (person, part) in [(3, DayPart::Evening), (5, DayPart::Any), (4, DayPart::Morning)] {
        waits(&server.store, person, wish(part)).await;
    }
    server.catalog.know_who_waits(true);
    server.cancel(1, 1).await;
    assert_sound(&random).await;
    assert_eq!(wants(&server, 6).await, FULL, "it is for those who wait");
    assert_eq!(server.look().await, (1, 0));
    assert_eq!(server.offered().await, [5], "the first whom it suits");
    assert_eq!(server.look().await, (0, 0), "once");
    assert_eq!(wants(&server, 4).await, FULL);
    assert_sound(&random).await;
    // Another server knows whose it is, and has another clock.
    let other = Server::over(&random).await;
    other.pass(29);
    assert_eq!(other.look().await, (0, 0));
    assert_eq!(wants(&other, 5).await, Ok(()), "they take it by booking it");
    assert_sound(&random).await;
    assert_eq!(ask(&random, "SELECT COUNT(*) FROM offers WHERE outcome = 'taken'").await, 1);
    assert_eq!(ask(&random, "SELECT COUNT(*) FROM waiting WHERE person = 5").await, 0);
    assert_eq!(ask(&random, "SELECT COUNT(*) FROM waiting").await, 2);
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_seat_that_is_not_taken_goes_to_the_next_and_in_the_end_to_all(#[case] kind: Kind) {
    let (random, server) = two_seats(kind).await;
    for person in [3, 4] {
        waits(&server.store, person, wish(DayPart::Any)).await;
    }
    server.catalog.know_who_waits(true);
    server.cancel(1, 1).await;
    assert_eq!((server.look().await, server.offered().await), ((1, 0), vec![3]));
    server.pass(30);
    assert_eq!((server.look().await, server.offered().await), ((1, 1), vec![4]));
    assert_sound(&random).await;
    assert_eq!(wants(&server, 3).await, FULL, "theirs no more");
    server.pass(30);
    assert_eq!((server.look().await, server.offered().await), ((0, 1), vec![]));
    assert_sound(&random).await;
    assert_eq!(wants(&server, 6).await, Ok(()), "nobody who waits wants it");
    assert_sound(&random).await;
    let lapsed = "SELECT COUNT(*) FROM offers WHERE outcome = 'lapsed'";
    assert_eq!(ask(&random, lapsed).await, 2);
    // Another seat of the same hour is for others before them, for a while.
    server.cancel(6, 1).await;
    assert_eq!(server.look().await, (0, 0));
    server.pass(95);
    assert_eq!(server.look_at(Look::All).await, (1, 0));
    assert_eq!(server.offered().await, [3]);
    assert_sound(&random).await;
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_lets_three_offers_lapse_goes_to_the_end(#[case] kind: Kind) {
    let random = kind.fresh();
    let slots = (1..=4).map(|id| slot(id, 1, 16, 8 + id as i8, 1)).collect();
    settle(&random, 9, slots).await;
    let server = Server::over(&random).await;
    for person in 1..=4 {
        server.engine.book(book(person, person, person)).await.unwrap();
    }
    for person in [5, 6] {
        waits(&server.store, person, wish(DayPart::Any)).await;
    }
    server.catalog.know_who_waits(true);
    for person in 1..=3 {
        server.cancel(person, person).await;
        server.look().await;
        assert!(server.offered().await.contains(&5), "{person}: still the first");
        // The next has the seat that the first one let go, and takes none either.
        server.pass(30);
        server.look().await;
    }
    server.pass(31);
    server.look().await;
    let place = |person: u32| format!("SELECT place FROM waiting WHERE person = {person}");
    let (five, six) = (ask(&random, &place(5)).await, ask(&random, &place(6)).await);
    assert!(five != six && five > 2, "{five} {six}: no longer the first");
    assert_eq!(
        ask(&random, "SELECT MAX(lapses) FROM waiting").await % 3,
        ask(&random, "SELECT MAX(lapses) FROM waiting").await
    );
    assert_sound(&random).await;
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_wish_is_changed_in_its_place_and_whoever_leaves_passes_the_seat_on(#[case] kind: Kind) {
    let (random, server) = two_seats(kind).await;
    waits(&server.store, 3, wish(DayPart::Evening)).await;
    waits(&server.store, 4, wish(DayPart::Any)).await;
    waits(&server.store, 3, wish(DayPart::Any)).await;
    server.catalog.know_who_waits(true);
    let of = |person| server.store.waiting_of(round_number(), PersonId(person));
    let (first, second) = (of(3).await.unwrap().unwrap(), of(4).await.unwrap().unwrap());
    assert_eq!((first.before, second.before), (0, 1));
    assert_eq!(first.wish, wish(DayPart::Any));
    server.cancel(2, 1).await;
    server.look().await;
    assert_eq!(server.offered().await, [3]);
    let leave = |person| {
        let now = *server.time.lock().unwrap();
        server.store.leave_line(round_number(), PersonId(person), Actor::Service, now)
    };
    leave(3).await.unwrap();
    assert_sound(&random).await;
    assert_eq!(wants(&server, 6).await, FULL, "it is not free for all in between");
    server.look().await;
    assert_eq!(server.offered().await, [4]);
    leave(4).await.unwrap();
    leave(4).await.unwrap();
    assert!(
        server.store.somebody_waits(round_number(), open()).await.unwrap(),
        "a seat is still kept"
    );
    server.look().await;
    assert!(!server.store.somebody_waits(round_number(), open()).await.unwrap());
    assert_eq!(wants(&server, 6).await, Ok(()));
    assert_sound(&random).await;
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_is_offered_a_seat_may_choose_another_and_a_site_may_have_more(#[case] kind: Kind) {
    let random = kind.fresh();
    settle(&random, 9, vec![slot(1, 1, 16, 9, 1), slot(2, 1, 17, 9, 1)]).await;
    let server = Server::over(&random).await;
    for person in [1, 2] {
        server.engine.book(book(person, person, person)).await.unwrap();
    }
    for person in [3, 4] {
        waits(&server.store, person, wish(DayPart::Any)).await;
    }
    // Nobody here knows yet that somebody waits: the seat is free for all until somebody looks.
    server.cancel(1, 1).await;
    assert_eq!(server.look().await, (0, 0));
    assert_eq!(server.look_at(Look::All).await, (1, 0));
    assert_eq!(server.offered().await, [3]);
    server.catalog.know_who_waits(true);
    server.cancel(2, 2).await;
    let engine = server.engine.clone();
    assert_eq!(engine.book(book(3, 2, 33)).await.map(|_| ()), FULL, "that one is for the next");
    server.look().await;
    assert_eq!(server.offered().await, [3, 4]);
    assert_eq!(engine.book(book(4, 2, 44)).await.unwrap().slot, SlotId(2));
    assert_eq!(server.offered().await, [3]);
    assert_sound(&random).await;
}

/// A clock that is set back must not make an offer last for as long as the step was.
#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_clock_that_is_set_back_holds_no_seat_for_longer(#[case] kind: Kind) {
    let (random, server) = two_seats(kind).await;
    waits(&server.store, 3, wish(DayPart::Any)).await;
    waits(&server.store, 4, wish(DayPart::Any)).await;
    server.catalog.know_who_waits(true);
    server.pass(600);
    server.cancel(1, 1).await;
    server.look().await;
    assert_eq!(server.offered().await, [3]);
    server.pass(-590);
    server.look().await;
    assert_eq!(server.offered().await, [4]);
    assert_eq!(ask(&random, "SELECT MAX(lapses) FROM waiting").await, 0, "nobody's fault");
    assert_sound(&random).await;
}
