//! Who did not come: marked and told once after the day, and out of the round.

use crate::databases::Kind;
use crate::desks::{DAY, cancel, check_in, desk, enter, entry, figures, given, list, set, start};
use crate::running::{generous, key, refusal, start_over};
use crate::{plainly, town};
use jiff::SignedDuration;
use rstest::rstest;
use std::collections::HashSet;
use std::sync::Arc;
use vaxkiosk::api::attendance::{AttendanceEntry, AttendanceStep, EntryOutcome};
use vaxkiosk::domain::language::Language;
use vaxkiosk::domain::refusal::Refusal;
use vaxkiosk::domain::site::SlotId;
use vaxkiosk::server::absences::close_days;
use vaxkiosk::server::engine::closing::close;
use vaxkiosk::server::store::outbox::Kind as Told;

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_did_not_come_is_marked_and_told_once_whatever_servers_there_are(#[case] kind: Kind) {
    let one = start(kind, 1300).await;
    let mut numbers = Vec::new();
    // More than go into one transaction. Site 3 is another's, slot 5 another day's.
    let slot = |person| match person {
        1298 => 6,
        1299 => 5,
        _ => 1 + person % 2,
    };
    for person in 1..=1299 {
        numbers.push(one.book_given(person, slot(person), Language::En).await);
    }
    cancel(&one, 2, numbers[1]).await.ok();
    let other = start_over(Arc::clone(&one.random), town::civil(17, 12), generous()).await;
    set(&one, 16, 23, 59);
    let desk = desk(&one, "desk a").await;
    assert_eq!(enter(&desk, vec![check_in(1, numbers[0])]).await, [EntryOutcome::Done]);
    assert_eq!(close_days(&one.service).await.unwrap(), 0, "the day is not over");
    set(&one, 17, 11, 59);
    assert_eq!(close_days(&one.service).await.unwrap(), 0, "desks b and c were not heard");
    set(&one, 17, 12, 0);
    let (here, there) = tokio::join!(close_days(&one.service), close_days(&other.service));
    let gone = "SELECT COUNT(*) FROM bookings WHERE cancelled IS NOT NULL";
    let gone = plainly::ask(&one.random, gone).await as u64;
    // All but who came, who cancelled, and who is booked for the next day.
    let absent = 1299 - 2 - gone;
    assert_eq!(here.unwrap() + there.unwrap(), absent);
    let rows = "SELECT COUNT(absent) FROM bookings";
    assert_eq!(plainly::ask(&one.random, rows).await as u64, absent);
    assert_eq!(close_days(&one.service).await.unwrap(), 0, "closed");
    // Each is told once.
    let (store, night) = (&one.service.store, town::civil(18, 9) - SignedDuration::from_secs(1));
    while store.take_outbox_apart(night).await.unwrap() > 0 {}
    let early = store.claim_messages(night, night, 2000).await.unwrap().due;
    assert!(early.iter().all(|due| due.kind != Told::Absent), "nobody is told before nine");
    let now = town::civil(18, 9);
    let until = now + SignedDuration::from_mins(5);
    let mut told = HashSet::new();
    loop {
        let due = store.claim_messages(now, until, 1000).await.unwrap().due;
        if due.is_empty() {
            break;
        }
        for due in due.into_iter().filter(|due| due.kind == Told::Absent) {
            assert!(told.insert(due.number.unwrap()), "{} is told twice", due.number.unwrap());
        }
    }
    assert_eq!(told.len() as u64, absent);
    assert!(!told.contains(&numbers[0]) && !told.contains(&numbers[1298]));
    let desk = crate::desks::desk(&one, "desk a").await;
    assert_eq!(figures(&desk, DAY).await.iter().map(|hour| hour.absent).sum::<u32>(), {
        absent as u32 - 1
    });
    let trail = store.verify_trail().await.unwrap();
    assert!(trail.broken.is_empty(), "{trail:?}");
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_did_not_come_waits_for_the_next_round(#[case] kind: Kind) {
    let running = start(kind, 2).await;
    let mut numbers = Vec::new();
    for person in [1, 2] {
        numbers.push(running.book_given(person, 1, Language::En).await);
    }
    set(&running, 17, 12, 0);
    assert_eq!(close_days(&running.service).await.unwrap(), 2);
    let until = town::round(1).round.closes;
    let token = running.session(1).await;
    let reply = running.book(&token, 5, key(9)).await;
    assert_eq!(refusal(reply), Some(Refusal::NoShow { until }));
    // Their desk had no line all day: they have come after all.
    let desk = desk(&running, "desk a").await;
    let journal = AttendanceEntry { offline: true, ..given(1, numbers[0]) };
    assert_eq!(enter(&desk, vec![journal]).await, [EntryOutcome::Done]);
    let reply = running.book(&token, 5, key(9)).await;
    assert_eq!(refusal(reply), Some(Refusal::AlreadyBooked));
    let state = "SELECT COUNT(*) FROM attendance WHERE state = 'absent'";
    assert_eq!(plainly::ask(&running.random, state).await, 1);
    // And are not told that they did not.
    let (store, now) = (&running.service.store, town::civil(18, 9));
    while store.take_outbox_apart(now).await.unwrap() > 0 {}
    let claimed = store.claim_messages(now, now, 100).await.unwrap();
    let told = claimed.due.iter().filter(|due| due.kind == Told::Absent);
    assert_eq!(told.map(|due| due.number.unwrap()).collect::<Vec<_>>(), [numbers[1]]);
    assert_eq!(claimed.untrue.len(), 1);
    plainly::assert_sound(&running.random).await;
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_day_is_closed_once_its_desks_were_heard_after_the_last_slot(#[case] kind: Kind) {
    let running = start(kind, 3).await;
    let mut numbers = Vec::new();
    for (person, slot) in [(1, 1), (2, 1), (3, 6)] {
        numbers.push(running.book_given(person, slot, Language::En).await);
    }
    // The last slot of the site ends at eleven. Then the line is cut, in the afternoon.
    set(&running, 16, 10, 30);
    for name in ["desk a", "desk b"] {
        list(&desk(&running, name).await, DAY).await;
    }
    set(&running, 17, 0, 0);
    assert_eq!(close_days(&running.service).await.unwrap(), 0);
    set(&running, 17, 8, 0);
    let desk_a = desk(&running, "desk a").await;
    let journal = AttendanceEntry { offline: true, ..given(1, numbers[0]) };
    assert_eq!(enter(&desk_a, vec![journal]).await, [EntryOutcome::Done]);
    assert_eq!(close_days(&running.service).await.unwrap(), 0, "desk b has no line yet");
    list(&desk(&running, "desk b").await, DAY).await;
    assert_eq!(close_days(&running.service).await.unwrap(), 1, "and not of site 3");
    let absent = "SELECT COUNT(absent) FROM bookings";
    assert_eq!(plainly::ask(&running.random, absent).await, 1);
    set(&running, 17, 12, 0);
    assert_eq!(close_days(&running.service).await.unwrap(), 1, "site 3's");
    assert_eq!(close_days(&running.service).await.unwrap(), 0, "each is closed once");
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_is_taken_back_after_the_day_is_closed_is_absent(#[case] kind: Kind) {
    let running = start(kind, 1).await;
    let number = running.book_given(1, 1, Language::En).await;
    set(&running, 16, 9, 30);
    let desk_a = desk(&running, "desk a").await;
    assert_eq!(enter(&desk_a, vec![check_in(1, number)]).await, [EntryOutcome::Done]);
    set(&running, 17, 12, 0);
    assert_eq!(close_days(&running.service).await.unwrap(), 0);
    let back = AttendanceEntry { offline: true, ..entry(2, number, AttendanceStep::TakeBack, 10) };
    let desk_a = desk(&running, "desk a").await;
    assert_eq!(enter(&desk_a, vec![back]).await, [EntryOutcome::Done]);
    let until = town::round(1).round.closes;
    let reply = running.book(&running.session(1).await, 5, key(9)).await;
    assert_eq!(refusal(reply), Some(Refusal::NoShow { until }));
    plainly::assert_sound(&running.random).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_site_without_a_desk_says_nothing_of_who_came() {
    let running = start(Kind::Sqlite, 2).await;
    running.book_given(1, 1, Language::En).await;
    running.book_given(2, 6, Language::En).await;
    // The desk of site 3 was enrolled when the day was over.
    let late = town::civil(17, 0).as_second();
    let enrolled = format!("UPDATE devices SET added = {late} WHERE site = 3");
    plainly::run(&running.random, &enrolled).await;
    set(&running, 18, 0, 0);
    assert_eq!(close_days(&running.service).await.unwrap(), 1, "of site 1");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_is_absent_from_a_slot_that_was_closed() {
    let running = start(Kind::Sqlite, 2).await;
    running.book_given(1, 1, Language::En).await;
    running.book_given(2, 2, Language::En).await;
    let (store, until) = (&running.service.store, Some(town::civil(15, 12)));
    let closed = close(store, &[SlotId(1)], until, town::civil(14, 9));
    assert_eq!(closed.await.unwrap().people, 1);
    set(&running, 17, 12, 0);
    assert_eq!(close_days(&running.service).await.unwrap(), 1, "the other slot's");
}
