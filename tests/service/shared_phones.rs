//! People who book together and share one phone: which number is told, and whose cannot be shared.
//! On both databases.

use crate::databases::Kind;
use crate::plainly::assert_sound;
use crate::running::{key, start};
use crate::together::{here, one, problem};
use crate::town;
use crate::town::{open, round_number};
use crate::town_store::town_at;
use rstest::rstest;
use std::collections::HashSet;
use vaxkiosk::api::bookings::{BookSlot, MobileChoice};
use vaxkiosk::api::problem::Code;
use vaxkiosk::api::together::{BookTogether, TogetherSeat};
use vaxkiosk::client::calls::Call;
use vaxkiosk::domain::language::Language;
use vaxkiosk::domain::phone::MobileNumber;
use vaxkiosk::domain::site::SlotId;
use vaxkiosk::server::engine::BookCommand;

/// They share one phone: it is told of each booking, and who shares it needs none of their own.
#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_shares_a_phone_is_told_there(#[case] kind: Kind) {
    let (random, store) = town_at(kind, 6, 6).await;
    let engine = here(&random).await;
    let with = |person: u32, mobile: MobileChoice| BookCommand { mobile, ..one(person, 1, 1) };
    let given = MobileNumber::parse("0987654321").unwrap();
    let same = MobileChoice::SameAs;
    let family = vec![
        with(1, same(1)),
        with(2, MobileChoice::Given(given.clone())),
        with(3, same(1)),
        with(4, MobileChoice::Registered),
        with(5, same(3)),
    ];
    let booked = engine.book_together(family).await.unwrap();
    let registered = MobileNumber::parse(town::MOBILE).unwrap();
    let numbers: Vec<_> = booked.iter().map(|record| record.mobile.clone()).collect();
    assert_eq!(
        numbers,
        [given.clone(), given.clone(), given.clone(), registered.clone(), registered]
    );
    store.take_outbox_apart(open()).await.unwrap();
    let due = store.claim_messages(open(), open(), 10).await.unwrap().due;
    let told: Vec<_> = due.iter().filter(|due| due.mobile == given).map(|due| due.number).collect();
    let of_them: HashSet<_> = booked[..3].iter().map(|record| Some(record.number)).collect();
    assert_eq!((told.len(), told.into_iter().collect()), (3, of_them));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_phone_that_is_nobody_s_is_not_shared() {
    let running = start(Kind::Sqlite, 4, 6).await;
    let ask = async |choices: [MobileChoice; 2], nth| {
        let mut people = Vec::new();
        for (person, mobile) in (1..).zip(choices) {
            let session = running.session(person).await;
            people.push(TogetherSeat { session, slot: SlotId(1), mobile });
        }
        let ask = BookTogether { people, language: Language::En };
        problem(running.client.call(Call::BookTogether { ask, key: key(nth) }).await).code
    };
    let same = MobileChoice::SameAs;
    let registered = MobileChoice::Registered;
    assert_eq!(ask([registered.clone(), same(1)], 1).await, Code::BadRequest, "their own");
    assert_eq!(ask([same(1), same(0)], 2).await, Code::BadRequest, "who shares one themselves");
    assert_eq!(ask([registered, same(2)], 3).await, Code::BadRequest, "who is not there");
    let token = running.session(3).await;
    let alone = BookSlot { slot: SlotId(1), mobile: same(0), language: Language::En };
    let alone = running.client.call(Call::Book { token, ask: alone, key: key(4) }).await;
    assert_eq!(problem(alone).code, Code::BadRequest, "alone");
    let seats = running.service.store.seats(round_number()).await.unwrap();
    assert!(seats.iter().all(|seats| seats.taken == 0), "nobody has a seat");
    assert_sound(&running.random).await;
}
