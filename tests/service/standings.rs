//! How one person stands in the database, by which the exercises of a training are judged. On both
//! databases.

use crate::databases::Kind;
use crate::desks::{cancel, check_in, desk, enter, given, reschedule, set, start};
use crate::town::{id, round_number};
use crate::waiting::{waits, wish};
use rstest::rstest;
use vaxkiosk::domain::language::Language;
use vaxkiosk::domain::site::SiteId;
use vaxkiosk::domain::waiting::DayPart;
use vaxkiosk::server::store::Store;
use vaxkiosk::server::store::outbox::Kind as Told;
use vaxkiosk::server::store::standing::{CameStanding, PersonStanding};

async fn standing(store: &Store, person: u32) -> PersonStanding {
    while store.take_outbox_apart(jiff::Timestamp::MAX).await.unwrap() > 0 {}
    store.standing_of(&id(person), round_number()).await.unwrap().expect("somebody of the town")
}

fn came(standing: &PersonStanding) -> CameStanding {
    standing.booking.clone().expect("a booking").came
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_standing_is_what_was_done_and_nothing_of_anybody_else(#[case] kind: Kind) {
    let running = start(kind, 4).await;
    let store = &running.service.store;
    let before = PersonStanding { registered: true, ..PersonStanding::default() };
    assert_eq!(standing(store, 1).await, before);
    assert_eq!(store.standing_of(&id(99), round_number()).await.unwrap(), None);
    let one = running.book_given(1, 1, Language::En).await;
    let two = running.book_given(2, 1, Language::En).await;
    waits(store, 4, wish(DayPart::Any)).await;
    let booking = standing(store, 1).await.booking.unwrap();
    assert_eq!((booking.number, booking.site, booking.starts.hour()), (one, SiteId(1), 9));
    reschedule(&running, 1, one, (1, 4)).await.unwrap();
    cancel(&running, 2, two).await.unwrap();
    let moved = standing(store, 1).await;
    assert_eq!(moved.booking.as_ref().unwrap().starts.hour(), 10);
    assert_eq!(moved.messages, [Told::Booked, Told::Moved]);
    let cancelled = standing(store, 2).await;
    assert_eq!(cancelled.booking, None);
    assert_eq!(cancelled.messages, [Told::Booked, Told::Cancelled]);
    assert!(cancelled.registered, "that is another thing");
    assert_eq!(standing(store, 3).await, before);
    let waiting = standing(store, 4).await;
    assert!(waiting.in_line && waiting.booking.is_none() && !waiting.told_of_leftovers);
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_came_is_known_with_the_lot(#[case] kind: Kind) {
    let running = start(kind, 2).await;
    let store = &running.service.store;
    let one = running.book_given(1, 1, Language::En).await;
    running.book_given(2, 1, Language::En).await;
    set(&running, 16, 9, 5);
    let desk = desk(&running, "desk a").await;
    assert_eq!(came(&standing(store, 1).await), CameStanding::NotYet);
    enter(&desk, vec![check_in(1, one)]).await;
    assert_eq!(came(&standing(store, 1).await), CameStanding::CheckedIn);
    assert_eq!(store.count_came(round_number()).await.unwrap(), 1);
    enter(&desk, vec![given(2, one)]).await;
    let lot = "3004217".to_owned();
    assert_eq!(came(&standing(store, 1).await), CameStanding::Vaccinated { lot });
    assert_eq!(store.count_came(round_number()).await.unwrap(), 1, "the same person");
    assert_eq!(came(&standing(store, 2).await), CameStanding::NotYet);
}
