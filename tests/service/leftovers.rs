//! Doses that are left at a site: those who asked are told in order, ten a dose, and whoever comes
//! first with their code is checked in and gets it. On both databases.

use crate::databases::{Fresh, Kind};
use crate::plainly::{ask, assert_sound};
use crate::town::{civil, open, round_number};
use crate::waiting::{settle, slot};
use jiff::civil::date;
use jiff::{SignedDuration, Timestamp};
use rstest::rstest;
use std::collections::HashSet;
use vaxkiosk::domain::language::Language;
use vaxkiosk::domain::personal::Personal;
use vaxkiosk::domain::phone::MobileNumber;
use vaxkiosk::domain::site::SiteId;
use vaxkiosk::server::store::Store;
use vaxkiosk::server::store::audit_trail::Actor;
use vaxkiosk::server::store::ids::{DeviceId, PersonId};
use vaxkiosk::server::store::leftover_given::{CameTo, Given};
use vaxkiosk::server::store::leftovers::Leftovers;
use vaxkiosk::server::store::waiting::AskToBeTold;

pub const SITE: SiteId = SiteId(1);

pub fn afternoon() -> Timestamp {
    civil(16, 17)
}

pub fn day() -> jiff::civil::Date {
    date(2027, 7, 16)
}

/// 25 who want to be told, in the order of their numbers from the last on.
pub async fn town(kind: Kind) -> (Fresh, Store) {
    let random = kind.fresh();
    let store = settle(&random, 30, vec![slot(1, 1, 16, 9, 1), slot(2, 1, 16, 16, 1)]).await;
    for person in (1..=25).rev() {
        asks(&store, person, SITE).await;
    }
    (random, store)
}

pub async fn asks(store: &Store, person: u32, site: SiteId) {
    let ask = AskToBeTold {
        person: PersonId(person.into()),
        mobile: MobileNumber::parse(&format!("09{person:08}")).unwrap(),
        language: Language::Id,
        by: Actor::Service,
    };
    store.ask_for_leftover(round_number(), site, &ask, open()).await.unwrap();
}

pub async fn say(store: &Store, doses: u32, now: Timestamp) -> bool {
    let to = (round_number(), SITE);
    store.say_doses_left(to, (doses, None), (Actor::Service, day(), now)).await.unwrap()
}

/// The code of a person's message.
pub async fn code(store: &Store, person: u32, now: Timestamp) -> Option<Personal> {
    let until = now + SignedDuration::from_mins(1);
    let claimed = store.claim_messages(now, until, 1000).await.unwrap();
    let mobile = format!("09{person:08}");
    let mut of_them = claimed.due.into_iter().filter(|due| due.mobile.expose() == mobile);
    of_them.next().and_then(|due| due.code)
}

pub async fn comes(store: &Store, code: &Personal, now: Timestamp) -> Given {
    let (device, by) = (DeviceId(1), Actor::Service);
    let to = CameTo { round: round_number(), site: SITE, device, by, day: day(), now };
    store.give_leftover(code, to).await.unwrap()
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ten_a_dose_are_told_in_order_and_the_next_after_twenty_minutes(#[case] kind: Kind) {
    let (random, store) = town(kind).await;
    // Who asks again keeps the place; who asks for another site goes to its end.
    asks(&store, 25, SITE).await;
    asks(&store, 24, SiteId(2)).await;
    let now = afternoon();
    assert!(say(&store, 1, now).await);
    let told = async |person| {
        let told = format!("SELECT COUNT(*) FROM leftover_told WHERE person = {person}");
        ask(&random, &told).await
    };
    assert_eq!((told(25).await, told(24).await, told(15).await, told(14).await), (1, 0, 1, 0));
    let expected = Leftovers {
        doses: 1,
        told: 10,
        came: 0,
        waiting: 24,
        until: Some(now + SignedDuration::from_mins(20)),
    };
    assert_eq!(store.leftovers(SITE, day()).await.unwrap(), expected);
    let soon = now + SignedDuration::from_mins(19);
    assert_eq!(store.tell_of_leftovers(day(), soon).await.unwrap(), 0);
    let later = now + SignedDuration::from_mins(20);
    assert_eq!(store.tell_of_leftovers(day(), later).await.unwrap(), 1);
    assert_eq!(store.tell_of_leftovers(day(), later).await.unwrap(), 0, "once, at any server");
    assert_eq!((told(14).await, told(5).await, told(4).await), (1, 1, 0));
    assert_eq!(told(25).await, 1, "nobody is told twice of the same");
    let messages = "SELECT COUNT(*) FROM messages WHERE kind = 'leftover'";
    assert_eq!(ask(&random, messages).await, 20);
    let tomorrow = jiff::civil::date(2027, 7, 17);
    let to = (round_number(), SITE);
    let said =
        store.say_doses_left(to, (1, None), (Actor::Service, tomorrow, later)).await.unwrap();
    assert!(!said, "the site has no slot on that day");
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn whoever_comes_first_gets_the_dose_and_nobody_else(#[case] kind: Kind) {
    let (random, store) = town(kind).await;
    let now = afternoon();
    say(&store, 2, now).await;
    let until = now + SignedDuration::from_mins(1);
    let codes: Vec<Personal> = store
        .claim_messages(now, until, 1000)
        .await
        .unwrap()
        .due
        .into_iter()
        .filter_map(|due| due.code)
        .collect();
    assert_eq!(codes.len(), 20);
    let wrong = comes(&store, &Personal::new("0000000000"), now).await;
    assert_eq!(wrong, Given::UnknownCode);
    // All twenty come at once, to two desks.
    let mut coming = Vec::new();
    for code in codes.clone() {
        let store = store.clone();
        coming.push(tokio::spawn(async move { comes(&store, &code, afternoon()).await }));
    }
    let mut given = HashSet::new();
    for (code, came) in codes.iter().zip(coming) {
        match came.await.unwrap() {
            Given::Dose(person, number) => {
                assert!(given.insert((person, number)));
                let again = comes(&store, code, now).await;
                assert_eq!(again, Given::Dose(person, number), "sent again, it is the same");
            }
            Given::NoneLeft => {}
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(given.len(), 2, "two doses");
    let left = store.leftovers(SITE, day()).await.unwrap();
    assert_eq!((left.doses, left.came, left.told), (0, 2, 20));
    assert_sound(&random).await;
    let checked_in = "SELECT COUNT(*) FROM attendance WHERE state = 'checked-in' AND site = 1";
    assert_eq!(ask(&random, checked_in).await, 2);
    for (person, number) in &given {
        let record = store.person_of(*person, round_number()).await.unwrap().unwrap().record;
        let live = record.live.expect("a booking");
        assert_eq!((live.number, live.slot.0), (*number, 2), "in the day's last hour");
    }
    let late = now + SignedDuration::from_mins(60);
    assert_eq!(store.tell_of_leftovers(day(), late).await.unwrap(), 0, "nothing is left");
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn after_twenty_minutes_a_code_is_worth_nothing(#[case] kind: Kind) {
    let (random, store) = town(kind).await;
    let now = afternoon();
    say(&store, 1, now).await;
    let code = code(&store, 20, now).await.expect("a message");
    let late = now + SignedDuration::from_mins(20);
    assert_eq!(comes(&store, &code, late).await, Given::CodeOver);
    assert_sound(&random).await;
    assert_eq!(store.leftovers(SITE, day()).await.unwrap().doses, 1);
}
